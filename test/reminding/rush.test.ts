import { expect, it } from "vitest";
import { openPostgresBase } from "../../bench/reminders/base.ts";
import { openTemplate } from "../../bench/reminders/rows.ts";
import { rush, type Shape } from "../../bench/reminders/rush.ts";
import { POSTGRES } from "../postgres.ts";
import { makeFolder } from "../store/folder.ts";

it.skipIf(!POSTGRES).each<Shape>(["spread", "skewed"])(
  "In a rush (%s) two processes send each reminder once, keep a second between two in a channel, and answer people",
  async (shape) => {
    const base = await openPostgresBase();
    try {
      const outcome = await rush({
        base,
        template: await openTemplate(makeFolder()),
        shape,
        reminders: 100,
        channels: 20,
        over: 8000,
        processes: 2,
        commands: 2,
      });
      expect(outcome).toMatchObject({ lost: 0, doubles: 0 });
      // A machine that is busy with other tests delays some by so much that they meet the next; without pacing most would.
      expect(outcome.tooSoon).toBeLessThan(25);
      expect(outcome.asked.length).toBeGreaterThan(10);
      expect(outcome.asked.filter(({ answered }) => answered > 10_000)).toEqual([]);
      const expected = "Slack did not take a reminder: ratelimited";
      expect([...outcome.logged.keys()].filter((message) => message !== expected)).toEqual([]);
    } finally {
      await base.close();
    }
  },
  180_000,
);
