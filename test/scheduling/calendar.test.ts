import fc from "fast-check";
import { DateTime, IANAZone } from "luxon";
import { describe, expect, it } from "vitest";
import { businessCalendar } from "../../src/index.ts";
import {
  addMonths,
  businessHoursBefore,
  businessTimeBetween,
  pacificDay,
  pacificTime,
  toDay,
  toIso,
  weekdayOf,
} from "../../src/scheduling/calendar.ts";
import { PACIFIC as PACIFIC_CLOCK } from "../../src/scheduling/zones.ts";
import holidays from "../fixtures/federal-holidays.json" with { type: "json" };

const SEED = { seed: 20261104 };
const HOUR = 3_600_000;
const PACIFIC = "America/Los_Angeles";
const calendar = businessCalendar();

function pacific(iso: string): DateTime {
  return DateTime.fromISO(iso, { zone: PACIFIC });
}

function minute(at: DateTime): string {
  return at.toFormat("ccc d LLL yyyy HH:mm");
}

describe("business days", () => {
  it.each(Object.entries(holidays.days))(
    "of %s are Monday to Friday but the federal holidays",
    (year, listed) => {
      const closed = new Set(listed.map((monthAndDay) => `${year}-${monthAndDay}`));
      const wrong: string[] = [];
      for (let day = toDay(`${year}-01-01`); day <= toDay(`${year}-12-31`); day += 1) {
        const { weekday } = DateTime.fromISO(toIso(day), { zone: "utc" });
        const isOpen = weekday <= 5 && !closed.has(toIso(day));
        const why = calendar.closedBecause(day)?.kind;
        const expected = isOpen ? undefined : weekday > 5 ? "weekend" : "holiday";
        if (calendar.isBusinessDay(day) !== isOpen || why !== expected || weekdayOf(day) !== weekday) {
          wrong.push(toIso(day));
        }
      }
      expect(wrong).toEqual([]);
    },
  );

  it("cover every year from 2020 to 2040", () => {
    expect(Object.keys(holidays.days)).toEqual(Array.from({ length: 21 }, (_, index) => `${2020 + index}`));
  });

  it.each([
    ["2021-12-31", "New Year 2022 is observed the year before"],
    ["2027-12-31", "New Year 2028 is observed the year before"],
    ["2026-07-03", "Independence Day 2026 is a Saturday"],
    ["2027-07-05", "Independence Day 2027 is a Sunday"],
    ["2026-06-19", "Juneteenth"],
    ["2026-11-11", "Veterans Day"],
    ["2026-11-26", "Thanksgiving"],
  ])("do not include %s: %s", (iso) => {
    expect(calendar.closedBecause(toDay(iso))).toEqual({ kind: "holiday", name: expect.stringMatching(/./) });
  });

  it.each([
    ["2020-06-19", "Juneteenth was no federal holiday yet"],
    ["2026-11-27", "the day after Thanksgiving is no federal holiday"],
    ["2026-12-24", "nor is Christmas Eve"],
    ["2026-12-31", "New Year 2027 is a Friday, and observed then"],
    ["2028-01-03", "New Year 2028 was observed on the Friday before"],
  ])("include %s: %s", (iso) => {
    expect(calendar.isBusinessDay(toDay(iso))).toBe(true);
  });

  it.each([
    ["a weekend", "2026-11-06", "2026-11-09"],
    ["a holiday in the week", "2026-11-10", "2026-11-12"],
    ["a Friday and a Monday in one go", "2026-12-31", "2027-01-04"],
    ["New Year's Eve that is New Year observed", "2027-12-30", "2028-01-03"],
  ])("are counted across %s", (_, from, next) => {
    expect(toIso(calendar.nextBusinessDay(toDay(from)))).toBe(next);
    expect(toIso(calendar.addBusinessDays(toDay(from), 1))).toBe(next);
  });
});

describe("a freeze", () => {
  const frozen = businessCalendar({ freezes: [{ from: "2026-12-21", to: "2027-01-04", why: "year end" }] });

  it.each([
    ["2026-12-18", undefined],
    ["2026-12-20", { kind: "weekend" }],
    ["2026-12-21", { kind: "freeze", why: "year end" }],
    ["2026-12-25", { kind: "holiday", name: expect.any(String) }],
    ["2027-01-04", { kind: "freeze", why: "year end" }],
    ["2027-01-05", undefined],
  ])("from Monday 21 December to Monday 4 January makes %s %o", (iso, expected) => {
    expect(frozen.closedBecause(toDay(iso))).toEqual(expected);
    expect(frozen.isBusinessDay(toDay(iso))).toBe(expected === undefined);
  });

  it("may last a single day, and overlap another", () => {
    const twice = businessCalendar({
      freezes: [
        { from: "2026-11-04", to: "2026-11-04", why: "a" },
        { from: "2026-11-04", to: "2026-11-05", why: "b" },
      ],
    });
    expect(toIso(twice.nextBusinessDay(toDay("2026-11-03")))).toBe("2026-11-06");
    expect(twice.closedBecause(toDay("2026-11-04"))).toEqual({ kind: "freeze", why: "a" });
  });

  it.each([
    ["2026-12-24", "2026-12-21"],
    ["2026-02-31", "2026-03-02"],
    ["soon", "later"],
    ["2026-12-21", "2026-12-21T00:00:00Z"],
  ])("from %s to %s is refused", (from, to) => {
    expect(() => businessCalendar({ freezes: [{ from, to, why: "" }] })).toThrow(RangeError);
  });

  it("does not reach into another calendar", () => {
    expect(calendar.isBusinessDay(toDay("2026-12-21"))).toBe(true);
  });
});

describe("days in Pacific", () => {
  it.each([
    ["2026-11-06T07:59:59.999Z", "2026-11-05"],
    ["2026-11-06T08:00:00.000Z", "2026-11-06"],
    ["2026-07-01T06:59:59.999Z", "2026-06-30"],
    ["2026-07-01T07:00:00.000Z", "2026-07-01"],
    ["2026-11-06T13:29:00.000+05:30", "2026-11-05"],
    ["1969-12-31T08:00:00.000Z", "1969-12-31"],
  ])("%s falls on %s", (instant, day) => {
    expect(toIso(pacificDay(DateTime.fromISO(instant, { setZone: true })))).toBe(day);
  });

  it("begin at midnight there, also when the clocks change", () => {
    for (const iso of ["2026-03-08", "2026-03-09", "2026-11-01", "2026-11-02", "2027-03-14"]) {
      expect(pacificTime(toDay(iso)).toISO()).toBe(pacific(iso).startOf("day").toISO());
      expect(pacificTime(toDay(iso), 9.5 * 3_600_000).toFormat("HH:mm")).toBe("09:30");
    }
  });

  it("are read from ISO dates that exist, and from nothing else", () => {
    expect(toIso(toDay("2028-02-29"))).toBe("2028-02-29");
    for (const text of [
      "2027-02-29",
      "2026-11-31",
      "2026-1-1",
      "2026-11-04T00:00",
      "",
      "today",
      "+12026-01-01",
    ]) {
      expect(() => toDay(text), text).toThrow(RangeError);
    }
  });
});

describe("months later", () => {
  it.each([
    ["2026-08-31", 6, "2027-02-28"],
    ["2027-08-31", 6, "2028-02-29"],
    ["2026-08-28", 6, "2027-02-28"],
    ["2026-11-30", 6, "2027-05-30"],
    ["2026-12-31", 6, "2027-06-30"],
    ["2027-02-28", 6, "2027-08-28"],
    ["2028-02-29", 12, "2029-02-28"],
    ["2026-03-08", 6, "2026-09-08"],
  ])("%s and %i months is %s", (from, months, expected) => {
    expect(toIso(addMonths(toDay(from), months))).toBe(expected);
  });
});

describe("business time", () => {
  it.each([
    ["within a day", "2026-11-03T09:00", "2026-11-03T17:30", 8.5],
    ["over a weekend", "2026-11-06T15:00", "2026-11-10T15:00", 48],
    ["over Thanksgiving", "2026-11-25T10:00", "2026-11-30T10:00", 48],
    ["within a weekend", "2026-11-07T01:00", "2026-11-08T23:00", 0],
    ["over the night the clocks go forward", "2026-03-06T12:00", "2026-03-09T12:00", 24],
    ["over the night the clocks go back", "2026-10-30T12:00", "2026-11-02T12:00", 24],
    ["backwards", "2026-11-04T09:00", "2026-11-03T09:00", 0],
    ["of no time at all", "2026-11-04T09:00", "2026-11-04T09:00", 0],
  ])("%s is counted in whole days of 24 hours", (_, from, to, hours) => {
    expect(businessTimeBetween(pacific(from), pacific(to), calendar) / HOUR).toBe(hours);
  });

  it.each([
    ["24 h", "2026-11-30T10:00", 24, "Fri 27 Nov 2026 10:00"],
    ["8 h", "2026-11-30T05:00", 8, "Fri 27 Nov 2026 21:00"],
    ["a day and a half", "2026-11-27T12:00", 36, "Wed 25 Nov 2026 00:00"],
    ["2 h at the first moment of a Monday", "2026-11-09T00:00", 2, "Fri 6 Nov 2026 22:00"],
    ["1 h on a Sunday", "2026-11-08T12:00", 1, "Fri 6 Nov 2026 23:00"],
    ["nothing", "2026-11-04T09:15", 0, "Wed 4 Nov 2026 09:15"],
  ])("can be counted back: %s", (_, at, hours, expected) => {
    expect(minute(businessHoursBefore(pacific(at), hours, calendar))).toBe(expected);
  });

  it("counted back and counted again is the same, whatever the freezes", () => {
    const instants = fc.integer({ min: Date.UTC(2020, 0, 2), max: Date.UTC(2040, 11, 1) });
    const freezes = fc.array(
      fc.tuple(fc.integer({ min: toDay("2020-01-01"), max: toDay("2040-12-01") }), fc.nat(20)),
      { maxLength: 5 },
    );
    fc.assert(
      fc.property(instants, fc.integer({ min: 1, max: 72 }), freezes, (millis, hours, spans) => {
        const some = businessCalendar({
          freezes: spans.map(([from, days]) => ({ from: toIso(from), to: toIso(from + days), why: "" })),
        });
        const at = DateTime.fromMillis(millis, { zone: "Asia/Tokyo" });
        const before = businessHoursBefore(at, hours, some);
        expect(before.zoneName).toBe(PACIFIC);
        expect(businessTimeBetween(before, at, some)).toBe(hours * HOUR);
        expect(some.isBusinessDay(pacificDay(before))).toBe(true);
      }),
      SEED,
    );
  });
});

it("Pacific clocks show what Intl says, at every hour of a change and at any other", () => {
  const plain = IANAZone.create(PACIFIC);
  fc.assert(
    fc.property(fc.integer({ min: Date.UTC(1990, 0), max: Date.UTC(2100, 0) }), (ms) => {
      expect(PACIFIC_CLOCK.offset(ms)).toBe(plain.offset(ms));
    }),
    { seed: 20261103, numRuns: 2000 },
  );
  for (const change of ["2026-03-08T10:00Z", "2026-11-01T09:00Z", "2027-03-14T10:00Z", "2040-11-04T09:00Z"]) {
    for (const shift of [-1, 0, 1]) {
      const ms = Date.parse(change) + shift;
      expect(PACIFIC_CLOCK.offset(ms)).toBe(plain.offset(ms));
    }
  }
});
