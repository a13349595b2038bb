import { describe, expect, it } from "vitest";
import { COMMAND_NAMES, plainText } from "../../src/index.ts";
import { everyReply } from "./every-reply.ts";

describe("The replies looked at here", () => {
  it("answer every command", async () => {
    const said = new Set<string>((await everyReply()).map(({ command }) => command));
    expect(COMMAND_NAMES.filter((name) => !said.has(name))).toEqual([]);
  });

  it("hold every kind of block", async () => {
    const kinds = new Set((await everyReply()).flatMap(({ reply }) => reply.blocks.map(({ kind }) => kind)));
    expect([...kinds].toSorted()).toEqual([
      ...["buttons", "copy", "criteria", "facts", "file", "form", "list", "note"],
      ...["picture", "progress", "sources", "table", "text"],
    ]);
  });

  it.each([
    ["could not be delivered; the latest", "failed", /… and \d+ more connectors/],
    ["All is well", "failed", /report-failed/],
    ["hears of 18 connectors", "following", /only deadlines.*(?:\n.*)*\(snoozed\).*(?:\n.*)*… and 3 more/],
    ["hears of no connector", "following", /list/],
    ["The week:", "digest", /… and \d+ more/],
    ["No connector is tracked here yet", "digest", /How to track one/],
    ["Quiet hours set: off", "settings", /day off/],
    ["no days of the week", "settings", /mon-fri/],
    ["Weekly digest: Fridays at 15:00", "settings", /digest off/],
  ])("tell: %s", async (title, command, words) => {
    const told = (await everyReply()).filter((one) => one.command === command);
    const texts = told.map(({ reply }) => plainText(reply));
    expect(texts.filter((text) => text.includes(title)).some((text) => words.test(text))).toBe(true);
  });

  it.each([
    "report may be there",
    "report is due",
    "test link expires",
    "test link expired",
    "confirm Go live by",
    "wave 6 of 6",
    "all regions are expected",
    "months in preview will be",
    "months in preview are",
    "since the GA e-mail",
    "SAS URI expires",
  ])("remind: %s", async (words) => {
    const reminders = (await everyReply()).filter(({ command }) => command === "reminder");
    expect(reminders.filter(({ reply }) => reply.title.includes(words))).not.toEqual([]);
  });
});
