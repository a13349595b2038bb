import fc from "fast-check";
import { DateTime } from "luxon";
import { describe, expect, it } from "vitest";
import { findWhen } from "../../src/scheduling/when-in-text.ts";
import { pacific } from "../support.ts";

const SEED = { seed: 20261118 };
const PACIFIC = "America/Los_Angeles";
const KOLKATA = "Asia/Kolkata";
const WEDNESDAY = pacific("2026-11-18T10:00");

/** "2026-11-19", "2026-11-19 09:00", or "no date". */
function whenIn(text: string, now: DateTime = WEDNESDAY, zone = PACIFIC): string {
  const when = findWhen(text, now, zone);
  return when?.at.toFormat(when.hasTime ? "yyyy-MM-dd HH:mm" : "yyyy-MM-dd") ?? "no date";
}

describe("the date in a sentence, said on Wednesday 18 November 2026", () => {
  it.each([
    ["rollout schedule if we sign off tomorrow", "2026-11-19", "tomorrow"],
    ["is it live in the US yet? confirmed two weeks ago", "2026-11-04", "two weeks ago"],
    ["go-live 12 Nov, which day does it reach India?", "2026-11-12", "12 Nov"],
    ["go live the 12th of november", "2026-11-12", "the 12th of november"],
    ["we go live next tuesday", "2026-11-24", "next tuesday"],
    ["nxt monday?", "2026-11-23", "nxt monday"],
    ["go live today, then what", "2026-11-18", "today"],
    ["we pressed it yesterday.", "2026-11-17", "yesterday"],
    ["the day before yesterday we confirmed", "2026-11-16", "The day before yesterday"],
    ["the day after tomorrow, say", "2026-11-20", "the day after tomorrow"],
    ["say tmrw", "2026-11-19", "tmrw"],
    ["live in three weeks?", "2026-12-09", "in three weeks"],
    ["signed off a couple of days ago", "2026-11-16", "a couple of days ago"],
    ["on 25.11. it goes live", "2026-11-25", "25.11."],
    ["say *tomorrow*", "2026-11-19", "tomorrow"],
    ["“tomorrow”, they said", "2026-11-19", "tomorrow"],
    ["with friday's rollout", "2026-11-20", "friday"],
    ["live on 12. November", "2026-11-12", "12. November"],
    ["on 25.11 then", "2026-11-25", "25.11"],
    ["live on 2026-11-12!", "2026-11-12", "2026-11-12"],
    ["Nov 12, 2026 was it", "2026-11-12", "Nov 12, 2026"],
    ["friday 20 november", "2026-11-20", "friday 20 november"],
    ["tomorrow at 9am PT, then", "2026-11-19 09:00", "tomorrow at 9am PT"],
    ["pressed two hours ago", "2026-11-18 08:00", "two hours ago"],
    ["12 nov or 14 nov", "2026-11-12", "12 nov"],
  ])("%s", (text, date, words) => {
    const when = findWhen(text, WEDNESDAY, PACIFIC);
    expect([whenIn(text), when?.words.toLowerCase()]).toEqual([date, words.toLowerCase()]);
    expect(when?.index).toBe(text.toLowerCase().indexOf(words.toLowerCase()));
  });
});

describe("a weekday", () => {
  it.each([
    ["last friday", "2026-11-13"],
    ["it was last friday", "2026-11-13"],
    ["if it was last friday", "2026-11-13"],
    ["will it be out, we confirmed last friday", "2026-11-13"],
    ["last wednesday", "2026-11-11"],
  ])("with “last” is a past one: %s", (text, date) => {
    expect(whenIn(text)).toBe(date);
  });

  it.each([
    ["we pressed go live on friday", "2026-11-13"],
    ["signed off on monday, when does germany get it", "2026-11-16"],
    ["it went live on Thursday", "2026-11-12"],
    ["live since monday", "2026-11-16"],
    ["we already confirmed on tuesday", "2026-11-17"],
    ["signed off wednesday", "2026-11-18"],
  ])("is the last one where something happened on it: %s", (text, date) => {
    expect(whenIn(text)).toBe(date);
  });

  it.each([
    ["we go live on friday", "2026-11-20"],
    ["if we sign off on friday", "2026-11-20"],
    ["if we confirmed on friday", "2026-11-20"],
    ["if confirmed friday", "2026-11-20"],
    ["when i press it on monday", "2026-11-23"],
    ["suppose we signed on tuesday", "2026-11-24"],
    ["this friday", "2026-11-20"],
    ["next friday", "2026-11-27"],
    ["friday next week", "2026-11-27"],
    ["go live wednesday", "2026-11-18"],
  ])("is the next one otherwise: %s", (text, date) => {
    expect(whenIn(text)).toBe(date);
  });
});

describe("a day and a month without a year", () => {
  it.each([
    ["2026-11-18", "12 Nov", "2026-11-12"],
    ["2026-11-18", "2 december", "2026-12-02"],
    ["2026-11-18", "we confirmed on 20 nov", "2026-11-20"],
    ["2026-11-18", "go live 3 march", "2027-03-03"],
    ["2026-11-18", "13/11", "2026-11-13"],
    ["2026-12-30", "2 jan", "2027-01-02"],
    ["2026-12-30", "go live January 15th", "2027-01-15"],
    ["2027-01-04", "go-live 28 dec", "2026-12-28"],
    ["2027-01-04", "28/12", "2026-12-28"],
    ["2026-11-18", "29 feb", "2028-02-29"],
  ])("on %s: %s is the nearest, %s", (today, text, date) => {
    expect(whenIn(text, pacific(`${today}T10:00`))).toBe(date);
  });
});

describe("the end of a year", () => {
  it.each([
    ["2026-12-31", "tomorrow", "2027-01-01"],
    ["2026-12-31", "next monday", "2027-01-04"],
    ["2027-01-01", "yesterday", "2026-12-31"],
    ["2027-01-01", "last friday", "2026-12-25"],
    ["2027-01-01", "go live two weeks ago", "2026-12-18"],
  ])("on %s: %s is %s", (today, text, date) => {
    expect(whenIn(text, pacific(`${today}T10:00`))).toBe(date);
  });
});

describe("clocks and zones", () => {
  it("count days, not hours, over a change of clocks", () => {
    const saturday = pacific("2026-10-31T20:00");
    const tomorrow = findWhen("go live tomorrow", saturday, PACIFIC);
    expect(tomorrow?.at.toISO()).toBe("2026-11-01T12:00:00.000-08:00");
    expect(whenIn("in two days", saturday)).toBe("2026-11-02");
    expect(whenIn("pressed yesterday", pacific("2026-11-02T00:30"))).toBe("2026-11-01");
    expect(whenIn("tomorrow at 2:30am", pacific("2027-03-13T12:00"))).toBe("2027-03-14 03:30");
  });

  it("count from the reader's own day", () => {
    const evening = pacific("2026-11-18T20:00");
    expect(whenIn("go live tomorrow", evening)).toBe("2026-11-19");
    expect(whenIn("go live tomorrow", evening, KOLKATA)).toBe("2026-11-20");
    expect(whenIn("last friday", evening, KOLKATA)).toBe("2026-11-13");
    expect(whenIn("go live on thursday", evening, KOLKATA)).toBe("2026-11-19");
  });

  it("give the moment in the reader's zone", () => {
    const said = "confirmed monday 9am pacific";
    expect(findWhen(said, WEDNESDAY, KOLKATA)?.at.toISO()).toBe("2026-11-16T22:30:00.000+05:30");
    expect(whenIn(said)).toBe("2026-11-16 09:00");
  });
});

describe("figures and words that are no dates", () => {
  it.each([
    "do you support 24/7",
    "99.95",
    "99.95 % availability",
    "99.5 what is that about",
    "an 80 % success rate",
    "48 hours",
    "within 48 hours",
    "48 business hours",
    "support 5 days a week",
    "8am-5pm PT",
    "three to four weeks",
    "3 to 4 weeks",
    "500 weekly active users over the last three weeks",
    "6 months in preview",
    "about a month",
    "last week",
    "next month",
    "in november",
    "in 2027",
    "step 3 of 5",
    "on day 2",
    "responses from 100 to 200",
    "version 1.12",
    "may we start",
    "does it start on fridays",
    "the weekend",
    "what are we to do now",
    "31 november",
    "2026-02-30",
    "100.200",
    "",
    "?",
  ])("%s", (text) => {
    expect(whenIn(text)).toBe("no date");
  });

  it.each(["11/12", "confirmed 11/12/2026", "1.12.", "10/11"])("nor %s, which is two of them", (text) => {
    expect(whenIn(text)).toBe("no date");
  });
});

describe("any text at all", () => {
  const pieces = fc.constantFrom(
    ...["go", "live", "on", "last", "next", "nxt", "friday", "tue", "12", "Nov", "the", "of", "25.11.", "at"],
    ...["3pm", "PT", "in", "two", "weeks", "ago", "a", "couple", "tomorrow", "2026", "11/12", "99.95", "?)"],
    ...[",", ".", "may", "if", "we", "was", "2026-11-12", "T10:00", "24/7", "day", "this", "morning", "!"],
  );
  const texts = fc.oneof(
    fc.string({ unit: "binary", maxLength: 60 }),
    fc.array(pieces, { maxLength: 10 }).map((words) => words.join(" ")),
    fc.array(pieces, { maxLength: 6 }).map((words) => words.join("")),
  );
  const zones = fc.constantFrom(PACIFIC, KOLKATA, "utc", "Pacific/Apia");

  it("has a date or none, in the very words that stand there, in the reader's zone", () => {
    fc.assert(
      fc.property(texts, zones, (text, zone) => {
        const when = findWhen(text, WEDNESDAY, zone);
        if (!when) return;
        expect(when.words).not.toBe("");
        expect(text.slice(when.index, when.index + when.words.length)).toBe(when.words);
        expect([when.at.isValid, when.at.zoneName]).toEqual([true, DateTime.utc().setZone(zone).zoneName]);
      }),
      { ...SEED, numRuns: 300 },
    );
  });

  it.each([
    "fridays ",
    "1 ",
    "the ",
    "in a ",
    "next ",
    "12.",
    "12/",
    "1:",
    "two couple of ",
    "a couple ",
    "?",
    "nxt",
    "may ",
  ])("is read to its end, were it %j a thousand times over", (piece) => {
    const text = piece.repeat(4000).slice(0, 4000);
    expect(whenIn(text)).toBe("no date");
    expect(whenIn(`tomorrow . ${text}`)).toBe("2026-11-19");
  });
});

describe("what is no date", () => {
  it.each(["version 2.2", "5.20", "3.14 of them", "we sat with the team", "half an hour ago it broke"])(
    "is not taken for one: %s",
    (text) => {
      expect(findWhen(text, WEDNESDAY, PACIFIC)).toBeUndefined();
    },
  );

  it.each(["go live thursday 20 nov", "12 nov 2040", "friday 12/11/2026", "31 feb"])(
    "because it does not exist or can be read in two ways is not cut down to one that is: %s",
    (text) => {
      expect(findWhen(text, WEDNESDAY, PACIFIC)).toBeUndefined();
    },
  );

  it("takes a day without its year for the nearest, across the year's end", () => {
    const january = WEDNESDAY.set({ year: 2027, month: 1, day: 4 });
    expect(findWhen("confirmed 28.12.", january, PACIFIC)?.at.toISODate()).toBe("2026-12-28");
  });
});
