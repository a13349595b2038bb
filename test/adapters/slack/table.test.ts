import { describe, expect, it } from "vitest";
import { renderMessage } from "../../../adapters/slack/render.ts";
import type { Block } from "../../../src/index.ts";
import { NAME, openHouseAt } from "../../support.ts";
import { LINKS } from "../sample-reply.ts";
import { blocksOf, messageOf, readingOf } from "./in-slack.ts";

describe("A table", () => {
  it("of waves ticks those that are reached and names the next, in words", async () => {
    const house = await openHouseAt("deploying");
    house.sleep("2026-11-10T12:00");
    const [table] = blocksOf(renderMessage(await house.say(`eta ${NAME}`), LINKS), "table");
    const states = table?.rows.map(([cell]) => JSON.stringify(cell));
    expect(states?.[0]).toContain('"State"');
    expect(states?.slice(1).map((state) => /[✓▸]\u00a0\w+/.exec(state)?.[0])).toEqual([
      ...["✓\u00a0done", "✓\u00a0done", "▸\u00a0next", undefined, undefined, undefined],
    ]);
    expect(table?.column_settings?.every(({ is_wrapped }) => is_wrapped)).toBe(true);
  });

  it("whose rows all lie ahead says so in no column", () => {
    const rows = ["1", "2"].map((wave) => ({ mark: "ahead" as const, cells: [[wave], ["Fri"]] }));
    const [table] = blocksOf(messageOf({ kind: "table", columns: ["Wave", "Day"], rows }), "table");
    expect(table?.rows.map((row) => row.length)).toEqual([2, 2, 2]);
  });

  it("after the first of a message is told line by line", () => {
    const table: Block = {
      kind: "table",
      columns: ["Wave", "Day"],
      rows: [{ mark: "done", cells: [["1"], ["Fri"]] }],
    };
    const message = messageOf(table, table);
    expect(blocksOf(message, "table")).toHaveLength(1);
    expect(readingOf(message)).toContain("State · Wave · Day\n✓\u00a0done · 1 · Fri\n");
  });
});
