import type { Day } from "../scheduling/calendar.ts";
import { toIso, weekdayOf } from "../scheduling/calendar.ts";

const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
export const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

export function yearOf(day: Day): number {
  return Number(toIso(day).slice(0, -6));
}

/** 0 January … 11 December. */
export function monthOf(day: Day): number {
  return Number(toIso(day).slice(-5, -3)) - 1;
}

/** "6 Nov", with its year unless that is one of those that go without saying. */
export function dateWords(day: Day, known: readonly number[] = []): string {
  const year = yearOf(day);
  return `${dayOf(day)} ${MONTHS[monthOf(day)]}${known.includes(year) ? "" : ` ${year}`}`;
}

/** "Fri 6 Nov" for one day, "6 to 20 Nov", "27 Nov to 4 Dec" or "5 Feb to 10 Jun 2027" for more. */
export function spanWords(from: Day, to: Day, known: readonly number[] = []): string {
  if (from === to) return `${WEEKDAYS[weekdayOf(from) - 1]} ${dateWords(from, known)}`;
  const isSameYear = yearOf(from) === yearOf(to);
  if (isSameYear && monthOf(from) === monthOf(to)) return `${dayOf(from)} to ${dateWords(to, known)}`;
  if (isSameYear) return `${dateWords(from, [yearOf(from)])} to ${dateWords(to, known)}`;
  return `${dateWords(from, known)} to ${dateWords(to, known.includes(yearOf(from)) ? known : [])}`;
}

function dayOf(day: Day): number {
  return Number(toIso(day).slice(-2));
}
