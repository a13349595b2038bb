import fc from "fast-check";
import { DateTime } from "luxon";
import { describe, expect, test } from "vitest";
import { zoneNamed } from "../../src/scheduling/zones.ts";

const ZONES = [
  "America/Los_Angeles",
  "America/St_Johns",
  "Africa/Casablanca",
  "Africa/Cairo",
  "Asia/Kathmandu",
  "Asia/Kolkata",
  "Australia/Lord_Howe",
  "Europe/Berlin",
  "Pacific/Chatham",
  "UTC",
];
const [FIRST, LAST] = [Date.UTC(2005, 0, 1), Date.UTC(2045, 0, 1)];

describe("A zone that remembers when its clocks change", () => {
  test("has the offset that luxon finds, at any moment of forty years", () => {
    const moment = fc.integer({ min: FIRST, max: LAST });
    fc.assert(
      fc.property(fc.constantFrom(...ZONES), moment, (zone, at) => {
        const remembered = DateTime.fromMillis(at, { zone: zoneNamed(zone) });
        expect(remembered.toISO()).toBe(DateTime.fromMillis(at, { zone }).toISO());
      }),
      { numRuns: 3000, seed: 4 },
    );
  });

  test.each([
    ["Europe/Berlin", "2026-03-29T00:59:59.999Z", "2026-03-29T01:00:00Z", 60, 120],
    ["America/Los_Angeles", "2026-11-01T08:59:59.999Z", "2026-11-01T09:00:00Z", -420, -480],
    ["Australia/Lord_Howe", "2026-04-04T14:59:59.999Z", "2026-04-04T15:00:00Z", 660, 630],
  ])("%s changes its clocks at the very moment", (zone, before, after, was, is) => {
    expect(DateTime.fromISO(before, { zone: zoneNamed(zone) }).offset).toBe(was);
    expect(DateTime.fromISO(after, { zone: zoneNamed(zone) }).offset).toBe(is);
  });

  test("a name that is no zone stays one that is not valid", () => {
    expect(DateTime.now().setZone(zoneNamed("Atlantis/Capital")).isValid).toBe(false);
  });
});
