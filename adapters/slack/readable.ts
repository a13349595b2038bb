import type { ContextBlock, ImageBlock, KnownBlock, RichTextPreformatted } from "@slack/types";
import {
  type Block,
  type Citation,
  clip,
  head,
  isBlank,
  type Links,
  oneLine,
  printable,
  spansText,
} from "../../src/index.ts";
import { LIMITS, SHOWN } from "./limits.ts";
import {
  bold,
  fitLines,
  type Line,
  lengthOf,
  lineOf,
  linked,
  plain,
  richText,
  section,
  shorten,
  stacked,
  TAIL,
  webAddress,
} from "./rich-text.ts";

type Of<Kind extends Block["kind"]> = Extract<Block, { kind: Kind }>;

const NOTE = { settled: "Our reading: ", reported: "Reported: ", warning: "⚠ Careful: " };
const STATE = { met: "✓", unmet: "✗", unknown: "?" };
const DOT = { done: "●", now: "◉", ahead: "○" };
const BAR = 10;

export function textBlocks(line: Line, room: number): KnownBlock[] {
  return lengthOf(line) === 0 ? [] : [richText(section(shorten(line, Math.min(room, SHOWN.text))))];
}

/** A line for each fact: two columns would be cut off on a phone. */
export function factBlocks({ facts }: Of<"facts">, room: number): KnownBlock[] {
  if (facts.length === 0) return [];
  const lines = facts.map(
    ({ label, value }): Line => [...bold(`${oneLine(label)}:`), ...plain(" "), ...lineOf(value)],
  );
  return [richText(section(stacked(fitLines(lines, room))))];
}

export function listBlocks({ heading = "", items }: Of<"list">, room: number): KnownBlock[] {
  const title = isBlank(heading) ? [] : [section(bold(clip(oneLine(heading), SHOWN.line)))];
  const lines = fitLines(
    items.map((item) => lineOf(item)),
    room - SHOWN.line,
  );
  const bullets = { type: "rich_text_list", style: "bullet", elements: lines.map(section) } as const;
  if (lines.length === 0) return title.length === 0 ? [] : [richText(...title)];
  return [richText(...title, bullets)];
}

/** Where on the line it is, at a glance; the names of what is behind and ahead, in small print. */
export function progressBlocks({ label, points }: Of<"progress">): KnownBlock[] {
  if (points.length === 0) return [];
  const named = (mark: keyof typeof DOT) =>
    points.filter((point) => point.mark === mark).map(({ name }) => name);
  const [done, now, ahead] = [named("done"), named("now"), named("ahead")];
  const isLine = points.length > 1;
  const place = points.findIndex(({ mark }) => mark === "now") + 1;
  const where: Line =
    now.length > 0
      ? [...bold(names(now)), ...plain(isLine ? ` (${place} of ${points.length})` : "")]
      : plain(`${done.length} of ${points.length} done`);
  const dots = isLine && points.length <= SHOWN.points ? points.map(({ mark }) => DOT[mark]).join("") : "";
  const rest = [
    ...(done.length > 0 ? [`Done: ${names(done)}`] : []),
    ...(ahead.length > 0 ? [`Ahead: ${names(ahead)}`] : []),
  ].join(" · ");
  const start = plain(`${clip(oneLine(label), SHOWN.pointName)}: `);
  return [
    richText(section([...start, ...where, ...plain(dots && `  ${dots}`)])),
    ...(rest === "" ? [] : [smallPrint(rest)]),
  ];
}

function names(all: string[]): string {
  const shown = all.slice(0, SHOWN.points).map((name) => clip(oneLine(name), SHOWN.pointName));
  const missing = all.length - shown.length;
  return `${shown.join(", ")}${missing > 0 ? ` … and ${missing} more` : ""}`;
}

/** Two lines for each: how it stands, then the figure beside its bar. */
export function criteriaBlocks({ items }: Of<"criteria">, room: number): KnownBlock[] {
  const lines = items.map(
    ({ name, state, spans, share }): Line => [
      ...plain(`${STATE[state]} `),
      ...bold(oneLine(name)),
      ...plain(`: ${state}\n${share === undefined ? "" : `${barOf(share)} `}`),
      ...lineOf(spans),
    ],
  );
  if (lines.length === 0) return [];
  const elements = fitLines(lines, room).map(section);
  return [richText({ type: "rich_text_list", style: "bullet", elements })];
}

/** Full only when the bar is reached. */
function barOf(share: number): string {
  const full = Math.floor(Math.min(1, Math.max(0, share || 0)) * BAR);
  return "▰".repeat(full) + "▱".repeat(BAR - full);
}

export function copyBlocks({ label, text }: Of<"copy">, room: number): KnownBlock[] {
  const heading = clip(oneLine(label), SHOWN.line);
  const title = isBlank(heading) ? [] : [section(bold(heading))];
  const whole = printable(text);
  if (isBlank(whole)) return title.length === 0 ? [] : [richText(...title)];
  const { kept, missing } = wholeLines(whole, room - heading.length - TAIL);
  const body: RichTextPreformatted = {
    type: "rich_text_preformatted",
    elements: [{ type: "text", text: kept }],
  };
  return [
    richText(...title, ...(kept === "" ? [] : [body]), ...(missing === "" ? [] : [section(plain(missing))])),
  ];
}

/** As many whole lines as fit, and what is said of the others. */
function wholeLines(text: string, most: number): { kept: string; missing: string } {
  if (text.length <= most) return { kept: text, missing: "" };
  const lines = text.split("\n");
  const kept: string[] = [];
  let room = most;
  for (const line of lines) {
    room -= line.length + 1;
    if (room < 0) break;
    kept.push(line);
  }
  if (kept.length > 0)
    return { kept: kept.join("\n"), missing: `… and ${lines.length - kept.length} more lines` };
  const start = head(text, most);
  return { kept: start, missing: `… and ${text.length - start.length} more characters` };
}

/** A warning stands out beside a bar; what is read so here, or only reported, is small print. */
export function noteBlocks({ sort, spans }: Of<"note">, room: number): KnownBlock[] {
  const most = Math.min(room, SHOWN.text);
  if (sort === "warning") {
    const line = shorten([...bold(NOTE.warning), ...lineOf(spans)], most);
    return [richText({ type: "rich_text_quote", elements: line })];
  }
  return [smallPrint(`${NOTE[sort]}${spansText(spans)}`, most)];
}

/** Grey and small, and with no markup at all. */
export function smallPrint(text: string, most: number = SHOWN.text): ContextBlock {
  const shown = shorten(plain(text), most).map((element) => (element.type === "text" ? element.text : ""));
  return { type: "context", elements: [{ type: "plain_text", text: shown.join(""), emoji: false }] };
}

/** Small print with links: the only text of ours that Slack reads for markup. */
export function sourceBlocks({ sources }: Of<"sources">, room: number): KnownBlock[] {
  const documents = [...Map.groupBy(sources, ({ href }) => href).values()];
  const lines: string[] = [];
  let left = Math.min(room, LIMITS.textObject) - TAIL;
  for (const cited of documents) {
    const line = sourceLine(cited);
    left -= line.length + 1;
    if (left < 0) break;
    lines.push(line);
  }
  const missing = documents.length - lines.length;
  if (missing > 0) lines.push(`… and ${missing} more`);
  if (lines.length === 0) return [];
  return [{ type: "context", elements: [{ type: "mrkdwn", text: lines.join("\n"), verbatim: true }] }];
}

function sourceLine(cited: Citation[]): string {
  const { document = "", href = "" } = cited[0] ?? {};
  const url = webAddress(href)?.replace(/[<>|]/g, encodeURIComponent).replaceAll("&", "&amp;");
  const title = isBlank(document) ? "Document" : literal(document);
  const sections = cited.map(({ section: heading }) => `“${literal(heading)}”`).join(", ");
  return `Source: ${url ? `<${url}|${title}>` : `${title} (${literal(href)})`}, ${sections}`;
}

/** Signs that Slack reads as markup, as others that look like them. */
const LOOKALIKES: Record<string, string> = { "*": "∗", _: "ˍ", "~": "∼", "`": "ˋ", "|": "¦" };

function literal(text: string): string {
  return oneLine(text)
    .replace(/[*_~`|]/g, (sign) => LOOKALIKES[sign] ?? "")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");
}

/** The words beside it say the same, so nothing is lost where it can't be fetched. */
export function pictureBlocks({ picture, alt }: Of<"picture">, links: Links): ImageBlock[] {
  const url = webAddress(links.picture(picture) ?? "");
  const words = isBlank(alt) ? picture.heading : alt;
  const alt_text = isBlank(words) ? "Timeline" : clip(oneLine(words), LIMITS.altText);
  return url ? [{ type: "image", image_url: url, alt_text }] : [];
}

export function fileBlocks({ label, file }: Of<"file">, links: Links): KnownBlock[] {
  const name = clip(oneLine(file.name), SHOWN.cell);
  const url = webAddress(links.file(file) ?? "");
  const fetched = url ? linked(name, url) : plain(name);
  return [richText(section([...bold(`${clip(oneLine(label), SHOWN.cell)}: `), ...fetched]))];
}
