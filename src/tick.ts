import type { DateTime } from "luxon";
import type { Connector } from "./lifecycle/connector.ts";
import { factsOf } from "./log.ts";
import { createNoting } from "./noting.ts";
import { type Delivery, StoreError } from "./ports.ts";
import { sendDigests } from "./sending-digests.ts";
import { tell } from "./telling.ts";
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
/** After the store failed nothing is claimed so long: another process may first have to note what it has sent. */
const RECOVERING_MS = 3000;

/** A connector that this process has claimed. */
interface Held {
  connector: Connector;
  until: DateTime;
  isOver: boolean;
}

export function createReminding(needs: Needs): Reminding {
  const { store, clock, log, meter } = needs;
  const held = new Set<Held>();
  const noting = createNoting(log);
  const shared = shareSettings(needs);
  let isClaiming = false;
  let claimsFrom: DateTime | undefined;
  let renewing: Promise<void> | undefined;
  let roomMade = () => {};

  /** One connector that can't be handled must not keep the others from their reminders; its lease ends by itself. */
  async function handle(one: Held, stopping: AbortSignal | undefined): Promise<Delivery[]> {
    // Its lease may also have ended while this process slept.
    const isOver = () => one.isOver || clock.now() >= one.until;
    try {
      return await shared(one.connector.workspace, (settings) =>
        tell(needs, one.connector, settings, { isOver, stopping, noting }),
      );
    } catch (error) {
      log.error("a connector's reminders failed", { connector: one.connector.id, ...factsOf(error) });
      return [];
    } finally {
      // What is being stopped is given back all at once.
      if (!stopping?.aborted) held.delete(one);
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
      await noting.noteRest();
      const next = await store.nextDue();
      const now = clock.now();
      // Looking is cheaper than claiming.
      if (!next || next > now || (claimsFrom && now < claimsFrom)) return [];
      begun = await begin(stopping);
    } catch (error) {
      const isDamage = error instanceof StoreError && error.reason === "damaged";
      if (!isDamage) claimsFrom = clock.now().plus(RECOVERING_MS);
      throw error;
    } finally {
      isClaiming = false;
    }
    return [...(await sendDigests(needs, { stopping, noting })), ...(await Promise.all(begun)).flat()];
  }

  function heldByEnd(): [DateTime, Held[]][] {
    return [...Map.groupBy(held, ({ until }) => until)];
  }

  async function renewAll(): Promise<void> {
    const next = clock.now().plus(LEASE_MS);
    for (const [until, all] of heldByEnd()) {
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
  }

  return {
    async remind(stopping) {
      const deliveries = isClaiming ? [] : await remindNow(stopping);
      const count = (kind: Delivery["kind"]) => deliveries.filter((one) => one.kind === kind).length;
      const sum = { sent: count("sent"), later: count("later"), never: count("never") };
      return { ...sum, nextAt: await store.nextDue() };
    },
    renew() {
      // Slow ones must not meet: the second would ask for leases that the first has moved.
      renewing ??= renewAll().finally(() => {
        renewing = undefined;
      });
      return renewing;
    },
    async giveBack() {
      for (const [until, all] of heldByEnd()) {
        for (const one of all) one.isOver = true;
        await store.giveBack(
          all.map(({ connector }) => connector),
          until,
        );
      }
    },
  };
}
