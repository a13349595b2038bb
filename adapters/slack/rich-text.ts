import type { RichTextBlock, RichTextElement, RichTextSection } from "@slack/types";
import { head, isBlank, momentText, oneLine, pacificText, type Span, type Spans } from "../../src/index.ts";
import { LIMITS, SHOWN } from "./limits.ts";

/** A line of a rich text block: elements, of which Slack parses none. */
export type Line = RichTextElement[];

const SLACK_USER = /^[UW][A-Z0-9]{5,}$/;
/** The reader's own zone and clock are Slack's to choose. */
const DATE_FORMAT = "{date_short}, {time}";
/** Room kept for "… and 10000 more characters". */
export const TAIL = 40;

/** An address that may be linked to, as it is written in a link; nothing for another. */
export function webAddress(href: string): string | undefined {
  if (!URL.canParse(href)) return undefined;
  const url = new URL(href);
  const isWeb = url.protocol === "https:" || url.protocol === "http:";
  return isWeb && url.href.length <= LIMITS.url ? url.href : undefined;
}

export function plain(text: string): Line {
  return text === "" ? [] : [{ type: "text", text }];
}

export function bold(text: string): Line {
  return text === "" ? [] : [{ type: "text", text, style: { bold: true } }];
}

/** Spans as elements, which hold what people wrote as text and nothing else. */
export function lineOf(spans: Spans, style?: "bold"): Line {
  const line = spans.flatMap(elementsOf);
  return style ? line.map((element) => ({ ...element, style: { bold: true } })) : line;
}

function elementsOf(span: Span): Line {
  if (typeof span === "string") return plain(oneLine(span));
  if ("bold" in span) return bold(oneLine(span.bold));
  if ("link" in span) return linked(span.link, span.href);
  if ("person" in span) {
    return SLACK_USER.test(span.id) ? [{ type: "user", user_id: span.id }] : bold(oneLine(span.person));
  }
  if ("time" in span) {
    const { time, pacific } = span;
    return [
      {
        type: "date",
        timestamp: Math.floor(time.toSeconds()),
        format: DATE_FORMAT,
        fallback: momentText(time, false),
      },
      // Always, and with its weekday: the zone in which the reader sees the date is not known here.
      ...plain(pacific ? ` (${pacificText(time)})` : ""),
    ];
  }
  return span satisfies never;
}

/** A link, or its words where its address can't be one. */
export function linked(text: string, href: string): Line {
  const url = webAddress(href);
  const words = oneLine(text);
  if (!url) return plain(words === href ? words : `${words} (${oneLine(href)})`);
  return [{ type: "link", url, ...(!isBlank(words) && { text: words }) }];
}

/** What a line takes of a message's text: all that may be shown, and addresses. */
export function lengthOf(line: Line): number {
  return line.reduce((sum, element) => sum + visible(element).length + hiddenLength(element), 0);
}

function visible(element: RichTextElement): string {
  switch (element.type) {
    case "text":
      return element.text;
    case "link":
      return element.text ?? "";
    case "date":
      return element.fallback ?? element.format;
    case "user":
      return element.user_id;
    default:
      return "";
  }
}

function hiddenLength(element: RichTextElement): number {
  return element.type === "link" ? element.url.length : element.type === "date" ? element.format.length : 0;
}

/** A line within so many units; what is missing is counted. */
export function shorten(line: Line, most: number): Line {
  if (lengthOf(line) <= most) return line;
  const kept: Line = [];
  let room = most - TAIL;
  let missing = 0;
  for (const element of line) {
    const length = lengthOf([element]);
    if (missing === 0 && length <= room) kept.push(element);
    else if (missing === 0 && element.type === "text") {
      const text = head(element.text, room);
      if (text !== "") kept.push({ ...element, text });
      missing = element.text.length - text.length;
    } else missing += visible(element).length;
    room -= length;
  }
  return [...kept, ...plain(`… and ${missing} more characters`)];
}

/** As many lines as there is room for, and at most `SHOWN.lines`; the last says how many are missing. */
export function fitLines(lines: Line[], most: number): Line[] {
  const kept: Line[] = [];
  let room = most - TAIL;
  for (const line of lines.slice(0, SHOWN.lines)) {
    if (room < 2 * TAIL) break;
    const own = shorten(line.length > 0 ? line : plain("–"), Math.min(room, SHOWN.line));
    kept.push(own);
    room -= lengthOf(own);
  }
  const missing = lines.length - kept.length;
  return missing === 0 ? kept : [...kept, plain(`… and ${missing} more`)];
}

export function section(line: Line): RichTextSection {
  return { type: "rich_text_section", elements: line };
}

export function richText(...elements: RichTextBlock["elements"]): RichTextBlock {
  return { type: "rich_text", elements };
}

/** Lines under each other in one paragraph. */
export function stacked(lines: Line[]): Line {
  return lines.flatMap((line, index) => (index === 0 ? line : [...plain("\n"), ...line]));
}
