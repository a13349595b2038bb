import { type Block, type Mark, spansText } from "../../src/index.ts";
import type { Element, RichTextBlock, TableRow } from "./card.ts";
import { type Room, TAKEN } from "./limits.ts";
import { COLOR } from "./readable.ts";
import { moreLine, richText } from "./rich-text.ts";

type Table = Extract<Block, { kind: "table" }>;

/** The most of a table's width that one column claims, in letters: so that on a phone the others have a place too. */
const WIDEST = 16;
/** The same for a column of sentences. */
const WIDEST_SENTENCES = 20;
const SENTENCE = 30;
const MARKED: Record<Mark, string> = { done: "✓\u00a0done", now: "▸\u00a0next", ahead: "" };

/** Its first cells also say what was reached and what is next. */
export function tableElements({ columns, rows }: Table, room: Room): Element[] {
  const shown = rows.slice(0, room.rows);
  const cellText = Math.ceil(room.text / 3);
  const titles = columns.slice(0, TAKEN.columns);
  const hasMarks = rows.some(({ mark }) => mark && mark !== "ahead");
  const header = row(titles.map((title) => richText([title], cellText, { weight: "Bolder" })));
  const body = shown.map(({ mark, cells }) => {
    const own = titles.map((_, column) => richText(cells[column] ?? [], cellText));
    const [first = [], ...others] = own;
    const below = mark && hasMarks ? markElements(mark) : [];
    return row([[...first, ...below.map((line): Element => ({ ...line, spacing: "None" }))], ...others]);
  });
  const widths = titles.map((title, column) => {
    const lines = shown.map(({ cells }) => spansText(cells[column] ?? []));
    if (column === 0 && hasMarks) lines.push(...Object.values(MARKED));
    return { width: widthOf(title, lines) };
  });
  const missing = columns.length - titles.length;
  return [
    ...(titles.length > 0
      ? [{ type: "Table" as const, columns: widths, rows: [header, ...body], showGridLines: false as const }]
      : []),
    ...moreLine(rows.length - shown.length),
    ...moreLine(missing, missing === 1 ? "column" : "columns"),
  ];
}

/** A share of the width. On a phone a column is about as wide as its longest word; a title is bold. */
function widthOf(title: string, lines: readonly string[]): number {
  const words = lines.flatMap((line) => line.split(" ")).map((word) => word.length);
  const longest = Math.max(0, title.length, ...lines.map((line) => line.length));
  const titleWords = title.split(" ").map((word) => 1.1 * word.length);
  const widest = longest > SENTENCE ? WIDEST_SENTENCES : WIDEST;
  return Math.min(widest, Math.ceil(4 + Math.max(3, Math.min(36, longest) / 2, ...titleWords, ...words)));
}

function row(cells: Element[][]): TableRow {
  return { type: "TableRow", cells: cells.map((items) => ({ type: "TableCell", items })) };
}

function markElements(mark: Mark): RichTextBlock[] {
  const color = COLOR[mark];
  return richText([MARKED[mark]], 20, { size: "Small", weight: "Bolder", ...(color && { color }) });
}
