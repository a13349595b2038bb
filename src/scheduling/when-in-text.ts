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
/** No date by themselves: counts, shares, and short forms of days and months that are words too. */
const NO_DATE = /^(?:\d+(?:[.,]\d+)?%?|an?|the|in|day)$/i;
const ALSO_A_WORD = /^(?:sat|sun|mar|may|march|dec|wed)$/i;
const BEFORE_A_DAY = /\b(?:on|this|next|last|by|until|till|before)\s+$/i;
/** A day and a month without a year: the nearest of them is meant. */
const DAY_AND_MONTH =
  /^(?:the\s+)?(?:\d{1,2}(?:st|nd|rd|th)?(?:\s+of)?\s+[a-z]{3,}|[a-z]{3,}\.?\s+\d{1,2}(?:st|nd|rd|th)?|\d{1,2}\/\d{1,2})$/i;
/** "25.11" and "3.12." are days; "5.20" and "version 2.2" are not. */
const DOTTED = /^(?:(\d\d)\.(\d\d)\.?|(\d{1,2})\.(\d{1,2})\.)$/;
/** What is said of something that has happened. */
const PAST =
  /\b(?:was|were|has|have|had|confirmed|signed|pressed|clicked|hit|pushed|went|did|since|already|ago|last|yesterday|got|selected|approved)\b/i;
const SUPPOSED = /\b(?:if|once|suppose|assuming|when (?:we|i|it))\b/i;
const LONGEST_WORDS = 6;
/** Who writes more words has said the day before. */
const MOST_WORDS = 80;
const SHORT_WORDS: readonly [RegExp, string][] = [
  [/\bnxt\b/gi, "next"],
  [/\b(?:a )?couple of\b/gi, "two"],
];

/**
 * The first date that a sentence names, as `readWhen` reads it; the longest words that make one. "Friday" is the last one
 * where the sentence tells what happened, and otherwise the next.
 *
 * @returns nothing where there is none, or where it does not exist or can be read in two ways
 */
export function findWhen(text: string, now: DateTime, zone: string): WhenSaid | undefined {
  const plain = withoutMarks(text);
  const words = [...plain.matchAll(/\S+/g)]
    .slice(0, MOST_WORDS)
    .map((match) => ({ index: match.index, word: match[0] }));
  const prefer = PAST.test(plain) && !SUPPOSED.test(plain) ? "past" : "future";
  for (const [first, { index, word }] of words.entries()) {
    if (!BEGINS.test(word) || /\bhalf\s+$/i.test(plain.slice(0, index))) continue;
    for (let count = Math.min(LONGEST_WORDS, words.length - first); count > 0; count -= 1) {
      const last = words[first + count - 1];
      const said = plain
        .slice(index, (last?.index ?? 0) + (last?.word.length ?? 0))
        .replace(/[?!,;:\s]+$/, "");
      if (ALSO_A_WORD.test(said) && !BEFORE_A_DAY.test(plain.slice(0, index))) continue;
      const read = readSaid(said, now, zone, prefer);
      if (read === "no-such-day") return undefined;
      if (read) return { words: text.slice(index, index + said.length), index, ...read };
    }
  }
  return undefined;
}

/** As long as before: quotes and stars around a date are blanks, and so are "'s" after it and the dot of "12. November". */
function withoutMarks(text: string): string {
  const blank = (match: string) => " ".repeat(match.length);
  return text
    .replace(/[*_~`"“”„«»()[\]<>]/g, blank)
    .replace(/['’]s\b/g, blank)
    .replace(/(?<=\d)\.(?=\s+[a-z]{3})/gi, blank)
    .replace(/(?<=[a-z])\.(?=\s|$)/gi, blank);
}

type Read = { at: DateTime; hasTime: boolean } | "no-such-day" | undefined;

function readSaid(said: string, now: DateTime, zone: string, prefer: "past" | "future"): Read {
  const spelled = SHORT_WORDS.reduce((text, [from, to]) => text.replace(from, to), said);
  const [dotted, ...parts] = DOTTED.exec(spelled) ?? [];
  if (dotted) {
    const [day = "", month = ""] = parts.filter((part) => part !== undefined);
    const years = [now.year - 1, now.year, now.year + 1];
    const days = years.map((year) => understood(`${day}.${month}.${year}`, now, zone, prefer));
    return nearest(days, now);
  }
  if (NO_DATE.test(spelled) || /^\d+\.\d+(?![\d.:])/.test(spelled)) return undefined;
  if (!DAY_AND_MONTH.test(spelled)) return understood(spelled, now, zone, prefer);
  return nearest([understood(spelled, now, zone, "past"), understood(spelled, now, zone, "future")], now);
}

function nearest(found: readonly Read[], now: DateTime): Read {
  const away = (at: DateTime) => Math.abs(at.diff(now).toMillis());
  const days = found.filter((one) => one !== undefined && one !== "no-such-day");
  return days.toSorted((a, b) => away(a.at) - away(b.at))[0] ?? found[0];
}

function understood(text: string, now: DateTime, zone: string, prefer: "past" | "future"): Read {
  const read = readWhen(text, now, zone, prefer);
  if (!("refused" in read)) return read;
  return read.refused === "not-a-date" || read.refused === "empty" ? undefined : "no-such-day";
}
