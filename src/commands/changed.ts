import type { DateTime } from "luxon";
import type { Person } from "../incoming.ts";
import { CHANGES_KEPT, type Change, type Connector, isoOf } from "../lifecycle/connector.ts";

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
  const before: Change["before"] = {};
  for (const key of Object.keys(parts) as (keyof Changeable)[]) {
    Object.assign(before, { [key]: connector[key] ?? null });
  }
  const change: Change = {
    number: (connector.changes.at(-1)?.number ?? 0) + 1,
    what: what.slice(0, MOST_OF_COMMAND),
    at: isoOf(now),
    by: { id: by.id, name: by.name },
    before,
  };
  const next = { ...connector, ...parts, changes: [...connector.changes, change].slice(-CHANGES_KEPT) };
  if (next.untrackedAt === undefined) delete next.untrackedAt;
  return next;
}

/** The connector as it was before its last change; undefined when none is noted. */
export function unchanged(connector: Connector): { connector: Connector; change: Change } | undefined {
  const change = connector.changes.at(-1);
  if (!change) return undefined;
  const { untrackedAt, ...before } = change.before;
  const restored: Connector = { ...connector, ...before, changes: connector.changes.slice(0, -1) };
  if (untrackedAt === null) delete restored.untrackedAt;
  else if (untrackedAt !== undefined) restored.untrackedAt = untrackedAt;
  return { connector: restored, change };
}
