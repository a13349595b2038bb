import { DateTime } from "luxon";
import { describe, expect, it } from "vitest";
import type { Evidence } from "../../src/index.ts";
import { Connector, type Milestone } from "../../src/lifecycle/connector.ts";
import { dueReminders, planOf } from "../../src/scheduling/plan.ts";
import { type Reminder, remindersFor } from "../../src/scheduling/reminders.ts";
import { replan } from "../../src/scheduling/replan.ts";
import { DEFAULT_SETTINGS, type Settings } from "../../src/settings.ts";

const PACIFIC = "America/Los_Angeles";
const ana = { id: "U1", name: "Ana" };

type Marked = [milestone: Milestone, at: string];
type Steps = Record<string, { at: string; expiresAt?: string }>;

/** A record of what happened at those Pacific wall times. */
function connectorWith(marked: Marked[], steps: Steps = {}, evidence: Evidence = {}): Connector {
  const moves = marked.map(([milestone, at]) => ({ milestone, at: iso(at), by: ana, recordedAt: iso(at) }));
  const done = Object.entries(steps).map(([id, { at, expiresAt }]) => {
    return [id, { at: iso(at), by: ana, ...(expiresAt && { expiresAt: iso(expiresAt) }) }];
  });
  return Connector.parse({
    id: "c1",
    workspace: "T1",
    name: "Contoso",
    revision: 1,
    owner: ana,
    where: "here",
    setting: "direct",
    trackedAt: iso("2026-01-01"),
    told: {},
    changes: [],
    moves,
    steps: Object.fromEntries(done),
    evidence,
    silence: { snoozed: {}, acknowledged: {} },
  });
}

function pacific(at: string): DateTime {
  return DateTime.fromISO(at, { zone: PACIFIC });
}

function iso(at: string): string {
  return pacific(at).toUTC().toISO() ?? "";
}

function wall(at: DateTime): string {
  return at.setZone(PACIFIC).toFormat("ccc d LLL HH:mm");
}

/** "test-link:24 Fri 27 Nov 10:00" for each reminder of the topic. */
function planned(
  connector: Connector,
  now: string,
  topic = "",
  settings: Settings = DEFAULT_SETTINGS,
): string[] {
  return remindersFor(connector, settings, pacific(now), undefined)
    .filter((each) => each.topic.startsWith(topic))
    .map(({ id, dueAt }) => `${id.slice(0, id.indexOf("@"))} ${wall(dueAt)}`);
}

const SUBMITTED: Marked[] = [["submitted", "2026-11-02T10:00"]];

function passedAt(at: string): Marked[] {
  return [...SUBMITTED, ["report-passed", at]];
}

const GO_LIVE: Marked[] = [...passedAt("2026-11-03T10:00"), ["go-live", "2026-11-04T10:00"]];
const EVERYWHERE: Marked[] = [...GO_LIVE, ["all-regions", "2026-12-01T10:00"]];
const REQUESTED: Marked[] = [...EVERYWHERE, ["ga-requested", "2026-12-03T15:30"]];

describe("reminders come", () => {
  it("24 and 48 hours after submission", () => {
    expect(planned(connectorWith(SUBMITTED), "2026-11-02T10:00")).toEqual([
      "report:24 Tue 3 Nov 10:00",
      "report:48 Wed 4 Nov 10:00",
    ]);
  });

  it("48 hours after submission are 48 hours also when the clocks change", () => {
    const weekend = connectorWith([["submitted", "2026-10-31T10:00"]]);
    expect(planned(weekend, "2026-10-31T10:00")[1]).toBe("report:48 Mon 2 Nov 09:00");
  });

  it.each([
    [
      "in the week",
      "2026-11-03T09:15",
      "24 Wed 4 Nov 09:15, 8 Thu 5 Nov 01:15, 2 Thu 5 Nov 07:15, 0 Thu 5 Nov 09:15",
    ],
    [
      "over a weekend",
      "2026-11-05T05:00",
      "24 Fri 6 Nov 05:00, 8 Fri 6 Nov 21:00, 2 Mon 9 Nov 03:00, 0 Mon 9 Nov 05:00",
    ],
    [
      "over Thanksgiving and a weekend",
      "2026-11-25T10:00",
      "24 Fri 27 Nov 10:00, 8 Mon 30 Nov 02:00, 2 Mon 30 Nov 08:00, 0 Mon 30 Nov 10:00",
    ],
    [
      "over Thanksgiving alone",
      "2026-11-24T05:00",
      "24 Wed 25 Nov 05:00, 8 Wed 25 Nov 21:00, 2 Fri 27 Nov 03:00, 0 Fri 27 Nov 05:00",
    ],
    [
      "that opened on a Saturday",
      "2026-11-14T11:00",
      "24 Tue 17 Nov 00:00, 8 Tue 17 Nov 16:00, 2 Tue 17 Nov 22:00, 0 Wed 18 Nov 00:00",
    ],
  ])("24, 8 and 2 business hours before the end of a link %s, and at its end", (_, opened, expected) => {
    const lines = planned(connectorWith(passedAt(opened)), opened);
    expect(lines.join(", ").replaceAll("test-link:", "")).toBe(expected);
  });

  it("on Wednesday 09:00 before the Friday, once the connector is tested and Go live is not confirmed", () => {
    const tested = { test: { at: "2026-11-10T16:00" } };
    expect(
      planned(connectorWith(passedAt("2026-11-10T10:00"), tested), "2026-11-10T16:00", "cut-off"),
    ).toEqual(["cut-off:9 Wed 11 Nov 09:00"]);
    expect(planned(connectorWith(passedAt("2026-11-10T10:00")), "2026-11-10T16:00", "cut-off")).toEqual([]);
    const before = { test: { at: "2026-11-09T16:00" } };
    expect(
      planned(connectorWith(passedAt("2026-11-10T10:00"), before), "2026-11-10T16:00", "cut-off"),
    ).toEqual([]);
    const live: Marked[] = [...passedAt("2026-11-10T10:00"), ["go-live", "2026-11-10T17:00"]];
    expect(planned(connectorWith(live, tested), "2026-11-10T18:00", "cut-off")).toEqual([]);
  });

  it.each(["2026-11-02T10:00", "2026-11-07T12:00", "2026-11-23T10:00"])(
    "not on that Wednesday when the link, opened %s, dies before its end: the link is the date that counts",
    (opened) => {
      const tested = { test: { at: opened } };
      expect(planned(connectorWith(passedAt(opened), tested), opened, "cut-off")).toEqual([]);
      expect(planned(connectorWith(passedAt(opened), tested), opened)).toHaveLength(4);
    },
  );

  it("at 09:00 on the day of each wave, and 21 and 28 days after the first", () => {
    expect(planned(connectorWith(GO_LIVE), "2026-11-04T10:00", "waves").map((line) => line.slice(8))).toEqual(
      [
        "Fri 6 Nov 09:00",
        "Mon 9 Nov 09:00",
        "Tue 10 Nov 09:00",
        "Thu 12 Nov 09:00",
        "Fri 13 Nov 09:00",
        "Mon 16 Nov 09:00",
      ],
    );
    expect(planned(connectorWith(GO_LIVE), "2026-11-04T10:00", "all-regions")).toEqual([
      "all-regions:21 Fri 27 Nov 09:00",
      "all-regions:28 Fri 4 Dec 09:00",
    ]);
  });

  it("a week before six months in preview are complete and on the day, month ends clamped", () => {
    expect(planned(connectorWith(EVERYWHERE), "2026-12-01T10:00")).toEqual([
      "six-months:7 Thu 29 Apr 09:00",
      "six-months:0 Thu 6 May 09:00",
    ]);
    const august = connectorWith(EVERYWHERE, {}, { liveSince: "2026-08-31" });
    expect(planned(august, "2026-12-01T10:00", "six-months").at(-1)).toBe("six-months:0 Sun 28 Feb 09:00");
  });

  it("30 days after the e-mail that asks for GA", () => {
    expect(planned(connectorWith(REQUESTED), "2026-12-03T16:00")).toEqual(["ga-request:30 Sat 2 Jan 09:00"]);
  });

  it("3 days and 1 day before the SAS URI expires, until the package has passed", () => {
    const sas = { "sas-uri": { at: "2026-11-01T10:00", expiresAt: "2026-11-20T18:00" } };
    const expected = ["sas-uri:3 Tue 17 Nov 18:00", "sas-uri:1 Thu 19 Nov 18:00"];
    expect(planned(connectorWith([], sas), "2026-11-01T10:00")).toEqual(expected);
    expect(planned(connectorWith(SUBMITTED, sas), "2026-11-02T10:00", "sas")).toEqual(expected);
    expect(planned(connectorWith(passedAt("2026-11-03T10:00"), sas), "2026-11-03T10:00", "sas")).toEqual([]);
  });

  it("at the times a workspace chose, or not at all", () => {
    const settings = { ...DEFAULT_SETTINGS, remind: { report: [], waves: [7], "test-link": [4, 0] } };
    expect(planned(connectorWith(SUBMITTED), "2026-11-02T10:00", "", settings)).toEqual([]);
    expect(planned(connectorWith(GO_LIVE), "2026-11-04T10:00", "waves", settings)[0]).toMatch(
      /Fri 6 Nov 07:00$/,
    );
    expect(planned(connectorWith(passedAt("2026-11-03T09:15")), "2026-11-03T10:00", "", settings)).toEqual([
      "test-link:4 Thu 5 Nov 05:15",
      "test-link:0 Thu 5 Nov 09:15",
    ]);
  });
});

describe("what has become moot is planned no more", () => {
  it.each<[string, Marked[], string, string]>([
    ["the report, once it is there", passedAt("2026-11-03T10:00"), "2026-11-03T10:01", "report"],
    ["the test link, once Go live is confirmed", GO_LIVE, "2026-11-04T10:01", "test-link"],
    ["waves, once it is in all regions", EVERYWHERE, "2026-12-01T10:01", "waves"],
    ["all regions, once it is there", EVERYWHERE, "2026-12-01T10:01", "all-regions"],
    ["six months, once GA is requested", REQUESTED, "2026-12-03T16:00", "six-months"],
    ["the GA request, once it is GA", [...REQUESTED, ["ga", "2027-01-02T10:00"]], "2027-01-02T10:01", ""],
  ])("%s", (_, marked, now, topic) => {
    expect(planned(connectorWith(marked), now, topic)).toEqual([]);
  });

  it("everything, once it is not followed any more", () => {
    const untracked = { ...connectorWith(SUBMITTED), untrackedAt: iso("2026-11-02T11:00") };
    expect(planned(untracked, "2026-11-02T12:00")).toEqual([]);
  });
});

describe("the id of a reminder", () => {
  function idsOf(connector: Connector, now: string, settings = DEFAULT_SETTINGS): string[] {
    return remindersFor(connector, settings, pacific(now), undefined).map(({ id }) => id);
  }

  it("is the same whenever it is worked out, and is no other's", () => {
    const at = ["2026-11-04T10:00", "2026-11-06T12:00", "2026-11-20T12:00"].map((now) =>
      idsOf(connectorWith(GO_LIVE), now),
    );
    expect(at[1]).toEqual(at[0]);
    expect(at[2]).toEqual(at[0]);
    expect(new Set(at[0]).size).toBe(at[0]?.length);
  });

  it("changes with a date that a freeze moves, and only with that", () => {
    const freezes = [{ from: "2026-11-10", to: "2026-11-10", why: "test" }];
    const open = idsOf(connectorWith(GO_LIVE), "2026-11-04T10:00");
    const frozen = idsOf(connectorWith(GO_LIVE), "2026-11-04T10:00", { ...DEFAULT_SETTINGS, freezes });
    const moved = (ids: string[], others: string[]) =>
      ids.filter((id) => !others.includes(id)).map((id) => id.replace("waves:9@", ""));
    expect(moved(open, frozen)).toEqual(["3/2026-11-10", "4/2026-11-12", "5/2026-11-13", "6/2026-11-16"]);
    expect(moved(frozen, open)).toEqual(["3/2026-11-12", "4/2026-11-13", "5/2026-11-16", "6/2026-11-17"]);
  });
});

describe("what is sent", () => {
  function toldBy(
    connector: Connector,
    now: string,
    settings = DEFAULT_SETTINGS,
  ): { tell: string[]; drop: string[] } {
    const { tell, drop } = dueReminders(connector, settings, pacific(now))[0] ?? { tell: [], drop: [] };
    const brief = (each: Reminder[]) => each.map(({ id }) => id.slice(0, id.indexOf("@")));
    return { tell: brief(tell.map(({ reminder }) => reminder)), drop: brief(drop) };
  }
  function statesOf(connector: Connector, now: string): string[] {
    return planOf(connector, DEFAULT_SETTINGS, pacific(now)).map(({ state }) => state.kind);
  }
  const testing = connectorWith(passedAt("2026-11-03T09:15"));
  const idOf = (index: number) =>
    remindersFor(testing, DEFAULT_SETTINGS, pacific("2026-11-03T10:00"), undefined)[index]?.id ?? "";
  const matter =
    remindersFor(testing, DEFAULT_SETTINGS, pacific("2026-11-03T10:00"), undefined)[0]?.matter ?? "";
  const quiet = testing.silence;

  it.each<[string, string, { tell: string[]; drop: string[] }]>([
    ["nothing a second early", "2026-11-04T09:14:59", { tell: [], drop: [] }],
    ["on the second", "2026-11-04T09:15", { tell: ["test-link:24"], drop: [] }],
    [
      "after downtime only the latest of the matter",
      "2026-11-05T08:00",
      { tell: ["test-link:2"], drop: ["test-link:24", "test-link:8"] },
    ],
    [
      "after it has expired only that",
      "2026-11-05T09:15",
      { tell: ["test-link:0"], drop: ["test-link:24", "test-link:8", "test-link:2"] },
    ],
    [
      "a month later nothing",
      "2026-12-09T09:15",
      { tell: [], drop: ["test-link:24", "test-link:8", "test-link:2", "test-link:0"] },
    ],
  ])("%s", (_, now, expected) => {
    expect(toldBy(testing, now)).toEqual(expected);
  });

  it("after a downtime over all waves is the last wave and all regions, the latest first", () => {
    const { tell, drop } = toldBy(connectorWith(GO_LIVE), "2026-11-28T10:00");
    expect(tell).toEqual(["all-regions:21", "waves:9"]);
    expect(drop).toHaveLength(5);
  });

  it("is not what was told already", () => {
    const told = { [idOf(0)]: { at: iso("2026-11-04T09:15"), how: "sent" as const } };
    expect(statesOf({ ...testing, told }, "2026-11-04T10:00")).toEqual(["told", "ahead", "ahead", "ahead"]);
    expect(toldBy({ ...testing, told }, "2026-11-04T10:00")).toEqual({ tell: [], drop: [] });
  });

  it("is nothing while it is muted", () => {
    const muted = { ...testing, silence: { ...quiet, mutedAt: iso("2026-11-03T10:00") } };
    expect(statesOf(muted, "2026-11-04T10:00")).toEqual(["muted", "muted", "muted", "muted"]);
    expect(toldBy(muted, "2026-11-04T10:00").tell).toEqual([]);
    expect(replan(undefined, muted, DEFAULT_SETTINGS, pacific("2026-11-03T10:00")).dueAt).toBeUndefined();
  });

  it("waits until a snooze is over, and is dropped when it is of no use then", () => {
    const short = { ...testing, silence: { ...quiet, snoozedUntil: iso("2026-11-04T12:00") } };
    expect(statesOf(short, "2026-11-03T10:00")).toEqual(["snoozed", "ahead", "ahead", "ahead"]);
    expect(toldBy(short, "2026-11-04T11:59")).toEqual({ tell: [], drop: [] });
    expect(toldBy(short, "2026-11-04T12:00").tell).toEqual(["test-link:24"]);
    const long = { ...testing, silence: { ...quiet, snoozedUntil: iso("2026-11-06T00:00") } };
    expect(toldBy(long, "2026-11-06T00:00")).toEqual({
      tell: ["test-link:0"],
      drop: ["test-link:24", "test-link:8", "test-link:2"],
    });
  });

  it("comes again when the one that was told is snoozed, once", () => {
    const told = { [idOf(0)]: { at: iso("2026-11-04T09:15"), how: "sent" as const } };
    const snoozed = {
      ...testing,
      told,
      silence: { ...quiet, snoozed: { [idOf(0)]: iso("2026-11-04T13:15") } },
    };
    expect(toldBy(snoozed, "2026-11-04T13:14").tell).toEqual([]);
    expect(toldBy(snoozed, "2026-11-04T13:15").tell).toEqual(["test-link:24"]);
    const again = { ...snoozed, told: { [idOf(0)]: { at: iso("2026-11-04T13:15"), how: "sent" as const } } };
    expect(toldBy(again, "2026-11-04T13:16").tell).toEqual([]);
  });

  it("leaves out the matter that was acknowledged, but not that the link has expired", () => {
    const silence = { ...quiet, acknowledged: { [matter]: iso("2026-11-04T10:00") } };
    expect(statesOf({ ...testing, silence }, "2026-11-04T10:00")).toEqual([
      "acknowledged",
      "acknowledged",
      "acknowledged",
      "ahead",
    ]);
    expect(toldBy({ ...testing, silence }, "2026-11-05T10:00").tell).toEqual(["test-link:0"]);
  });
});

describe("planning anew", () => {
  const settings = DEFAULT_SETTINGS;

  it("ticks off what is past when it becomes known, and is next due at what is to come", () => {
    const backdated = replan(
      undefined,
      connectorWith(passedAt("2026-11-03T09:15")),
      settings,
      pacific("2026-11-05T02:00"),
    );
    expect(Object.values(backdated.told).map(({ how }) => how)).toEqual(["passed", "passed"]);
    expect(backdated.dueAt).toBe(iso("2026-11-05T07:15"));
  });

  it("does not tick off what is due and was planned before", () => {
    const marked = connectorWith(passedAt("2026-11-03T09:15"));
    const testing = replan(undefined, marked, settings, pacific("2026-11-03T09:15"));
    const renamed = replan(testing, { ...testing, name: "New" }, settings, pacific("2026-11-04T10:00"));
    expect(renamed.told).toEqual({});
    expect(renamed.dueAt).toBe(iso("2026-11-04T09:15"));
  });

  it("keeps what was told when a stage is left, so that it is not told again after an undo, and forgets it in the end", () => {
    const marked = connectorWith(passedAt("2026-11-03T09:15"));
    const [first] = remindersFor(marked, settings, pacific("2026-11-03T09:15"), undefined);
    const told = { [first?.id ?? ""]: { at: iso("2026-11-04T09:15"), how: "sent" as const } };
    const testing = { ...replan(undefined, marked, settings, pacific("2026-11-03T09:15")), told };
    const live = { ...connectorWith(GO_LIVE), dueAt: testing.dueAt, told };
    const left = replan(testing, live, settings, pacific("2026-11-04T10:00"));
    expect(left.told).toEqual(told);
    expect(left.dueAt).toBe(iso("2026-11-06T09:00"));
    expect(replan(left, { ...testing, told: left.told }, settings, pacific("2026-11-04T10:05")).dueAt).toBe(
      iso("2026-11-05T01:15"),
    );
    expect(replan(left, left, settings, pacific("2027-12-20T10:00")).told).not.toHaveProperty([
      first?.id ?? "",
    ]);
  });

  it("waits as long as a platform asked for, and no snooze is made of it", () => {
    const testing = connectorWith(passedAt("2026-11-03T09:15"));
    const later = { ...testing, dueAt: iso("2026-11-04T09:15"), retryAt: iso("2026-11-04T09:20") };
    const now = pacific("2026-11-04T09:15");
    expect(dueReminders(later, settings, now)).toEqual([]);
    expect(replan(later, later, settings, now).dueAt).toBe(iso("2026-11-04T09:20"));
    expect(planOf(later, settings, now)[0]?.state.kind).toBe("ahead");
    expect(dueReminders(later, settings, pacific("2026-11-04T09:20"))[0]?.tell).toHaveLength(1);
  });

  it("keeps an untracked connector for thirty days, and has nothing to say of a GA one", () => {
    const untracked = { ...connectorWith(SUBMITTED), untrackedAt: iso("2026-11-02T11:00") };
    expect(replan(undefined, untracked, settings, pacific("2026-11-02T11:00")).dueAt).toBe(
      iso("2026-12-02T11:00"),
    );
    const general = connectorWith([...REQUESTED, ["ga", "2027-01-02T10:00"]]);
    expect(replan(undefined, general, settings, pacific("2027-01-02T10:00")).dueAt).toBeUndefined();
  });
});
