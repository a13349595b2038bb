import type { ReminderTopic, Settings } from "../settings.ts";

/** The offsets when a workspace sets none (units: `REMINDER_UNITS`). An empty list switches a topic off. */
const DEFAULT_OFFSETS: Record<ReminderTopic, number[]> = {
  report: [24, 48],
  "test-link": [24, 8, 2, 0],
  "cut-off": [9],
  waves: [9],
  "all-regions": [21, 28],
  "six-months": [7, 0],
  "ga-request": [30],
  "sas-uri": [3, 1],
};

/** What a topic's numbers mean. `max` keeps a slip of the finger from hiding a reminder for years. */
export const REMINDER_UNITS: Record<ReminderTopic, { unit: string; suffix: "h" | "d" | ":00"; max: number }> =
  {
    report: { unit: "hours after submission", suffix: "h", max: 240 },
    "test-link": { unit: "business hours before the link expires (0: when it has)", suffix: "h", max: 48 },
    "cut-off": { unit: "o'clock Pacific on the Wednesday", suffix: ":00", max: 23 },
    waves: { unit: "o'clock Pacific on each wave's day", suffix: ":00", max: 23 },
    "all-regions": { unit: "days after the first wave", suffix: "d", max: 90 },
    "six-months": { unit: "days before six months are complete (0: on the day)", suffix: "d", max: 60 },
    "ga-request": { unit: "days after the e-mail", suffix: "d", max: 90 },
    "sas-uri": { unit: "days before the SAS URI expires", suffix: "d", max: 30 },
  };

/** The offsets of a topic in this workspace. */
export function offsetsOf(topic: ReminderTopic, settings: Settings): readonly number[] {
  return settings.remind[topic] ?? DEFAULT_OFFSETS[topic];
}

/** Whether a topic is about something that the publisher may miss. */
export function isOfDeadline(topic: ReminderTopic): boolean {
  return topic === "test-link" || topic === "cut-off" || topic === "sas-uri";
}
