import type { DateTime } from "luxon";
import { type Calendar, pacificDay, pacificTime, pacificTimeOfDay } from "./calendar.ts";
import { PACIFIC } from "./zones.ts";

/** The life of a preview-test link. All in Pacific time. */
export interface TestWindow {
  opensAt: DateTime;
  /** When business time starts to run: `opensAt`, or the start of the next business day. */
  countsFrom: DateTime;
  expiresAt: DateTime;
}

const BUSINESS_DAYS = 2;

/**
 * When a preview-test link expires.
 *
 * @param opensAt when the package passed, in any zone
 * @returns instants in Pacific time
 * @throws RangeError when `opensAt` is invalid
 *
 * Rule: certification page, Test your connector ("This link is live for only 48 business hours"), read as two business
 * days of 24 hours; one that opens on a closed day counts from 00:00 of the next business day.
 */
export function testWindow(opensAt: DateTime, calendar: Calendar): TestWindow {
  if (!opensAt.isValid) throw new RangeError("testWindow: opensAt is not a valid DateTime");
  const opened = opensAt.setZone(PACIFIC);
  const day = pacificDay(opened);
  const countsFrom = calendar.isBusinessDay(day) ? opened : pacificTime(calendar.nextBusinessDay(day));
  const [from, timeOfDay] = [pacificDay(countsFrom), pacificTimeOfDay(countsFrom)];
  const expiresAt =
    timeOfDay === 0
      ? // Used up with the last of the two days, not when the next one begins.
        pacificTime(calendar.addBusinessDays(from, BUSINESS_DAYS - 1) + 1)
      : pacificTime(calendar.addBusinessDays(from, BUSINESS_DAYS), timeOfDay);
  return { opensAt: opened, countsFrom, expiresAt };
}
