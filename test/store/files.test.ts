import { closeSync, openSync, readFileSync, statSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { sql } from "kysely";
import { Migrator } from "kysely/migration";
import { describe, expect, it } from "vitest";
import { StoreError } from "../../src/ports.ts";
import { SqlShelf } from "../../src/store/keyv-sql.ts";
import { APPLICATION_ID, explainFailure, openSqlite } from "../../src/store/node-sqlite.ts";
import { MIGRATIONS } from "../../src/store/schema.ts";
import { openStore } from "../../src/store/sql-store.ts";
import { makeFolder } from "./folder.ts";
import { CONTOSO, decideOn, handClock, isoOf, keep, keyOf, MONDAY, sampleConnector } from "./sample.ts";

const clock = handClock();

/** Opens the store, reads it whole, and returns what it says is wrong. */
async function failureOf(url: string): Promise<StoreError> {
  const failure = await readAll(url).catch((error: unknown) => error);
  if (!(failure instanceof StoreError)) throw new Error(`no StoreError: ${failure}`);
  return failure;
}

async function readAll(url: string): Promise<void> {
  const { store } = await openStore(url, clock);
  try {
    await store.list(CONTOSO);
  } finally {
    await store.close();
  }
}

/** A store with some connectors in it, closed. */
async function makeStore(count = 1): Promise<string> {
  const path = join(makeFolder(), "store.db");
  const { store } = await openStore(path, clock);
  for (let index = 0; index < count; index++) {
    await keep(store, sampleConnector({ id: `c${index}`, dueAt: isoOf(MONDAY.plus(index)) }));
  }
  await store.close();
  return path;
}

function edit(path: string, statement: string): void {
  const database = new DatabaseSync(path);
  database.exec(statement);
  database.close();
}

describe("A store is opened", () => {
  it("from sqlite:PATH, from a plain path, and with the folders it lacks", async () => {
    const path = join(makeFolder(), "not", "there", "yet.db");
    const first = await openStore(`sqlite:${path}`, clock);
    const stored = await keep(first.store, sampleConnector({ id: "c1" }));
    await first.store.close();
    for (const url of [path, `sqlite:${path}`, `sqlite://${path}`]) {
      const { store } = await openStore(url, clock);
      expect(await store.list(CONTOSO)).toEqual([stored]);
      await store.close();
    }
  });

  it("in memory, each on its own", async () => {
    const [one, two] = await Promise.all([openStore(":memory:", clock), openStore("sqlite::memory:", clock)]);
    await keep(one.store, sampleConnector({ id: "c1" }));
    expect(await two.store.list(CONTOSO)).toEqual([]);
  });

  it("at once by several that all find no file", async () => {
    const path = join(makeFolder(), "store.db");
    const rooms = await Promise.all(Array.from({ length: 5 }, () => openStore(path, clock)));
    await Promise.all(rooms.map(({ store }, index) => keep(store, sampleConnector({ id: `c${index}` }))));
    expect(await rooms[0]?.store.list(CONTOSO)).toHaveLength(5);
    await Promise.all(rooms.map(({ store }) => store.close()));
  });

  it("from an older version, keeping what is in it", async () => {
    const path = join(makeFolder(), "store.db");
    const engine = openSqlite(path);
    const oldest = Object.fromEntries(Object.entries(MIGRATIONS).slice(0, 1));
    await engine.whileAlone(async () => {
      await new Migrator({
        db: engine.db,
        provider: { getMigrations: async () => oldest },
      }).migrateToLatest();
    });
    const kept = sampleConnector({ id: "c1", revision: 3 });
    const record = JSON.stringify(kept);
    await engine.db
      .insertInto("connector")
      .values({ ...keyOf(kept), name: kept.name, name_key: "x", revision: 3, untracked: 0, record })
      .execute();
    await engine.close();
    const { store, shelf } = await openStore(path, clock);
    expect(await store.list(CONTOSO)).toEqual([kept]);
    expect(await store.firstSight("d1", MONDAY, 1000)).toBe(true);
    expect(await shelf("settings").set("T1", 1)).toBe(true);
    await store.close();
  });

  it("from a file that is ours and still empty", async () => {
    const path = join(makeFolder(), "store.db");
    edit(path, `PRAGMA application_id = ${APPLICATION_ID}`);
    await expect(readAll(path)).resolves.toBeUndefined();
  });
});

describe("A store says what is wrong, where, and what to do, when", () => {
  it("another database is asked for, without repeating its password", async () => {
    const failure = await failureOf("mysql://shepherd:secret@db.example.com/shepherd");
    expect(failure.message).toMatch(/named in no way.*postgres:.*sqlite:PATH/);
    expect(failure.message).not.toMatch(/secret/);
    expect((await failureOf("sqlite:")).message).toMatch(/names no database/);
  });

  it.each([
    ["the path is a folder", (folder: string) => folder],
    ["the path is below a file", (folder: string) => join(folder, "file", "store.db")],
    ["no folder can be made there", () => "/proc/shepherd/store.db"],
  ])("%s", async (_, pathIn) => {
    const folder = makeFolder();
    writeFileSync(join(folder, "file"), "");
    const path = pathIn(folder);
    const failure = await failureOf(path);
    expect(failure.reason).toBe("unwritable");
    expect(failure.message).toContain(path);
    expect(failure.message).toMatch(/DATABASE_URL/);
  });

  it("the file may only be read", () => {
    const path = join(makeFolder(), "store.db");
    edit(path, "CREATE TABLE t (x)");
    const readOnly = new DatabaseSync(path, { readOnly: true });
    const failure = explainFailureOf(() => readOnly.exec("BEGIN IMMEDIATE; DELETE FROM t"), path);
    expect(failure).toMatchObject({
      reason: "unwritable",
      message: expect.stringMatching(/can be read but not written/),
    });
    readOnly.close();
  });

  it("the file is no database, which is then left as it was", async () => {
    const path = join(makeFolder(), "notes.txt");
    const notes = "Remember the milk. ".repeat(500);
    writeFileSync(path, notes);
    const failure = await failureOf(path);
    expect(failure).toMatchObject({
      reason: "not-ours",
      message: expect.stringMatching(/is not a database/),
    });
    expect(failure.message).toContain(path);
    expect(readFileSync(path, "utf8")).toBe(notes);
  });

  it.each([
    ["another program's", "CREATE TABLE song (title)"],
    ["marked as another program's", "PRAGMA application_id = 77"],
  ])("the database is %s, which is then left as it was", async (_, statement) => {
    const path = join(makeFolder(), "songs.db");
    edit(path, statement);
    const before = readFileSync(path);
    expect(await failureOf(path)).toMatchObject({
      reason: "not-ours",
      message: expect.stringMatching(/another program/),
    });
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  it("a newer version has written it", async () => {
    const path = await makeStore();
    edit(path, "INSERT INTO kysely_migration VALUES ('999-someday', '2030-01-01T00:00:00.000Z')");
    const failure = await failureOf(path);
    expect(failure).toMatchObject({
      reason: "newer-schema",
      message: expect.stringMatching(/newer version/),
    });
    expect(failure.message).toContain(path);
  });

  it.each([2, 0.25, 0.5, 0.75])("its pages are damaged from %s on", async (from) => {
    const path = await makeStore(200);
    const { size } = statSync(path);
    const start = from === 2 ? 4096 : Math.floor((size * from) / 4096) * 4096;
    const file = openSync(path, "r+");
    writeSync(file, Buffer.alloc(size - start, 0xfe), 0, size - start, start);
    closeSync(file);
    const failure = await failureOf(path);
    expect(failure).toMatchObject({
      reason: "damaged",
      message: expect.stringMatching(/restore the (file|store) from a backup/),
    });
    expect(failure.message).toContain(path);
  });

  it("a table of it is gone", async () => {
    const path = await makeStore();
    edit(path, "DROP TABLE connector");
    expect(await failureOf(path)).toMatchObject({ reason: "damaged" });
  });

  it.each([
    ["is cut off", "substr(record, 1, 40)"],
    ["lacks a part", "json_remove(record, '$.owner')"],
    ["has a part of another kind", "json_set(record, '$.moves', 'blue')"],
    ["is another's", "json_set(record, '$.id', 'c9')"],
  ])("a record %s, naming the connector", async (_, broken) => {
    const path = await makeStore(3);
    edit(path, `UPDATE connector SET record = ${broken} WHERE id = 'c1'`);
    const { store } = await openStore(path, clock);
    const c1 = { workspace: CONTOSO, id: "c1" };
    for (const ask of [
      () => store.list(CONTOSO),
      () => store.read(c1),
      () => store.change(c1, () => decideOn()),
      () => store.claimDue(MONDAY.plus(10), 10, 1000),
    ]) {
      const failure = await ask().catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(StoreError);
      expect(failure).toMatchObject({
        reason: "damaged",
        message: expect.stringMatching(/The connector c1 of workspace T-contoso/),
      });
    }
    await store.close();
  });

  it("a record was spoiled after it had been read", async () => {
    const path = await makeStore();
    const { store } = await openStore(path, clock);
    await store.list(CONTOSO);
    edit(path, "UPDATE connector SET record = replace(record, 'submitted', 'sublimated')");
    await expect(store.list(CONTOSO)).rejects.toMatchObject({ reason: "damaged" });
    await store.close();
  });

  it("somebody keeps it locked", async () => {
    const path = await makeStore();
    const engine = openSqlite(path, 1);
    const other = new DatabaseSync(path);
    other.exec("BEGIN IMMEDIATE");
    const failure = await engine.db
      .deleteFrom("connector")
      .execute()
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(StoreError);
    expect(failure).toMatchObject({ reason: "busy", message: expect.stringMatching(/locked/) });
    other.close();
    await engine.close();
  });

  it("the disk is full, and goes on when there is room again", async () => {
    const path = await makeStore();
    const engine = openSqlite(path);
    const shelf = new SqlShelf(engine, clock);
    await sql`pragma max_page_count = 20`.execute(engine.db);
    const failure = await shelf.set("large", "x".repeat(1e6)).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(StoreError);
    expect(failure).toMatchObject({ reason: "unwritable", message: expect.stringMatching(/disk is full/) });
    await sql`pragma max_page_count = 100000`.execute(engine.db);
    expect(await shelf.set("large", "x".repeat(1e6))).toBe(true);
    await engine.close();
  });
});

it("One damaged record does not keep other connectors from their reminders", async () => {
  const path = await makeStore(3);
  edit(path, "UPDATE connector SET record = '{' WHERE id = 'c0'");
  const { store } = await openStore(path, clock);
  await expect(store.claimDue(MONDAY.plus(10), 10, 1000)).rejects.toMatchObject({ reason: "damaged" });
  const claimed = await store.claimDue(MONDAY.plus(11), 10, 1000);
  expect(claimed.map(({ id }) => id)).toEqual(["c1", "c2"]);
  await expect(store.claimDue(MONDAY.plus(1010), 10, 1000)).rejects.toMatchObject({ reason: "damaged" });
  await store.close();
});

it("Finding what is due uses the index, however many connectors there are", async () => {
  const path = await makeStore();
  const engine = openSqlite(path);
  const { rows } = await sql<{ detail: string }>`explain query plan
    select workspace, id from connector where due_at <= 1 and (lease_until is null or lease_until <= 1)
    order by due_at limit 10`.execute(engine.db);
  expect(rows.map(({ detail }) => detail)).toEqual(["SEARCH connector USING INDEX connector_due (due_at<?)"]);
  await engine.close();
});

it("Deliveries and values whose time is over do not pile up", async () => {
  const path = await makeStore();
  const time = handClock();
  const { store, shelf } = await openStore(path, time);
  await store.firstSight("old", time.now(), 1000);
  await shelf("choices").set("old", 1, 1000);
  time.move(1000);
  for (let index = 0; index < 500; index++) {
    await store.firstSight(`new${index}`, time.now(), 1000);
    await shelf("choices").set("new", index);
  }
  await store.close();
  const database = new DatabaseSync(path);
  expect(database.prepare("SELECT id FROM seen WHERE id = 'old'").all()).toEqual([]);
  expect(database.prepare("SELECT key FROM shelf").all()).toMatchObject([{ key: "new" }]);
  database.close();
});

function explainFailureOf(work: () => void, file: string): unknown {
  try {
    work();
  } catch (error) {
    return explainFailure(error, file);
  }
  return undefined;
}
