import type { DateTime } from "luxon";
import type { Change } from "./decision.ts";
import type { Address, WorkspaceId } from "./incoming.ts";
import type { Connector, ConnectorKey } from "./lifecycle/connector.ts";
import type { Reply, ReplyFile, Timeline } from "./reply.ts";

/** The one source of "now". */
export interface Clock {
  now(): DateTime;
}

/** What became of a message: accepted · to be tried again after so many milliseconds · refused for good. */
export type Delivery =
  | { kind: "sent" }
  | { kind: "later"; retryAfter: number }
  | { kind: "never"; why: string };

/** Sends what nobody asked for just now. */
export interface Messenger {
  /** Sends a message when its turn has come. `id` is stable: the same reminder always carries the same. */
  send(to: Address, reply: Reply, id: string, way?: SendingWay): Promise<Delivery>;
}

/** What a messenger is told of how we work. */
export interface SendingWay {
  /** Once it is aborted, what the platform was not asked yet is not sent, and comes back as `later`. */
  stopping?: AbortSignal | undefined;
  /** Asked when the platform is about to be asked. True: another process sends it by now; it comes back as `later`. */
  isOver?(): boolean;
  /** Resolves when what became of the message is noted. Until then the next one of its workspace is better not sent. */
  noted?: Promise<void> | undefined;
}

/** A connector as the index of names knows it. */
export interface ConnectorName {
  id: string;
  name: string;
}

/** Why a store cannot do its work: never mistaken for "nothing found". `message` is a sentence for the operator. */
export class StoreError extends Error {
  readonly reason: "unreachable" | "damaged" | "unwritable" | "newer-schema" | "not-ours" | "busy";
  constructor(reason: StoreError["reason"], message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "StoreError";
    this.reason = reason;
  }
}

/** Some records of a workspace are damaged, and are known by the index of names alone. `readable`: the others. */
export class DamagedRecords extends StoreError {
  readonly readable: readonly Connector[];
  readonly damaged: readonly (ConnectorName & { isUntracked: boolean })[];
  constructor(first: StoreError, found: Pick<DamagedRecords, "readable" | "damaged">) {
    super("damaged", first.message, { cause: first });
    this.readable = found.readable;
    this.damaged = found.damaged;
  }
}

/** The workspace already follows a connector of exactly this name. A person's mistake, not the world's. */
export class NameTaken extends Error {
  readonly taken: string;
  constructor(taken: string, options?: ErrorOptions) {
    super("a connector of that name is followed in this workspace already", options);
    this.name = "NameTaken";
    this.taken = taken;
  }
}

/** Keeps connectors. Every method rejects with `StoreError` when the world fails. */
export interface Store {
  /**
   * Reads the connector, lets `decide` say what it should become, and stores that only if nobody changed it
   * meanwhile; otherwise decides again on what is there now. `decide` may run several times and must be pure. Rejects
   * with `NameTaken` when the name it should get is taken. `known`: the connector as it was just read or claimed, which is
   * decided on first.
   */
  change<Wanted extends Change>(
    key: ConnectorKey,
    decide: (current: Connector | undefined) => Wanted,
    known?: Connector,
  ): Promise<Wanted>;
  read(key: ConnectorKey): Promise<Connector | undefined>;
  /** Connectors of one workspace whose folded name (`foldName`) is one of `folded`; `among` the followed ones by default. */
  find(workspace: WorkspaceId, folded: string[], among?: "followed" | "untracked"): Promise<ConnectorName[]>;
  /** Every followed connector's name, in no order. */
  names(workspace: WorkspaceId): Promise<ConnectorName[]>;
  /** Every connector, those that are not followed any more too. Rejects with `DamagedRecords` where some can't be read. */
  list(workspace: WorkspaceId): Promise<Connector[]>;
  /**
   * Connectors whose `dueAt` has come, at most `limit`, earliest first. For `lease` milliseconds nobody else is given
   * the same ones; a `change` that stores another `dueAt` ends the lease.
   */
  claimDue(now: DateTime, limit: number, lease: number): Promise<Connector[]>;
  /** Makes leases that end at `until` end at `next` instead. Returns the connectors whose lease it was; the others are lost. */
  renew(keys: readonly ConnectorKey[], until: DateTime, next: DateTime): Promise<ConnectorKey[]>;
  /** Ends leases that end at `until`: what is due is due for everybody again. */
  giveBack(keys: readonly ConnectorKey[], until: DateTime): Promise<void>;
  /** The earliest moment at which a connector or a digest is due, whether it has come or not. */
  nextDue(): Promise<DateTime | undefined>;
  /** The earliest moment at which a reminder was to be told that is not told at `now`; undefined: nothing waits. */
  waitingSince(now: DateTime): Promise<DateTime | undefined>;
  /** The next weekly digest of a workspace; undefined: none any more. */
  planDigest(workspace: WorkspaceId, at: DateTime | undefined): Promise<void>;
  /** Workspaces whose digest is due. They are due again after `lease` milliseconds, unless `planDigest` says otherwise. */
  claimDigests(now: DateTime, limit: number, lease: number): Promise<WorkspaceId[]>;
  /** Makes every connector of the workspace due at `at` at the latest, so that the next tick plans it anew. */
  wake(workspace: WorkspaceId, at: DateTime): Promise<void>;
  /** True the first time an id ("workspace/delivery") is seen within `keepFor` milliseconds. Atomic. */
  firstSight(deliveryId: string, now: DateTime, keepFor: number): Promise<boolean>;
  /** Deletes every connector, delivery id and digest of the workspace. */
  forget(workspace: WorkspaceId): Promise<void>;
  /** The time by the clock that all processes on this store share; undefined: they share the machine's. */
  now(): Promise<DateTime | undefined>;
  close(): Promise<void>;
}

/** How often something may happen: once in `every` milliseconds in the long run, and `burst` times at once. */
export interface Tempo {
  every: number;
  burst: number;
}

/** Gives turns, across all processes on one store. Every method rejects with `StoreError` when the world fails. */
export interface Turnstile {
  /** Takes the next turn of `key` and tells how many milliseconds it is ahead. One further ahead than `within` is not taken. */
  take(key: string, tempo: Tempo, now: DateTime, within: number): Promise<{ taken: boolean; wait: number }>;
  /** Gives no turn of `key` before `until`. */
  hold(key: string, tempo: Tempo, until: DateTime): Promise<void>;
}

/** A few values by key (Keyv): what needs no compare-and-set. */
export interface Shelf {
  get(key: string): Promise<unknown>;
  set(key: string, value: unknown, ttl?: number): Promise<unknown>;
  delete(key: string): Promise<boolean>;
  /** Deletes all that lies on this shelf. */
  clear(): Promise<void>;
  isEmpty(): Promise<boolean>;
}

/** Where a reader's program can fetch what no message holds: public addresses; undefined: nowhere. */
export interface Links {
  picture(picture: Timeline): string | undefined;
  file(file: ReplyFile): string | undefined;
}

/** Told what happened: a fixed message and facts; never what people wrote, never a secret. */
export interface Log {
  info(message: string, facts?: Record<string, unknown>): void;
  warn(message: string, facts?: Record<string, unknown>): void;
  error(message: string, facts?: Record<string, unknown>): void;
}

/** Counts what an operator watches. */
export interface Meter {
  /** One message or press was answered. `command`: the command's name, "question", "press" or "unreadable". */
  answered(command: string, milliseconds: number): void;
  /** That answer said that it did not work: a `StoreError`'s reason, or "fault" (ours). */
  failed(why: string): void;
  /**
   * What became of one message with reminders: `due` when it is begun, then `sent` (and `late` beside it when it was late),
   * `later` when it will be tried again, `failed` when it never will be.
   */
  reminded(what: "due" | "sent" | "late" | "later" | "failed"): void;
  /** So many connectors were taken over by another process while their reminders were being sent. */
  leasesLost(count: number): void;
  /** A platform asked to be asked less often. */
  rateLimited(platform: string): void;
}
