import { DateTime } from "luxon";
import type { Address } from "../incoming.ts";
import type { Connector, Told } from "../lifecycle/connector.ts";
import type { Settings } from "../settings.ts";
import { hoursOf } from "./hours.ts";
import { type Reminder, remindersFor } from "./reminders.ts";

/**
 * How a reminder of the plan stands. `at`: when it will be said; `wishedAt`: the same if its platform took everything at once;
 * `isAgain`: it was told, and then snoozed.
 */
type ReminderState =
  | { kind: "ahead" | "snoozed"; at: DateTime; wishedAt: DateTime; isAgain: boolean }
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
  setting: Connector["setting"];
  /** It is where the connector was registered. */
  isHome: boolean;
  only: "all" | "deadlines";
  told: Told;
  retryAt?: string | undefined;
}

export function placesOf(connector: Connector): [home: Place, ...followers: Place[]] {
  const { where, setting, told, retryAt, followers = [] } = connector;
  return [
    { where, setting, isHome: true, only: "all", told, retryAt },
    ...followers.map((follower): Place => ({ ...follower, isHome: false })),
  ];
}

/** The same place in another state of the record; where it was registered may be another address there. */
export function placeAs(place: Place, connector: Connector): Place | undefined {
  const [home, ...followers] = placesOf(connector);
  return place.isHome ? home : followers.find(({ where }) => where === place.where);
}

/** The same connector with what a place was told, and when its platform wants to be tried again. */
export function withPlace(connector: Connector, { where, isHome, told, retryAt }: Place): Connector {
  if (isHome) {
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

/** The whole plan of a connector with what became, or will become, of each reminder in a place: at home unless one is given. */
export function planOf(
  connector: Connector,
  settings: Settings,
  now: DateTime,
  place = placesOf(connector)[0],
): Planned[] {
  const plan = remindersFor(connector, settings, now, hoursOf(connector, settings));
  return plan.map((reminder) => ({ reminder, state: stateOf(reminder, connector, place) }));
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
  const plan = remindersFor(connector, settings, now, hoursOf(connector, settings));
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

/** Whether a place wants to hear such a reminder. */
export function isFor({ only }: Place, { isDeadline }: Reminder): boolean {
  return only === "all" || isDeadline;
}

/** How a reminder stands in a place. */
export function stateOf(reminder: Reminder, { silence }: Connector, place: Place): ReminderState {
  const known = place.told[reminder.id];
  const snoozed = silence.snoozed[reminder.id];
  if (known && !(snoozed && known.at < snoozed && known.how === "sent")) {
    return { kind: "told", at: DateTime.fromISO(known.at), how: known.how };
  }
  if (!isFor(place, reminder)) {
    return { kind: "told", at: reminder.dueAt, how: "passed" };
  }
  if (silence.mutedAt) return { kind: "muted" };
  if (silence.acknowledged[reminder.matter]) return { kind: "acknowledged" };
  const isAgain = known !== undefined;
  const until = [snoozed, silence.snoozedUntil].flatMap((iso) => (iso ? [DateTime.fromISO(iso)] : []));
  // Who snoozed it has said when: nobody's hours count then.
  const wishedAt = DateTime.max(...(isAgain ? until : [reminder.dueAt, ...until])) ?? reminder.dueAt;
  const at = place.retryAt ? DateTime.max(wishedAt, DateTime.fromISO(place.retryAt)) : wishedAt;
  return { kind: isAgain || wishedAt > reminder.dueAt ? "snoozed" : "ahead", at, wishedAt, isAgain };
}

/** It is still to be said. */
export function isPending(
  state: ReminderState,
): state is Extract<ReminderState, { kind: "ahead" | "snoozed" }> {
  return state.kind === "ahead" || state.kind === "snoozed";
}

/** It will be said: what is put off until it is of no use is not. */
export function willBeSaid({ reminder, state }: Planned): boolean {
  return isPending(state) && state.at < reminder.uselessAt;
}
