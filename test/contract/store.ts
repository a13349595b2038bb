import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { WorkspaceId } from "../../src/incoming.ts";
import type { Connector } from "../../src/lifecycle/connector.ts";
import { NameTaken, type Store, StoreError } from "../../src/ports.ts";
import {
  CONTOSO,
  countUp,
  decideOn,
  FABRIKAM,
  isoOf,
  keep,
  keyOf,
  MONDAY,
  sampleConnector,
} from "../store/sample.ts";

/** A fresh, empty database: every call opens one more store on it. `only`: it is told of what is due in this workspace alone. */
export type Connect = (only?: WorkspaceId) => Promise<Store>;

const LEASE = 60_000;

/** What every store must do. `open` makes a fresh database; `sharesTime`: it has a clock of its own. */
export function describeStore(name: string, open: () => Promise<Connect>, sharesTime: boolean): void {
  describe(`${name} as a store`, () => {
    const opened: Store[] = [];
    let store: Store;
    let other: Store;
    let connect: Connect;

    beforeEach(async () => {
      connect = await open();
      store = await connect();
      other = await connect();
      opened.push(store, other);
    });
    afterEach(async () => {
      await Promise.all(opened.splice(0).map((one) => one.close()));
    });

    const invoices = sampleConnector({ id: "c1", name: "Invoices" });

    describe("changing a connector", () => {
      it("keeps everything about it", async () => {
        const everything = sampleConnector({
          id: "c1",
          dueAt: "2026-03-03T08:00:00.000-08:00",
          untrackedAt: "2026-03-02T08:00:00.000Z",
          name: 'Zoë\'s "Invoices" 🧾\n発票',
        });
        const stored = await keep(store, everything);
        expect(stored).toEqual({ ...everything, revision: 1 });
        expect(await other.read(keyOf(everything))).toEqual(stored);
      });

      it("counts revisions itself, whatever the rule put there", async () => {
        await keep(store, { ...invoices, revision: 41 });
        expect((await keep(store, { ...invoices, revision: 7 })).revision).toBe(2);
        expect((await store.read(keyOf(invoices)))?.revision).toBe(2);
      });

      it("hands the rule what is stored now, and hands on what it decided beside the connector", async () => {
        await keep(store, invoices);
        const forgetting = { ...decideOn(), forget: true as const };
        const decision = await store.change(keyOf(invoices), (current) => {
          expect(current).toEqual({ ...invoices, revision: 1 });
          return forgetting;
        });
        expect(decision).toEqual(forgetting);
      });

      it("writes nothing when the rule decides nothing", async () => {
        await keep(store, invoices);
        await store.change(keyOf(invoices), () => decideOn());
        expect((await store.read(keyOf(invoices)))?.revision).toBe(1);
      });

      it("removes what the rule wants removed, and is content when it was not there", async () => {
        await keep(store, invoices);
        expect(await store.change(keyOf(invoices), () => decideOn("removed"))).toEqual(decideOn("removed"));
        expect(await store.read(keyOf(invoices))).toBeUndefined();
        await store.change(keyOf(invoices), () => decideOn("removed"));
        expect(await store.list(CONTOSO)).toEqual([]);
      });

      it("loses none of many changes made at once", async () => {
        const changes = Array.from({ length: 60 }, (_, index) =>
          countUp(index % 2 === 0 ? store : other, keyOf(invoices)),
        );
        const decisions = await Promise.all(changes);
        const stored = await store.read(keyOf(invoices));
        expect(stored).toMatchObject({ revision: 60, evidence: { connections: 60 } });
        const revisions = decisions.map(({ next }) => (typeof next === "object" ? next.revision : 0));
        expect(new Set(revisions).size).toBe(60);
      });

      it("decides again when two register the same connector at once", async () => {
        const seen: (number | undefined)[] = [];
        const register = (into: Store) =>
          into.change(keyOf(invoices), (current) => {
            seen.push(current?.revision);
            return decideOn(current === undefined ? invoices : undefined);
          });
        await Promise.all([register(store), register(other)]);
        expect(seen.at(-1)).toBe(1);
        expect((await store.read(keyOf(invoices)))?.revision).toBe(1);
      });

      it("does not bring back what was removed meanwhile", async () => {
        await keep(store, invoices);
        let removal: Promise<unknown> | undefined;
        await store.change(keyOf(invoices), (current) => {
          removal ??= other.change(keyOf(invoices), () => decideOn("removed"));
          return decideOn(current && { ...current, name: "Renamed" });
        });
        await removal;
        expect(await store.read(keyOf(invoices))).toBeUndefined();
      });

      it("decides first on what the caller has just read, and on what is stored when that was changed since", async () => {
        const known = await keep(store, invoices);
        const seen: (number | undefined)[] = [];
        const rename = (current: Connector | undefined) => {
          seen.push(current?.revision);
          return decideOn(current && { ...current, name: "Renamed" });
        };
        const first = await store.change(keyOf(invoices), rename, known);
        expect(first.next).toEqual({ ...known, name: "Renamed", revision: 2 });
        expect(seen.splice(0)).toEqual([1]);
        await other.change(keyOf(invoices), rename, known);
        expect(seen.splice(0)).toEqual([1, 2]);
        expect(await store.read(keyOf(invoices))).toMatchObject({ name: "Renamed", revision: 3 });
        await store.change(keyOf(invoices), () => decideOn("removed"));
        await other.change(keyOf(invoices), rename, known);
        expect(seen.splice(0)).toEqual([1, undefined]);
        expect(await store.read(keyOf(invoices))).toBeUndefined();
      });

      it("gives the name that is taken back to a caller who knew the connector, too", async () => {
        await keep(store, invoices);
        const second = await keep(store, sampleConnector({ id: "c2", name: "Payroll" }));
        const rename = () => decideOn({ ...second, name: "Invoices" });
        await expect(store.change(keyOf(second), rename, second)).rejects.toBeInstanceOf(NameTaken);
        expect(await store.read(keyOf(second))).toEqual(second);
      });

      it("passes on what a rule throws, and stores nothing", async () => {
        await keep(store, invoices);
        const bug = new Error("a bug in a rule");
        const throwing = () => {
          throw bug;
        };
        await expect(store.change(keyOf(invoices), throwing)).rejects.toBe(bug);
        expect((await keep(store, invoices)).revision).toBe(2);
      });

      it("refuses what is no connector, before it spoils the workspace", async () => {
        await expect(keep(store, { ...invoices, name: "" })).rejects.toThrow();
        const stranger = sampleConnector({ id: "c2" });
        await expect(store.change(keyOf(invoices), () => decideOn(stranger))).rejects.toThrow(/c2/);
        await expect(keep(store, { ...invoices, name: "In\0voices" })).rejects.toThrow(/NUL/);
        expect(await store.list(CONTOSO)).toEqual([]);
      });
    });

    describe("names", () => {
      it("are found folded, several at once, in their own workspace only", async () => {
        await keep(store, invoices);
        await keep(store, sampleConnector({ id: "c2", name: "Payroll" }));
        await keep(store, sampleConnector({ id: "c3", name: "Invoices", workspace: FABRIKAM }));
        const found = await store.find(CONTOSO, ["invoices", "payroll", "travel"]);
        expect(found).toHaveLength(2);
        expect(found).toContainEqual({ id: "c1", name: "Invoices" });
        expect(found).toContainEqual({ id: "c2", name: "Payroll" });
        expect(await store.find(CONTOSO, [])).toEqual([]);
        expect(await store.find(CONTOSO, ["Invoices"])).toEqual([]);
        expect(await store.find(CONTOSO, ["in\0voices", "invoices"])).toHaveLength(1);
        expect(await store.find(CONTOSO, ["\0", "%", "invoice_", "\ud800"])).toEqual([]);
      });

      it("that differ only in case are two connectors", async () => {
        await keep(store, invoices);
        await keep(store, sampleConnector({ id: "c2", name: "INVOICES" }));
        expect(await store.find(CONTOSO, ["invoices"])).toHaveLength(2);
      });

      it("are followed once: the same again is refused by name, also by renaming", async () => {
        await keep(store, invoices);
        const second = sampleConnector({ id: "c2", name: "Invoices" });
        const refusal = await keep(store, second).catch((error: unknown) => error);
        expect(refusal).toBeInstanceOf(NameTaken);
        expect(refusal).not.toBeInstanceOf(StoreError);
        expect(refusal).toMatchObject({ taken: "Invoices" });
        await keep(store, { ...second, name: "Payroll" });
        await expect(keep(store, second)).rejects.toBeInstanceOf(NameTaken);
        expect(await store.read(keyOf(second))).toMatchObject({ name: "Payroll", revision: 1 });
      });

      it("of connectors nobody follows any more are free, and known to list alone", async () => {
        const left = await keep(store, { ...invoices, untrackedAt: "2026-03-02T08:00:00.000Z" });
        expect(await store.find(CONTOSO, ["invoices"])).toEqual([]);
        expect(await store.names(CONTOSO)).toEqual([]);
        expect(await store.list(CONTOSO)).toEqual([left]);
        await keep(store, sampleConnector({ id: "c2", name: "Invoices" }));
        expect(await store.names(CONTOSO)).toEqual([{ id: "c2", name: "Invoices" }]);
        await expect(keep(store, invoices)).rejects.toBeInstanceOf(NameTaken);
      });
    });

    describe("reminders", () => {
      const due = (id: string, minutes: number, workspace: WorkspaceId = CONTOSO) =>
        sampleConnector({ id, workspace, dueAt: isoOf(MONDAY.plus({ minutes })) });

      it("that are due are claimed earliest first, as many as asked for, whatever the workspace", async () => {
        await keep(store, due("late", -1));
        await keep(store, due("early", -30, FABRIKAM));
        await keep(store, due("now", 0));
        await keep(store, due("future", 1));
        await keep(store, sampleConnector({ id: "never" }));
        const claimed = await store.claimDue(MONDAY, 2, LEASE);
        expect(claimed.map(({ id }) => id)).toEqual(["early", "late"]);
        expect((await store.claimDue(MONDAY, 5, LEASE)).map(({ id }) => id)).toEqual(["now"]);
      });

      it("are left to others by a store that is for another workspace", async () => {
        const dueAt = isoOf(MONDAY);
        for (const workspace of [CONTOSO, FABRIKAM]) {
          await keep(store, sampleConnector({ id: "c1", workspace, dueAt }));
          await store.planDigest(workspace, MONDAY);
        }
        const third = "T-third" as WorkspaceId;
        const [contosos, thirds] = [await connect(CONTOSO), await connect(third)];
        opened.push(contosos, thirds);
        expect(await thirds.nextDue()).toBeUndefined();
        expect((await contosos.nextDue())?.toMillis()).toBe(MONDAY.toMillis());
        for (const one of [thirds, contosos, store]) {
          const claimed = await one.claimDue(MONDAY, 9, LEASE);
          const wanted = one === thirds ? [] : one === contosos ? [CONTOSO] : [FABRIKAM];
          expect(claimed.map(({ workspace }) => workspace)).toEqual(wanted);
          expect(await one.claimDigests(MONDAY, 9, LEASE)).toEqual(wanted);
        }
      });

      it("are given to one process at a time, until the lease ends", async () => {
        await Promise.all(Array.from({ length: 40 }, (_, index) => keep(store, due(`c${index}`, -index))));
        const claims = await Promise.all(
          Array.from({ length: 8 }, (_, index) => (index % 2 ? store : other).claimDue(MONDAY, 5, LEASE)),
        );
        expect(new Set(claims.flat().map(({ id }) => id)).size).toBe(40);
        expect(claims.flat()).toHaveLength(40);
        expect(await store.claimDue(MONDAY.plus(LEASE - 1), 100, LEASE)).toEqual([]);
        expect(await other.claimDue(MONDAY.plus(LEASE), 100, LEASE)).toHaveLength(40);
      });

      it("may be claimed again once a change has planned the next one", async () => {
        const first = await keep(store, due("c1", -1));
        await store.claimDue(MONDAY, 1, LEASE);
        await keep(store, { ...first, dueAt: isoOf(MONDAY.plus(1000)) });
        expect(await store.claimDue(MONDAY.plus(999), 1, LEASE)).toEqual([]);
        expect(await store.claimDue(MONDAY.plus(1000), 1, LEASE)).toHaveLength(1);
        const { dueAt: _, ...silent } = first;
        await keep(store, silent);
        expect(await store.claimDue(MONDAY.plus({ years: 1 }), 1, LEASE)).toEqual([]);
      });

      it("stay with who sends them while somebody changes something else", async () => {
        const first = await keep(store, due("c1", -1));
        await store.claimDue(MONDAY, 1, LEASE);
        await keep(store, { ...first, evidence: { slo: 99.6 } });
        expect(await other.claimDue(MONDAY.plus(LEASE - 1), 1, LEASE)).toEqual([]);
        expect(await other.claimDue(MONDAY.plus(LEASE), 1, LEASE)).toHaveLength(1);
      });

      it("tell when the next one is due, come or not, of any workspace", async () => {
        expect(await store.nextDue()).toBeUndefined();
        await keep(store, due("c1", 30));
        await keep(store, due("c2", 10, FABRIKAM));
        expect((await store.nextDue())?.toMillis()).toBe(MONDAY.plus({ minutes: 10 }).toMillis());
        await keep(store, due("c1", -5));
        expect((await store.nextDue())?.toMillis()).toBe(MONDAY.minus({ minutes: 5 }).toMillis());
      });

      it("of a workspace that is woken come due by then, and not later than before", async () => {
        await keep(store, due("before", -5));
        await keep(store, due("after", 60));
        await keep(store, sampleConnector({ id: "silent" }));
        await keep(store, due("elsewhere", 60, FABRIKAM));
        await store.wake(CONTOSO, MONDAY);
        const claimed = await store.claimDue(MONDAY, 10, LEASE);
        expect(new Set(claimed.map(({ id }) => id))).toEqual(new Set(["before", "after", "silent"]));
        expect(claimed[0]).toMatchObject({ id: "before", dueAt: due("before", -5).dueAt });
        const after = claimed.find(({ id }) => id === "after");
        expect(after).toMatchObject({ dueAt: isoOf(MONDAY), revision: 1 });
      });
    });

    describe("leases", () => {
      const until = MONDAY.plus(LEASE);
      const next = MONDAY.plus(2 * LEASE);
      const keys = ["c1", "c2", "c3"].map((id) => ({ workspace: CONTOSO, id }));

      beforeEach(async () => {
        for (const { id } of keys) await keep(store, sampleConnector({ id, dueAt: isoOf(MONDAY) }));
      });

      it("are renewed by who has them, and end when they then end", async () => {
        await store.claimDue(MONDAY, 3, LEASE);
        const renewed = await store.renew(keys, until, next);
        expect(renewed).toHaveLength(3);
        for (const key of keys) expect(renewed).toContainEqual(key);
        expect(await other.claimDue(next.minus(1), 3, LEASE)).toEqual([]);
        expect(await other.claimDue(next, 3, LEASE)).toHaveLength(3);
      });

      it("are lost when another has taken them over meanwhile, or a change has ended them", async () => {
        const [first] = await store.claimDue(MONDAY, 3, LEASE);
        if (first) await keep(other, { ...first, dueAt: isoOf(MONDAY.plus({ days: 1 })) });
        expect(await other.claimDue(until, 1, LEASE)).toHaveLength(1);
        const renewed = await store.renew(keys, until, next);
        expect(renewed).toHaveLength(1);
        expect(renewed).not.toContainEqual(first && keyOf(first));
        expect(await store.renew([{ workspace: FABRIKAM, id: "c1" }], until, next)).toEqual([]);
        expect(await store.renew([], until, next)).toEqual([]);
      });

      it("that are given back are anybody's at once, and those of others stay theirs", async () => {
        await store.claimDue(MONDAY, 2, LEASE);
        await other.claimDue(MONDAY, 1, 2 * LEASE);
        await store.giveBack(keys, until);
        expect(await store.claimDue(MONDAY, 3, LEASE)).toHaveLength(2);
        await store.giveBack([], until);
      });
    });

    describe("what waits", () => {
      it("waits since the earliest that is due, or that a platform did not take", async () => {
        expect(await store.waitingSince(MONDAY)).toBeUndefined();
        await keep(store, sampleConnector({ id: "future", dueAt: isoOf(MONDAY.plus(1)) }));
        expect(await store.waitingSince(MONDAY)).toBeUndefined();
        const due = await keep(store, sampleConnector({ id: "due", dueAt: isoOf(MONDAY.minus(5)) }));
        expect((await store.waitingSince(MONDAY))?.toMillis()).toBe(MONDAY.minus(5).toMillis());
        const since = MONDAY.minus({ hours: 1 });
        const dueAt = isoOf(MONDAY.plus({ hours: 1 }));
        await keep(store, sampleConnector({ id: "put-off", dueAt, waitingSince: isoOf(since) }));
        expect((await other.waitingSince(MONDAY))?.toMillis()).toBe(since.toMillis());
        await keep(store, sampleConnector({ id: "put-off", dueAt }));
        expect((await other.waitingSince(MONDAY))?.toMillis()).toBe(MONDAY.minus(5).toMillis());
        await store.change(keyOf(due), () => decideOn("removed"));
        expect(await store.waitingSince(MONDAY)).toBeUndefined();
      });

      it("is what it was for a connector that was claimed, until it is told", async () => {
        await keep(store, sampleConnector({ id: "c1", dueAt: isoOf(MONDAY) }));
        await store.claimDue(MONDAY, 1, LEASE);
        expect((await store.waitingSince(MONDAY))?.toMillis()).toBe(MONDAY.toMillis());
      });
    });

    describe("digests", () => {
      it("are given to one process at a time, earliest first, and again when nobody planned the next", async () => {
        await store.planDigest(CONTOSO, MONDAY);
        await store.planDigest(FABRIKAM, MONDAY.minus(1));
        expect(await store.claimDigests(MONDAY.minus(2), 5, LEASE)).toEqual([]);
        expect(await other.claimDigests(MONDAY, 1, LEASE)).toEqual([FABRIKAM]);
        const claims = await Promise.all([store, other].map((one) => one.claimDigests(MONDAY, 5, LEASE)));
        expect(claims.flat()).toEqual([CONTOSO]);
        expect(await store.claimDigests(MONDAY.plus(LEASE - 1), 5, LEASE)).toEqual([]);
        expect(new Set(await store.claimDigests(MONDAY.plus(LEASE), 5, LEASE))).toEqual(
          new Set([CONTOSO, FABRIKAM]),
        );
      });

      it("are planned anew, and not any more", async () => {
        await store.planDigest(CONTOSO, MONDAY);
        await store.planDigest(CONTOSO, MONDAY.plus(10));
        expect(await store.claimDigests(MONDAY, 5, LEASE)).toEqual([]);
        expect((await store.nextDue())?.toMillis()).toBe(MONDAY.plus(10).toMillis());
        await keep(store, sampleConnector({ id: "c1", dueAt: isoOf(MONDAY.plus(5)) }));
        expect((await store.nextDue())?.toMillis()).toBe(MONDAY.plus(5).toMillis());
        await store.planDigest(CONTOSO, undefined);
        await store.planDigest(FABRIKAM, undefined);
        expect(await store.claimDigests(MONDAY.plus(10), 5, LEASE)).toEqual([]);
      });
    });

    it("tells the time that its processes share, if that is not the machine's", async () => {
      const times = [await store.now(), await other.now(), await store.now()];
      if (sharesTime) {
        const [first = 0, second = 0, third = 0] = times.map((time) => time?.toMillis());
        expect(first).toBeGreaterThan(MONDAY.toMillis());
        expect(second).toBeGreaterThanOrEqual(first);
        expect(third).toBeGreaterThanOrEqual(second);
        expect(times[0]?.zoneName).toBe("UTC");
      } else {
        expect(times).toEqual([undefined, undefined, undefined]);
      }
    });

    describe("deliveries", () => {
      it("are seen for the first time once", async () => {
        const sights = await Promise.all(
          Array.from({ length: 20 }, (_, index) =>
            (index % 2 ? store : other).firstSight("d1", MONDAY, LEASE),
          ),
        );
        expect(sights.filter(Boolean)).toHaveLength(1);
        expect(await store.firstSight("d2", MONDAY, LEASE)).toBe(true);
      });

      it("are remembered as long as they may be delivered again, counted from the first time", async () => {
        expect(await store.firstSight("d1", MONDAY, LEASE)).toBe(true);
        expect(await store.firstSight("d1", MONDAY.plus(LEASE - 1), LEASE)).toBe(false);
        expect(await store.firstSight("d1", MONDAY.plus(LEASE), LEASE)).toBe(true);
        expect(await store.firstSight("d1", MONDAY.plus(LEASE + 1), LEASE)).toBe(false);
      });
    });

    it("forgets one workspace and touches no other", async () => {
      await keep(store, invoices);
      const elsewhere = await keep(store, sampleConnector({ id: "c1", workspace: FABRIKAM }));
      for (const workspace of [CONTOSO, FABRIKAM]) await store.planDigest(workspace, MONDAY);
      // Whatever the database takes for a pattern, or for the same letter.
      const others = [`${FABRIKAM}/d1`, "T-CONTOSO/d1", `${CONTOSO}2/d1`, "T_contoso/d1"];
      for (const delivery of [`${CONTOSO}/d1`, ...others]) await store.firstSight(delivery, MONDAY, LEASE);
      await store.forget(CONTOSO);
      expect(await store.claimDigests(MONDAY, 5, LEASE)).toEqual([FABRIKAM]);
      expect(await store.firstSight(`${CONTOSO}/d1`, MONDAY, LEASE)).toBe(true);
      for (const delivery of others) expect(await store.firstSight(delivery, MONDAY, LEASE)).toBe(false);
      expect(await store.list(CONTOSO)).toEqual([]);
      expect(await store.names(CONTOSO)).toEqual([]);
      expect(await store.list(FABRIKAM)).toEqual([elsewhere]);
      expect((await keep(store, invoices)).revision).toBe(1);
    });

    it("closes twice, and then says that it is closed instead of finding nothing", async () => {
      await store.close();
      await store.close();
      const asked = [
        () => store.read(keyOf(invoices)),
        () => store.find(CONTOSO, ["invoices"]),
        () => store.names(CONTOSO),
        () => store.list(CONTOSO),
        () => store.change(keyOf(invoices), () => decideOn(invoices)),
        () => store.claimDue(MONDAY, 1, LEASE),
        () => store.renew([keyOf(invoices)], MONDAY, MONDAY.plus(1)),
        () => store.giveBack([keyOf(invoices)], MONDAY),
        () => store.nextDue(),
        () => store.waitingSince(MONDAY),
        () => store.planDigest(CONTOSO, MONDAY),
        () => store.claimDigests(MONDAY, 1, LEASE),
        () => store.wake(CONTOSO, MONDAY),
        () => store.firstSight("d1", MONDAY, LEASE),
        () => store.forget(CONTOSO),
      ];
      for (const ask of asked) {
        await expect(ask()).rejects.toBeInstanceOf(StoreError);
        await expect(ask()).rejects.toMatchObject({
          reason: "unreachable",
          message: expect.stringMatching(/closed/),
        });
      }
    });
  });
}
