import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setImmediate as turn } from "node:timers/promises";
import { expect, it, onTestFinished } from "vitest";
import { StoreError } from "../../src/ports.ts";
import type { Engine } from "../../src/store/engine.ts";
import { openSqlite } from "../../src/store/node-sqlite.ts";
import { openStore, type StoreRoom } from "../../src/store/sql-store.ts";
import { makeFolder } from "./folder.ts";
import { CONTOSO, countUp, decideOn, handClock, keep, keyOf, MONDAY, sampleConnector } from "./sample.ts";

const HELD_MS = 1000;
const LONGEST_GAP_MS = 400;
const c1 = sampleConnector({ id: "c1", evidence: { connections: 0 } });

/** A store with one connector, and a second connection to its file that has just taken the lock. */
async function lockedRoom(): Promise<StoreRoom & { path: string; release(): void }> {
  const path = join(makeFolder(), "store.db");
  const room = await openStore(path, handClock());
  await keep(room.store, c1);
  const other = new DatabaseSync(path);
  other.exec("BEGIN IMMEDIATE");
  onTestFinished(async () => {
    other.close();
    await room.store.close();
  });
  return { ...room, path, release: () => other.exec("ROLLBACK") };
}

function openEngine(path: string, lockWait: number): Engine {
  const engine = openSqlite(path, lockWait);
  onTestFinished(() => engine.close());
  return engine;
}

/** What `work` comes to, how long that took, and the longest time in which nothing else had its turn. */
async function watch<T>(work: () => Promise<T>): Promise<{ result: T; took: number; longestGap: number }> {
  const began = performance.now();
  let longestGap = 0;
  let working = true;
  const watching = (async () => {
    for (let last = began; working; last = performance.now()) {
      await turn();
      longestGap = Math.max(longestGap, performance.now() - last);
    }
  })();
  try {
    const result = await work();
    return { result, took: performance.now() - began, longestGap };
  } finally {
    working = false;
    await watching;
  }
}

/** Every way to write, none of which is done by the others. */
const WAYS: [string, (engine: Engine) => Promise<unknown>][] = [
  ["a query", ({ db }) => db.deleteFrom("connector").execute()],
  [
    "a change",
    ({ db, readThenWrite }) => readThenWrite(oneConnector(db), () => removal(db).compile(), false),
  ],
  [
    "a change alone",
    ({ db, readThenWrite }) => readThenWrite(oneConnector(db), () => removal(db).compile(), true),
  ],
  ["a light write", ({ db, writeLightly }) => writeLightly(removal(db).compile())],
  ["a migration", ({ whileAlone, db }) => whileAlone(async () => void (await removal(db).execute()))],
];

function oneConnector(db: Engine["db"]) {
  return db.selectFrom("connector").selectAll().compile();
}

function removal(db: Engine["db"]) {
  return db.deleteFrom("connector").where("id", "=", "c1");
}

it("What is written while another program has the lock waits for it, and the rest of the program goes on", async () => {
  const { store, shelf, release } = await lockedRoom();
  setTimeout(release, HELD_MS);
  const { took, longestGap } = await watch(async () => {
    const writes = Promise.all([
      countUp(store, keyOf(c1)),
      shelf("settings").set("T1", "set"),
      store.firstSight("d1", MONDAY, 1000),
      store.claimDue(MONDAY, 1, 1000),
      ...Array.from({ length: 100 }, (_, index) => shelf("burst").set(`${index}`, index)),
    ]);
    const { took } = await watch(() => store.read(keyOf(c1)));
    expect(took).toBeLessThan(HELD_MS / 2);
    await writes;
  });
  expect(took).toBeGreaterThan(HELD_MS * 0.9);
  expect(longestGap).toBeLessThan(LONGEST_GAP_MS);
  expect(await store.list(CONTOSO)).toMatchObject([{ evidence: { connections: 1 }, revision: 2 }]);
  expect(await shelf("settings").get("T1")).toBe("set");
  expect(await shelf("burst").get("99")).toBe(99);
  expect(await store.firstSight("d1", MONDAY, 1000)).toBe(false);
});

it.each(WAYS)("%s gets the lock when it is released", async (_, write) => {
  const { path, store, release } = await lockedRoom();
  release();
  const engine = openEngine(path, 5000);
  const other = new DatabaseSync(path);
  other.exec("BEGIN IMMEDIATE");
  setTimeout(() => other.close(), 200);
  const { longestGap } = await watch(() => write(engine));
  expect(longestGap).toBeLessThan(LONGEST_GAP_MS);
  expect(await store.list(CONTOSO)).toEqual([]);
});

it.each(WAYS)("%s that never gets the lock fails as busy, when its time is over", async (_, write) => {
  const { path, store, release } = await lockedRoom();
  release();
  const engine = openEngine(path, 300);
  const other = new DatabaseSync(path);
  onTestFinished(() => other.close());
  other.exec("BEGIN IMMEDIATE");
  // Each of them has its own time, and not what the others leave.
  const { result, took } = await watch(() =>
    Promise.allSettled(Array.from({ length: 20 }, () => write(engine))),
  );
  for (const one of result) {
    const failure = one.status === "rejected" && one.reason;
    expect(failure).toBeInstanceOf(StoreError);
    expect(failure).toMatchObject({
      reason: "busy",
      message: expect.stringMatching(/locked by another program for too long/),
    });
  }
  expect(took).toBeGreaterThan(290);
  expect(took).toBeLessThan(3000);
  expect(await store.list(CONTOSO)).toHaveLength(1);
});

it("A change that waits for the lock is not decided over and over", async () => {
  const { store, release } = await lockedRoom();
  setTimeout(release, 200);
  let decided = 0;
  await store.change(keyOf(c1), (current) => {
    decided++;
    return decideOn(current);
  });
  expect(decided).toBe(2);
});

it("What waits for the lock when the store is closed says that it is closed", async () => {
  const { store } = await lockedRoom();
  const counted = countUp(store, keyOf(c1)).catch((error: unknown) => error);
  await turn();
  await store.close();
  expect(await counted).toMatchObject({ reason: "unreachable", message: expect.stringMatching(/is closed/) });
});
