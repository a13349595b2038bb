import { describe, expect, it } from "vitest";
import { type Delivery, type Store, StoreError } from "../../src/ports.ts";
import { NAME, openHouseAt, openHouseWith, textOf } from "../support.ts";

describe("A reminder that the platform does not take", () => {
  it("now, is tried again when the platform said, under the same id", async () => {
    const tried: string[] = [];
    const house = await openHouseAt("review", {
      deliver: ({ at, id }): Delivery => {
        tried.push(`${at} ${id}`);
        return tried.length < 3 ? { kind: "later", retryAfter: 90_000 } : { kind: "sent" };
      },
    });
    const sent = await house.wait("25h");
    expect(tried.map((one) => one.slice(0, 16))).toEqual([
      "2026-11-04T09:15",
      "2026-11-04T09:16",
      "2026-11-04T09:18",
    ]);
    expect(new Set(tried.map((one) => one.slice(17))).size).toBe(1);
    expect(sent).toHaveLength(1);
  });

  it("ever, is not tried again; the log knows, and the next one is tried", async () => {
    let count = 0;
    const house = await openHouseAt("review", {
      deliver: (): Delivery => {
        count += 1;
        return count === 1 ? { kind: "never", why: "the channel was deleted" } : { kind: "sent" };
      },
    });
    expect((await house.wait("47h")).length).toBe(0);
    expect(house.logged).toMatchObject([{ level: "warn" }]);
    expect(house.logged[0]?.facts).toContain("the channel was deleted");
    expect(await house.wait("2h")).toHaveLength(1);
  });

  it("because its program throws, is tried again, and the log holds no name and no text", async () => {
    let count = 0;
    const house = await openHouseAt("review", {
      deliver: (): Delivery => {
        count += 1;
        if (count === 1) throw new Error(`could not tell that ${NAME} is in review`);
        return { kind: "sent" };
      },
    });
    expect(await house.wait("25h")).toHaveLength(1);
    expect(JSON.stringify(house.logged)).not.toContain(NAME);
    expect(house.logged).toMatchObject([{ level: "error" }]);
  });

  it("for one connector, does not keep the others waiting", async () => {
    const house = await openHouseWith(
      NAME,
      [`mark ${NAME} submitted`, "track Contoso Sales", "mark Contoso Sales submitted"],
      {
        deliver: ({ title }): Delivery =>
          title.startsWith(NAME) ? { kind: "later", retryAfter: 3_600_000 } : { kind: "sent" },
      },
    );
    const sent = await house.wait("24h");
    expect(sent.map(({ title }) => title.split(":")[0])).toEqual(["Contoso Sales"]);
  });
});

describe("A reminder is never lost", () => {
  it("when the program dies between the platform's word and our note of it: it comes again, under the same id", async () => {
    let isDying = false;
    const house = await openHouseAt("review", {
      deliver: (): Delivery => {
        isDying = true;
        return { kind: "sent" };
      },
      throughStore: (store) => failWhen(store, () => isDying),
    });
    house.sleep("24h");
    await house.remind().catch(() => undefined);
    isDying = false;
    // The lease of the one that died.
    house.sleep("2m");
    await house.remind().catch(() => undefined);
    expect(house.sent).toHaveLength(2);
    expect(house.sent[0]?.id).toBe(house.sent[1]?.id);
  });

  it("when many are due at once: each comes once", async () => {
    const house = await openHouseWith(NAME);
    for (let count = 0; count < 120; count += 1) {
      await house.sayAll(`track Connector no ${count}`, `mark Connector no ${count} submitted`);
    }
    house.sleep("24h");
    const [one, two] = await Promise.all([house.remind(), house.remind()]);
    expect(one.sent + two.sent).toBe(120);
    expect(new Set(house.sent.map(({ id }) => id)).size).toBe(120);
    expect(house.sent).toHaveLength(120);
  });
});

describe("A store that fails", () => {
  it("is told as that, never as nothing found, and nothing is claimed to be done", async () => {
    let isDown = false;
    const house = await openHouseWith(NAME, [], {
      throughStore: (store) => failWhen(store, () => isDown, "all"),
    });
    isDown = true;
    for (const line of ["list", `status ${NAME}`, `mark ${NAME} submitted`, "export"]) {
      const text = textOf(await house.say(line));
      expect(text).not.toMatch(/No connector|not followed|fault|went wrong/i);
      expect(text).toMatch(/Nothing was changed/);
    }
    expect(house.logged.every(({ level }) => level === "error")).toBe(true);
  });
});

/** The store itself, but failing at the moments a test wants. */
function failWhen(store: Store, isFailing: () => boolean, which: "changes" | "all" = "changes"): Store {
  const methods = which === "all" ? ["change", "read", "find", "names", "list"] : ["change"];
  return new Proxy(store, {
    get(target, name) {
      const member = Reflect.get(target, name);
      if (typeof member !== "function") return member;
      return (...given: unknown[]) =>
        isFailing() && methods.includes(String(name))
          ? Promise.reject(new StoreError("unreachable", "The disk went away."))
          : Reflect.apply(member, target, given);
    },
  });
}
