import {
  jsonSerializer,
  Keyv,
  type KeyvStorageCapability,
  type KeyvStorageEntry,
  keyvStorageCapability,
} from "keyv";
import { type Clock, type Shelf, StoreError } from "../ports.ts";
import type { Engine } from "./engine.ts";
import { type Prepared, prepare } from "./prepared.ts";

const SWEEP_EVERY = 500;

/**
 * Keyv's storage adapter over our database. Values are the text that Keyv encoded; `expires` is an absolute moment in
 * milliseconds. A failing database rejects. `iterator` and `disconnect` are left out: shelves are never walked, and
 * the store owns the connection.
 */
export class SqlShelf {
  /** Absent is a namespace of its own, so that `clear` never empties another shelf. */
  namespace: string | undefined;
  readonly #engine: Engine;
  readonly #clock: Clock;
  readonly #one: Prepared<{ value: string }>;
  #writes = 0;

  constructor(engine: Engine, clock: Clock) {
    this.#engine = engine;
    this.#clock = clock;
    this.#one = prepare(engine.db, this.#select([""]));
  }

  /** Tells Keyv that `set` takes a moment and not a duration. */
  get capabilities(): KeyvStorageCapability {
    return keyvStorageCapability(this);
  }

  async get(key: string): Promise<string | undefined> {
    return (await this.#one(this.#name(), key, this.#now())).rows[0]?.value;
  }

  async getMany(keys: string[]): Promise<(string | undefined)[]> {
    if (keys.length === 0) return [];
    const rows = await this.#select(keys).execute();
    const values = new Map(rows.map(({ key, value }) => [key, value]));
    return keys.map((key) => values.get(key));
  }

  async has(key: string): Promise<boolean> {
    return (await this.get(key)) !== undefined;
  }

  async hasMany(keys: string[]): Promise<boolean[]> {
    return (await this.getMany(keys)).map((value) => value !== undefined);
  }

  async set(key: string, value: unknown, expires?: number): Promise<boolean> {
    await this.setMany([expires === undefined ? { key, value } : { key, value, expires }]);
    return true;
  }

  async setMany(entries: KeyvStorageEntry<unknown>[]): Promise<boolean[]> {
    if (entries.length === 0) return [];
    await this.#sweep();
    const rows = entries.map(({ key, value, expires }) => {
      if (typeof value !== "string") throw new TypeError("a shelf stores text: leave Keyv its serialization");
      return { namespace: this.#name(), key, value, expires_at: expires ?? null };
    });
    await this.#engine.db
      .insertInto("shelf")
      // The same key twice in one statement is an error in PostgreSQL.
      .values([...new Map(rows.map((row) => [row.key, row])).values()])
      .onConflict((conflict) =>
        conflict.columns(["namespace", "key"]).doUpdateSet(({ ref }) => ({
          value: ref("excluded.value"),
          expires_at: ref("excluded.expires_at"),
        })),
      )
      .execute();
    return entries.map(() => true);
  }

  async delete(key: string): Promise<boolean> {
    return (await this.deleteMany([key]))[0] === true;
  }

  async deleteMany(keys: string[]): Promise<boolean[]> {
    if (keys.length === 0) return [];
    const rows = await this.#engine.db
      .deleteFrom("shelf")
      .where("namespace", "=", this.#name())
      .where("key", "in", keys)
      .returning(["key", "expires_at"])
      .execute();
    const live = new Set(
      rows.filter((row) => (row.expires_at ?? Infinity) > this.#now()).map(({ key }) => key),
    );
    return keys.map((key) => live.has(key));
  }

  async clear(): Promise<void> {
    await this.#engine.db.deleteFrom("shelf").where("namespace", "=", this.#name()).execute();
  }

  async isEmpty(): Promise<boolean> {
    const found = await this.#engine.db
      .selectFrom("shelf")
      .select("key")
      .where("namespace", "=", this.#name())
      .where((or) => or("expires_at", "is", null).or("expires_at", ">", this.#now()))
      .limit(1)
      .executeTakeFirst();
    return found === undefined;
  }

  #select(keys: string[]) {
    return this.#engine.db
      .selectFrom("shelf")
      .select(["key", "value"])
      .where("namespace", "=", this.#name())
      .where("key", "in", keys)
      .where((or) => or("expires_at", "is", null).or("expires_at", ">", this.#now()));
  }

  async #sweep(): Promise<void> {
    if (this.#writes++ % SWEEP_EVERY !== 0) return;
    await this.#engine.db.deleteFrom("shelf").where("expires_at", "<=", this.#now()).execute();
  }

  #name(): string {
    return this.namespace ?? "";
  }

  #now(): number {
    return this.#clock.now().toMillis();
  }
}

/**
 * Opens one shelf. `ttl` of its `set` is in milliseconds and counted by `clock`. Rejects with `StoreError`: Keyv passes
 * errors on as long as nobody listens to its `error` event, and behind this face nobody can.
 */
export function openShelf(engine: Engine, namespace: string, clock: Clock): Shelf {
  const store = new SqlShelf(engine, clock);
  const keyv = new Keyv({
    store,
    namespace,
    // Keyv would ask the machine's clock; the adapter has already asked ours.
    checkExpired: false,
    serialization: { stringify: (value: unknown) => jsonSerializer.stringify(value), parse },
  });
  function parse<T>(text: string): T {
    try {
      return jsonSerializer.parse<T>(text);
    } catch (error) {
      throw new StoreError(
        "damaged",
        `A value of the shelf ${namespace} in the store ${engine.name} is damaged: restore the store from a backup.`,
        { cause: error },
      );
    }
  }
  return {
    get: (key) => keyv.get<unknown>(key),
    set: (key, value, ttl) =>
      keyv.setRaw(key, ttl === undefined ? { value } : { value, expires: clock.now().toMillis() + ttl }),
    delete: (key) => keyv.delete(key),
    clear: () => keyv.clear(),
    isEmpty: () => store.isEmpty(),
  };
}
