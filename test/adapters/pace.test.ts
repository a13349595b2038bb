import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { DateTime } from "luxon";
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { createInFlight } from "../../adapters/in-flight.ts";
import { createPace, type Lane, type Pace } from "../../adapters/pace.ts";
import { channelLane, workspaceLane } from "../../adapters/slack/pace.ts";
import { doUnhurried } from "../../adapters/unhurried.ts";
import { machineClock } from "../../src/clock.ts";
import type { WorkspaceId } from "../../src/incoming.ts";
import { StoreError, type Turnstile } from "../../src/ports.ts";
import { openStore } from "../../src/store/sql-store.ts";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const CONTOSO = "T0CONTOSO" as WorkspaceId;
const LAUNCH = channelLane(CONTOSO, "C0LAUNCH");
const OTHER = channelLane(CONTOSO, "C0OTHER");
const WHOLE = workspaceLane(CONTOSO);

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance", "Date"] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** So many processes on one store. */
async function openProcesses(count: number, through = (turnstile: Turnstile) => turnstile) {
  const { store, turnstile } = await openStore(":memory:", machineClock);
  onTestFinished(() => store.close());
  const clock = machineClock;
  return Array.from({ length: count }, () => createPace({ turnstile: through(turnstile), clock }));
}

async function openOne(through?: (turnstile: Turnstile) => Turnstile): Promise<Pace> {
  const [pace] = await openProcesses(1, through);
  return pace as Pace;
}

/** A store that fails while it is down, and counts how often it was asked. */
function fragile() {
  const state = { isDown: false, asked: 0 };
  async function ask<Told>(tell: () => Promise<Told>): Promise<Told> {
    state.asked += 1;
    if (state.isDown) throw new StoreError("unreachable", "The store can't be reached.");
    return tell();
  }
  const through = (turnstile: Turnstile): Turnstile => ({
    take: (...asked) => ask(() => turnstile.take(...asked)),
    hold: (...asked) => ask(() => turnstile.hold(...asked)),
  });
  return Object.assign(state, { through });
}

type Asked = readonly (readonly [Pace, Lane])[];

/** When each turn comes that is asked for, in milliseconds from now. */
function ask(asked: Asked): Promise<number[]> {
  const began = performance.now();
  const came = asked.map(async ([pace, lane]) => {
    const { hasCome } = await pace.turn([lane], MINUTE);
    return hasCome ? performance.now() - began : Number.NaN;
  });
  return Promise.all(came);
}

/** The same, once all have come. */
async function turnsOf(asked: Asked): Promise<number[]> {
  const came = ask(asked);
  await vi.runAllTimersAsync();
  return came;
}

const times = (count: number, pace: Pace, lane = LAUNCH) =>
  Array.from({ length: count }, () => [pace, lane] as const);

describe("Turns", () => {
  it("come once a second in a channel, whichever of three processes asks, and no other channel waits", async () => {
    const processes = await openProcesses(3);
    const asked = Array.from({ length: 12 }, (_, n) => [processes[n % 3] as Pace, LAUNCH] as const);
    const [elsewhere, ...came] = await turnsOf([[processes[0] as Pace, OTHER], ...asked]);
    expect(elsewhere).toBe(0);
    expect(came.toSorted((one, two) => one - two)).toEqual(Array.from({ length: 12 }, (_, n) => n * SECOND));
  });

  it("come in the order in which they were asked for, also among several processes", async () => {
    const [one, two] = (await openProcesses(2)) as [Pace, Pace];
    const came = await turnsOf([...times(6, one), ...times(6, two)]);
    for (const own of [came.slice(0, 6), came.slice(6)])
      expect(own).toEqual(own.toSorted((first, second) => first - second));
  });

  it("keep their pace over a long time: nothing is lost on the way to the store and back", async () => {
    const pace = await openOne((turnstile) => ({
      ...turnstile,
      async take(...asked) {
        const told = await turnstile.take(...asked);
        await new Promise((back) => setTimeout(back, 40));
        return told;
      },
    }));
    const came = await turnsOf(times(30, pace));
    expect(came.at(-1)).toBeLessThanOrEqual(29 * SECOND + 100);
  });

  it("that are too far ahead are not waited for, and not taken from those who wait longer", async () => {
    const pace = await openOne();
    const patient = ask(times(4, pace));
    await vi.advanceTimersByTimeAsync(0);
    expect(await pace.turn([LAUNCH], 2 * SECOND)).toEqual({ hasCome: false, wait: 4 * SECOND });
    await vi.runAllTimersAsync();
    expect(await patient).toEqual([0, SECOND, 2 * SECOND, 3 * SECOND]);
    expect(await turnsOf(times(1, pace))).toEqual([SECOND]);
  });

  it("that another process has are too far ahead too", async () => {
    const [one, two] = (await openProcesses(2)) as [Pace, Pace];
    await one.hold(LAUNCH, 30 * SECOND);
    expect(await two.turn([LAUNCH], 10 * SECOND)).toEqual({ hasCome: false, wait: 30 * SECOND });
  });

  it("are given up at once when everything is stopped, by who waits first and by who waits behind", async () => {
    const pace = await openOne();
    await pace.turn([LAUNCH], 0);
    const stop = new AbortController();
    const waiting = [1, 2, 3].map(() => pace.turn([LAUNCH], MINUTE, stop.signal));
    await vi.advanceTimersByTimeAsync(10);
    stop.abort();
    expect(await Promise.all(waiting)).toEqual(Array(3).fill({ hasCome: false, wait: 0 }));
    expect(vi.getTimerCount()).toBe(0);
  });

  it("are given up at once also behind someone who waits on", async () => {
    const pace = await openOne();
    await pace.hold(LAUNCH, 30 * SECOND);
    const patient = ask(times(1, pace));
    const stop = new AbortController();
    const behind = pace.turn([LAUNCH], MINUTE, stop.signal);
    await vi.advanceTimersByTimeAsync(10);
    stop.abort();
    expect(await behind).toEqual({ hasCome: false, wait: 0 });
    await vi.runAllTimersAsync();
    expect(await patient).toEqual([30 * SECOND]);
  });
});

describe("A channel that is held", () => {
  it("is left alone by all processes, and others are not", async () => {
    const [one, two] = (await openProcesses(2)) as [Pace, Pace];
    await one.hold(LAUNCH, 5 * SECOND);
    const [elsewhere, ...came] = await turnsOf([[two, OTHER], ...times(1, one), ...times(1, two)]);
    expect(elsewhere).toBe(0);
    expect(came.toSorted()).toEqual([5 * SECOND, 6 * SECOND]);
  });

  it("is left alone also by what waited already, and not all comes when it is over", async () => {
    const pace = await openOne();
    const asked = ask(times(4, pace));
    await vi.advanceTimersByTimeAsync(0);
    await pace.hold(LAUNCH, 5 * SECOND);
    await vi.runAllTimersAsync();
    const [first, ...later] = await asked;
    expect(first).toBe(0);
    expect(later).toEqual([5 * SECOND, 6 * SECOND, 7 * SECOND]);
  });

  it("stays held when it is asked for less", async () => {
    const pace = await openOne();
    await pace.hold(LAUNCH, 5 * SECOND);
    await pace.hold(LAUNCH, SECOND);
    expect(await turnsOf(times(1, pace))).toEqual([5 * SECOND]);
  });

  it("is known to be held: here at once, in other processes after five seconds at most", async () => {
    const [one, two] = (await openProcesses(2)) as [Pace, Pace];
    expect([await one.rest(WHOLE), await two.rest(WHOLE)]).toEqual([0, 0]);
    await one.hold(WHOLE, MINUTE);
    expect(await one.rest(WHOLE)).toBe(MINUTE);
    await vi.advanceTimersByTimeAsync(5 * SECOND);
    expect(await two.rest(WHOLE)).toBe(MINUTE - 5 * SECOND);
    await vi.advanceTimersByTimeAsync(MINUTE);
    expect([await one.rest(WHOLE), await two.rest(WHOLE)]).toEqual([0, 0]);
  });
});

describe("While the store is down", () => {
  it("turns are counted in this process, and the store is not asked for each", async () => {
    const store = fragile();
    const pace = await openOne(store.through);
    await turnsOf(times(1, pace));
    store.isDown = true;
    expect(await turnsOf(times(4, pace))).toEqual([SECOND, 2 * SECOND, 3 * SECOND, 4 * SECOND]);
    expect(store.asked).toBe(2);
  });

  it("what a platform asks to leave alone is left alone", async () => {
    const store = fragile();
    const pace = await openOne(store.through);
    store.isDown = true;
    await pace.hold(LAUNCH, 5 * SECOND);
    expect(await turnsOf(times(2, pace))).toEqual([5 * SECOND, 6 * SECOND]);
  });

  it("nothing is noted that matters once it is back", async () => {
    const store = fragile();
    const [one, two] = (await openProcesses(2, store.through)) as [Pace, Pace];
    store.isDown = true;
    await turnsOf([...times(2, one), ...times(2, two)]);
    store.isDown = false;
    await vi.advanceTimersByTimeAsync(5 * SECOND);
    expect((await turnsOf([...times(1, one), ...times(1, two)])).toSorted()).toEqual([0, SECOND]);
  });
});

describe("What nobody waits for", () => {
  /** Sends into a channel with so many in flight at once; what was sent when. */
  async function openSending(most: number) {
    const pace = await openOne();
    const inFlight = createInFlight(most);
    const stop = new AbortController();
    const began = performance.now();
    const sent: { lane: Lane; at: number }[] = [];
    const send = (lane: Lane, takes: number) =>
      doUnhurried({ pace, inFlight, lanes: [lane], whole: WHOLE, stopping: stop.signal }, async () => {
        sent.push({ lane, at: performance.now() - began });
        await new Promise((answered) => setTimeout(answered, takes));
        return "sent";
      });
    return {
      pace,
      stop,
      sent,
      send,
      sentTo: (lane: Lane) => sent.flatMap((one) => (one.lane === lane ? [one.at] : [])),
    };
  }

  it("waits for its turn without keeping others from theirs", async () => {
    const { send, sentTo } = await openSending(1);
    const all = [LAUNCH, LAUNCH, LAUNCH, OTHER].map((lane) => send(lane, 50));
    await vi.runAllTimersAsync();
    expect(await Promise.all(all)).toEqual(Array(4).fill({ done: "sent" }));
    expect(sentTo(OTHER)).toEqual([50]);
    expect(sentTo(LAUNCH)).toEqual([0, SECOND, 2 * SECOND]);
  });

  it("is tried again when its turn would be more than ten seconds ahead", async () => {
    const { send, sent } = await openSending(8);
    const all = Array.from({ length: 14 }, () => send(LAUNCH, 50));
    await vi.runAllTimersAsync();
    const outcomes = await Promise.all(all);
    expect(outcomes.slice(0, 11)).toEqual(Array(11).fill({ done: "sent" }));
    for (const outcome of outcomes.slice(11)) expect(outcome).toEqual({ wait: expect.any(Number) });
    expect(sent).toHaveLength(11);
  });

  it("keeps its pace also when what is in flight was stuck for a while", async () => {
    const { send, sentTo } = await openSending(1);
    const all = [send(OTHER, 7 * SECOND), ...Array.from({ length: 5 }, () => send(LAUNCH, 50))];
    await vi.runAllTimersAsync();
    await Promise.all(all);
    const came = sentTo(LAUNCH);
    expect(came[0]).toBe(7 * SECOND);
    for (const [n, at] of came.slice(1).entries()) expect(at - (came[n] ?? 0)).toBeGreaterThanOrEqual(SECOND);
    expect(came.at(-1)).toBeLessThanOrEqual(12 * SECOND);
  });

  it("is not tried in vain while all of its workspace is held, even when it waited already", async () => {
    const { pace, send, sent } = await openSending(1);
    const all = [send(OTHER, 80), send(LAUNCH, 50)];
    await vi.advanceTimersByTimeAsync(50);
    await pace.hold(WHOLE, MINUTE);
    await vi.runAllTimersAsync();
    expect(await Promise.all(all)).toEqual([{ done: "sent" }, { wait: expect.any(Number) }]);
    expect(await send(LAUNCH, 50)).toEqual({ wait: expect.any(Number) });
    expect(sent).toHaveLength(1);
  });

  it("is left to whoever does it by now", async () => {
    const { pace } = await openSending(1);
    let isOver = false;
    const work = vi.fn(async () => "sent");
    const send = (key: string) =>
      doUnhurried(
        { pace, inFlight: createInFlight(1), lanes: [LAUNCH], whole: WHOLE, isOver: () => isOver },
        async () => `${key} ${await work()}`,
      );
    const all = [send("first"), send("second")];
    await vi.advanceTimersByTimeAsync(50);
    isOver = true;
    await vi.runAllTimersAsync();
    expect(await Promise.all(all)).toEqual([{ done: "first sent" }, { wait: 0 }]);
    expect(work).toHaveBeenCalledTimes(1);
  });

  it("is left for another time at once when everything is stopped, and what was begun is finished", async () => {
    const { stop, send, sent } = await openSending(1);
    const all = [OTHER, LAUNCH, LAUNCH, LAUNCH].map((lane) => send(lane, 500));
    await vi.advanceTimersByTimeAsync(10);
    stop.abort();
    expect(await Promise.all(all.slice(1))).toEqual(Array(3).fill({ wait: 0 }));
    await vi.runAllTimersAsync();
    expect(await all[0]).toEqual({ done: "sent" });
    expect(sent).toHaveLength(1);
  });
});

it("remembers no more for a hundred thousand channels than for ten thousand", async () => {
  vi.useRealTimers();
  setFlagsFromString("--expose-gc");
  const collect: () => void = runInNewContext("gc");
  const heap = () => {
    collect();
    return process.memoryUsage().heapUsed;
  };
  // Only what this process remembers: what lies in the store is the store's.
  const turnstile: Turnstile = { take: async () => ({ taken: true, wait: 0 }), hold: async () => undefined };
  const now = DateTime.utc();
  const pace = createPace({ turnstile, clock: { now: () => now } });
  async function visit(from: number, to: number): Promise<void> {
    for (let n = from; n < to; n += 1) {
      const lane = channelLane(CONTOSO, `a channel with a long name ${n}`);
      await pace.turn([lane], SECOND);
      await pace.hold(lane, SECOND);
    }
  }
  await visit(0, 12_000);
  const before = heap();
  await visit(12_000, 112_000);
  expect(heap() - before).toBeLessThan(5_000_000);
});
