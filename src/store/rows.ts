import { Connector, type ConnectorKey, foldName } from "../lifecycle/connector.ts";
import { DamagedRecords, StoreError } from "../ports.ts";
import type { ConnectorRow } from "./schema.ts";

/**
 * Checks and lays out what a rule decided. Throws an ordinary error when that is no connector or another one: our bug,
 * better met here than by every later reader.
 */
export function toRow(key: ConnectorKey, next: Connector): ConnectorRow {
  const { dueAt, name, revision, untrackedAt, waitingSince } = Connector.parse(next);
  if (next.workspace !== key.workspace || next.id !== key.id) {
    throw new Error(`a change of connector ${key.id} decided on another: ${next.id}`);
  }
  // In JSON it is escaped. As a column PostgreSQL refuses it.
  if (name.includes("\0")) throw new Error(`a change of connector ${key.id} decided on a name with a NUL`);
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
    waiting_since: waitingSince === undefined ? null : Date.parse(waitingSince),
  };
}

const RECORDS_REMEMBERED = 2_000;

/**
 * Makes the function that reads rows back. It throws `StoreError` (`damaged`), naming the connector, when a row does
 * not hold one. A text that was read before is not parsed and checked again, which costs more than reading it: a workspace is
 * read again and again. So what is read is shared, and must not be changed in place.
 */
export function createReader(store: string): (row: ConnectorRow) => Connector {
  const remembered = new Map<string, { text: string; connector: Connector }>();

  function parse(row: ConnectorRow): Connector {
    const key = `${row.workspace}\n${row.id}`;
    const known = remembered.get(key);
    if (known && known.text === row.record) return known.connector;
    const connector = Connector.parse(JSON.parse(row.record));
    if (connector.workspace !== row.workspace || connector.id !== row.id)
      throw new Error("another connector");
    if (remembered.size >= RECORDS_REMEMBERED) remembered.clear();
    remembered.set(key, { text: row.record, connector });
    return connector;
  }

  return function read(row) {
    try {
      const { dueAt, ...record } = parse(row);
      const connector: Connector = { ...record, revision: row.revision };
      if (row.due_at !== null) {
        const isSame = dueAt !== undefined && Date.parse(dueAt) === row.due_at;
        connector.dueAt = isSame ? dueAt : new Date(row.due_at).toISOString();
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

/** Reads all rows of a workspace. Throws `DamagedRecords`, with the others in it, when some don't hold a connector. */
export function readRows(rows: readonly ConnectorRow[], read: (row: ConnectorRow) => Connector): Connector[] {
  const readable: Connector[] = [];
  const damaged: DamagedRecords["damaged"][number][] = [];
  let first: StoreError | undefined;
  for (const row of rows) {
    try {
      readable.push(read(row));
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      first ??= error;
      damaged.push({ id: row.id, name: row.name, isUntracked: row.untracked === 1 });
    }
  }
  if (first) throw new DamagedRecords(first, { readable, damaged });
  return readable;
}
