import { DateTime } from "luxon";
import type { DigestTime } from "../settings.ts";
import { weekdayOf } from "./calendar.ts";
import { dayAt, instantsOf, timeOfDay } from "./hours.ts";
import { zoneNamed } from "./zones.ts";

const DAY_MS = 86_400_000;

/**
 * When the weekly digest comes next, strictly after a moment: once a week. A time that comes twice is the first of the two; one
 * that clocks skip is when they skip it.
 */
export function nextDigest({ weekday, at, zone: name }: DigestTime, after: DateTime): DateTime {
  const zone = zoneNamed(name);
  const today = dayAt(after.toMillis(), zone);
  const instantOn = (day: number) => instantsOf(day * DAY_MS + timeOfDay(at), zone)[0];
  let day = today + ((weekday - weekdayOf(today) + 7) % 7);
  if (instantOn(day) <= after.toMillis()) day += 7;
  return DateTime.fromMillis(instantOn(day), { zone });
}

/** The latest moment of a weekly digest that has come. */
export function lastDigest(digest: DigestTime, now: DateTime): DateTime {
  return nextDigest(digest, now.minus({ days: 7 }));
}
