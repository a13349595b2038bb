import { describe, expect, it } from "vitest";
import { renderMessage } from "../../../adapters/teams/render.ts";
import { COMMAND_NAMES, plainText, spansText } from "../../../src/index.ts";
import { buttonsOf, NAME } from "../../support.ts";
import { everyReply, type Told } from "./every-reply.ts";
import { actionsIn, cardOf, LINKS, NO_LINKS, readingOf } from "./in-teams.ts";
import { problemsOf } from "./validate.ts";

const HOSTILE = "[x](https://evil.example) <at>x</at> {{DATE(2026-01-01T00:00:00Z)}} \u202e*b*";

/** Without the joiners that keep it from being Markdown. */
function seen(text: string): string {
  return text.replaceAll("\u2060", "");
}

const kept = new Map<string, Told[]>();

/** The replies, worked out in the first test that asks for them. */
async function replies(name = NAME): Promise<Told[]> {
  const told = kept.get(name) ?? (await everyReply(name));
  kept.set(name, told);
  return told;
}

describe("The replies looked at here", () => {
  it("answer every command", async () => {
    const said = new Set<string>((await replies()).map(({ command }) => command));
    expect(COMMAND_NAMES.filter((name) => !said.has(name))).toEqual([]);
  });

  it("hold every kind of block", async () => {
    const kinds = new Set((await replies()).flatMap(({ reply }) => reply.blocks.map(({ kind }) => kind)));
    expect([...kinds].toSorted()).toEqual([
      ...["buttons", "copy", "criteria", "facts", "file", "form", "list", "note"],
      ...["picture", "progress", "sources", "table", "text"],
    ]);
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
    const reminders = (await replies()).filter(({ command }) => command === "reminder");
    expect(reminders.filter(({ reply }) => reply.title.includes(words))).not.toEqual([]);
  });
});

describe("Every reply of the product", () => {
  it("is a card that Teams takes, with pictures or without, whatever the connector is called", async () => {
    for (const { line, reply } of [...(await replies()), ...(await replies(HOSTILE))]) {
      expect([line, problemsOf(cardOf(reply, LINKS))]).toEqual([line, []]);
      expect([line, problemsOf(cardOf(reply, NO_LINKS))]).toEqual([line, []]);
    }
  });

  it("is whole: nothing of it is cut", async () => {
    for (const { line, reply } of await replies())
      expect([line, readingOf(cardOf(reply))]).not.toContain("more characters");
  });

  it("begins with its headline, and its notification says the same", async () => {
    for (const { reply } of await replies()) {
      const { text, card } = renderMessage(reply, LINKS);
      expect(seen(text)).toBe(reply.title);
      expect(seen(card.fallbackText).startsWith(reply.title)).toBe(true);
      expect(JSON.stringify(card.body[0])).toMatch(
        /^\{"type":"RichTextBlock","inlines":\[\{"type":"TextRun"/,
      );
      if (reply.headline.every((span) => typeof span === "string"))
        expect(readingOf(card).split("\n")[0]).toBe(spansText(reply.headline));
    }
  });

  it("says in its fallback all that can be said in words", async () => {
    for (const { line, reply } of (await replies()).filter(({ command }) => command !== "export")) {
      const words = plainText(reply).replace(/\s+/g, " ");
      const fallback = seen(cardOf(reply).fallbackText).replace(/\s+/g, " ");
      expect([line, fallback]).toEqual([line, words]);
    }
  });

  it("has each of its buttons to press", async () => {
    for (const { line, reply } of await replies()) {
      const verbs = actionsIn(cardOf(reply)).map(({ title, verb }) => `${title}: ${verb}`);
      const expected = buttonsOf(reply).map(({ label, action }) => `${label}: ${action}`);
      expect([line, expected.filter((one) => !verbs.includes(one))]).toEqual([line, []]);
    }
  });

  it("fits on a card several times", async () => {
    const sizes = (await replies())
      .filter(({ command }) => command !== "export")
      .map(({ reply }) => Buffer.byteLength(JSON.stringify(cardOf(reply))));
    expect(Math.max(...sizes)).toBeLessThan(20_000);
  });
});
