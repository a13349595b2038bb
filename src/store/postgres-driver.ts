import {
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  PostgresDialect,
  type QueryResult,
  type TransactionSettings,
} from "kysely";
import type { Pool, PoolClient } from "pg";
import { pause } from "./patience.ts";
import { explainPostgres, isConflict, isLost } from "./postgres-errors.ts";

const MOST_CONFLICTS = 6;
const FIRST_PAUSE_MS = 5;

/** Does `work` again, after a short pause, as long as the server undid it because it met another's. It must begin anew each time. */
export async function untilAlone<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries++) {
    try {
      return await work();
    } catch (error) {
      if (!isConflict(error) || tries === MOST_CONFLICTS) throw error;
    }
    await pause(FIRST_PAUSE_MS * 2 ** tries);
  }
}

/** Kysely's dialect over a pool. Its queries fail with `StoreError`, in whose sentences the store is called `name`. */
export function postgresDialect(pool: Pool, name: string): PostgresDialect {
  const dialect = new PostgresDialect({ pool });
  dialect.createDriver = () => new PoolDriver(pool, name);
  return dialect;
}

/**
 * Kysely's own driver would keep a connection that is of no use any more, let a failed rollback hide what failed first, and try
 * nothing again.
 */
class PoolDriver implements Driver {
  readonly #pool: Pool;
  readonly #name: string;

  constructor(pool: Pool, name: string) {
    this.#pool = pool;
    this.#name = name;
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<PoolConnection> {
    const connection = new PoolConnection(this.#pool, this.#name);
    await connection.open();
    return connection;
  }

  async beginTransaction(connection: PoolConnection, { isolationLevel }: TransactionSettings): Promise<void> {
    await connection.begin(isolationLevel ? `begin isolation level ${isolationLevel}` : "begin");
  }

  commitTransaction(connection: PoolConnection): Promise<void> {
    return connection.commit();
  }

  rollbackTransaction(connection: PoolConnection): Promise<void> {
    return connection.rollBack();
  }

  async releaseConnection(connection: PoolConnection): Promise<void> {
    connection.release();
  }

  destroy(): Promise<void> {
    return this.#pool.end();
  }
}

class PoolConnection implements DatabaseConnection {
  readonly #pool: Pool;
  readonly #name: string;
  #client: PoolClient | undefined;
  #isInTransaction = false;
  #isLost = false;

  constructor(pool: Pool, name: string) {
    this.#pool = pool;
    this.#name = name;
  }

  async open(): Promise<void> {
    try {
      this.#client = await this.#pool.connect();
      this.#isLost = false;
    } catch (error) {
      throw explainPostgres(error, this.#name);
    }
  }

  release(): void {
    this.#client?.release(this.#isLost);
    this.#client = undefined;
  }

  executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    if (this.#isInTransaction) return this.#ask(query);
    // Outside a transaction a query that failed has done nothing; only of a write whose connection broke that is not certain.
    const work = () => this.#ask<Row>(query);
    return untilAlone(query.query.kind === "SelectQueryNode" ? () => this.#reconnecting(work) : work);
  }

  streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    throw new Error("nothing is read row by row");
  }

  async begin(sql: string): Promise<void> {
    await this.#reconnecting(() => this.#ask(CompiledQuery.raw(sql)));
    this.#isInTransaction = true;
  }

  async commit(): Promise<void> {
    const { command } = await this.#send(CompiledQuery.raw("commit"));
    this.#isInTransaction = false;
    if (command === "ROLLBACK")
      throw new Error("the transaction was rolled back, as a query in it had failed");
  }

  /** Never fails: what failed first is what is reported. */
  async rollBack(): Promise<void> {
    try {
      await this.#send(CompiledQuery.raw("rollback"));
    } catch {
      this.#isLost = true;
    }
    this.#isInTransaction = false;
  }

  /** Servers are started anew, and what was open to the one before is noticed only when it is used: once on another one. */
  async #reconnecting<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (!this.#isLost) throw error;
    }
    this.release();
    await this.open();
    return work();
  }

  async #ask<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    const { command, rowCount, rows } = await this.#send<Row>(query);
    const isWrite = command === "INSERT" || command === "UPDATE" || command === "DELETE";
    return isWrite ? { numAffectedRows: BigInt(rowCount ?? 0), rows } : { rows };
  }

  async #send<Row>(query: CompiledQuery) {
    if (!this.#client) throw new Error("a connection was used after it was given back");
    try {
      return await this.#client.query<Row & object>(query.sql, [...query.parameters]);
    } catch (error) {
      this.#isLost ||= isLost(error);
      throw explainPostgres(error, this.#name);
    }
  }
}
