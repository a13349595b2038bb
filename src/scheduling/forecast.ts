import type { DateTime } from "luxon";
import { EXCEPTION_MONTHS } from "../criteria/catalogue.ts";
import type { Connector, Milestone } from "../lifecycle/connector.ts";
import { isBefore } from "../lifecycle/stages.ts";
import { liveSinceOf, type Standing } from "../lifecycle/standing.ts";
import { addMonths, type Calendar, pacificDay, pacificTime, toDay, toIso } from "./calendar.ts";
import { type Remark, rollout } from "./rollout.ts";
import { testWindow } from "./test-window.ts";
import { PACIFIC } from "./zones.ts";

/** Why a date of the forecast is what it is; replies/forecast.ts has the sentences. */
export type Assumption =
  | "submit-today"
  | "resubmit-today"
  | "report-24-to-48h"
  | "report-overdue"
  | "window-two-business-days"
  | "go-live-in-window"
  | "next-friday"
  | "start-from-microsoft"
  | "one-wave-a-business-day"
  | "three-to-four-weeks"
  | "all-regions-overdue"
  | "six-months-from-live"
  | "ga-month-after-request"
  | "ga-asked-when-possible"
  | "ga-month-overdue";

type AheadId =
  | "submitted"
  | "report"
  | "window-end"
  | "go-live"
  | `wave-${number}`
  | "all-regions"
  | "six-months"
  | "ga";

/** One milestone still ahead. Instants in Pacific time; `dayOnly` when only their day means something. */
export interface Ahead {
  id: AheadId;
  name: string;
  earliest: DateTime;
  latest: DateTime;
  dayOnly: boolean;
  because: Assumption;
}

export interface Forecast {
  ahead: Ahead[];
  /** What the rollout that begins at the latest crosses. */
  remarks: Remark[];
}

interface Range {
  earliest: DateTime;
  latest: DateTime;
}

/**
 * The earliest and the latest date of every milestone still ahead, from any stage: earliest when each thing a publisher
 * does is done at once, latest when each is done at the end of its time.
 *
 * Sources: certification page (24 to 48 hours, 48 business hours, Fridays, daily waves, three to four weeks); GA page
 * (six months, about a month).
 */
export function forecast(
  connector: Connector,
  current: Standing,
  calendar: Calendar,
  at: DateTime,
): Forecast {
  const ahead: Ahead[] = [];
  const now = at.setZone(PACIFIC);
  const goLive = aheadOfGoLive(current, calendar, now, ahead);
  const { allRegions, startsOn, remarks } = aheadOfAllRegions(current, goLive, calendar, now, ahead);

  if (current.tag === "preview") {
    const liveSince = liveSinceOf(connector, current);
    const sixMonths = {
      earliest: sixMonthsAfter(liveSince ?? startsOn?.earliest ?? toIso(pacificDay(now))),
      latest: sixMonthsAfter(liveSince ?? startsOn?.latest ?? toIso(pacificDay(now))),
    };
    if (!current.gaRequestedAt && sixMonths.latest > now && (liveSince || startsOn)) {
      add(ahead, "six-months", "Six months in preview", sixMonths, "six-months-from-live", true);
    }
    addGa(current, now, allRegions, sixMonths, ahead);
  }
  return { ahead, remarks };
}

/** When Go live is confirmed, if it is not yet; on the way there, what comes before. */
function aheadOfGoLive(
  current: Standing,
  calendar: Calendar,
  now: DateTime,
  ahead: Ahead[],
): Range | undefined {
  const { stage, submittedAt, window } = current;
  if (stage === "testing" && window) {
    add(ahead, "window-end", "Test link expires", both(window.expiresAt), "window-two-business-days");
    const range = { earliest: now, latest: window.expiresAt };
    add(ahead, "go-live", "Go live confirmed", range, "go-live-in-window");
    return range;
  }
  if (!isBefore(stage, "testing")) return undefined;

  const isSubmitted = stage === "review" && submittedAt !== undefined;
  const from = isSubmitted ? submittedAt : now;
  if (!isSubmitted) {
    const because = stage === "changes-requested" ? "resubmit-today" : "submit-today";
    add(ahead, "submitted", "Submitted", both(from), because);
  }
  const due = { earliest: from.plus({ hours: 24 }), latest: from.plus({ hours: 48 }) };
  const report = { earliest: later(due.earliest, now), latest: later(due.latest, now) };
  add(
    ahead,
    "report",
    "Certification report",
    report,
    due.latest < now ? "report-overdue" : "report-24-to-48h",
  );
  const expiry = {
    earliest: testWindow(report.earliest, calendar).expiresAt,
    latest: testWindow(report.latest, calendar).expiresAt,
  };
  add(ahead, "window-end", "Test link expires", expiry, "window-two-business-days");
  const range = { earliest: report.earliest, latest: expiry.latest };
  add(ahead, "go-live", "Go live confirmed", range, "go-live-in-window");
  return range;
}

function aheadOfAllRegions(
  current: Standing,
  goLive: Range | undefined,
  calendar: Calendar,
  now: DateTime,
  ahead: Ahead[],
): { allRegions: Range; startsOn?: { earliest: string; latest: string }; remarks: Remark[] } {
  if (current.allRegionsAt || current.stage === "ga") return { allRegions: both(now), remarks: [] };
  const early = goLive ? rollout(goLive.earliest, calendar) : current.rollout;
  // Go live is confirmed before the link expires, so the last moment is just before that.
  const late = goLive ? rollout(goLive.latest.minus({ milliseconds: 1 }), calendar) : current.rollout;
  if (!early || !late) return { allRegions: both(now), remarks: [] };

  const today = toIso(pacificDay(now));
  for (const [index, { number, name, on }] of early.waves.entries()) {
    const latest = late.waves[index]?.on ?? on;
    if (latest < today) continue;
    const because = number > 1 ? "one-wave-a-business-day" : startReason(early.remarks);
    const range = { earliest: dayTime(on), latest: dayTime(latest) };
    add(ahead, `wave-${number}`, `Wave ${number}: ${name}`, range, because, true);
  }
  const allRegions = {
    earliest: later(dayTime(early.allRegions.from), now),
    latest: later(dayTime(late.allRegions.to), now),
  };
  const isOverdue = late.allRegions.to < today;
  const because = isOverdue ? "all-regions-overdue" : "three-to-four-weeks";
  add(ahead, "all-regions", "In all regions", allRegions, because, true);
  return {
    allRegions,
    startsOn: { earliest: early.startsOn, latest: late.startsOn },
    remarks: late.remarks.filter(({ kind }) => kind !== "at-risk" && kind !== "confirmed-on-friday"),
  };
}

function addGa(current: Standing, now: DateTime, allRegions: Range, sixMonths: Range, ahead: Ahead[]): void {
  const { gaRequestedAt } = current;
  if (gaRequestedAt) {
    const due = gaRequestedAt.plus({ months: 1 });
    const because = due < now ? "ga-month-overdue" : "ga-month-after-request";
    add(ahead, "ga", "General availability", both(later(due, now)), because, true);
    return;
  }
  const range = {
    earliest: later(allRegions.earliest, now).plus({ months: 1 }),
    latest: later(sixMonths.latest, later(allRegions.latest, now)).plus({ months: 1 }),
  };
  add(ahead, "ga", "General availability", range, "ga-asked-when-possible", true);
}

/** A supposed milestone, for a what-if: when Go live is taken to be confirmed. */
export function goLiveIf(milestone: Milestone, at: DateTime, calendar: Calendar): DateTime | undefined {
  if (milestone === "go-live" || milestone === "start") return at;
  if (milestone === "report-passed") return testWindow(at, calendar).expiresAt.minus({ milliseconds: 1 });
  if (milestone === "submitted") return goLiveIf("report-passed", at.plus({ hours: 48 }), calendar);
  return undefined;
}

function add(
  ahead: Ahead[],
  id: AheadId,
  name: string,
  range: Range,
  because: Assumption,
  dayOnly = false,
): void {
  ahead.push({ id, name, ...range, dayOnly, because });
}

function startReason(remarks: Remark[]): Assumption {
  return remarks.some(({ kind }) => kind === "start-from-microsoft") ? "start-from-microsoft" : "next-friday";
}

function sixMonthsAfter(day: string): DateTime {
  return pacificTime(addMonths(toDay(day), EXCEPTION_MONTHS));
}

function dayTime(day: string): DateTime {
  return pacificTime(toDay(day));
}

function both(at: DateTime): Range {
  return { earliest: at, latest: at };
}

function later(a: DateTime, b: DateTime): DateTime {
  return a > b ? a : b;
}
