import type { KnownBlock, RichTextBlock, TableBlock } from "@slack/types";
import { type Block, isBlank, type Mark, oneLine } from "../../src/index.ts";
import { LIMITS, SHOWN } from "./limits.ts";
import {
  bold,
  fitLines,
  type Line,
  lengthOf,
  lineOf,
  plain,
  richText,
  section,
  shorten,
  TAIL,
} from "./rich-text.ts";

type Table = Extract<Block, { kind: "table" }>;

const MARK: Record<Mark, Line> = { done: plain("✓\u00a0done"), now: bold("▸\u00a0next"), ahead: [] };

/** @param mayTable a message takes one table; any other is told line by line */
export function tableBlocks(table: Table, room: number, mayTable: boolean): KnownBlock[] {
  const rows = rowsOf(table);
  const width = rows[0]?.length ?? 0;
  if (rows.length < 2 || width === 0) return [];
  return mayTable && width <= LIMITS.tableColumns ? asTable(rows, width, room) : asLines(rows, room);
}

/** Header and rows; how far each row is stands first, unless all of them lie ahead. */
function rowsOf({ columns, rows }: Table): Line[][] {
  const marks = new Set(rows.map(({ mark }) => mark));
  const isMarked = marks.has("done") || marks.has("now");
  const header = columns.map((name) => bold(oneLine(name)));
  return [
    isMarked ? [bold("State"), ...header] : header,
    ...rows.map(({ mark, cells }) => {
      const own = cells.map((cell) => lineOf(cell));
      return isMarked ? [mark ? MARK[mark] : [], ...own] : own;
    }),
  ];
}

function asTable(rows: Line[][], width: number, most: number): KnownBlock[] {
  const kept: RichTextBlock[][] = [];
  let room = most - 2 * LIMITS.blockCost - TAIL;
  for (const row of rows.slice(0, LIMITS.tableRows)) {
    const cells = Array.from({ length: width }, (_, column) => filled(row[column] ?? []));
    room -= cells.reduce((sum, cell) => sum + lengthOf(cell), 0);
    if (room < 0) break;
    kept.push(cells.map((cell) => richText(section(cell))));
  }
  const table: TableBlock = {
    type: "table",
    column_settings: Array.from({ length: width }, () => ({ is_wrapped: true })),
    rows: kept,
  };
  const missing = rows.length - kept.length;
  if (kept.length < 2) return [richText(section(plain(`… and ${rows.length - 1} more`)))];
  return missing === 0 ? [table] : [table, richText(section(plain(`… and ${missing} more`)))];
}

/** Slack refuses a cell without a character. */
function filled(cell: Line): Line {
  return lengthOf(cell) === 0 ? plain(" ") : shorten(cell, SHOWN.cell);
}

function asLines([header = [], ...rows]: Line[][], room: number): KnownBlock[] {
  const heading = shorten(dotted(header), SHOWN.line);
  const items = fitLines(rows.map(dotted), room - LIMITS.blockCost - lengthOf(heading));
  return [
    richText(...(heading.length > 0 ? [section(heading)] : []), {
      type: "rich_text_list",
      style: "bullet",
      elements: items.map(section),
    }),
  ];
}

function dotted(row: Line[]): Line {
  const present = row.filter((cell) => !cell.every((one) => one.type === "text" && isBlank(one.text)));
  return present.flatMap((cell, index) => (index === 0 ? cell : [...plain(" · "), ...cell]));
}
