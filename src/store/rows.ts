import { hash } from "node:crypto";
import { Connector, type ConnectorKey, foldName } from "../lifecycle/connector.ts";
import { StoreError } from "../ports.ts";
import type { ConnectorRow } from "./schema.ts";

/**
 * Checks and lays out what a rule decided. Throws an ordinary error when that is no connector or another one: our bug,
 * better met here than by every later reader.
 */
export function toRow(key: ConnectorKey, next: Connector): ConnectorRow {
  const { dueAt, name, revision, untrackedAt } = Connector.parse(next);
  if (next.workspace !== key.workspace || next.id !== key.id) {
    throw new Error(`a change of connector ${key.id} decided on another: ${next.id}`);
  }
  return {
    workspace: key.workspace,
    id: key.id,
    name,
    name_key: foldName(name),
    revision,
    due_at: dueAt === undefined ? null : Date.parse(dueAt),
    lease_until: null,
    untracked: untrackedAt === undefined ? 0 : 1,
    record: JSON.stringify(next),
  };
}

const TEXTS_REMEMBERED = 10_000;

/**
 * Makes the function that reads rows back. It throws `StoreError` (`damaged`), naming the connector, when a row does
 * not hold one. A text that was found sound is not checked again: the check costs more than half of reading, and a
 * workspace is read again and again.
 */
export function createReader(store: string): (row: ConnectorRow) => Connector {
  const sound = new Set<string>();
  function parse(row: ConnectorRow): Connector {
    const print = hash("sha256", `${row.workspace}\n${row.id}\n${row.record}`);
    if (sound.has(print)) return JSON.parse(row.record);
    const connector = Connector.parse(JSON.parse(row.record));
    if (connector.workspace !== row.workspace || connector.id !== row.id)
      throw new Error("another connector");
    if (sound.size >= TEXTS_REMEMBERED) sound.clear();
    sound.add(print);
    return connector;
  }
  return function read(row) {
    try {
      const connector = parse(row);
      connector.revision = row.revision;
      if (row.due_at === null) delete connector.dueAt;
      else if (connector.dueAt === undefined || Date.parse(connector.dueAt) !== row.due_at) {
        connector.dueAt = new Date(row.due_at).toISOString();
      }
      return connector;
    } catch (error) {
      throw new StoreError(
        "damaged",
        `The connector ${row.id} of workspace ${row.workspace} in the store ${store} is damaged: stop the program and restore the store from a backup, or delete that one row.`,
        { cause: error },
      );
    }
  };
}
