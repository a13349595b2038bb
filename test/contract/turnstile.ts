import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { StoreError, type Tempo, type Turnstile } from "../../src/ports.ts";
import type { StoreRoom } from "../../src/store/sql-store.ts";
import { MONDAY } from "../store/sample.ts";

const SECOND: Tempo = { every: 1000, burst: 1 };
const FOREVER = 1e9;

/** What every turnstile must do. `open` makes a fresh database: every call of what it returns opens it once more. */
export function describeTurnstile(name: string, open: () => Promise<() => Promise<StoreRoom>>): void {
  describe(`${name} as a turnstile`, () => {
    const rooms: StoreRoom[] = [];
    let one: Turnstile;
    let other: Turnstile;

    beforeEach(async () => {
      const connect = await open();
      rooms.push(await connect(), await connect());
      [one, other] = rooms.map(({ turnstile }) => turnstile) as [Turnstile, Turnstile];
    });
    afterEach(async () => {
      await Promise.all(rooms.splice(0).map(({ store }) => store.close()));
    });

    it("gives the first turn at once, and each after it one step later, whoever asks", async () => {
      expect(await one.take("C1", SECOND, MONDAY, FOREVER)).toEqual({ taken: true, wait: 0 });
      expect(await other.take("C1", SECOND, MONDAY, FOREVER)).toEqual({ taken: true, wait: 1000 });
      expect(await one.take("C1", SECOND, MONDAY.plus(500), FOREVER)).toEqual({ taken: true, wait: 1500 });
      expect(await one.take("C2", SECOND, MONDAY, FOREVER)).toEqual({ taken: true, wait: 0 });
    });

    it("gives several at once where the tempo says so, and then one step later each", async () => {
      const tempo = { every: 1000, burst: 3 };
      const waits = [];
      for (let turn = 0; turn < 5; turn++) waits.push((await one.take("C1", tempo, MONDAY, FOREVER)).wait);
      expect(waits).toEqual([0, 0, 0, 1000, 2000]);
    });

    it("takes no turn that is further ahead than the caller would wait, and tells how far it is", async () => {
      await one.take("C1", SECOND, MONDAY, 0);
      expect(await other.take("C1", SECOND, MONDAY, 999)).toEqual({ taken: false, wait: 1000 });
      expect(await other.take("C1", SECOND, MONDAY.plus(1), 999)).toEqual({ taken: true, wait: 999 });
      expect(await one.take("C1", SECOND, MONDAY.plus(1), 999)).toEqual({ taken: false, wait: 1999 });
    });

    it("keeps no turns for later that nobody took", async () => {
      await one.take("C1", SECOND, MONDAY, 0);
      const later = MONDAY.plus({ minutes: 5 });
      const waits = [];
      for (let turn = 0; turn < 3; turn++) waits.push((await one.take("C1", SECOND, later, FOREVER)).wait);
      expect(waits).toEqual([0, 1000, 2000]);
    });

    it("takes tempos that are no whole milliseconds, never faster than they say", async () => {
      const third = { every: 1000 / 3, burst: 1 };
      const waits = [];
      for (let turn = 0; turn < 4; turn++) waits.push((await one.take("C1", third, MONDAY, 2000.5)).wait);
      expect(waits).toEqual([0, 334, 668, 1002]);
      await one.hold("C1", third, MONDAY.plus(5000));
      expect((await one.take("C1", third, MONDAY, FOREVER)).wait).toBe(5000);
    });

    it("gives no turn before the moment it is held until, and never lets go earlier than it was", async () => {
      await one.hold("C1", { every: 1000, burst: 3 }, MONDAY.plus(5000));
      await other.hold("C1", { every: 1000, burst: 3 }, MONDAY.plus(2000));
      const turns = [];
      for (let turn = 0; turn < 2; turn++) {
        turns.push(await other.take("C1", { every: 1000, burst: 3 }, MONDAY.plus(1000), FOREVER));
      }
      expect(turns.map(({ wait }) => wait)).toEqual([4000, 5000]);
      expect(await one.take("C1", { every: 1000, burst: 3 }, MONDAY.plus(1000), 4000)).toMatchObject({
        taken: false,
      });
    });

    it("gives each turn to one, however many ask at once from two connections", async () => {
      const turns = await Promise.all(
        Array.from({ length: 60 }, (_, turn) => (turn % 2 ? one : other).take("C1", SECOND, MONDAY, 39_000)),
      );
      const waits = turns.filter(({ taken }) => taken).map(({ wait }) => wait);
      expect(waits.sort((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, turn) => turn * 1000));
    });

    it("says that it is closed instead of giving a turn", async () => {
      await rooms[0]?.store.close();
      await expect(one.take("C1", SECOND, MONDAY, 0)).rejects.toBeInstanceOf(StoreError);
      await expect(one.hold("C1", SECOND, MONDAY)).rejects.toBeInstanceOf(StoreError);
    });

    it("never gives more turns in any window than the tempo allows", async () => {
      let keys = 0;
      const tempos = fc.record({
        every: fc.integer({ min: 1, max: 400 }),
        burst: fc.integer({ min: 1, max: 4 }),
      });
      const asked = fc.array(
        fc.record({
          /** Milliseconds since the one before; the clocks of two processes may differ. */
          after: fc.integer({ min: -150, max: 600 }),
          within: fc.integer({ min: 0, max: 1500 }),
          hold: fc.option(fc.integer({ min: 0, max: 500 }), { freq: 8 }),
          byOther: fc.boolean(),
        }),
        { minLength: 1, maxLength: 25 },
      );
      await fc.assert(
        fc.asyncProperty(tempos, asked, async (tempo, asks) => {
          const key = `C${keys++}`;
          const given: number[] = [];
          let at = 0;
          for (const { after, within, hold, byOther } of asks) {
            const turnstile = byOther ? other : one;
            at += after;
            const now = MONDAY.plus(at);
            if (hold !== null) await turnstile.hold(key, tempo, now.plus(hold));
            const { taken, wait } = await turnstile.take(key, tempo, now, within);
            expect(wait).toBeGreaterThanOrEqual(0);
            if (taken) {
              expect(wait).toBeLessThanOrEqual(within);
              given.push(at + wait);
              if (hold !== null) expect(wait).toBeGreaterThanOrEqual(hold);
            } else {
              expect(wait).toBeGreaterThan(within);
            }
          }
          given.sort((a, b) => a - b);
          for (const [index, first] of given.entries()) {
            for (const [more, last] of given.slice(index).entries()) {
              // The window that begins with one turn and ends with the other.
              expect(more + 1).toBeLessThanOrEqual(tempo.burst + (last - first) / tempo.every);
            }
          }
        }),
        { seed: 20260302, numRuns: 60 },
      );
    });
  });
}
