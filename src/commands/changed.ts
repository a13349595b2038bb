import type { DateTime } from "luxon";
import type { Person } from "../incoming.ts";
import { CHANGES_KEPT, type Change, type Connector, isoOf, type StepDone } from "../lifecycle/connector.ts";

type Changeable = Pick<Connector, "name" | "moves" | "steps" | "evidence" | "silence" | "untrackedAt">;

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
  const { name, moves, steps, evidence, silence } = connector;
  return {
    ...(parts.name !== undefined && { name }),
    ...(parts.moves && { moves: moves.length }),
    ...(parts.steps && { steps: stepsBefore(steps, parts.steps) }),
    ...(parts.evidence && { evidence }),
    ...(parts.silence && { silence }),
    ...("untrackedAt" in parts && { untrackedAt: connector.untrackedAt ?? null }),
  };
}

function stepsBefore(before: Connector["steps"], after: Connector["steps"]): Record<string, StepDone | null> {
  const touched = Object.keys(after).filter((id) => after[id] !== before[id]);
  return Object.fromEntries(touched.map((id) => [id, before[id] ?? null]));
}

/** The connector as it was before its last change; undefined when none is noted. */
export function unchanged(connector: Connector): { connector: Connector; change: Change } | undefined {
  const change = connector.changes.at(-1);
  if (!change) return undefined;
  const { moves, steps, untrackedAt, ...before } = change.before;
  const restored: Connector = { ...connector, ...before, changes: connector.changes.slice(0, -1) };
  if (moves !== undefined) restored.moves = connector.moves.slice(0, moves);
  if (steps) {
    const merged = Object.entries({ ...connector.steps, ...steps });
    restored.steps = Object.fromEntries(merged.flatMap(([id, done]) => (done ? [[id, done]] : [])));
  }
  if (untrackedAt === null) delete restored.untrackedAt;
  else if (untrackedAt !== undefined) restored.untrackedAt = untrackedAt;
  return { connector: restored, change };
}
