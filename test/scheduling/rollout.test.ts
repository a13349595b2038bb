import fc from "fast-check";
import { DateTime } from "luxon";
import { describe, expect, it } from "vitest";
import { businessCalendar, rollout } from "../../src/index.ts";
import { toDay, toIso, weekdayOf } from "../../src/scheduling/calendar.ts";
import { cutOff, type Remark } from "../../src/scheduling/rollout.ts";

const SEED = { seed: 20261104 };
const PACIFIC = "America/Los_Angeles";
const calendar = businessCalendar();
const yearEnd = businessCalendar({
  freezes: [{ from: "2026-11-23", to: "2026-11-27", why: "Thanksgiving" }],
});

/** The rollout of a Go live confirmed then (Pacific where no zone is named). */
function plan(goLive: string, on = calendar, startsOn?: string) {
  return rollout(DateTime.fromISO(goLive, { zone: PACIFIC }), on, startsOn);
}

/** "Fri 6 Nov": the day of each wave. */
function wavesOf(goLive: string, on = calendar, startsOn?: string): string {
  return plan(goLive, on, startsOn)
    .waves.map((wave) => nice(wave.on))
    .join(", ");
}

function nice(iso: string): string {
  return DateTime.fromISO(iso, { zone: "utc" }).toFormat("ccc d LLL");
}

function kindsOf({ remarks }: { remarks: Remark[] }): string[] {
  return remarks.map(({ kind }) => kind);
}

describe("a Go live confirmed", () => {
  it.each([
    [
      "on Wednesday 4 November 2026, with Veterans Day on the way",
      "2026-11-04T10:00",
      "Fri 6 Nov, Mon 9 Nov, Tue 10 Nov, Thu 12 Nov, Fri 13 Nov, Mon 16 Nov",
    ],
    [
      "on Friday 18 December 2026, before two Fridays that are holidays",
      "2026-12-18T10:00",
      "Fri 8 Jan, Mon 11 Jan, Tue 12 Jan, Wed 13 Jan, Thu 14 Jan, Fri 15 Jan",
    ],
    [
      "on Monday 27 December 2027, with New Year observed on that Friday",
      "2027-12-27T10:00",
      "Fri 7 Jan, Mon 10 Jan, Tue 11 Jan, Wed 12 Jan, Thu 13 Jan, Fri 14 Jan",
    ],
    [
      "before the clocks change, over the weekend of 8 March 2026",
      "2026-03-04T10:00",
      "Fri 6 Mar, Mon 9 Mar, Tue 10 Mar, Wed 11 Mar, Thu 12 Mar, Fri 13 Mar",
    ],
    [
      "on a Saturday, for the Friday after",
      "2026-09-12T10:00",
      "Fri 18 Sep, Mon 21 Sep, Tue 22 Sep, Wed 23 Sep, Thu 24 Sep, Fri 25 Sep",
    ],
  ])("%s", (_, goLive, waves) => {
    expect(wavesOf(goLive)).toBe(waves);
  });

  it.each([
    ["in the last second of Thursday makes Friday", "2026-11-06T07:59:59Z", "2026-11-06"],
    ["in the first second of Friday waits a week", "2026-11-06T08:00:00Z", "2026-11-13"],
    ["in the last second of Friday waits a week", "2026-11-07T07:59:59Z", "2026-11-13"],
    ["in the first second of Saturday does too", "2026-11-07T08:00:00Z", "2026-11-13"],
    ["on Friday noon in Kolkata, still Thursday in Pacific", "2026-11-06T12:00:00+05:30", "2026-11-06"],
    ["in summer, in the last second of Thursday", "2026-07-10T06:59:59Z", "2026-07-10"],
    ["in summer, in the first second of Friday", "2026-07-10T07:00:00Z", "2026-07-17"],
  ])("%s", (_, instant, startsOn) => {
    for (const zone of ["UTC", PACIFIC, "Asia/Kolkata"]) {
      expect(rollout(DateTime.fromISO(instant, { zone }), calendar).startsOn, zone).toBe(startsOn);
    }
  });

  it("at no time at all is an error, as is a start that is no date", () => {
    expect(() => rollout(DateTime.invalid("test"), calendar)).toThrow(RangeError);
    expect(() => plan("2026-11-04", calendar, "2026-02-31")).toThrow(RangeError);
    expect(() => plan("2026-11-04", calendar, "soon")).toThrow(RangeError);
  });
});

describe("what must be known beside the dates", () => {
  it.each([
    ["a Wednesday", "2026-09-09T10:00", []],
    ["a Thursday is at risk", "2026-09-10T00:00", ["at-risk"]],
    ["a Friday counts for next week", "2026-09-11T10:00", ["confirmed-on-friday"]],
    ["a holiday between the waves", "2026-10-07T10:00", ["day-skipped"]],
    [
      "a Thursday before a closed Friday risks nothing",
      "2026-12-24T10:00",
      ["friday-skipped", "friday-skipped", "freeze-likely"],
    ],
  ])("%s", (_, goLive, kinds) => {
    expect(
      kindsOf(plan(goLive)).filter((kind) => kind !== "day-skipped" || kinds.includes(kind as never)),
    ).toEqual(kinds);
  });

  it("names each Friday passed over, why, and the next business day as the earliest alternative", () => {
    const { remarks } = plan("2026-12-18T10:00");
    expect(remarks.filter(({ kind }) => kind === "friday-skipped")).toEqual([
      {
        kind: "friday-skipped",
        day: "2026-12-25",
        why: { kind: "holiday", name: expect.stringMatching(/christmas/i) },
        earliest: "2026-12-28",
      },
      {
        kind: "friday-skipped",
        day: "2027-01-01",
        why: { kind: "holiday", name: expect.stringMatching(/new year/i) },
        earliest: "2027-01-04",
      },
    ]);
  });

  it("names the holiday on which no wave goes out, and no weekend", () => {
    expect(plan("2026-11-04T10:00").remarks).toContainEqual({
      kind: "day-skipped",
      day: "2026-11-11",
      why: { kind: "holiday", name: expect.stringMatching(/veterans/i) },
    });
    expect(plan("2026-11-04T10:00").remarks.filter(({ kind }) => kind === "day-skipped")).toHaveLength(1);
  });

  it("passes over a freeze like a holiday", () => {
    expect(wavesOf("2026-11-18T10:00", yearEnd)).toBe(
      "Fri 20 Nov, Mon 30 Nov, Tue 1 Dec, Wed 2 Dec, Thu 3 Dec, Fri 4 Dec",
    );
    const skipped = plan("2026-11-23T10:00", yearEnd);
    expect(skipped.startsOn).toBe("2026-12-04");
    expect(skipped.remarks).toContainEqual({
      kind: "friday-skipped",
      day: "2026-11-27",
      why: { kind: "freeze", why: "Thanksgiving" },
      earliest: "2026-11-30",
    });
  });

  it("puts every remark into a sentence", () => {
    const { notes } = plan("2026-12-18T10:00");
    expect(notes.join(" ")).toContain("28 Dec");
    for (const goLive of ["2026-12-18", "2026-11-05", "2026-11-06", "2027-12-27"]) {
      const every = [...plan(goLive).notes, ...plan(goLive, yearEnd, "2026-11-24").notes];
      expect(every.length).toBeGreaterThan(0);
      for (const note of every) expect(note).toMatch(/^\S.{10,}\.$/);
    }
    expect(plan("2026-09-09T10:00").notes).toEqual([]);
  });
});

describe("a start that Microsoft named", () => {
  it.each([
    ["a later Friday", "2026-11-20"],
    ["a Friday that is a holiday", "2026-12-25"],
    ["a Tuesday", "2026-11-10"],
    ["a Saturday", "2026-11-14"],
  ])("overrides the computed one: %s", (_, start) => {
    const named = plan("2026-11-05T10:00", calendar, start);
    expect([named.startsOn, named.waves[0]?.on]).toEqual([start, start]);
    expect(kindsOf(named)).toContain("start-from-microsoft");
    expect(kindsOf(named)).not.toContain("at-risk");
    for (const { on } of named.waves.slice(1)) expect(calendar.isBusinessDay(toDay(on))).toBe(true);
  });
});

describe("a freeze is likely", () => {
  it.each([
    ["not when the last wave is on Tuesday 14 November", "2028-11-06", "2028-11-14", false],
    ["when the last wave is on Wednesday 15 November", "2028-11-07", "2028-11-15", true],
    ["when it starts in December", "2026-12-04", "2026-12-11", true],
    ["when it starts on New Year's Eve", "2026-12-31", "2027-01-08", true],
    ["when it starts on Monday 10 January", "2028-01-10", "2028-01-18", true],
    ["not when it starts on Tuesday 11 January", "2028-01-11", "2028-01-19", false],
    ["not in summer", "2026-07-10", "2026-07-17", false],
  ])("%s", (_, start, last, expected) => {
    const named = plan("2026-07-01T10:00", calendar, start);
    expect(named.waves.at(-1)?.on).toBe(last);
    expect(kindsOf(named).includes("freeze-likely")).toBe(expected);
  });

  it("when a Friday in December was passed over, though it starts in January", () => {
    const frozen = businessCalendar({ freezes: [{ from: "2026-12-14", to: "2027-01-08", why: "year end" }] });
    const late = plan("2026-12-14T10:00", frozen);
    expect(late.startsOn).toBe("2027-01-15");
    expect(kindsOf(late)).toContain("freeze-likely");
  });
});

describe("any rollout", () => {
  const instants = fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2040, 10, 1) });
  const spans = fc.array(fc.tuple(fc.integer({ min: 18_262, max: 25_500 }), fc.nat(14)), { maxLength: 8 });

  it("has six waves, one each business day, from the first open Friday strictly after", () => {
    fc.assert(
      fc.property(
        instants,
        spans,
        fc.constantFrom("UTC", PACIFIC, "Asia/Kolkata"),
        (millis, frozen, zone) => {
          const on = businessCalendar({
            freezes: frozen.map(([from, days]) => ({ from: toIso(from), to: toIso(from + days), why: "" })),
          });
          const goLive = DateTime.fromMillis(millis, { zone });
          const { startsOn, waves, allRegions } = rollout(goLive, on);
          const days = waves.map((wave) => toDay(wave.on));
          const start = days[0] ?? Number.NaN;
          const confirmed = toDay(goLive.setZone(PACIFIC).toISODate() ?? "");

          expect(waves.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6]);
          expect(startsOn).toBe(waves[0]?.on);
          expect(weekdayOf(start)).toBe(5);
          expect(start).toBeGreaterThan(confirmed);
          for (let day = confirmed + 1; day < start; day += 1) {
            expect(weekdayOf(day) === 5 && on.isBusinessDay(day), toIso(day)).toBe(false);
          }
          expect(days.every((day) => on.isBusinessDay(day))).toBe(true);
          expect(days.slice(1)).toEqual(days.slice(0, -1).map((day) => on.nextBusinessDay(day)));
          expect([toDay(allRegions.from) - start, toDay(allRegions.to) - start]).toEqual([21, 28]);
        },
      ),
      { ...SEED, numRuns: 300 },
    );
  });
});

describe("the cut-off", () => {
  it.each([
    ["on Wednesday 23:59 is a minute away", "2026-09-09T23:59", "2026-09-11", "2026-09-18"],
    ["on Thursday 00:00 has passed, and Friday is at risk", "2026-09-10T00:00", "2026-09-11", "2026-09-18"],
    ["on Thursday 23:59 leaves a minute of risk", "2026-09-10T23:59", "2026-09-11", "2026-09-18"],
    ["on Friday 00:00 is the next week's", "2026-09-11T00:00", "2026-09-18", "2026-09-25"],
    ["before Christmas is the one in January", "2026-12-21T09:00", "2027-01-08", "2027-01-15"],
    ["missed before Christmas costs three weeks", "2026-12-16T09:00", "2026-12-18", "2027-01-08"],
    ["on Thanksgiving is at risk", "2026-11-26T09:00", "2026-11-27", "2026-12-04"],
    ["before New Year observed early", "2027-12-29T09:00", "2028-01-07", "2028-01-14"],
  ])("%s", (_, at, friday, missedFriday) => {
    const now = DateTime.fromISO(at, { zone: PACIFIC });
    const found = cutOff(now.setZone("Asia/Kolkata"), calendar);
    expect([found.friday, found.missedFriday]).toEqual([friday, missedFriday]);
    const midnight = DateTime.fromISO(friday, { zone: PACIFIC });
    expect(found.safeUntil.toISO()).toBe(midnight.minus({ days: 1 }).toISO());
    expect(found.atRiskUntil.toISO()).toBe(midnight.toISO());
    expect(rollout(now, calendar).startsOn).toBe(friday);
    expect(rollout(found.atRiskUntil, calendar).startsOn).toBe(missedFriday);
    expect(rollout(found.safeUntil.minus(1), calendar).remarks.some(({ kind }) => kind === "at-risk")).toBe(
      false,
    );
    expect(rollout(found.safeUntil, calendar).remarks.some(({ kind }) => kind === "at-risk")).toBe(true);
  });
});
