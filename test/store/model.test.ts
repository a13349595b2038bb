import fc from "fast-check";
import type { DateTime } from "luxon";
import { describe, expect, it } from "vitest";
import type { WorkspaceId } from "../../src/incoming.ts";
import { type Connector, foldName } from "../../src/lifecycle/connector.ts";
import { NameTaken, type Store } from "../../src/ports.ts";
import { openStore } from "../../src/store/sql-store.ts";
import { POSTGRES } from "../postgres.ts";
import { shareDatabase } from "./places.ts";
import { CONTOSO, decideOn, FABRIKAM, handClock, isoOf, keep, MONDAY, sampleConnector } from "./sample.ts";

/** The store as a Map would do it: the plainest reading of the port. Moments are minutes after Monday, 10:00 UTC. */
interface Model {
  now: number;
  rows: Map<string, Row>;
  /** Delivery → when it is forgotten. */
  seen: Map<string, number>;
}
interface Row {
  connector: Connector;
  due: number | undefined;
  leasedUntil: number;
}
type Step = fc.AsyncCommand<Model, Store>;

const LEASE = 4;
const KEEP = 5;

function at(minutes: number): DateTime {
  return MONDAY.plus({ minutes });
}

function rowsOf(model: Model, workspace: WorkspaceId): Row[] {
  return [...model.rows.values()].filter(({ connector }) => connector.workspace === workspace);
}

function show({ connector, due }: Row): Connector {
  return due === undefined ? connector : { ...connector, dueAt: isoOf(at(due)) };
}

function makeStep(name: string, run: (model: Model, store: Store) => Promise<void>): Step {
  return { check: () => true, run, toString: () => name };
}

function change(
  workspace: WorkspaceId,
  id: string,
  name: string,
  due: number | undefined,
  followed: boolean,
) {
  return makeStep(`change ${workspace} ${id} ${name} ${due} ${followed}`, async (model, store) => {
    const before = model.rows.get(`${workspace} ${id}`);
    const revision = (before?.connector.revision ?? 0) + 1;
    const connector = sampleConnector({ workspace, id, name, revision });
    if (!followed) connector.untrackedAt = isoOf(MONDAY);
    const isMoved = before?.due !== due;
    const leasedUntil = before && !isMoved ? before.leasedUntil : Number.NEGATIVE_INFINITY;
    const row: Row = { connector, due, leasedUntil };
    const taken = rowsOf(model, workspace).some(
      (other) =>
        other.connector.id !== id &&
        other.connector.name === name &&
        !other.connector.untrackedAt &&
        followed,
    );
    const asked = keep(store, { ...show(row), revision: 99 });
    if (taken) {
      await expect(asked).rejects.toBeInstanceOf(NameTaken);
    } else {
      expect(await asked).toEqual(show(row));
      model.rows.set(`${workspace} ${id}`, row);
    }
  });
}

function remove(workspace: WorkspaceId, id: string) {
  return makeStep(`remove ${workspace} ${id}`, async (model, store) => {
    model.rows.delete(`${workspace} ${id}`);
    await store.change({ workspace, id }, () => decideOn("removed"));
  });
}

function claim(limit: number) {
  return makeStep(`claim ${limit}`, async (model, store) => {
    const rows = [...model.rows.values()].filter(
      ({ due, leasedUntil }) => due !== undefined && due <= model.now && leasedUntil <= model.now,
    );
    rows.sort((a, b) => (a.due ?? 0) - (b.due ?? 0));
    const claimed = await store.claimDue(at(model.now), limit, LEASE * 60_000);
    // Which of several that are due in the same minute come first is nobody's promise: compared by moment.
    const expected = rows.slice(0, limit);
    expect(claimed.map(({ dueAt }) => dueAt)).toEqual(expected.map((row) => show(row).dueAt));
    for (const connector of claimed) {
      const row = rows.find(
        (one) => one.connector.id === connector.id && one.connector.workspace === connector.workspace,
      );
      expect(connector).toEqual(row && show(row));
      if (row) row.leasedUntil = model.now + LEASE;
    }
  });
}

function wake(workspace: WorkspaceId, minutes: number) {
  return makeStep(`wake ${workspace} ${minutes}`, async (model, store) => {
    for (const row of rowsOf(model, workspace)) row.due = Math.min(row.due ?? minutes, minutes);
    await store.wake(workspace, at(minutes));
  });
}

function forget(workspace: WorkspaceId) {
  return makeStep(`forget ${workspace}`, async (model, store) => {
    for (const { connector } of rowsOf(model, workspace)) model.rows.delete(`${workspace} ${connector.id}`);
    await store.forget(workspace);
  });
}

function see(delivery: string) {
  return makeStep(`see ${delivery}`, async (model, store) => {
    const fresh = (model.seen.get(delivery) ?? model.now) <= model.now;
    if (fresh) model.seen.set(delivery, model.now + KEEP);
    expect(await store.firstSight(delivery, at(model.now), KEEP * 60_000)).toBe(fresh);
  });
}

function passTime(minutes: number) {
  return makeStep(`pass ${minutes}`, async (model) => {
    model.now += minutes;
  });
}

function look(workspace: WorkspaceId, folded: string[]) {
  return makeStep(`look ${workspace} ${folded}`, async (model, store) => {
    const rows = rowsOf(model, workspace);
    const byId = (a: { id: string }, b: { id: string }) => a.id.localeCompare(b.id);
    expect((await store.list(workspace)).sort(byId)).toEqual(rows.map(show).sort(byId));
    const names = rows
      .filter(({ connector }) => connector.untrackedAt === undefined)
      .map(({ connector: { id, name } }) => ({ id, name }))
      .sort(byId);
    expect((await store.names(workspace)).sort(byId)).toEqual(names);
    const found = names.filter(({ name }) => folded.includes(foldName(name)));
    expect((await store.find(workspace, folded)).sort(byId)).toEqual(found);
    const due = [...model.rows.values()].flatMap((row) => row.due ?? []);
    const first = due.length === 0 ? undefined : at(Math.min(...due)).toMillis();
    expect((await store.nextDue())?.toMillis()).toBe(first);
  });
}

const workspaces = fc.constantFrom(CONTOSO, FABRIKAM);
const ids = fc.constantFrom("c1", "c2", "c3", "c4");
const names = fc.constantFrom("Invoices", "INVOICES", "invoices ", "Payroll");
const moments = fc.integer({ min: -5, max: 20 });
const changes = fc
  .tuple(workspaces, ids, names, fc.option(moments, { nil: undefined }), fc.boolean())
  .map((parts) => change(...parts));

/** Whether a sequence of steps does to the store what it does to the model, for `numRuns` sequences; `open` opens an empty store. */
async function compare(open: () => Promise<Store>, numRuns: number): Promise<void> {
  const steps = fc.commands(
    [
      changes,
      changes,
      changes,
      fc.tuple(workspaces, ids).map((parts) => remove(...parts)),
      fc.integer({ min: 1, max: 3 }).map(claim),
      fc.integer({ min: 1, max: 3 }).map(claim),
      fc.tuple(workspaces, moments).map((parts) => wake(...parts)),
      workspaces.map(forget),
      fc.constantFrom("d1", "d2").map(see),
      fc.integer({ min: 0, max: 6 }).map(passTime),
      fc.tuple(workspaces, fc.subarray(["invoices", "payroll", "travel"])).map((parts) => look(...parts)),
    ],
    { maxCommands: 60, size: "max" },
  );
  await fc.assert(
    fc.asyncProperty(steps, async (sequence) => {
      const store = await open();
      const model: Model = { now: 0, rows: new Map(), seen: new Map() };
      try {
        await fc.asyncModelRun(() => ({ model, real: store }), sequence);
        await look(CONTOSO, ["invoices"]).run(model, store);
        await look(FABRIKAM, ["invoices"]).run(model, store);
      } finally {
        await store.close();
      }
    }),
    { seed: 20260302, numRuns },
  );
}

describe("A store behaves as a plain map of connectors would, whatever happens in whatever order", () => {
  it("in SQLite", () => compare(async () => (await openStore(":memory:", handClock())).store, 150));

  describe.skipIf(!POSTGRES)("where there is a PostgreSQL", () => {
    const empty = shareDatabase();
    it("in PostgreSQL", () => compare(async () => (await openStore(await empty(), handClock())).store, 40));
  });
});
