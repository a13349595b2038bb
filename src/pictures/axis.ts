import type { Day } from "../scheduling/calendar.ts";
import { dateWords } from "./days.ts";
import { widthOf } from "./letters.ts";
import { EDGE, PAPER, SOFT_INK, TEXT, TODAY, TRACK } from "./look.ts";
import { middleOf, type Scale, ticksOf, withRoom } from "./scale.ts";
import { element, point } from "./svg.ts";
import { centred, words } from "./words.ts";

/** How high the line of day names is. */
export const AXIS = 50;
const FLAG = { height: 32, around: 12, point: 12 };
/** Words may stand out a little over the first and the last day. */
const OUT = { left: 24, right: 14 };

interface Flag {
  text: string;
  left: number;
  right: number;
  /** Today lies before or after the days that are shown. */
  beyond?: "left" | "right";
}

/** Lines and names of days down to `bottom`, and today's own flag among them. */
export function drawAxis(scale: Scale, today: Day, top: number, bottom: number): string {
  const flag = placeFlag(scale, today);
  const ticks = ticksOf(scale);
  const edges = { left: scale.left - OUT.left, right: scale.right + OUT.right };
  const named = withRoom(ticks, edges, [[flag.left, flag.right]]);
  return [
    ...ticks.map(({ x }) => element("path", { d: `M${point(x, top)}V${point(bottom)}`, stroke: EDGE })),
    element("path", { d: `M${point(scale.left, top)}H${point(scale.right)}`, stroke: TRACK }),
    ...named.map(({ x, label, isYear }) =>
      words(label, {
        x,
        y: centred(top - AXIS / 2),
        anchor: "middle",
        ink: SOFT_INK,
        weight: isYear ? 600 : 400,
      }),
    ),
    drawFlag(flag, top - AXIS / 2),
  ].join("");
}

function placeFlag(scale: Scale, today: Day): Flag {
  const beyond = today < scale.first ? "left" : today > scale.last ? "right" : undefined;
  const text = beyond ? `today, ${dateWords(today)}` : "today";
  const width = widthOf(text, TEXT, 600) + 2 * FLAG.around + (beyond ? FLAG.point : 0);
  const middle = middleOf(Math.min(Math.max(today, scale.first), scale.last), scale);
  const most = scale.right + OUT.right - width;
  const left = Math.max(scale.left - OUT.left, Math.min(middle - width / 2, most));
  return { text, left, right: left + width, beyond };
}

/** A full flag on today's line; an open one that points to where today is, when that is not shown. */
function drawFlag({ text, left, right, beyond }: Flag, middle: number): string {
  const [top, bottom] = [middle - FLAG.height / 2, middle + FLAG.height / 2];
  const y = centred(middle);
  if (!beyond) {
    return (
      element("rect", { x: left, y: top, width: right - left, height: FLAG.height, rx: 8, fill: TODAY }) +
      words(text, { x: (left + right) / 2, y, anchor: "middle", weight: 600, ink: PAPER })
    );
  }
  const [base, tip] = beyond === "left" ? [right, left] : [left, right];
  const shoulder = beyond === "left" ? left + FLAG.point : right - FLAG.point;
  const outline = `M${point(base, top)}H${point(shoulder)}L${point(tip, middle)}L${point(shoulder, bottom)}H${point(base)}Z`;
  const x = (base + shoulder) / 2;
  return (
    element("path", {
      d: outline,
      fill: PAPER,
      stroke: TODAY,
      "stroke-width": 2,
      "stroke-linejoin": "round",
    }) + words(text, { x, y, anchor: "middle", weight: 600, ink: TODAY })
  );
}
