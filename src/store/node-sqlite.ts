import { existsSync, mkdirSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite";
import { type CompiledQuery, Kysely, type SqliteDatabase, type SqliteStatement } from "kysely";
import { StoreError } from "../ports.ts";
import type { Engine } from "./engine.ts";
import { createPatience, patientDialect } from "./patience.ts";
import type { Tables } from "./schema.ts";

/** "CSHP": tells our files from those of other programs, which may well be named the same. */
export const APPLICATION_ID = 0x43_53_48_50;

const LOCK_WAIT = 5000;
const STATEMENTS_KEPT = 100;

/**
 * Opens a SQLite file, creating it and its folder when they are not there. `path` may be `:memory:`. Waits `lockWait`
 * milliseconds for other processes; all of ours waits with it while it opens, and not afterwards. Throws `StoreError`.
 */
export function openSqlite(path: string, lockWait = LOCK_WAIT): Engine {
  const file = path === ":memory:" ? path : resolve(path);
  const database = attempt(file, () => openFile(file, lockWait));
  const statements = keepStatements(database, file);
  const patiently = createPatience(database, lockWait);
  const db = new Kysely<Tables>({ dialect: patientDialect(statements, patiently) });
  function run(sql: string): void {
    attempt(file, () => database.exec(sql));
  }
  function writeNow(write: CompiledQuery): number {
    return Number(statements.prepare(write.sql).run(write.parameters).changes);
  }
  function rollBack(): void {
    // A full disk has already rolled back by itself.
    if (database.isTransaction) database.exec("ROLLBACK");
  }
  return {
    name: file,
    schema: undefined,
    db,
    locksRows: false,
    // Nothing is awaited while the lock is held: what is asked of this connection meanwhile would belong to the
    // transaction.
    readThenWrite<Row>(
      read: CompiledQuery<Row>,
      decide: (row: Row | undefined) => CompiledQuery | undefined,
      alone: boolean,
    ) {
      let locking = alone;
      return patiently(() => {
        if (locking) run("BEGIN IMMEDIATE");
        try {
          const [row] = statements.prepare(read.sql).all(read.parameters) as Row[];
          const write = decide(row);
          const written = write ? writeNow(write) : 0;
          if (locking) run("COMMIT");
          return written;
        } finally {
          if (locking) rollBack();
          // What met another's lock takes its own before it decides anew.
          locking = true;
        }
      });
    },
    write: (write) => patiently(() => writeNow(write)),
    writeLightly<Row>(write: CompiledQuery<Row>) {
      return patiently(() => {
        run("PRAGMA synchronous = NORMAL");
        try {
          return statements.prepare(write.sql).all(write.parameters) as Row[];
        } finally {
          run("PRAGMA synchronous = FULL");
        }
      });
    },
    async whileAlone(work) {
      // Kysely's own transaction would not do: its migrator refuses to run inside one on SQLite.
      await patiently(() => run(`BEGIN IMMEDIATE; PRAGMA application_id = ${APPLICATION_ID}`));
      try {
        await work(db);
        run("COMMIT");
      } finally {
        rollBack();
      }
    },
    now: async () => undefined,
    isNameTaken: (error) => sqliteCode(error) === CONSTRAINT && `${error}`.includes("connector.name"),
    async close() {
      if (database.isOpen) attempt(file, () => database.close());
    },
  };
}

function openFile(file: string, lockWait: number): DatabaseSync {
  if (file !== ":memory:") makeFolder(dirname(file));
  const database = new DatabaseSync(file, { timeout: lockWait });
  try {
    // Looked at before anything is written. One statement, so that another process creating the same file is seen
    // either before or after.
    const found = database
      .prepare(
        "SELECT application_id AS id, (SELECT count(*) FROM sqlite_schema) AS tables FROM pragma_application_id",
      )
      .get();
    if (found?.id !== APPLICATION_ID && (found?.id !== 0 || found.tables !== 0)) {
      throw new StoreError("not-ours", `The file ${file} belongs to another program: ${ELSEWHERE}.`);
    }
    // Locking shows at once whether the file can be written.
    database.exec(
      "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; BEGIN IMMEDIATE; ROLLBACK",
    );
    // From here on others are served, and SQLite would stop them all: patience.ts waits instead.
    database.exec("PRAGMA busy_timeout = 0");
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Node's own `recursive` never returns where a folder is there and takes no folders, as /proc. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  // A drive that is not there is its own parent.
  if (dirname(folder) !== folder) makeFolder(dirname(folder));
  try {
    mkdirSync(folder);
  } catch (error) {
    // Another process may have made it just now.
    if (!existsSync(folder)) throw error;
  }
}

/** The file as Kysely's dialect wants to see it. What fails in it fails with a `StoreError`. */
function keepStatements(database: DatabaseSync, file: string): SqliteDatabase {
  const kept = new Map<string, SqliteStatement>();
  return {
    prepare(sql) {
      const known = kept.get(sql);
      if (known !== undefined) return known;
      const statement = attempt(file, () => wrapStatement(database.prepare(sql), file));
      const oldest = kept.size < STATEMENTS_KEPT ? undefined : kept.keys().next().value;
      if (oldest !== undefined) kept.delete(oldest);
      kept.set(sql, statement);
      return statement;
    },
    close() {
      database.close();
    },
  };
}

function wrapStatement(statement: StatementSync, file: string): SqliteStatement {
  const reader = statement.columns().length > 0;
  return {
    reader,
    all: (values) => attempt(file, () => statement.all(...(values as SQLInputValue[]))),
    run: (values) => attempt(file, () => statement.run(...(values as SQLInputValue[]))),
    iterate: (values) => statement.iterate(...(values as SQLInputValue[])),
  };
}

function attempt<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw explainFailure(error, file);
  }
}

const ELSEWHERE = "name another path (--data, or DATABASE_URL)";
const WRITABLE = `make the file and its folder writable for this program, or ${ELSEWHERE}`;
const BACKUP = "stop the program and restore the file from a backup";

// https://www.sqlite.org/rescode.html: the low byte of an extended code.
const CONSTRAINT = 19;
const SENTENCES: Record<number, [StoreError["reason"], string]> = {
  1: ["damaged", `lacks a table or a column that belongs there: ${BACKUP}`],
  3: ["unwritable", `may not be used by this program: ${WRITABLE}`],
  5: [
    "busy",
    "has been locked by another program for too long: try again, and see which program keeps it open",
  ],
  6: ["busy", "is locked: try again"],
  8: ["unwritable", `can be read but not written: ${WRITABLE}`],
  10: ["unreachable", "could not be read or written: look after the disk or the network folder it is on"],
  11: ["damaged", `is damaged: ${BACKUP}`],
  13: ["unwritable", "cannot grow because the disk is full: make room on it"],
  14: ["unwritable", `cannot be opened or created: ${WRITABLE}`],
  26: ["not-ours", `is not a database: ${ELSEWHERE}, or restore the file from a backup if it once was one`],
};

/** Says in the words of the house what Node's SQLite or file system reported. What is not the world's fault stays. */
export function explainFailure(error: unknown, file: string): unknown {
  if (error instanceof StoreError || !(error instanceof Error)) return error;
  const code = "code" in error ? error.code : undefined;
  const options = { cause: error };
  if (code === "ERR_INVALID_STATE") {
    return new StoreError("unreachable", `The store ${file} is closed: start the program again.`, options);
  }
  if (code === "ERR_OUT_OF_RANGE") {
    return new StoreError(
      "damaged",
      `The store ${file} holds a number that is none of ours: ${BACKUP}.`,
      options,
    );
  }
  if ("syscall" in error) {
    return new StoreError(
      "unwritable",
      `The folder of ${file} cannot be created (${code}): ${WRITABLE}.`,
      options,
    );
  }
  const [reason, sentence] = SENTENCES[sqliteCode(error) ?? -1] ?? [];
  return reason === undefined ? error : new StoreError(reason, `The store ${file} ${sentence}.`, options);
}

function sqliteCode(error: unknown): number | undefined {
  return error instanceof Error && "errcode" in error && typeof error.errcode === "number"
    ? error.errcode & 0xff
    : undefined;
}
