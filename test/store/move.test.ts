import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { moveStore } from "../../adapters/moving.ts";
import type { WorkspaceId } from "../../src/incoming.ts";
import { StoreError } from "../../src/ports.ts";
import { openStore } from "../../src/store/sql-store.ts";
import { ask, POSTGRES } from "../postgres.ts";
import { makeFolder } from "./folder.ts";
import { makeDatabase } from "./places.ts";
import { CONTOSO, FABRIKAM, handClock, isoOf, keep, MONDAY, sampleConnector } from "./sample.ts";

const TABLES = ["connector", "seen", "shelf", "digest", "turn"];
const CONNECTORS = 450;

/** A file with something in every column of every table, and more than one batch of connectors. */
async function fillFile(): Promise<string> {
  const path = join(makeFolder(), "store.db");
  const { store, shelf, turnstile } = await openStore(path, handClock());
  for (let index = 0; index < CONNECTORS; index++) {
    const name = `Zoë's "Connector" ${index} 🧾\n発票 \\ ${"x".repeat(index)}`;
    await keep(store, sampleConnector({ id: `c${index}`, name, dueAt: isoOf(MONDAY.plus(index)) }));
  }
  const waitingSince = isoOf(MONDAY.minus(1));
  await keep(store, sampleConnector({ id: "waiting", workspace: FABRIKAM, waitingSince }));
  await keep(store, sampleConnector({ id: "left", untrackedAt: waitingSince }));
  await store.claimDue(MONDAY.plus(5), 3, 60_000);
  await store.firstSight(`${CONTOSO}/d1`, MONDAY, 60_000);
  await store.planDigest(FABRIKAM, MONDAY);
  await shelf("zones").set("U1", "Asia/Kolkata", 60_000);
  await shelf("").set("settings", { nested: ["\0", null, 'it\'s "quoted"'] });
  await turnstile.take("slack C1", { every: 1000, burst: 1 }, MONDAY, 0);
  await store.close();
  return path;
}

/** Every row of every table, in no order. */
function rowsIn(path: string): Record<string, unknown[]> {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    return Object.fromEntries(
      TABLES.map((table) => [
        table,
        database
          .prepare(`SELECT * FROM ${table}`)
          .all()
          .map((row) => ({ ...row })),
      ]),
    );
  } finally {
    database.close();
  }
}

async function rowsAt(url: string): Promise<Record<string, unknown[]>> {
  const tables = [];
  for (const table of TABLES) {
    const rows = await ask(url, `select row_to_json(${table}) as row from ${table}`);
    tables.push([table, rows.map(({ row }) => row)]);
  }
  return Object.fromEntries(tables);
}

function sorted(tables: Record<string, unknown[]>): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(tables).map(([table, rows]) => [
      table,
      rows.map((row) => JSON.stringify(Object.entries(row as object).sort())).sort(),
    ]),
  );
}

function edit(path: string, statements: string): void {
  const database = new DatabaseSync(path);
  database.exec(statements);
  database.close();
}

async function refusal(from: string, to: string): Promise<StoreError> {
  const failure = await moveStore(from, to, () => undefined).catch((error: unknown) => error);
  if (!(failure instanceof StoreError)) throw new Error("it was no StoreError", { cause: failure });
  return failure;
}

describe.skipIf(!POSTGRES)("Moving a SQLite file into PostgreSQL", () => {
  it("brings every row of every table, and says so", async () => {
    const path = await fillFile();
    const url = await makeDatabase();
    const said: string[] = [];
    await moveStore(`sqlite:${path}`, url, (line) => said.push(line));
    expect(sorted(await rowsAt(url))).toEqual(sorted(rowsIn(path)));
    for (const rows of Object.values(await rowsAt(url))) expect(rows.length).toBeGreaterThan(0);
    expect(said).toContain(`connector: ${CONNECTORS + 2} rows compared`);
    expect(said).toContain("digest: 1 row copied");
    expect(said.join()).not.toContain("postgres@");

    const { store, shelf } = await openStore(url, handClock());
    expect(await store.list(CONTOSO)).toHaveLength(CONNECTORS + 1);
    expect(await store.firstSight(`${CONTOSO}/d1`, MONDAY, 60_000)).toBe(false);
    expect(await shelf("zones").get("U1")).toBe("Asia/Kolkata");
    expect(await shelf("").get("settings")).toEqual({ nested: ["\0", null, 'it\'s "quoted"'] });
    await store.close();
  });

  it("refuses a database that holds anything, and leaves it as it was", async () => {
    const path = await fillFile();
    const url = await makeDatabase();
    const { store, turnstile } = await openStore(url, handClock());
    await turnstile.take("slack C1", { every: 1000, burst: 1 }, MONDAY, 0);
    await store.close();
    const before = await rowsAt(url);
    expect(await refusal(path, url)).toMatchObject({
      reason: "not-ours",
      message: expect.stringMatching(/not empty/),
    });
    expect(await rowsAt(url)).toEqual(before);
  });

  it("leaves the database empty when a row cannot be kept, after thousands were", async () => {
    const path = await fillFile();
    const database = new DatabaseSync(path);
    database.prepare("INSERT INTO turn VALUES (?, 1)").run("slack\0C1");
    database.close();
    const url = await makeDatabase();
    expect(await refusal(path, url)).toMatchObject({
      reason: "damaged",
      message: expect.stringMatching(/table turn.*NUL/),
    });
    expect(Object.values(await rowsAt(url)).flat()).toEqual([]);
    expect(rowsIn(path).connector).toHaveLength(CONNECTORS + 2);
  });

  it.each([
    ["changes a row", "new.record := replace(new.record, '99.95', '99.96'); return new;"],
    ["loses a row", "if new.id = 'c7' then return null; end if; return new;"],
    ["adds a row", "if new.id = 'c7' then insert into digest values ('T-other', 1); end if; return new;"],
  ])("finds out when the database %s, and leaves it empty", async (_, does) => {
    const path = await fillFile();
    const url = await makeDatabase();
    await (await openStore(url, handClock())).store.close();
    await ask(
      url,
      `create function spoil() returns trigger language plpgsql as $$ begin ${does} end $$;
       create trigger spoiling before insert on connector for each row execute function spoil()`,
    );
    expect(await refusal(path, url)).toMatchObject({
      reason: "unwritable",
      message: expect.stringMatching(/did not keep/),
    });
    expect(Object.values(await rowsAt(url)).flat()).toEqual([]);
  });

  it("lets nobody write into the file meanwhile", async () => {
    const path = await fillFile();
    const url = await makeDatabase();
    const other = new DatabaseSync(path);
    const refused: unknown[] = [];
    await moveStore(path, url, (line) => {
      if (!/ rows? (?:copied|compared)$/.test(line)) return;
      try {
        other.exec("DELETE FROM connector");
      } catch (error) {
        refused.push(`${error}`);
      }
    });
    expect(refused).toEqual(Array(2 * TABLES.length).fill("Error: database is locked"));
    other.close();
  });

  it("leaves a file that another program is writing into, and says so", async () => {
    const path = await fillFile();
    const url = await makeDatabase();
    const other = new DatabaseSync(path);
    other.exec("BEGIN IMMEDIATE");
    expect(await refusal(path, url)).toMatchObject({
      reason: "busy",
      message: expect.stringMatching(/locked/),
    });
    other.close();
    expect(await ask(url, "select 1 from pg_tables where schemaname = 'public'")).toEqual([]);
  });

  it("names a file that is not there, which is not made, and a place that is no PostgreSQL", async () => {
    const path = join(makeFolder(), "none.db");
    expect((await refusal(path, "postgres://127.0.0.1/x")).message).toContain(path);
    expect((await refusal(path, "postgres://127.0.0.1/x")).message).toMatch(/no file/);
    const there = await fillFile();
    expect((await refusal(there, join(makeFolder(), "other.db"))).message).toMatch(/PostgreSQL only/);
  });

  it.each<[string, (path: string) => void]>([
    ["of no byte", (path) => writeFileSync(path, "")],
    ["of another program", (path) => edit(path, "CREATE TABLE connector (song TEXT)")],
    ["that is no database", (path) => writeFileSync(path, "songs".repeat(1000))],
  ])("refuses a file %s, and changes neither it nor the database", async (_, make) => {
    const path = join(makeFolder(), "other.db");
    make(path);
    const before = readFileSync(path);
    const url = await makeDatabase();
    const { reason, message } = await refusal(path, url);
    expect([reason, message]).toEqual(["not-ours", expect.stringContaining(path)]);
    expect(readFileSync(path).equals(before)).toBe(true);
    expect(await ask(url, "select 1 from pg_tables where schemaname = 'public'")).toEqual([]);
  });

  it("leaves the file as it was, byte for byte, and nothing beside it or elsewhere", async () => {
    const path = await fillFile();
    const before = readFileSync(path);
    const beside = readdirSync(dirname(path));
    const elsewhere = makeFolder();
    vi.stubEnv("TMPDIR", elsewhere);
    onTestFinished(() => void vi.unstubAllEnvs());
    await moveStore(path, await makeDatabase(), () => undefined);
    expect(readFileSync(path).equals(before)).toBe(true);
    expect(readdirSync(dirname(path))).toEqual(beside);
    expect(readdirSync(elsewhere)).toEqual([]);
  });

  it("brings the schema of an older version up to date in the database alone", async () => {
    const path = await fillFile();
    edit(
      path,
      `DROP TABLE turn; DROP TABLE digest; DROP INDEX connector_waiting; DROP INDEX connector_due;
       ALTER TABLE connector DROP COLUMN waiting_since;
       CREATE INDEX connector_due ON connector (due_at) WHERE due_at IS NOT NULL;
       DELETE FROM kysely_migration WHERE name LIKE '003%'`,
    );
    const before = readFileSync(path);
    const url = await makeDatabase();
    await moveStore(path, url, () => undefined);
    expect((await rowsAt(url)).connector).toHaveLength(CONNECTORS + 2);
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  it("brings what a program that was killed has left in the file's log", async () => {
    const path = await fillFile();
    const running = new DatabaseSync(path);
    running.exec("INSERT INTO digest VALUES ('T-late', 1)");
    const url = await makeDatabase();
    await moveStore(path, url, () => undefined);
    expect((await rowsAt(url)).digest).toContainEqual({ workspace: "T-late", due_at: 1 });
    running.close();
  });

  it("repeats no part of what is no file's name", async () => {
    const { message } = await refusal("postgres://ana:hunter22@db.example.com/x", await makeDatabase());
    expect(message).not.toContain("hunter22");
  });

  it("moves a workspace of any name", async () => {
    const path = join(makeFolder(), "store.db");
    const { store } = await openStore(path, handClock());
    const workspace = "T/%_'\"\\ – 発票" as WorkspaceId;
    const kept = await keep(store, sampleConnector({ id: "c1", workspace }));
    await store.close();
    const url = await makeDatabase();
    await moveStore(path, url, () => undefined);
    const moved = await openStore(url, handClock());
    expect(await moved.store.list(workspace)).toEqual([kept]);
    await moved.store.close();
  });
});
