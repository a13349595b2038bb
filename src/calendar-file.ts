import ical, { escape as escapeText, ICalEventTransparency } from "ical-generator";
import { DateTime } from "luxon";
import type { CalendarEvent, CalendarFile } from "./reply.ts";

/** A moment is shown as so many minutes that end with it: programs show an event without length badly, or not at all. */
const MOMENT_MINUTES = 30;

/**
 * A calendar file as RFC 5545 text, for any calendar program: UTF-8, CRLF, lines of at most 75 octets.
 *
 * Importing a newer file moves the events of an older one: `SEQUENCE`, `DTSTAMP` and `LAST-MODIFIED` follow `madeAt`. Nothing
 * blocks time and nothing rings: what must be known in time is told by the reminders.
 */
export function calendarText(file: CalendarFile): string {
  const madeAt = file.madeAt.toJSDate();
  const calendar = ical({
    prodId: { company: "Connector Shepherd", product: "Connector dates" },
    // The library writes a calendar's name and an event's id as they come.
    name: escapeText(cleaned(file.calendar), false),
    events: file.events.map((event) => ({
      id: escapeText(cleaned(`${event.id}@connector-shepherd`), false),
      summary: cleaned(event.title),
      description: cleaned(event.details),
      ...spanOf(event.when),
      transparency: ICalEventTransparency.TRANSPARENT,
      // Minutes, because seconds would outgrow 32 bits in 2038.
      sequence: Math.floor(madeAt.getTime() / 60_000),
      stamp: madeAt,
      lastModified: madeAt,
    })),
  });
  return `${calendar.toString()}\r\n`;
}

/** Days end with the day after the last one: the standard's end is excluded. */
function spanOf(when: CalendarEvent["when"]): { start: Date; end: Date; allDay: boolean } {
  if ("at" in when) {
    return {
      start: when.at.minus({ minutes: MOMENT_MINUTES }).toJSDate(),
      end: when.at.toJSDate(),
      allDay: false,
    };
  }
  const [first, last] = [when.from, when.to].map((day) => DateTime.fromISO(day, { zone: "utc" }));
  if (!first?.isValid || !last?.isValid) throw new RangeError(`no days: ${when.from} to ${when.to}`);
  return { start: first.toJSDate(), end: last.plus({ days: 1 }).toJSDate(), allDay: true };
}

/** Without characters that the standard forbids in a text, or that some program takes for the end of a line. */
function cleaned(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?/g, "\n")
    .replace(/[^\P{Cc}\n\t]|[\u2028\u2029]/gu, " ");
}
