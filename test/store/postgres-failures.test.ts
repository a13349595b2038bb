import { once } from "node:events";
import { createServer } from "node:net";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { StoreError } from "../../src/ports.ts";
import { MIGRATIONS } from "../../src/store/schema.ts";
import { openStore, type StoreRoom } from "../../src/store/sql-store.ts";
import { ask, createDatabase, findPrograms, POSTGRES, startServer, type TestServer } from "../postgres.ts";
import { openWay } from "../postgres-way.ts";
import { makeDatabase } from "./places.ts";
import { CONTOSO, countUp, handClock, isoOf, keep, keyOf, MONDAY, sampleConnector } from "./sample.ts";

const c1 = sampleConnector({ id: "c1", dueAt: isoOf(MONDAY) });

async function openRoom(url: string): Promise<StoreRoom> {
  const room = await openStore(url, handClock());
  onTestFinished(() => room.store.close());
  return room;
}

/** The same URL with some of its parts otherwise. */
function urlWith(url: string, parts: Partial<URL>, options: Record<string, string> = {}): string {
  const changed = Object.assign(new URL(url), parts);
  for (const [name, value] of Object.entries(options)) changed.searchParams.set(name, value);
  return changed.href;
}

async function failureOf(work: Promise<unknown>): Promise<StoreError> {
  const failure = await work.catch((error: unknown) => error);
  if (!(failure instanceof StoreError)) throw new Error("it was no StoreError", { cause: failure });
  return failure;
}

async function failureToOpen(url: string): Promise<StoreError> {
  return failureOf(openStore(url, handClock()).then(({ store }) => store.close()));
}

/** Listens, and does with who connects what `meet` says; its URL. */
async function listen(meet: (socket: import("node:net").Socket) => void): Promise<string> {
  const server = createServer(meet).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return `postgres://ana:secret@127.0.0.1:${address.port}/shepherd`;
}

describe.skipIf(!POSTGRES)("A store in PostgreSQL says what is wrong, where, and what to do, when", () => {
  const url = POSTGRES ?? "";

  it("nothing listens there", async () => {
    const failure = await failureToOpen("postgres://ana:secret@127.0.0.1:1/shepherd");
    expect(failure).toMatchObject({
      reason: "unreachable",
      message: expect.stringMatching(/127\.0\.0\.1:1\/shepherd refuses/),
    });
    expect(failure.message).not.toMatch(/secret/);
  });

  it("the name of the host is not known", async () => {
    const failure = await failureToOpen("postgres://ana:secret@nowhere.invalid/shepherd");
    expect(failure).toMatchObject({
      reason: "unreachable",
      message: expect.stringMatching(/nowhere\.invalid.*not known/),
    });
    expect(failure.message).not.toMatch(/secret/);
  });

  it("who listens there never answers", async () => {
    const silent = await listen((socket) => socket.on("error", () => undefined));
    const failure = await failureToOpen(urlWith(silent, {}, { connect_timeout: "1" }));
    expect(failure).toMatchObject({
      reason: "unreachable",
      message: expect.stringMatching(/cannot be reached/),
    });
  });

  it("who listens there hangs up", async () => {
    const failure = await failureToOpen(await listen((socket) => socket.destroy()));
    expect(failure).toMatchObject({
      reason: "unreachable",
      message: expect.stringMatching(/cannot be reached/),
    });
  });

  it("TLS is asked for and the server has none", async () => {
    const plain = await listen((socket) => socket.once("data", () => socket.end("N")));
    const failure = await failureToOpen(urlWith(plain, {}, { sslmode: "verify-full" }));
    expect(failure).toMatchObject({
      reason: "unreachable",
      message: expect.stringMatching(/does not know TLS/),
    });
  });

  it("there is no such database", async () => {
    const failure = await failureToOpen(urlWith(url, { pathname: "/shepherd_none" }));
    expect(failure).toMatchObject({
      reason: "unreachable",
      message: expect.stringMatching(/shepherd_none is not there/),
    });
  });

  it("there is no such user", async () => {
    const failure = await failureToOpen(urlWith(url, { username: "shepherd_none", password: "secret" }));
    expect(failure).toMatchObject({
      reason: "unreachable",
      message: expect.stringMatching(/does not let this program in/),
    });
    expect(failure.message).not.toMatch(/secret/);
  });

  it.each([
    ["no number", "max=many", /max must be a whole number/],
    ["no URL", "%%%", /cannot be read/],
    ["a file that is not there", "sslrootcert=/none/ca.pem", /cannot be read: \/none\/ca\.pem/],
  ])("DATABASE_URL has %s in it", async (_, option, message) => {
    const failure = await failureToOpen(
      option === "%%%"
        ? "postgres://ana:secret@127.0.0.1:many/x"
        : `postgres://ana:secret@127.0.0.1/x?${option}`,
    );
    expect(failure).toMatchObject({ reason: "unreachable", message: expect.stringMatching(message) });
    expect(failure.message).not.toMatch(/secret/);
  });

  it("the database keeps text in another encoding", async () => {
    const latin = await createDatabase(
      url,
      "template template0 encoding 'LATIN1' lc_collate 'C' lc_ctype 'C'",
    );
    onTestFinished(latin.drop);
    expect(await failureToOpen(latin.url)).toMatchObject({
      reason: "unwritable",
      message: expect.stringMatching(/LATIN1/),
    });
  });

  it("another program's tables are there, which are then left as they were", async () => {
    const theirs = await makeDatabase();
    await ask(theirs, "create table connector (song text)");
    expect(await failureToOpen(theirs)).toMatchObject({
      reason: "not-ours",
      message: expect.stringMatching(/another program/),
    });
    expect(
      await ask(theirs, "select tablename from pg_tables where schemaname = 'public' order by 1"),
    ).toEqual([
      { tablename: "connector" },
      ...["kysely_migration", "kysely_migration_lock"].map((tablename) => ({ tablename })),
    ]);
  });

  it("another program's history of its tables is there", async () => {
    const theirs = await makeDatabase();
    await ask(theirs, "create table kysely_migration (name text, timestamp text)");
    await ask(theirs, "insert into kysely_migration values ('2020-songs', '2020-01-01')");
    expect(await failureToOpen(theirs)).toMatchObject({
      reason: "not-ours",
      message: expect.stringMatching(/another program/),
    });
  });

  it("a newer version has written it", async () => {
    const newer = await makeDatabase();
    await (await openStore(newer, handClock())).store.close();
    await ask(newer, "insert into kysely_migration values ('999-future', '2030-01-01T00:00:00.000Z')");
    expect(await failureToOpen(newer)).toMatchObject({
      reason: "newer-schema",
      message: expect.stringMatching(/newer version/),
    });
  });

  it("the user may read it and not write", async () => {
    const place = await makeDatabase();
    await keep((await openRoom(place)).store, c1);
    const reader = `shepherd_reader_${process.pid}`;
    await ask(place, `create role ${reader}; grant select on all tables in schema public to ${reader}`);
    onTestFinished(async () => {
      await ask(place, `drop owned by ${reader}; drop role ${reader}`);
    });
    const { store } = await openRoom(urlWith(place, {}, { options: `-c role=${reader}` }));
    expect(await store.read(keyOf(c1))).toMatchObject({ id: "c1" });
    const failure = await failureOf(countUp(store, keyOf(c1)));
    expect(failure).toMatchObject({
      reason: "unwritable",
      message: expect.stringMatching(/may not be used so by this user/),
    });
  });

  it("it is read-only just now, and works again when it no longer is", async () => {
    const place = await makeDatabase();
    const { store } = await openRoom(urlWith(place, {}, { max: "1" }));
    await ask(
      place,
      "do $$ begin execute format('alter database %I set default_transaction_read_only = on', current_database()); end $$",
    );
    await ask(url, endOthers(place));
    expect(await failureOf(keep(store, c1))).toMatchObject({
      reason: "unwritable",
      message: expect.stringMatching(/standby/),
    });
    await ask(url, `alter database ${new URL(place).pathname.slice(1)} reset default_transaction_read_only`);
    // The connection that could only read is not used again.
    expect(await keep(store, c1)).toMatchObject({ revision: 1 });
  });

  it.each([
    ["a table", "drop table seen", /lacks a table/],
    ["a column", "alter table seen drop column expires_at", /lacks a column/],
  ])("%s is missing", async (_, statement, message) => {
    const place = await makeDatabase();
    const { store } = await openRoom(place);
    await ask(place, statement);
    const failure = await failureOf(store.firstSight("d1", MONDAY, 1000));
    expect(failure).toMatchObject({ reason: "damaged", message: expect.stringMatching(message) });
  });

  it("it holds a number that is none of ours", async () => {
    const place = await makeDatabase();
    const { store } = await openRoom(place);
    await keep(store, c1);
    await ask(place, "update connector set due_at = 9223372036854775807");
    expect(await failureOf(store.list(CONTOSO))).toMatchObject({
      reason: "damaged",
      message: expect.stringMatching(/number/),
    });
    expect((await store.now())?.isValid).toBe(true);
  });

  it("another program keeps a row for too long", async () => {
    const place = await makeDatabase();
    const { store } = await openRoom(urlWith(place, {}, { lock_timeout: "100" }));
    await keep(store, c1);
    const locking = ask(place, "begin; select * from connector for update; select pg_sleep(2)");
    await expect
      .poll(() => ask(place, "select 1 from pg_locks where relation = 'connector'::regclass"))
      .not.toEqual([]);
    expect(await failureOf(countUp(store, keyOf(c1)))).toMatchObject({
      reason: "busy",
      message: expect.stringMatching(/locked/),
    });
    await locking;
  });

  it("a query takes too long", async () => {
    const place = await makeDatabase();
    const { store } = await openRoom(urlWith(place, {}, { statement_timeout: "100" }));
    await keep(store, c1);
    const locking = ask(place, "begin; select * from connector for update; select pg_sleep(2)");
    await expect
      .poll(() => ask(place, "select 1 from pg_locks where relation = 'connector'::regclass"))
      .not.toEqual([]);
    expect(await failureOf(countUp(store, keyOf(c1)))).toMatchObject({
      reason: "busy",
      message: expect.stringMatching(/too long/),
    });
    await locking;
  });

  it("all the connections it may open are in use", async () => {
    const place = await makeDatabase();
    const { store } = await openRoom(urlWith(place, {}, { max: "1", connect_timeout: "1" }));
    await keep(store, c1);
    const locking = ask(place, "begin; select * from connector for update; select pg_sleep(3)");
    await expect
      .poll(() => ask(place, "select 1 from pg_locks where relation = 'connector'::regclass"))
      .not.toEqual([]);
    const first = countUp(store, keyOf(c1));
    await expect
      .poll(() =>
        ask(
          place,
          "select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()",
        ),
      )
      .toHaveLength(1);
    expect(await failureOf(store.read(keyOf(c1)))).toMatchObject({
      reason: "busy",
      message: expect.stringMatching(/in use/),
    });
    await locking;
    expect(await first).toMatchObject({ next: { revision: 2 } });
  });

  it("the server stands still: what waits behind that has either of two causes, and both are named", async () => {
    const way = await openWay(await makeDatabase());
    const { store } = await openRoom(urlWith(way.url, {}, { max: "1", connect_timeout: "1" }));
    way.freeze();
    const asked = store.read(keyOf(c1));
    expect(await failureOf(store.read(keyOf(c1)))).toMatchObject({
      reason: "busy",
      message: expect.stringMatching(/either the server does not answer.* or .*in use.*max in DATABASE_URL/),
    });
    way.thaw();
    expect(await asked).toBeUndefined();
  });
});

describe.skipIf(!POSTGRES)("A store in PostgreSQL that stands still", () => {
  it("is closed within two seconds all the same", async () => {
    const way = await openWay(await makeDatabase());
    const { store } = await openRoom(way.url);
    way.freeze();
    const asked = store.read(keyOf(c1)).catch(() => undefined);
    await expect.poll(way.held).toBeGreaterThan(0);
    const begun = performance.now();
    await store.close();
    expect(performance.now() - begun).toBeLessThan(2000);
    way.thaw();
    await asked;
  });
});

/** Ends the connections that others have to a database. */
function endOthers(url: string): string {
  return `select pg_terminate_backend(pid) from pg_stat_activity
    where datname = '${new URL(url).pathname.slice(1)}' and pid <> pg_backend_pid()`;
}

describe.skipIf(!POSTGRES)("A store in PostgreSQL whose connections break", () => {
  it("reads and begins transactions as if nothing had been", async () => {
    const place = await makeDatabase();
    const { store } = await openRoom(place);
    await Promise.all(Array.from({ length: 5 }, () => countUp(store, { workspace: CONTOSO, id: "c1" })));
    for (let times = 0; times < 5; times++) {
      await ask(POSTGRES ?? "", endOthers(place));
      const all = Array.from({ length: 8 }, () => store.read({ workspace: CONTOSO, id: "c1" }));
      for (const connector of await Promise.all(all)) expect(connector?.revision).toBe(5);
    }
  });

  it("never lets the program end, whoever has the connection in hand, and loses no change it has acknowledged", async () => {
    const place = await makeDatabase();
    const { store } = await openRoom(place);
    const key = { workspace: CONTOSO, id: "c1" };
    let [acknowledged, asked] = [0, 0];
    const failures: unknown[] = [];
    let working = true;
    const work = Array.from({ length: 6 }, async () => {
      while (working) {
        asked++;
        await countUp(store, key).then(
          () => acknowledged++,
          (error: unknown) => failures.push(error),
        );
      }
    });
    for (let times = 0; times < 10; times++) {
      const before = acknowledged;
      await expect.poll(() => acknowledged).toBeGreaterThan(before + 5);
      await ask(POSTGRES ?? "", endOthers(place));
    }
    working = false;
    await Promise.all(work);
    for (const failure of failures) {
      expect(failure).toBeInstanceOf(StoreError);
      expect(failure).toMatchObject({ reason: "unreachable" });
    }
    const stored = (await store.read(key))?.revision ?? 0;
    expect(stored).toBeGreaterThanOrEqual(acknowledged);
    expect(stored).toBeLessThanOrEqual(asked);
  });
});

describe.skipIf(!POSTGRES)("A store in PostgreSQL", () => {
  it("lies in the schema that the URL names, beside others", async () => {
    const place = await makeDatabase();
    await ask(place, "create schema one; create schema two");
    const rooms = [];
    for (const schema of ["one", "two", "public"]) {
      rooms.push(await openRoom(urlWith(place, {}, { options: `-c search_path=${schema}` })));
    }
    const [one, two, last] = rooms;
    if (!one || !two || !last) throw new Error("not opened");
    await keep(one.store, c1);
    expect(await two.store.list(CONTOSO)).toEqual([]);
    expect(await last.store.list(CONTOSO)).toEqual([]);
    for (const schema of ["one", "two", "public"]) {
      expect(await ask(place, `select name from ${schema}.kysely_migration order by 1`)).toEqual(
        Object.keys(MIGRATIONS).map((name) => ({ name })),
      );
    }
  });

  it("is named without its password, whatever it is asked", async () => {
    const place = await makeDatabase();
    const { store } = await openRoom(urlWith(place, { password: "secret" }));
    await store.close();
    const failure = await failureOf(store.list(CONTOSO));
    const { host, pathname } = new URL(place);
    expect(failure.message).toContain(`${host}${pathname} is closed`);
    expect(JSON.stringify([failure, failure.cause, failure.stack])).not.toMatch(/secret/);
  });
});

describe.skipIf(!POSTGRES || !findPrograms())("A PostgreSQL that is killed", () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer("-c max_connections=8");
  });
  afterAll(() => server?.remove());

  it("fails what is asked meanwhile with a sentence, and is found again by the same process, with all that was acknowledged", async () => {
    const { store, shelf, turnstile } = await openRoom(server.url);
    await keep(store, c1);
    for (const end of [server.kill, server.stop]) {
      await shelf("settings").set("T1", "kept");
      const kept = await countUp(store, keyOf(c1));
      await end();
      for (let times = 0; times < 2; times++) {
        const failures = await Promise.all(
          [
            store.read(keyOf(c1)),
            countUp(store, keyOf(c1)),
            store.claimDue(MONDAY, 1, 1000),
            store.now(),
            shelf("settings").get("T1"),
            turnstile.take("C1", { every: 1000, burst: 1 }, MONDAY, 0),
          ].map(failureOf),
        );
        for (const failure of failures) {
          expect(failure).toMatchObject({
            reason: "unreachable",
            message: expect.stringMatching(/refuses|ended|cannot be reached/),
          });
        }
      }
      expect(await failureToOpen(server.url)).toMatchObject({ reason: "unreachable" });
      await server.start();
      expect(await store.read(keyOf(c1))).toEqual(kept.next);
      expect(await shelf("settings").get("T1")).toBe("kept");
    }
    expect(await store.claimDue(MONDAY, 1, 1000)).toHaveLength(1);
    expect(await countUp(store, keyOf(c1))).toMatchObject({ next: { evidence: { connections: 3 } } });
  });

  it("takes no more connections than it may, and says so", async () => {
    const { store } = await openRoom(server.url);
    const clients: pg.Client[] = [];
    for (let isFull = false; !isFull; ) {
      const client = new pg.Client(server.url);
      client.on("error", () => undefined);
      isFull = await client.connect().then(
        () => !clients.push(client),
        () => true,
      );
    }
    expect(await failureToOpen(server.url)).toMatchObject({
      reason: "busy",
      message: expect.stringMatching(/max_connections/),
    });
    // What it has open goes on.
    expect((await store.now())?.isValid).toBe(true);
    await Promise.all(clients.map((client) => client.end()));
    await openRoom(server.url);
  });
});
