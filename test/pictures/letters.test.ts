import { describe, expect, it } from "vitest";
import { type Weight, widthOf } from "../../src/pictures/letters.ts";
import { openSvg } from "./draw.ts";

const LETTERS = Array.from({ length: 0x7e - 0x20 }, (_, index) => String.fromCharCode(0x21 + index));
const SIZE = 20;

describe("the width of letters", () => {
  it.each<Weight>([400, 600])("is that of the font they are drawn with, weight %i", (weight) => {
    const off = LETTERS.filter((letter) => {
      const line = `H${letter.repeat(20)}H`;
      const said = widthOf(line, SIZE, weight);
      return Math.abs(drawnWidth(line, weight, "none") - said) > 4;
    });
    expect(off).toEqual([]);
  });

  it("is not less than that of the words a picture holds, so that they stay apart", () => {
    for (const line of ["Wave 6: Australia, UK, US", "27 Nov to 4 Dec 2026", "General availability"]) {
      expect(drawnWidth(line, 600)).toBeLessThanOrEqual(widthOf(line, SIZE, 600));
    }
  });
});

function drawnWidth(line: string, weight: Weight, kerning = "auto"): number {
  const code = [...line].map((letter) => `&#${letter.codePointAt(0)};`).join("");
  const text = `<text y="30" style="font-kerning:${kerning}" font-size="${SIZE}" font-weight="${weight}">${code}</text>`;
  return (
    openSvg(`<svg xmlns="http://www.w3.org/2000/svg" font-family="Inter">${text}</svg>`).getBBox()?.width ?? 0
  );
}
