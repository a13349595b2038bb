import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createPace, type Pace } from "../../../adapters/pace.ts";
import { conversationLane, lanesOf } from "../../../adapters/teams/pace.ts";
import { machineClock } from "../../../src/clock.ts";
import { openStore } from "../../../src/store/sql-store.ts";

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
/** Nothing is refused here. */
const DAY = 24 * HOUR;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance", "Date"] });
});
afterEach(() => {
  vi.useRealTimers();
});

interface Came {
  tenant: string;
  conversation: string;
  at: number;
}

/** So many processes on one store; `ask` asks one of them for a turn, and `came` tells when each came. */
async function openProcesses(count: number) {
  const { store, turnstile } = await openStore(":memory:", machineClock);
  const paces = Array.from({ length: count }, () => createPace({ turnstile, clock: machineClock }));
  const came: Came[] = [];
  const asked: Promise<void>[] = [];
  const paceOf = (process: number) => paces[process % count] as Pace;
  return {
    came,
    paceOf,
    ask(process: number, conversation = "chat", tenant = "contoso") {
      const turn = paceOf(process).turn(lanesOf(tenant, conversation), DAY);
      asked.push(
        turn.then(({ hasCome }) => {
          if (hasCome) came.push({ tenant, conversation, at: performance.now() });
        }),
      );
    },
    async settled() {
      await vi.runAllTimersAsync();
      await Promise.all(asked);
      await store.close();
      return came;
    },
  };
}

/** More than the limit within it: looked at from each turn on. */
function isExceeded(times: readonly number[], [count, within]: readonly [number, number]): boolean {
  const sorted = times.toSorted((one, other) => one - other);
  return sorted.some((at, index) => (sorted[index + count] ?? Infinity) < at + within);
}

const timesOf = (came: readonly Came[]) => came.map(({ at }) => at);

describe.each([1, 3])("With %i processes on one store, one conversation", (processes) => {
  it.each(LIMITS)("is given %i messages in %i ms and not one more", async (count, within) => {
    const { ask, settled } = await openProcesses(processes);
    for (let n = 0; n < count + 20; n += 1) ask(n);
    const times = timesOf(await settled());
    expect(times).toHaveLength(count + 20);
    expect(isExceeded(times, [count, within])).toBe(false);
  });

  it("takes five at once without a wait, and sixty in little more than half a minute", async () => {
    const { ask, settled } = await openProcesses(processes);
    const began = performance.now();
    for (let n = 0; n < 60; n += 1) ask(n);
    const times = timesOf(await settled());
    expect(times.filter((at) => at === began)).toHaveLength(5);
    expect(Math.max(...times) - began).toBeLessThan(40 * SECOND);
  });
});

it("whoever asks when, in whichever process, no limit is ever exceeded, and everyone gets a turn", async () => {
  const step = fc.record({
    pause: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 900 }), fc.integer({ min: 0, max: 40_000 })),
    process: fc.integer({ min: 0, max: 2 }),
    count: fc.integer({ min: 1, max: 12 }),
    conversation: fc.integer({ min: 0, max: 15 }).map((n) => `chat ${n}`),
    held: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 8000 })),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 40 }), async (steps) => {
      const { ask, paceOf, settled } = await openProcesses(3);
      for (const { pause, process, count, conversation, held } of steps) {
        await vi.advanceTimersByTimeAsync(pause);
        if (held > 0) await paceOf(process).hold(conversationLane("contoso", conversation), held);
        for (let n = 0; n < count; n += 1) ask(process, conversation);
      }
      const came = await settled();
      expect(came).toHaveLength(steps.reduce((sum, { count }) => sum + count, 0));
      for (const one of Map.groupBy(came, ({ conversation }) => conversation).values())
        for (const limit of LIMITS) expect(isExceeded(timesOf(one), limit)).toBe(false);
      expect(isExceeded(timesOf(came), TENANT_LIMIT)).toBe(false);
    }),
    { numRuns: 100, seed: 7 },
  );
});

it("a tenant is given fifty messages in a second over all of its conversations, and holds up no other", async () => {
  const { ask, settled } = await openProcesses(2);
  const began = performance.now();
  for (let n = 0; n < 130; n += 1) ask(n, `chat ${n}`);
  ask(1, "chat", "fabrikam");
  const came = await settled();
  const times = timesOf(came.filter(({ tenant }) => tenant === "contoso"));
  expect(isExceeded(times, TENANT_LIMIT)).toBe(false);
  expect(Math.max(...times) - began).toBeLessThan(5 * SECOND);
  expect(came.find(({ tenant }) => tenant === "fabrikam")?.at).toBe(began);
});

it("a conversation waits for no other, however much is asked of that", async () => {
  const { ask, settled } = await openProcesses(1);
  const began = performance.now();
  for (let n = 0; n < 120; n += 1) ask(0, "busy");
  ask(0, "quiet");
  const came = await settled();
  expect(came.find(({ conversation }) => conversation === "quiet")?.at).toBe(began);
});
