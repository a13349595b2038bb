import type { Known } from "./life.ts";
import { type House, type Matter, mattersOf } from "./matters.ts";

/** A place that hears of a connector: where it was registered, or is followed. */
export interface Place {
  where: string;
  only: "all" | "deadlines";
  /** What need not be told here any more, by key: since when, and whether it was heard. */
  done: Map<string, { at: number; heard: boolean }>;
  /** What was too late for its hour when it became known, and is told at once: at this moment. */
  atOnce: Map<string, number>;
  retryAt: number;
}

/** What people asked not to hear. */
export interface Silence {
  muted: boolean;
  snoozedUntil: number;
  /** By key: until when. */
  snoozed: ReadonlyMap<string, { until: number; since: number }>;
  acknowledged: ReadonlySet<string>;
}

/** What a change can change, and taking it back restores. */
export interface State extends Known {
  silence: Silence;
  untrackedAt?: number;
}

export interface Ledger {
  name: string;
  ownZone?: string;
  state: State;
  /** The first is where it was registered. */
  places: Place[];
  /** What takes the last changes back. */
  takeBack: (() => void)[];
}

export interface Waiting {
  matter: Matter;
  /** When it is to be told. */
  at: number;
}

export const NO_SILENCE: Silence = {
  muted: false,
  snoozedUntil: 0,
  snoozed: new Map(),
  acknowledged: new Set(),
};

export function placeOf(where: string, only: Place["only"] = "all"): Place {
  return { where, only, done: new Map(), atOnce: new Map(), retryAt: 0 };
}

/** What is still to be told in a place, whenever that is. */
export function waitingAt(ledger: Ledger, place: Place, house: House, now: number): Waiting[] {
  const { state, ownZone } = ledger;
  if (state.untrackedAt !== undefined || state.silence.muted) return [];
  return mattersOf(state, house, ownZone, now).flatMap((matter) => {
    const at = momentOf(matter, place, state.silence);
    return at === undefined || Math.max(at, now) >= matter.uselessAt ? [] : [{ matter, at }];
  });
}

function momentOf(matter: Matter, place: Place, silence: Silence): number | undefined {
  if (place.only === "deadlines" && !matter.isDeadline) return undefined;
  if (silence.acknowledged.has(matter.subject)) return undefined;
  const done = place.done.get(matter.key);
  const snoozed = silence.snoozed.get(matter.key);
  const comesAgain = snoozed !== undefined && done?.heard === true && done.at <= snoozed.since;
  if (done !== undefined && !comesAgain) return undefined;
  const due = comesAgain ? snoozed.until : (place.atOnce.get(matter.key) ?? matter.due);
  return Math.max(due, silence.snoozedUntil);
}

/** Why something is planned anew. */
export type Change = "record" | "settings";

/**
 * After a change: what became known only now and is past is not told, for its person was just here; but a warning whose own
 * moment is still ahead is told at once, and what had waited to be told still waits.
 */
export function replan(
  ledger: Ledger,
  waitedFor: ReadonlyMap<Place, Waiting[]>,
  house: House,
  now: number,
  change: Change,
): void {
  for (const place of ledger.places) {
    const before = waitedFor.get(place);
    const planned = new Map(before?.map(({ matter, at }) => [matter.key, at]));
    for (const { matter, at } of waitingAt(ledger, place, house, now)) {
      // What was heard, and comes again, is not new; nor is what is still to come.
      if (matter.due > now || place.done.has(matter.key)) continue;
      const waited = planned.get(matter.key);
      // What a snooze or a platform holds back just now is told when that ends.
      const isHeldBack = Math.max(at, place.retryAt) > now;
      if (waited !== undefined && (waited <= now || isHeldBack || change === "settings")) continue;
      // A place that follows from now on: what fell due before is not for it.
      if (before && matter.warns && matter.nominal > now) place.atOnce.set(matter.key, now);
      else place.done.set(matter.key, { at: now, heard: false });
    }
  }
}

/** What is told in one message now, the latest first; `needless`: what a later one of its subject says. */
export function dueAt(waiting: readonly Waiting[], now: number): { tell: Waiting[]; needless: Waiting[] } {
  const due = waiting.filter(({ at }) => at <= now).toSorted(latestFirst);
  const subjects = new Set<string>();
  const tell = due.filter(({ matter }) => !subjects.has(matter.line) && subjects.add(matter.line));
  return { tell, needless: due.filter((one) => !tell.includes(one)) };
}

function latestFirst(a: Waiting, b: Waiting): number {
  return b.at - a.at || b.matter.due - a.matter.due || b.matter.nominal - a.matter.nominal;
}
