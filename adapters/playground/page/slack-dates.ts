import { make } from "./dom.ts";
import { momentText, READERS_ZONE } from "./times.ts";

/** A moment in the reader's zone, in the form that Slack's tokens ask for. */
export function slackDate(
  seconds: number,
  format: string,
  fallback: string | undefined,
  now: Date,
): HTMLElement {
  const at = new Date(seconds * 1000);
  if (Number.isNaN(at.getTime())) return make("span", {}, fallback);
  const title = momentText(at, READERS_ZONE);
  return make("time", { datetime: at.toISOString(), title }, fillDateTokens(format, at, now));
}

/** `now` decides what "today" is. */
function fillDateTokens(format: string, at: Date, now: Date): string {
  return format.replace(/\{(\w+)\}/g, (token, name: string) => TOKENS[name]?.(at, now) ?? token);
}

type Show = (at: Date, now: Date) => string;

const MINUTE = 60_000;
const usesHour12 = new Intl.DateTimeFormat(undefined, { hour: "numeric" }).resolvedOptions().hour12;

function spell(options: Intl.DateTimeFormatOptions): Show {
  const format = new Intl.DateTimeFormat("en-US", options);
  return (at) => format.format(at);
}

const number: Show = (at) =>
  [at.getFullYear(), at.getMonth() + 1, at.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
const short = spell({ month: "short", day: "numeric", year: "numeric" });
const month = spell({ month: "long" });
const weekday = spell({ weekday: "long" });
const date: Show = (at, now) => `${month(at, now)} ${ordinal(at.getDate())}, ${at.getFullYear()}`;
const long: Show = (at, now) => `${weekday(at, now)}, ${date(at, now)}`;
const time = spell({ hour: "numeric", minute: "2-digit", hour12: usesHour12 });

const TOKENS: Record<string, Show> = {
  date_num: number,
  date_slash: spell({ month: "2-digit", day: "2-digit", year: "numeric" }),
  date,
  date_short: short,
  date_long: long,
  date_long_full: long,
  date_pretty: nearby(date),
  date_short_pretty: nearby(short),
  date_long_pretty: nearby(long),
  time,
  time_secs: spell({ hour: "numeric", minute: "2-digit", second: "2-digit", hour12: usesHour12 }),
  ago,
};

/** Slack says yesterday, today and tomorrow where it can. */
function nearby(far: Show): Show {
  return (at, now) => {
    const days = Math.round((midnight(at) - midnight(now)) / (24 * 60 * MINUTE));
    return { "-1": "yesterday", "0": "today", "1": "tomorrow" }[String(days)] ?? far(at, now);
  };
}

function ago(at: Date, now: Date): string {
  const minutes = Math.round((at.getTime() - now.getTime()) / MINUTE);
  const format = new Intl.RelativeTimeFormat("en-US", { numeric: "auto" });
  if (Math.abs(minutes) < 60) return format.format(minutes, "minute");
  if (Math.abs(minutes) < 24 * 60) return format.format(Math.round(minutes / 60), "hour");
  return format.format(Math.round(minutes / (24 * 60)), "day");
}

function midnight(at: Date): number {
  return new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime();
}

function ordinal(day: number): string {
  const ending = { one: "st", two: "nd", few: "rd" }[
    new Intl.PluralRules("en", { type: "ordinal" }).select(day) as "one" | "two" | "few"
  ];
  return `${day}${ending ?? "th"}`;
}
