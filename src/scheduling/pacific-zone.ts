import { IANAZone } from "luxon";

const NAME = "America/Los_Angeles";
const HOUR_MS = 3_600_000;

/**
 * Pacific time that remembers when each year's clocks change. Luxon asks Intl for every offset, which made up most of the time
 * that a test window or a portfolio took to work out.
 */
class PacificZone extends IANAZone {
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
    const step = 28 * 24 * HOUR_MS;
    for (let from = start; from < end; from += step) {
      const to = Math.min(from + step, end);
      if (super.offset(from) !== super.offset(to)) changes.push(this.#firstHourAfter(from, to));
    }
    this.#years.set(year, changes);
    return changes;
  }

  /** Clocks change on the hour. */
  #firstHourAfter(from: number, to: number): { at: number; offset: number } {
    const before = super.offset(from);
    let [low, high] = [from / HOUR_MS, to / HOUR_MS];
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (super.offset(middle * HOUR_MS) === before) low = middle;
      else high = middle;
    }
    return { at: high * HOUR_MS, offset: super.offset(high * HOUR_MS) };
  }
}

/** Microsoft's zone: the certification page names Pacific Standard and Daylight Time. */
export const PACIFIC: IANAZone = new PacificZone(NAME);

/** The offset while daylight saving lasts, the smaller one: with it a wall time that comes twice is the first of the two. */
const DAYLIGHT_OFFSET_MS = 7 * HOUR_MS;

/** The first instant at which Pacific clocks show a wall time; one in the hour that is skipped is an hour later. */
export function pacificInstant(wallMs: number): number {
  return wallMs - PACIFIC.offset(wallMs + DAYLIGHT_OFFSET_MS) * 60_000;
}
