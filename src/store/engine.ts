import type { CompiledQuery, Kysely } from "kysely";
import type { Tables } from "./schema.ts";

/** A database, and what is different between one and the next. Its queries fail with `StoreError`. */
export interface Engine {
  /** How the operator knows it: a path, or HOST:PORT/DATABASE. Never a secret. */
  name: string;
  /** The schema our tables lie in, where a database has several. */
  schema: string | undefined;
  db: Kysely<Tables>;
  /** Rows can be locked one by one (`FOR UPDATE`). Otherwise one writer has the whole database to itself. */
  locksRows: boolean;
  /**
   * Reads one row, lets `decide` say what to write on it, and writes that. `alone`: in one transaction that nobody else
   * writes into; otherwise the query itself must look whether the row is still the same. `decide` may be asked again when
   * another process had the lock. Returns how many rows it wrote.
   */
  readThenWrite<Row>(
    read: CompiledQuery<Row>,
    decide: (row: Row | undefined) => CompiledQuery | undefined,
    alone: boolean,
  ): Promise<number>;
  /** Returns how many rows it wrote. */
  write(write: CompiledQuery): Promise<number>;
  /**
   * Writes what may be forgotten when the machine loses power, though not when the program ends: the disk is not waited for.
   * Returns the rows that it returns.
   */
  writeLightly<Row>(write: CompiledQuery<Row>): Promise<Row[]>;
  /**
   * Changes the schema: no other process does at the same time, and it may take long. Work only with the `db` that is given.
   * What fails has changed nothing.
   */
  whileAlone(work: (db: Kysely<Tables>) => Promise<void>): Promise<void>;
  /** The database's own clock, in milliseconds, where it is another than the machine's of every process. */
  now(): Promise<number | undefined>;
  /** A write was refused because the workspace already follows a connector of that name. */
  isNameTaken(error: unknown): boolean;
  close(): Promise<void>;
}
