import type { Weight } from "./letters.ts";
import { INK, TEXT } from "./look.ts";
import { element, escapeXml } from "./svg.ts";

interface Words {
  x: number;
  /** The line the letters stand on. */
  y: number;
  size?: number;
  weight?: Weight;
  ink?: string;
  anchor?: "middle";
}

/** A line of text. */
export function words(text: string, { x, y, size = TEXT, weight = 400, ink = INK, anchor }: Words): string {
  const attributes = { x, y, "font-size": size, "font-weight": weight, fill: ink, "text-anchor": anchor };
  return element("text", attributes, escapeXml(text));
}

/** Where letters of a size stand so that they look centred on a height. */
export function centred(middle: number, size = TEXT): number {
  return middle + size * 0.36;
}
