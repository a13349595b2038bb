import type { Mark } from "../reply.ts";
import { drawSwatch, type Shade, type Sort, shadeWords } from "./closed.ts";
import { widthOf, wrap } from "./letters.ts";
import { MARGIN, SOFT_INK, TEXT, WIDTH } from "./look.ts";
import { drawMark, MARK_SIZE, MARK_WORDS } from "./marks.ts";
import { centred, words } from "./words.ts";

const LINE = 34;
const GAP = { afterSign: 9, between: 24 };
const MOST_LINES = 3;
const MARKS: Mark[] = ["done", "now", "ahead"];
const SORTS: Sort[] = ["weekend", "holiday", "freeze"];

interface Item {
  sign: Mark | Sort;
  lines: string[];
}

/** What the signs and shades of this picture mean, in as many lines as it takes. */
export function drawLegend(
  marks: ReadonlySet<Mark>,
  shades: readonly Shade[],
  known: readonly number[],
  top: number,
): { drawn: string; height: number } {
  const items: Item[] = [
    ...MARKS.filter((mark) => marks.has(mark)).map((mark) => ({ sign: mark, lines: [MARK_WORDS[mark]] })),
    ...SORTS.filter((sort) => shades.some((shade) => shade.sort === sort)).map((sort) => ({
      sign: sort,
      lines: linesOf(shadeWords(sort, shades, known)),
    })),
  ];
  let [x, line] = [MARGIN, 0];
  const drawn: string[] = [];
  for (const { sign, lines } of items) {
    const textAt = MARK_SIZE + GAP.afterSign;
    const width = textAt + Math.max(...lines.map((one) => widthOf(one, TEXT, 400)));
    if (x > MARGIN && x + width > WIDTH - MARGIN) [x, line] = [MARGIN, line + 1];
    const middle = top + (line + 0.5) * LINE;
    drawn.push(isMark(sign) ? drawMark(sign, x, MARK_SIZE, middle) : drawSwatch(sign, x, middle, MARK_SIZE));
    for (const [index, one] of lines.entries()) {
      drawn.push(words(one, { x: x + textAt, y: centred(middle + index * LINE), ink: SOFT_INK }));
    }
    line += lines.length - 1;
    x = lines.length > 1 ? WIDTH : x + width + GAP.between;
  }
  return { drawn: drawn.join(""), height: items.length === 0 ? 0 : (line + 1) * LINE };
}

/** Several days of one sort, parted by semicolons; what three lines can't hold is counted. */
function linesOf(said: readonly string[]): string[] {
  const room = WIDTH - 2 * MARGIN - MARK_SIZE - GAP.afterSign;
  for (let count = said.length; ; count -= 1) {
    const more = count < said.length ? [`and ${said.length - count} more`] : [];
    const text = [...said.slice(0, count), ...more].join("; ");
    const lines = wrap(text, room, TEXT, 400, count > 1 ? MOST_LINES + 1 : MOST_LINES);
    if (lines.length <= MOST_LINES) return lines;
  }
}

function isMark(sign: Mark | Sort): sign is Mark {
  return MARKS.some((mark) => mark === sign);
}
