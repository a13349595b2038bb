import type { DateTime } from "luxon";
import {
  type Calendar,
  type Closed,
  type Day,
  pacificDay,
  pacificTime,
  toDay,
  toIso,
  weekdayOf,
} from "./calendar.ts";
import { WAVES } from "./places.ts";

/** What a reader of the dates must know beside them. Days are ISO dates, Pacific. */
export type Remark =
  /** Go live was confirmed on a Thursday: the next day's start is not safe. */
  | { kind: "at-risk" }
  /** Go live was confirmed on a Friday, so the next week's Friday counts. */
  | { kind: "confirmed-on-friday" }
  /** A Friday that is no business day was passed over; `earliest` is the next business day after it. */
  | { kind: "friday-skipped"; day: string; why: Closed; earliest: string }
  /** A weekday between the waves on which nothing is deployed. */
  | { kind: "day-skipped"; day: string; why: Closed }
  /** Closed days push the last wave past the beginning of the all-regions window. */
  | { kind: "last-wave-late"; on: string }
  /** The dates lie between 15 November and 10 January. */
  | { kind: "freeze-likely" }
  /** Microsoft named the start. `closed`: it is a day on which the page says nothing is deployed. */
  | { kind: "start-from-microsoft"; closed?: Closed };

/** Dates are ISO, Pacific. */
export interface Rollout {
  startsOn: string;
  waves: { number: 1 | 2 | 3 | 4 | 5 | 6; name: string; on: string }[];
  /** "About three to four weeks": 21 to 28 days from the first wave. */
  allRegions: { from: string; to: string };
  remarks: Remark[];
}

const FRIDAY = 5;
const ALL_REGIONS_DAYS = { from: 21, to: 28 };

/**
 * When a connector reaches which regions.
 *
 * @param goLiveAt when Go live was confirmed, in any zone
 * @param startsOn the start date Microsoft named (ISO, Pacific); it overrides the computed one
 * @throws RangeError when `goLiveAt` is invalid or `startsOn` no ISO date
 *
 * Rule: certification page, Production deployment ("the upcoming Friday after you've provide Go-Live confirmation") and
 * Region deployment (six regions, one a day, no weekends or US holidays). A Friday that is closed is read as passed over.
 */
export function rollout(goLiveAt: DateTime, calendar: Calendar, startsOn?: string): Rollout {
  if (!goLiveAt.isValid) throw new RangeError("rollout: goLiveAt is not a valid DateTime");
  const confirmedOn = pacificDay(goLiveAt);
  const remarks: Remark[] = [];
  const start =
    startsOn === undefined
      ? firstOpenFriday(confirmedOn, calendar, remarks)
      : namedStart(startsOn, calendar, remarks);

  const waves: Rollout["waves"] = [];
  let day = start;
  for (const { number, name } of WAVES) {
    if (number > 1) {
      const next = calendar.nextBusinessDay(day);
      noteSkipped(day + 1, next, calendar, remarks);
      day = next;
    }
    waves.push({ number, name, on: toIso(day) });
  }
  if (isFreezeLikely(start) || isFreezeLikely(day) || remarks.some(isSkippedFridayInSeason)) {
    remarks.push({ kind: "freeze-likely" });
  }
  const allRegions = {
    from: toIso(start + ALL_REGIONS_DAYS.from),
    to: toIso(start + ALL_REGIONS_DAYS.to),
  };
  const last = toIso(day);
  if (last > allRegions.from) remarks.push({ kind: "last-wave-late", on: last });
  return { startsOn: toIso(start), waves, allRegions, remarks };
}

/** The deadline for a Friday: confirm Go live before `safeUntil`, at your own risk before `atRiskUntil`. */
export interface CutOff {
  friday: string;
  /** The end of Wednesday: 00:00 Pacific on Thursday. */
  safeUntil: DateTime;
  /** The end of Thursday: 00:00 Pacific on Friday. */
  atRiskUntil: DateTime;
  /** The Friday on which the rollout starts when it is missed. */
  missedFriday: string;
}

/** The wave of today, or the next one; nothing when all of them are out. */
export function nextWave(
  { waves }: Pick<Rollout, "waves">,
  today: Day,
): Rollout["waves"][number] | undefined {
  return waves.find(({ on }) => toDay(on) >= today);
}

/** The cut-off of the Friday that a Go live confirmed at `now` would make. */
export function cutOff(now: DateTime, calendar: Calendar): CutOff {
  const friday = firstOpenFriday(pacificDay(now), calendar, []);
  return {
    friday: toIso(friday),
    safeUntil: pacificTime(friday - 1),
    atRiskUntil: pacificTime(friday),
    missedFriday: toIso(firstOpenFriday(friday, calendar, [])),
  };
}

/** From 15 November to 10 January Microsoft has frozen deployments in some years (reported). */
function isFreezeLikely(day: Day): boolean {
  const monthAndDay = toIso(day).slice(5);
  return monthAndDay >= "11-15" || monthAndDay <= "01-10";
}

function firstOpenFriday(confirmedOn: Day, calendar: Calendar, remarks: Remark[]): Day {
  const untilFriday = (FRIDAY - weekdayOf(confirmedOn) + 7) % 7;
  if (untilFriday === 0) remarks.push({ kind: "confirmed-on-friday" });
  let friday = confirmedOn + (untilFriday || 7);
  for (let closed = calendar.closedBecause(friday); closed; closed = calendar.closedBecause(friday)) {
    remarks.push({
      kind: "friday-skipped",
      day: toIso(friday),
      why: closed,
      earliest: toIso(calendar.nextBusinessDay(friday)),
    });
    friday += 7;
  }
  if (untilFriday === 1 && friday === confirmedOn + 1) remarks.push({ kind: "at-risk" });
  return friday;
}

function namedStart(startsOn: string, calendar: Calendar, remarks: Remark[]): Day {
  const day = toDay(startsOn);
  const closed = calendar.closedBecause(day);
  remarks.push({ kind: "start-from-microsoft", ...(closed && { closed }) });
  return day;
}

function noteSkipped(from: Day, before: Day, calendar: Calendar, remarks: Remark[]): void {
  for (let day = from; day < before; day += 1) {
    const why = calendar.closedBecause(day);
    if (why && why.kind !== "weekend") remarks.push({ kind: "day-skipped", day: toIso(day), why });
  }
}

function isSkippedFridayInSeason(remark: Remark): boolean {
  return remark.kind === "friday-skipped" && isFreezeLikely(toDay(remark.day));
}
