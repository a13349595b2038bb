import { z } from "zod";

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
export const Freeze = z
  .strictObject({ from: z.iso.date(), to: z.iso.date(), why: z.string() })
  .refine(({ from, to }) => from <= to, "a freeze ends on the day it begins or later");
export type Freeze = z.infer<typeof Freeze>;

/** What a workspace decides for itself. Units of the offsets: scheduling/reminder-offsets.ts. */
export const Settings = z.strictObject({
  /** IANA zone for people whose platform does not tell theirs. */
  zone: z.string().optional(),
  freezes: z.array(Freeze),
  remind: z.partialRecord(z.enum(REMINDER_TOPICS), z.array(z.number().nonnegative())),
  /** The publisher's Seller account stands: set once, so that the next connector need not ask again. */
  accountReady: z.boolean(),
});
export type Settings = z.infer<typeof Settings>;

export const DEFAULT_SETTINGS: Settings = { freezes: [], remind: {}, accountReady: false };
