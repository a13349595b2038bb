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
  /** The whole record as JSON. Behind the columns that are read without it. */
  record: string;
  /** Since when something waits that a platform did not take: `waitingSince` of the record. */
  waiting_since: number | null;
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

/** When a workspace's digest is due. */
interface DigestRow {
  workspace: string;
  due_at: number;
}

/** Up to when the turns of a key are given away, by the tempo of each (turnstile.ts). */
interface TurnRow {
  key: string;
  next_at: number;
}

export interface Tables {
  connector: ConnectorRow;
  seen: SeenRow;
  shelf: ShelfRow;
  digest: DigestRow;
  turn: TurnRow;
}

/** In alphabetical order. One that was ever released is never edited: a change of the schema is a new one. */
export const MIGRATIONS: Record<string, Migration> = {
  "001-connectors": { up: createConnectors },
  "002-deliveries-and-shelves": { up: createDeliveriesAndShelves },
  "003-many-processes": { up: prepareForManyProcesses },
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

async function prepareForManyProcesses(db: Kysely<Tables>): Promise<void> {
  await db.schema.alterTable("connector").addColumn("waiting_since", "bigint").execute();
  await db.schema
    .createIndex("connector_waiting")
    .on("connector")
    .column("waiting_since")
    .where(sql`waiting_since`, "is not", null)
    .execute();
  // What is due in the same moment is claimed in the order of its random id, which spreads it over all channels.
  await db.schema.dropIndex("connector_due").execute();
  await db.schema
    .createIndex("connector_due")
    .on("connector")
    .columns(["due_at", "id"])
    .where(sql`due_at`, "is not", null)
    .execute();
  await db.schema
    .createTable("digest")
    .addColumn("workspace", "text", (column) => column.notNull().primaryKey())
    .addColumn("due_at", "bigint", (column) => column.notNull())
    .execute();
  await db.schema.createIndex("digest_due").on("digest").column("due_at").execute();
  await db.schema
    .createTable("turn")
    .addColumn("key", "text", (column) => column.notNull().primaryKey())
    .addColumn("next_at", "bigint", (column) => column.notNull())
    .execute();
  await db.schema.createIndex("turn_next").on("turn").column("next_at").execute();
}
