import type { CompiledQuery, Kysely } from "kysely";
import { DateTime } from "luxon";
import type { Change } from "../decision.ts";
import type { WorkspaceId } from "../incoming.ts";
import type { Connector, ConnectorKey } from "../lifecycle/connector.ts";
import { type Clock, type ConnectorName, NameTaken, type Shelf, type Store, StoreError } from "../ports.ts";
import { remembering } from "../remembering.ts";
import { claimRows, firstDue, giveBack } from "./due.ts";
import type { Engine } from "./engine.ts";
import { openShelf } from "./keyv-sql.ts";
import { migrate } from "./migrate.ts";
import { openSqlite } from "./node-sqlite.ts";
import { type Prepared, prepare, withValues } from "./prepared.ts";
import { createReader, toRow } from "./rows.ts";
import type { ConnectorRow, Tables } from "./schema.ts";

/** All that is kept: the connectors, and shelves for the rest. They share one database; closing the store closes all. */
export interface StoreRoom {
  store: Store;
  shelf(namespace: string): Shelf;
}

let lastOpening: Promise<unknown> = Promise.resolve();

/**
 * Opens the database and brings its schema up to date. `url` is `sqlite:PATH`, a plain path or `:memory:`.
 * `clock` decides when what lies on a shelf expires. Rejects with `StoreError`.
 */
export function openStore(url: string, clock: Clock): Promise<StoreRoom> {
  // One after the other: a second connection would block the thread in which the first is migrating the same file.
  const opening = lastOpening.then(() => open(url, clock));
  lastOpening = opening.catch(() => undefined);
  return opening;
}

async function open(url: string, clock: Clock): Promise<StoreRoom> {
  const engine = openSqlite(pathOf(url));
  try {
    await migrate(engine);
  } catch (error) {
    await engine.close();
    throw error;
  }
  // A shelf compiles its query, and counts its writes until it sweeps: not for every value anew.
  const shelf = remembering((namespace: string) => openShelf(engine, namespace, clock), SHELVES_KEPT);
  return { store: new SqlStore(engine), shelf };
}

function pathOf(url: string): string {
  const path = url.replace(/^(?:sqlite|file):(\/\/)?/, "");
  // The url itself is not repeated: it may hold a password.
  const scheme = /^([a-z][a-z0-9+.-]+):\/\//i.exec(path)?.[1];
  if (scheme !== undefined) {
    throw new StoreError(
      "unreachable",
      `This version stores in SQLite and cannot use ${scheme}: set DATABASE_URL to sqlite:PATH.`,
    );
  }
  if (path === "") throw new StoreError("unreachable", "DATABASE_URL names no file: set it to sqlite:PATH.");
  return path;
}

/** Where one writer has the whole database to itself the second try succeeds; with row locks two inserts may meet. */
const MOST_TRIES = 20;
const SWEEP_EVERY = 500;
const SHELVES_KEPT = 1000;

class SqlStore implements Store {
  readonly #engine: Engine;
  readonly #db: Kysely<Tables>;
  readonly #read: (row: ConnectorRow) => Connector;
  readonly #one: CompiledQuery<ConnectorRow>;
  readonly #names: Prepared<ConnectorName>;
  /** By how many names are looked for: a text has not many readings. */
  readonly #find = new Map<number, Prepared<ConnectorName>>();
  readonly #see: CompiledQuery;
  #sights = 0;

  constructor(engine: Engine) {
    this.#engine = engine;
    this.#db = engine.db;
    this.#read = createReader(engine.name);
    this.#one = selectOne(this.#db, { workspace: "" as WorkspaceId, id: "" })
      .selectAll()
      .compile();
    this.#names = prepare(this.#db, this.#selectNames());
    this.#see = insertSight(this.#db).compile();
  }

  async change<Wanted extends Change>(
    key: ConnectorKey,
    decide: (current: Connector | undefined) => Wanted,
  ): Promise<Wanted> {
    let decision: Wanted | undefined;
    let write: CompiledQuery | undefined;
    const decideOn = (row: ConnectorRow | undefined) => {
      decision = decide(row && this.#read(row));
      if (decision.next !== undefined && decision.next !== "removed") {
        decision = { ...decision, next: { ...decision.next, revision: (row?.revision ?? 0) + 1 } };
      }
      write = this.#compileWrite(key, row, decision.next);
      return write;
    };
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      // Most decisions meet nobody, and many write nothing: only those that lost once lock before they read.
      const alone = tries > 0;
      const read =
        alone && this.#engine.locksRows
          ? selectOne(this.#db, key).selectAll().forUpdate().compile()
          : withValues(this.#one, [key.workspace, key.id]);
      try {
        const written = await this.#engine.readThenWrite(read, decideOn, alone);
        if (decision !== undefined && (write === undefined || written === 1)) return decision;
      } catch (error) {
        const next = decision?.next;
        if (typeof next !== "object" || !this.#engine.isNameTaken(error)) throw error;
        throw new NameTaken(next.name, { cause: error });
      }
    }
    throw new StoreError("busy", `The connector ${key.id} is being changed by too many at once: try again.`);
  }

  /** What stores `next` if the connector is still as it was read (undefined: not there). */
  #compileWrite(
    key: ConnectorKey,
    read: ConnectorRow | undefined,
    next: Change["next"],
  ): CompiledQuery | undefined {
    const { db } = this.#engine;
    if (next === undefined) return undefined;
    if (next === "removed") {
      if (read === undefined) return undefined;
      return db
        .deleteFrom("connector")
        .where("workspace", "=", key.workspace)
        .where("id", "=", key.id)
        .where("revision", "=", read.revision)
        .compile();
    }
    const values = toRow(key, next);
    if (read === undefined) {
      return db
        .insertInto("connector")
        .values(values)
        .onConflict((conflict) => conflict.columns(["workspace", "id"]).doNothing())
        .compile();
    }
    // Somebody who sends its reminder just now keeps the lease, unless the reminder has moved.
    const { lease_until: _, ...withoutLease } = values;
    return db
      .updateTable("connector")
      .set(values.due_at === read.due_at ? withoutLease : values)
      .where("workspace", "=", key.workspace)
      .where("id", "=", key.id)
      .where("revision", "=", read.revision)
      .compile();
  }

  async read(key: ConnectorKey): Promise<Connector | undefined> {
    const row = await selectOne(this.#db, key).selectAll().executeTakeFirst();
    return row && this.#read(row);
  }

  async find(
    workspace: WorkspaceId,
    folded: string[],
    among: "followed" | "untracked" = "followed",
  ): Promise<ConnectorName[]> {
    const { length } = folded;
    if (length === 0) return [];
    let find = this.#find.get(length);
    if (!find) {
      find = prepare(this.#db, this.#selectNames().where("name_key", "in", Array(length).fill("")));
      this.#find.set(length, find);
    }
    return (await find(workspace, among === "untracked" ? 1 : 0, ...folded)).rows;
  }

  async names(workspace: WorkspaceId): Promise<ConnectorName[]> {
    return (await this.#names(workspace, 0)).rows;
  }

  /** To be prepared: the workspace, and whether it is untracked (1) or followed (0), are given when it runs. */
  #selectNames() {
    return this.#db
      .selectFrom("connector")
      .select(["id", "name"])
      .where("workspace", "=", "" as WorkspaceId)
      .where("untracked", "=", 0);
  }

  async list(workspace: WorkspaceId): Promise<Connector[]> {
    const rows = await this.#db
      .selectFrom("connector")
      .selectAll()
      .where("workspace", "=", workspace)
      .orderBy("id")
      .execute();
    return rows.map((row) => this.#read(row));
  }

  async claimDue(now: DateTime, limit: number, lease: number): Promise<Connector[]> {
    const rows = await claimRows(this.#engine, now.toMillis(), limit, lease);
    const readable: ConnectorRow[] = [];
    const claimed: Connector[] = [];
    let damage: unknown;
    for (const row of rows) {
      try {
        claimed.push(this.#read(row));
        readable.push(row);
      } catch (error) {
        damage ??= error;
      }
    }
    if (damage === undefined) return claimed;
    // A damaged row stays leased: it is reported once a lease, and does not keep the others from their reminders.
    await giveBack(this.#engine, readable);
    throw damage;
  }

  async nextDue(): Promise<DateTime | undefined> {
    const at = await firstDue(this.#engine);
    return at === undefined ? undefined : DateTime.fromMillis(at, { zone: "utc" });
  }

  async wake(workspace: WorkspaceId, at: DateTime): Promise<void> {
    await this.#db
      .updateTable("connector")
      .set({ due_at: at.toMillis() })
      .where("workspace", "=", workspace)
      .where((or) => or("due_at", "is", null).or("due_at", ">", at.toMillis()))
      .execute();
  }

  async firstSight(deliveryId: string, now: DateTime, keepFor: number): Promise<boolean> {
    const at = now.toMillis();
    if (this.#sights++ % SWEEP_EVERY === 0) {
      await this.#db.deleteFrom("seen").where("expires_at", "<=", at).execute();
    }
    const until = at + keepFor;
    // After a power cut a delivery may be answered again: what it changed was waited for, and is not changed twice.
    return (await this.#engine.writeLightly(withValues(this.#see, [deliveryId, until, until, at]))) === 1;
  }

  async forget(workspace: WorkspaceId): Promise<void> {
    await this.#db.deleteFrom("connector").where("workspace", "=", workspace).execute();
    // The ids of its deliveries begin with its own; "0" is the character after "/".
    await this.#db
      .deleteFrom("seen")
      .where("id", ">=", `${workspace}/`)
      .where("id", "<", `${workspace}0`)
      .execute();
  }

  async close(): Promise<void> {
    await this.#engine.close();
  }
}

function selectOne(db: Kysely<Tables>, key: ConnectorKey) {
  return db.selectFrom("connector").where("workspace", "=", key.workspace).where("id", "=", key.id);
}

/** To be prepared: the delivery's id, until when it is kept, that again, and now. */
function insertSight(db: Kysely<Tables>) {
  return db
    .insertInto("seen")
    .values({ id: "", expires_at: 0 })
    .onConflict((conflict) =>
      conflict.column("id").doUpdateSet({ expires_at: 0 }).where("seen.expires_at", "<=", 0),
    );
}
