import type { Timeline } from "../reply.ts";
import { toDay } from "../scheduling/calendar.ts";
import { AXIS, drawAxis } from "./axis.ts";
import { drawShade, PATTERNS, shadesOf } from "./closed.ts";
import { spanWords, yearOf } from "./days.ts";
import { drawLegend } from "./legend.ts";
import { wrap } from "./letters.ts";
import { EDGE, MARGIN, PAPER, SOFT_INK, WIDTH } from "./look.ts";
import { drawRow, drawToday, labelWidth, placeRows, readRow } from "./rows.ts";
import { middleOf, scaleOf } from "./scale.ts";
import { element, escapeXml } from "./svg.ts";
import { words } from "./words.ts";

const HEADING = { size: 28, line: 36, most: 3 };
const LABEL_GAP = 28;
const MONTHS_APART = 120;

/**
 * Draws a timeline as an SVG, 800 wide and as high as its rows need: for each its label, its dot or bar and its dates in
 * words; closed days are shaded, today is marked. The same timeline always gives the same text. Meant for the font Inter.
 *
 * @throws RangeError when a day is no ISO date
 */
export function drawTimeline(timeline: Timeline): string {
  const today = toDay(timeline.today);
  const days = [timeline, ...timeline.rows].flatMap(({ from, to }) => [toDay(from), toDay(to)]);
  const [first, last] = [Math.min(...days), Math.max(...days)];
  // The head says the years; over many months a date must not be taken for that of another one.
  const known = last - first < MONTHS_APART ? [yearOf(first), yearOf(last)] : [yearOf(today)];
  const read = timeline.rows.map((row) => readRow(row, known));
  const labels = Math.max(0, ...read.map(labelWidth));
  const left = MARGIN + (labels > 0 ? labels + LABEL_GAP : 0);
  const scale = scaleOf(first, last, left, WIDTH - MARGIN);

  const head = drawHead(timeline);
  const top = head.height + AXIS;
  const rows = placeRows(read, top, scale, today);
  const bottom = rows.at(-1)?.bottom ?? top;
  const shades = shadesOf(timeline.closed, scale);
  const marks = new Set(read.map(({ mark }) => mark));
  const legend = drawLegend(marks, shades, known, bottom + 14);
  const height = Math.ceil(bottom + 14 + legend.height + 16);
  const isTodayShown = today >= scale.first && today <= scale.last;

  return element(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      width: WIDTH,
      height,
      viewBox: `0 0 ${WIDTH} ${height}`,
      role: "img",
      "font-family": "Inter, 'Segoe UI', Helvetica, Arial, sans-serif",
    },
    element("title", {}, escapeXml(timeline.heading)),
    element("defs", {}, ...PATTERNS),
    element("rect", {
      x: 0.5,
      y: 0.5,
      width: WIDTH - 1,
      height: height - 1,
      rx: 16,
      fill: PAPER,
      stroke: EDGE,
    }),
    head.drawn,
    ...shades.map((shade) => drawShade(shade, scale, top, bottom)),
    drawAxis(scale, today, top, bottom),
    ...rows.map((row) => (isTodayShown ? drawToday(row, middleOf(today, scale)) : "")),
    ...rows.map((row) => drawRow(row, scale)),
    legend.drawn,
  );
}

function drawHead({ heading, rows, from, to }: Timeline): { drawn: string; height: number } {
  const { size, line, most } = HEADING;
  const lines = wrap(heading, WIDTH - 2 * MARGIN, size, 600, most);
  const drawn = lines.map((one, index) => words(one, { x: MARGIN, y: 52 + index * line, size, weight: 600 }));
  const days = (rows.length > 0 ? rows : [{ from, to }]).flatMap((row) => [toDay(row.from), toDay(row.to)]);
  const span = `${spanWords(Math.min(...days), Math.max(...days))}, days in Pacific time`;
  const y = 18 + lines.length * line;
  return {
    drawn: [...drawn, words(span, { x: MARGIN, y: y + 30, ink: SOFT_INK })].join(""),
    height: y + 46,
  };
}
