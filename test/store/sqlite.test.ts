import { join } from "node:path";
import { SqlShelf } from "../../src/store/keyv-sql.ts";
import { openSqlite } from "../../src/store/node-sqlite.ts";
import { openStore } from "../../src/store/sql-store.ts";
import { describeShelf } from "../contract/shelf.ts";
import { describeStore } from "../contract/store.ts";
import { makeFolder } from "./folder.ts";
import { handClock } from "./sample.ts";

describeStore("A SQLite file", async () => {
  const path = join(makeFolder(), "store.db");
  return async () => (await openStore(`sqlite:${path}`, handClock())).store;
});

describeShelf("A SQLite file", async (clock) => {
  const path = join(makeFolder(), "store.db");
  const room = await openStore(path, clock);
  const engine = openSqlite(path);
  async function close(): Promise<void> {
    await Promise.all([room.store.close(), engine.close()]);
  }
  return { ...room, store: { ...room.store, close }, adapter: new SqlShelf(engine, clock) };
});
