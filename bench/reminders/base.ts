import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import pg from "pg";
import { machineClock } from "../../src/index.ts";
import { DEFAULT_SETTINGS } from "../../src/settings.ts";
import { openStore } from "../../src/store/sql-store.ts";
import { createDatabase, type TestServer } from "../../test/postgres.ts";
import { WORKSPACES } from "./platform.ts";
import { installAll } from "./program.ts";
import type { Row } from "./rows.ts";
import { until } from "./waiting.ts";

/** A fresh database, looked at past the product. */
export interface Base {
  /** For `DATABASE_URL`. */
  url: string;
  kind: "SQLite" | "PostgreSQL";
  /** Lays rows down; those that are there already are replaced. */
  lay(rows: Iterable<Row>): Promise<void>;
  /** Brings up to date what the database knows of its tables. */
  settle(): Promise<void>;
  /** How many connectors have something to be told now or within the next hours: what waits for its platform is among them. */
  open(): Promise<number>;
  /** Does what a minute would: leases of the dead are over. Nobody may be alive. */
  endLeases(): Promise<void>;
  close(): Promise<void>;
}

const COLUMNS = ["workspace", "id", "name", "name_key", "revision", "due_at", "record"] as const;
const BATCH = 5000;
const MOST_WAIT_MS = 10_000;

/** Its schema, settings with which a reminder comes at any hour, and the installations of all workspaces. */
async function prepare(url: string): Promise<void> {
  const { store, shelf } = await openStore(url, machineClock);
  const settings = { ...DEFAULT_SETTINGS, quiet: "off", days: [1, 2, 3, 4, 5, 6, 7] };
  for (const workspace of WORKSPACES) await shelf("settings").set(workspace, settings);
  await store.close();
  await installAll(url);
}

export async function openSqliteBase(folder: string, name: string): Promise<Base> {
  const path = join(folder, `${name}.db`);
  await prepare(path);
  const database = new DatabaseSync(path, { timeout: 10_000 });
  return {
    url: `sqlite:${path}`,
    kind: "SQLite",
    async lay(rows) {
      const insert = database.prepare(
        `INSERT OR REPLACE INTO connector (${COLUMNS}, untracked) VALUES (?, ?, ?, ?, ?, ?, ?, 0)`,
      );
      database.exec("PRAGMA synchronous = OFF; BEGIN");
      for (const row of rows) insert.run(...COLUMNS.map((column) => row[column]));
      database.exec("COMMIT; PRAGMA synchronous = FULL");
    },
    async settle() {
      database.exec("PRAGMA wal_checkpoint(TRUNCATE); ANALYZE");
    },
    async open() {
      const found = database.prepare("SELECT count(*) AS count FROM connector WHERE due_at <= ?").get(soon());
      return Number(found?.count);
    },
    async endLeases() {
      database.exec("UPDATE connector SET lease_until = NULL");
    },
    async close() {
      database.close();
    },
  };
}

/** @param server where it is made; absent: where the tests make theirs */
export async function openPostgresBase(server?: TestServer): Promise<Base> {
  const database = await createDatabase(server?.url);
  const { url } = database;
  await prepare(url);
  // Opened anew for each question: the server may have been killed meanwhile.
  async function ask(sql: string, values: unknown[] = []): Promise<pg.QueryResult> {
    const client = new pg.Client(url);
    client.on("error", () => {});
    await client.connect();
    try {
      return await client.query(sql, values);
    } finally {
      await client.end();
    }
  }
  return {
    url,
    kind: "PostgreSQL",
    async lay(rows) {
      const client = new pg.Client(url);
      await client.connect();
      const types = ["text", "text", "text", "text", "int", "bigint", "text"];
      const sql = `INSERT INTO connector (${COLUMNS}, untracked)
        SELECT *, 0 FROM unnest(${types.map((type, index) => `$${index + 1}::${type}[]`)})
        ON CONFLICT (workspace, id) DO UPDATE SET lease_until = NULL, waiting_since = NULL,
        ${COLUMNS.slice(2).map((column) => `${column} = excluded.${column}`)}`;
      for (const batch of inBatches(rows, BATCH))
        await client.query(
          sql,
          COLUMNS.map((column) => batch.map((row) => row[column])),
        );
      await client.end();
    },
    async settle() {
      await ask("VACUUM ANALYZE");
      await ask("CHECKPOINT");
    },
    async open() {
      const { rows } = await ask("SELECT count(*)::int AS count FROM connector WHERE due_at <= $1", [soon()]);
      return rows[0].count;
    },
    async endLeases() {
      // The server may still be at what the dead asked of it.
      const others = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()";
      await ask(`SELECT pg_terminate_backend(pid) ${others}`);
      await until(async () => (await ask(`SELECT 1 ${others}`)).rowCount === 0, MOST_WAIT_MS);
      await ask("UPDATE connector SET lease_until = NULL WHERE lease_until IS NOT NULL");
    },
    close: database.drop,
  };
}

/** The reminder after the first comes a day later. */
function soon(): number {
  return Date.now() + 12 * 3_600_000;
}

function* inBatches<T>(things: Iterable<T>, size: number): Iterable<T[]> {
  let batch: T[] = [];
  for (const thing of things) {
    batch.push(thing);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
