import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createPace, type Pace } from "../../../adapters/teams/pace.ts";

const SECOND = 1000;
const HOUR = 3_600 * SECOND;
/** What Teams documents: so many within so many milliseconds. */
const LIMITS = [
  [7, SECOND],
  [8, 2 * SECOND],
  [60, 30 * SECOND],
  [1800, HOUR],
] as const;
const TENANT_LIMIT = [50, SECOND] as const;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "performance", "Date"] });
});
afterEach(() => {
  vi.useRealTimers();
});

function openPace(): Pace {
  return createPace(() => performance.now());
}

/** When each turn came, once all have come. */
async function turnsOf(pace: Pace, asked: readonly (readonly [tenant: string, conversation: string])[]) {
  const came: { tenant: string; conversation: string; at: number }[] = [];
  const all = asked.map(async ([tenant, conversation]) => {
    await pace.turn(tenant, conversation);
    came.push({ tenant, conversation, at: performance.now() });
  });
  await vi.runAllTimersAsync();
  await Promise.all(all);
  return came;
}

const many = (count: number, conversation = "chat", tenant = "contoso") =>
  Array.from({ length: count }, () => [tenant, conversation] as const);

/** More than the limit within it: looked at from each turn on. */
function isExceeded(times: readonly number[], [count, within]: readonly [number, number]): boolean {
  const sorted = times.toSorted((one, other) => one - other);
  return sorted.some((at, index) => (sorted[index + count] ?? Infinity) < at + within);
}

const timesOf = (came: readonly { at: number }[]) => came.map(({ at }) => at);

describe("One conversation", () => {
  it.each(LIMITS)("is given %i messages in %i ms and not one more", async (count, within) => {
    const came = (await turnsOf(openPace(), many(count + 5))).map(({ at }) => at);
    expect(came).toHaveLength(count + 5);
    expect(isExceeded(came, [count, within])).toBe(false);
  });

  it("takes seven at once without a wait", async () => {
    const began = performance.now();
    const came = await turnsOf(openPace(), many(7));
    expect(came.every(({ at }) => at === began)).toBe(true);
  });

  it("is given its messages in the order in which they were asked for", async () => {
    const pace = openPace();
    const came: number[] = [];
    const all = Array.from({ length: 20 }, async (_, n) => {
      await pace.turn("contoso", "chat");
      came.push(n);
    });
    await vi.runAllTimersAsync();
    await Promise.all(all);
    expect(came).toEqual(came.toSorted((one, other) => one - other));
  });

  it("waits for no other, however much is asked of that", async () => {
    const began = performance.now();
    const came = await turnsOf(openPace(), [
      ...many(120, "busy"),
      ["contoso", "quiet"],
      ["fabrikam", "chat"],
    ]);
    const waited = came.flatMap(({ conversation, at }) => (conversation === "busy" ? [] : [at - began]));
    expect(waited).toEqual([0, 0]);
  });

  it("is told how long one more would wait", async () => {
    const pace = openPace();
    expect(pace.waitOf("contoso", "chat")).toBe(0);
    await turnsOf(pace, many(7));
    expect(pace.waitOf("contoso", "chat")).toBeGreaterThanOrEqual(SECOND);
    expect(pace.waitOf("contoso", "other")).toBe(0);
  });
});

it("a tenant is given fifty messages in a second, over all of its conversations, and holds up no other", async () => {
  const pace = openPace();
  const asked = Array.from({ length: 130 }, (_, n) => ["contoso", `chat ${n}`] as const);
  const began = performance.now();
  const came = await turnsOf(pace, [...asked, ["fabrikam", "chat"]]);
  const times = came.filter(({ tenant }) => tenant === "contoso").map(({ at }) => at);
  expect(isExceeded(times, TENANT_LIMIT)).toBe(false);
  expect(times.filter((at) => at === began)).toHaveLength(50);
  expect(came.find(({ tenant }) => tenant === "fabrikam")?.at).toBe(began);
});

it("whoever asks when, no limit is ever exceeded, and everyone gets a turn", async () => {
  const step = fc.record({
    pause: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 900 }), fc.integer({ min: 0, max: 40_000 })),
    count: fc.integer({ min: 1, max: 8 }),
    conversation: fc.integer({ min: 0, max: 15 }).map((n) => `chat ${n}`),
    held: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 8000 })),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 40 }), async (steps) => {
      const pace = openPace();
      const came: { conversation: string; at: number }[] = [];
      const all: Promise<void>[] = [];
      for (const { pause, count, conversation, held } of steps) {
        await vi.advanceTimersByTimeAsync(pause);
        if (held > 0) pace.hold(conversation, held);
        for (const [tenant] of many(count)) {
          const turn = pace.turn(tenant, conversation);
          all.push(turn.then(() => void came.push({ conversation, at: performance.now() })));
        }
      }
      await vi.runAllTimersAsync();
      await Promise.all(all);
      expect(came).toHaveLength(steps.reduce((sum, { count }) => sum + count, 0));
      for (const one of Map.groupBy(came, ({ conversation }) => conversation).values())
        for (const limit of LIMITS) expect(isExceeded(timesOf(one), limit)).toBe(false);
      expect(isExceeded(timesOf(came), TENANT_LIMIT)).toBe(false);
    }),
    { numRuns: 100 },
  );
});

describe("What Teams asked to leave alone", () => {
  it("a conversation: nothing goes there until the time is over, and elsewhere at once", async () => {
    const pace = openPace();
    const began = performance.now();
    pace.hold("chat", 5 * SECOND);
    expect(pace.waitOf("contoso", "chat")).toBe(5 * SECOND);
    const [held, other] = await turnsOf(pace, [
      ["contoso", "chat"],
      ["contoso", "other"],
    ]).then((came) => came.toSorted((one, two) => two.at - one.at));
    expect((held?.at ?? 0) - began).toBe(5 * SECOND);
    expect(other?.at).toBe(began);
  });

  it("a shorter time does not end a longer one", () => {
    const pace = openPace();
    pace.hold("chat", 5 * SECOND);
    pace.hold("chat", SECOND);
    expect(pace.waitOf("contoso", "chat")).toBe(5 * SECOND);
  });

  it("also what was waiting already when Teams asked", async () => {
    const pace = openPace();
    const began = performance.now();
    const first = Promise.all(many(7).map(([tenant, chat]) => pace.turn(tenant, chat)));
    const asked = turnsOf(pace, many(3));
    await first;
    pace.hold("chat", 5 * SECOND);
    const waited = (await asked).map(({ at }) => at - began).filter((at) => at > 0);
    expect(waited).toHaveLength(3);
    expect(Math.min(...waited)).toBeGreaterThanOrEqual(5 * SECOND);
  });
});

it("remembers no more for a hundred thousand conversations than for a few thousand", async () => {
  vi.useRealTimers();
  setFlagsFromString("--expose-gc");
  const collect: () => void = runInNewContext("gc");
  const heap = () => {
    collect();
    return process.memoryUsage().heapUsed;
  };
  // A clock that stands still would make the tenant wait.
  let now = 0;
  const pace = createPace(() => now);
  async function visit(from: number, to: number): Promise<void> {
    for (let n = from; n < to; n += 1) {
      now += HOUR;
      await pace.turn("contoso", `a conversation with a long name ${n}`);
      pace.hold(`a conversation with a long name ${n}`, SECOND);
    }
  }
  await visit(0, 5000);
  const before = heap();
  await visit(5000, 105_000);
  expect(heap() - before).toBeLessThan(5_000_000);
});
