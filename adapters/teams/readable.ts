import {
  type Block,
  type Citation,
  head,
  type Links,
  type Mark,
  printable,
  type Spans,
} from "../../src/index.ts";
import type { Color, Element, TextRun } from "./card.ts";
import { type Room, TAKEN } from "./limits.ts";
import { moreLine, richText, runs, SMALL, textRuns, visibleString, webAddress } from "./rich-text.ts";

type Of<Kind extends Block["kind"]> = Extract<Block, { kind: Kind }>;

/** How many strokes a line of stages or a criterion's bar has: they fit on a phone. */
const STROKES = 26;
const REACHED = "━";
const OPEN = "─";

export const COLOR: Record<Mark, Color | undefined> = { done: "Good", now: "Accent", ahead: undefined };

const STATE = {
  met: { sign: "✓ ", word: "met", color: "Good" },
  unmet: { sign: "✗ ", word: "unmet", color: "Attention" },
  unknown: { sign: "? ", word: "unknown", color: undefined },
} as const;

/** Label and value side by side; the labels take no more than they need. */
export function factElements({ facts }: Of<"facts">, { rows, text }: Room): Element[] {
  const shown = facts.slice(0, rows);
  const longest = Math.max(0, ...shown.map(({ label }) => label.length));
  const width = `${Math.min(120, Math.max(48, Math.ceil(longest * 9.6)))}px`;
  const sets = shown.map(({ label, value }): Element => {
    const columns = [
      { type: "Column" as const, width, items: richText([label], text, { weight: "Bolder" }) },
      { type: "Column" as const, width: "stretch", items: richText(value, text) },
    ];
    return { type: "ColumnSet", spacing: "Small", columns };
  });
  return spaced([...sets, ...moreLine(facts.length - shown.length)]);
}

export function listElements({ heading, items }: Of<"list">, { rows, text }: Room): Element[] {
  return spaced([
    ...richText(heading ? [heading] : [], text, { weight: "Bolder" }),
    ...items.slice(0, rows).flatMap((item) => richText(["•  ", ...item], text)),
    ...moreLine(items.length - rows),
  ]);
}

/** Where it is of all, in words; a line of strokes; the names. */
export function progressElements({ label, points }: Of<"progress">, { rows, text }: Room): Element[] {
  const at = points.findIndex(({ mark }) => mark === "now");
  const done = points.filter(({ mark }) => mark === "done").length;
  const now = points[at];
  const place: Spans = now
    ? [`${label} · ${at + 1} of ${points.length}: `, { bold: now.name }]
    : [`${label} · ${done} of ${points.length} done`];
  const names = points.slice(0, rows).map(({ name, mark }) => (mark === "done" ? `${name} ✓` : name));
  const missing = points.length > rows ? [`… and ${points.length - rows} more`] : [];
  if (points.length === 1) return richText(place, text);
  return [
    ...richText(place, text),
    ...strokes(points.map(({ mark }) => mark)),
    ...richText([[...names, ...missing].join(" › ")], 4 * text, SMALL).map(
      (line): Element => ({ ...line, spacing: "None" }),
    ),
  ];
}

/** What was reached is thick, what is ahead is thin: it can be told apart without colours. */
function strokes(marks: readonly Mark[]): Element[] {
  const width = Math.min(6, Math.floor((STROKES + 1) / marks.length) - 1);
  if (width < 1) return [];
  return [bar(marks.map((mark) => stroke(mark !== "ahead", width, COLOR[mark])))];
}

function bar(inlines: TextRun[]): Element {
  return { type: "RichTextBlock", spacing: "None", inlines };
}

function stroke(isReached: boolean, width: number, color: Color | undefined, gap = " "): TextRun {
  const text = (isReached ? REACHED : OPEN).repeat(width) + gap;
  const look = color ? { color } : { isSubtle: true as const };
  return { type: "TextRun", text, fontType: "Monospace", ...look };
}

export function criteriaElements({ items }: Of<"criteria">, { rows, text }: Room): Element[] {
  const shown = items.slice(0, rows).map(({ name, state, spans, share }): Element => {
    const { sign, word, color } = STATE[state];
    const inlines = [
      ...runs([sign], text, { weight: "Bolder", ...(color && { color }) }),
      ...runs([{ bold: name }, ` · ${word}`], text),
    ];
    const details = richText(spans, text).map((line): Element => ({ ...line, spacing: "None" }));
    return {
      type: "Container",
      spacing: "Small",
      items: [{ type: "RichTextBlock", inlines }, ...details, ...shareBar(share, color)],
    };
  });
  return spaced([...shown, ...moreLine(items.length - shown.length)]);
}

/** Full only where the bar is reached, empty only at nothing. */
function shareBar(share: number | undefined, color: Color | undefined): Element[] {
  if (share === undefined || Number.isNaN(share)) return [];
  const within = Math.min(1, Math.max(0, share));
  const filled = within === 1 ? STROKES : Math.min(STROKES - 1, Math.ceil(within * STROKES));
  const parts = [stroke(true, filled, color, ""), stroke(false, STROKES - filled, undefined, "")];
  return [bar(parts.filter((part) => part.text !== ""))];
}

/** Line breaks and spaces stay; of a long text the beginning. */
export function copyElements({ label, text }: Of<"copy">, room: Room): Element[] {
  const whole = printable(text);
  const shown = whole.length <= room.copy ? whole : head(whole, room.copy);
  const inlines = textRuns(shown, { fontType: "Monospace", size: "Small" });
  const missing = whole.length - shown.length;
  const items: Element[] = [
    ...richText([label], room.text, { weight: "Bolder", size: "Small" }),
    ...(inlines.length > 0 ? [{ type: "RichTextBlock" as const, spacing: "Small" as const, inlines }] : []),
    ...moreLine(missing, "characters"),
  ];
  return items.length > 0 ? [{ type: "Container", style: "emphasis", items }] : [];
}

export function noteElements({ sort, spans }: Of<"note">, { text }: Room): Element[] {
  if (sort === "warning") {
    const items = richText([{ bold: "Careful: " }, ...spans], text);
    return [{ type: "Container", style: "warning", items }];
  }
  const lead = sort === "settled" ? "Our reading: " : "Reported: ";
  return richText([{ bold: lead }, ...spans], text, SMALL);
}

/** A document once, with the headings of its sections. */
export function sourceElements({ sources }: Of<"sources">, { rows, text }: Room): Element[] {
  const documents = [...Map.groupBy(sources, ({ href }) => href).values()];
  const shown = documents.slice(0, rows).flatMap((sections) => richText(sourceLine(sections), text, SMALL));
  return spaced([...shown, ...moreLine(documents.length - rows)]);
}

function sourceLine(sections: Citation[]): Spans {
  const [first] = sections;
  if (!first) return [];
  const headings = sections.map(({ section }) => `“${section}”`).join(", ");
  return ["Source: ", { link: first.document, href: first.href }, `, ${headings}`];
}

/** A picture stands where it can be fetched; the words beside it say the same. */
export function pictureElements({ picture, alt }: Of<"picture">, links: Links): Element[] {
  const url = webAddress(links.picture(picture) ?? "");
  if (!url) return [];
  const altText = visibleString([alt, picture.heading], TAKEN.alt);
  return [{ type: "Image", url, altText, size: "Stretch", msteams: { allowExpand: true } }];
}

/** Elements that belong together: the first keeps its distance, the others stand close to it. */
function spaced(elements: Element[]): Element[] {
  return elements.map(
    ({ spacing: _, ...element }, index): Element =>
      index === 0 ? element : { ...element, spacing: "Small" },
  );
}
