import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Clock, type Shelf, type Store, StoreError } from "../../src/ports.ts";
import type { SqlShelf } from "../../src/store/keyv-sql.ts";
import { handClock } from "../store/sample.ts";

export interface Shelves {
  /** Closing it closes the shelves. */
  store: Store;
  shelf(namespace: string): Shelf;
  /** Keyv's storage adapter over the same database. */
  adapter: SqlShelf;
}

/** What every place for Keyv values must do. `open` makes a fresh database, whose time is `clock`'s. */
export function describeShelf(name: string, open: (clock: Clock) => Promise<Shelves>): void {
  describe(`${name} as a shelf`, () => {
    let clock: ReturnType<typeof handClock>;
    let shelves: Shelves;
    let shelf: Shelf;
    let adapter: SqlShelf;

    beforeEach(async () => {
      clock = handClock();
      shelves = await open(clock);
      shelf = shelves.shelf("settings");
      adapter = shelves.adapter;
    });
    afterEach(() => shelves.store.close());

    it.each([
      ["text", `it's "quoted" – 発票 🧾`],
      ["a number", 0],
      ["false", false],
      ["null", null],
      ["nested values", { zone: "Asia/Kolkata", freezes: [{ from: "2026-12-20" }], none: {} }],
      ["text that looks encoded", ":base64:AAAA"],
      ["quotes alone", "'"],
      ["a NUL", "before\0after"],
      ["bytes", Buffer.from("bar")],
      ["bytes within", { buff: Buffer.from("buzz") }],
      ["a long text", "x".repeat(1_000_000)],
    ])("keeps %s", async (_, value) => {
      expect(await shelf.set("T1", value)).toBe(true);
      expect(await shelf.get("T1")).toEqual(value);
    });

    it("keeps nothing where undefined was set", async () => {
      await shelf.set("T1", undefined);
      expect(await shelf.get("T1")).toBeUndefined();
    });

    it("knows nothing of a key that was never set", async () => {
      expect(await shelf.get("T1")).toBeUndefined();
      expect(await shelf.delete("T1")).toBe(false);
    });

    it("keeps the last value, and none after it was deleted", async () => {
      await shelf.set("it's", 1);
      await shelf.set("it's", 2);
      expect(await shelf.get("it's")).toBe(2);
      expect(await shelf.delete("it's")).toBe(true);
      expect(await shelf.get("it's")).toBeUndefined();
    });

    it("forgets a value when its time is over, and not before", async () => {
      await shelf.set("zone", "Asia/Kolkata", 1000);
      clock.move(999);
      expect(await shelf.get("zone")).toBe("Asia/Kolkata");
      clock.move(1);
      expect(await shelf.get("zone")).toBeUndefined();
      expect(await shelf.delete("zone")).toBe(false);
      await shelf.set("zone", "Europe/Madrid");
      clock.move(1e12);
      expect(await shelf.get("zone")).toBe("Europe/Madrid");
    });

    it("keeps the same key apart on different shelves, whatever they are called", async () => {
      const others = ["setting", "settings:", "", "settings:T"].map((namespace) => shelves.shelf(namespace));
      await shelf.set("T1", "mine");
      for (const other of others) expect(await other.get("T1")).toBeUndefined();
      expect(await shelves.shelf("settings:T").get("1")).toBeUndefined();
      await Promise.all(others.map((other, index) => other.set("T1", index)));
      expect(await shelf.get("T1")).toBe("mine");
    });

    it("is cleared of all that lies on it, and no other is", async () => {
      const others = ["setting", "settings:", "", "settings:T"].map((namespace) => shelves.shelf(namespace));
      await Promise.all([
        shelf.set("T1", 1),
        shelf.set("T2", 2, 1000),
        ...others.map((one) => one.set("T1", 3)),
      ]);
      await shelf.clear();
      expect([await shelf.get("T1"), await shelf.get("T2")]).toEqual([undefined, undefined]);
      for (const other of others) expect(await other.get("T1")).toBe(3);
      await shelf.clear();
      await shelf.set("T1", 4);
      expect(await shelf.get("T1")).toBe(4);
    });

    it("is empty before anything lies on it, and again when the last of it is gone or its time is over", async () => {
      await shelves.shelf("settings:T").set("T1", 1);
      expect(await shelf.isEmpty()).toBe(true);
      await shelf.set("T1", 1);
      await shelf.set("T2", 2, 1000);
      await shelf.delete("T1");
      expect(await shelf.isEmpty()).toBe(false);
      clock.move(1000);
      expect(await shelf.isEmpty()).toBe(true);
      expect(await shelves.shelf("settings:T").isEmpty()).toBe(false);
    });

    it("says that it is closed instead of finding nothing", async () => {
      await shelves.store.close();
      await expect(shelf.get("T1")).rejects.toBeInstanceOf(StoreError);
      await expect(shelf.set("T1", 1)).rejects.toBeInstanceOf(StoreError);
      await expect(shelf.delete("T1")).rejects.toBeInstanceOf(StoreError);
      await expect(shelf.clear()).rejects.toBeInstanceOf(StoreError);
      await expect(shelf.isEmpty()).rejects.toBeInstanceOf(StoreError);
    });

    it("says that a value is damaged instead of finding nothing", async () => {
      adapter.namespace = "settings";
      await adapter.set("T1", '{"value":');
      const failure = await shelf.get("T1").catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(StoreError);
      expect(failure).toMatchObject({ reason: "damaged", message: expect.stringMatching(/settings/) });
    });

    // What Keyv's own suite for storage adapters asks for.
    describe("below Keyv", () => {
      it("tells Keyv that it takes moments", () => {
        expect(adapter.capabilities).toMatchObject({ store: "keyvStorage", expires: true });
      });

      it("sets, gets and deletes", async () => {
        expect(await adapter.get("a")).toBeUndefined();
        expect(await adapter.has("a")).toBe(false);
        expect(await adapter.set("a", "1")).toBe(true);
        expect(await adapter.get("a")).toBe("1");
        expect(await adapter.has("a")).toBe(true);
        expect(await adapter.delete("a")).toBe(true);
        expect(await adapter.delete("a")).toBe(false);
        expect(await adapter.has("a")).toBe(false);
      });

      it("answers for many keys in the order they were asked", async () => {
        const entries = ["a", "b", "a"].map((key, index) => ({ key, value: `${index}` }));
        expect(await adapter.setMany(entries)).toEqual([true, true, true]);
        expect(await adapter.getMany(["b", "none", "a"])).toEqual(["1", undefined, "2"]);
        expect(await adapter.hasMany(["none", "a", "b"])).toEqual([false, true, true]);
        expect(await adapter.deleteMany(["a", "none"])).toEqual([true, false]);
        expect(await adapter.getMany(["a", "b"])).toEqual([undefined, "1"]);
      });

      it("answers for no keys at all", async () => {
        expect(await adapter.setMany([])).toEqual([]);
        expect(await adapter.getMany([])).toEqual([]);
        expect(await adapter.hasMany([])).toEqual([]);
        expect(await adapter.deleteMany([])).toEqual([]);
      });

      it("lets each of many entries expire by itself", async () => {
        const at = clock.now().toMillis();
        await adapter.setMany([
          { key: "a", value: "1", expires: at + 1000 },
          { key: "b", value: "2" },
          { key: "past", value: "3", expires: at - 1 },
        ]);
        expect(await adapter.getMany(["a", "b", "past"])).toEqual(["1", "2", undefined]);
        clock.move(1000);
        expect(await adapter.hasMany(["a", "b", "past"])).toEqual([false, true, false]);
        await adapter.set("a", "4");
        expect(await adapter.get("a")).toBe("4");
      });

      it("keeps nothing whose time was over when it was set", async () => {
        await adapter.set("a", "1", clock.now().toMillis());
        expect(await adapter.get("a")).toBeUndefined();
        expect(await adapter.has("a")).toBe(false);
      });

      it("keeps many and deletes many in its own namespace only", async () => {
        for (const namespace of ["one", "two"]) {
          adapter.namespace = namespace;
          expect(adapter.namespace).toBe(namespace);
          await adapter.setMany(["a", "b"].map((key) => ({ key, value: namespace })));
        }
        expect(await adapter.deleteMany(["a", "b"])).toEqual([true, true]);
        adapter.namespace = "one";
        expect(await adapter.getMany(["a", "b"])).toEqual(["one", "one"]);
        expect(await adapter.hasMany(["a", "b"])).toEqual([true, true]);
        adapter.namespace = undefined;
        expect(await adapter.getMany(["a", "b"])).toEqual([undefined, undefined]);
      });

      it("keeps and finds some thousands at once", async () => {
        const keys = Array.from({ length: 3000 }, (_, index) => `key ${index}`);
        await adapter.setMany(keys.map((key) => ({ key, value: key })));
        expect(await adapter.getMany(keys)).toEqual(keys);
        expect((await adapter.deleteMany(keys)).every(Boolean)).toBe(true);
        expect(await adapter.hasMany(keys.slice(0, 3))).toEqual([false, false, false]);
      });

      it("loses no value when many are set at once, in whatever order", async () => {
        const keys = Array.from({ length: 20 }, (_, index) => `key ${index}`);
        const orders = [keys, keys.toReversed(), keys, keys.toReversed()];
        await Promise.all(orders.map((order) => adapter.setMany(order.map((key) => ({ key, value: key })))));
        expect(await adapter.getMany(keys)).toEqual(keys);
      });

      it("refuses what Keyv has not made text of", async () => {
        await expect(adapter.set("a", { value: 1 })).rejects.toThrow(TypeError);
        expect(await adapter.has("a")).toBe(false);
      });

      it("says that it is closed, whatever it is asked", async () => {
        await shelves.store.close();
        const asked = [
          () => adapter.get("a"),
          () => adapter.getMany(["a"]),
          () => adapter.has("a"),
          () => adapter.hasMany(["a"]),
          () => adapter.set("a", "1"),
          () => adapter.setMany([{ key: "a", value: "1" }]),
          () => adapter.delete("a"),
          () => adapter.deleteMany(["a"]),
          () => adapter.clear(),
        ];
        for (const ask of asked) await expect(ask()).rejects.toBeInstanceOf(StoreError);
      });

      it("clears its own namespace and no other", async () => {
        await adapter.set("a", "none");
        adapter.namespace = "one";
        await adapter.set("a", "1");
        await adapter.clear();
        expect(await adapter.get("a")).toBeUndefined();
        adapter.namespace = undefined;
        expect(await adapter.get("a")).toBe("none");
        await adapter.clear();
        expect(await adapter.get("a")).toBeUndefined();
      });
    });
  });
}
