import { describe, expect, it, onTestFinished, vi } from "vitest";
import { followStore, startTicking } from "../../adapters/ticking.ts";
import { machineClock, shiftedClock, standingClock } from "../../src/clock.ts";
import { type Log, type Store, StoreError } from "../../src/ports.ts";
import { pacific } from "../support.ts";

const DOWN = new StoreError("unreachable", "The store went away.");

/** Ticks of a reminder that does as it is told, and what was logged. */
function ticking(remind: (stopping?: AbortSignal) => Promise<unknown>) {
  const logged: string[] = [];
  const note = (message: string) => void logged.push(message);
  const log: Log = { info: note, warn: note, error: note };
  const given: string[] = [];
  const reminding = {
    remind,
    renew: async () => void given.push("renewed"),
    giveBack: async () => void given.push("given back"),
  };
  const ticks = startTicking({ reminding, clock: machineClock, log });
  onTestFinished(async () => void (await ticks.stop()));
  return { ...ticks, logged, given };
}

describe("The tick", () => {
  it("looks every second, also while a slow platform keeps what fell due before", async () => {
    let begun = 0;
    const slow = Promise.withResolvers<void>();
    const { stop } = ticking(async () => {
      begun += 1;
      await slow.promise;
    });
    await expect.poll(() => begun).toBeGreaterThan(2);
    slow.resolve();
    await stop();
  });

  it("has what is being sent renewed several times a minute", async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const { given } = ticking(async () => undefined);
    await vi.advanceTimersByTimeAsync(15_000);
    expect(given).toEqual(["renewed"]);
  });

  it("tells at once that the store is away, not every second anew, and that it is back", async () => {
    let looked = 0;
    let isDown = true;
    const { logged, lastTickAt } = ticking(async () => {
      looked += 1;
      if (isDown) throw DOWN;
    });
    await expect.poll(() => looked).toBeGreaterThan(3);
    expect(logged).toEqual(["reminders could not be sent"]);
    expect(lastTickAt()).toBeUndefined();
    isDown = false;
    await expect.poll(lastTickAt).toBeDefined();
    expect(logged).toEqual(["reminders could not be sent", "reminders can be sent again"]);
  });

  it("stops by letting what is under way end, and gives the rest back", async () => {
    let isDone = false;
    const begun = Promise.withResolvers<void>();
    const { stop, given } = ticking(
      (stopping) =>
        new Promise<void>((done) => {
          begun.resolve();
          stopping?.addEventListener("abort", () => {
            isDone = true;
            done();
          });
        }),
    );
    await begun.promise;
    await stop();
    expect(isDone).toBe(true);
    expect(given).toEqual(["given back"]);
  });

  it("gives back within ten seconds what does not end", async () => {
    const { stop, given } = ticking(() => new Promise(() => undefined));
    const begun = performance.now();
    await stop();
    expect(given).toEqual(["given back"]);
    expect(performance.now() - begun).toBeLessThan(10_000);
  });
});

describe("The clock of a process", () => {
  const NOON = pacific("2026-11-03T12:00");
  const storeAt = (now: Store["now"]) => ({ now }) as Store;

  it("goes by the database's, however wrong the machine's is", async () => {
    const machine = standingClock(NOON.minus({ hours: 3 }));
    const clock = shiftedClock(machine);
    await followStore(
      clock,
      machine,
      storeAt(async () => NOON),
    );
    expect(clock.now().toMillis()).toBe(NOON.toMillis());
  });

  it("counts half of the time that asking took", async () => {
    const machine = standingClock(NOON);
    const clock = shiftedClock(machine);
    const slow = storeAt(async () => {
      machine.push(machine.now().plus(2001));
      return NOON;
    });
    await followStore(clock, machine, slow);
    // In whole milliseconds, since the store keeps no others.
    expect(clock.now().toMillis()).toBe(NOON.toMillis() + 1001);
  });

  it("is the machine's where the store has none of its own", async () => {
    const machine = standingClock(NOON);
    const clock = shiftedClock(machine);
    await followStore(
      clock,
      machine,
      storeAt(async () => undefined),
    );
    expect(clock.now().toMillis()).toBe(NOON.toMillis());
  });
});
