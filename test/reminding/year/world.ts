import type { Chance } from "./chance.ts";
import type { Outage, Person, Span, World } from "./deeds.ts";

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
/** Tuesday, 1 September 2026: a year with every change of clocks in it. */
export const FROM = Date.UTC(2026, 8, 1, 15);
export const LENGTH = 365 * DAY;
/** So many connectors share a workspace. */
export const PER_WORKSPACE = 25;

/** Where clocks change to and fro, north and south, by an hour and by half of one, at midnight, and never; or nobody knows. */
export const ZONES = [
  ...["America/Los_Angeles", "America/New_York", "Europe/Berlin", "Europe/London", "Asia/Kolkata"],
  ...["Asia/Tokyo", "Australia/Sydney", "Australia/Lord_Howe", "America/Sao_Paulo", "America/Havana"],
  ...["Africa/Cairo", "Pacific/Auckland", "Pacific/Kiritimati", "America/St_Johns"],
];

export interface Company {
  workspace: string;
  people: Person[];
  channels: string[];
}

export function company(chance: Chance, number: number): Company {
  const workspace = `T-${number}`;
  const people = Array.from({ length: chance.whole(2, 6) }, (_, index): Person => {
    const zone = chance.likely(0.75) ? chance.pick(ZONES) : undefined;
    return { id: `U-${number}-${index + 1}`, workspace, ...(zone !== undefined && { zone }) };
  });
  return { workspace, people, channels: [1, 2, 3, 4].map((one) => `chat:${number}-${one}`) };
}

export function somebody(chance: Chance, { people, channels }: Company): { who: Person; where: string } {
  return { who: chance.pick(people), where: chance.pick(channels) };
}

export function makeWorld(chance: Chance, companies: readonly Company[]): World {
  const spans = (count: number, longest: number): Span[] =>
    Array.from({ length: count }, () => {
      const from = moments(FROM + chance.between(DAY, LENGTH - 5 * DAY));
      const length = chance.likely(0.7) ? chance.between(MINUTE, 3 * HOUR) : chance.between(HOUR, longest);
      return { from, until: moments(from + length) };
    });
  const outages = companies.flatMap(({ workspace, channels }) => [
    ...spans(12, 3 * DAY).map((span): Outage => {
      const tries = chance.whole(1, 30);
      const retryAfter = Math.ceil((span.until - span.from) / tries / SECOND) * SECOND;
      return { ...span, workspace, retryAfter, ...(chance.likely(0.4) && { where: chance.pick(channels) }) };
    }),
    ...spans(5, 4 * DAY).map((span): Outage => ({ ...span, workspace, where: chance.pick(channels) })),
  ]);
  return { outages, downtimes: apart(spans(30, 2 * DAY)), doubles: apart(spans(60, 6 * DAY)) };
}

/** Leaves out what begins before the one before has ended. */
function apart(spans: readonly Span[]): Span[] {
  const kept: Span[] = [];
  for (const span of spans.toSorted((a, b) => a.from - b.from)) {
    if (span.from > (kept.at(-1)?.until ?? 0) + HOUR) kept.push(span);
  }
  return kept;
}

/** Nothing is ever due at a moment with such milliseconds. */
function moments(at: number): number {
  return Math.floor(at / SECOND) * SECOND + 137;
}

/** Nobody is heard while no process runs. */
export function awakeAt({ downtimes }: World, wanted: number): number {
  let at = moments(wanted);
  for (;;) {
    const span = downtimes.find(({ from, until }) => at >= from && at <= until);
    if (!span) return at;
    at = span.until + SECOND;
  }
}
