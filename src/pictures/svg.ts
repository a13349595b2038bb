type Attributes = Record<string, string | number | undefined>;

/** An element of SVG. Attributes are escaped here; children are elements, or texts that `escapeXml` was given. */
export function element(name: string, attributes: Attributes, ...children: string[]): string {
  const said = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${typeof value === "number" ? short(value) : escapeXml(`${value}`)}"`)
    .join("");
  return children.length === 0 ? `<${name}${said}/>` : `<${name}${said}>${children.join("")}</${name}>`;
}

/** Text that can stand anywhere in XML: markup stays as it was typed, what XML can't hold becomes a space. */
export function escapeXml(text: string): string {
  return text
    .toWellFormed()
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, " ")
    .replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** A place in a path: "12.5 30". */
export function point(...values: number[]): string {
  return values.map(short).join(" ");
}

/** Tenths of a pixel are enough. */
function short(value: number): string {
  return `${Math.round(value * 10) / 10}`;
}
