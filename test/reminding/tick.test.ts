import { expect, it } from "vitest";
import { spreadOf } from "../../bench/measure.ts";
import { type Base, openPostgresBase, openSqliteBase } from "../../bench/reminders/base.ts";
import { openTemplate } from "../../bench/reminders/rows.ts";
import { dueToSent, future, tickCosts } from "../../bench/reminders/tick.ts";
import { POSTGRES } from "../postgres.ts";
import { makeFolder } from "../store/folder.ts";

const FEW = 200;
const MANY = 20_000;

async function compare(open: () => Promise<Base>, folder: string): Promise<void> {
  const template = await openTemplate(folder);
  const bases = [await open(), await open()];
  try {
    for (const [index, base] of bases.entries()) {
      await base.lay(future(template, index === 0 ? FEW : MANY));
      await base.settle();
    }
    const [few, many] = await tickCosts(bases, template, 7);
    // The fastest round is what others on the machine disturb least. Without its index, a claim would read a hundred times as many rows.
    const fastest = (samples: number[] = []) => Math.min(...samples);
    expect(fastest(many?.claim)).toBeLessThan(fastest(few?.claim) * 3);
    expect(fastest(many?.tick)).toBeLessThan(fastest(few?.tick) * 3);
    expect(fastest(many?.idle)).toBeLessThan(fastest(few?.idle) * 3 + 1);

    const [, large] = bases;
    const waits = large ? await dueToSent(large, template, 40) : [];
    expect(waits).toHaveLength(40);
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(0);
    expect(spreadOf(waits).median).toBeLessThan(5000);
  } finally {
    for (const base of bases) await base.close();
  }
}

it("A tick costs about the same among few connectors and among many, and what falls due is sent soon", async () => {
  const folder = makeFolder();
  let opened = 0;
  await compare(() => openSqliteBase(folder, `tick-${opened++}`), folder);
}, 180_000);

it.skipIf(!POSTGRES)(
  "The same on PostgreSQL",
  async () => {
    await compare(() => openPostgresBase(), makeFolder());
  },
  180_000,
);
