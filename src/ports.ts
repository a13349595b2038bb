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

/** Sends what nobody asked for just now. `id` is stable: the same reminder always carries the same. */
export interface Messenger {
  send(to: Address, reply: Reply, id: string): Promise<Delivery>;
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
   * with `NameTaken` when the name it should get is taken.
   */
  change<Wanted extends Change>(
    key: ConnectorKey,
    decide: (current: Connector | undefined) => Wanted,
  ): Promise<Wanted>;
  read(key: ConnectorKey): Promise<Connector | undefined>;
  /** Connectors of one workspace whose folded name (`foldName`) is one of `folded`; `among` the followed ones by default. */
  find(workspace: WorkspaceId, folded: string[], among?: "followed" | "untracked"): Promise<ConnectorName[]>;
  /** Every followed connector's name, in no order. */
  names(workspace: WorkspaceId): Promise<ConnectorName[]>;
  list(workspace: WorkspaceId): Promise<Connector[]>;
  /**
   * Connectors whose `dueAt` has come, at most `limit`, earliest first. For `lease` milliseconds nobody else is given
   * the same ones; a `change` that stores another `dueAt` ends the lease.
   */
  claimDue(now: DateTime, limit: number, lease: number): Promise<Connector[]>;
  /** The earliest `dueAt` of all, whether it has come or not. */
  nextDue(): Promise<DateTime | undefined>;
  /** Makes every connector of the workspace due at `at` at the latest, so that the next tick plans it anew. */
  wake(workspace: WorkspaceId, at: DateTime): Promise<void>;
  /** True the first time an id ("workspace/delivery") is seen within `keepFor` milliseconds. Atomic. */
  firstSight(deliveryId: string, now: DateTime, keepFor: number): Promise<boolean>;
  /** Deletes every connector and every delivery id of the workspace. */
  forget(workspace: WorkspaceId): Promise<void>;
  close(): Promise<void>;
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
