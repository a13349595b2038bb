import { DateTime } from "luxon";
import { type Connector, isoOf } from "../lifecycle/connector.ts";
import type { Settings } from "../settings.ts";
import { type Reminder, remindersFor } from "./reminders.ts";

/** How a reminder of the plan stands. */
type ReminderState =
  | { kind: "ahead"; at: DateTime }
  | { kind: "snoozed"; at: DateTime }
  | { kind: "muted" }
  | { kind: "acknowledged" }
  | { kind: "told"; at: DateTime; how: "sent" | "passed" | "refused" };

export interface Planned {
  reminder: Reminder;
  state: ReminderState;
}

/** The whole plan of a connector with what became, or will become, of each reminder. */
export function planOf(connector: Connector, settings: Settings, now: DateTime): Planned[] {
  return remindersFor(connector, settings, now).map((reminder) => ({
    reminder,
    state: stateOf(reminder, connector),
  }));
}

/** What the tick has to do for a connector: what to say, and what to say nothing of because it has become useless. */
export interface Due {
  /** Latest first; one of each matter. `at`: when it was to be said, a snooze included. */
  tell: { reminder: Reminder; at: DateTime }[];
  drop: Reminder[];
}

export function dueReminders(connector: Connector, settings: Settings, now: DateTime): Due {
  const due = planOf(connector, settings, now).flatMap(({ reminder, state }) =>
    isPending(state) && state.at <= now ? [{ reminder, at: state.at }] : [],
  );
  const latest = new Map(due.map((one) => [one.reminder.matter, one]));
  const tell = due.filter((one) => latest.get(one.reminder.matter) === one && one.reminder.uselessAt > now);
  return {
    tell: tell.toReversed(),
    drop: due.filter((one) => !tell.includes(one)).map(({ reminder }) => reminder),
  };
}

/**
 * Makes a record ready to be stored: ticks off what is newly planned but already past (the person was just here and knows),
 * forgets what was told long ago, and sets `dueAt` to the next reminder.
 *
 * @param previous the record before the change; absent for a new one. Nothing that it planned was due before its `dueAt`, so
 *   what is due before that now is new.
 */
export function replan(
  previous: Connector | undefined,
  next: Connector,
  settings: Settings,
  now: DateTime,
): Connector {
  const plan = remindersFor(next, settings, now);
  const plannedFrom = previous?.dueAt === undefined ? undefined : DateTime.fromISO(previous.dueAt);
  const forgetBefore = isoOf(now.minus({ days: TOLD_KEPT_DAYS }));
  const told = Object.fromEntries(Object.entries(next.told).filter(([, { at }]) => at >= forgetBefore));
  for (const reminder of plan) {
    const state = stateOf(reminder, next);
    if (!isPending(state) || state.at > now) continue;
    const isNew = plannedFrom === undefined || state.at < plannedFrom;
    if (isNew) told[reminder.id] = { at: isoOf(now), how: "passed" };
  }
  const { dueAt: _, ...planned } = { ...next, told };
  const dueAt = nextDue(planned, plan);
  return dueAt ? { ...planned, dueAt: isoOf(dueAt) } : planned;
}

const TOLD_KEPT_DAYS = 400;

/** An untracked connector is kept this long, so that `undo` can bring it back. */
export const UNTRACKED_KEPT_DAYS = 30;

function nextDue(connector: Connector, plan: Reminder[]): DateTime | undefined {
  if (connector.untrackedAt) {
    return DateTime.fromISO(connector.untrackedAt).plus({ days: UNTRACKED_KEPT_DAYS });
  }
  const moments = plan.flatMap((reminder) => {
    const state = stateOf(reminder, connector);
    return isPending(state) ? [state.at] : [];
  });
  return DateTime.min(...moments);
}

function stateOf(reminder: Reminder, connector: Connector): ReminderState {
  const { silence, told } = connector;
  const known = told[reminder.id];
  const snoozed = silence.snoozed[reminder.id];
  if (known && !(snoozed && known.at < snoozed && known.how === "sent")) {
    return { kind: "told", at: DateTime.fromISO(known.at), how: known.how };
  }
  if (silence.mutedAt) return { kind: "muted" };
  if (silence.acknowledged[reminder.matter]) return { kind: "acknowledged" };
  const until = [snoozed, silence.snoozedUntil].flatMap((iso) => (iso ? [DateTime.fromISO(iso)] : []));
  const wished = DateTime.max(reminder.dueAt, ...until);
  const at = connector.retryAt ? DateTime.max(wished, DateTime.fromISO(connector.retryAt)) : wished;
  return wished > reminder.dueAt ? { kind: "snoozed", at } : { kind: "ahead", at };
}

/** It is still to be said. */
export function isPending(
  state: ReminderState,
): state is Extract<ReminderState, { kind: "ahead" | "snoozed" }> {
  return state.kind === "ahead" || state.kind === "snoozed";
}
