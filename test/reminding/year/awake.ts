import { IANAZone } from "luxon";

/** When people of a workspace want to hear something: minutes of the day, ISO weekdays. */
export interface Hours {
  quiet: { from: number; to: number } | "off";
  days: readonly number[];
}

export const USUAL_HOURS: Hours = { quiet: { from: 20 * 60, to: 8 * 60 }, days: [1, 2, 3, 4, 5] };

/** All times of day here, and all changes of clocks, are on a quarter of an hour. */
const QUARTER = 15 * 60_000;
const MINUTE = 60_000;
const DAY = 86_400_000;
/** Nobody sleeps longer. */
const LONGEST = 15 * DAY;

const offsets = new Map<string, Map<number, number>>();

/**
 * Looked at quarter by quarter, so that no arithmetic on dates can be wrong. The moment at which a quiet time begins is the
 * last of the time before.
 */
function isAwake(at: number, zone: string, { quiet, days }: Hours): boolean {
  const local = at + offsetAt(at, zone) * MINUTE;
  const day = Math.floor(local / DAY);
  // 1 January 1970 was a Thursday.
  if (!days.includes(((day + 3) % 7) + 1)) return false;
  if (quiet === "off") return true;
  const minute = (local - day * DAY) / MINUTE;
  const { from, to } = quiet;
  if (minute === from && from !== 0) return true;
  return from < to ? minute < from || minute >= to : minute < from && minute >= to;
}

/** The last minute awake, at `at` or before it. */
export function before(at: number, zone: string, hours: Hours): number {
  if (isAwake(at, zone, hours)) return at;
  let edge = Math.floor(at / QUARTER) * QUARTER;
  while (!isAwake(edge - 1, zone, hours)) {
    edge -= QUARTER;
    if (edge < at - LONGEST) return at;
  }
  return isAwake(edge, zone, hours) ? edge : edge - MINUTE;
}

/** The first moment awake, at `at` or after it. */
export function after(at: number, zone: string, hours: Hours): number {
  if (isAwake(at, zone, hours)) return at;
  let edge = Math.ceil(at / QUARTER) * QUARTER;
  while (!isAwake(edge, zone, hours)) {
    edge += QUARTER;
    if (edge > at + LONGEST) return at;
  }
  return edge;
}

function offsetAt(at: number, zone: string): number {
  const quarter = Math.floor(at / QUARTER);
  const known = offsets.get(zone) ?? new Map<number, number>();
  offsets.set(zone, known);
  const offset = known.get(quarter) ?? IANAZone.create(zone).offset(at);
  known.set(quarter, offset);
  return offset;
}
