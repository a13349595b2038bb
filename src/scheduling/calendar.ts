import { allForYear } from "@18f/us-federal-holidays";
import { DateTime } from "luxon";
import type { Freeze } from "../settings.ts";
import { PACIFIC, pacificInstant } from "./zones.ts";

/** A calendar day as a number: days since 1 January 1970. Arithmetic on it knows no time zone. */
export type Day = number;

const MS_PER_DAY = 86_400_000;

/** Why Microsoft does not work or deploy on a day. */
export type Closed =
  | { kind: "weekend" }
  | { kind: "holiday"; name: string }
  | { kind: "freeze"; why: string };

/** Business days: Monday to Friday, no US federal holiday (as observed), in no freeze. */
export interface Calendar {
  isBusinessDay(day: Day): boolean;
  /** Why a day is no business day; undefined when it is one. */
  closedBecause(day: Day): Closed | undefined;
  /** The first business day strictly after `day`. */
  nextBusinessDay(day: Day): Day;
  /** `count` business days after `day`; `count` at least 1. */
  addBusinessDays(day: Day, count: number): Day;
}

/**
 * Microsoft's business calendar.
 *
 * @param options.freezes times without deployments, Pacific ISO dates, both ends included
 * @throws RangeError when a freeze is no pair of ISO dates in order
 *
 * Rule: certification page, Region deployment ("We don't deploy on Saturdays, Sundays, and United States holidays"),
 * read as the federal holidays on their observed days.
 */
export function businessCalendar(options: { freezes?: Freeze[] } = {}): Calendar {
  const freezes = (options.freezes ?? []).map((freeze) => {
    const [from, to] = [toDay(freeze.from), toDay(freeze.to)];
    if (!(from <= to)) throw new RangeError(`not a freeze: ${freeze.from} to ${freeze.to}`);
    return { from, to, why: freeze.why };
  });

  function isFrozen(day: Day): boolean {
    for (const freeze of freezes) if (day >= freeze.from && day <= freeze.to) return true;
    return false;
  }

  function isBusinessDay(day: Day): boolean {
    const weekday = weekdayOf(day);
    return weekday !== 6 && weekday !== 7 && holidayOn(day) === undefined && !isFrozen(day);
  }

  function closedBecause(day: Day): Closed | undefined {
    if (weekdayOf(day) >= 6) return { kind: "weekend" };
    const name = holidayOn(day);
    if (name !== undefined) return { kind: "holiday", name };
    const freeze = freezes.find(({ from, to }) => day >= from && day <= to);
    return freeze && { kind: "freeze", why: freeze.why };
  }

  function nextBusinessDay(day: Day): Day {
    let next = day + 1;
    while (!isBusinessDay(next)) {
      const freeze = freezes.find(({ from, to }) => next >= from && next <= to);
      next = freeze ? freeze.to + 1 : next + 1;
    }
    return next;
  }

  function addBusinessDays(day: Day, count: number): Day {
    let reached = day;
    for (let left = count; left > 0; left -= 1) reached = nextBusinessDay(reached);
    return reached;
  }

  return { isBusinessDay, closedBecause, nextBusinessDay, addBusinessDays };
}

/** The Pacific day on which an instant falls. */
export function pacificDay(at: DateTime): Day {
  return Math.floor(wallMs(at) / MS_PER_DAY);
}

/** Milliseconds since midnight on a Pacific clock. */
export function pacificTimeOfDay(at: DateTime): number {
  return wallMs(at) - pacificDay(at) * MS_PER_DAY;
}

function wallMs(at: DateTime): number {
  const ms = at.toMillis();
  return ms + PACIFIC.offset(ms) * 60_000;
}

/** 1 Monday … 7 Sunday. */
export function weekdayOf(day: Day): number {
  return ((((day + 3) % 7) + 7) % 7) + 1;
}

/** "2026-11-06". */
export function toIso(day: Day): string {
  const known = isoDays.get(day);
  if (known !== undefined) return known;
  const iso = new Date(day * MS_PER_DAY).toISOString().slice(0, 10);
  if (isoDays.size < DAYS_KEPT) isoDays.set(day, iso);
  return iso;
}

/** Dates lie close together, and writing or reading one is slower than looking it up. */
const isoDays = new Map<Day, string>();
const daysByIso = new Map<string, Day>();
const DAYS_KEPT = 20_000;

/** @throws RangeError when the text is no ISO date */
export function toDay(iso: string): Day {
  const known = daysByIso.get(iso);
  if (known !== undefined) return known;
  const day = Date.parse(`${iso}T00:00:00Z`) / MS_PER_DAY;
  if (!Number.isInteger(day) || toIso(day) !== iso) throw new RangeError(`not a date: ${iso}`);
  if (daysByIso.size < DAYS_KEPT) daysByIso.set(iso, day);
  return day;
}

/** The instant at which a Pacific day begins, or at which so many milliseconds of it have passed on the clock. */
export function pacificTime(day: Day, timeOfDay = 0): DateTime {
  return DateTime.fromMillis(pacificInstant(day * MS_PER_DAY + timeOfDay), { zone: PACIFIC });
}

/** Calendar months later, month ends clamped: 31 August + 6 = 28 or 29 February. */
export function addMonths(day: Day, months: number): Day {
  const from = new Date(day * MS_PER_DAY);
  const [year, month] = [from.getUTCFullYear(), from.getUTCMonth() + months];
  const lastOfMonth = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return Date.UTC(year, month, Math.min(from.getUTCDate(), lastOfMonth)) / MS_PER_DAY;
}

/**
 * Milliseconds of business time between two instants: whole Pacific business days count 24 hours, other days none.
 * Zero when `to` is not after `from`.
 */
export function businessTimeBetween(from: DateTime, to: DateTime, calendar: Calendar): number {
  let sum = 0;
  for (let day = pacificDay(from); day <= pacificDay(to); day += 1) {
    if (!calendar.isBusinessDay(day)) continue;
    const begin = Math.max(from.toMillis(), pacificTime(day).toMillis());
    const end = Math.min(to.toMillis(), pacificTime(day + 1).toMillis());
    sum += Math.max(0, end - begin);
  }
  return sum;
}

/** The instant `hours` of business time before `at`. */
export function businessHoursBefore(at: DateTime, hours: number, calendar: Calendar): DateTime {
  let left = hours * 3_600_000;
  let cursor = at.toMillis();
  for (let day = pacificDay(at); ; day -= 1) {
    const begin = pacificTime(day).toMillis();
    if (calendar.isBusinessDay(day)) {
      if (cursor - begin >= left) return DateTime.fromMillis(cursor - left, { zone: PACIFIC });
      left -= cursor - begin;
    }
    cursor = begin;
  }
}

const holidaysByYear = new Map<number, Map<Day, string>>();

function holidayOn(day: Day): string | undefined {
  const year = new Date(day * MS_PER_DAY).getUTCFullYear();
  let holidays = holidaysByYear.get(year);
  if (!holidays) {
    // The next year's list too: New Year 2028, a Saturday, is observed on 31 December 2027.
    const listed = [...allForYear(year), ...allForYear(year + 1)];
    holidays = new Map(listed.map(({ dateString, name }) => [toDay(dateString), name]));
    holidaysByYear.set(year, holidays);
  }
  return holidays.get(day);
}
