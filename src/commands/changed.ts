import type { DateTime } from "luxon";
import type { Person } from "../incoming.ts";
import {
  CHANGES_KEPT,
  Change,
  type Connector,
  type Follower,
  isoOf,
  type StepDone,
} from "../lifecycle/connector.ts";

type Changeable = Pick<
  Connector,
  "name" | "moves" | "steps" | "evidence" | "silence" | "untrackedAt" | "where" | "setting" | "followers"
>;

/** So much of what was typed tells which change it was. */
const MOST_OF_COMMAND = 80;

/** A connector with parts replaced, and what they were noted so that `undo` can put them back. */
export function changed(
  connector: Connector,
  parts: Partial<Changeable>,
  what: string,
  by: Person,
  now: DateTime,
): Connector {
  const change: Change = {
    number: (connector.changes.at(-1)?.number ?? 0) + 1,
    what: what.slice(0, MOST_OF_COMMAND),
    at: isoOf(now),
    by: { id: by.id, name: by.name },
    before: beforeOf(connector, parts),
  };
  return { ...connector, ...parts, changes: [...connector.changes, change].slice(-CHANGES_KEPT) };
}

function beforeOf(connector: Connector, parts: Partial<Changeable>): Change["before"] {
  const { name, moves, steps, evidence, silence, where, setting } = connector;
  return {
    ...(parts.name !== undefined && { name }),
    ...(parts.moves && { moves: moves.length }),
    ...(parts.steps && { steps: stepsBefore(steps, parts.steps) }),
    ...(parts.evidence && { evidence }),
    ...(parts.silence && { silence }),
    ...("untrackedAt" in parts && { untrackedAt: connector.untrackedAt ?? null }),
    ...(parts.where !== undefined && { home: { where, setting } }),
    ...("followers" in parts && { followers: followersBefore(connector.followers, parts.followers) }),
  };
}

function stepsBefore(before: Connector["steps"], after: Connector["steps"]): Record<string, StepDone | null> {
  const touched = Object.keys(after).filter((id) => after[id] !== before[id]);
  return Object.fromEntries(touched.map((id) => [id, before[id] ?? null]));
}

function followersBefore(
  before: readonly Follower[] = [],
  after: readonly Follower[] = [],
): Record<string, Follower | null> {
  const fresh = after.filter(({ where }) => !before.some((one) => one.where === where));
  const touched = before.filter((one) => !after.includes(one));
  return Object.fromEntries([
    ...fresh.map(({ where }) => [where, null]),
    ...touched.map((one) => [one.where, one]),
  ]);
}

const KNOWN_PARTS = Object.keys(Change.shape.before.shape);

/**
 * The connector as it was before its last change. Undefined when none is noted; without `connector` when only a later version of
 * us knows how to take it back.
 */
export function unchanged(connector: Connector): { connector?: Connector; change: Change } | undefined {
  const change = connector.changes.at(-1);
  if (!change) return undefined;
  if (Object.keys(change.before).some((part) => !KNOWN_PARTS.includes(part))) return { change };
  const { moves, steps, untrackedAt, home, followers, ...before } = change.before;
  const restored: Connector = { ...connector, ...before, ...home, changes: connector.changes.slice(0, -1) };
  if (moves !== undefined) restored.moves = connector.moves.slice(0, moves);
  if (steps) {
    const merged = Object.entries({ ...connector.steps, ...steps });
    restored.steps = Object.fromEntries(merged.flatMap(([id, done]) => (done ? [[id, done]] : [])));
  }
  if (untrackedAt === null) delete restored.untrackedAt;
  else if (untrackedAt !== undefined) restored.untrackedAt = untrackedAt;
  if (followers) {
    const all = followersAgain(connector.followers, followers);
    if (all.length > 0) restored.followers = all;
    else delete restored.followers;
  }
  return { connector: restored, change };
}

/** What a place has been told since stays told. */
function followersAgain(now: readonly Follower[] = [], before: Record<string, Follower | null>): Follower[] {
  const stay = now.flatMap((one) => {
    const was = before[one.where];
    if (was === undefined) return [one];
    return was ? [{ ...one, only: was.only }] : [];
  });
  const back = Object.values(before).filter((was) => was && !now.some(({ where }) => where === was.where));
  return [...stay, ...back.filter((was) => was !== null)];
}
