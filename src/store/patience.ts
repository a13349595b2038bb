import type { DatabaseSync } from "node:sqlite";
import { setImmediate as othersTurn, setTimeout as pause } from "node:timers/promises";
import { SqliteAdapter, type SqliteDatabase, SqliteDialect } from "kysely";
import { StoreError } from "../ports.ts";

export { pause };

const PAUSE_MS = 10;

/** Does `work` again as long as it fails because another process has the lock: what fails so must have done nothing. */
export type Patiently = <T>(work: () => T | Promise<T>) => Promise<T>;

/**
 * SQLite would wait for a lock by stopping the thread, and nobody would be acknowledged meanwhile. So it does not wait, and is
 * asked again for `lockWait` milliseconds, between which the event loop turns; then `work` fails as it failed. It is first done
 * at once.
 */
export function createPatience(database: DatabaseSync, lockWait: number): Patiently {
  let before: Promise<unknown> = Promise.resolve();

  async function tryAgain<T>(work: () => T | Promise<T>, over: AbortSignal): Promise<T> {
    for (;;) {
      await othersTurn();
      try {
        return await work();
      } catch (error) {
        if (over.aborted || !isBusy(error)) throw error;
      }
      await pause(PAUSE_MS);
    }
  }

  return async (work) => {
    try {
      return await work();
    } catch (error) {
      // Inside a transaction nothing waits: it would keep its lock from others meanwhile.
      if (!isBusy(error) || database.isTransaction) throw error;
    }
    const over = AbortSignal.timeout(lockWait);
    // Only the first in the queue asks: however many wait, that costs next to nothing.
    const done = before.then(() => tryAgain(work, over));
    before = done.catch(() => undefined);
    return done;
  };
}

/** Kysely's dialect, whose queries are patient. It knows no transactions: queries run side by side on one connection. */
export function patientDialect(database: SqliteDatabase, patiently: Patiently): SqliteDialect {
  const dialect = new SqliteDialect({
    database,
    async onCreateConnection(connection) {
      const execute = connection.executeQuery.bind(connection);
      connection.executeQuery = (query) => patiently(() => execute(query));
    },
  });
  dialect.createAdapter = () => new SideBySide();
  return dialect;
}

/** Of one connection Kysely would let every query wait for the one before: a read for a write that waits for its lock. */
class SideBySide extends SqliteAdapter {
  override get supportsMultipleConnections() {
    return true;
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof StoreError && error.reason === "busy";
}
