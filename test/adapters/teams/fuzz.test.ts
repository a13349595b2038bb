import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { renderMessage } from "../../../adapters/teams/render.ts";
import type { Block, Input, Spans } from "../../../src/index.ts";
import { anyReply, words } from "../any-reply.ts";
import { buttonOf, everywhere, formOf, HOSTILE, LINKS, NAMES, NO_LINKS, replyOf } from "../sample-reply.ts";
import { actionsIn, cardOf, inputsIn, readingOf } from "./in-teams.ts";
import { problemsOf } from "./validate.ts";

const RUNS = { seed: 2, numRuns: 60 };

const MORE_HOSTILE = [
  "<at>x</at>",
  "{{DATE(2026-01-01T00:00:00Z)}}",
  "{{{{TIME(2026-01-01T00:00:00Z)}}",
  "[x](https://evil)",
  "[x]: https://evil",
  "![x](https://evil/1.png)",
  "<https://evil>",
  "\u2067rtl\u2069 \u202eevil",
];

function namedCard(name: string) {
  const link: Block = { kind: "text", spans: [{ link: name, href: "https://learn.microsoft.com" }] };
  return cardOf({ ...replyOf(...everywhere(name), link), headline: [name], title: name });
}

/** What the first "… and N more" says is missing. */
function missingIn(reading: string): number {
  return Number(/… and (\d+) more/.exec(reading)?.[1] ?? 0);
}

describe("Teams takes every card", () => {
  it("whatever a reply holds", () => {
    fc.assert(
      fc.property(anyReply, fc.constantFrom(LINKS, NO_LINKS), (reply, links) => {
        expect(problemsOf(renderMessage(reply, links).card)).toEqual([]);
      }),
      RUNS,
    );
  });

  it("with any connector's name in every place", () => {
    for (const name of [...NAMES, ...HOSTILE, ...MORE_HOSTILE]) {
      expect([name, problemsOf(namedCard(name))]).toEqual([name, []]);
    }
  });

  it("with any text in every place", () => {
    fc.assert(
      fc.property(words, (name) => {
        expect(problemsOf(namedCard(name))).toEqual([]);
      }),
      RUNS,
    );
  });
});

describe("A card of too many bytes", () => {
  const address = `https://x.example/${"a".repeat(1900)}`;
  const link = { link: "x".repeat(30_000), href: address };
  const many: Spans = Array.from({ length: 40 }, () => ({ link: "x", href: address }));
  const heavy = buttonOf("é".repeat(90), { fields: { text: "é".repeat(270) } });
  const inputs = Array.from({ length: 11 }, (_, index): Input => {
    const text = "é".repeat(90);
    return { id: `${index}`, label: text, sort: "text", value: text.repeat(3) };
  });
  const pressable: Block[] = [{ kind: "buttons", buttons: Array(9).fill(heavy) }, formOf(...inputs)];
  const readable: Block[] = Array(60).fill({ kind: "text", spans: many });

  it.each<[what: string, headline: Spans]>([
    ["a long link", [link]],
    ["many links", many],
    ["long words", ["é".repeat(9000)]],
  ])("is made smaller, whatever it is headed by: %s", (_, headline) => {
    const card = cardOf({ ...replyOf(...readable, ...pressable), headline });
    expect(problemsOf(card)).toEqual([]);
    expect([actionsIn(card).length, inputsIn(card).length]).toEqual([6, 11]);
  });

  it.each([
    [9000, 9000],
    [12_000, 6000],
  ])("loses its fallback first, then text to copy: of %i letters %i stay", (length, copied) => {
    const copy: Block = { kind: "copy", label: "Copy", text: "é".repeat(length) };
    const reading = readingOf(cardOf(replyOf(copy, { kind: "text", spans: ["x".repeat(1500)] })));
    expect([...reading].filter((letter) => letter === "é")).toHaveLength(copied);
    expect(reading).toContain("x".repeat(1500));
  });

  it("is one of more than 25,000", () => {
    const texts: Block[] = Array(5).fill({ kind: "text", spans: ["x".repeat(1500)] });
    const sizes = Array.from({ length: 700 }, (_, index) => {
      const last: Block = { kind: "text", spans: ["x".repeat(index)] };
      const card = cardOf(replyOf({ kind: "copy", label: "Copy", text: "x".repeat(12_000) }, ...texts, last));
      return Buffer.byteLength(JSON.stringify(card));
    });
    expect(Math.max(...sizes)).toBe(25_000);
  });
});

describe("What people wrote", () => {
  it("is shown as it was typed, every name of a connector", () => {
    const times = NAMES.map((name) => {
      const reading = readingOf(namedCard(name)).replaceAll("\u2060", "");
      return [name, reading.split(name).length - 1] as const;
    });
    // In each of the places, in some more than once; where a table's words are long, two of its titles are left out.
    expect(times.filter(([, count]) => count < 53)).toEqual([]);
  });

  it.each([
    ...["<at>x</at>", "[x](https://evil)", "*b* _i_", "<!channel>", "{{{{TIME(2026-01-01T00:00:00Z)}}"],
    ...["{{DATE(2026-01-01T00:00:00Z)}}", "&lt;b&gt;", "👩‍👩‍👧‍👦", "عربي"],
  ])("is shown as it was typed and means nothing: %s", (name) => {
    const card = namedCard(name);
    expect(readingOf(card).split("\n")[0]).toBe(name);
    expect(JSON.stringify(card)).not.toMatch(/"type":"(?:TextBlock|FactSet|mention)"/);
  });
});

describe("What does not fit", () => {
  it("is counted for the rows of lists, facts, criteria, points, tables and sources", () => {
    const sizes = fc.tuple(fc.integer({ min: 1, max: 200 }), fc.nat({ max: 900 }));
    fc.assert(
      fc.property(sizes, ([count, length]) => {
        const texts = Array.from({ length: count }, (_, index) => `<${index}>${"x".repeat(length)}`);
        const cite = (document: string) => ({
          document,
          section: "s",
          href: `https://x.example/${document}`,
        });
        const kinds: Block[] = [
          { kind: "list", items: texts.map((text) => [text]) },
          { kind: "facts", facts: texts.map((text) => ({ label: text, value: ["v"] })) },
          { kind: "criteria", items: texts.map((name) => ({ name, state: "met", spans: ["s"] })) },
          { kind: "table", columns: ["a"], rows: texts.map((text) => ({ cells: [[text]] })) },
          { kind: "sources", sources: texts.map(cite) },
        ];
        for (const block of kinds) {
          const card = cardOf(replyOf(block));
          const reading = readingOf(card);
          const gone = texts.filter((_, index) => !reading.includes(`<${index}>`)).length;
          const told = /… and (\d+) more$/m.exec(reading)?.[1] ?? "0";
          expect([block.kind, Number(told), problemsOf(card)]).toEqual([block.kind, gone, []]);
        }
      }),
      RUNS,
    );
  });

  it("is counted for the points of a line", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 300 }), (count) => {
        const points = Array.from({ length: count }, (_, index) => ({
          name: `<${index}>`,
          mark: "ahead" as const,
        }));
        const reading = readingOf(cardOf(replyOf({ kind: "progress", label: "Steps", points })));
        const gone = points.filter(({ name }) => !reading.includes(name)).length;
        expect(missingIn(reading)).toBe(gone);
      }),
      RUNS,
    );
  });

  it("is counted for parts: each is there, or one of those that are missing", () => {
    const numbers = fc.array(fc.nat({ max: 4000 }), { minLength: 1, maxLength: 90, size: "max" });
    fc.assert(
      fc.property(numbers, (lengths) => {
        const blocks = lengths.map((length, index): Block => {
          const spans = [`<part ${index}>${"x".repeat(length)}`];
          return index % 3 === 0 ? { kind: "note", sort: "warning", spans } : { kind: "text", spans };
        });
        const card = cardOf(replyOf(...blocks));
        const reading = readingOf(card);
        const gone = blocks.filter((_, index) => !reading.includes(`<part ${index}>`)).length;
        expect(Number(/… and (\d+) more parts?$/m.exec(reading)?.[1] ?? 0)).toBe(gone);
        expect(problemsOf(card)).toEqual([]);
      }),
      RUNS,
    );
  });

  it("is counted in long texts and texts to copy, to the letter", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40_000 }), fc.boolean(), (length, isCopy) => {
        const text = "x".repeat(length);
        const card = cardOf(
          replyOf(isCopy ? { kind: "copy", label: "Copy", text } : { kind: "text", spans: [text] }),
        );
        const reading = readingOf(card);
        expect((reading.match(/x/g) ?? []).length + missingIn(reading)).toBe(length);
      }),
      RUNS,
    );
  });

  it("is told for buttons: pressed, typed or counted", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), fc.nat({ max: 30 }), (count, length) => {
        const buttons = Array.from({ length: count }, (_, index) =>
          buttonOf(`<${index}>`, { says: `<${index}>${"x".repeat(length)}` }),
        );
        const card = cardOf(replyOf({ kind: "buttons", buttons }));
        const reading = readingOf(card).replaceAll("\u2060", "");
        const there = buttons.filter(({ label }) => reading.includes(label)).length;
        expect(there + missingIn(reading)).toBe(count);
        expect(actionsIn(card)).toHaveLength(Math.min(6, count));
      }),
      RUNS,
    );
  });

  it("leaves what can be pressed in its place, however long the rest is", () => {
    const text: Block = { kind: "text", spans: ["x".repeat(9000)] };
    const input = { id: "a", label: "A", sort: "text" as const };
    const form: Block = {
      kind: "form",
      form: { label: "F", action: "mark", fields: {}, submit: "Record it", inputs: [input] },
    };
    const many = Array.from({ length: 60 }, () => text);
    const card = cardOf(replyOf(...many, form, { kind: "buttons", buttons: [buttonOf("Go live")] }));
    expect(actionsIn(card).map(({ title }) => title)).toEqual(["Record it", "Go live"]);
    expect(problemsOf(card)).toEqual([]);
  });
});
