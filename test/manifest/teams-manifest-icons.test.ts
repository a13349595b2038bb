import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Resvg } from "@resvg/resvg-js";
import { describe, expect, it } from "vitest";
import { toPng } from "../../adapters/picture-png.ts";

const FOLDER = resolve(import.meta.dirname, "../../manifest/teams");
const { accentColor } = JSON.parse(readFileSync(join(FOLDER, "manifest.json"), "utf8"));

describe("the icons for Teams", () => {
  const color = readPng("color");
  const outline = readPng("outline");

  it("have the sizes that Teams asks for", () => {
    expect([color.width, color.height]).toEqual([192, 192]);
    expect([outline.width, outline.height]).toEqual([32, 32]);
  });

  it.each([
    ["color", color],
    ["outline", outline],
  ] as const)("have a PNG of the %s icon that is what its SVG draws", (name, png) => {
    const drawn = pixelsOf(toPng(readFileSync(join(FOLDER, `${name}.svg`), "utf8"), png.width), png.width);
    // Machines may round the edge of a curve differently.
    const other = Array.from(drawn).filter((value, at) => Math.abs(value - (png.pixels[at] ?? 0)) > 3);
    expect(drawn.length).toBe(png.pixels.length);
    expect(other).toEqual([]);
  });

  it("have colour to every edge, and the symbol in the middle, where no rounding reaches it", () => {
    const ground = [1, 3, 5].map((at) => Number.parseInt(accentColor.slice(at, at + 2), 16));
    const symbol = placesWhere(color, ([red, green, blue, alpha]) => {
      expect(alpha).toBe(255);
      return red !== ground[0] || green !== ground[1] || blue !== ground[2];
    });
    expect(symbol.length).toBeGreaterThan(2000);
    for (const place of symbol.flat()) {
      expect(place).toBeGreaterThanOrEqual(36);
      expect(place).toBeLessThan(156);
    }
  });

  it("have an outline of white alone on nothing, without an empty frame around it", () => {
    const ink = placesWhere(outline, ([red, green, blue, alpha]) => {
      // Already multiplied by what shines through: white gives three times the alpha.
      expect([red, green, blue]).toEqual([alpha, alpha, alpha]);
      return alpha !== 0;
    });
    const [rows, columns] = [ink.map(([row]) => row), ink.map(([, column]) => column)];
    expect(Math.max(...rows) - Math.min(...rows)).toBeGreaterThan(26);
    expect(Math.max(...columns) - Math.min(...columns)).toBeGreaterThan(24);
    expect(ink.length).toBeLessThan((32 * 32) / 2);
  });
});

/** A picture of the package; its pixels as red, green, blue, alpha, the first three multiplied by the last. */
function readPng(name: string): { width: number; height: number; pixels: Buffer } {
  const png = readFileSync(join(FOLDER, `${name}.png`));
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
  return { width, height, pixels: pixelsOf(png, width) };
}

function pixelsOf(png: Buffer, size: number): Buffer {
  const href = `data:image/png;base64,${png.toString("base64")}`;
  const frame = `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}"><image width="${size}" height="${size}" href="${href}"/></svg>`;
  return new Resvg(frame).render().pixels;
}

/** Row and column of each pixel that is meant. */
function placesWhere(
  { width, pixels }: { width: number; pixels: Buffer },
  isMeant: (pixel: Buffer) => boolean,
): [row: number, column: number][] {
  return Array.from({ length: pixels.length / 4 }, (_, at) => at)
    .filter((at) => isMeant(pixels.subarray(at * 4, at * 4 + 4)))
    .map((at) => [Math.floor(at / width), at % width]);
}
