import { join } from "node:path";
import { openSqlite } from "../../src/store/node-sqlite.ts";
import { openStore } from "../../src/store/sql-store.ts";
import { describeShelf } from "../contract/shelf.ts";
import { describeStore } from "../contract/store.ts";
import { describeTurnstile } from "../contract/turnstile.ts";
import { makeFolder } from "./folder.ts";
import { openShelves } from "./places.ts";
import { handClock } from "./sample.ts";

const NAME = "A SQLite file";
const makeFile = () => join(makeFolder(), "store.db");

describeStore(
  NAME,
  async () => {
    const path = makeFile();
    return async (only) => (await openStore(`sqlite:${path}`, handClock(), only)).store;
  },
  false,
);

describeShelf(NAME, async (clock) => {
  const path = makeFile();
  return openShelves(path, clock, async () => openSqlite(path));
});

describeTurnstile(NAME, async () => {
  const path = makeFile();
  return () => openStore(path, handClock());
});
