import { type CompiledQuery, Kysely, sql } from "kysely";
import pg from "pg";
import { parseIntoClientConfig } from "pg-connection-string";
import { StoreError } from "../ports.ts";
import type { Engine } from "./engine.ts";
import { pause } from "./patience.ts";
import { postgresDialect, untilAlone } from "./postgres-driver.ts";
import { brokenConstraint } from "./postgres-errors.ts";
import type { Tables } from "./schema.ts";

const OLDEST = 15;
const INT8 = 20;

/** What the URL may say otherwise, under these names. Milliseconds, but for `max` and `connect_timeout` (seconds). */
const DEFAULTS = {
  max: 10,
  connect_timeout: 10,
  statement_timeout: 15_000,
  lock_timeout: 10_000,
  idle_in_transaction_session_timeout: 15_000,
};
/** By so much longer than the server itself would take to say that a query took too long. */
const ANSWER_WAIT = 5_000;
const IDLE_KEPT = 30_000;
const KEEP_ALIVE = 10_000;
const CLOSE_WITHIN = 1_000;
/** So that a server that another host has taken over from is left in the end. */
const LIFETIME_S = 1800;

type Limits = typeof DEFAULTS;

/**
 * Opens a PostgreSQL database by its URL (`postgres://user:password@host:port/database?sslmode=verify-full`), which may name
 * limits, too. It is asked who it is, and nothing is written. Connections are opened when they are needed, and again when they
 * broke. Rejects with `StoreError`.
 */
export async function openPostgres(url: string): Promise<Engine> {
  const { limits, name, openPool } = readUrl(url);
  const pool = openPool(limits);
  const db = new Kysely<Tables>({ dialect: postgresDialect(pool, name) });
  let closing: Promise<void> | undefined;
  const close = () => {
    // A server that stands still would keep it waiting for what was asked.
    closing ??= Promise.race([pool.end(), pause(CLOSE_WITHIN, undefined, { ref: false })]);
    return closing;
  };

  async function write(query: CompiledQuery, on: Kysely<Tables> = db): Promise<number> {
    return Number((await on.executeQuery(query)).numAffectedRows ?? 0);
  }

  let schema: string;
  try {
    schema = await meet(db, name);
  } catch (error) {
    await close();
    throw error;
  }
  return {
    name,
    schema,
    db,
    locksRows: true,
    async readThenWrite<Row>(
      read: CompiledQuery<Row>,
      decide: (row: Row | undefined) => CompiledQuery | undefined,
      alone: boolean,
    ) {
      if (!alone) {
        const decided = decide((await db.executeQuery(read)).rows[0]);
        return decided ? write(decided) : 0;
      }
      return untilAlone(() =>
        db.transaction().execute(async (transaction) => {
          const decided = decide((await transaction.executeQuery(read)).rows[0]);
          return decided ? write(decided, transaction) : 0;
        }),
      );
    },
    write: (query) => write(query),
    // To have it not wait for the disk would take a transaction, and two more ways to the server and back.
    writeLightly: async (query) => (await db.executeQuery(query)).rows,
    async whileAlone(work) {
      // Kysely's migrator locks by itself, and works in a transaction. An index of a large table takes longer than any query may.
      const patient = openPool({
        ...limits,
        max: 1,
        statement_timeout: 0,
        idle_in_transaction_session_timeout: 0,
      });
      try {
        await work(new Kysely<Tables>({ dialect: postgresDialect(patient, name) }));
      } finally {
        await patient.end();
      }
    },
    async now() {
      const milliseconds = sql<number>`cast(floor(extract(epoch from clock_timestamp()) * 1000) as bigint)`;
      const { now } = await db.selectNoFrom(milliseconds.as("now")).executeTakeFirstOrThrow();
      return now;
    },
    isNameTaken: (error) => brokenConstraint(error) === "connector_followed_name",
    close,
  };
}

/** Asks the server what it is, and returns the schema in which tables are made. */
async function meet(db: Kysely<Tables>, name: string): Promise<string> {
  const { version, encoding, schema, standby } = await db
    .selectNoFrom([
      sql<string>`current_setting('server_version_num')`.as("version"),
      sql<string>`current_setting('server_encoding')`.as("encoding"),
      sql<string | null>`current_schema()`.as("schema"),
      sql<boolean>`pg_is_in_recovery()`.as("standby"),
    ])
    .executeTakeFirstOrThrow();
  const major = Math.floor(Number(version) / 10_000);
  if (major < OLDEST) {
    throw new StoreError(
      "unreachable",
      `The store ${name} is PostgreSQL ${major}, and this program needs ${OLDEST} or newer: upgrade the server.`,
    );
  }
  if (encoding !== "UTF8") {
    throw new StoreError(
      "unwritable",
      `The store ${name} keeps text as ${encoding}: make a database with ENCODING 'UTF8'.`,
    );
  }
  if (standby) {
    throw new StoreError(
      "unwritable",
      `The store ${name} is a standby, which can only be read: name the primary in DATABASE_URL.`,
    );
  }
  if (schema === null) {
    throw new StoreError(
      "unwritable",
      `The store ${name} has no schema in which this user could make tables: see its search_path.`,
    );
  }
  return schema;
}

function readUrl(url: string) {
  const config = parseUrl(url);
  // It also knows what a URL leaves out: PGHOST, PGUSER and their like.
  const { host, port, database } = new pg.Client(config);
  if (!database) {
    throw new StoreError(
      "unreachable",
      "DATABASE_URL names no database: set it to postgres://USER:PASSWORD@HOST:PORT/DATABASE.",
    );
  }
  const name = host.startsWith("/") ? `${host}/${database}` : `${host}:${port}/${database}`;
  const types: pg.CustomTypesConfig = {
    getTypeParser: (type, format) => (type === INT8 ? readWhole : pg.types.getTypeParser(type, format)),
  };
  function readWhole(text: string): number {
    const number = Number(text);
    if (Number.isSafeInteger(number)) return number;
    throw new StoreError(
      "damaged",
      `The store ${name} holds a number that is none of ours: stop the program and restore the store from a backup.`,
    );
  }
  function openPool({ connect_timeout, ...limits }: Limits): pg.Pool {
    const pool = new pg.Pool({
      application_name: "connector-shepherd",
      ...config,
      ...limits,
      query_timeout: limits.statement_timeout === 0 ? 0 : limits.statement_timeout + ANSWER_WAIT,
      connectionTimeoutMillis: connect_timeout * 1000,
      idleTimeoutMillis: IDLE_KEPT,
      maxLifetimeSeconds: LIFETIME_S,
      keepAlive: true,
      keepAliveInitialDelayMillis: KEEP_ALIVE,
      types,
    });
    // Nobody listening, it would end the program that a connection broke. Who asks next is told.
    pool.on("error", () => undefined);
    pool.on("connect", (client) => client.on("error", () => undefined));
    return pool;
  }
  return { limits: readLimits(config), name, openPool };
}

/**
 * Nothing of a URL that can't be read is repeated: it may hold a password. Neither is one read whose password may go on in what
 * looks like its host, path or options: an @ stands between it and the host.
 */
function parseUrl(url: string): pg.ClientConfig {
  const isWhole = /^postgres(?:ql)?:\/\/[^/?#]*(?:[/?#][^@]*)?$/i.test(url);
  try {
    if (!isWhole) throw new Error("no URL");
    return parseIntoClientConfig(url);
  } catch (error) {
    const isFile = error instanceof Error && "syscall" in error && "path" in error;
    const what = isFile
      ? `names a file that cannot be read: ${error.path}`
      : "cannot be read: set it to postgres://USER:PASSWORD@HOST:PORT/DATABASE, and write %, @, :, /, ? and # in a password as %25, %40, %3A, %2F, %3F and %23";
    throw new StoreError("unreachable", `DATABASE_URL ${what}.`);
  }
}

function readLimits(config: object): Limits {
  const limits: Limits = { ...DEFAULTS };
  for (const limit of Object.keys(DEFAULTS) as (keyof Limits)[]) {
    const given = limit in config ? config[limit as keyof typeof config] : undefined;
    if (given === undefined) continue;
    if (!/^\d{1,7}$/.test(given) || Number(given) === 0) {
      throw new StoreError("unreachable", `In DATABASE_URL ${limit} must be a whole number from 1.`);
    }
    limits[limit] = Number(given);
  }
  return limits;
}
