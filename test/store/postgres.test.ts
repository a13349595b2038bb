import { describe } from "vitest";
import { openPostgres } from "../../src/store/postgres.ts";
import { openStore } from "../../src/store/sql-store.ts";
import { describeShelf } from "../contract/shelf.ts";
import { describeStore } from "../contract/store.ts";
import { describeTurnstile } from "../contract/turnstile.ts";
import { POSTGRES } from "../postgres.ts";
import { openShelves, shareDatabase } from "./places.ts";
import { handClock } from "./sample.ts";

const NAME = "PostgreSQL";

describe.skipIf(!POSTGRES)("With a PostgreSQL to test on", () => {
  const empty = shareDatabase();

  describeStore(
    NAME,
    async () => {
      const url = await empty();
      return async (only) => (await openStore(url, handClock(), only)).store;
    },
    true,
  );

  describeShelf(NAME, async (clock) => {
    const url = await empty();
    return openShelves(url, clock, () => openPostgres(url));
  });

  describeTurnstile(NAME, async () => {
    const url = await empty();
    return () => openStore(url, handClock());
  });
});
