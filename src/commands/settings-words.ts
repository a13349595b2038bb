import { IANAZone } from "luxon";
import type { View } from "../replies/times.ts";
import { toDay } from "../scheduling/calendar.ts";
import { REMINDER_UNITS } from "../scheduling/reminder-offsets.ts";
import { readWhen } from "../scheduling/when.ts";
import { type Freeze, REMINDER_TOPICS, type ReminderTopic } from "../settings.ts";
import type { Fields } from "./tails.ts";

/** What someone wants of the settings. */
export type SettingAsked =
  | { kind: "show" }
  | { kind: "zone"; zone: string }
  | { kind: "freezes" }
  | { kind: "add-freeze"; freeze: Freeze }
  | { kind: "remove-freeze"; number: number; given: string }
  | { kind: "remind"; topic: ReminderTopic; offsets: number[] | "default" }
  | { kind: "bad-zone"; given: string }
  | { kind: "bad-freeze"; problem: "dates" | "order" | "too-long" | "words"; given: string }
  | { kind: "bad-remind"; given: string; topic?: ReminderTopic }
  | { kind: "unknown"; given: string };

const MAX_FREEZE_DAYS = 366;
const MAX_OFFSETS = 6;

/** What was typed after "settings", or what a form says in its stead. */
export function settingWords({ words, zone, from, to, why = "" }: Fields): string {
  if (zone !== undefined) return `zone ${zone.trim()}`;
  if (from !== undefined)
    return `freeze add ${from.trim()} to ${(to ?? "").trim() || from.trim()} ${why.trim()}`.trim();
  return words ?? "";
}

/** Reads what follows "settings". */
export function readSetting(text: string, view: View): SettingAsked {
  const [first = "", ...words] = text.trim().split(" ");
  switch (first.toLowerCase()) {
    case "":
    case "show":
      return { kind: "show" };
    case "zone":
    case "timezone":
      return readZone(words.join(" "));
    case "freeze":
    case "freezes":
      return readFreeze(words, view);
    case "remind":
    case "reminder":
    case "reminders":
      return words.length === 0 ? { kind: "show" } : readRemind(words);
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
  return {
    kind: "zone",
    zone: new Intl.DateTimeFormat("en-US", { timeZone: zone }).resolvedOptions().timeZone,
  };
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
      return readFreezeDates(given, view);
    default:
      return /\d/.test(words.join(" "))
        ? readFreezeDates(words.join(" "), view)
        : { kind: "bad-freeze", problem: "words", given: does };
  }
}

/** "2026-12-21 to 2027-01-04 year end": two dates in people's words, then why. */
function readFreezeDates(given: string, view: View): SettingAsked {
  const [before, ...after] = given.split(/\s+(?:to|until|till|-|–)\s+/i);
  const afterWords = (after.join(" to ") || "").split(" ");
  const from = dayIn(before ?? "", view);
  for (let count = afterWords.length; count > 0; count -= 1) {
    const to = dayIn(afterWords.slice(0, count).join(" "), view);
    if (from && to) return checkFreeze({ from, to, why: whyOf(afterWords.slice(count)) }, given);
  }
  // Without "to": two ISO dates, or one day.
  if (after.length > 0) return { kind: "bad-freeze", problem: "dates", given };
  const [, first, second, why = ""] =
    /^(\d{4}-\d\d-\d\d)(?:\s+(\d{4}-\d\d-\d\d))?(?:\s+(.*))?$/.exec(given) ?? [];
  if (!first || !dayIn(first, view) || (second && !dayIn(second, view))) {
    return { kind: "bad-freeze", problem: "dates", given };
  }
  return checkFreeze({ from: first, to: second ?? first, why: whyOf(why.split(" ")) }, given);
}

function checkFreeze(freeze: Freeze, given: string): SettingAsked {
  const days = toDay(freeze.to) - toDay(freeze.from);
  if (days < 0) return { kind: "bad-freeze", problem: "order", given };
  if (days > MAX_FREEZE_DAYS) return { kind: "bad-freeze", problem: "too-long", given };
  return { kind: "add-freeze", freeze };
}

function whyOf(words: readonly string[]): string {
  return words.join(" ").trim().slice(0, 80) || "no reason given";
}

/** A freeze may have begun already: a day without a year is looked for from half a year ago on. */
function dayIn(text: string, view: View): string | undefined {
  const read = readWhen(text, view.now.minus({ months: 6 }), view.zone, "future");
  return "refused" in read ? undefined : (read.at.toISODate() ?? undefined);
}

function readRemind(words: readonly string[]): SettingAsked {
  const [named = "", ...values] = words;
  const topic = REMINDER_TOPICS.find((one) => one === named.toLowerCase());
  if (!topic) return { kind: "bad-remind", given: named };
  const given = values.join(" ");
  if (/^(?:off|none|never)$/i.test(given)) return { kind: "remind", topic, offsets: [] };
  if (/^(?:default|on)$/i.test(given)) return { kind: "remind", topic, offsets: "default" };
  const { suffix, max } = REMINDER_UNITS[topic];
  const offsets = given.split(/[\s,]+/).map((part) => readOffset(part, suffix));
  const isFine = offsets.length <= MAX_OFFSETS && offsets.every((one) => one >= 0 && one <= max);
  return isFine
    ? { kind: "remind", topic, offsets: [...new Set(offsets)].toSorted((a, b) => b - a) }
    : { kind: "bad-remind", given, topic };
}

/** "24", "24h" where hours are meant, "3d" where days are, "9:00" where an hour of the day is. */
function readOffset(text: string, suffix: string): number {
  const [, number, unit = ""] = /^(\d{1,3})(h|d|:00)?$/i.exec(text) ?? [];
  return number && (unit === "" || unit.toLowerCase() === suffix) ? Number(number) : Number.NaN;
}
