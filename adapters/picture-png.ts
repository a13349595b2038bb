import { join } from "node:path";
import { Resvg } from "@resvg/resvg-js";

/** The only fonts it knows: a picture looks the same on every machine. */
const FONTS = ["Inter-Regular.ttf", "Inter-SemiBold.ttf"].map((file) =>
  join(import.meta.dirname, "fonts", file),
);

/** About twice the width in which chat programs show a picture, and three times that of a phone. */
const WIDTH = 1200;

/** An SVG as a PNG, `width` pixels wide; the same text gives the same bytes. @throws Error when the text is no SVG */
export function toPng(svg: string, width = WIDTH): Buffer {
  const font = { loadSystemFonts: false, fontFiles: FONTS, defaultFontFamily: "Inter" };
  return new Resvg(svg, { font, fitTo: { mode: "width", value: width } }).render().asPng();
}
