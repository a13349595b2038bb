import fc from "fast-check";
import { DateTime } from "luxon";
import { describe, expect, it } from "vitest";
import { type Hours, hoursOf, quietBecause, toldAt } from "../../src/scheduling/hours.ts";
import { zoneNamed } from "../../src/scheduling/zones.ts";
import { DEFAULT_SETTINGS, type Settings } from "../../src/settings.ts";

/** Clocks that change by an hour and by half of one, at two and at midnight, to and fro for Ramadan, and never. */
const ZONES = [
  "Europe/Berlin",
  "America/New_York",
  "America/Los_Angeles",
  "America/St_Johns",
  "America/Havana",
  "Africa/Cairo",
  "Africa/Casablanca",
  "Asia/Beirut",
  "Asia/Kolkata",
  "Australia/Lord_Howe",
  "Pacific/Apia",
  "Pacific/Chatham",
  "UTC",
];
const MINUTE = 60_000;
const [FROM, TO] = [Date.UTC(2010, 0, 1) / MINUTE, Date.UTC(2031, 0, 1) / MINUTE];

/** Some hours around a change of clocks, where the zone has one in that year. */
function nearChange(zone: string, year: number): number[] {
  const offset = (day: number) => zoneNamed(zone).offset(Date.UTC(year, 0, day));
  const days = Array.from({ length: 366 }, (_, index) => index + 1);
  return days.filter((day) => offset(day) !== offset(day + 1)).map((day) => Date.UTC(year, 0, day) / MINUTE);
}

const anyTime = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom(0, 1, 15, 30, 59))
  .map((parts) => parts.map((part) => `${part}`.padStart(2, "0")).join(":"));
const anyQuiet = fc.oneof(
  fc.constantFrom<Settings["quiet"]>(
    "off",
    undefined,
    { from: "12:00", to: "13:00" },
    { from: "01:30", to: "02:30" },
  ),
  fc.record({ from: anyTime, to: anyTime }).filter(({ from, to }) => from !== to),
);
const anyDays = fc.subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 1 });
const anyMinute = fc.constantFrom(...ZONES).chain((zone) => {
  const near = [2010, 2024, 2026, 2027].flatMap((year) => nearChange(zone, year));
  const anywhere = fc.integer({ min: FROM, max: TO });
  const changes = near.map((change) => fc.integer({ min: change - 4 * 1440, max: change + 5 * 1440 }));
  return fc.record({ zone: fc.constant(zone), minute: fc.oneof(anywhere, ...changes) });
});
const anyCase = fc
  .record({
    quiet: anyQuiet,
    days: anyDays,
    when: anyMinute,
    usefulFor: fc.integer({ min: 1, max: 30 * 1440 }),
  })
  .map(({ quiet, days, when: { zone, minute }, usefulFor }) => {
    const settings: Settings = { ...DEFAULT_SETTINGS, days, ...(quiet && { quiet }) };
    const nominal = DateTime.fromMillis(minute * MINUTE, { zone: zoneNamed(zone) });
    return { settings, zone, nominal, useless: nominal.plus({ minutes: usefulFor }) };
  });

function hoursIn(zone: string, settings: Settings = DEFAULT_SETTINGS): Hours {
  const hours = hoursOf({ owner: { id: "U1", name: "Ana", zone } }, settings);
  if (!hours) throw new Error(`no zone: ${zone}`);
  return hours;
}

/** By the clocks alone. `shown`: what they show, as if it were UTC. */
function isHeard(shown: Date, { quiet = { from: "20:00", to: "08:00" }, days = [1, 2, 3, 4, 5] }: Settings) {
  if (!days.includes(shown.getUTCDay() || 7)) return false;
  if (quiet === "off") return true;
  const [from, to] = [minuteOf(quiet.from), minuteOf(quiet.to)];
  const minute = shown.getUTCHours() * 60 + shown.getUTCMinutes();
  if (minute === from) return from !== 0;
  return from < to ? minute < from || minute >= to : minute < from && minute >= to;
}

function minuteOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

/** Minute by minute away from a moment until something is heard, for two weeks. */
function walk(from: DateTime, step: 1 | -1, settings: Settings): DateTime | undefined {
  for (let minutes = 0; minutes < 14 * 1440; minutes += 1) {
    const at = from.toMillis() + step * minutes * MINUTE;
    const shown = new Date(at + from.zone.offset(at) * MINUTE);
    if (isHeard(shown, settings)) return DateTime.fromMillis(at, { zone: from.zone });
  }
  return undefined;
}

function check(
  property: (one: { settings: Settings; zone: string; nominal: DateTime; useless: DateTime }) => void,
) {
  fc.assert(fc.property(anyCase, property), { seed: 7, numRuns: 500 });
}

/** A wall time of Berlin, told when? */
function told(
  sort: "warning" | "news",
  wall: string,
  settings: Partial<Settings> = {},
  zone = "Europe/Berlin",
) {
  const nominal = DateTime.fromISO(wall, { zone });
  const at = toldAt(
    nominal,
    nominal.plus({ days: 20 }),
    sort,
    hoursIn(zone, { ...DEFAULT_SETTINGS, ...settings }),
  );
  return at.setZone(zone).toFormat("ccc d LLL HH:mm");
}

describe("A warning that would come at night", () => {
  it.each([
    ["comes when the night begins", "2026-11-04T03:00", "Tue 3 Nov 20:00"],
    ["comes then late in the evening too", "2026-11-04T22:30", "Wed 4 Nov 20:00"],
    ["comes on Friday rather than at the weekend", "2026-11-07T11:00", "Fri 6 Nov 20:00"],
    ["comes on Friday rather than in the night to Monday", "2026-11-09T03:00", "Fri 6 Nov 20:00"],
    ["stays where it is by day", "2026-11-04T08:00", "Wed 4 Nov 08:00"],
    ["stays where it is when the night is just beginning", "2026-11-04T20:00", "Wed 4 Nov 20:00"],
  ])("%s", (_, wall, expected) => {
    expect(told("warning", wall)).toBe(expected);
  });
});

describe("News that would come at night", () => {
  it.each([
    ["comes in the morning", "2026-11-04T03:00", "Wed 4 Nov 08:00"],
    ["of an evening comes in the next morning", "2026-11-04T22:30", "Thu 5 Nov 08:00"],
    ["of a weekend comes on Monday morning", "2026-11-07T11:00", "Mon 9 Nov 08:00"],
    ["of a Friday night comes on Monday morning", "2026-11-06T22:00", "Mon 9 Nov 08:00"],
  ])("%s", (_, wall, expected) => {
    expect(told("news", wall)).toBe(expected);
  });

  it("stays in the night when it is none any more by the morning", () => {
    const nominal = DateTime.fromISO("2026-11-04T03:00", { zone: "Europe/Berlin" });
    const hours = hoursIn("Europe/Berlin");
    expect(toldAt(nominal, nominal.plus({ hours: 5 }), "news", hours).equals(nominal)).toBe(true);
    expect(toldAt(nominal, nominal.plus({ hours: 6 }), "news", hours).hour).toBe(8);
  });
});

describe("A workspace has hours of its own", () => {
  const lunch = { quiet: { from: "12:00", to: "13:00" } };
  const early = { quiet: { from: "00:00", to: "06:00" } };
  it.each([
    ["a quiet lunch", lunch, "2026-11-04T12:20", "Wed 4 Nov 12:00", "Wed 4 Nov 13:00"],
    ["a quiet lunch, at a weekend", lunch, "2026-11-07T12:20", "Fri 6 Nov 23:59", "Mon 9 Nov 00:00"],
    ["a night from midnight", early, "2026-11-04T00:00", "Tue 3 Nov 23:59", "Wed 4 Nov 06:00"],
    ["no quiet hours", { quiet: "off" as const }, "2026-11-07T11:00", "Fri 6 Nov 23:59", "Mon 9 Nov 00:00"],
    [
      "Sunday to Thursday",
      { days: [7, 1, 2, 3, 4] },
      "2026-11-06T11:00",
      "Thu 5 Nov 20:00",
      "Sun 8 Nov 08:00",
    ],
    ["Wednesdays only", { days: [3] }, "2026-11-05T11:00", "Wed 4 Nov 20:00", "Wed 11 Nov 08:00"],
  ])("%s", (_, settings, wall, warning, news) => {
    expect([told("warning", wall, settings), told("news", wall, settings)]).toEqual([warning, news]);
  });
});

describe("Where clocks change", () => {
  const night = { quiet: { from: "22:00", to: "02:30" }, days: [1, 2, 3, 4, 5, 6, 7] };
  const day = { quiet: { from: "02:30", to: "22:00" }, days: [1, 2, 3, 4, 5, 6, 7] };
  it.each([
    ["a night whose end is skipped ends when it is", "news", night, "2027-03-28T01:00", "Sun 28 Mar 03:00"],
    [
      "a quiet time whose beginning is skipped begins then",
      "warning",
      day,
      "2027-03-28T03:10",
      "Sun 28 Mar 01:59",
    ],
    [
      "a night whose end comes twice ends at the first",
      "news",
      night,
      "2026-10-25T01:00",
      "Sun 25 Oct 02:30",
    ],
    [
      "a night that comes again is begun by the change",
      "warning",
      night,
      "2026-10-25T02:10+01:00",
      "Sun 25 Oct 02:59",
    ],
    [
      "a quiet time that begins twice begins last at the second",
      "warning",
      day,
      "2026-10-25T03:10",
      "Sun 25 Oct 02:30",
    ],
  ] as const)("%s", (_, sort, settings, wall, expected) => {
    expect(told(sort, wall, { ...settings, days: [...settings.days] })).toBe(expected);
  });

  it("midnight is when the day begins, though no clock shows it", () => {
    const settings = { quiet: "off" as const, days: [5] };
    // In Cairo the last Friday of April begins at one.
    expect(told("news", "2026-04-23T12:00", settings, "Africa/Cairo")).toBe("Fri 24 Apr 01:00");
    expect(told("warning", "2026-04-24T01:00", { ...settings, days: [4] }, "Africa/Cairo")).toBe(
      "Thu 23 Apr 23:59",
    );
  });
});

describe("Whatever the zone, the settings and the moment", () => {
  it("a warning is told at the last minute before that is not quiet, and never after its own", () => {
    check(({ settings, zone, nominal, useless }) => {
      const at = toldAt(nominal, useless, "warning", hoursIn(zone, settings));
      expect(at.toISO()).toBe((walk(nominal, -1, settings) ?? nominal).toISO());
      expect(at <= nominal && at < useless).toBe(true);
    });
  });

  it("news is told at the first minute after that is not quiet, and never before its own nor when it is useless", () => {
    check(({ settings, zone, nominal, useless }) => {
      const at = toldAt(nominal, useless, "news", hoursIn(zone, settings));
      const next = walk(nominal, 1, settings);
      expect(at.toISO()).toBe((next && next < useless ? next : nominal).toISO());
      expect(at >= nominal && at < useless).toBe(true);
    });
  });

  it("what was moved is not moved again", () => {
    check(({ settings, zone, nominal, useless }) => {
      const hours = hoursIn(zone, settings);
      for (const sort of ["warning", "news"] as const) {
        const at = toldAt(nominal, useless, sort, hours);
        expect(toldAt(at, useless, sort, hours).toISO()).toBe(at.toISO());
        expect(at.equals(nominal) || quietBecause(at, hours) === undefined).toBe(true);
      }
    });
  });

  it("nothing is moved where no hour is quiet and people work every day", () => {
    check(({ zone, nominal, useless }) => {
      const hours = hoursIn(zone, { ...DEFAULT_SETTINGS, quiet: "off", days: [1, 2, 3, 4, 5, 6, 7] });
      expect(toldAt(nominal, useless, "warning", hours)).toBe(nominal);
      expect(toldAt(nominal, useless, "news", hours)).toBe(nominal);
    });
  });
});

describe("Whose hours count", () => {
  const ana = { id: "U1", name: "Ana" };

  it("the owner's, else the workspace's, else nobody's", () => {
    const named = (owner: { zone?: string }, zone?: string) =>
      hoursOf({ owner: { ...ana, ...owner } }, { ...DEFAULT_SETTINGS, ...(zone && { zone }) })?.zone.name;
    expect(named({ zone: "Asia/Tokyo" }, "Europe/Berlin")).toBe("Asia/Tokyo");
    expect(named({}, "Europe/Berlin")).toBe("Europe/Berlin");
    expect(named({})).toBeUndefined();
  });

  it("a zone that does not exist is none", () => {
    const settings = { ...DEFAULT_SETTINGS, zone: "Europe/Berlin" };
    expect(hoursOf({ owner: { ...ana, zone: "Mars/Base" } }, settings)?.zone.name).toBe("Europe/Berlin");
    expect(hoursOf({ owner: { ...ana, zone: "Mars/Base" } }, DEFAULT_SETTINGS)).toBeUndefined();
  });
});
