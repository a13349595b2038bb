import { Chrono, en, type ParsedComponents, type ParsedResult, type Parser } from "chrono-node";
import { DateTime, FixedOffsetZone } from "luxon";
import {
  AMOUNT_OF_DAYS,
  DAY_WORDS,
  findImpossible,
  readAmounts,
  spellNumbers,
  takeZone,
} from "./when-words.ts";
import { zoneNamed } from "./zones.ts";

type Refusal = "empty" | "not-a-date" | "impossible" | "ambiguous" | "too-far";
type Refused = { refused: Refusal; understood?: string };
/**
 * What a person's words for a moment mean. `at` is in the zone asked for; without `hasTime` it stands for a whole day.
 * `understood` is the part of the text that the refusal is about, or the part that did make sense.
 */
export type When = { at: DateTime; hasTime: boolean } | Refused;

type Prefer = "past" | "future";
interface Clock {
  hour: number;
  minute: number;
  second: number;
  millisecond: number;
}

/** Nobody types a longer one; it also bounds the work that chrono's patterns can be made to do. */
const LONGEST = 200;
/** Power Platform is younger. */
const EARLIEST_YEAR = 2000;
const YEARS_AHEAD = 5;
const LONGEST_DURATION = 400 * 86_400_000;
const NOON: Clock = { hour: 12, minute: 0, second: 0, millisecond: 0 };

const ISO = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?)?$/i;
const FILLERS = /,|\b(?:at|on|around|about|by|of)\b(?!\s+night)|\bthe\b(?!\s+(?:morning|afternoon))/gi;
/** Said of a day they leave it a day; "9 in the morning" is chrono's. */
const PARTS_OF_DAY = /(?<!\b(?:in the|at|this|last) )\b(?:morning|afternoon|evening|night)\b/gi;
const LATE_PART = /\b(?:tonight|afternoon|evening|night)\b/i;
/** "Friday 15" may be the 15th: a number alone is no time. Nor is "after 3pm", which chrono reads as 3pm. */
const STATED_TIME = /\d[:.]\d|\d\s*[ap]\.?m\b|o\W*clock|in\s+the\s|at\s+night|noon|midday|midnight/i;
const BOUND = /\b(?:after(?! tom)|before(?! yes)|from(?! now)|since|to|until|till|through)\b/i;

/**
 * Chrono's strict English; its casual one finds dates inside junk. The filter that we leave out drops impossible dates
 * in silence (and a weekday alone); they must reach us to be refused by name. `forwardDate` is never set: with it "last
 * Friday" becomes the next.
 */
const REFINERS = en.strict.refiners.filter((each) => each.constructor.name !== "UnlikelyFormatFilter");

/**
 * Reads a moment in a person's words: ISO, or as people say it ("last Friday 3pm PT", "3 Nov", "2 hours ago").
 *
 * The whole text must make sense, but for fillers such as "at" and "on". What is said incompletely is completed in the
 * preferred direction: a weekday or a time of day to the nearest such moment up to (from) `now`, a day and month to the
 * nearest such day, today included. A weekday that does not fit its date is "impossible". A day without a time is its
 * noon in `zone`, but not later than `now` when it is today and the past is preferred. An hour that comes twice when
 * daylight saving ends is the first; one that is skipped moves forward. Never throws, whatever the text.
 *
 * @param zone the reader's IANA zone, valid. A zone in the text decides how the text is read, not where `at` is.
 */
export function readWhen(text: string, now: DateTime, zone: string, prefer: Prefer): When {
  const clean = cleanText(text);
  if (clean === "") return { refused: "empty" };
  if (clean.length > LONGEST) return { refused: "not-a-date" };
  const named = takeZone(clean);
  if ("wrong" in named) return refuse(named.wrong, named.words);
  const rest = named.rest.trim();
  const here = now.setZone(zoneNamed(named.zone ?? zone));
  const read = readInstant(rest, here) ?? readIso(rest, here) ?? readWords(rest, here, prefer);
  if ("refused" in read) return read;
  let at = read.hasTime ? read.at.setZone(zone) : onDay(read.at, NOON, now.setZone(zone));
  if (!read.hasTime && prefer === "past" && at > now && at.hasSame(now.setZone(zone), "day"))
    at = now.setZone(zone);
  const isNear = at.year >= EARLIEST_YEAR && at <= now.plus({ years: YEARS_AHEAD });
  return isNear ? { at, hasTime: read.hasTime } : refuse("too-far", clean);
}

/**
 * Reads a length of time: "3d", "90m", "2 hours", "1h 30m", "a week". A day is 24 hours.
 *
 * @returns milliseconds; nothing for junk, for nought, for more than 400 days, and for months and years, which have no
 *   one length
 */
export function readDuration(text: string): number | undefined {
  const clean = cleanText(text);
  const amounts = clean.length > LONGEST ? undefined : readAmounts(clean);
  if (!amounts || amounts.months !== undefined || amounts.years !== undefined) return undefined;
  const { weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0 } = amounts;
  const length = ((((weeks * 7 + days) * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000;
  return length > 0 && length <= LONGEST_DURATION ? Math.round(length) : undefined;
}

/** Pasted text carries direction marks and odd spaces; they are not part of what was said. */
function cleanText(text: string): string {
  const start = text.slice(0, 10 * LONGEST).normalize("NFKC");
  return start
    .replace(/\p{Cf}/gu, "")
    .replace(/[\s\p{Cc}]+/gu, " ")
    .trim();
}

function refuse(refused: Refusal, understood = ""): Refused {
  return understood.trim() === "" ? { refused } : { refused, understood: understood.trim() };
}

/** "now", "2 hours ago", "in 90 minutes": exact even in an hour that the clock shows twice. */
function readInstant(text: string, now: DateTime): When | undefined {
  if (/^(?:(?:right|just) )?now$/i.test(text)) return { at: now, hasTime: true };
  const [, ahead, words = "", behind] = /^(in )?(.+?)( ago| from now)?$/i.exec(text) ?? [];
  const amounts = (ahead === undefined) !== (behind === undefined) ? readAmounts(words) : undefined;
  if ((amounts?.hours ?? amounts?.minutes ?? amounts?.seconds) === undefined || !amounts) return undefined;
  return { at: behind?.toLowerCase() === " ago" ? now.minus(amounts) : now.plus(amounts), hasTime: true };
}

/** Not left to chrono: it takes ".5" for 5 milliseconds. */
function readIso(text: string, now: DateTime): When | undefined {
  if (!ISO.test(text)) return undefined;
  const read = DateTime.fromISO(text.toUpperCase().replace(" ", "T"), { zone: now.zone });
  return read.isValid ? { at: takeFirst(read), hasTime: text.length > 10 } : refuse("impossible", text);
}

function readWords(text: string, now: DateTime, prefer: Prefer): When {
  const numbers = spellNumbers(text);
  if (typeof numbers !== "string") return refuse(numbers.wrong, numbers.words);
  const days = numbers.replace(/\b(tue|wed)s\b/gi, "$1");
  const words = days.replace(FILLERS, " ").replace(PARTS_OF_DAY, " ").replace(/\s+/g, " ").trim();
  const impossible = findImpossible(words);
  if (impossible) return refuse("impossible", impossible);
  const results = parseWords(words, now);
  const understood = results.map((each) => each.text).join(", ");
  const [result] = results;
  if (!result || results.length > 1 || result.end || BOUND.test(result.text))
    return refuse("not-a-date", understood);
  if (/[^\s.?!()'"–-]/.test(words.replace(result.text, " "))) return refuse("not-a-date", understood);
  const { start } = result;
  const offset = start.isCertain("timezoneOffset") ? start.get("timezoneOffset") : null;
  const here = offset === null ? now : now.setZone(FixedOffsetZone.instance(offset));
  if (offset !== null && here.offset !== now.offset) return readWords(text, here, prefer);
  if (start.isCertain("hour") && !STATED_TIME.test(result.text)) return refuse("not-a-date", understood);
  const vague = LATE_PART.test(text) && !start.isCertain("meridiem") && (start.get("hour") ?? 0) < 12;
  if (start.isCertain("hour") && vague) return refuse("ambiguous", text);
  return completeDay(result, here, prefer);
}

/**
 * Runs chrono on a floating wall clock: it does its sums in the machine's zone and knows no daylight saving but that
 * one's. Noon as its now is far from every change of clocks.
 */
function parseWords(text: string, now: DateTime): ParsedResult[] {
  const chrono = new Chrono({ parsers: [...dayWords(now), ...en.strict.parsers], refiners: REFINERS });
  return chrono.parse(text, {
    instant: new Date(Date.UTC(now.year, now.month - 1, now.day, 12)),
    timezone: 0,
  });
}

/** The words whose sums luxon does for chrono, in the right zone. */
function dayWords(now: DateTime): Parser[] {
  const readDay = (day: DateTime) => ({ year: day.year, month: day.month, day: day.day });
  const relative = new RegExp(
    `\\bin\\s+(${AMOUNT_OF_DAYS})\\b|\\b(${AMOUNT_OF_DAYS})\\s+(ago|from\\s+now)\\b`,
    "i",
  );
  return [
    {
      pattern: () => new RegExp(`\\b(?:${Object.keys(DAY_WORDS).join("|").replaceAll(" ", "\\s+")})\\b`, "i"),
      extract: (_, [word]) => readDay(now.plus({ days: DAY_WORDS[word.toLowerCase()] ?? 0 })),
    },
    {
      pattern: () => /\b(?:12\s*)?(noon|midday|midnight)\b/i,
      extract: (_, [, word]) =>
        word?.toLowerCase() === "midnight"
          ? { hour: 0, minute: 0, meridiem: 0 }
          : { hour: 12, minute: 0, meridiem: 1 },
    },
    {
      pattern: () => relative,
      extract: (_, [, ahead, counted = "", direction]) => {
        const amounts = readAmounts(ahead ?? counted) ?? {};
        return readDay(direction?.toLowerCase() === "ago" ? now.minus(amounts) : now.plus(amounts));
      },
    },
  ];
}

function completeDay(result: ParsedResult, now: DateTime, prefer: Prefer): When {
  const { start, text } = result;
  const hasTime = start.isCertain("hour");
  const clock = hasTime ? readClock(start) : NOON;
  const weekday = start.isCertain("weekday") ? start.get("weekday") || 7 : undefined;
  const step = prefer === "past" ? -1 : 1;
  const isBeyond = (at: DateTime) => hasTime && (at.toMillis() - now.toMillis()) * step < 0;
  if (start.isCertain("day") && start.isCertain("month")) {
    const day = start.isCertain("year") ? findDate(start) : findYear(start, now, step, weekday !== undefined);
    if (!day?.isValid || (weekday && day.weekday !== weekday)) return refuse("impossible", text);
    return { at: onDay(day, clock, now), hasTime };
  }
  if (start.isCertain("day") || start.isCertain("month") || start.isCertain("year"))
    return refuse("not-a-date", text);
  if (!weekday) {
    if (!hasTime) return refuse("not-a-date", text);
    const at = onDay(now, clock, now);
    return { at: isBeyond(at) ? onDay(now.plus({ days: step }), clock, now) : at, hasTime };
  }
  if (/\b(?:weekend|weekday)\b/i.test(text)) return refuse("not-a-date", text);
  if (/\b(?:this|last|past|next)\b/i.test(text)) return { at: onDay(findDate(start), clock, now), hasTime };
  const away = (step * (weekday - now.weekday) + 7) % 7;
  const at = onDay(now.plus({ days: step * away }), clock, now);
  return { at: isBeyond(at) ? onDay(at.plus({ weeks: step }), clock, now) : at, hasTime };
}

function readClock(components: ParsedComponents): Clock {
  const part = (name: keyof Clock) => components.get(name) ?? 0;
  return {
    hour: part("hour"),
    minute: part("minute"),
    second: part("second"),
    millisecond: part("millisecond"),
  };
}

function findDate(components: ParsedComponents): DateTime {
  return DateTime.utc(components.get("year") ?? 0, components.get("month") ?? 0, components.get("day") ?? 0);
}

/**
 * The nearest year in which the day exists: 29 February may be eight years away, 31 February never comes. A weekday
 * beside it means the nearest of all: "Thu 5 Nov", said the day before, is tomorrow even where the past is preferred.
 */
function findYear(components: ParsedComponents, now: DateTime, step: 1 | -1, isNearest: boolean) {
  const [month, day] = [components.get("month") ?? 0, components.get("day") ?? 0];
  const today = DateTime.utc(now.year, now.month, now.day);
  const distance = (date: DateTime) => (date.toMillis() - today.toMillis()) * step;
  return Array.from({ length: 17 }, (_, index) => DateTime.utc(now.year + index - 8, month, day))
    .filter((date) => date.isValid && (isNearest || distance(date) >= 0))
    .sort((a, b) => Math.abs(distance(a)) - Math.abs(distance(b)))[0];
}

function onDay(day: DateTime, clock: Clock, now: DateTime): DateTime {
  return takeFirst(
    DateTime.fromObject({ year: day.year, month: day.month, day: day.day, ...clock }, { zone: now.zone }),
  );
}

/** Of an hour that comes twice, luxon takes the one whose offset holds on the machine's own day. */
function takeFirst(at: DateTime): DateTime {
  return at.getPossibleOffsets()[0] ?? at;
}
