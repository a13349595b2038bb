import type { DigestProblems, QuietProblems } from "../replies/settings-hours.ts";
import { type DigestTyped, type QuietTyped, WEEKDAYS } from "../replies/settings-hours-forms.ts";
import type { QuietHours } from "../settings.ts";
import type { Fields } from "./tails.ts";
import { isNearly } from "./typos.ts";

/** What someone wants of the hours in which they hear something. Weekdays count from Monday, which is 1. */
export type HoursAsked =
  | { kind: "show-quiet" }
  | { kind: "quiet"; quiet: QuietHours | "off" | "default" }
  | { kind: "bad-quiet"; typed: QuietTyped; problems: QuietProblems }
  | { kind: "show-days" }
  | { kind: "days"; days: number[] | "default" }
  | { kind: "bad-days"; given: string }
  | { kind: "show-digest" }
  | { kind: "digest"; weekday: number; at: string }
  | { kind: "no-digest" }
  | { kind: "bad-digest"; typed: DigestTyped; problems: DigestProblems };

const SHOW = /^(?:show)?$/i;
const OFF = /^(?:off|none|never|no|stop)$/i;
const DEFAULT = /^(?:default|defaults|on)$/i;

/** What a form says; undefined: it is another form's. */
export function readHoursForm(fields: Fields): HoursAsked | undefined {
  const { quietFrom, quietTo, days, digestDay, digestAt } = fields;
  if (quietFrom !== undefined || quietTo !== undefined)
    return checkQuiet({ from: (quietFrom ?? "").trim(), to: (quietTo ?? "").trim() });
  if (days !== undefined) return checkDays(days.trim());
  if (digestDay !== undefined || digestAt !== undefined)
    return checkDigest({ day: (digestDay ?? "").trim(), at: (digestAt ?? "").trim() });
  return undefined;
}

/** "20:00-8:00", "8pm to 8am", "from 20 until 8". */
export function readQuiet(text: string): HoursAsked {
  if (SHOW.test(text)) return { kind: "show-quiet" };
  const bare = text.replace(/^(?:(?:to|from|between)\s+)+/i, "");
  const [, from = bare, to = ""] =
    /^(.+?)(?:\s*[-–—]\s*|\s+(?:to|until|till|and)\s+)(.+)$/i.exec(bare) ??
    /^(\S+) (\d\S*)$/.exec(bare) ??
    [];
  return checkQuiet({ from, to });
}

function checkQuiet(typed: QuietTyped): HoursAsked {
  if (OFF.test(typed.from)) return { kind: "quiet", quiet: "off" };
  if (DEFAULT.test(typed.from)) return { kind: "quiet", quiet: "default" };
  const [from, to] = [readTime(typed.from), readTime(typed.to)];
  if (from && to && from !== to) return { kind: "quiet", quiet: { from, to } };
  const problems: QuietProblems = {
    ...(!from && { from: typed.from === "" ? "missing" : "no-time" }),
    ...(!to && { to: typed.to === "" ? "missing" : "no-time" }),
    ...(from && from === to && { to: "same" }),
  };
  return { kind: "bad-quiet", typed, problems };
}

/** "mon-fri", "sun to thu", "monday, tuesday and friday", "every day". */
export function readDays(text: string): HoursAsked {
  return SHOW.test(text) ? { kind: "show-days" } : checkDays(text);
}

function checkDays(given: string): HoursAsked {
  if (DEFAULT.test(given)) return { kind: "days", days: "default" };
  if (/^(?:all|any|every ?day|daily|all days|always)$/i.test(given))
    return { kind: "days", days: [1, 2, 3, 4, 5, 6, 7] };
  const parts = given
    .replace(/^to\s+/i, "")
    .replace(/^(?:weekdays|work(?:ing )?days)$/i, "mon-fri")
    .replace(/\s*[-–—]\s*|\s+(?:to|through|until|till)\s+/gi, "-")
    .split(/[\s,;&+]+(?:and\s+)?/i);
  const days = parts.flatMap(readSpan);
  return parts.length > 0 && days.every((day) => day > 0)
    ? { kind: "days", days: [...new Set(days)].toSorted((a, b) => a - b) }
    : { kind: "bad-days", given };
}

/** "mon", or "fri-mon"; 0 for what is no day. */
function readSpan(text: string): number[] {
  const [first = "", last = first, ...more] = text.split("-");
  const [from, to] = [readWeekday(first), readWeekday(last)];
  if (!from || !to || more.length > 0) return [0];
  return Array.from({ length: ((to - from + 7) % 7) + 1 }, (_, index) => ((from - 1 + index) % 7) + 1);
}

/** "monday 9:00", "every friday at 3pm". */
export function readDigest(text: string): HoursAsked {
  if (SHOW.test(text)) return { kind: "show-digest" };
  if (OFF.test(text)) return { kind: "no-digest" };
  const words = text
    .split(/[\s,]+/)
    .filter((word) => !/^(?:every|each|weekly|on|at|to|here|@|)$/i.test(word));
  const known = words.findIndex((word) => readWeekday(word));
  const day = known >= 0 ? known : words.findIndex((word) => /^\p{L}{3,}/u.test(word));
  return checkDigest({ day: words[day] ?? "", at: words.filter((_, index) => index !== day).join(" ") });
}

function checkDigest(typed: DigestTyped): HoursAsked {
  const [weekday, at] = [readWeekday(typed.day), readTime(typed.at)];
  if (weekday && at) return { kind: "digest", weekday, at };
  const problems: DigestProblems = {
    ...(!weekday && { day: typed.day === "" ? "missing" : "no-day" }),
    ...(!at && { at: typed.at === "" ? "missing" : (behindTime(typed.at) ?? "no-time") }),
  };
  return { kind: "bad-digest", typed, problems };
}

/** "9am PST": what stands behind a time of day; undefined: there is none before it. */
function behindTime(text: string): { behind: string } | undefined {
  const words = text.split(" ");
  const count = words.findLastIndex((_, index) => readTime(words.slice(0, index).join(" ")));
  return count < 0 ? undefined : { behind: words.slice(count).join(" ") };
}

/** "mon", "Mondays", "mons", "mo" and "mondya" are 1; undefined for what is no weekday. */
function readWeekday(text: string): number | undefined {
  const word = text
    .toLowerCase()
    .replace(/[.,]$/, "")
    .replace(/(?<=...)s$/, "");
  if (word.length < 2) return undefined;
  const days = WEEKDAYS.map((day) => day.toLowerCase());
  const begun = word === "thr" ? days.indexOf("thursday") : days.findIndex((day) => day.startsWith(word));
  const at = begun < 0 ? days.findIndex((day) => isNearly(day, word)) : begun;
  return at < 0 ? undefined : at + 1;
}

const NAMED_TIMES = new Map([
  ["noon", "12:00"],
  ["midday", "12:00"],
  ["midnight", "00:00"],
]);

/** "8", "8:30", "20.00", "0830", "8pm", "8:30 a.m.", "noon" as "20:00"; undefined for what is no time of day. */
function readTime(text: string): string | undefined {
  const named = NAMED_TIMES.get(text.toLowerCase());
  if (named) return named;
  const [, hours, minutes = "00", half] =
    /^(\d{1,2})(?:[:.]?(\d\d))?\s*(?:([ap])\.?m\.?|h|o'clock)?$/i.exec(text) ?? [];
  if (hours === undefined || Number(minutes) > 59) return undefined;
  const hour = Number(hours);
  if (half && (hour < 1 || hour > 12)) return undefined;
  if (hour > 24 || (hour === 24 && minutes !== "00")) return undefined;
  const shift = half?.toLowerCase() === "p" ? 12 : 0;
  return `${`${half ? (hour % 12) + shift : hour % 24}`.padStart(2, "0")}:${minutes}`;
}
