import type { CompiledQuery, Kysely } from "kysely";
import { DateTime } from "luxon";
import type { Change } from "../decision.ts";
import type { WorkspaceId } from "../incoming.ts";
import type { Connector, ConnectorKey } from "../lifecycle/connector.ts";
import { type ConnectorName, NameTaken, type Store, StoreError } from "../ports.ts";
import { claimDigests, planDigest } from "./digests.ts";
import { claimRows, firstDue, moveLeases, waitingSince } from "./due.ts";
import type { Engine } from "./engine.ts";
import { type Prepared, prepare, withValues } from "./prepared.ts";
import { createReader, readRows, toRow } from "./rows.ts";
import type { ConnectorRow, Tables } from "./schema.ts";

/** Where one writer has the whole database to itself the second try succeeds; with row locks two inserts may meet. */
const MOST_TRIES = 20;
const SWEEP_EVERY = 500;

/** The connectors, in a database whose schema is up to date. */
export class SqlStore implements Store {
  readonly #engine: Engine;
  readonly #db: Kysely<Tables>;
  readonly #read: (row: ConnectorRow) => Connector;
  readonly #one: CompiledQuery<ConnectorRow>;
  readonly #names: Prepared<ConnectorName>;
  /** By how many names are looked for: a text has not many readings. */
  readonly #find = new Map<number, Prepared<ConnectorName>>();
  readonly #see: CompiledQuery<{ id: string }>;
  #sights = 0;
  readonly #only: WorkspaceId | undefined;

  /** `only`: what is due elsewhere is another program's. */
  constructor(engine: Engine, only?: WorkspaceId) {
    this.#engine = engine;
    this.#only = only;
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
    known?: Connector,
  ): Promise<Wanted> {
    let decision: Wanted | undefined;
    let write: CompiledQuery | undefined;
    let isAbsent = false;
    const decideOn = (current: Connector | undefined) => {
      isAbsent = current === undefined;
      decision = decide(current);
      if (decision.next !== undefined && decision.next !== "removed") {
        decision = { ...decision, next: { ...decision.next, revision: (current?.revision ?? 0) + 1 } };
      }
      write = this.#compileWrite(key, current, decision.next);
      return write;
    };
    const written = async (writing: Promise<number>, isFirst = false) => {
      try {
        return (await writing) === 1;
      } catch (error) {
        const next = decision?.next;
        if (typeof next !== "object" || !this.#engine.isNameTaken(error)) throw error;
        // It may be its own: somebody registers the same connector just now.
        if (isFirst && isAbsent) return false;
        throw new NameTaken(next.name, { cause: error });
      }
    };
    if (known) {
      const first = decideOn(known);
      const isDone = first === undefined || (await written(this.#engine.write(first)));
      if (decision && isDone) return decision;
    }
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      // Most decisions meet nobody, and many write nothing: only those that lost once lock before they read.
      const alone = tries > 0;
      const read =
        alone && this.#engine.locksRows
          ? selectOne(this.#db, key).selectAll().forUpdate().compile()
          : withValues(this.#one, [key.workspace, key.id]);
      const decideOnRow = (row: ConnectorRow | undefined) => decideOn(row && this.#read(row));
      const isWritten = await written(this.#engine.readThenWrite(read, decideOnRow, alone), tries === 0);
      if (decision !== undefined && (write === undefined || isWritten)) return decision;
    }
    throw new StoreError("busy", `The connector ${key.id} is being changed by too many at once: try again.`);
  }

  /** What stores `next` if the connector is still as it was read (undefined: not there). */
  #compileWrite(
    key: ConnectorKey,
    read: Connector | undefined,
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
      .set(values.due_at === dueOf(read) ? withoutLease : values)
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
    // No name has a NUL (rows.ts), and PostgreSQL refuses to look for one.
    const possible = folded.filter((one) => !one.includes("\0"));
    const { length } = possible;
    if (length === 0) return [];
    let find = this.#find.get(length);
    if (!find) {
      find = prepare(this.#db, this.#selectNames().where("name_key", "in", Array(length).fill("")));
      this.#find.set(length, find);
    }
    return (await find(workspace, among === "untracked" ? 1 : 0, ...possible)).rows;
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
    return readRows(rows, this.#read);
  }

  async claimDue(now: DateTime, limit: number, lease: number): Promise<Connector[]> {
    const rows = await claimRows(this.#engine, now.toMillis(), limit, lease, this.#only);
    const claimed: Connector[] = [];
    let damage: unknown;
    for (const row of rows) {
      try {
        claimed.push(this.#read(row));
      } catch (error) {
        damage ??= error;
      }
    }
    if (damage === undefined) return claimed;
    // A damaged row stays leased: it is reported once a lease, and does not keep the others from their reminders.
    await this.giveBack(claimed, now.plus(lease));
    throw damage;
  }

  renew(keys: readonly ConnectorKey[], until: DateTime, next: DateTime): Promise<ConnectorKey[]> {
    return moveLeases(this.#engine, keys, until.toMillis(), next.toMillis());
  }

  async giveBack(keys: readonly ConnectorKey[], until: DateTime): Promise<void> {
    await moveLeases(this.#engine, keys, until.toMillis(), null);
  }

  async nextDue(): Promise<DateTime | undefined> {
    return momentOf(await firstDue(this.#engine, this.#only));
  }

  async waitingSince(now: DateTime): Promise<DateTime | undefined> {
    return momentOf(await waitingSince(this.#engine, now.toMillis()));
  }

  planDigest(workspace: WorkspaceId, at: DateTime | undefined): Promise<void> {
    return planDigest(this.#engine, workspace, at?.toMillis());
  }

  claimDigests(now: DateTime, limit: number, lease: number): Promise<WorkspaceId[]> {
    return claimDigests(this.#engine, now.toMillis(), limit, lease, this.#only);
  }

  async now(): Promise<DateTime | undefined> {
    return momentOf(await this.#engine.now());
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
    const seen = withValues(this.#see, [deliveryId, until, until, at]);
    return (await this.#engine.writeLightly(seen)).length === 1;
  }

  async forget(workspace: WorkspaceId): Promise<void> {
    await this.#db.deleteFrom("connector").where("workspace", "=", workspace).execute();
    await planDigest(this.#engine, workspace, undefined);
    // The ids of its deliveries begin with its own. How a text is ordered, and what LIKE takes for equal, differs between databases.
    const begins = `${workspace}/`;
    await this.#db
      .deleteFrom("seen")
      .where(({ fn, val }) => fn<string>("substr", ["id", val(1), val([...begins].length)]), "=", begins)
      .execute();
  }

  async close(): Promise<void> {
    await this.#engine.close();
  }
}

function dueOf({ dueAt }: Connector): number | null {
  return dueAt === undefined ? null : Date.parse(dueAt);
}

function momentOf(milliseconds: number | undefined): DateTime | undefined {
  return milliseconds === undefined ? undefined : DateTime.fromMillis(milliseconds, { zone: "utc" });
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
    )
    .returning("id");
}
