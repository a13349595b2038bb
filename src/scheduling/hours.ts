import { DateTime, type Zone } from "luxon";
import type { Connector } from "../lifecycle/connector.ts";
import { DEFAULT_DAYS, DEFAULT_QUIET, type Settings } from "../settings.ts";
import { type Day, weekdayOf } from "./calendar.ts";
import { zoneNamed } from "./zones.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** East and west of Greenwich, no clock is further from it. */
const [EAST_MS, WEST_MS] = [14 * HOUR_MS, 12 * HOUR_MS];
/** Two weeks have every weekday twice, should a change of clocks swallow what is not quiet of one. */
const DAYS_SEARCHED = 14;

/** When somebody wants to hear something: on these weekdays (1 is Monday), outside the quiet hours, by the clocks of a zone. */
export interface Hours {
  zone: Zone;
  days: readonly number[];
  /** Times of day in milliseconds. Absent: no hour is quiet. */
  quiet?: { from: number; to: number };
}

/** Whose hours the reminders of a connector are planned by. Undefined: it is not known where they are, so nothing may be moved. */
export function plannedBy({ owner }: Pick<Connector, "owner">, settings: Settings): Connector["plannedBy"] {
  const { quiet = DEFAULT_QUIET, days = DEFAULT_DAYS } = settings;
  const zone = [owner.zone, settings.zone].find((name) => name !== undefined && zoneNamed(name).isValid);
  return zone === undefined ? undefined : { zone, quiet, days: [...days] };
}

/** The hours of who is told about a connector. Undefined: nothing may be moved. */
export function hoursOf(connector: Pick<Connector, "owner">, settings: Settings): Hours | undefined {
  const whose = plannedBy(connector, settings);
  return whose && hoursBy(whose);
}

export function hoursBy({ zone, quiet, days }: NonNullable<Connector["plannedBy"]>): Hours {
  return {
    zone: zoneNamed(zone),
    days,
    ...(quiet !== "off" && { quiet: { from: timeOfDay(quiet.from), to: timeOfDay(quiet.to) } }),
  };
}

/** Why somebody does not want to hear anything at a moment; undefined: they do. Quiet hours begin after their first instant. */
export function quietBecause(at: DateTime, hours: Hours): "day" | "hours" | undefined {
  return becauseAt(at.toMillis(), hours);
}

/**
 * When something is told that should be told at `nominalAt`: a warning before what is quiet, while there is time; news after it,
 * unless it is useless by then. Told at `nominalAt` where nothing is heard at all.
 */
export function toldAt(
  nominalAt: DateTime,
  uselessAt: DateTime,
  sort: "warning" | "news",
  hours: Hours,
): DateTime {
  if (!quietBecause(nominalAt, hours)) return nominalAt;
  const ms = nominalAt.toMillis();
  const moved = sort === "warning" ? heardBefore(ms, hours) : heardAfter(ms, hours);
  const isOfUse = moved !== undefined && (sort === "warning" || moved < uselessAt.toMillis());
  return isOfUse ? DateTime.fromMillis(moved, { zone: nominalAt.zone }) : nominalAt;
}

/** At night, the beginning of the quiet hours. */
function heardBefore(ms: number, hours: Hours): number | undefined {
  for (let back = 0; back <= DAYS_SEARCHED; back += 1) {
    const edges = edgesOf(dayAt(ms, hours.zone) - back, hours);
    // Of a time that ends with its day, or with a change of clocks, the last whole minute.
    const all = [...edges, ...edges.map((edge) => edge - MINUTE_MS)];
    const heard = all.filter((one) => one <= ms && !becauseAt(one, hours));
    if (heard.length > 0) return Math.max(...heard);
  }
  return undefined;
}

/** At night, the end of the quiet hours. */
function heardAfter(ms: number, hours: Hours): number | undefined {
  for (let ahead = 0; ahead <= DAYS_SEARCHED; ahead += 1) {
    const edges = edgesOf(dayAt(ms, hours.zone) + ahead, hours);
    const heard = edges.filter((one) => one >= ms && !becauseAt(one, hours));
    if (heard.length > 0) return Math.min(...heard);
  }
  return undefined;
}

function becauseAt(ms: number, { zone, days, quiet }: Hours): "day" | "hours" | undefined {
  const wall = ms + zone.offset(ms) * MINUTE_MS;
  const day = Math.floor(wall / DAY_MS);
  if (!days.includes(weekdayOf(day))) return "day";
  return quiet && isQuiet(wall - day * DAY_MS, quiet) ? "hours" : undefined;
}

/** What falls due when the quiet hours begin can still be told; not so at midnight, which is the next day's. */
function isQuiet(time: number, { from, to }: { from: number; to: number }): boolean {
  const isAfter = time > from || (time === 0 && from === 0);
  return from < to ? isAfter && time < to : isAfter || time < to;
}

/** The instants of a day at which it can begin or end to be quiet. */
function edgesOf(day: Day, { zone, quiet }: Hours): number[] {
  const midnight = day * DAY_MS;
  const starts = instantsOf(midnight, zone);
  const turns = quiet ? [quiet.from, quiet.to].flatMap((time) => instantsOf(midnight + time, zone)) : [];
  const jump = jumpBetween(starts[0], instantsOf(midnight + DAY_MS, zone)[0], zone);
  return [...starts, ...turns, jump].filter((one) => one !== undefined);
}

/**
 * The instants at which clocks show a wall time (milliseconds, as if it were UTC), the first one first: two where they go back
 * over it; where they skip it, the instant at which they do.
 */
export function instantsOf(wall: number, zone: Zone): [first: number, second?: number] {
  const [before, after] = [zone.offset(wall - EAST_MS) * MINUTE_MS, zone.offset(wall + WEST_MS) * MINUTE_MS];
  if (before === after) return [wall - before];
  const [early, late] = [wall - Math.max(before, after), wall - Math.min(before, after)];
  const isShown = (at: number) => at + zone.offset(at) * MINUTE_MS === wall;
  if (isShown(early)) return isShown(late) ? [early, late] : [early];
  return [isShown(late) ? late : (jumpBetween(early, late, zone) ?? late)];
}

/** The minute at which clocks change between two instants; undefined: they don't. */
function jumpBetween(from: number, to: number, zone: Zone): number | undefined {
  const before = zone.offset(from);
  if (zone.offset(to) === before) return undefined;
  let [low, high] = [Math.floor(from / MINUTE_MS), Math.ceil(to / MINUTE_MS)];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (zone.offset(middle * MINUTE_MS) === before) low = middle;
    else high = middle;
  }
  return high * MINUTE_MS;
}

/** The calendar day that clocks show at an instant. */
export function dayAt(ms: number, zone: Zone): Day {
  return Math.floor((ms + zone.offset(ms) * MINUTE_MS) / DAY_MS);
}

/** "08:30" as milliseconds. */
export function timeOfDay(text: string): number {
  const [hour = 0, minute = 0] = text.split(":").map(Number);
  return hour * HOUR_MS + minute * MINUTE_MS;
}
