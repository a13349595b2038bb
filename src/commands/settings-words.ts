import { IANAZone } from "luxon";
import type { FreezeTyped, RemindTyped } from "../replies/forms.ts";
import { head } from "../replies/printable.ts";
import type { FreezeProblem } from "../replies/settings.ts";
import type { View } from "../replies/times.ts";
import { toDay } from "../scheduling/calendar.ts";
import { REMINDER_UNITS } from "../scheduling/reminder-offsets.ts";
import { readWhen, type When } from "../scheduling/when.ts";
import { type Freeze, REMINDER_TOPICS, type ReminderTopic } from "../settings.ts";
import { type HoursAsked, readDays, readDigest, readHoursForm, readQuiet } from "./settings-hours.ts";
import type { Fields } from "./tails.ts";

/** What someone wants of the settings. */
export type SettingAsked =
  | { kind: "show" }
  | { kind: "zone"; zone: string }
  | { kind: "freezes" }
  | { kind: "add-freeze"; freeze: Freeze; typed: FreezeTyped }
  | { kind: "remove-freeze"; number: number; given: string }
  | { kind: "reminders" }
  | { kind: "remind"; topic: ReminderTopic; offsets: number[] | "default" }
  | { kind: "bad-zone"; given: string }
  | { kind: "bad-freeze"; typed: FreezeTyped; problems: { from?: FreezeProblem; to?: FreezeProblem } }
  | { kind: "no-freeze-word"; given: string }
  | { kind: "bad-remind"; typed: RemindTyped; topic?: ReminderTopic }
  | { kind: "hours"; wanted: HoursAsked }
  | { kind: "unknown"; given: string };

const MAX_FREEZE_DAYS = 366;
const MAX_OFFSETS = 6;
const ISO_DAY = /^\d{4}-\d\d-\d\d$/;

/** Reads what follows "settings", or what a form says in its stead. */
export function readSetting(fields: Fields, view: View): SettingAsked {
  const { words = "", zone, from, to, why = "", topic, times } = fields;
  if (zone !== undefined) return readZone(zone.trim());
  if (topic !== undefined || times !== undefined)
    return checkRemind({ topic: (topic ?? "").trim(), times: (times ?? "").trim() });
  const wanted = readHoursForm(fields);
  if (wanted) return { kind: "hours", wanted };
  if (from === undefined && to === undefined) return readWords(words, view);
  return checkFreeze({ from: (from ?? "").trim(), to: (to ?? "").trim(), why: why.trim() }, view);
}

/** How people call a setting. */
const CALLED: readonly [RegExp, string][] = [
  [/^(?:the|our|my)\s+/i, ""],
  [/^work(?:ing)?[ -]?days\b/i, "days"],
  [/^time[ -]?zone\b/i, "zone"],
  [/^weekly (?=digest\b)/i, ""],
  [/^quite\b/i, "quiet"],
];

function readWords(given: string, view: View): SettingAsked {
  const text = CALLED.reduce((said, [name, ours]) => said.replace(name, ours), given.trim());
  const [first = "", ...words] = text.split(" ");
  switch (first.toLowerCase()) {
    case "":
    case "show":
      return { kind: "show" };
    case "zone":
      return readZone(words.join(" "));
    case "freeze":
    case "freezes":
      return readFreeze(words, view);
    case "remind":
    case "reminder":
    case "reminders":
      return words.length === 0 ? { kind: "reminders" } : readRemind(words);
    case "quiet":
      return { kind: "hours", wanted: readQuiet(words.join(" ").replace(/^hours\b ?/i, "")) };
    case "days":
      return { kind: "hours", wanted: readDays(words.join(" ")) };
    case "digest":
      return { kind: "hours", wanted: readDigest(words.join(" ")) };
    default:
      return { kind: "unknown", given: first };
  }
}

function readZone(given: string): SettingAsked {
  const zone = given.replaceAll(" ", "_");
  // The name as the zone's database writes it, so that "europe/berlin" is shown as Europe/Berlin.
  // "IST" is Irish, Indian and Israeli; only names that say which are taken.
  const isKnown = /\/|^(?:utc|gmt)$/i.test(zone) && IANAZone.isValidZone(zone);
  if (!isKnown) return { kind: "bad-zone", given };
  const { timeZone } = new Intl.DateTimeFormat("en-US", { timeZone: zone }).resolvedOptions();
  // Asia/Kolkata is Asia/Calcutta to Node: who writes a name with capitals means it so.
  const isOther = timeZone.toLowerCase() !== zone.toLowerCase() && /[A-Z]/.test(zone);
  return { kind: "zone", zone: isOther ? zone : timeZone };
}

function readFreeze(words: readonly string[], view: View): SettingAsked {
  const [does = "list", ...rest] = words;
  const given = rest.join(" ");
  switch (does.toLowerCase()) {
    case "list":
    case "show":
      return { kind: "freezes" };
    case "remove":
    case "delete":
      return { kind: "remove-freeze", number: /^\d{1,3}$/.test(given) ? Number(given) : Number.NaN, given };
    case "add":
      return checkFreeze(splitFreeze(given, view), view);
    default:
      return /\d/.test(words.join(" "))
        ? checkFreeze(splitFreeze(words.join(" "), view), view)
        : { kind: "no-freeze-word", given: does };
  }
}

/** "2026-12-21 to 2027-01-04 year end": two days in people's words, then why. Without "to": two ISO dates, or one. */
function splitFreeze(given: string, view: View): FreezeTyped {
  const [, first, second, reason = ""] = /^(\S+) (\d{4}-\d\d-\d\d)(?: (.*))?$/.exec(given) ?? [];
  if (first && second && ISO_DAY.test(first)) return { from: first, to: second, why: reason };
  const [isSplit, before = "", after = ""] = /^(.*?) (?:to|until|till|-|–)(?: (.*))?$/i.exec(given) ?? [];
  if (isSplit !== undefined) {
    const words = after.split(" ");
    const count = countDayWords(words, view);
    return { from: before, to: words.slice(0, count).join(" "), why: words.slice(count).join(" ") };
  }
  const [day = "", ...why] = given.split(" ");
  return ISO_DAY.test(day) ? { from: day, to: day, why: why.join(" ") } : { from: given, to: "", why: "" };
}

/** How many words a day begins with: as many as can be, or as few as make one that does not exist. */
function countDayWords(words: readonly string[], view: View): number {
  const counts = words.map((_, index) => index + 1);
  const read = (count: number) => readDay(words.slice(0, count).join(" "), view);
  const isRefusedDay = (count: number) => {
    const day = read(count);
    return typeof day !== "string" && day.refused !== "not-a-date";
  };
  return (
    counts.findLast((count) => typeof read(count) === "string") ?? counts.find(isRefusedDay) ?? words.length
  );
}

function checkFreeze(typed: FreezeTyped, view: View): SettingAsked {
  const [from, to] = [readDay(typed.from, view), readDay(typed.to, view)];
  if (typeof from !== "string" || typeof to !== "string") {
    const problems = { ...(typeof from !== "string" && { from }), ...(typeof to !== "string" && { to }) };
    return { kind: "bad-freeze", typed, problems };
  }
  const days = toDay(to) - toDay(from);
  if (days < 0) return { kind: "bad-freeze", typed, problems: { to: "order" } };
  if (days > MAX_FREEZE_DAYS) return { kind: "bad-freeze", typed, problems: { to: "too-long" } };
  return {
    kind: "add-freeze",
    freeze: { from, to, why: head(typed.why, 80) || "no reason given" },
    typed,
  };
}

/** A freeze may have begun already: a day and month without a year that is half a year ahead, or more, was the last one. */
function readDay(text: string, view: View): string | Extract<When, { refused: string }> {
  const [ahead, behind] = (["future", "past"] as const).map((prefer) =>
    readWhen(text, view.now, view.zone, prefer),
  );
  if (!ahead || "refused" in ahead) return ahead ?? { refused: "empty" };
  const isFar = ahead.at > view.now.plus({ months: 6 });
  const read = isFar && behind && !("refused" in behind) ? behind : ahead;
  return read.at.toISODate() ?? "";
}

function readRemind(words: readonly string[]): SettingAsked {
  const text = words.join(" ");
  // "test link 24" as well: that is how the settings call it.
  const topic = REMINDER_TOPICS.find((one) => `${inWords(text)} `.startsWith(`${inWords(one)} `));
  if (topic) return checkRemind({ topic, times: text.slice(topic.length).trim() });
  const [first = "", ...rest] = words;
  return checkRemind({ topic: first, times: rest.join(" ") });
}

function inWords(topic: string): string {
  return topic.toLowerCase().replaceAll("-", " ");
}

function checkRemind(typed: RemindTyped): SettingAsked {
  const { times } = typed;
  const topic = REMINDER_TOPICS.find((one) => inWords(one) === inWords(typed.topic));
  if (!topic) return { kind: "bad-remind", typed };
  if (/^(?:off|none|never)$/i.test(times)) return { kind: "remind", topic, offsets: [] };
  if (/^(?:default|on)$/i.test(times)) return { kind: "remind", topic, offsets: "default" };
  const { suffix, max } = REMINDER_UNITS[topic];
  const offsets = times.split(/[\s,]+/).map((part) => readOffset(part, suffix));
  const isFine = offsets.length <= MAX_OFFSETS && offsets.every((one) => one >= 0 && one <= max);
  return isFine
    ? { kind: "remind", topic, offsets: [...new Set(offsets)].toSorted((a, b) => b - a) }
    : { kind: "bad-remind", typed, topic };
}

/** "24", "24h" where hours are meant, "3d" where days are, "9:00" where an hour of the day is. */
function readOffset(text: string, suffix: string): number {
  const [, number, unit = ""] = /^(\d{1,3})(h|d|:00)?$/i.exec(text) ?? [];
  return number && (unit === "" || unit.toLowerCase() === suffix) ? Number(number) : Number.NaN;
}
