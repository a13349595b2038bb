import { DateTime } from "luxon";
import type { Connector } from "../lifecycle/connector.ts";
import type { Settings } from "../settings.ts";
import { type Reminder, remindersFor } from "./reminders.ts";

/** How a reminder of the plan stands. */
type ReminderState =
  | { kind: "ahead"; at: DateTime }
  | { kind: "snoozed"; at: DateTime }
  | { kind: "muted" }
  | { kind: "acknowledged" }
  | { kind: "told"; at: DateTime; how: "sent" | "passed" | "silenced" | "refused" };

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
  /** Latest first; one of each matter. */
  tell: Reminder[];
  drop: Reminder[];
}

export function dueReminders(connector: Connector, settings: Settings, now: DateTime): Due {
  const due = planOf(connector, settings, now)
    .filter(({ state }) => (state.kind === "ahead" || state.kind === "snoozed") && state.at <= now)
    .map(({ reminder }) => reminder);
  const latest = new Map(due.map((reminder) => [reminder.matter, reminder]));
  const tell = due.filter((reminder) => latest.get(reminder.matter) === reminder && reminder.uselessAt > now);
  return { tell: tell.toReversed(), drop: due.filter((reminder) => !tell.includes(reminder)) };
}

/**
 * Makes a record ready to be stored: what is newly planned but already past is ticked off as passed (the person was just
 * here and knows), what is told and no longer planned is forgotten, and `dueAt` is set to the next reminder.
 *
 * @param previous the record before the change; absent for a new one
 */
export function replan(
  previous: Connector | undefined,
  next: Connector,
  settings: Settings,
  now: DateTime,
): Connector {
  const plan = remindersFor(next, settings, now);
  const before = new Set(previous && remindersFor(previous, settings, now).map(({ id }) => id));
  const told: Connector["told"] = {};
  for (const { id, dueAt } of plan) {
    const known = next.told[id];
    if (known) told[id] = known;
    else if (!before.has(id) && dueAt <= now) told[id] = { at: isoOf(now), how: "passed" };
  }
  const planned: Connector = { ...next, told };
  const { dueAt: _, ...rest } = planned;
  const dueAt = nextDue(planned, plan);
  return dueAt ? { ...rest, dueAt: isoOf(dueAt) } : rest;
}

/** An untracked connector is kept this long, so that `undo` can bring it back. */
export const UNTRACKED_KEPT_DAYS = 30;

function nextDue(connector: Connector, plan: Reminder[]): DateTime | undefined {
  if (connector.untrackedAt) {
    return DateTime.fromISO(connector.untrackedAt).plus({ days: UNTRACKED_KEPT_DAYS });
  }
  const moments = plan.flatMap((reminder) => {
    const state = stateOf(reminder, connector);
    return state.kind === "ahead" || state.kind === "snoozed" ? [state.at] : [];
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
  const at = DateTime.max(reminder.dueAt, ...until) ?? reminder.dueAt;
  return at > reminder.dueAt ? { kind: "snoozed", at } : { kind: "ahead", at };
}

function isoOf(at: DateTime): string {
  return at.toUTC().toISO() ?? "";
}
