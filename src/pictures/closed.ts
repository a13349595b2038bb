import type { Timeline } from "../reply.ts";
import { type Day, toDay } from "../scheduling/calendar.ts";
import { spanWords } from "./days.ts";
import { type Scale, startOf } from "./scale.ts";
import { element } from "./svg.ts";

export type Sort = Timeline["closed"][number]["sort"];

/** Days on which nothing is deployed, also where they reach beyond the picture. */
export interface Shade {
  sort: Sort;
  name: string;
  from: Day;
  to: Day;
}

/** Narrower than this a single day can't be seen, and many of them are only noise. */
const LEAST_DAY = 4;
/** What lies over what: a holiday is the narrowest. */
const ORDER: Sort[] = ["weekend", "freeze", "holiday"];

/** Each sort has a pattern of its own: plain, dots, strokes. */
export const PATTERNS = [
  element(
    "pattern",
    { id: "holiday", width: 7, height: 7, patternUnits: "userSpaceOnUse" },
    element("rect", { width: 7, height: 7, fill: "#fdf0d3" }),
    element("circle", { cx: 3.5, cy: 3.5, r: 1.6, fill: "#b9791a" }),
  ),
  element(
    "pattern",
    { id: "freeze", width: 10, height: 10, patternUnits: "userSpaceOnUse" },
    element("rect", { width: 10, height: 10, fill: "#dfe9fc" }),
    element("path", { d: "M-1 1L1-1M0 10L10 0M9 11L11 9", stroke: "#8fabd9", "stroke-width": 2 }),
  ),
];
const FILL: Record<Sort, string> = { weekend: "#e8ecf2", holiday: "url(#holiday)", freeze: "url(#freeze)" };

/** What is shaded, in the order in which it is drawn. */
export function shadesOf(closed: Timeline["closed"], scale: Scale): Shade[] {
  const shades = closed
    .map(({ from, to, sort, name }): Shade => ({ sort, name, from: toDay(from), to: toDay(to) }))
    .filter(({ from, to }) => from <= to && from <= scale.last && to >= scale.first)
    .filter(({ sort }) => sort === "freeze" || scale.dayWidth >= LEAST_DAY);
  return shades.toSorted((a, b) => ORDER.indexOf(a.sort) - ORDER.indexOf(b.sort) || a.from - b.from);
}

export function drawShade({ sort, from, to }: Shade, scale: Scale, top: number, bottom: number): string {
  const left = Math.max(scale.left, startOf(from, scale));
  const width = Math.max(2, Math.min(scale.right, startOf(to + 1, scale)) - left);
  return element("rect", { x: left, y: top, width, height: bottom - top, fill: FILL[sort] });
}

export function drawSwatch(sort: Sort, left: number, middle: number, size: number): string {
  return element("rect", {
    x: left + 0.5,
    y: middle - size / 2 + 0.5,
    width: size - 1,
    height: size - 1,
    rx: 4,
    fill: FILL[sort],
    stroke: "#8b97a8",
  });
}

/** "weekend", "holiday: Veterans Day, Wed 11 Nov", "freeze: 20 Dec to 3 Jan": what each shade means, in words. */
export function shadeWords(sort: Sort, shades: readonly Shade[], known: readonly number[]): string[] {
  if (sort === "weekend") return ["weekend"];
  const own = shades.filter((shade) => shade.sort === sort);
  const one = sort === "holiday" ? "holiday" : "freeze";
  return own.map((shade, index) => {
    const days = spanWords(shade.from, shade.to, known);
    const said = sort === "holiday" && shade.name ? `${shade.name}, ${days}` : days;
    return index === 0 ? `${one}: ${said}` : said;
  });
}
