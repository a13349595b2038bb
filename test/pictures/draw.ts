import { join } from "node:path";
import { Resvg } from "@resvg/resvg-js";
import fc from "fast-check";
import type { Timeline } from "../../src/index.ts";

const FONTS = ["Inter-Regular.ttf", "Inter-SemiBold.ttf"].map((file) =>
  join(import.meta.dirname, "../../adapters/fonts", file),
);

/** Reads an SVG as strictly as XML wants it, with the fonts it is meant for; throws when it is ill-formed. */
export function openSvg(svg: string, width?: number): Resvg {
  const fitTo = width === undefined ? undefined : ({ mode: "width", value: width } as const);
  return new Resvg(svg, { font: { loadSystemFonts: false, fontFiles: FONTS }, fitTo });
}

/** A line of text as it is drawn, in the picture's own pixels. */
export interface Drawn {
  text: string;
  left: number;
  right: number;
  top: number;
  bottom: number;
}

export function textsOf(svg: string): Drawn[] {
  const [root = ""] = /^<svg[^>]*>/.exec(svg) ?? [];
  return [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].flatMap(([element, text = ""]) => {
    const box = openSvg(`${root}${element}</svg>`).getBBox();
    if (!box) return [];
    const { x, y, width, height } = box;
    return [{ text: readable(text), left: x, right: x + width, top: y, bottom: y + height }];
  });
}

export function linesOf(svg: string): string[] {
  return [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text = ""]) => readable(text));
}

function readable(text: string): string {
  return text.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));
}

export function overlapping(texts: readonly Drawn[]): string[] {
  return texts.flatMap((one, index) =>
    texts
      .slice(index + 1)
      .filter(
        (other) =>
          one.left < other.right &&
          other.left < one.right &&
          one.top < other.bottom &&
          other.top < one.bottom,
      )
      .map((other) => `“${one.text}” and “${other.text}”`),
  );
}

const day = fc.integer({ min: 0, max: 900 }).map(isoDay);
/** Days that lie close together, as those of a rollout. */
const closeDay = fc.integer({ min: 300, max: 340 }).map(isoDay);

function isoDay(offset: number): string {
  return new Date(Date.UTC(2026, 0, 1) + offset * 86_400_000).toISOString().slice(0, 10);
}

/** Any timeline that the types allow: days in no order, labels of any letters. */
export const timelines: fc.Arbitrary<Timeline> = fc.constantFrom(day, closeDay).chain((one) => {
  const span = fc.record({ from: one, to: one });
  const label = fc.oneof(
    fc.string({ unit: "binary", maxLength: 60 }),
    fc.constantFrom("Wave 4: Europe except the UK", "General availability", "<b>&'\"", "W".repeat(80)),
  );
  return fc.record({
    heading: label,
    from: one,
    to: one,
    today: fc.oneof(one, day),
    closed: fc.array(
      fc
        .tuple(span, fc.constantFrom("weekend" as const, "holiday" as const, "freeze" as const), label)
        .map(([days, sort, name]) => ({ ...days, sort, name })),
      { maxLength: 6 },
    ),
    rows: fc.array(
      fc
        .tuple(span, label, fc.constantFrom("done" as const, "now" as const, "ahead" as const))
        .map(([days, text, mark]) => ({ ...days, label: text, mark })),
      { maxLength: 8 },
    ),
  });
});
