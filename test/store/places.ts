import { join } from "node:path";
import { afterAll, beforeAll, onTestFinished } from "vitest";
import type { Clock } from "../../src/ports.ts";
import type { Engine } from "../../src/store/engine.ts";
import { SqlShelf } from "../../src/store/keyv-sql.ts";
import { TABLES } from "../../src/store/move.ts";
import { openStore } from "../../src/store/sql-store.ts";
import type { Shelves } from "../contract/shelf.ts";
import { ask, createDatabase, POSTGRES, type TestDatabase } from "../postgres.ts";
import { makeFolder } from "./folder.ts";
import { handClock } from "./sample.ts";

/** An empty PostgreSQL database of this test's own, dropped when the test is over. */
export async function makeDatabase(): Promise<string> {
  const { url, drop } = await createDatabase();
  onTestFinished(drop);
  return url;
}

/** Where a store may be: `make` makes an empty one for this test and returns its URL. */
export const PLACES = [
  { place: "in a SQLite file", isThere: true, make: async () => join(makeFolder(), "store.db") },
  { place: "in PostgreSQL", isThere: POSTGRES !== undefined, make: makeDatabase },
];

/** Has one database for the tests around it: making one takes longer than most of them. Returns what empties it and tells its URL. */
export function shareDatabase(): () => Promise<string> {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createDatabase();
    await (await openStore(database.url, handClock())).store.close();
  });
  afterAll(() => database.drop());
  return async () => {
    await ask(database.url, TABLES.map((table) => `delete from ${table}`).join(";"));
    return database.url;
  };
}

/** The shelves of a database, and below them the adapter over a connection of its own. */
export async function openShelves(
  url: string,
  clock: Clock,
  openEngine: () => Promise<Engine>,
): Promise<Shelves> {
  const room = await openStore(url, clock);
  const engine = await openEngine();
  async function close(): Promise<void> {
    await Promise.all([room.store.close(), engine.close()]);
  }
  return { ...room, store: { ...room.store, close }, adapter: new SqlShelf(engine, clock) };
}
