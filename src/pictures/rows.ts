import type { Mark, Timeline } from "../reply.ts";
import { type Day, toDay } from "../scheduling/calendar.ts";
import { spanWords } from "./days.ts";
import { widthOf, wrap } from "./letters.ts";
import { EDGE, MARGIN, PAPER, SOFT_INK, TEXT, TODAY, TRACK } from "./look.ts";
import { drawMark, MARK_SIZE } from "./marks.ts";
import { middleOf, type Scale, startOf } from "./scale.ts";
import { element, escapeXml, point } from "./svg.ts";
import { centred, words } from "./words.ts";

const NAME = 22;
const LINE = 27;
const LABEL = { most: 290, lines: 2 };
const LEAST_HEIGHT = 54;
const PADDING = 16;
const GAP = 10;
/** More than one day must not look like one. */
const LEAST_BAR = 36;
/** Dates stand on a piece of paper, clear of lines and shades. */
const CHIP = { height: 30, around: 5 };

/** A row as it is said: "Wave 4: Europe" is a name with a detail under it. */
export interface Row {
  name: string[];
  detail: string[];
  label: string;
  dates: string;
  mark: Mark;
  from: Day;
  to: Day;
}

/** A row with its place: between `top` and `bottom`, its mark, and its dates beside that or, without room there, above it. */
interface Placed extends Row {
  top: number;
  bottom: number;
  bar: { left: number; right: number; middle: number };
  text: { left: number; right: number; middle: number };
}

/** @throws RangeError when a day is no ISO date */
export function readRow({ label, from, to, mark }: Timeline["rows"][number], known: readonly number[]): Row {
  const [first, last] = [toDay(from), toDay(to)].toSorted((a, b) => a - b);
  const [, name = label, detail = ""] = /^(.*?): (.*)$/s.exec(label) ?? [];
  const days = { from: first ?? 0, to: last ?? 0 };
  return {
    name: wrap(name, LABEL.most, NAME, 600, LABEL.lines),
    detail: wrap(detail, LABEL.most, TEXT, 400, LABEL.lines),
    dates: spanWords(days.from, days.to, known),
    label,
    mark,
    ...days,
  };
}

export function labelWidth({ name, detail }: Row): number {
  const widths = [
    ...name.map((line) => widthOf(line, NAME, 600)),
    ...detail.map((line) => widthOf(line, TEXT, 400)),
  ];
  return Math.max(0, ...widths);
}

/** Places rows under each other. Dates stand where they hide neither their own mark nor, if it can be, today's line. */
export function placeRows(rows: readonly Row[], top: number, scale: Scale, today: Day): Placed[] {
  let bottom = top;
  return rows.map((row) => {
    const placed = placeRow(row, bottom, scale, middleOf(today, scale));
    bottom = placed.bottom;
    return placed;
  });
}

function placeRow(row: Row, top: number, scale: Scale, todayAt: number): Placed {
  const [begin, end] = [startOf(row.from, scale), startOf(row.to + 1, scale)];
  const width = row.from === row.to ? MARK_SIZE : Math.max(LEAST_BAR, end - begin);
  const centre = Math.max(
    scale.left + width / 2 - GAP,
    Math.min((begin + end) / 2, scale.right + GAP - width / 2),
  );
  const bar = { left: centre - width / 2, right: centre + width / 2 };

  const length = widthOf(row.dates, TEXT, 600);
  const isClear = ({ left, right }: { left: number; right: number }) =>
    todayAt < left - GAP / 2 || todayAt > right + GAP / 2;
  const beside = [
    { left: bar.right + GAP, right: bar.right + GAP + length },
    { left: bar.left - GAP - length, right: bar.left - GAP },
  ].filter(({ left, right }) => left >= scale.left && right <= scale.right + GAP);
  const text = beside.find(isClear) ?? beside[0];

  const lines = (row.name.length + row.detail.length) * LINE;
  const height = Math.max(LEAST_HEIGHT, lines + PADDING, text ? 0 : LINE + MARK_SIZE + PADDING + 4);
  const middle = top + height / 2;
  const placed = { ...row, top, bottom: top + height };
  if (text) return { ...placed, bar: { ...bar, middle }, text: { ...text, middle } };
  const left = Math.max(scale.left, Math.min(centre - length / 2, scale.right - length));
  return {
    ...placed,
    bar: { ...bar, middle: middle + LINE / 2 + 1 },
    text: { left, right: left + length, middle: middle - MARK_SIZE / 2 - 3 },
  };
}

/** Today's line through one row, left out where it would cross words. */
export function drawToday({ top, bottom, text }: Placed, x: number): string {
  const isCrossing = x > text.left - GAP / 2 && x < text.right + GAP / 2;
  const [above, below] = [text.middle - TEXT * 0.7, text.middle + TEXT * 0.7];
  const pieces = isCrossing
    ? `M${point(x, top)}V${point(above)}M${point(x, below)}V${point(bottom)}`
    : undefined;
  return element("path", {
    d: pieces ?? `M${point(x, top)}V${point(bottom)}`,
    stroke: TODAY,
    "stroke-width": 3,
  });
}

export function drawRow(row: Placed, scale: Scale): string {
  const { bar, text } = row;
  const isBeside = text.middle === bar.middle;
  const trackEnd = isBeside ? Math.min(bar.left, text.left - GAP) : bar.left;
  const lines = [
    ...row.name.map((line) => ({ line, isName: true })),
    ...row.detail.map((line) => ({ line, isName: false })),
  ];
  const first = (row.top + row.bottom) / 2 - ((lines.length - 1) * LINE) / 2;
  return element(
    "g",
    {},
    element("title", {}, escapeXml(`${row.label}, ${row.dates}`)),
    element("path", { d: `M${point(MARGIN, row.bottom)}H${point(scale.right)}`, stroke: EDGE }),
    trackEnd > scale.left + MARK_SIZE
      ? element("path", {
          d: `M${point(scale.left, bar.middle)}H${point(trackEnd)}`,
          stroke: TRACK,
          "stroke-dasharray": "2 6",
          "stroke-width": 2,
        })
      : "",
    drawMark(row.mark, bar.left, bar.right - bar.left, bar.middle),
    ...lines.map(({ line, isName }, index) =>
      words(line, {
        x: MARGIN,
        y: centred(first + index * LINE),
        ...(isName ? { size: NAME, weight: 600 } : { ink: SOFT_INK }),
      }),
    ),
    element("rect", {
      x: text.left - CHIP.around,
      y: text.middle - CHIP.height / 2,
      width: text.right - text.left + 2 * CHIP.around,
      height: CHIP.height,
      rx: 6,
      fill: PAPER,
      "fill-opacity": 0.9,
    }),
    words(row.dates, { x: text.left, y: centred(text.middle), weight: 600 }),
  );
}
