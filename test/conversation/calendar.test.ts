import fc from "fast-check";
import ICAL from "ical.js";
import { DateTime } from "luxon";
import { describe, expect, it } from "vitest";
import { type CalendarFile, calendarText, type Reply } from "../../src/index.ts";
import names from "../fixtures/connector-names.json" with { type: "json" };
import {
  buttonFor,
  buttonsOf,
  type House,
  NAME,
  openHouse,
  openHouseAt,
  openHouseWith,
  pacific,
  type Stage,
  sasUri,
  sourcesOf,
  TO,
  textOf,
} from "../support.ts";

/** An event as a calendar program reads it: days as ISO dates, a moment as Pacific wall time, its end excluded. */
interface Read {
  uid: string;
  title: string;
  details: string;
  from: string;
  until: string;
  sequence: number;
  stamp: string;
}

// Text is the standard's default for what it does not define; the reader takes that to be unknown and leaves it escaped.
ICAL.design.icalendar.property["x-wr-calname"] = { defaultType: "text" };

/** Reads a file as Mozilla's calendar does. */
function readIcs(text: string): { calendar: string; events: Read[] } {
  const calendar = new ICAL.Component(ICAL.parse(text));
  const events = calendar.getAllSubcomponents("vevent").map((component): Read => {
    const { uid, summary, description, startDate, endDate, sequence } = new ICAL.Event(component);
    const [from, until] = [startDate, endDate].map(wallTime);
    const stamp = String(component.getFirstPropertyValue("dtstamp"));
    return {
      uid,
      title: summary,
      details: description,
      from: from ?? "",
      until: until ?? "",
      sequence,
      stamp,
    };
  });
  return { calendar: String(calendar.getFirstPropertyValue("x-wr-calname")), events };
}

function wallTime(time: ICAL.Time): string {
  if (time.isDate) return time.toString();
  expect(time.zone?.tzid).toBe("UTC");
  return DateTime.fromISO(time.toString()).setZone("America/Los_Angeles").toFormat("yyyy-MM-dd'T'HH:mm");
}

function fileOf(reply: Reply): CalendarFile | undefined {
  const block = reply.blocks.find(({ kind }) => kind === "file");
  return block?.kind === "file" && !("json" in block.file) ? block.file : undefined;
}

async function importFrom(house: House, name = NAME): Promise<Read[]> {
  const file = fileOf(await house.say(`calendar ${name}`));
  if (!file) throw new Error("no file");
  return readIcs(calendarText(file)).events;
}

/** What is in the file, without the connector's name: "test link expires until 2026-11-06T10:00". */
async function datesIn(house: House): Promise<string[]> {
  return (await importFrom(house)).map(({ title, from, until }) => {
    const words = title.replace(`${NAME}: `, "");
    return until.includes("T") ? `${words} until ${until}` : `${words} ${from} to before ${until}`;
  });
}

const WAVES = [
  "wave 1 of 6, Testing 2026-11-06 to before 2026-11-07",
  "wave 2 of 6, US preview 2026-11-09 to before 2026-11-10",
  "wave 3 of 6, Asia except Japan and India 2026-11-10 to before 2026-11-11",
  "wave 4 of 6, Europe except the United Kingdom 2026-11-12 to before 2026-11-13",
  "wave 5 of 6, Brazil, Canada, Japan, India 2026-11-13 to before 2026-11-14",
  "wave 6 of 6, Australia, United Kingdom, United States 2026-11-16 to before 2026-11-17",
  "all regions expected 2026-11-27 to before 2026-12-05",
];
const SIX_MONTHS = "six months in preview complete 2027-05-06 to before 2027-05-07";

const HELD: [Stage, string[]][] = [
  ["changes-requested", ["certification report is there until 2026-11-04T10:00"]],
  ["review", ["certification report due until 2026-11-05T09:15"]],
  [
    "testing",
    [
      "certification report is there until 2026-11-04T10:00",
      "confirm Go live for the rollout of Fri 6 Nov 2026 until 2026-11-05T00:00",
      "test link expires until 2026-11-06T10:00",
    ],
  ],
  [
    "publishing",
    [
      "certification report is there until 2026-11-04T10:00",
      "Go live confirmed until 2026-11-04T15:00",
      "test window over until 2026-11-04T15:00",
      ...WAVES,
      SIX_MONTHS,
    ],
  ],
  ["deploying", ["test window over until 2026-11-04T15:00", ...WAVES, SIX_MONTHS]],
  ["public-preview", ["in all regions 2026-12-01 to before 2026-12-02", SIX_MONTHS]],
  [
    "ga-requested",
    [
      "in all regions 2026-12-01 to before 2026-12-02",
      "GA expected about now 2027-01-02 to before 2027-01-03",
      SIX_MONTHS,
    ],
  ],
  ["ga", ["GA came before six months in preview 2027-01-05 to before 2027-01-06"]],
];

describe("A connector's calendar file", () => {
  it.each(HELD)("at %s holds its certain dates, as a calendar program reads them", async (stage, held) => {
    expect(await datesIn(await openHouseAt(stage))).toEqual(held);
  });

  it.each<Stage>(["account", "draft", "changes-requested"])(
    "at %s there is none: the answer says what would bring a date, and offers the forecast",
    async (stage) => {
      const house = await openHouseAt(stage);
      if (stage === "changes-requested") house.sleep("3d");
      const reply = await house.say(`calendar ${NAME}`);
      expect(fileOf(reply)).toBeUndefined();
      expect(reply.title).toContain("no date to put into a calendar yet");
      expect(textOf(reply)).toContain("Mark it submitted");
      expect(buttonFor(reply, "forecast")).toBeDefined();
    },
  );

  it("of a connector that is live since nobody knows when tells what would bring a date", async () => {
    const house = await openHouseWith(NAME, [`mark ${NAME} all-regions 2026-05-20 already`]);
    const reply = await house.say("calendar");
    expect(fileOf(reply)).toBeUndefined();
    expect(textOf(reply)).toContain("live-since");
    await house.say(`evidence ${NAME} live-since=2026-06-20`);
    expect(await datesIn(house)).toEqual(["six months in preview complete 2026-12-20 to before 2026-12-21"]);
  });

  it("has the SAS URI's expiry while the package is still fetched with it", async () => {
    const house = await openHouseAt("draft");
    await house.say(`done ${NAME} sas-uri ${sasUri("2026-11-23T12:00")}`);
    expect(await datesIn(house)).toEqual(["SAS URI of the package expires until 2026-11-23T12:00"]);
    await house.sayAll(`mark ${NAME} submitted`, `mark ${NAME} report-passed`);
    expect(await datesIn(house)).toContain(
      "SAS URI of the package not needed any more until 2026-11-03T09:15",
    );
  });

  it("has no cut-off that comes after the link has died", async () => {
    const house = await openHouseWith(NAME, [`mark ${NAME} report-passed 2026-11-02 09:15 already`]);
    expect(await datesIn(house)).toEqual(["test link expires until 2026-11-04T09:15"]);
  });

  it("on the Thursday has the Friday's last chance, and says that it is at risk", async () => {
    const house = await openHouseAt("testing");
    house.sleep("2026-11-05T08:00");
    const cutOff = (await importFrom(house)).find(({ title }) => title.includes("confirm Go live"));
    expect(cutOff?.until).toBe("2026-11-06T00:00");
    expect(cutOff?.details).toContain("at risk");
  });

  it("after a failed test has nothing left of the window and its cut-off", async () => {
    const house = await openHouseAt("testing");
    house.sleep("2026-11-04T12:00");
    await house.say(`mark ${NAME} report-failed`);
    expect(await datesIn(house)).toEqual([
      "certification report is there until 2026-11-04T10:00",
      "no Go live to confirm: testing failed until 2026-11-04T12:00",
      "test window over until 2026-11-04T12:00",
    ]);
  });

  it("keeps a date that is overdue, and says so", async () => {
    const house = await openHouseAt("review");
    house.sleep("2026-11-06T09:15");
    const reply = await house.say("calendar");
    expect(reply.title).toContain("no date for your calendar is ahead");
    expect(textOf(reply)).toMatch(/Certification report due .* 1 day ago, overdue/);
    expect(fileOf(reply)?.events).toHaveLength(1);
  });

  it("tells in each entry what to do, what if it is missed, when exactly, and where that stands", async () => {
    for (const [stage] of HELD.slice(0, -1)) {
      for (const { title, details, until } of await importFrom(await openHouseAt(stage))) {
        expect(details).toMatch(/^Next: .+\nIf missed: .+|^Settled: /m);
        expect(details).toMatch(/^Source: .+\nhttps:\/\/learn\.microsoft\.com\//m);
        expect(details).toMatch(
          until.includes("T") ? /^Exactly .* UTC \(.*\d\d:\d\d P[SD]T\)/ : /^All day, by Pacific/,
        );
        expect(`${title}\n${details}`).not.toMatch(/undefined|NaN|Invalid/);
      }
    }
  });

  it("blocks no time and rings no bell: a moment is the end of half an hour", async () => {
    const house = await openHouseAt("testing");
    const file = fileOf(await house.say("calendar"));
    const text = file ? calendarText(file) : "";
    expect(text.match(/^TRANSP:TRANSPARENT\r$/gm)).toHaveLength(3);
    expect(text).not.toMatch(/VALARM|TRIGGER|METHOD/);
    const [, cutOff] = await importFrom(house);
    expect(cutOff).toMatchObject({ from: "2026-11-04T23:30", until: "2026-11-05T00:00" });
  });
});

describe("A newer calendar file", () => {
  it("moves the entries of an older one: same ids, a higher sequence, later stamps", async () => {
    const house = await openHouseAt("testing");
    const before = await importFrom(house);
    house.sleep("2026-11-04T15:00");
    await house.say(`mark ${NAME} go-live`);
    const after = await importFrom(house);
    expect(before.length).toBeGreaterThan(2);
    for (const old of before) {
      const moved = after.find(({ uid }) => uid === old.uid);
      expect(moved?.sequence).toBeGreaterThan(old.sequence);
      expect(Date.parse(moved?.stamp ?? "")).toBeGreaterThan(Date.parse(old.stamp));
      // Nothing stays in a calendar as if it were still to be done.
      expect(Date.parse(`${moved?.until}Z`)).toBeLessThanOrEqual(Date.parse("2026-11-04T15:00Z"));
    }
  });

  it("moves the waves when a freeze comes", async () => {
    const house = await openHouseAt("publishing");
    const before = await importFrom(house);
    await house.say("settings freeze add 2026-11-09 to 2026-11-13 inventory");
    const after = await importFrom(house);
    expect(after.map(({ uid }) => uid).toSorted()).toEqual(before.map(({ uid }) => uid).toSorted());
    expect(after.find(({ title }) => title.includes("wave 2"))?.from).toBe("2026-11-16");
  });

  it("has ids of its own for each connector, and each id once", async () => {
    const house = await openHouse();
    const uids: string[] = [];
    for (const name of ["jira", "Jira"]) {
      await house.sayAll(`track ${name}`, `mark ${name} go-live 2026-11-02 12:00 already`);
      uids.push(...(await importFrom(house, name)).map(({ uid }) => uid));
    }
    expect(uids.length).toBeGreaterThan(10);
    expect(new Set(uids).size).toBe(uids.length);
  });
});

describe("The answer with a calendar file", () => {
  it.each(Object.keys(TO) as Stage[])(
    "at %s says where, what next, by when, what if, and from where",
    async (stage) => {
      const house = await openHouseAt(stage);
      const reply = await house.say(`calendar ${NAME}`);
      const text = textOf(reply);
      expect(reply.title).toContain(NAME);
      expect(reply.title.length).toBeLessThan(200);
      expect(reply.audience).toBe("everyone");
      for (const label of ["Stage", "Next", "By when", "If missed"])
        expect(text).toMatch(new RegExp(`^ +${label}  +\\S`, "m"));
      expect(sourcesOf(reply).length).toBeGreaterThan(0);
      expect(text.split("\n").length).toBeLessThan(36);
      expect(buttonsOf(reply).length).toBeLessThanOrEqual(4);
      expect(buttonFor(reply, "status")).toBeDefined();
    },
  );

  it("begins with how many dates there are and the next one", async () => {
    const house = await openHouseAt("testing");
    expect((await house.say("calendar")).title).toBe(
      "Contoso CRM: 2 dates for your calendar; the next, Thu 5 Nov 2026, 00:00 PST, in 14 h: confirm Go live for the rollout of Fri 6 Nov 2026.",
    );
  });

  it("shows in its table what is in the file, but for what the file only sets right", async () => {
    const house = await openHouseAt("publishing");
    const reply = await house.say("calendar");
    const table = reply.blocks.find(({ kind }) => kind === "table");
    expect(table?.kind === "table" && table.rows).toHaveLength(8);
    expect(fileOf(reply)?.events).toHaveLength(11);
    expect(textOf(reply)).toContain(
      "set right: certification report is there; Go live confirmed; test window over.",
    );
  });

  it("without a date ahead says that it only sets right what an earlier file told", async () => {
    const house = await openHouseAt("changes-requested");
    const reply = await house.say("calendar");
    expect(reply.title).toContain("no date is ahead; the file sets right");
    expect(fileOf(reply)?.events).toHaveLength(1);
  });

  it("is one press away from the test window and from the dates of a real rollout", async () => {
    const house = await openHouseAt("testing");
    const window = await house.say("window");
    expect(buttonsOf(window).length).toBeLessThanOrEqual(4);
    expect(fileOf(await house.press(buttonFor(window, "calendar")))).toBeDefined();
    // Waves before Go live are only supposed.
    expect(buttonFor(await house.say(`eta ${NAME}`), "calendar")).toBeUndefined();
    await house.say(`mark ${NAME} go-live`);
    expect(fileOf(await house.press(buttonFor(await house.say(`eta ${NAME}`), "calendar")))).toBeDefined();
  });

  it.each([
    ["Contoso CRM", "contoso-crm"],
    ["Ünïcödé & Søn (v2.0)", "unicode-s-n-v2-0"],
    ["../../etc/passwd", "etc-passwd"],
    ["AUX", "aux-connector"],
    ["com1", "com1-connector"],
    ["コネクタ", "connector"],
    ["מחבר 2", "connector"],
    ["🚀".repeat(60), "connector"],
    ["x".repeat(100), "x".repeat(60)],
    [`${"x".repeat(59)} y`, "x".repeat(59)],
  ])("“%s” makes a file called %s.ics", async (name, file) => {
    const house = await openHouseWith(name, [`mark ${name} submitted`]);
    expect(fileOf(await house.say("calendar"))?.name).toBe(`${file}.ics`);
  });
});

/** RFC 5545, section 3.1: lines end in CRLF and hold at most 75 octets; no other control character than a tab. */
function expectWellFormed(text: string): void {
  expect(text.endsWith("END:VCALENDAR\r\n")).toBe(true);
  expect(text.isWellFormed()).toBe(true);
  expect(text.replaceAll("\r\n", "")).not.toMatch(/[^\P{Cc}\t]|[\u2028\u2029]/u);
  const longest = Math.max(...text.split("\r\n").map((line) => Buffer.byteLength(line)));
  expect(longest).toBeLessThanOrEqual(75);
}

describe("Names in a calendar file", () => {
  it("are those of the 985 published connectors as they are written", async () => {
    const house = await openHouse();
    for (const name of names) {
      await house.sayAll(`track ${name}`, `mark ${name} submitted`);
      const file = fileOf(await house.say(`calendar ${name}`));
      if (!file) throw new Error(`no file: ${name}`);
      const text = calendarText(file);
      expectWellFormed(text);
      const { calendar, events } = readIcs(text);
      expect(file.name).toMatch(/^[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?\.ics$/);
      expect(calendar).toBe(`${name.normalize("NFC")} (Connector Shepherd)`);
      expect(events).toMatchObject([
        { title: `${name.normalize("NFC")}: certification report due`, until: "2026-11-05T09:15" },
      ]);
    }
  });

  const AWKWARD = fc.oneof(
    fc.constantFrom(
      ",",
      ";",
      ":",
      "\\",
      "\\n",
      '"',
      "“",
      "\n",
      "\nEND:VEVENT\nBEGIN:VALARM",
      "=",
      "^'",
      "%0D%0A",
    ),
    fc.constantFrom("👩‍👩‍👧‍👦", "é", "e\u0301", "שלום", "\u200f", "مرحبا", "漢字", " ", "  "),
    fc.string({ unit: "binary", maxLength: 150 }).map((text) => text.replace(/[\p{Cc}\u2028\u2029]/gu, "")),
  );
  const TEXT = fc.array(AWKWARD, { maxLength: 8 }).map((parts) => `x${parts.join("")}x`);
  const DAY = fc.integer({ min: 0, max: 20_000 });
  const isoDay = (day: number) => new Date(Date.UTC(2020, 0, 1 + day)).toISOString().slice(0, 10);

  it("and details and days come back from a calendar program as they went in, whatever they are", () => {
    fc.assert(
      fc.property(TEXT, TEXT, DAY, fc.nat(60), (title, details, day, length) => {
        const when = { from: isoDay(day), to: isoDay(day + length) };
        const text = calendarText({
          ...FILE,
          calendar: title,
          events: [{ id: "a-1", title, details, when }],
        });
        expectWellFormed(text);
        const { calendar, events } = readIcs(text);
        expect(calendar).toBe(title);
        expect(events).toMatchObject([
          { title, details, from: when.from, until: isoDay(day + length + 1), uid: "a-1@connector-shepherd" },
        ]);
      }),
      { seed: 2, numRuns: 500 },
    );
  });

  it("moments come back to the minute, whatever the zone and season", () => {
    const minute = fc.integer({ min: 0, max: 30_000_000 });
    fc.assert(
      fc.property(minute, fc.constantFrom("utc", "Asia/Kolkata", "America/Los_Angeles"), (minutes, zone) => {
        const at = DateTime.fromMillis(Date.UTC(2020, 0, 1) + minutes * 60_000, { zone });
        const events = [{ id: "a", title: "t", details: "d", when: { at } }];
        const component = new ICAL.Component(ICAL.parse(calendarText({ ...FILE, events })));
        const read = new ICAL.Event(component.getAllSubcomponents("vevent")[0]);
        expect(read.endDate.toUnixTime()).toBe(at.toUnixInteger());
        expect(read.endDate.toUnixTime() - read.startDate.toUnixTime()).toBe(30 * 60);
      }),
      { seed: 2, numRuns: 300 },
    );
  });

  it("with control characters and broken letters become blanks, never a line of the file", () => {
    const hostile = "a\u0000b\u001b[2Jc\rd\r\ne\u0085f\u2028g\ud800h\u0007END:VCALENDAR";
    const written = [hostile, "plain"].map((words) => {
      const event = { id: words, title: words, details: words, when: { at: FILE.madeAt } };
      return calendarText({ ...FILE, calendar: words, events: [event, { ...event, id: "b" }] });
    });
    written.forEach(expectWellFormed);
    const [properties, plain] = written.map((text) => text.match(/^[A-Z-]+(?=[:;])/gm));
    expect(properties).toEqual(plain);
    expect(plain?.length).toBeGreaterThan(10);
  });
});

const FILE: CalendarFile = { name: "x", calendar: "x", madeAt: pacific("2026-11-03T09:15"), events: [] };
