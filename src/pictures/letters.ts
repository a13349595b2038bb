export type Weight = 400 | 600;

/**
 * How wide the letters from space to "~" are in Inter, in 2048ths of their size: so that words can be placed without a
 * font at hand. Kerning, which it leaves out, moves the end of a line by a pixel or two; the gaps between words allow for it.
 */
const WIDTHS: Record<Weight, number[]> = {
  400: read(`
    576 589 954 1297 1314 2011 1319 614 747 747 1026 1355 590 942 590 738 1292 833 1249 1265 1323 1215
    1270 1159 1267 1270 590 618 1355 1355 1355 1047 1978 1413 1340 1496 1478 1231 1209 1528 1522 550
    1169 1376 1158 1850 1543 1566 1308 1566 1318 1314 1322 1524 1413 2018 1397 1390 1288 747 738 747 965
    934 661 1150 1254 1170 1254 1194 758 1256 1211 496 496 1124 496 1794 1210 1228 1254 1254 771 1081
    670 1211 1151 1676 1118 1151 1131 873 681 873 1355`),
  600: read(`
    516 658 1071 1318 1332 2057 1357 667 764 764 1105 1378 653 953 653 776 1351 866 1276 1303 1364 1254
    1310 1180 1311 1310 653 674 1378 1378 1378 1113 2046 1490 1350 1509 1479 1240 1204 1534 1527 567
    1187 1440 1158 1889 1555 1574 1321 1583 1336 1332 1352 1507 1490 2089 1474 1461 1336 764 776 764 986
    961 719 1176 1278 1193 1278 1211 796 1281 1254 536 536 1166 536 1844 1253 1247 1278 1278 813 1125
    723 1254 1202 1719 1165 1205 1159 931 735 931 1378`),
};

/** Wider than any Latin letter: for those the table does not hold. */
const UNKNOWN = 2800;

/** How wide a line of text is, at a size in pixels. */
export function widthOf(text: string, size: number, weight: Weight): number {
  let sum = 0;
  for (const letter of text) sum += WIDTHS[weight][(letter.codePointAt(0) ?? 0) - 0x20] ?? UNKNOWN;
  return (sum / 2048) * size;
}

/** The text in lines no wider than `width`. What `most` lines can't hold is cut with "…". */
export function wrap(text: string, width: number, size: number, weight: Weight, most: number): string[] {
  const lines: string[] = [];
  const fits = (line: string) => widthOf(line, size, weight) <= width;
  let line = "";
  for (const word of text.split(/\s+/).filter((one) => one !== "")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (fits(longer)) {
      line = longer;
      continue;
    }
    if (line !== "") lines.push(line);
    if (lines.length > most) break;
    line = fits(word) ? word : cut(word, fits);
  }
  if (line !== "") lines.push(line);
  const [last, ...rest] = lines.slice(0, most).reverse();
  if (last === undefined) return [];
  return [...rest.reverse(), lines.length > most ? cut(`${last}…`, fits) : last];
}

function cut(text: string, fits: (line: string) => boolean): string {
  if (fits(text)) return text;
  const letters = [...text.replace(/…$/, "")];
  while (letters.length > 0 && !fits(`${letters.join("")}…`)) letters.pop();
  return `${letters.join("").trimEnd()}…`;
}

function read(table: string): number[] {
  return table.trim().split(/\s+/).map(Number);
}
