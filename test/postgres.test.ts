import { expect, it } from "vitest";
import { ask, findPrograms, POSTGRES } from "./postgres.ts";

const LOUD = `
*** There is no PostgreSQL, so nothing of the store in PostgreSQL is tested. ***
*** Install one (docs/postgresql.md), or name one: TEST_DATABASE_URL=postgres://… ***
`;

it.skipIf(!POSTGRES)("The tests have a PostgreSQL to run on, of a version that is supported", async () => {
  const [row] = await ask(POSTGRES ?? "", "select current_setting('server_version_num')::int as version");
  expect(row?.version).toBeGreaterThanOrEqual(150_000);
});

// Once for all: each file that lacks it skips in silence. Where CI is set, looking for it has failed already.
if (!POSTGRES) process.stderr.write(LOUD);
else if (!findPrograms())
  process.stderr.write("*** No PostgreSQL can be started, so none is killed in tests. ***\n");
