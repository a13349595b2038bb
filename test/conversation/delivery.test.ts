import { describe, expect, it } from "vitest";
import { createAssistant } from "../../src/assistant.ts";
import type { Address } from "../../src/incoming.ts";
import { type Delivery, type Shelf, type Store, StoreError } from "../../src/ports.ts";
import type { Reply } from "../../src/reply.ts";
import { meterIn } from "../adapters/meter.ts";
import { HERE, type House, NAME, openHouseAt, openHouseWith, pacific, textOf } from "../support.ts";
import { through } from "../through.ts";

const ELSEWHERE = "chat:launch" as Address;

describe("A reminder that the platform does not take", () => {
  it("now, is tried again when the platform said, under the same id", async () => {
    const tried: string[] = [];
    const house = await openHouseAt("review", {
      deliver: ({ at, id }): Delivery => {
        tried.push(`${at} ${id}`);
        return tried.length < 3 ? { kind: "later", retryAfter: 90_000 } : { kind: "sent" };
      },
    });
    const sent = await house.wait("25h");
    expect(tried.map((one) => one.slice(0, 16))).toEqual([
      "2026-11-04T09:15",
      "2026-11-04T09:16",
      "2026-11-04T09:18",
    ]);
    expect(new Set(tried.map((one) => one.slice(17))).size).toBe(1);
    expect(sent).toHaveLength(1);
  });

  it("ever, is not tried again; the log knows, and the next one is tried", async () => {
    let count = 0;
    const house = await openHouseAt("review", {
      deliver: (): Delivery => {
        count += 1;
        return count === 1 ? { kind: "never", why: "the channel was deleted" } : { kind: "sent" };
      },
    });
    expect((await house.wait("47h")).length).toBe(0);
    expect(house.logged).toMatchObject([{ level: "warn" }]);
    expect(house.logged[0]?.facts).toContain("the channel was deleted");
    expect(await house.wait("2h")).toHaveLength(1);
  });

  it("because its program throws, is tried again, and the log holds no name and no text", async () => {
    let count = 0;
    const house = await openHouseAt("review", {
      deliver: (): Delivery => {
        count += 1;
        if (count === 1) throw new Error(`could not tell that ${NAME} is in review`);
        return { kind: "sent" };
      },
    });
    expect(await house.wait("25h")).toHaveLength(1);
    expect(JSON.stringify(house.logged)).not.toContain(NAME);
    expect(house.logged).toMatchObject([{ level: "error" }]);
  });

  it("for one connector, does not keep the others waiting", async () => {
    const house = await openHouseWith(
      NAME,
      [`mark ${NAME} submitted`, "track Contoso Sales", "mark Contoso Sales submitted"],
      {
        deliver: ({ title }): Delivery =>
          title.startsWith(NAME) ? { kind: "later", retryAfter: 3_600_000 } : { kind: "sent" },
      },
    );
    const sent = await house.wait("24h");
    expect(sent.map(({ title }) => title.split(":")[0])).toEqual(["Contoso Sales"]);
  });
});

describe("A reminder is never lost", () => {
  it("when the program dies between the platform's word and our note of it: it comes again, under the same id", async () => {
    let isDying = false;
    const house = await openHouseAt("review", {
      deliver: (): Delivery => {
        isDying = true;
        return { kind: "sent" };
      },
      throughStore: (store) => failWhen(store, () => isDying),
    });
    house.sleep("24h");
    await house.remind().catch(() => undefined);
    isDying = false;
    // The lease of the one that died.
    house.sleep("2m");
    await createAssistant(house.needs).remind();
    expect(house.sent).toHaveLength(2);
    expect(house.sent[0]?.id).toBe(house.sent[1]?.id);
  });

  it("nor told twice when the store goes away between the platform's word and our note of it", async () => {
    let isDown = false;
    const house = await openHouseAt("review", {
      deliver: (): Delivery => {
        isDown = true;
        return { kind: "sent" };
      },
      throughStore: (store) => failWhen(store, () => isDown),
    });
    house.sleep("24h");
    await house.remind();
    await expect(house.remind()).rejects.toThrow(StoreError);
    isDown = false;
    await house.remind();
    house.sleep("2m");
    await house.remind();
    expect(house.sent).toHaveLength(1);
    expect(Object.values((await house.connector(NAME)).told)).toMatchObject([{ how: "sent" }]);
  });

  it("and the next of its workspace may be sent only when it is noted, however long the store is away", async () => {
    let isDown = false;
    const noted: string[] = [];
    const house = await openHouseAt("review", {
      deliver: ({ id }, way): Delivery => {
        isDown = true;
        void way.noted?.then(() => noted.push(id));
        return { kind: "sent" };
      },
      throughStore: (store) => failWhen(store, () => isDown),
    });
    house.sleep("24h");
    await house.remind();
    await house.remind().catch(() => undefined);
    expect(noted).toEqual([]);
    isDown = false;
    await house.remind();
    expect(noted).toEqual(house.sent.map(({ id }) => id));
  });

  it("by a process whose lease has ended while it waited for its turn", async () => {
    let isSlow = true;
    const left: string[] = [];
    const house: House = await openHouseAt("review", {
      deliver: ({ id }, way): Delivery => {
        if (isSlow) house.sleep("2m");
        void way.noted?.then(() => left.push(id));
        return way.isOver?.() ? { kind: "later", retryAfter: 3_600_000 } : { kind: "sent" };
      },
    });
    house.sleep("24h");
    expect((await house.remind()).sent).toBe(0);
    // Nothing waits for a note that never comes.
    expect(left).toHaveLength(1);
    isSlow = false;
    // Whoever has it by now does not hear of that wait.
    expect((await createAssistant(house.needs).remind()).sent).toBe(1);
  });

  it("where it was moved to while its old place refused it", async () => {
    const house: House = await openHouseAt("review", {
      deliver: async ({ to }): Promise<Delivery> => {
        if (to !== HERE) return { kind: "sent" };
        await house.answer({ where: ELSEWHERE, said: { kind: "text", text: `reminders ${NAME} here` } });
        return { kind: "never", why: "channel_not_found" };
      },
    });
    house.sleep("24h");
    await house.remind();
    house.sleep("2m");
    await house.remind();
    expect(house.sent.map(({ to }) => to)).toEqual([ELSEWHERE]);
  });

  it("nor claimed by others just after the store came back, before it could be noted", async () => {
    let isDown = false;
    const house = await openHouseAt("review", {
      deliver: (): Delivery => {
        isDown = true;
        return { kind: "sent" };
      },
      throughStore: (store) => failWhen(store, () => isDown, "ticks"),
    });
    house.sleep("24h");
    const other = createAssistant(house.needs);
    await house.remind().catch(() => undefined);
    house.sleep("2m");
    await expect(other.remind()).rejects.toThrow(StoreError);
    isDown = false;
    await other.remind();
    await house.remind();
    house.sleep("1m");
    await other.remind();
    expect(house.sent).toHaveLength(1);
  });

  it("by a process that others have taken for dead: who has the lease sends", async () => {
    const house = await openHouseAt("review", { deliver: () => ({ kind: "sent" }) });
    const metered: string[] = [];
    const needs = { ...house.needs, meter: meterIn(metered) };
    const claimed = Promise.withResolvers<void>();
    const awake = Promise.withResolvers<void>();
    // It claims, and then its machine sleeps.
    const sleeper = createAssistant({
      ...needs,
      othersTurn: async () => claimed.resolve(),
      settings: slowly(needs.settings, awake.promise),
    });
    house.sleep("24h");
    const slept = sleeper.remind();
    await claimed.promise;
    house.sleep("2m");
    await createAssistant(house.needs).remind();
    await sleeper.renew();
    awake.resolve();
    await slept;
    expect(house.sent).toHaveLength(1);
    expect(metered).toContain("1 leases lost");
  });

  it("while it is being sent: its lease is renewed for as long as that takes", async () => {
    const begun = Promise.withResolvers<void>();
    const accepted = Promise.withResolvers<void>();
    const house = await openHouseAt("review", {
      deliver: async () => {
        begun.resolve();
        await accepted.promise;
        return { kind: "sent" };
      },
    });
    house.sleep("24h");
    const metered: string[] = [];
    const slow = createAssistant({ ...house.needs, meter: meterIn(metered) });
    const sending = slow.remind();
    await begun.promise;
    for (let minutes = 0; minutes < 5; minutes += 1) {
      expect(await house.store.claimDue(house.clock.now(), 1, 60_000)).toEqual([]);
      // A second one may begin while the store is slow.
      await Promise.all([slow.renew(), slow.renew()]);
      house.clock.push(house.clock.now().plus({ seconds: 59 }));
    }
    accepted.resolve();
    await sending;
    expect(metered).not.toContain("1 leases lost");
    expect((await house.remind()).sent).toBe(0);
    expect(house.sent).toHaveLength(1);
  });

  it("when a process stops: what is not begun is given back", async () => {
    const stopping = new AbortController();
    const house = await openHouseAt("review", {
      deliver: (_, way) => {
        stopping.abort();
        return way.stopping?.aborted ? { kind: "later", retryAfter: 0 } : { kind: "sent" };
      },
    });
    house.sleep("24h");
    const stopped = createAssistant(house.needs);
    expect((await stopped.remind(stopping.signal)).sent).toBe(0);
    await stopped.giveBack();
    expect((await house.connector(NAME)).retryAt).toBeUndefined();
    expect(await house.store.claimDue(house.clock.now(), 1, 1)).toHaveLength(1);
  });

  it("when many are due at once: each comes once", async () => {
    const house = await openHouseWith(NAME);
    for (let count = 0; count < 120; count += 1) {
      await house.sayAll(`track Connector no ${count}`, `mark Connector no ${count} submitted`);
    }
    house.sleep("24h");
    const [one, two] = await Promise.all([house.remind(), house.remind()]);
    expect(one.sent + two.sent).toBe(120);
    expect(new Set(house.sent.map(({ id }) => id)).size).toBe(120);
    expect(house.sent).toHaveLength(120);
  });
});

describe("An outage of the platform", () => {
  it("is made up for by one message a connector, which says how late it is", async () => {
    let isOut = true;
    const house = await openHouseAt("testing", {
      deliver: (): Delivery => (isOut ? { kind: "later", retryAfter: 600_000 } : { kind: "sent" }),
    });
    await house.wait("2026-11-06T03:00");
    const since = await house.store.waitingSince(house.clock.now());
    // The warning of the day before has been replaced by the next one.
    expect(since?.toMillis()).toBe(pacific("2026-11-06T02:00").toMillis());
    isOut = false;
    const [caughtUp, ...more] = await house.wait("1h");
    expect(more).toEqual([]);
    expect(textOf(caughtUp?.reply as Reply)).toMatch(/test link expires .*\(late: this was due .* ago\)/);
    expect(await house.store.waitingSince(house.clock.now())).toBeUndefined();
  });

  it("that ends after the deadline leaves nothing waiting", async () => {
    let isOut = true;
    const house = await openHouseAt("testing", {
      deliver: (): Delivery => (isOut ? { kind: "later", retryAfter: 600_000 } : { kind: "sent" }),
    });
    await house.wait("2026-11-05T12:00");
    expect(await house.store.waitingSince(house.clock.now())).toBeDefined();
    await house.say(`mark ${NAME} go-live`);
    isOut = false;
    await house.wait("20m");
    expect(await house.store.waitingSince(house.clock.now())).toBeUndefined();
  });
});

describe("A store that fails", () => {
  it("is told as that, never as nothing found, and nothing is claimed to be done", async () => {
    let isDown = false;
    const house = await openHouseWith(NAME, [], {
      throughStore: (store) => failWhen(store, () => isDown, "all"),
    });
    isDown = true;
    for (const line of ["list", `status ${NAME}`, `mark ${NAME} submitted`, "export"]) {
      const text = textOf(await house.say(line));
      expect(text).not.toMatch(/No connector|not followed|fault|went wrong/i);
      expect(text).toMatch(/Nothing was changed/);
    }
    expect(house.logged.every(({ level }) => level === "error")).toBe(true);
  });

  it("while a setting moves the reminders has changed nothing, so that saying it again moves them", async () => {
    let isDown = false;
    const house = await openHouseWith(NAME, ["settings zone America/Los_Angeles"], {
      throughStore: (store) => failWhen(store, () => isDown, "wake"),
    });
    house.sleep("2026-11-03T21:00");
    await house.say(`mark ${NAME} submitted`);
    isDown = true;
    expect((await house.say("settings quiet off")).title).toMatch(/Nothing was changed/);
    expect((await house.say("settings quiet")).title).not.toMatch(/off/);
    isDown = false;
    await house.say("settings quiet off");
    // Not only in the next morning.
    const sent = await house.wait("2026-11-05T00:00");
    expect(sent.map(({ at }) => at)).toEqual(["2026-11-04T21:00"]);
  });
});

/** The store itself, but failing at the moments a test wants. */
function failWhen(
  store: Store,
  isFailing: () => boolean,
  which: "all" | "ticks" | "change" | "wake" = "change",
): Store {
  const methods = { all: ["change", "read", "find", "names", "list"], ticks: ["change", "nextDue"] };
  return through(store, (method) => {
    const failing = which in methods ? methods[which as keyof typeof methods] : [which];
    if (isFailing() && failing.includes(method)) throw new StoreError("unreachable", "The disk went away.");
  });
}

/** The shelf itself, which answers only when `until` has come. */
function slowly(shelf: Shelf, until: Promise<void>): Shelf {
  return { ...shelf, get: (key) => until.then(() => shelf.get(key)) };
}
