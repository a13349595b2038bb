import type { DateTime } from "luxon";
import type { Connector } from "./lifecycle/connector.ts";
import { type Delivery, StoreError } from "./ports.ts";
import { sendDigests } from "./sending-digests.ts";
import { type Claim, tell } from "./telling.ts";
import { type Needs, shareSettings } from "./workspace.ts";

/** What a tick did. */
export interface Reminded {
  sent: number;
  later: number;
  never: number;
  /** When something is due next; undefined when nothing is planned. */
  nextAt: DateTime | undefined;
}

export interface Reminding {
  /**
   * Sends everything that is due, many at once, and resolves when that is done. While one call claims, another claims nothing.
   * Rejects with `StoreError`. `stopping`: nothing more is begun once it is aborted.
   */
  remind(stopping?: AbortSignal): Promise<Reminded>;
  /** Renews the leases of what is being sent; to be called several times a minute. Rejects with `StoreError`. */
  renew(): Promise<void>;
  /** Gives back what is claimed and not done. Rejects with `StoreError`. */
  giveBack(): Promise<void>;
}

/** So many are claimed at once: most of them wait for their channel's turn. */
const MOST_HELD = 1024;
const BATCH = 32;
/** A process that dies gives its rows back after this. */
const LEASE_MS = 60_000;

/** A connector that this process has claimed. */
interface Held {
  connector: Connector;
  until: DateTime;
  isOver: boolean;
}

export function createReminding(needs: Needs): Reminding {
  const { store, clock, log, meter } = needs;
  const held = new Set<Held>();
  const unnoted: Claim["unnoted"] = new Map();
  const shared = shareSettings(needs);
  let isClaiming = false;
  let roomMade = () => {};

  /** One connector that can't be handled must not keep the others from their reminders; its lease ends by itself. */
  async function handle(one: Held, stopping: AbortSignal | undefined): Promise<Delivery[]> {
    // Its lease may also have ended while this process slept.
    const isOver = () => one.isOver || clock.now() >= one.until;
    try {
      const deliveries = await shared(one.connector.workspace, (settings) =>
        tell(needs, one.connector, settings, { isOver, stopping, unnoted }),
      );
      if (stopping?.aborted) await store.giveBack([one.connector], one.until);
      return deliveries;
    } catch (error) {
      log.error("a connector's reminders failed", {
        connector: one.connector.id,
        error: error instanceof Error ? error.name : typeof error,
        why: error instanceof StoreError ? error.message : undefined,
      });
      return [];
    } finally {
      held.delete(one);
      roomMade();
    }
  }

  /** Begins with everything that is due, as far as there is room, and resolves when nothing is left to begin with. */
  async function begin(stopping: AbortSignal | undefined): Promise<Promise<Delivery[]>[]> {
    const begun: Promise<Delivery[]>[] = [];
    while (!stopping?.aborted) {
      const limit = Math.min(BATCH, MOST_HELD - held.size);
      if (limit <= 0) {
        await new Promise<void>((made) => {
          roomMade = made;
        });
        continue;
      }
      const now = clock.now();
      const claimed = await store.claimDue(now, limit, LEASE_MS);
      // One for all: they are renewed together.
      const until = now.plus(LEASE_MS);
      for (const connector of claimed) {
        const one = { connector, until, isOver: false };
        held.add(one);
        begun.push(handle(one, stopping));
        await needs.othersTurn?.();
      }
      if (claimed.length < limit) break;
    }
    return begun;
  }

  async function remindNow(stopping: AbortSignal | undefined): Promise<Delivery[]> {
    isClaiming = true;
    let begun: Promise<Delivery[]>[];
    try {
      await noteWhatWasSent();
      const next = await store.nextDue();
      // Looking is cheaper than claiming.
      if (!next || next > clock.now()) return [];
      begun = await begin(stopping);
    } finally {
      isClaiming = false;
    }
    return [...(await sendDigests(needs, stopping)), ...(await Promise.all(begun)).flat()];
  }

  async function noteWhatWasSent(): Promise<void> {
    for (const [id, note] of unnoted) {
      try {
        await note();
      } catch (error) {
        if (error instanceof StoreError && error.reason !== "damaged") throw error;
        // What can't be noted at all must not keep the others from their reminders.
        unnoted.delete(id);
        log.error("a reminder that was sent could not be noted", { reminder: id });
      }
    }
  }

  function keysByEnd(): [DateTime, Held[]][] {
    return [...Map.groupBy(held, ({ until }) => until)];
  }

  return {
    async remind(stopping) {
      const deliveries = isClaiming ? [] : await remindNow(stopping);
      const count = (kind: Delivery["kind"]) => deliveries.filter((one) => one.kind === kind).length;
      const sum = { sent: count("sent"), later: count("later"), never: count("never") };
      return { ...sum, nextAt: await store.nextDue() };
    },
    async renew() {
      const next = clock.now().plus(LEASE_MS);
      for (const [until, all] of keysByEnd()) {
        const renewed = await store.renew(
          all.map(({ connector }) => connector),
          until,
          next,
        );
        const ours = new Set(renewed.map(({ workspace, id }) => `${workspace}/${id}`));
        const isOurs = ({ connector: { workspace, id } }: Held) => ours.has(`${workspace}/${id}`);
        for (const one of all) one.until = next;
        // What was finished meanwhile has no lease any more either.
        const lost = all.filter((one) => !isOurs(one) && held.has(one));
        for (const one of lost) one.isOver = true;
        if (lost.length > 0) meter?.leasesLost(lost.length);
      }
    },
    async giveBack() {
      for (const [until, all] of keysByEnd()) {
        for (const one of all) one.isOver = true;
        await store.giveBack(
          all.map(({ connector }) => connector),
          until,
        );
      }
    },
  };
}
