import type { DateTime } from "luxon";
import { readWhen } from "./when.ts";

/** A date within a sentence. */
export interface WhenSaid {
  words: string;
  index: number;
  at: DateTime;
  hasTime: boolean;
}

/** A date begins with one of these or with a figure. */
const BEGINS =
  /^(?:\d|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\b|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b|to(?:day|night|morrow)\b|tmrw|yesterday|last|next|nxt|this|in|an?\b|the\b|day\b|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|couple)\b)/i;
/** A day and a month without a year: the nearest of them is meant. */
const DAY_AND_MONTH =
  /^(?:the\s+)?(?:\d{1,2}(?:st|nd|rd|th)?(?:\s+of)?\s+[a-z]{3,}|[a-z]{3,}\.?\s+\d{1,2}(?:st|nd|rd|th)?|\d{1,2}[./]\d{1,2}\.?)$/i;
/** "25.11." is 25 November, where it can be nothing else. */
const DOTTED = /^(\d{1,2})\.(\d{1,2})\.?$/;
/** What is said of something that has happened. */
const PAST =
  /\b(?:was|were|has|have|had|confirmed|signed|pressed|clicked|hit|pushed|went|did|since|already|ago|last|yesterday|got|selected|approved)\b/i;
const LONGEST_WORDS = 6;
const SHORT_WORDS: readonly [RegExp, string][] = [
  [/\bnxt\b/gi, "next"],
  [/\b(?:a )?couple of\b/gi, "two"],
];

/**
 * The first date that a sentence names, as `readWhen` reads it; the longest words that make one. "Friday" is the last one
 * where the sentence tells what happened, and otherwise the next.
 *
 * @returns nothing where there is none, or where it can be read in two ways
 */
export function findWhen(text: string, now: DateTime, zone: string): WhenSaid | undefined {
  const words = [...text.matchAll(/\S+/g)].map((match) => ({ index: match.index, word: match[0] }));
  const prefer =
    PAST.test(text) && !/\b(?:if|when|once|suppose|assuming)\s+(?:we|i|it)\b/i.test(text) ? "past" : "future";
  for (const [first, { index, word }] of words.entries()) {
    if (!BEGINS.test(word)) continue;
    for (let count = Math.min(LONGEST_WORDS, words.length - first); count > 0; count -= 1) {
      const last = words[first + count - 1];
      const said = text
        .slice(index, (last?.index ?? 0) + (last?.word.length ?? 0))
        .replace(/[?!,;:)]+$|\.(?=$)/g, "");
      const read = readSaid(said, now, zone, prefer);
      if (read) return { words: said, index, ...read };
    }
  }
  return undefined;
}

function readSaid(
  said: string,
  now: DateTime,
  zone: string,
  prefer: "past" | "future",
): { at: DateTime; hasTime: boolean } | undefined {
  const spelled = SHORT_WORDS.reduce((text, [from, to]) => text.replace(from, to), said);
  // A figure alone is a count or a share, rather than a day or an hour.
  if (/^(?:\d+(?:[.,]\d+)?%?|an?|the|in|day|may|march|now)$/i.test(spelled) && !DOTTED.test(spelled))
    return undefined;
  if (/^\d{2}\.\d{2}$/.test(spelled) && !isDay(spelled)) return undefined;
  if (!DAY_AND_MONTH.test(spelled)) return understood(spelled, now, zone, prefer);
  const dated = spelled.replace(DOTTED, (_, day: string, month: string) => `${day}.${month}.${now.year}`);
  const [before, after] = [understood(dated, now, zone, "past"), understood(dated, now, zone, "future")];
  if (!before || !after) return before ?? after;
  return now.diff(before.at).toMillis() <= after.at.diff(now).toMillis() ? before : after;
}

function isDay(dotted: string): boolean {
  const [day = 0, month = 0] = dotted.split(".").map(Number);
  return day >= 1 && day <= 31 && month >= 1 && month <= 12;
}

function understood(text: string, now: DateTime, zone: string, prefer: "past" | "future") {
  const read = readWhen(text, now, zone, prefer);
  return "refused" in read ? undefined : read;
}
