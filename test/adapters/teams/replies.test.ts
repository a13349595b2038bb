import { describe, expect, it } from "vitest";
import { renderMessage } from "../../../adapters/teams/render.ts";
import { plainText, spansText } from "../../../src/index.ts";
import { buttonsOf } from "../../support.ts";
import { everyReply, lifeOf } from "../every-reply.ts";
import { LINKS, NO_LINKS } from "../sample-reply.ts";
import { actionsIn, cardOf, readingOf } from "./in-teams.ts";
import { problemsOf } from "./validate.ts";

const HOSTILE = "[x](https://evil.example) <at>x</at> {{DATE(2026-01-01T00:00:00Z)}} *b*";

/** Without the joiners that keep it from being Markdown. */
function seen(text: string): string {
  return text.replaceAll("\u2060", "");
}

describe("Every reply of the product", () => {
  it("is a card that Teams takes, with pictures or without, whatever the connector is called", async () => {
    for (const { line, reply } of [...(await everyReply()), ...(await lifeOf(HOSTILE))]) {
      expect([line, problemsOf(cardOf(reply, LINKS))]).toEqual([line, []]);
      expect([line, problemsOf(cardOf(reply, NO_LINKS))]).toEqual([line, []]);
    }
  });

  it("is whole: nothing of it is cut", async () => {
    for (const { line, reply } of await everyReply())
      expect([line, readingOf(cardOf(reply))]).not.toContain("more characters");
  });

  it("begins with its headline, and its notification says the same", async () => {
    for (const { reply } of await everyReply()) {
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
    for (const { line, reply } of (await everyReply()).filter(({ command }) => command !== "export")) {
      const words = plainText(reply).replace(/\s+/g, " ");
      const fallback = seen(cardOf(reply).fallbackText).replace(/\s+/g, " ");
      expect([line, fallback]).toEqual([line, words]);
    }
  });

  it("has each of its buttons to press", async () => {
    for (const { line, reply } of await everyReply()) {
      const verbs = actionsIn(cardOf(reply)).map(({ title, verb }) => `${title}: ${verb}`);
      const expected = buttonsOf(reply).map(({ label, action }) => `${label}: ${action}`);
      expect([line, expected.filter((one) => !verbs.includes(one))]).toEqual([line, []]);
    }
  });

  it("fits on a card several times", async () => {
    const sizes = (await everyReply())
      .filter(({ command }) => command !== "export")
      .map(({ reply }) => Buffer.byteLength(JSON.stringify(cardOf(reply))));
    expect(Math.max(...sizes)).toBeLessThan(20_000);
  });
});
