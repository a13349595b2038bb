import { DateTime } from "luxon";
import type { Span } from "../reply.ts";
import { type Calendar, type Closed, pacificDay, toDay, toIso } from "../scheduling/calendar.ts";
import { PACIFIC } from "../scheduling/pacific-zone.ts";
import type { CutOff } from "../scheduling/rollout.ts";
import type { Settings } from "../settings.ts";

/** For whom and when a reply is made. */
export interface View {
  now: DateTime;
  /** The reader's IANA zone. */
  zone: string;
  calendar: Calendar;
  settings: Settings;
}

const LOCALE = "en-US";

/** A moment, in the reader's zone with Pacific beside it. */
export function moment(at: DateTime, view: View): Span {
  return { time: at.setZone(view.zone), pacific: true };
}

/** "Thu 5 Nov 2026, 18:15 GMT+1 (09:15 PST)": the zone of `at` first, Pacific beside it where the two differ. */
export function momentText(at: DateTime, pacific = true): string {
  const own = at.setLocale(LOCALE);
  const text = own.toFormat("ccc d LLL yyyy, HH:mm ZZZZ");
  const there = own.setZone(PACIFIC);
  if (!pacific || own.offset === there.offset) return text;
  const sameDay = own.toISODate() === there.toISODate();
  return `${text} (${sameDay ? there.toFormat("HH:mm ZZZZ") : pacificText(at)})`;
}

/** "Thu 5 Nov, 09:15 PST": with its weekday, which may not be the reader's. */
export function pacificText(at: DateTime): string {
  return at.setZone(PACIFIC).setLocale(LOCALE).toFormat("ccc d LLL, HH:mm ZZZZ");
}

/** "Fri 6 Nov 2026" for an ISO date. */
export function dayText(iso: string): string {
  return DateTime.fromISO(iso, { zone: "utc", locale: LOCALE }).toFormat("ccc d LLL yyyy");
}

/** "Fri 6 Nov" for an ISO date: where the year stands nearby. */
export function shortDay(iso: string): string {
  return DateTime.fromISO(iso, { zone: "utc", locale: LOCALE }).toFormat("ccc d LLL");
}

/** "Fri 6 Nov", with its year when it is not this one: for tables, which are narrow. */
export function nearDay(iso: string, view: View): string {
  return iso.slice(0, 5) === toIso(pacificDay(view.now)).slice(0, 5) ? shortDay(iso) : dayText(iso);
}

/** The Pacific day of an instant: "Fri 6 Nov 2026". */
export function pacificDayText(at: DateTime): string {
  return at.setZone(PACIFIC).setLocale(LOCALE).toFormat("ccc d LLL yyyy");
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
  return `the end of ${pacificDayText(at.minus({ minutes: 1 }))} (Pacific)`;
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
