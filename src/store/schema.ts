import { type Kysely, sql } from "kysely";
import type { Migration } from "kysely/migration";

/** One connector. All moments are milliseconds since 1970. */
export interface ConnectorRow {
  workspace: string;
  id: string;
  name: string;
  /** `foldName(name)`: when that function changes, a migration must fold every name again. */
  name_key: string;
  revision: number;
  /** When the tick is to look at it. Wins over `dueAt` in the record, because `wake` moves only this one. */
  due_at: number | null;
  lease_until: number | null;
  /** 1 when the record has `untrackedAt`: kept, but its name is free again. A number, as SQLite knows no boolean. */
  untracked: number;
  /** The whole record as JSON. Last, so that the other columns are read without it. */
  record: string;
}

/** A delivery that was seen. */
interface SeenRow {
  id: string;
  expires_at: number;
}

/** One value of a shelf, as Keyv encoded it. */
interface ShelfRow {
  namespace: string;
  key: string;
  value: string;
  expires_at: number | null;
}

export interface Tables {
  connector: ConnectorRow;
  seen: SeenRow;
  shelf: ShelfRow;
}

/** In alphabetical order. One that was ever released is never edited: a change of the schema is a new one. */
export const MIGRATIONS: Record<string, Migration> = {
  "001-connectors": { up: createConnectors },
  "002-deliveries-and-shelves": { up: createDeliveriesAndShelves },
};

async function createConnectors(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable("connector")
    .addColumn("workspace", "text", (column) => column.notNull())
    .addColumn("id", "text", (column) => column.notNull())
    .addColumn("name", "text", (column) => column.notNull())
    .addColumn("name_key", "text", (column) => column.notNull())
    .addColumn("revision", "integer", (column) => column.notNull())
    .addColumn("due_at", "bigint")
    .addColumn("lease_until", "bigint")
    .addColumn("untracked", "integer", (column) => column.notNull())
    .addColumn("record", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("connector_key", ["workspace", "id"])
    .execute();
  // Names that differ only in case are two connectors: Partner Center allows both.
  await db.schema
    .createIndex("connector_followed_name")
    .unique()
    .on("connector")
    .columns(["workspace", "name"])
    .where(sql`untracked`, "=", 0)
    .execute();
  await db.schema
    .createIndex("connector_folded_name")
    .on("connector")
    .columns(["workspace", "name_key"])
    .execute();
  await db.schema
    .createIndex("connector_due")
    .on("connector")
    .column("due_at")
    .where(sql`due_at`, "is not", null)
    .execute();
}

async function createDeliveriesAndShelves(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable("seen")
    .addColumn("id", "text", (column) => column.notNull().primaryKey())
    .addColumn("expires_at", "bigint", (column) => column.notNull())
    .execute();
  await db.schema.createIndex("seen_expiry").on("seen").column("expires_at").execute();
  await db.schema
    .createTable("shelf")
    .addColumn("namespace", "text", (column) => column.notNull())
    .addColumn("key", "text", (column) => column.notNull())
    .addColumn("value", "text", (column) => column.notNull())
    .addColumn("expires_at", "bigint")
    .addPrimaryKeyConstraint("shelf_key", ["namespace", "key"])
    .execute();
  await db.schema
    .createIndex("shelf_expiry")
    .on("shelf")
    .column("expires_at")
    .where(sql`expires_at`, "is not", null)
    .execute();
}
