import { DateTime } from "luxon";
import type { Address } from "../incoming.ts";
import { type Connector, isoOf, type Told } from "../lifecycle/connector.ts";
import type { Settings } from "../settings.ts";
import { plannedBy } from "./hours.ts";
import { type Reminder, remindersFor } from "./reminders.ts";

/** How a reminder of the plan stands. `at`: when it will be said; `wishedAt`: the same if its platform took everything at once. */
type ReminderState =
  | { kind: "ahead"; at: DateTime; wishedAt: DateTime }
  | { kind: "snoozed"; at: DateTime; wishedAt: DateTime }
  | { kind: "muted" }
  | { kind: "acknowledged" }
  | { kind: "told"; at: DateTime; how: Told[string]["how"] };

export interface Planned {
  reminder: Reminder;
  state: ReminderState;
}

/** A place that hears of a connector: where it was registered, or one that follows it. */
export interface Place {
  where: Address;
  /** Absent: where it was registered. */
  followsSince?: string;
  only: "all" | "deadlines";
  told: Told;
  retryAt?: string | undefined;
}

/** The place where it was registered first. */
export function placesOf({ where, told, retryAt, followers = [] }: Connector): Place[] {
  return [
    { where, only: "all", told, retryAt },
    ...followers.map(({ at, ...place }): Place => ({ ...place, followsSince: at })),
  ];
}

/** The same connector with what a place was told, and when its platform wants to be tried again. */
export function withPlace(connector: Connector, { where, followsSince, told, retryAt }: Place): Connector {
  if (followsSince === undefined) {
    const { retryAt: _, ...rest } = connector;
    return { ...rest, told, ...(retryAt && { retryAt }) };
  }
  const followers = connector.followers?.map((follower) => {
    if (follower.where !== where) return follower;
    const { retryAt: _, ...rest } = follower;
    return { ...rest, told, ...(retryAt && { retryAt }) };
  });
  return { ...connector, ...(followers && { followers }) };
}

/** The whole plan of a connector with what became, or will become, of each reminder where it was registered. */
export function planOf(connector: Connector, settings: Settings, now: DateTime): Planned[] {
  const [home] = placesOf(connector);
  const plan = remindersFor(connector, settings, now);
  return home ? plan.map((reminder) => ({ reminder, state: stateOf(reminder, connector, home) })) : [];
}

/** What the tick has to do in one place: what to say, and what to say nothing of because it has become useless. */
export interface Due {
  place: Place;
  /** Latest first; one of each matter. `at`: when it was to be said, a snooze included. */
  tell: { reminder: Reminder; at: DateTime }[];
  drop: Reminder[];
}

/** Only places in which something is due. */
export function dueReminders(connector: Connector, settings: Settings, now: DateTime): Due[] {
  const plan = remindersFor(connector, settings, now);
  return placesOf(connector)
    .map((place) => dueIn(place, connector, plan, now))
    .filter(({ tell, drop }) => tell.length + drop.length > 0);
}

function dueIn(place: Place, connector: Connector, plan: readonly Reminder[], now: DateTime): Due {
  const due = plan.flatMap((reminder) => {
    const state = stateOf(reminder, connector, place);
    if (!isPending(state) || state.at > now) return [];
    // What was moved before a night that is still ahead is not late.
    return [{ reminder, at: reminder.nominalAt > now ? now : state.wishedAt }];
  });
  const latest = new Map(due.map((one) => [one.reminder.matter, one]));
  const tell = due.filter((one) => latest.get(one.reminder.matter) === one && one.reminder.uselessAt > now);
  return {
    place,
    tell: tell.toReversed(),
    drop: due.filter((one) => !tell.includes(one)).map(({ reminder }) => reminder),
  };
}

/**
 * Makes a record ready to be stored: ticks off what is newly planned but already past (the person was just here and knows),
 * forgets what was told long ago, and sets `dueAt` to the next reminder and `waitingSince` to the first that a platform has put off.
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
  const whose = plannedBy(next, settings);
  const plan = remindersFor(next, settings, now, whose);
  const before = beforeHoursChanged(previous, whose, settings, now);
  const plannedFrom = previous?.dueAt === undefined ? undefined : DateTime.fromISO(previous.dueAt);
  const forgetBefore = isoOf(now.minus({ days: TOLD_KEPT_DAYS }));
  const { dueAt: _, waitingSince: __, plannedBy: ___, ...record } = next;
  let planned: Connector = { ...record, ...(whose && { plannedBy: whose }) };
  const moments: DateTime[] = [];
  const waiting: DateTime[] = [];
  for (const place of placesOf(next)) {
    const told = Object.fromEntries(Object.entries(place.told).filter(([, { at }]) => at >= forgetBefore));
    for (const reminder of plan) {
      const state = stateOf(reminder, next, place);
      if (!isPending(state)) continue;
      const isNew = plannedFrom === undefined || before(reminder, state.at) < plannedFrom;
      // Moved out of people's night into the past, though it is still ahead: it is told at once.
      const isPast = state.at <= now && reminder.nominalAt <= now;
      if (isNew && isPast) told[reminder.id] = { at: isoOf(now), how: "passed" };
      else moments.push(state.at);
      if (state.wishedAt < state.at && state.wishedAt <= now) waiting.push(state.wishedAt);
    }
    planned = withPlace(planned, { ...place, told });
  }
  const dueAt = planned.untrackedAt
    ? DateTime.fromISO(planned.untrackedAt).plus({ days: UNTRACKED_KEPT_DAYS })
    : DateTime.min(...moments);
  const waitingSince = DateTime.min(...waiting);
  return {
    ...planned,
    ...(dueAt && { dueAt: isoOf(dueAt) }),
    ...(waitingSince && { waitingSince: isoOf(waitingSince) }),
  };
}

/** When a reminder was to be told by the hours of the plan before: one that only they held back is not new. */
function beforeHoursChanged(
  previous: Connector | undefined,
  whose: Connector["plannedBy"],
  settings: Settings,
  now: DateTime,
): (reminder: Reminder, at: DateTime) => DateTime {
  if (!previous || JSON.stringify(previous.plannedBy) === JSON.stringify(whose)) return (_, at) => at;
  const plan = remindersFor(previous, settings, now, previous.plannedBy ?? null);
  const known = new Map(plan.map(({ id, dueAt }) => [id, dueAt]));
  return ({ id }, at) => DateTime.max(at, known.get(id) ?? at);
}

const TOLD_KEPT_DAYS = 400;

/** An untracked connector is kept this long, so that `undo` can bring it back. */
export const UNTRACKED_KEPT_DAYS = 30;

function stateOf(reminder: Reminder, { silence }: Connector, place: Place): ReminderState {
  const known = place.told[reminder.id];
  const snoozed = silence.snoozed[reminder.id];
  if (known && !(snoozed && known.at < snoozed && known.how === "sent")) {
    return { kind: "told", at: DateTime.fromISO(known.at), how: known.how };
  }
  const { followsSince } = place;
  if (followsSince !== undefined) {
    const since = DateTime.fromISO(followsSince);
    // What was to be said before somebody listened is not for them.
    if (reminder.dueAt < since && reminder.nominalAt < since)
      return { kind: "told", at: since, how: "passed" };
    if (place.only === "deadlines" && !reminder.isDeadline) return { kind: "told", at: since, how: "passed" };
  }
  if (silence.mutedAt) return { kind: "muted" };
  if (silence.acknowledged[reminder.matter]) return { kind: "acknowledged" };
  const until = [snoozed, silence.snoozedUntil].flatMap((iso) => (iso ? [DateTime.fromISO(iso)] : []));
  const wishedAt = DateTime.max(reminder.dueAt, ...until);
  const at = place.retryAt ? DateTime.max(wishedAt, DateTime.fromISO(place.retryAt)) : wishedAt;
  return { kind: wishedAt > reminder.dueAt ? "snoozed" : "ahead", at, wishedAt };
}

/** It is still to be said. */
export function isPending(
  state: ReminderState,
): state is Extract<ReminderState, { kind: "ahead" | "snoozed" }> {
  return state.kind === "ahead" || state.kind === "snoozed";
}
