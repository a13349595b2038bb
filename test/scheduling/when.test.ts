import fc from "fast-check";
import { DateTime } from "luxon";
import { describe, expect, it } from "vitest";
import { readDuration, readWhen } from "../../src/scheduling/when.ts";

const BERLIN = "Europe/Berlin";
const PACIFIC = "America/Los_Angeles";
/** Wednesday, 10:00 in Berlin and 01:00 in Los Angeles. */
const WEDNESDAY = DateTime.fromISO("2026-11-04T09:00:00Z", { zone: "utc" });

/** "2026-11-03 15:00 +01:00", or "2026-11-03 day" where no time was said, or "refused: understood". */
function say(text: string, zone: string, prefer: "past" | "future" = "past", now = WEDNESDAY): string {
  const when = readWhen(text, now, zone, prefer);
  if ("refused" in when) return when.understood ? `${when.refused}: ${when.understood}` : when.refused;
  return when.hasTime ? when.at.toFormat("yyyy-MM-dd HH:mm ZZ") : `${when.at.toISODate()} day`;
}

describe("the same words in Berlin and in Los Angeles, on Wednesday 4 November 2026", () => {
  it.each([
    ["now", "2026-11-04 10:00 +01:00", "2026-11-04 01:00 -08:00"],
    ["just now", "2026-11-04 10:00 +01:00", "2026-11-04 01:00 -08:00"],
    ["today", "2026-11-04 day", "2026-11-04 day"],
    ["this morning", "2026-11-04 day", "2026-11-04 day"],
    ["last night", "2026-11-03 day", "2026-11-03 day"],
    ["yesterday", "2026-11-03 day", "2026-11-03 day"],
    ["yesterday evening", "2026-11-03 day", "2026-11-03 day"],
    ["yesterday 3pm", "2026-11-03 15:00 +01:00", "2026-11-03 15:00 -08:00"],
    ["tomorrow", "2026-11-05 day", "2026-11-05 day"],
    ["the day after tomorrow at 9am", "2026-11-06 09:00 +01:00", "2026-11-06 09:00 -08:00"],
    ["Friday", "2026-10-30 day", "2026-10-30 day"],
    ["last Friday", "2026-10-30 day", "2026-10-30 day"],
    ["next Friday", "2026-11-13 day", "2026-11-13 day"],
    ["this Friday", "2026-11-06 day", "2026-11-06 day"],
    ["friday next week", "2026-11-13 day", "2026-11-13 day"],
    ["fri 9:15", "2026-10-30 09:15 +01:00", "2026-10-30 09:15 -07:00"],
    ["fri 9.15", "2026-10-30 09:15 +01:00", "2026-10-30 09:15 -07:00"],
    ["Tues, around 9:15 PM", "2026-11-03 21:15 +01:00", "2026-11-03 21:15 -08:00"],
    ["monday 9 in the morning", "2026-11-02 09:00 +01:00", "2026-11-02 09:00 -08:00"],
    ["friday evening 8:30pm", "2026-10-30 20:30 +01:00", "2026-10-30 20:30 -07:00"],
    ["3 Nov", "2026-11-03 day", "2026-11-03 day"],
    ["the 3rd of November", "2026-11-03 day", "2026-11-03 day"],
    ["Tue, Nov 3, 2026", "2026-11-03 day", "2026-11-03 day"],
    ["Thu 5 Nov", "2026-11-05 day", "2026-11-05 day"],
    ["Nov 3rd 2026 at 9:15am", "2026-11-03 09:15 +01:00", "2026-11-03 09:15 -08:00"],
    ["2 hours ago", "2026-11-04 08:00 +01:00", "2026-11-03 23:00 -08:00"],
    ["1h 30m ago", "2026-11-04 08:30 +01:00", "2026-11-03 23:30 -08:00"],
    ["in 3 days", "2026-11-07 day", "2026-11-07 day"],
    ["in two weeks at 9:15", "2026-11-18 09:15 +01:00", "2026-11-18 09:15 -08:00"],
    ["a week ago", "2026-10-28 day", "2026-10-28 day"],
    ["6 months ago", "2026-05-04 day", "2026-05-04 day"],
    ["monday 9am pacific", "2026-11-02 18:00 +01:00", "2026-11-02 09:00 -08:00"],
    ["3pm PT", "2026-11-04 00:00 +01:00", "2026-11-03 15:00 -08:00"],
    ["15:00 UTC", "2026-11-03 16:00 +01:00", "2026-11-03 07:00 -08:00"],
    ["15:00 UTC+5:30", "2026-11-03 10:30 +01:00", "2026-11-03 01:30 -08:00"],
    ["3pm CET", "2026-11-03 15:00 +01:00", "2026-11-03 06:00 -08:00"],
    ["3pm IST", "2026-11-03 10:30 +01:00", "2026-11-03 01:30 -08:00"],
    ["3pm WAT", "2026-11-03 15:00 +01:00", "2026-11-03 06:00 -08:00"],
    ["noon", "2026-11-03 12:00 +01:00", "2026-11-03 12:00 -08:00"],
    ["midnight", "2026-11-04 00:00 +01:00", "2026-11-04 00:00 -08:00"],
    ["2026-11-03", "2026-11-03 day", "2026-11-03 day"],
    ["2026-11-03 09:15", "2026-11-03 09:15 +01:00", "2026-11-03 09:15 -08:00"],
    ["2026-11-03T09:15:00Z", "2026-11-03 10:15 +01:00", "2026-11-03 01:15 -08:00"],
    ["2026-11-03T09:15:00.5+05:30", "2026-11-03 04:45 +01:00", "2026-11-02 19:45 -08:00"],
    ["2026-11-03 09:15 -00:30", "2026-11-03 10:45 +01:00", "2026-11-03 01:45 -08:00"],
    ["2026-11-03 09:15 PT", "2026-11-03 18:15 +01:00", "2026-11-03 09:15 -08:00"],
    ["24/7/2026", "2026-07-24 day", "2026-07-24 day"],
    ["15/10/2026 3pm", "2026-10-15 15:00 +02:00", "2026-10-15 15:00 -07:00"],
    ["11/11/2026", "2026-11-11 day", "2026-11-11 day"],
    ["29 Feb", "2024-02-29 day", "2024-02-29 day"],
    ["\u200fFriday\u00a09:15\u202c!", "2026-10-30 09:15 +01:00", "2026-10-30 09:15 -07:00"],
  ])("%s", (text, berlin, pacific) => {
    expect([say(text, BERLIN), say(text, PACIFIC)]).toEqual([berlin, pacific]);
  });
});

describe("what is left unsaid is completed in the preferred direction", () => {
  it.each([
    ["Friday", "2026-10-30 day", "2026-11-06 day"],
    ["Wednesday", "2026-11-04 day", "2026-11-04 day"],
    ["Wednesday 9:15", "2026-11-04 09:15 +01:00", "2026-11-11 09:15 +01:00"],
    ["Wednesday 15:00", "2026-10-28 15:00 +01:00", "2026-11-04 15:00 +01:00"],
    ["3 Nov", "2026-11-03 day", "2027-11-03 day"],
    ["4 Nov", "2026-11-04 day", "2026-11-04 day"],
    ["4 Nov 15:00", "2026-11-04 15:00 +01:00", "2026-11-04 15:00 +01:00"],
    ["5 Nov", "2025-11-05 day", "2026-11-05 day"],
    ["13/11", "2025-11-13 day", "2026-11-13 day"],
    ["29 Feb", "2024-02-29 day", "2028-02-29 day"],
    ["9am", "2026-11-04 09:00 +01:00", "2026-11-05 09:00 +01:00"],
    ["3pm", "2026-11-03 15:00 +01:00", "2026-11-04 15:00 +01:00"],
    ["midnight", "2026-11-04 00:00 +01:00", "2026-11-05 00:00 +01:00"],
    ["last Friday", "2026-10-30 day", "2026-10-30 day"],
    ["next Friday", "2026-11-13 day", "2026-11-13 day"],
    ["Tuesday 3 Nov", "2026-11-03 day", "2026-11-03 day"],
    ["yesterday 3pm", "2026-11-03 15:00 +01:00", "2026-11-03 15:00 +01:00"],
  ])("%s", (text, past, future) => {
    expect([say(text, BERLIN, "past"), say(text, BERLIN, "future")]).toEqual([past, future]);
  });
});

describe("a day without a time", () => {
  function sayExactly(text: string, prefer: "past" | "future", now: string): string | null {
    const when = readWhen(text, DateTime.fromISO(now, { zone: BERLIN }), BERLIN, prefer);
    return "at" in when ? when.at.toISO({ suppressMilliseconds: true }) : when.refused;
  }

  it("is its noon", () => {
    expect(sayExactly("3 Nov", "past", "2026-11-04T10:00")).toBe("2026-11-03T12:00:00+01:00");
    expect(sayExactly("2026-11-04", "past", "2026-11-04T15:00")).toBe("2026-11-04T12:00:00+01:00");
  });

  it.each(["today", "Wednesday", "4 Nov", "2026-11-04", "tonight"])(
    "%s is not later than now in the past",
    (text) => {
      expect(sayExactly(text, "past", "2026-11-04T10:00")).toBe("2026-11-04T10:00:00+01:00");
      expect(sayExactly(text, "future", "2026-11-04T10:00")).toBe("2026-11-04T12:00:00+01:00");
    },
  );

  it("is the day in the zone that is named, and the reader's noon of it", () => {
    const now = DateTime.fromISO("2026-11-04T09:00", { zone: "Asia/Tokyo" });
    const when = readWhen("yesterday pacific", now, "Asia/Tokyo", "past");
    expect("at" in when && when.at.toISO()).toBe("2026-11-02T12:00:00.000+09:00");
  });
});

describe("daylight saving", () => {
  it.each([
    ["before the change in the US", "7 March 2026 9am PST", "2026-03-07 09:00 -08:00"],
    ["after it", "8 March 2026 9am PST", "2026-03-08 09:00 -07:00"],
    ["PST said in summer is the clock on the wall", "1 July 2026 9am PST", "2026-07-01 09:00 -07:00"],
    ["an hour that is skipped moves forward", "2026-03-08 02:30", "2026-03-08 03:30 -07:00"],
    ["an hour that is skipped, in words", "8 March 2026 2:30am", "2026-03-08 03:30 -07:00"],
    ["an hour that comes twice is the first", "2026-11-01 01:30", "2026-11-01 01:30 -07:00"],
    ["an hour that comes twice, in words", "Nov 1st 2026 1:30 am", "2026-11-01 01:30 -07:00"],
    ["an offset chooses the second", "2026-11-01T01:30-08:00", "2026-11-01 01:30 -08:00"],
    ["Berlin has changed, Los Angeles has not", "2026-10-25 12:00 CET", "2026-10-25 04:00 -07:00"],
  ])("%s", (_, text, expected) => {
    expect(say(text, PACIFIC)).toBe(expected);
  });

  it("counts hours ago as they passed, not as the clock showed them", () => {
    const after = DateTime.fromISO("2026-11-01T01:15:00-08:00", { zone: PACIFIC });
    expect(say("30 minutes ago", PACIFIC, "past", after)).toBe("2026-11-01 01:45 -07:00");
    const spring = DateTime.fromISO("2026-03-08T03:30:00-07:00", { zone: PACIFIC });
    expect(say("1 hour ago", PACIFIC, "past", spring)).toBe("2026-03-08 01:30 -08:00");
  });

  it("counts days by the calendar", () => {
    const monday = DateTime.fromISO("2026-10-26T09:00", { zone: BERLIN });
    expect(say("2 days ago at 9am", BERLIN, "past", monday)).toBe("2026-10-24 09:00 +02:00");
    expect(say("yesterday 2:30", BERLIN, "past", monday)).toBe("2026-10-25 02:30 +02:00");
  });

  it("finds the weekday in the hour in which the clock changes", () => {
    const now = DateTime.fromISO("2026-03-08T03:10:00-07:00", { zone: PACIFIC });
    expect(say("Sunday", PACIFIC, "past", now)).toBe("2026-03-08 day");
    expect(say("last Sunday", PACIFIC, "past", now)).toBe("2026-03-01 day");
  });
});

describe("refusals name what is wrong", () => {
  it.each([
    ["", "empty"],
    [" \u00a0\u200e\u0007 ", "empty"],
    ["soon", "not-a-date"],
    ["24/7", "not-a-date"],
    ["next week", "not-a-date"],
    ["weekend", "not-a-date: weekend"],
    ["November", "not-a-date"],
    ["2026", "not-a-date"],
    ["1530", "not-a-date"],
    ["morning", "not-a-date"],
    ["PT", "not-a-date"],
    ["Friday at 3", "not-a-date: Friday"],
    ["Friday 15", "not-a-date: Friday 15"],
    ["Friday after 3pm", "not-a-date: Friday after 3pm"],
    ["every Friday", "not-a-date: Friday"],
    ["sometime Friday maybe", "not-a-date: Friday"],
    ["Friday or Saturday", "not-a-date: Friday, Saturday"],
    ["3 Nov to 5 Nov", "not-a-date: 3 Nov to 5 Nov"],
    ["3pm-5pm", "not-a-date: 3pm-5pm"],
    ["3pm PT 5pm ET", "not-a-date: PT, ET"],
    ["31 Feb", "impossible: 31 Feb"],
    ["30 February", "impossible: 30 February"],
    ["February 30th", "impossible: February 30th"],
    ["32 Nov", "impossible: 32 Nov"],
    ["Nov 32", "impossible: Nov 32"],
    ["29 Feb 2026", "impossible: 29 Feb 2026"],
    ["2026-02-30", "impossible: 2026-02-30"],
    ["2026-13-01", "impossible: 2026-13-01"],
    ["31/02/2026", "impossible: 31 Feb 2026"],
    ["13/13/2026", "impossible: 13/13/2026"],
    ["25:00", "impossible: 25:00"],
    ["9:75", "impossible: 9:75"],
    ["Friday 13pm", "impossible: 13pm"],
    ["15:00 +19:00", "impossible: +19:00"],
    ["Friday 3 Nov 2026", "impossible: Friday 3 Nov 2026"],
    ["Monday 3 Nov", "impossible: Monday 3 Nov"],
    ["3/11", "ambiguous: 3/11"],
    ["03/11/2026 3pm", "ambiguous: 03/11/2026"],
    ["3.11.2026", "ambiguous: 3.11.2026"],
    ["3.11", "ambiguous: 3.11"],
    ["tonight 8:30", "ambiguous: tonight 8:30"],
    ["31 Dec 1999", "too-far: 31 Dec 1999"],
    ["2031-11-05", "too-far: 2031-11-05"],
    ["9999 years ago", "too-far: 9999 years ago"],
    ["3 Nov 500 BC", "too-far: 3 Nov 500 BC"],
  ])("%j", (text, expected) => {
    expect(say(text, BERLIN)).toBe(expected);
  });

  it("takes five years ahead and no more", () => {
    expect(say("2031-11-04 10:00", BERLIN)).toBe("2031-11-04 10:00 +01:00");
    expect(say("2031-11-04 10:01", BERLIN)).toBe("too-far: 2031-11-04 10:01");
  });
});

describe("whatever is typed", () => {
  const zones = fc.constantFrom(BERLIN, PACIFIC, "Asia/Kolkata", "Pacific/Auckland", "UTC");
  const moments = fc
    .date({
      min: new Date("2005-01-01T00:00:00Z"),
      max: new Date("2060-01-01T00:00:00Z"),
      noInvalidDate: true,
    })
    .map((date) => DateTime.fromJSDate(date, { zone: "utc" }));
  const words = fc.constantFrom(
    ..."now today last next this Friday fri 3 Nov 2026 9:15 pm PT UTC +05:30 at on the in ago days 2 weeks 31 Feb 24/7 3/11 - . , : to \u202e \u0000 noon midnight evening 99999 years".split(
      " ",
    ),
  );
  const texts = fc.oneof(
    fc.string({ unit: "binary", maxLength: 300 }),
    fc.array(words, { maxLength: 8 }).map((each) => each.join(" ")),
    fc.array(words, { maxLength: 8 }).map((each) => each.join("")),
    fc
      .tuple(words, fc.integer({ min: 1, max: 10_000 }))
      .map(([each, times]) => each.repeat(times).slice(0, 10_000)),
  );

  it("answers with a moment in the zone asked for, or a refusal", () => {
    fc.assert(
      fc.property(texts, moments, zones, fc.constantFrom("past", "future"), (text, now, zone, prefer) => {
        const when = readWhen(text, now, zone, prefer);
        if ("refused" in when) return when.understood !== "";
        return when.at.isValid && when.at.zoneName === zone && when.at.year >= 2000;
      }),
      { numRuns: 2000 },
    );
  });

  it("reads back every minute written as ISO", () => {
    fc.assert(
      fc.property(moments, zones, (now, zone) => {
        const minute = now.setZone(zone).startOf("minute");
        const when = readWhen(minute.toFormat("yyyy-MM-dd'T'HH:mmZZ"), now, zone, "past");
        expect("at" in when && when.at.toISO()).toBe(minute.toISO());
      }),
    );
  });

  it("finds a bare weekday within the week up to now, or within the week to come", () => {
    fc.assert(
      fc.property(moments, zones, fc.integer({ min: 1, max: 7 }), (now, zone, weekday) => {
        const here = now.setZone(zone);
        const name = here.set({ weekday: weekday as 1 }).toFormat("cccc");
        const past = readWhen(name, now, zone, "past");
        const future = readWhen(name, now, zone, "future");
        if ("refused" in past || "refused" in future) throw new Error(name);
        expect([past.at.weekday, future.at.weekday]).toEqual([weekday, weekday]);
        expect(past.at <= now && past.at > here.startOf("day").minus({ days: 7 })).toBe(true);
        expect(future.at >= here.startOf("day") && future.at < here.startOf("day").plus({ days: 7 })).toBe(
          true,
        );
      }),
    );
  });

  it("never gives a duration that is not between nothing and 400 days", () => {
    fc.assert(
      fc.property(texts, (text) => {
        const length = readDuration(text);
        return length === undefined || (length > 0 && length <= 400 * 86_400_000);
      }),
    );
  });
});

describe("durations", () => {
  const HOUR = 3_600_000;
  it.each([
    ["3d", 72 * HOUR],
    ["4h", 4 * HOUR],
    ["90m", 1.5 * HOUR],
    ["2w", 336 * HOUR],
    ["1 day", 24 * HOUR],
    ["2 Hours", 2 * HOUR],
    ["two hours", 2 * HOUR],
    ["1h 30m", 1.5 * HOUR],
    ["1h30m", 1.5 * HOUR],
    ["1.5h", 1.5 * HOUR],
    ["1 day and 2 hours", 26 * HOUR],
    ["a week", 168 * HOUR],
    ["an hour", HOUR],
    ["400 days", 400 * 24 * HOUR],
  ])("%s", (text, milliseconds) => {
    expect(readDuration(text)).toBe(milliseconds);
  });

  it.each([
    "",
    "0d",
    "zero hours",
    "-3d",
    "3",
    "d",
    "h4",
    "junk",
    "3d 3d",
    "3 dogs",
    "401 days",
    "1 month",
    "a year",
    "2h ago",
  ])("%j is none", (text) => {
    expect(readDuration(text)).toBeUndefined();
  });
});
