import fc from "fast-check";
import { DateTime } from "luxon";
import { describe, expect, it } from "vitest";
import { businessCalendar, type Evidence } from "../../src/index.ts";
import { Connector, type Milestone } from "../../src/lifecycle/connector.ts";
import { standingOf } from "../../src/lifecycle/standing.ts";
import { type Forecast, forecast, goLiveIf } from "../../src/scheduling/forecast.ts";

const SEED = { seed: 20261104 };
const PACIFIC = "America/Los_Angeles";
const calendar = businessCalendar();
const ana = { id: "U1", name: "Ana" };

/** A milestone and its Pacific wall time. */
type Marked = [milestone: Milestone, at: string];

function connectorWith(marked: Marked[], evidence: Evidence = {}, startsOn?: string): Connector {
  const moves = marked.map(([milestone, at]) => {
    const iso = pacific(at).toISO() ?? "";
    return {
      milestone,
      at: iso,
      by: ana,
      recordedAt: iso,
      ...(milestone === "start" && startsOn && { startsOn }),
    };
  });
  return Connector.parse({
    id: "c1",
    workspace: "T1",
    name: "Contoso",
    revision: 1,
    trackedAt: "2026-01-02T00:00:00Z",
    owner: ana,
    where: "here",
    setting: "direct",
    told: {},
    changes: [],
    moves,
    steps: {},
    evidence,
    silence: { snoozed: {}, acknowledged: {} },
  });
}

function pacific(iso: string): DateTime {
  return DateTime.fromISO(iso, { zone: PACIFIC });
}

function look(connector: Connector, now: string, on = calendar): Forecast {
  const at = pacific(now);
  return forecast(connector, standingOf(connector, on, at), on, at);
}

/** "2026-11-04 10:00 … 2026-11-06 10:00", without the clock where only the day means something. */
function linesOf({ ahead }: Forecast): Record<string, string> {
  return Object.fromEntries(
    ahead.map(({ id, earliest, latest, dayOnly }) => {
      const format = dayOnly ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm";
      const [from, to] = [earliest, latest].map((each) => each.setZone(PACIFIC).toFormat(format));
      return [id, from === to ? `${from}` : `${from} … ${to}`];
    }),
  );
}

const SUBMITTED: Marked[] = [["submitted", "2026-09-08T10:00"]];
const PASSED: Marked[] = [...SUBMITTED, ["report-passed", "2026-09-10T10:00"]];
const GO_LIVE: Marked[] = [...PASSED, ["go-live", "2026-09-11T10:00"]];
const EVERYWHERE: Marked[] = [...GO_LIVE, ["all-regions", "2026-10-13T10:00"]];
const REQUESTED: Marked[] = [...EVERYWHERE, ["ga-requested", "2026-10-20T10:00"]];
const GENERAL: Marked[] = [...REQUESTED, ["ga", "2026-11-19T10:00"]];
const WAVES = ["wave-1", "wave-2", "wave-3", "wave-4", "wave-5", "wave-6"];
const TO_GA = ["all-regions", "six-months", "ga"];

describe("ahead of a connector", () => {
  it.each<[string, Marked[], string, string[]]>([
    [
      "that is not submitted: everything, in order",
      [],
      "2026-09-08T10:00",
      ["submitted", "report", "window-end", "go-live", ...WAVES, ...TO_GA],
    ],
    [
      "in review: the report and what follows",
      SUBMITTED,
      "2026-09-08T11:00",
      ["report", "window-end", "go-live", ...WAVES, ...TO_GA],
    ],
    [
      "whose report failed: a new submission",
      [...SUBMITTED, ["report-failed", "2026-09-09T10:00"]],
      "2026-09-09T11:00",
      ["submitted", "report", "window-end", "go-live", ...WAVES, ...TO_GA],
    ],
    [
      "in testing: the link's end and Go live",
      PASSED,
      "2026-09-10T11:00",
      ["window-end", "go-live", ...WAVES, ...TO_GA],
    ],
    [
      "whose test link expired: a new submission",
      PASSED,
      "2026-09-14T10:00",
      ["submitted", "report", "window-end", "go-live", ...WAVES, ...TO_GA],
    ],
    ["waiting for its Friday: the waves", GO_LIVE, "2026-09-14T10:00", [...WAVES, ...TO_GA]],
    ["between waves: those to come, today's too", GO_LIVE, "2026-09-22T10:00", [...WAVES.slice(2), ...TO_GA]],
    ["after the last wave: all regions", GO_LIVE, "2026-09-28T10:00", TO_GA],
    ["in public preview: six months and GA", EVERYWHERE, "2026-10-14T10:00", ["six-months", "ga"]],
    ["longer than six months in preview: GA", EVERYWHERE, "2027-04-01T10:00", ["ga"]],
    ["whose GA is requested: GA", REQUESTED, "2026-10-21T10:00", ["ga"]],
    ["that is GA: nothing", GENERAL, "2026-11-20T10:00", []],
    [
      "that is GA, though nobody said that it was in all regions: nothing",
      [...GO_LIVE, ["ga-requested", "2026-10-20T10:00"], ["ga", "2026-11-19T10:00"]],
      "2026-12-01T10:00",
      [],
    ],
    [
      "that is GA and updated: the way to all regions, but no GA",
      [...GENERAL, ["submitted", "2027-02-02T10:00"]],
      "2027-02-02T11:00",
      ["report", "window-end", "go-live", ...WAVES, "all-regions"],
    ],
  ])("%s", (_, marked, now, ids) => {
    expect(look(connectorWith(marked), now).ahead.map(({ id }) => id)).toEqual(ids);
  });

  it("that is submitted today, each date is earliest when everything is done at once and latest at the end of its time", () => {
    expect(linesOf(look(connectorWith([]), "2026-09-08T10:00"))).toEqual({
      submitted: "2026-09-08 10:00",
      report: "2026-09-09 10:00 … 2026-09-10 10:00",
      "window-end": "2026-09-11 10:00 … 2026-09-14 10:00",
      "go-live": "2026-09-09 10:00 … 2026-09-14 10:00",
      "wave-1": "2026-09-11 … 2026-09-18",
      "wave-2": "2026-09-14 … 2026-09-21",
      "wave-3": "2026-09-15 … 2026-09-22",
      "wave-4": "2026-09-16 … 2026-09-23",
      "wave-5": "2026-09-17 … 2026-09-24",
      "wave-6": "2026-09-18 … 2026-09-25",
      "all-regions": "2026-10-02 … 2026-10-16",
      "six-months": "2027-03-11 … 2027-03-18",
      ga: "2026-11-02 … 2027-04-18",
    });
  });

  it("whose link expires at the first moment of a Friday, Go live still makes that Friday", () => {
    const lines = linesOf(
      look(connectorWith([...SUBMITTED, ["report-passed", "2026-09-09T00:00"]]), "2026-09-10T08:00"),
    );
    expect(lines["window-end"]).toBe("2026-09-11 00:00");
    expect(lines["wave-1"]).toBe("2026-09-11");
  });

  it("says so when the report is overdue, and counts on from now", () => {
    const overdue = look(connectorWith(SUBMITTED), "2026-09-15T10:00");
    expect(overdue.ahead[0]).toMatchObject({ id: "report", because: "report-overdue" });
    expect(linesOf(overdue).report).toBe("2026-09-15 10:00");
    expect(look(connectorWith(SUBMITTED), "2026-09-10T09:59").ahead[0]?.because).toBe("report-24-to-48h");
  });

  it("says so when all regions or GA are overdue", () => {
    const late = look(connectorWith(GO_LIVE), "2026-10-20T10:00");
    expect(late.ahead[0]).toMatchObject({ id: "all-regions", because: "all-regions-overdue" });
    const [ga] = look(connectorWith(REQUESTED), "2026-12-01T10:00").ahead;
    expect(ga).toMatchObject({ id: "ga", because: "ga-month-overdue" });
    expect(look(connectorWith(REQUESTED), "2026-11-20T09:59").ahead[0]?.because).toBe(
      "ga-month-after-request",
    );
  });

  it("takes the start that Microsoft named, and says so", () => {
    const named = connectorWith([...GO_LIVE, ["start", "2026-09-12T10:00"]], {}, "2026-09-29");
    const found = look(named, "2026-09-14T10:00");
    expect(found.ahead[0]).toMatchObject({ id: "wave-1", because: "start-from-microsoft" });
    expect(linesOf(found)["wave-1"]).toBe("2026-09-29");
  });

  it.each([
    ["31 August", "2026-08-31", "2027-02-28"],
    ["31 August before a leap year", "2027-08-31", "2028-02-29"],
    ["31 December", "2026-12-31", "2027-06-30"],
  ])("clamps six months after %s to the month's end", (_, liveSince, on) => {
    const known = connectorWith(EVERYWHERE, { liveSince });
    expect(linesOf(look(known, "2026-10-14T10:00"))["six-months"]).toBe(on);
  });

  it("crosses holidays and freezes and names them", () => {
    const frozen = businessCalendar({ freezes: [{ from: "2026-09-16", to: "2026-09-18", why: "audit" }] });
    const found = look(connectorWith(GO_LIVE), "2026-09-14T10:00", frozen);
    expect(linesOf(found)["wave-1"]).toBe("2026-09-25");
    expect(found.remarks.map(({ kind }) => kind)).toEqual(["friday-skipped"]);
  });
});

describe("any forecast", () => {
  const whole: Marked[] = [
    ...SUBMITTED,
    ["report-failed", "2026-09-09T10:00"],
    ["submitted", "2026-09-09T12:00"],
    ...PASSED.slice(1),
    ...GENERAL.slice(2),
    ["submitted", "2027-02-02T10:00"],
    ["report-passed", "2027-02-03T10:00"],
    ["go-live", "2027-02-04T10:00"],
  ];
  const hours = fc.integer({ min: 0, max: 30 * 24 * 60 });
  const ORDER = ["submitted", "report", "go-live", ...WAVES, ...TO_GA];

  it("has no earliest date after its latest, nothing before today, and its milestones in order", () => {
    fc.assert(
      fc.property(fc.nat(whole.length), hours, (count, minutes) => {
        const marked = whole.slice(0, count);
        const now = pacific(marked.at(-1)?.[1] ?? "2026-09-01T00:00").plus({ minutes });
        const { ahead } = look(connectorWith(marked), now.toISO({ includeOffset: false }) ?? "");
        for (const { id, earliest, latest } of ahead) {
          expect(earliest <= latest, id).toBe(true);
          expect(latest >= now.startOf("day"), id).toBe(true);
        }
        const inOrder = ahead
          .filter(({ id }) => ORDER.includes(id))
          .toSorted((a, b) => ORDER.indexOf(a.id) - ORDER.indexOf(b.id));
        expect(ahead.filter(({ id }) => id !== "window-end")).toEqual(inOrder);
        for (const [index, { id, latest }] of inOrder.entries()) {
          const before = inOrder[index - 1];
          if (before && id !== "six-months") expect(before.latest.startOf("day") <= latest, id).toBe(true);
        }
      }),
      { ...SEED, numRuns: 500 },
    );
  });
});

describe("a what-if", () => {
  it.each<[Milestone, string | undefined]>([
    ["submitted", "2026-09-14T09:59:59.999"],
    ["report-passed", "2026-09-10T09:59:59.999"],
    ["go-live", "2026-09-08T10:00:00.000"],
    ["start", "2026-09-08T10:00:00.000"],
    ["ga", undefined],
    ["report-failed", undefined],
  ])("on %s takes Go live to be confirmed as late as can be: %s", (milestone, expected) => {
    const at = goLiveIf(milestone, pacific("2026-09-08T10:00"), calendar);
    expect(at?.setZone(PACIFIC).toISO({ includeOffset: false })).toBe(expected);
  });
});
