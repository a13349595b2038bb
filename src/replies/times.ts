import type { DateTime } from "luxon";
import { remembering } from "../remembering.ts";
import type { Span } from "../reply.ts";
import { type Calendar, type Closed, pacificDay, toDay, toIso, weekdayOf } from "../scheduling/calendar.ts";
import type { CutOff } from "../scheduling/rollout.ts";
import { PACIFIC, zoneNamed } from "../scheduling/zones.ts";
import type { Settings } from "../settings.ts";

/** For whom and when a reply is made. */
export interface View {
  /** In the reader's zone, with their locale. */
  now: DateTime;
  /** The reader's IANA zone. */
  zone: string;
  calendar: Calendar;
  settings: Settings;
}

const LOCALE = "en-US";
/** English, with a day of 24 hours: for readers whose locale is not known. */
export const PLAIN_LOCALE = "en-GB";
/** About as many as there are. */
const ZONES_KEPT = 500;
const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** A moment, in the reader's zone with Pacific beside it. */
export function moment(at: DateTime, view: View): Span {
  return { time: at.setZone(zoneNamed(view.zone)).setLocale(view.now.locale ?? ""), pacific: true };
}

/** "Thu 5 Nov 2026, 18:15 GMT+1 (09:15 PST)": the zone of `at` first, Pacific beside it where the two differ. */
export function momentText(at: DateTime, pacific = true): string {
  const text = `${dayText(at.toISODate() ?? "")}, ${clockText(at)}`;
  if (!pacific) return text;
  const there = at.setZone(PACIFIC);
  if (at.offset === there.offset) return text;
  return `${text} (${at.day === there.day ? clockText(there) : pacificText(at)})`;
}

/** "Thu 5 Nov, 09:15 PST": with its weekday, which may not be the reader's. */
export function pacificText(at: DateTime): string {
  const there = at.setZone(PACIFIC);
  return `${shortDay(there.toISODate() ?? "")}, ${clockText(there)}`;
}

/** "18:15 GMT+1"; "6:15 PM GMT+1" where the reader's locale counts so. */
function clockText(at: DateTime): string {
  const minute = `${at.minute}`.padStart(2, "0");
  if (!countsTwiceTwelve(at.locale ?? ""))
    return `${`${at.hour}`.padStart(2, "0")}:${minute} ${zoneName(at)}`;
  return `${at.hour % 12 || 12}:${minute} ${at.hour < 12 ? "AM" : "PM"} ${zoneName(at)}`;
}

const countsTwiceTwelve = remembering((locale: string) => {
  const cycle = hourCycleOf(locale);
  return cycle === "h11" || cycle === "h12";
}, ZONES_KEPT);

/** Platforms write locales in several ways ("en_US"), and what is none says nothing of the clock. */
function hourCycleOf(locale: string): string | undefined {
  try {
    return new Intl.DateTimeFormat(locale.replaceAll("_", "-"), { hour: "numeric" }).resolvedOptions()
      .hourCycle;
  } catch {
    return undefined;
  }
}

/** What a zone is called at a moment: "PST", "GMT+1". */
function zoneName(at: DateTime): string {
  const { zone } = at;
  // Only the zones of Intl can have another name tomorrow.
  if (zone.type !== "iana") return zone.offsetName(at.toMillis(), { format: "short", locale: LOCALE }) ?? "";
  // Clocks change on the minute, and one reply says the same moment many times.
  const minute = `${zone.name} ${Math.floor(at.toMillis() / 60_000)}`;
  const known = zoneNames.get(minute);
  if (known !== undefined) return known;
  const parts = zoneFormat(zone.name).formatToParts(at.toMillis());
  const name = parts.find(({ type }) => type === "timeZoneName")?.value ?? "";
  if (zoneNames.size >= NAMES_KEPT) zoneNames.clear();
  zoneNames.set(minute, name);
  return name;
}

const zoneNames = new Map<string, string>();
const NAMES_KEPT = 5_000;

/** Making a formatter takes longer than all the rest of an answer, and luxon makes one for every name of a zone. */
const zoneFormat = remembering(
  (timeZone: string) => new Intl.DateTimeFormat(LOCALE, { timeZone, timeZoneName: "short" }),
  ZONES_KEPT,
);

/** "Fri 6 Nov 2026" for an ISO date. */
export function dayText(iso: string): string {
  return `${shortDay(iso)} ${iso.slice(0, 4)}`;
}

/** "Fri 6 Nov" for an ISO date: where the year stands nearby. */
export function shortDay(iso: string): string {
  const [month, day] = [Number(iso.slice(5, 7)), Number(iso.slice(8))];
  return `${WEEKDAYS[weekdayOf(toDay(iso)) - 1]} ${day} ${MONTHS[month - 1]}`;
}

/** "Fri 6 Nov", with its year when it is not this one: for tables, which are narrow. */
export function nearDay(iso: string, view: View): string {
  return iso.slice(0, 5) === toIso(pacificDay(view.now)).slice(0, 5) ? shortDay(iso) : dayText(iso);
}

/** The Pacific day of an instant: "Fri 6 Nov 2026". */
export function pacificDayText(at: DateTime): string {
  return dayText(toIso(pacificDay(at)));
}

/** "today", "in 8 days", "3 days ago", counted in Pacific days; a near day says so where the reader has another date. */
export function daysAway(iso: string, view: View): string {
  const today = pacificDay(view.now);
  const days = toDay(iso) - today;
  const near = ["yesterday", "today", "tomorrow"][days + 1];
  if (near) return view.now.setZone(view.zone).toISODate() === toIso(today) ? near : `${near} (Pacific)`;
  return days > 0 ? `in ${days} days` : `${-days} days ago`;
}

/** "Fri 6 Nov 2026, in 8 days". */
export function dayAndDistance(iso: string, view: View): string {
  return `${dayText(iso)}, ${daysAway(iso, view)}`;
}

/** "in 1 day 3 h", "2 h ago". */
export function distance(at: DateTime, now: DateTime): string {
  const ms = at.toMillis() - now.toMillis();
  if (Math.abs(ms) < 60_000) return "now";
  return ms > 0 ? `in ${durationText(ms)}` : `${durationText(-ms)} ago`;
}

/** "2 days", "1 day 3 h", "3 h 20 min", "5 min": to the nearest minute, then down to its smaller unit. */
export function durationText(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  const [days, hours] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60)];
  if (days >= 7) return `${days} days`;
  if (days > 0) return join(`${days} day${days === 1 ? "" : "s"}`, hours, "h");
  if (hours > 0) return join(`${hours} h`, minutes % 60, "min");
  return `${minutes} min`;
}

/** "47 h 30 min": business time is counted in hours, not in days. */
export function hoursText(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  return minutes < 60 ? `${minutes} min` : join(`${Math.floor(minutes / 60)} h`, minutes % 60, "min");
}

/** "Thanksgiving Day", "the weekend", "the freeze “year end”". */
export function closedText(closed: Closed): string {
  switch (closed.kind) {
    case "weekend":
      return "the weekend";
    case "holiday":
      return closed.name;
    case "freeze":
      return `the freeze “${closed.why}”`;
  }
}

/** "end of Wed 4 Nov 2026 (Pacific)" for a midnight that ends a Pacific day. */
function endOfDay(at: DateTime): string {
  return `the end of ${dayText(toIso(pacificDay(at) - 1))} (Pacific)`;
}

/**
 * What is left of the way to a Friday: safe until Wednesday's end, at risk on Thursday; then the next Friday, if the test link
 * lives so long.
 */
export function cutOffText(
  { friday, safeUntil, atRiskUntil, missedFriday }: CutOff,
  view: View,
  linkExpiresAt?: DateTime,
): { byWhen: string; missed: string } {
  const dies = linkExpiresAt !== undefined && linkExpiresAt <= atRiskUntil;
  const later = dies ? "the test link dies before the next Friday" : `it starts ${dayText(missedFriday)}`;
  return view.now < safeUntil
    ? {
        byWhen: `confirm Go live by ${endOfDay(safeUntil)} for the rollout of ${dayText(friday)}`,
        missed: `on ${shortDay(toIso(toDay(friday) - 1))} it is at risk; ${dies ? "" : "after that "}${later}`,
      }
    : {
        byWhen: `confirm Go live by ${endOfDay(atRiskUntil)} for the rollout of ${dayText(friday)}, which is at risk`,
        missed: later,
      };
}

/** Which Pacific day a day without a time is taken for, where it is another than was said. */
export function otherDayText(at: DateTime): string | undefined {
  const there = at.setZone(PACIFIC);
  if (there.toISODate() === at.toISODate()) return undefined;
  return `noon of ${dayText(at.toISODate() ?? "")} where you are is ${pacificDayText(at)} in Pacific time, by which Fridays are counted; say the time if it matters.`;
}

function join(first: string, count: number, unit: string): string {
  return count === 0 ? first : `${first} ${count} ${unit}`;
}
