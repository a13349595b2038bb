/** What `printable` may change. Nearly every text has none of it, and to look once is faster than to replace thrice. */
const ODD = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u;

/** Text without what steers a screen or turns the direction of what follows. Its lines and tabs stay. */
export function printable(text: string): string {
  if (!ODD.test(text)) return text;
  return text
    .toWellFormed()
    .replace(/\r\n?/g, "\n")
    .replace(/(?![\n\t])[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/gu, " ");
}

/** The same on one line. */
export function oneLine(text: string): string {
  return ODD.test(text) ? printable(text).replace(/[\n\t]/g, " ") : text;
}

/** There is nothing in it to see. */
export function isBlank(text: string): boolean {
  return /^[\s\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cc}]*$/u.test(text);
}

/** At most so many UTF-16 units, ending in "…" where something is missing. */
export function clip(text: string, most: number): string {
  return text.length <= most ? text : `${head(text, most - 1)}…`;
}

/** The first UTF-16 units of a text, no character cut in two. */
export function head(text: string, most: number): string {
  return text.slice(0, Math.max(0, most)).replace(/[\ud800-\udbff]$/, "");
}
