import {
  clip,
  head,
  isBlank,
  momentText,
  oneLine,
  pacificText,
  type Span,
  type Spans,
} from "../../src/index.ts";
import type { Element, RichTextBlock, TextRun, TextStyle } from "./card.ts";

const WORD_JOINER = "\u2060";
/** DATE and TIME functions are filled in run by run, so a name that holds one is put into two runs. */
const FUNCTION = /(?<=\{)(?=\{(?:DATE|TIME)\()/;
/** Where Markdown's links, HTML's tags and the functions begin. */
const MARKUP = /(?<=\])(?=[([:])|(?<=<)(?=\S)|(?<=\{)(?=\{)/g;

/** Small print. */
export const SMALL = { size: "Small", isSubtle: true } as const;

/** `length` counts what a reader sees, which for a time is not what is written. */
interface Piece {
  run: TextRun;
  length: number;
  /** A time can't be cut. */
  isWhole?: true;
}

/** A block of text, cut to `room` characters. No element when there is nothing to show. */
export function richText(spans: Spans, room: number, style: TextStyle = {}): RichTextBlock[] {
  const inlines = runs(spans, room, style);
  return inlines.length > 0 ? [{ type: "RichTextBlock", inlines }] : [];
}

/** Spans as runs; what is more than `room` characters is counted in the last one. */
export function runs(spans: Spans, room: number, style: TextStyle = {}): TextRun[] {
  const shown: TextRun[] = [];
  let left = room;
  let missing = 0;
  for (const { run, length, isWhole } of spans.flatMap((span) => piecesOf(span, style))) {
    if (length <= left) shown.push(run);
    else {
      const begin = isWhole ? "" : head(run.text, left);
      if (begin !== "") shown.push({ ...run, text: begin });
      missing += length - begin.length;
    }
    left = Math.max(0, left - length);
  }
  return missing > 0 ? [...shown, { type: "TextRun", text: moreCharacters(missing), ...style }] : shown;
}

/** What is left out is counted. */
export function moreLine(count: number, what = ""): Element[] {
  if (count <= 0) return [];
  const text = `… and ${count} more ${what}`.trimEnd();
  return [{ type: "RichTextBlock", inlines: [{ type: "TextRun", text, isSubtle: true }], spacing: "Small" }];
}

function piecesOf(span: Span, style: TextStyle): Piece[] {
  if (typeof span === "string") return textPieces(span, style);
  if ("bold" in span) return textPieces(span.bold, { ...style, weight: "Bolder" });
  if ("person" in span) return textPieces(span.person, { ...style, weight: "Bolder" });
  if ("link" in span) {
    const url = webAddress(span.href);
    const pieces = textPieces(span.link, style);
    if (!url) return pieces;
    return pieces.map(({ run, length }) => ({
      run: {
        ...run,
        selectAction: { type: "Action.OpenUrl", title: plainString(run.text, length), url },
      },
      length,
    }));
  }
  if ("time" in span) return [timePiece(span, style)];
  return span satisfies never;
}

function textPieces(text: string, style: TextStyle): Piece[] {
  return textRuns(oneLine(text), style).map((run) => ({ run, length: run.text.length }));
}

/** Text as it is written, its lines too. */
export function textRuns(text: string, style: TextStyle): TextRun[] {
  const parts = text.split(FUNCTION).filter((part) => part !== "");
  return parts.map((part) => ({ type: "TextRun", text: part, ...style }));
}

/** The reader's zone is the client's to choose; Pacific stands beside it with its weekday, which may be another. */
function timePiece({ time, pacific }: Extract<Span, { time: unknown }>, style: TextStyle): Piece {
  const utc = time.setLocale("en-US").toUTC().toFormat("yyyy-MM-dd'T'HH:mm:ss'Z'");
  const text = `${timeFunctions(utc)}${pacific ? ` (${pacificText(time)})` : ""}`;
  return { run: { type: "TextRun", text, ...style }, length: momentText(time).length, isWhole: true };
}

/** @param utc "2026-11-05T17:15:00Z" */
export function timeFunctions(utc: string): string {
  return `{{DATE(${utc}, SHORT)}} {{TIME(${utc})}}`;
}

/** Printable text for a plain property (a title, a label), or where it may be read as Markdown (the fallback). */
export function plainString(text: string, room: number): string {
  return clip(text, room).replaceAll(MARKUP, WORD_JOINER);
}

/** The first of the texts that can be seen. */
export function visibleString(texts: readonly string[], room: number): string {
  const text = texts.find((one) => !isBlank(one));
  return plainString(oneLine(text ?? "…"), room);
}

/** Text for clients that can't show the card. */
export function fallbackString(text: string, room: number): string {
  const begin = head(text, room);
  const missing = text.length - begin.length;
  return `${plainString(begin, room) || "…"}${missing > 0 ? ` ${moreCharacters(missing)}` : ""}`;
}

function moreCharacters(count: number): string {
  return `… and ${count} more characters`;
}

/** An address that may be opened: https, or this machine, where the playground is. */
export function webAddress(href: string): string | undefined {
  if (!URL.canParse(href)) return undefined;
  const { protocol, hostname, username, password, href: whole } = new URL(href);
  const isOwn = protocol === "http:" && ["127.0.0.1", "localhost", "[::1]"].includes(hostname);
  const isSafe = (protocol === "https:" || isOwn) && username === "" && password === "";
  return isSafe && whole.length <= 2000 ? whole : undefined;
}
