import { DateTime } from "luxon";
import { type Connector, isoOf } from "../lifecycle/connector.ts";
import { standingOf } from "../lifecycle/standing.ts";
import type { Settings } from "../settings.ts";
import { businessCalendar } from "./calendar.ts";
import { hoursBy, plannedBy } from "./hours.ts";
import { isFor, isPending, placeAs, placesOf, stateOf, withPlace } from "./plan.ts";
import { remindersFor } from "./reminders.ts";

/** What was told longer ago is forgotten. */
const TOLD_KEPT_DAYS = 400;

/** An untracked connector is kept this long, so that `undo` can bring it back. */
export const UNTRACKED_KEPT_DAYS = 30;

/**
 * Makes a record ready to be stored: ticks off what is newly planned but already past (the person was just here and knows),
 * forgets what was told long ago, and sets `dueAt` to when it must be looked at next and `waitingSince` to the first moment
 * that a platform has put off.
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
  const hours = whose && hoursBy(whose);
  const plan = remindersFor(next, settings, now, hours);
  const link = linkOf(next, settings, now);
  const matteredBefore = link?.isDead
    ? new Set(remindersFor(next, settings, link.expiresAt.minus(1), hours).map(({ id }) => id))
    : undefined;
  let known: ReadonlyMap<string, DateTime> | undefined;
  const hoursChanged = JSON.stringify(previous?.plannedBy) !== JSON.stringify(whose);
  const plannedFrom = previous?.dueAt === undefined ? undefined : DateTime.fromISO(previous.dueAt);
  const forgetBefore = isoOf(now.minus({ days: TOLD_KEPT_DAYS }));
  const { dueAt: _, waitingSince: __, plannedBy: ___, plannedWith: ____, ...record } = next;
  const hasOffsets = Object.keys(settings.remind).length > 0;
  let planned: Connector = {
    ...record,
    ...(whose && { plannedBy: whose }),
    ...(hasOffsets && { plannedWith: settings.remind }),
  };
  const moments = link && !link.isDead ? [link.expiresAt] : [];
  const waiting: DateTime[] = [];

  function before(): ReadonlyMap<string, DateTime> {
    known ??= planBefore(previous, settings, now);
    return known;
  }

  function isNew({ id, dueAt }: { id: string; dueAt: DateTime }, at: DateTime): boolean {
    if (plannedFrom === undefined) return true;
    // What matters only since the link died was not to be told before that, also where nothing ran then.
    if (link && dueAt < link.expiresAt && matteredBefore?.has(id) === false) return true;
    // A snooze, or a platform, has put it off: that alone says nothing.
    if (at > now && dueAt <= now) return !before().has(id);
    const was = hoursChanged ? (before().get(id) ?? at) : at;
    return DateTime.max(at, was) < plannedFrom;
  }

  for (const place of placesOf(next)) {
    const wasThere = previous && placeAs(place, previous);
    const told = Object.fromEntries(Object.entries(place.told).filter(([, { at }]) => at >= forgetBefore));
    for (const reminder of plan) {
      const state = stateOf(reminder, next, place);
      if (!isPending(state)) continue;
      // Moved out of people's night into the past, though it is still ahead: it is told at once.
      const isPast = reminder.dueAt <= now && reminder.nominalAt <= now;
      // What was to be said before somebody listened is not for them.
      const isNewHere = reminder.dueAt <= now && !(wasThere && isFor(wasThere, reminder));
      const isOver = isPast && !state.isAgain && isNew(reminder, state.at);
      if (isOver || (previous && isNewHere)) {
        told[reminder.id] = { at: isoOf(now), how: "passed" };
        continue;
      }
      moments.push(state.at);
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

/** When each reminder of the record before was to be told, by the hours and offsets of that plan; of an untracked one, too. */
function planBefore(
  previous: Connector | undefined,
  settings: Settings,
  now: DateTime,
): ReadonlyMap<string, DateTime> {
  if (!previous) return new Map();
  const { untrackedAt: _, plannedBy, plannedWith = {}, ...was } = previous;
  const plan = remindersFor(was, { ...settings, remind: plannedWith }, now, plannedBy && hoursBy(plannedBy));
  return new Map(plan.map(({ id, dueAt }) => [id, dueAt]));
}

/** The test link: when it dies its package must be submitted again, and what there is to remind of is another thing. */
function linkOf(
  connector: Connector,
  settings: Settings,
  now: DateTime,
): { expiresAt: DateTime; isDead: boolean } | undefined {
  if (connector.untrackedAt || connector.silence.mutedAt) return undefined;
  const { stage, window, expired } = standingOf(connector, businessCalendar(settings), now);
  if (!window || !(expired || stage === "testing")) return undefined;
  return { expiresAt: window.expiresAt, isDead: window.expiresAt <= now };
}
