import { type Block, type Mark, type Spans, spansText } from "../../src/index.ts";
import type { Element, RichTextBlock, TableRow } from "./card.ts";
import { type Room, TAKEN } from "./limits.ts";
import { COLOR } from "./readable.ts";
import { moreLine, richText } from "./rich-text.ts";

type Table = Extract<Block, { kind: "table" }>;
type Row = Table["rows"][number];

/** So many letters stand beside each other on a phone, between the columns' margins. */
const LETTERS = 39;
const MARKED: Record<Mark, string> = { done: "✓\u00a0done", now: "▸\u00a0next", ahead: "" };

/** Where its words are too long to stand beside each other on a phone, its rows are put one below the other. */
export function tableElements({ columns, rows }: Table, room: Room): Element[] {
  const shown = rows.slice(0, room.rows);
  const titles = columns.slice(0, TAKEN.columns);
  const hasMarks = rows.some(({ mark }) => mark && mark !== "ahead");
  const lines = titles.map((_, column) => [
    ...shown.map(({ cells }) => spansText(cells[column] ?? [])),
    ...(column === 0 && hasMarks ? Object.values(MARKED) : []),
  ]);
  const least = titles.map((title, column) => longestWord(title, lines[column] ?? []));
  const left = LETTERS - least.reduce((sum, one) => sum + one, 0);
  const missing = columns.length - titles.length;
  return [
    ...(left < 0
      ? stacked(titles, shown, room)
      : besides(titles, shown, room, hasMarks, widthsOf(least, lines, left))),
    ...moreLine(rows.length - shown.length),
    ...moreLine(missing, missing === 1 ? "column" : "columns"),
  ];
}

/** Its first cells also say what was reached and what is next. */
function besides(
  titles: string[],
  rows: Row[],
  { text }: Room,
  hasMarks: boolean,
  widths: number[],
): Element[] {
  if (titles.length === 0) return [];
  const most = Math.ceil(text / 3);
  const header = row(titles.map((title) => richText([title], most, { weight: "Bolder" })));
  const body = rows.map(({ mark, cells }) => {
    const own = titles.map((_, column) => richText(cells[column] ?? [], most));
    const [first = [], ...others] = own;
    const below = mark && hasMarks ? markElements(mark) : [];
    return row([[...first, ...below.map((line): Element => ({ ...line, spacing: "None" }))], ...others]);
  });
  return [
    {
      type: "Table",
      columns: widths.map((width) => ({ width })),
      rows: [header, ...body],
      showGridLines: false,
    },
  ];
}

/** The first two cells in a line, then each other one with its title. */
function stacked([, , ...titles]: string[], rows: Row[], { text }: Room): Element[] {
  const most = Math.ceil(text / 3);
  return rows.map(({ mark, cells: [first = [], second = [], ...others] }): Element => {
    const head = richText([...first, ...(isEmpty(second) ? [] : [" · ", ...second])], most);
    const below = titles.flatMap((title, column) => {
      const cell = others[column] ?? [];
      return isEmpty(cell) ? [] : richText([`${title}: `, ...cell], most);
    });
    const items = [...head, ...(mark ? markElements(mark) : []), ...below];
    return {
      type: "Container",
      separator: true,
      spacing: "Small",
      items: items.map((line, index): Element => (index === 0 ? line : { ...line, spacing: "None" })),
    };
  });
}

function isEmpty(cell: Spans): boolean {
  return ["", "–"].includes(spansText(cell).trim());
}

/** In letters, and one to spare, as some are wide; a title is bold. */
function longestWord(title: string, lines: readonly string[]): number {
  const words = lines.flatMap((line) => line.split(" ")).map((word) => word.length);
  return 1 + Math.ceil(Math.max(3, ...title.split(" ").map((word) => 1.1 * word.length), ...words));
}

/** Each as wide as its longest word; what is left goes to those with long lines. */
function widthsOf(least: number[], lines: string[][], left: number): number[] {
  const wanted = least.map((one, column) => {
    const longest = Math.max(0, ...(lines[column] ?? []).map((line) => line.length));
    return Math.max(0, Math.min(LETTERS, longest) - one);
  });
  const all = wanted.reduce((sum, one) => sum + one, 0);
  return least.map((one, column) => Math.ceil(one + (all === 0 ? 0 : (left * (wanted[column] ?? 0)) / all)));
}

function row(cells: Element[][]): TableRow {
  return { type: "TableRow", cells: cells.map((items) => ({ type: "TableCell", items })) };
}

function markElements(mark: Mark): RichTextBlock[] {
  const color = COLOR[mark];
  return richText([MARKED[mark]], 20, { size: "Small", weight: "Bolder", ...(color && { color }) });
}
