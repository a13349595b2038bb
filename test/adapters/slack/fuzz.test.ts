import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { renderMessage } from "../../../adapters/slack/render.ts";
import type { Block } from "../../../src/index.ts";
import { anyForm, anyReply, words } from "../any-reply.ts";
import { buttonOf, everywhere, HOSTILE, LINKS, NAMES, NO_LINKS, replyOf } from "../sample-reply.ts";
import { blocksOf, buttonsIn, readingOf, readingThrough, windowOf } from "./in-slack.ts";
import { problemsOf, problemsOfWindow } from "./validate.ts";

const RUNS = { seed: 2, numRuns: 300 };

/** What "… and N more" says is missing, all of it together. */
function missingIn(text: string): number {
  return [...text.matchAll(/… and (\d+) more/g)].reduce((sum, [, count]) => sum + Number(count), 0);
}

describe("Slack takes every message", () => {
  it("whatever a reply holds", () => {
    fc.assert(
      fc.property(anyReply, fc.constantFrom(LINKS, NO_LINKS), (reply, links) => {
        expect(problemsOf(renderMessage(reply, links))).toEqual([]);
      }),
      RUNS,
    );
  });

  it("and every window that its forms open", () => {
    const anyShort = anyForm.map((form) => ({ ...form, inputs: form.inputs.slice(0, 2) }));
    fc.assert(
      fc.property(fc.oneof(anyForm, anyShort), (form) => {
        const message = renderMessage(replyOf({ kind: "form", form }), LINKS);
        const views = buttonsIn(message).flatMap((button) => windowOf(message, button) ?? []);
        expect(views.map(problemsOfWindow)).toEqual(views.map(() => []));
      }),
      RUNS,
    );
  });

  it("with any connector's name in every place", () => {
    for (const name of [...NAMES, ...HOSTILE]) {
      const message = renderMessage({ ...replyOf(...everywhere(name)), headline: [name] }, LINKS);
      expect([name, problemsOf(message)]).toEqual([name, []]);
    }
  });

  it("with any text in every place", () => {
    fc.assert(
      fc.property(words, (name) => {
        expect(problemsOf(renderMessage(replyOf(...everywhere(name)), LINKS))).toEqual([]);
      }),
      RUNS,
    );
  });
});

describe("What people wrote", () => {
  it.each(NAMES.filter((_, index) => index % 5 === 0))("is shown as it was typed: %s", (name) => {
    const message = renderMessage(replyOf(...everywhere(name)), LINKS);
    // In each of the places, in some more than once.
    expect(readingThrough(message).split(name).length - 1).toBeGreaterThanOrEqual(52);
  });

  it.each([
    "<!channel>",
    "<@U012ABCDE>",
    "*b*",
    "&lt;!here&gt;",
    "<https://evil.example|x>",
    ":tada:",
    "#general",
  ])("is shown as it was typed and means nothing: %s", (name) => {
    const message = renderMessage(replyOf(...everywhere(name)), LINKS);
    expect(readingOf(message)).toContain(name);
    const windows = buttonsIn(message).flatMap((button) => windowOf(message, button)?.blocks ?? []);
    expect(windows).not.toEqual([]);
    const json = JSON.stringify([...message.blocks, ...windows]);
    expect(json).not.toMatch(/"type":"(?:user|link|broadcast|channel|usergroup|emoji|mrkdwn)"/);
  });

  it("can't turn the direction of what stands after it", () => {
    const { text, blocks } = renderMessage(replyOf(...everywhere("\u202eevil")), LINKS);
    expect(text + JSON.stringify(blocks)).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
  });

  it("keeps accents, right-to-left letters and joined emoji", () => {
    const name = "Zoë عربي 👩‍👩‍👧‍👦 ｶﾅ";
    expect(readingOf(renderMessage(replyOf({ kind: "text", spans: [name] }), LINKS))).toContain(name);
  });
});

describe("What does not fit", () => {
  it("is counted for parts: each is there, or one of those that are missing", () => {
    const numbers = fc.array(fc.nat({ max: 4000 }), { minLength: 1, maxLength: 70, size: "max" });
    fc.assert(
      fc.property(numbers, (lengths) => {
        const blocks = lengths.map((length, index): Block => {
          const spans = [`<part ${index}>${"x".repeat(length)}`];
          return index % 3 === 0 ? { kind: "note", sort: "warning", spans } : { kind: "text", spans };
        });
        const message = renderMessage(replyOf(...blocks), LINKS);
        const reading = readingOf(message);
        const gone = blocks.filter((_, index) => !reading.includes(`<part ${index}>`)).length;
        const told = /… and (\d+) more parts of this answer/.exec(reading)?.[1] ?? "0";
        expect(Number(told)).toBe(gone);
      }),
      RUNS,
    );
  });

  it("is counted for short parts too, from the fiftieth block on", () => {
    const blocks = Array.from(
      { length: 70 },
      (_, index): Block => ({ kind: "text", spans: [`<part ${index}>`] }),
    );
    const message = renderMessage(replyOf(...blocks), LINKS);
    expect(message.blocks).toHaveLength(50);
    expect(readingOf(message)).toContain("… and 22 more parts of this answer");
  });

  it("is counted for the rows of tables, the first and the others", () => {
    const sizes = fc.tuple(
      fc.integer({ min: 1, max: 300 }),
      fc.integer({ min: 1, max: 25 }),
      fc.nat({ max: 40 }),
    );
    fc.assert(
      fc.property(sizes, fc.boolean(), ([height, width, length], isFirst) => {
        const rows = Array.from({ length: height }, (_, row) => ({
          cells: Array.from({ length: width }, (_, column) => [`<${row}/${column}>${"x".repeat(length)}`]),
        }));
        const columns = Array.from({ length: width }, (_, column) => `c${column}`);
        const before: Block = { kind: "table", columns: ["a"], rows: [{ cells: [["b"]] }] };
        const message = renderMessage(
          replyOf(...(isFirst ? [] : [before]), { kind: "table", columns, rows }),
          LINKS,
        );
        expect(problemsOf(message)).toEqual([]);
        const reading = readingOf(message);
        const told = /… and (\d+) more$/m.exec(reading)?.[1] ?? "0";
        const gone = rows.filter((_, row) => !reading.includes(`<${row}/0>`)).length;
        expect(Number(told)).toBe(gone);
      }),
      RUNS,
    );
  });

  it("is counted for the items of lists, facts, criteria and points", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), fc.nat({ max: 600 }), (count, length) => {
        const texts = Array.from({ length: count }, (_, index) => `<${index}>${"x".repeat(length)}`);
        const kinds: Block[] = [
          { kind: "list", items: texts.map((text) => [text]) },
          { kind: "facts", facts: texts.map((text) => ({ label: text, value: ["v"] })) },
          { kind: "criteria", items: texts.map((name) => ({ name, state: "met", spans: ["s"] })) },
          { kind: "progress", label: "Steps", points: texts.map((name) => ({ name, mark: "ahead" })) },
        ];
        for (const block of kinds) {
          const reading = readingOf(renderMessage(replyOf(block), LINKS));
          const gone = texts.filter((_, index) => !reading.includes(`<${index}>`)).length;
          const told = /… and (\d+) more$/m.exec(reading)?.[1] ?? "0";
          expect([block.kind, Number(told)]).toEqual([block.kind, gone]);
        }
      }),
      RUNS,
    );
  });

  it("is told for buttons: five to press, ten to type, the others counted", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.nat({ max: 39 }), (count, heavy) => {
        const buttons = Array.from({ length: count }, (_, index) =>
          buttonOf(`<${index}>`, index === heavy ? { fields: { text: "x".repeat(2001) } } : {}),
        );
        const message = renderMessage(replyOf({ kind: "buttons", buttons }), LINKS);
        expect(problemsOf(message)).toEqual([]);
        const reading = readingOf(message);
        const there = buttons.filter((_, index) => reading.includes(`<${index}>`)).length;
        expect(there + missingIn(reading)).toBe(count);
        if (heavy < count)
          expect(buttonsIn(message).map(({ text }) => text.text)).not.toContain(`<${heavy}>`);
      }),
      RUNS,
    );
  });

  it("is counted in long texts, to the letter", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20_000 }), (length) => {
        const message = renderMessage(replyOf({ kind: "text", spans: ["x".repeat(length)] }), LINKS);
        const reading = readingOf(message);
        expect((reading.match(/x/g) ?? []).length + missingIn(reading)).toBe(length);
      }),
      RUNS,
    );
  });

  it("is counted in text to copy, by lines", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), fc.integer({ min: 1, max: 200 }), (count, length) => {
        const text = Array.from({ length: count }, () => "y".repeat(length)).join("\n");
        const reading = readingOf(renderMessage(replyOf({ kind: "copy", label: "Copy", text }), LINKS));
        const there = (reading.match(/^y+$/gm) ?? []).length;
        expect(there + missingIn(reading)).toBe(count);
      }),
      RUNS,
    );
  });

  it("leaves room for what can be pressed, however long the rest is", () => {
    const text: Block = { kind: "text", spans: ["x".repeat(5000)] };
    const reply = replyOf(text, text, text, text, { kind: "buttons", buttons: [buttonOf("Go live")] });
    const message = renderMessage(reply, LINKS);
    expect(buttonsIn(message).map((button) => button.text.text)).toEqual(["Go live"]);
    expect(blocksOf(message, "actions")).toHaveLength(1);
    expect(problemsOf(message)).toEqual([]);
  });
});
