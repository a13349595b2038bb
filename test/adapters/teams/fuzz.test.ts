import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { renderMessage } from "../../../adapters/teams/render.ts";
import type { Block, Spans } from "../../../src/index.ts";
import { anyReply, buttonOf, HOSTILE, NAMES, words } from "../any-reply.ts";
import { actionsIn, cardOf, LINKS, NO_LINKS, readingOf, replyOf } from "./in-teams.ts";
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

/** A name in every place where one can stand. */
function everywhere(name: string): Block[] {
  const spans: Spans = [name, { bold: name }, { person: name, id: "you" }];
  return [
    { kind: "text", spans },
    { kind: "text", spans: [{ link: name, href: "https://learn.microsoft.com" }] },
    { kind: "facts", facts: [{ label: name, value: spans }] },
    { kind: "list", heading: name, items: [spans] },
    {
      kind: "progress",
      label: name,
      points: [
        { name, mark: "now" },
        { name, mark: "ahead" },
      ],
    },
    { kind: "table", columns: [name], rows: [{ cells: [spans] }] },
    { kind: "criteria", items: [{ name, state: "met", spans, share: 1 }] },
    { kind: "copy", label: name, text: name },
    { kind: "note", sort: "settled", spans },
    { kind: "note", sort: "warning", spans },
    { kind: "buttons", buttons: Array.from({ length: 8 }, () => buttonOf(name)) },
    {
      kind: "form",
      form: {
        label: name,
        action: "status",
        fields: { connector: name },
        submit: name,
        inputs: [
          { id: "a", label: name, sort: "text", value: name, hint: name, problem: name },
          { id: "b", label: name, sort: "choice", options: [{ value: name, label: name }], value: name },
          { id: "c", label: name, sort: "moment", value: name },
        ],
      },
    },
  ];
}

function namedCard(name: string) {
  return cardOf({ ...replyOf(...everywhere(name)), headline: [name], title: name });
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

describe("What people wrote", () => {
  it("is shown as it was typed, every name of a connector", () => {
    const times = NAMES.map((name) => {
      const reading = readingOf(namedCard(name)).replaceAll("\u2060", "");
      return [name, reading.split(name).length - 1] as const;
    });
    // In each of the places above once at least.
    expect(times.filter(([, count]) => count < 30)).toEqual([]);
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
