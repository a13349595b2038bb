import { describe, expect, it } from "vitest";
import { NAME, openHouseAt } from "../../support.ts";
import { replyOf } from "../sample-reply.ts";
import { cardOf, partsIn, readingOf, runsWith } from "./in-teams.ts";

describe("A rollout", () => {
  it("ticks the waves that were reached, in a word too, and marks the next", async () => {
    const house = await openHouseAt("deploying");
    await house.wait("2026-11-10T12:00");
    const rows = partsIn(cardOf(await house.say(`eta ${NAME} Germany`)), "TableRow").map((row) =>
      readingOf({ ...cardOf(replyOf()), body: [row as never] }),
    );
    expect(rows[0]).toMatch(/^Wave\nRegions\nDay/);
    expect(rows[1]).toMatch(/^1\n✓\sdone\nTesting\nFri 6 Nov/);
    expect(rows[3]).toMatch(/^3\n▸\snext\n/);
    expect(rows[6]).toMatch(/^6\nAustralia/);
  });

  it("shows the wave that was asked for in bold", async () => {
    const house = await openHouseAt("deploying");
    const card = cardOf(await house.say(`eta ${NAME} Germany`));
    expect(runsWith(card, "Europe except").at(-1)?.weight).toBe("Bolder");
    expect(runsWith(card, "Asia except").at(-1)?.weight).toBeUndefined();
  });
});
