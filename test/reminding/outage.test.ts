import { expect, it } from "vitest";
import { openPostgresBase } from "../../bench/reminders/base.ts";
import { outlast, platformOutage, postgresOutage } from "../../bench/reminders/outage.ts";
import { openPlatform } from "../../bench/reminders/platform.ts";
import { openTemplate } from "../../bench/reminders/rows.ts";
import { findPrograms, startServer } from "../postgres.ts";
import { makeFolder } from "../store/folder.ts";

it.skipIf(!findPrograms())(
  "Reminders that fall due while PostgreSQL is down, or while the platform wants none, all come when that is over",
  async () => {
    const template = await openTemplate(makeFolder());
    const server = await startServer();
    const platform = await openPlatform({ answerTime: 20 });
    try {
      const base = await openPostgresBase(server);
      const outages = [
        postgresOutage(server, 4),
        platformOutage(platform, "429", { kind: "limits", seconds: 1 }, 4),
      ];
      const outcome = await outlast({
        base,
        template,
        platform,
        outages,
        processes: 2,
        aSecond: 5,
        calm: 2,
      });
      expect(outcome.due).toBeGreaterThan(40);
      expect(outcome.lost).toBe(0);
      expect(outcome.survived.map(({ caughtUp }) => caughtUp)).not.toContain(undefined);
      // A message that was taken while nobody could note it is noted later, by the process that sent it.
      expect(outcome.doubles).toBe(0);
    } finally {
      platform.close();
      await server.remove();
    }
  },
  240_000,
);
