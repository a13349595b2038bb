import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { Resvg } from "@resvg/resvg-js";
import { describe, expect, it } from "vitest";
import { toPng } from "../../adapters/picture-png.ts";
import { drawTimeline, type Timeline } from "../../src/index.ts";

const FONTS = join(import.meta.dirname, "../../adapters/fonts");

const TIMELINE: Timeline = {
  heading: "Rollout, wave by wave",
  from: "2026-11-03",
  to: "2026-12-05",
  today: "2026-11-04",
  closed: [
    { from: "2026-11-07", to: "2026-11-08", sort: "weekend", name: "Weekend" },
    { from: "2026-11-11", to: "2026-11-11", sort: "holiday", name: "Veterans Day" },
    { from: "2026-11-23", to: "2026-11-27", sort: "freeze", name: "Freeze" },
  ],
  rows: ["06", "09", "10", "12", "13", "16", "27"].map((day, index) => ({
    label: `Wave ${index + 1}: Brazil, Canada, Japan, India`,
    from: `2026-11-${day}`,
    to: `2026-11-${day}`,
    mark: index === 0 ? "now" : "ahead",
  })),
};
const SVG = drawTimeline(TIMELINE);

describe("a picture as PNG", () => {
  it("is a PNG of the width that was asked for, its height in proportion", () => {
    const height = Number(/height="(\d+)"/.exec(SVG)?.[1]);
    expect(readPng(toPng(SVG))).toMatchObject({ width: 1200, height: Math.round(height * 1.5) });
    expect(readPng(toPng(SVG, 400))).toMatchObject({ width: 400, height: Math.round(height / 2) });
  });

  it("is small enough for a phone abroad", () => {
    expect(toPng(SVG).length).toBeLessThan(250_000);
  });

  it("is the same every time", () => {
    expect(toPng(SVG).equals(toPng(SVG))).toBe(true);
  });

  it("is transparent at its corners and white within, for light and dark programs", () => {
    const { pixels, width } = readPng(toPng(SVG));
    expect(pixels[3]).toBe(0);
    const within = (10 * width + width / 2) * 4;
    expect([...pixels.subarray(within, within + 4)]).toEqual([255, 255, 255, 255]);
  });

  it("has its words drawn with the bundled font, whatever fonts the machine has", () => {
    const withoutWords = SVG.replace(/<text.*?<\/text>/g, "");
    expect(inkOf(toPng(SVG))).toBeGreaterThan(inkOf(toPng(withoutWords)) + 20_000);
    const otherFamily = SVG.replace(/font-family="[^"]*"/, 'font-family="DejaVu Sans, Arial"');
    expect(toPng(otherFamily).equals(toPng(SVG))).toBe(true);
  });

  it("comes with the licence of its font", () => {
    expect(readFileSync(join(FONTS, "LICENSE"), "utf8")).toContain("SIL OPEN FONT LICENSE Version 1.1");
    for (const file of ["Inter-Regular.ttf", "Inter-SemiBold.ttf"]) {
      expect(statSync(join(FONTS, file)).size).toBeLessThan(60_000);
    }
  });

  it("refuses what is no SVG", () => {
    expect(() => toPng("<svg")).toThrow(Error);
  });
});

/** The size that a PNG's head tells, and its pixels: red, green, blue, alpha. */
function readPng(png: Buffer): { width: number; height: number; pixels: Buffer } {
  expect(png.subarray(0, 8)).toEqual(Buffer.from("\x89PNG\r\n\x1a\n", "latin1"));
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
  const href = `data:image/png;base64,${png.toString("base64")}`;
  const framed = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><image width="${width}" height="${height}" href="${href}"/></svg>`;
  return { width, height, pixels: new Resvg(framed).render().pixels };
}

/** How many pixels are darker than any shade. */
function inkOf(png: Buffer): number {
  const { pixels } = readPng(png);
  let ink = 0;
  for (let at = 0; at < pixels.length; at += 4)
    if ((pixels[at + 1] ?? 255) < 110 && pixels[at + 3] === 255) ink += 1;
  return ink;
}
