import { resolve } from "node:path";
import { type Kysely, sql } from "kysely";
import { StoreError } from "../ports.ts";
import { whileCopied } from "./copied-file.ts";
import type { Engine } from "./engine.ts";
import type { Tables } from "./schema.ts";
import { isPostgres, openEngine, pathOf } from "./sql-store.ts";

type Row = Record<string, string | number | null>;

/** What a row is known by in each table. */
const KEYS: Record<keyof Tables, string[]> = {
  connector: ["workspace", "id"],
  seen: ["id"],
  shelf: ["namespace", "key"],
  digest: ["workspace"],
  turn: ["key"],
};
export const TABLES = Object.keys(KEYS) as (keyof Tables)[];
const BATCH = 200;

/** How far the move is: the names of both stores, and then of each table how many rows were copied, and compared. */
export type Step =
  | { what: "begun"; from: string; to: string }
  | { what: "copied" | "compared"; table: string; rows: number };

/**
 * Moves all that is in a SQLite file (`file`) into a PostgreSQL database (`url`), which must be empty, and then reads back and
 * compares every row before it is kept. Nobody else writes into the file meanwhile. What fails leaves the database empty, and the
 * file as it was. Rejects with `StoreError`.
 */
export async function moveFile(file: string, url: string, told: (step: Step) => void): Promise<void> {
  const path = resolve(pathOf(file));
  if (!isPostgres(url)) {
    throw new StoreError(
      "unreachable",
      "A file is moved into PostgreSQL only: name it by DATABASE_URL, or by --to, as postgres://USER@HOST/DATABASE.",
    );
  }
  await whileCopied(path, openEngine, async (from) => {
    const to = await openEngine(url);
    try {
      told({ what: "begun", from: from.name, to: to.name });
      await moveAll(from, to, told);
    } finally {
      await to.close();
    }
  });
}

async function moveAll({ db: source, name }: Engine, to: Engine, told: (step: Step) => void): Promise<void> {
  await to.whileAlone((target) =>
    target.transaction().execute(async (transaction) => {
      for (const table of TABLES) await refuseRows(transaction, table, to.name);
      for (const table of TABLES) {
        const rows = await eachBatch(source, table, (batch) => copy(transaction, table, batch, name));
        told({ what: "copied", table, rows });
      }
      for (const table of TABLES) {
        const rows = await eachBatch(source, table, (batch) => compare(transaction, table, batch, to.name));
        if (rows !== (await countRows(transaction, table))) throw differs(to.name, table);
        told({ what: "compared", table, rows });
      }
    }),
  );
}

async function copy(db: Kysely<Tables>, table: keyof Tables, rows: Row[], name: string): Promise<void> {
  refuseNul(rows, table, name);
  const columns = sql.join(Object.keys(rows[0] ?? {}).map((column) => sql.ref(column)));
  const values = sql.join(rows.map((row) => sql`(${sql.join(Object.values(row))})`));
  await sql`insert into ${sql.table(table)} (${columns}) values ${values}`.execute(db);
}

async function compare(db: Kysely<Tables>, table: keyof Tables, rows: Row[], name: string): Promise<void> {
  const found = await readAgain(db, table, rows);
  if (rows.some((row) => !isSame(row, found.get(keyOf(table, row))))) throw differs(name, table);
}

async function countRows(db: Kysely<Tables>, table: keyof Tables): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from ${sql.table(table)}`.execute(
    db,
  );
  return rows[0]?.count ?? 0;
}

async function refuseRows(db: Kysely<Tables>, table: keyof Tables, name: string): Promise<void> {
  if ((await countRows(db, table)) === 0) return;
  throw new StoreError(
    "not-ours",
    `The store ${name} is not empty, so nothing was moved: name an empty one.`,
  );
}

/** Does `work` with all rows of a table, a batch after the other. Returns how many there are. */
async function eachBatch(
  db: Kysely<Tables>,
  table: keyof Tables,
  work: (rows: Row[]) => Promise<void>,
): Promise<number> {
  const key = sql.join(KEYS[table].map((column) => sql.ref(column)));
  let count = 0;
  let after = sql``;
  for (;;) {
    const { rows } =
      await sql<Row>`select * from ${sql.table(table)} ${after} order by ${key} limit ${BATCH}`.execute(db);
    const last = rows.at(-1);
    if (last === undefined) return count;
    await work(rows);
    count += rows.length;
    after = sql`where (${key}) > (${sql.join(KEYS[table].map((column) => last[column]))})`;
  }
}

/** The same rows as they are in another database, by their keys. */
async function readAgain(db: Kysely<Tables>, table: keyof Tables, rows: Row[]): Promise<Map<string, Row>> {
  const key = sql.join(KEYS[table].map((column) => sql.ref(column)));
  const keys = rows.map((row) => sql`(${sql.join(KEYS[table].map((column) => row[column]))})`);
  const found =
    await sql<Row>`select * from ${sql.table(table)} where (${key}) in (${sql.join(keys)})`.execute(db);
  return new Map(found.rows.map((row) => [keyOf(table, row), row]));
}

function keyOf(table: keyof Tables, row: Row): string {
  return JSON.stringify(KEYS[table].map((column) => row[column]));
}

function isSame(row: Row, found: Row | undefined): boolean {
  if (found === undefined) return false;
  const columns = new Set([...Object.keys(row), ...Object.keys(found)]);
  return [...columns].every((column) => row[column] === found[column]);
}

function refuseNul(rows: Row[], table: keyof Tables, name: string): void {
  const odd = rows.find((row) => Object.values(row).some((value) => `${value}`.includes("\0")));
  if (!odd) return;
  throw new StoreError(
    "damaged",
    `A row of the table ${table} in the store ${name} has a NUL, which PostgreSQL does not keep: delete the row ${keyOf(table, odd)}.`,
  );
}

function differs(name: string, table: keyof Tables): StoreError {
  return new StoreError(
    "unwritable",
    `The store ${name} did not keep the table ${table} as it was given it, so nothing was moved: see that nobody else writes into it.`,
  );
}
