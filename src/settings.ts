import { z } from "zod";
import type { Address } from "./incoming.ts";
import { keptObject } from "./kept-object.ts";

export const REMINDER_TOPICS = [
  "report",
  "test-link",
  "cut-off",
  "waves",
  "all-regions",
  "six-months",
  "ga-request",
  "sas-uri",
] as const;
export type ReminderTopic = (typeof REMINDER_TOPICS)[number];

/** A time in which Microsoft deploys nothing, as the operator learned it. Pacific dates, both included. */
export const Freeze = keptObject({ from: z.iso.date(), to: z.iso.date(), why: z.string() }).refine(
  ({ from, to }) => from <= to,
  "a freeze ends on the day it begins or later",
);
export type Freeze = z.infer<typeof Freeze>;

const timeOfDay = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/);

/** When people do not want to hear anything, in their own zone: from one time of day to another, which may be the next day's. */
export const QuietHours = keptObject({ from: timeOfDay, to: timeOfDay }).refine(
  ({ from, to }) => from !== to,
  "quiet hours have a length",
);
export type QuietHours = z.infer<typeof QuietHours>;

/** The weekly digest: ISO weekday (1 is Monday) and time of day in `zone`, and where it goes. */
export const DigestTime = keptObject({
  weekday: z.number().int().min(1).max(7),
  at: timeOfDay,
  zone: z.string(),
  where: z.custom<Address>((value) => typeof value === "string"),
  setting: z.enum(["direct", "shared"]),
});
export type DigestTime = z.infer<typeof DigestTime>;

function eachTopic<One>(one: One): Record<ReminderTopic, One> {
  return Object.fromEntries(REMINDER_TOPICS.map((topic) => [topic, one])) as Record<ReminderTopic, One>;
}

/** What a workspace decides for itself. Units of the offsets: scheduling/reminder-offsets.ts. */
export const Settings = keptObject({
  /** IANA zone for people whose platform does not tell theirs. */
  zone: z.string().optional(),
  freezes: z.array(Freeze),
  remind: keptObject(eachTopic(z.array(z.number().nonnegative()).optional())),
  /** The publisher's Seller account stands: set once, so that the next connector need not ask again. */
  accountReady: z.boolean(),
  /** Absent: `DEFAULT_QUIET`. */
  quiet: z.union([QuietHours, z.literal("off")]).optional(),
  /** ISO weekdays on which people work. Absent: `DEFAULT_DAYS`. */
  days: z.array(z.number().int().min(1).max(7)).min(1).optional(),
  digest: DigestTime.optional(),
});
export type Settings = z.infer<typeof Settings>;

export const DEFAULT_QUIET: QuietHours = { from: "20:00", to: "08:00" };
export const DEFAULT_DAYS: readonly number[] = [1, 2, 3, 4, 5];
export const DEFAULT_SETTINGS: Settings = { freezes: [], remind: {}, accountReady: false };
