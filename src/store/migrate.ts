import { type Kysely, sql } from "kysely";
import { DEFAULT_MIGRATION_TABLE, Migrator } from "kysely/migration";
import { StoreError } from "../ports.ts";
import type { Engine } from "./engine.ts";
import { MIGRATIONS, type Tables } from "./schema.ts";

/** Brings the schema up to date. Rejects with `StoreError`. */
export async function migrate({ db, name, schema, whileAlone }: Engine): Promise<void> {
  const executed = await readExecuted(db, schema);
  refuseNewer(executed, name);
  // Locks nobody out of a database that needs nothing.
  if (Object.keys(MIGRATIONS).every((one) => executed.includes(one))) return;
  await whileAlone(async (alone) => {
    const migrator = new Migrator({
      db: alone,
      provider: { getMigrations: async () => MIGRATIONS },
      // Another schema of the same database may well have a table of that name.
      ...(schema !== undefined && { migrationTableSchema: schema }),
    });
    const { error } = await migrator.migrateToLatest();
    if (error === undefined) return;
    refuseNewer(await readExecuted(alone, schema), name);
    if (error instanceof StoreError) throw error;
    throw new StoreError(
      "damaged",
      `The store ${name} could not be brought up to date: stop the program and restore the store from a backup.`,
      { cause: error },
    );
  });
}

async function readExecuted(db: Kysely<Tables>, schema: string | undefined): Promise<string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  const isThere = tables.some(
    (table) => table.name === DEFAULT_MIGRATION_TABLE && (schema === undefined || table.schema === schema),
  );
  if (!isThere) return [];
  const rows = await sql<{ name: string }>`select name from ${sql.table(DEFAULT_MIGRATION_TABLE)}`.execute(
    db,
  );
  return rows.rows.map((row) => row.name);
}

function refuseNewer(executed: string[], name: string): void {
  if (executed.every((one) => one in MIGRATIONS)) return;
  if (!executed.some((one) => one in MIGRATIONS)) {
    throw new StoreError(
      "not-ours",
      `The store ${name} belongs to another program: name another in DATABASE_URL.`,
    );
  }
  throw new StoreError(
    "newer-schema",
    `The store ${name} was written by a newer version of this program: install that version, or restore a backup from before it.`,
  );
}
