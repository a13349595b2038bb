import type { DateTime } from "luxon";
import { businessCalendar, type Calendar, PACIFIC, pacificDay, testWindow } from "../../src/index.ts";

/** A connector and what a person would have typed to bring it where it is. */
export interface ExampleConnector {
  name: string;
  lines: string[];
}

const FRIDAY = 5;
/** A reminder comes 24 business hours before the link expires, or 8: there is time to see one of them come. */
const LEAST_HOURS_LEFT = 26;
const EARLIEST_HOUR = 9;
const MOST_HOURS_AGO = 10 * 24;

/**
 * Three connectors as they might stand on any day: one being tested, one rolling out between its waves, one in public preview
 * for five months. Each enters with one milestone that "already" happened.
 */
export function exampleConnectors(now: DateTime): ExampleConnector[] {
  const here = now.setZone(PACIFIC);
  const calendar = businessCalendar();
  return [
    inTesting("Adatum Invoices", here, calendar),
    rollingOut("Fabrikam Fleet", here, calendar),
    inPreview("Northwind Weather", here),
  ];
}

/** The link expires as soon as it can and still leaves time for a reminder. */
function inTesting(name: string, now: DateTime, calendar: Calendar): ExampleConnector {
  const least = now.plus({ hours: LEAST_HOURS_LEFT });
  const passed = Array.from({ length: MOST_HOURS_AGO }, (_, hours) => now.minus({ hours: hours + 1 }))
    .map((at) => ({ at, expiresAt: testWindow(at, calendar).expiresAt }))
    .filter(({ expiresAt }) => expiresAt >= least && expiresAt.hour >= EARLIEST_HOUR)
    .reduce((soonest, one) => (one.expiresAt < soonest.expiresAt ? one : soonest));
  return { name, lines: [`track ${name}`, `mark ${name} report-passed ${wordsOf(passed.at)} already`] };
}

/** Its first wave was on the last Friday, or where that was closed, on the last business day, as Microsoft named it. */
function rollingOut(name: string, now: DateTime, calendar: Calendar): ExampleConnector {
  const friday = now.minus({ days: (now.weekday - FRIDAY + 7) % 7 });
  const start = isOpen(friday, calendar) ? friday : lastOpenDay(now, calendar);
  const goLive = start.minus({ days: 2 }).set({ hour: 11, minute: 0 });
  return {
    name,
    lines: [
      `track ${name}`,
      `mark ${name} go-live ${wordsOf(goLive)} already`,
      `mark ${name} start ${start.toISODate()}`,
    ],
  };
}

/** One criterion is not known yet, and two recommended ones are not met: a month later the exception opens. */
function inPreview(name: string, now: DateTime): ExampleConnector {
  const liveSince = now.minus({ months: 5 });
  const allRegions = liveSince.plus({ days: 25 }).set({ hour: 9, minute: 0 });
  return {
    name,
    lines: [
      `track ${name}`,
      `mark ${name} all-regions ${wordsOf(allRegions)} already`,
      `evidence ${name} live-since=${liveSince.toISODate()} backend=yes availability=99.97 slo=99.6 ` +
        "responses=2xx:48210,3xx:120,4xx:5120,5xx:2300,429:900 users=430,468,512 connections=38",
    ],
  };
}

function lastOpenDay(now: DateTime, calendar: Calendar): DateTime {
  return isOpen(now, calendar) ? now : lastOpenDay(now.minus({ days: 1 }), calendar);
}

function isOpen(at: DateTime, calendar: Calendar): boolean {
  return calendar.isBusinessDay(pacificDay(at));
}

function wordsOf(at: DateTime): string {
  return `${at.toFormat("yyyy-MM-dd HH:mm")} PT`;
}
