import type { DateTime } from "luxon";
import { z } from "zod";
import { Evidence } from "../criteria/evidence.ts";
import type { Address, WorkspaceId } from "../incoming.ts";
import { keptObject } from "../kept-object.ts";
import { QuietHours, Settings } from "../settings.ts";

/** What can be marked. Moments in the life of a connector, as a publisher names them; the likelier first. */
export const MILESTONES = [
  "submitted",
  "report-passed",
  "go-live",
  "report-failed",
  "start",
  "all-regions",
  "pull-request",
  "ga-requested",
  "ga",
  "update",
] as const;
export type Milestone = (typeof MILESTONES)[number];

const instant = z.iso.datetime({ offset: true });
const who = keptObject({ id: z.string(), name: z.string() });

/** One thing that happened. `at` is when it happened, `recordedAt` when we were told. */
export const Move = keptObject({
  milestone: z.enum(MILESTONES),
  at: instant,
  by: who,
  recordedAt: instant,
  /** `start` only: the Pacific date Microsoft named. */
  startsOn: z.iso.date().optional(),
  /** The connector stood here before anyone followed it: the moves before are not known. */
  already: z.literal(true).optional(),
});
export type Move = z.infer<typeof Move>;

/** A step ticked off. `kept` is what the person gave, as far as it may be kept (never a secret). */
export const StepDone = keptObject({
  at: instant,
  by: who,
  kept: z.string().optional(),
  /** `sas-uri` only: when the link to the package stops working. */
  expiresAt: instant.optional(),
});
export type StepDone = z.infer<typeof StepDone>;

/** What people asked not to hear: `snoozed` by a reminder's id, `acknowledged` by its matter (scheduling/reminders.ts). */
const Silence = keptObject({
  mutedAt: instant.optional(),
  snoozedUntil: instant.optional(),
  snoozed: z.record(z.string(), instant),
  acknowledged: z.record(z.string(), instant),
});

const place = {
  where: z.custom<Address>((value) => typeof value === "string"),
  setting: z.enum(["direct", "shared"]),
};

/** What became of reminders that need not be sent any more, by their ids. `why`: a refusal, in the platform's word. */
const Told = z.record(
  z.string(),
  keptObject({ at: instant, how: z.enum(["sent", "passed", "refused"]), why: z.string().optional() }),
);
export type Told = z.infer<typeof Told>;

/** Another place that hears of a connector. */
export const Follower = keptObject({
  ...place,
  by: who,
  at: instant,
  /** `deadlines`: only what the publisher may miss. */
  only: z.enum(["all", "deadlines"]),
  told: Told,
  retryAt: instant.optional(),
});
export type Follower = z.infer<typeof Follower>;

export const MOST_FOLLOWERS = 20;

/** The parts of a connector that a person changes, and that `undo` can put back. */
const changeable = {
  name: z.string().min(1),
  moves: z.array(Move),
  steps: z.record(z.string(), StepDone),
  evidence: Evidence,
  silence: Silence,
  untrackedAt: instant.optional(),
  /** Where it was registered: where reminders go. */
  ...place,
  followers: z.array(Follower).max(MOST_FOLLOWERS).optional(),
};

export const Change = keptObject({
  /** Counts up, so that an undo button takes back the change it was made for and no other. */
  number: z.number().int().positive(),
  /** What was done, as the command that did it. */
  what: z.string(),
  at: instant,
  by: who,
  /** What was different before, as small as it can be kept. `null`: it was absent. `undo` refuses what it does not know. */
  before: keptObject({
    name: z.string().min(1),
    /** Moves are only ever added: how many there were. */
    moves: z.number().int().nonnegative(),
    /** Only the steps that the change touched. */
    steps: z.record(z.string(), StepDone.nullable()),
    evidence: Evidence,
    silence: Silence,
    untrackedAt: instant.nullable(),
    /** Where it was registered. */
    home: keptObject(place),
    /** Only those that the change touched, by where they are. */
    followers: z.record(z.string(), Follower.nullable()),
  }).partial(),
});
export type Change = z.infer<typeof Change>;

/** The record: everything kept about one connector. Stage, deadlines and reminders are worked out from it. */
export const Connector = keptObject({
  ...changeable,
  id: z.string(),
  workspace: z.custom<WorkspaceId>((value) => typeof value === "string"),
  /** Counts changes; the store refuses a change that was decided on an older one. */
  revision: z.number().int().nonnegative(),
  trackedAt: instant,
  /** `zone` (IANA): theirs, where the platform tells it. */
  owner: who.extend({ zone: z.string().optional() }),
  told: Told,
  /** A platform asked to be tried again, not before this. */
  retryAt: instant.optional(),
  /** Since when something that was due waits for its platform, here or where it is followed. */
  waitingSince: instant.optional(),
  /** Whose hours its reminders were planned by. Absent: nobody's. */
  plannedBy: keptObject({
    zone: z.string(),
    quiet: QuietHours.or(z.literal("off")),
    days: z.array(z.number()),
  }).optional(),
  /** The workspace's own offsets that they were planned with. Absent: it had none. */
  plannedWith: Settings.shape.remind.optional(),
  /** When the next reminder is due. Absent: there is none. */
  dueAt: instant.optional(),
  /** The last changes, oldest first, at most `CHANGES_KEPT`. */
  changes: z.array(Change),
});
export type Connector = z.infer<typeof Connector>;

export type ConnectorKey = Pick<Connector, "workspace" | "id">;

export const CHANGES_KEPT = 10;

/** An instant as the record keeps it. */
export function isoOf(at: DateTime): string {
  return at.toUTC().toISO() ?? "";
}

/**
 * The form under which a name is looked up: letter case, width, accents' encoding and spaces do not matter, nor which
 * apostrophe a phone typed.
 */
export function foldName(name: string): string {
  return name
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\u2018\u2019\u02bc]/g, "'")
    .replace(/[\u201c\u201d]/g, '"')
    .replace(/\s+/g, " ")
    .trim();
}
