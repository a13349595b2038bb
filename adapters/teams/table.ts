import { type Block, type Mark, spansText } from "../../src/index.ts";
import type { Element, RichTextBlock, TableRow } from "./card.ts";
import { type Room, TAKEN } from "./limits.ts";
import { COLOR } from "./readable.ts";
import { lengthOf, moreLine, richText, SMALL } from "./rich-text.ts";

type Table = Extract<Block, { kind: "table" }>;

/** The most of a table's width that one column claims, in letters: so that on a phone the others have a place too. */
const WIDEST = 16;
const MARKED: Record<Mark, string> = { done: "✓\u00a0done", now: "▸\u00a0next", ahead: "" };

/** Its first cells also say what was reached and what is next. */
export function tableElements({ columns, rows }: Table, room: Room): Element[] {
  const shown = rows.slice(0, room.rows);
  const cellText = Math.ceil(room.text / 3);
  const longest = columns.map((_, column) =>
    Math.max(0, ...shown.map(({ cells }) => lengthOf(cells[column] ?? []))),
  );
  const folded = isFolded(longest) ? columns.length - 1 : undefined;
  const titles = columns.slice(0, folded ?? TAKEN.columns);
  const hasMarks = rows.some(({ mark }) => mark && mark !== "ahead");
  const header = row(titles.map((title) => richText([title], cellText, { weight: "Bolder" })));
  const body = shown.map(({ mark, cells }) => {
    const own = titles.map((_, column) => richText(cells[column] ?? [], cellText));
    const [first = [], ...others] = own;
    const small = folded === undefined ? [] : (cells[folded] ?? []);
    const below = [
      ...(mark && hasMarks ? markElements(mark) : []),
      ...(small.length > 0 ? richText([`${columns[folded ?? 0]}: `, ...small], cellText, SMALL) : []),
    ];
    return row([[...first, ...below.map((line): Element => ({ ...line, spacing: "None" }))], ...others]);
  });
  const widths = titles.map((title, column) => {
    const lines = shown.map(({ cells }) => spansText(cells[column] ?? []));
    if (column === 0 && hasMarks) lines.push(...Object.values(MARKED));
    const isWide = column === 0 && folded !== undefined;
    return { width: isWide ? WIDEST : widthOf(title, lines) };
  });
  const missing = columns.length - titles.length - (folded === undefined ? 0 : 1);
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
  return Math.min(WIDEST, Math.ceil(4 + Math.max(3, Math.min(18, longest) / 2, ...titleWords, ...words)));
}

/** A fourth column of sentences leaves a phone no room: they stand as small print below the first, if that holds names. */
function isFolded(longest: readonly number[]): boolean {
  const [first = 0] = longest;
  return longest.length === 4 && first > 12 && (longest[3] ?? 0) > 36;
}

function row(cells: Element[][]): TableRow {
  return { type: "TableRow", cells: cells.map((items) => ({ type: "TableCell", items })) };
}

function markElements(mark: Mark): RichTextBlock[] {
  const color = COLOR[mark];
  return richText([MARKED[mark]], 20, { size: "Small", weight: "Bolder", ...(color && { color }) });
}
