import fc, { type Arbitrary } from "fast-check";
import { DateTime } from "luxon";
import type { Block, Button, CalendarEvent, Form, Input, Reply, Span } from "../../src/index.ts";
import { HOSTILE, NAMES } from "./sample-reply.ts";

/** What people write, and now and then more of it than they would. */
export const words: Arbitrary<string> = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom(...HOSTILE) },
  { weight: 6, arbitrary: fc.constantFrom(...NAMES) },
  { weight: 6, arbitrary: fc.string({ unit: "grapheme", maxLength: 30 }) },
  { weight: 3, arbitrary: fc.string({ unit: "binary", maxLength: 90 }) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(
        fc.constantFrom("long ", "<", "&", "👍", "line\n", "\u202e"),
        fc.constantFrom(70, 300, 900, 3100, 10_000),
      )
      .map(([part, length]) => part.repeat(Math.ceil(length / part.length))),
  },
);

const moments = fc
  .tuple(
    fc.integer({ min: 1_500_000_000, max: 2_500_000_000 }),
    fc.constantFrom("UTC", "Asia/Kolkata", "Europe/Berlin"),
    fc.constantFrom("en-GB", "en-US"),
  )
  .map(([seconds, zone, locale]) => DateTime.fromSeconds(seconds, { zone, locale }));

const hrefs = fc.oneof(
  fc.constantFrom(
    ...[
      "https://learn.microsoft.com/a?b=c&d=<e>|f",
      "http://x.example",
      "javascript:alert(1)",
      "no address",
      "",
    ],
    `https://x.example/${"a".repeat(3000)}`,
  ),
  fc.webUrl(),
);

const span: Arbitrary<Span> = fc.oneof(
  words,
  fc.record({ bold: words }),
  fc.record({ link: words, href: hrefs }),
  fc.record({ person: words, id: fc.constantFrom("U012ABCDE", "W0123456", "you", "<!channel>", "U-ana") }),
  fc.record({ time: moments, pacific: fc.boolean() }),
);

const spans = fc.array(span, { maxLength: 6 });
const mark = fc.constantFrom("done" as const, "now" as const, "ahead" as const);
const many = { maxLength: 60 } as const;
const fields = fc.dictionary(
  fc.constantFrom("connector", "step", "milestone", "when", "text"),
  fc.oneof({ weight: 5, arbitrary: fc.string({ maxLength: 40 }) }, { weight: 1, arbitrary: words }),
);
const actions = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom("status", "mark", "done", "say", "help#2") },
  { weight: 1, arbitrary: words },
);

export const anyButton: Arbitrary<Button> = fc.record(
  { label: words, action: actions, fields, says: words, style: fc.constantFrom("primary", "danger") },
  { requiredKeys: ["label", "action", "fields", "says"] },
);

const optionsOf = (value: Arbitrary<string>) =>
  fc.array(fc.record({ value, label: words }), { maxLength: 130 });

const anyInput: Arbitrary<Input> = fc.record(
  {
    id: fc.oneof({ weight: 9, arbitrary: fc.stringMatching(/^[!-%'-;=?-~]{1,20}$/) }, words),
    label: words,
    sort: fc.constantFrom("text", "moment", "choice"),
    // One odd value, and Slack can't ask the whole form.
    options: fc.oneof(
      { weight: 9, arbitrary: optionsOf(fc.stringMatching(/^[!-%'-;=?-~]{1,75}$/)) },
      { weight: 1, arbitrary: optionsOf(words) },
    ),
    value: fc.oneof(
      words,
      fc.constantFrom("2026-11-03T17:15:00Z", "2026-11-03 09:15", "1800-01-01T00:00:00Z"),
    ),
    hint: words,
    isOptional: fc.constant(true as const),
    problem: words,
  },
  { requiredKeys: ["id", "label", "sort"] },
);

export const anyForm: Arbitrary<Form> = fc.record({
  label: words,
  action: actions,
  fields,
  submit: words,
  inputs: fc.uniqueArray(anyInput, { selector: ({ id }) => id, maxLength: 8 }),
});

const anyTable: Arbitrary<Extract<Block, { kind: "table" }>> = fc
  .tuple(
    fc.integer({ min: 0, max: 25 }),
    fc.integer({ min: 0, max: 250 }),
    fc.array(words, { maxLength: 25 }),
  )
  .chain(([width, height, cells]) =>
    fc.array(fc.option(mark, { nil: undefined }), { minLength: 1, maxLength: 5 }).map((marks) => ({
      kind: "table" as const,
      columns: Array.from({ length: width }, (_, column) => cells[column] ?? `column ${column}`),
      rows: Array.from({ length: height }, (_, row) => ({
        mark: marks[row % marks.length],
        cells: Array.from({ length: width }, (_, column) => [
          cells[(row + column) % 40] ?? `${row}/${column}`,
        ]),
      })),
    })),
  );

const day = fc.constant("2026-11-06");
const sort = fc.constant("weekend" as const);
const timeline = fc.record({
  heading: words,
  from: day,
  to: day,
  today: day,
  closed: fc.array(fc.record({ from: day, to: day, sort, name: words }), { maxLength: 2 }),
  rows: fc.array(fc.record({ label: words, from: day, to: day, mark }), { maxLength: 2 }),
});
const file = fc.oneof(
  fc.record({ name: words, calendar: words, madeAt: moments, events: fc.constant<CalendarEvent[]>([]) }),
  fc.record({ name: words, json: fc.constant({}) }),
);

const anyBlock: Arbitrary<Block> = fc.oneof(
  fc.record({ kind: fc.constant("text" as const), spans }),
  fc.record({
    kind: fc.constant("facts" as const),
    facts: fc.array(fc.record({ label: words, value: spans }), many),
  }),
  fc.record(
    { kind: fc.constant("list" as const), heading: words, items: fc.array(spans, many) },
    { requiredKeys: ["kind", "items"] },
  ),
  fc.record({
    kind: fc.constant("progress" as const),
    label: words,
    points: fc.array(fc.record({ name: words, mark }), many),
  }),
  anyTable,
  fc.record({
    kind: fc.constant("criteria" as const),
    items: fc.array(
      fc.record(
        {
          name: words,
          state: fc.constantFrom("met" as const, "unmet" as const, "unknown" as const),
          spans,
          share: fc.double({ min: 0, max: 1, noNaN: true }),
        },
        { requiredKeys: ["name", "state", "spans"] },
      ),
      many,
    ),
  }),
  fc.record({ kind: fc.constant("copy" as const), label: words, text: words }),
  fc.record({
    kind: fc.constant("note" as const),
    sort: fc.constantFrom("settled" as const, "reported" as const, "warning" as const),
    spans,
  }),
  fc.record({
    kind: fc.constant("sources" as const),
    sources: fc.array(fc.record({ document: words, section: words, href: hrefs }), { maxLength: 30 }),
  }),
  fc.record({
    kind: fc.constant("buttons" as const),
    buttons: fc.array(anyButton, { maxLength: 40 }),
  }),
  fc.record({ kind: fc.constant("picture" as const), picture: timeline, alt: words }),
  fc.record({ kind: fc.constant("file" as const), label: words, file }),
  fc.record({ kind: fc.constant("form" as const), form: anyForm }),
);

export const anyReply: Arbitrary<Reply> = fc
  .tuple(spans, fc.array(anyBlock, { maxLength: 60 }))
  .map(([headline, blocks]) => ({ headline, title: "", blocks, audience: "everyone" as const }));
