import type { Mark } from "../reply.ts";
import { ACCENT, PAPER } from "./look.ts";
import { element, point } from "./svg.ts";

export const MARK_WORDS: Record<Mark, string> = { done: "reached", now: "next", ahead: "ahead" };

/** A dot is as wide as it is high; a bar is a longer dot. */
export const MARK_SIZE = 24;

/** Reached ones are full with a tick, the next one is full within a ring, those ahead are hollow: no meaning by colour alone. */
export function drawMark(mark: Mark, left: number, width: number, middle: number): string {
  const pill = (inset: number, paint: Record<string, string | number>) =>
    element("rect", {
      x: left + inset,
      y: middle - MARK_SIZE / 2 + inset,
      width: width - 2 * inset,
      height: MARK_SIZE - 2 * inset,
      rx: MARK_SIZE / 2 - inset,
      ...paint,
    });
  const ring = { fill: PAPER, stroke: ACCENT, "stroke-width": 3 };
  switch (mark) {
    case "done":
      return pill(0, { fill: ACCENT }) + tick(left + width / 2, middle);
    case "now":
      return pill(1.5, ring) + pill(6, { fill: ACCENT });
    case "ahead":
      return pill(1.5, ring);
  }
}

function tick(x: number, y: number): string {
  return element("path", {
    d: `M${point(x - 6, y + 0.5)}l4 4.5 8-9`,
    fill: "none",
    stroke: PAPER,
    "stroke-width": 3,
    "stroke-linecap": "round",
    "stroke-linejoin": "round",
  });
}
