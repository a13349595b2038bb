import { IANAZone, Info, type Zone } from "luxon";
import { remembering } from "../remembering.ts";

const NAME = "America/Los_Angeles";
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const WEEK_MS = 7 * 24 * HOUR_MS;

/**
 * A zone that remembers when each year's clocks change. Luxon asks Intl for every offset, which made up most of the time
 * that a test window or a portfolio took to work out.
 */
class RememberingZone extends IANAZone {
  readonly #years = new Map<number, { at: number; offset: number }[]>();

  override offset(ms: number): number {
    const year = new Date(ms).getUTCFullYear();
    if (!Number.isFinite(year)) return super.offset(ms);
    const changes = this.#changesOf(year);
    let offset = Number.NaN;
    for (const change of changes) if (change.at <= ms) offset = change.offset;
    return offset;
  }

  /** The offset at the year's beginning, and each later one with the hour from which it holds. */
  #changesOf(year: number): { at: number; offset: number }[] {
    const known = this.#years.get(year);
    if (known) return known;
    const [start, end] = [Date.UTC(year, 0, 1), Date.UTC(year + 1, 0, 1)];
    const changes = [{ at: start, offset: super.offset(start) }];
    // No clocks change there and back within a week: the shortest such time is a month, Ramadan.
    for (let from = start; from < end; from += WEEK_MS) {
      const to = Math.min(from + WEEK_MS, end);
      if (super.offset(from) !== super.offset(to)) changes.push(this.#firstMinuteAfter(from, to));
    }
    if (this.#years.size >= YEARS_KEPT) this.#years.clear();
    this.#years.set(year, changes);
    return changes;
  }

  /** Clocks change on the minute, and mostly on the hour. */
  #firstMinuteAfter(from: number, to: number): { at: number; offset: number } {
    const before = super.offset(from);
    let [low, high] = [from / MINUTE_MS, to / MINUTE_MS];
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (super.offset(middle * MINUTE_MS) === before) low = middle;
      else high = middle;
    }
    return { at: high * MINUTE_MS, offset: super.offset(high * MINUTE_MS) };
  }
}

/** What is asked about lies within a few years; anybody may name others. */
const YEARS_KEPT = 100;

/** Microsoft's zone: the certification page names Pacific Standard and Daylight Time. */
export const PACIFIC: IANAZone = new RememberingZone(NAME);

/** About as many as there are. */
const ZONES_KEPT = 500;

/** A reader's zone, by the names that luxon takes, remembering its offsets where it has more than one. */
export const zoneNamed = remembering((name: string): Zone => {
  const found = Info.normalizeZone(name);
  return found instanceof IANAZone && found.isValid ? new RememberingZone(found.name) : found;
}, ZONES_KEPT);

/** The offset while daylight saving lasts, the smaller one: with it a wall time that comes twice is the first of the two. */
const DAYLIGHT_OFFSET_MS = 7 * HOUR_MS;

/** The first instant at which Pacific clocks show a wall time; one in the hour that is skipped is an hour later. */
export function pacificInstant(wallMs: number): number {
  return wallMs - PACIFIC.offset(wallMs + DAYLIGHT_OFFSET_MS) * 60_000;
}
