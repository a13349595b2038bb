import fc from "fast-check";
import { DateTime } from "luxon";
import { describe, expect, it } from "vitest";
import type { Address } from "../../src/incoming.ts";
import { nextDigest } from "../../src/scheduling/digest.ts";
import type { DigestTime } from "../../src/settings.ts";

const ZONES = [
  "Europe/Berlin",
  "America/Havana",
  "Africa/Cairo",
  "Asia/Kolkata",
  "Australia/Lord_Howe",
  "UTC",
];
const MINUTE = 60_000;

function digestAt(weekday: number, at: string, zone = "Europe/Berlin"): DigestTime {
  return { weekday, at, zone, where: "here" as Address, setting: "shared" };
}

/** After a wall time of Berlin. */
function next(weekday: number, at: string, after: string): string {
  const moment = DateTime.fromISO(after, { zone: "Europe/Berlin" });
  return nextDigest(digestAt(weekday, at), moment).toFormat("ccc d LLL HH:mm ZZ");
}

describe("The next weekly digest", () => {
  it.each([
    ["comes later the same day", 2, "09:00", "2026-11-03T08:59", "Tue 3 Nov 09:00 +01:00"],
    ["comes in a week when it has just come", 2, "09:00", "2026-11-03T09:00", "Tue 10 Nov 09:00 +01:00"],
    ["comes after the weekend", 1, "09:00", "2026-11-06T20:00", "Mon 9 Nov 09:00 +01:00"],
    ["keeps its time when clocks change", 1, "09:00", "2026-10-19T09:00", "Mon 26 Oct 09:00 +01:00"],
    ["comes when its time is skipped", 7, "02:30", "2027-03-27T12:00", "Sun 28 Mar 03:00 +02:00"],
    [
      "comes the first time that it is half past two",
      7,
      "02:30",
      "2026-10-25T01:00",
      "Sun 25 Oct 02:30 +02:00",
    ],
  ] as const)("%s", (_, weekday, at, after, expected) => {
    expect(next(weekday, at, after)).toBe(expected);
  });

  it("does not come again the second time that it is half past two", () => {
    const first = nextDigest(
      digestAt(7, "02:30"),
      DateTime.fromISO("2026-10-25T01:00", { zone: "Europe/Berlin" }),
    );
    expect(nextDigest(digestAt(7, "02:30"), first).toFormat("ccc d LLL HH:mm")).toBe("Sun 1 Nov 02:30");
  });

  it("is on its day, strictly ahead, about a week from the one before, whatever the zone and the moment", () => {
    const anyCase = fc.record({
      zone: fc.constantFrom(...ZONES),
      weekday: fc.integer({ min: 1, max: 7 }),
      minutes: fc.integer({ min: 0, max: 24 * 60 - 1 }),
      after: fc.integer({ min: Date.UTC(2015, 0, 1) / MINUTE, max: Date.UTC(2031, 0, 1) / MINUTE }),
    });
    fc.assert(
      fc.property(anyCase, ({ zone, weekday, minutes, after: minute }) => {
        const at = [Math.floor(minutes / 60), minutes % 60]
          .map((part) => `${part}`.padStart(2, "0"))
          .join(":");
        const digest = digestAt(weekday, at, zone);
        const after = DateTime.fromMillis(minute * MINUTE, { zone });
        const first = nextDigest(digest, after);
        const second = nextDigest(digest, first);
        expect(first.weekday).toBe(weekday);
        const isSkipped = first.toFormat("HH:mm") !== at;
        // Clocks skip a time within the hour before the one that they show then.
        if (isSkipped) expect(first.minus(1).offset).not.toBe(first.offset);
        expect(first > after && first <= after.plus({ days: 7, hours: 2 })).toBe(true);
        expect(Math.abs(second.diff(first).as("hours") - 7 * 24)).toBeLessThanOrEqual(2);
        // None is left out between.
        const justBefore = nextDigest(digest, first.minus(1));
        expect(justBefore.toMillis()).toBe(first.toMillis());
      }),
      { seed: 11, numRuns: 2000 },
    );
  });
});
