import fc from "fast-check";
import { DateTime } from "luxon";
import { describe, expect, it } from "vitest";
import { businessCalendar, testWindow } from "../../src/index.ts";
import { businessTimeBetween, pacificDay } from "../../src/scheduling/calendar.ts";

const SEED = { seed: 20261104 };
const HOUR = 3_600_000;
const PACIFIC = "America/Los_Angeles";
const calendar = businessCalendar();

function expiryOf(opens: string, zone = PACIFIC, on = calendar): string {
  return minute(testWindow(DateTime.fromISO(opens, { zone }), on).expiresAt);
}

function minute(at: DateTime): string {
  return at.toFormat("ccc d LLL yyyy HH:mm");
}

/** The settled examples. */
const EXAMPLES = [
  ["on a Tuesday expires on Thursday", "2026-11-03T09:15", "Thu 5 Nov 2026 09:15"],
  ["on a Friday expires on Tuesday", "2026-11-06T15:00", "Tue 10 Nov 2026 15:00"],
  ["before Thanksgiving expires on Monday", "2026-11-25T10:00", "Mon 30 Nov 2026 10:00"],
  ["on a Saturday counts from Monday", "2026-11-14T11:00", "Wed 18 Nov 2026 00:00"],
] as const;

describe("a test link opened", () => {
  it.each(EXAMPLES)("%s", (_, opens, expires) => {
    expect(expiryOf(opens)).toBe(expires);
  });

  it.each(EXAMPLES)("%s, told from Kolkata, Auckland or UTC as well", (_, opens, expires) => {
    for (const zone of ["Asia/Kolkata", "Pacific/Auckland", "UTC", "UTC-12"]) {
      const at = DateTime.fromISO(opens, { zone: PACIFIC }).setZone(zone);
      const window = testWindow(at, calendar);
      expect(minute(window.expiresAt), zone).toBe(expires);
      expect([window.opensAt, window.countsFrom, window.expiresAt].map((each) => each.zoneName)).toEqual([
        PACIFIC,
        PACIFIC,
        PACIFIC,
      ]);
      expect(window.opensAt.toMillis()).toBe(at.toMillis());
    }
  });

  it.each([
    ["on a Sunday, from Monday", "2026-11-15T23:59", "Mon 16 Nov 2026 00:00", "Wed 18 Nov 2026 00:00"],
    ["on Veterans Day, from Thursday", "2026-11-11T12:00", "Thu 12 Nov 2026 00:00", "Sat 14 Nov 2026 00:00"],
    ["on Thanksgiving, from Friday", "2026-11-26T08:00", "Fri 27 Nov 2026 00:00", "Tue 1 Dec 2026 00:00"],
    ["on Christmas, a Friday", "2026-12-25T08:00", "Mon 28 Dec 2026 00:00", "Wed 30 Dec 2026 00:00"],
    ["on New Year observed early", "2027-12-31T08:00", "Mon 3 Jan 2028 00:00", "Wed 5 Jan 2028 00:00"],
  ])("%s", (_, opens, counts, expires) => {
    const window = testWindow(DateTime.fromISO(opens, { zone: PACIFIC }), calendar);
    expect([minute(window.countsFrom), minute(window.expiresAt)]).toEqual([counts, expires]);
  });

  // Two business days on: an expiry at 00:00 after a closed day is the start of the next open one, as in the page's last row.
  it.each([
    ["the last minute of Friday keeps its clock", "2026-11-06T23:59", "Tue 10 Nov 2026 23:59"],
    ["the first minute of Saturday waits for Monday", "2026-11-07T00:00", "Wed 11 Nov 2026 00:00"],
    ["the last minute of Sunday waits for Monday", "2026-11-08T23:59", "Wed 11 Nov 2026 00:00"],
    ["the first minute of Monday counts at once", "2026-11-09T00:00", "Wed 11 Nov 2026 00:00"],
    ["Monday before Veterans Day skips it", "2026-11-09T00:01", "Thu 12 Nov 2026 00:01"],
    ["across the year's end", "2026-12-31T09:00", "Tue 5 Jan 2027 09:00"],
  ])("at midnight: %s", (_, opens, expires) => {
    expect(expiryOf(opens)).toBe(expires);
  });

  it.each([
    ["before the clocks go forward in 2026", "2026-03-06T15:00", "Tue 10 Mar 2026 15:00"],
    ["in the hour that is skipped in 2026", "2026-03-08T02:30", "Wed 11 Mar 2026 00:00"],
    ["on the Thursday before, early", "2026-03-05T02:30", "Mon 9 Mar 2026 02:30"],
    ["before the clocks go forward in 2027", "2027-03-12T02:30", "Tue 16 Mar 2027 02:30"],
    ["before the clocks go back in 2026", "2026-10-30T01:30", "Tue 3 Nov 2026 01:30"],
    ["in the hour that comes twice in 2026", "2026-11-01T01:30", "Wed 4 Nov 2026 00:00"],
  ])("%s keeps the clock on the wall", (_, opens, expires) => {
    expect(expiryOf(opens)).toBe(expires);
  });

  it("keeps seconds and milliseconds", () => {
    const window = testWindow(DateTime.fromISO("2026-11-03T17:15:42.123Z"), calendar);
    expect(window.expiresAt.toUTC().toISO()).toBe("2026-11-05T17:15:42.123Z");
  });

  it("stands still during a freeze", () => {
    const frozen = businessCalendar({ freezes: [{ from: "2026-11-04", to: "2026-11-06", why: "test" }] });
    expect(expiryOf("2026-11-03T09:15", PACIFIC, frozen)).toBe("Tue 10 Nov 2026 09:15");
    expect(expiryOf("2026-11-05T09:15", PACIFIC, frozen)).toBe("Wed 11 Nov 2026 00:00");
  });

  it("at no time at all is an error", () => {
    expect(() => testWindow(DateTime.invalid("test"), calendar)).toThrow(RangeError);
  });
});

describe("any test link", () => {
  const instants = fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2040, 11, 15) });
  const zones = fc.constantFrom("UTC", PACIFIC, "Asia/Kolkata", "Pacific/Kiritimati", "America/St_Johns");
  const frozen = businessCalendar({ freezes: [{ from: "2026-12-21", to: "2027-01-04", why: "test" }] });
  const calendars = fc.constantFrom(calendar, frozen);

  it("lives two business days of business time and begins with its opening", () => {
    fc.assert(
      fc.property(instants, zones, calendars, (millis, zone, on) => {
        const { opensAt, countsFrom, expiresAt } = testWindow(DateTime.fromMillis(millis, { zone }), on);
        expect(opensAt.toMillis()).toBe(millis);
        expect(countsFrom >= opensAt).toBe(true);
        expect(on.isBusinessDay(pacificDay(countsFrom))).toBe(true);
        expect(businessTimeBetween(opensAt, countsFrom, on)).toBe(0);
        expect(businessTimeBetween(countsFrom, expiresAt, on)).toBe(48 * HOUR);
      }),
      { ...SEED, numRuns: 500 },
    );
  });

  it("opens and expires at the same instants wherever it is told", () => {
    fc.assert(
      fc.property(instants, zones, zones, (millis, here, there) => {
        const [one, other] = [here, there].map((zone) =>
          testWindow(DateTime.fromMillis(millis, { zone }), calendar),
        );
        expect(one).toEqual(other);
      }),
      SEED,
    );
  });

  it("that opens later never expires earlier", () => {
    fc.assert(
      fc.property(instants, fc.nat(7 * 24 * HOUR), (millis, more) => {
        const [first, second] = [millis, millis + more].map((each) =>
          testWindow(DateTime.fromMillis(each), calendar).expiresAt.toMillis(),
        );
        expect(second).toBeGreaterThanOrEqual(first ?? Number.NaN);
      }),
      SEED,
    );
  });
});
