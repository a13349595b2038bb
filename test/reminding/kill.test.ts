import { expect, it } from "vitest";
import { type Base, openPostgresBase, openSqliteBase } from "../../bench/reminders/base.ts";
import { killAmidst } from "../../bench/reminders/kill.ts";
import { openTemplate } from "../../bench/reminders/rows.ts";
import { POSTGRES } from "../postgres.ts";
import { makeFolder } from "../store/folder.ts";

const KILLS = 4;

async function killedOn(base: Base, folder: string): Promise<void> {
  try {
    const template = await openTemplate(folder);
    const outcome = await killAmidst({
      base,
      template,
      reminders: 200,
      channels: 100,
      workspaces: 10,
      processes: 1,
      kills: KILLS,
      atOnce: 1,
      seed: 3,
      isHurried: true,
    });

    expect(outcome).toMatchObject({ lost: 0, unexplained: 0, kills: KILLS });
    expect(outcome.mostAtOne).toBeLessThanOrEqual(1);
  } finally {
    await base.close();
  }
}

it("No reminder is lost when the program is killed in the middle of sending, and at most one comes twice", async () => {
  const folder = makeFolder();
  await killedOn(await openSqliteBase(folder, "kill"), folder);
}, 180_000);

it.skipIf(!POSTGRES)(
  "The same on PostgreSQL",
  async () => {
    await killedOn(await openPostgresBase(), makeFolder());
  },
  180_000,
);
