import { describe, expect, it } from "vitest";
import { createAssistant } from "../../src/assistant.ts";
import { type Delivery, StoreError } from "../../src/ports.ts";
import { HERE, NAME, type Options, openHouseWith, textOf } from "../support.ts";
import { through } from "../through.ts";

/** Tuesday 3 November, 9:15 Pacific: the digest is wanted on Mondays at 9:00. */
async function openHouseWithDigest(options?: Options) {
  return openHouseWith(NAME, ["settings zone America/Los_Angeles", "settings digest monday 9:00"], options);
}

describe("The weekly digest", () => {
  it("comes on its day and at its time, where it was asked for, week after week", async () => {
    const house = await openHouseWithDigest();
    const sent = await house.wait("2026-11-17T12:00");
    expect(sent.map(({ at, to }) => [at, to])).toEqual([
      ["2026-11-09T09:00", HERE],
      ["2026-11-16T09:00", HERE],
    ]);
    expect(new Set(sent.map(({ id }) => id)).size).toBe(2);
    expect(textOf(sent[0]?.reply as never)).toContain(NAME);
  });

  it("that fell due while nothing ran comes once, and says that it is late", async () => {
    const house = await openHouseWithDigest();
    house.sleep("2026-11-18T09:00");
    const sent = await house.wait("1h");
    expect(sent).toHaveLength(1);
    expect(textOf(sent[0]?.reply as never)).toMatch(/late/);
  });

  it("is tried again when the platform says so, under the same id", async () => {
    const tried: string[] = [];
    const house = await openHouseWithDigest({
      deliver: ({ id }): Delivery => {
        tried.push(id);
        return tried.length < 3 ? { kind: "later", retryAfter: 60_000 } : { kind: "sent" };
      },
    });
    expect(await house.wait("2026-11-09T10:00")).toHaveLength(1);
    expect(tried).toHaveLength(3);
    expect(new Set(tried).size).toBe(1);
  });

  it("comes once where several processes look for it", async () => {
    const house = await openHouseWithDigest();
    house.sleep("2026-11-09T09:00");
    const others = Array.from({ length: 4 }, () => createAssistant(house.needs));
    await Promise.all(others.map((one) => one.remind()));
    expect(house.sent).toHaveLength(1);
  });

  it("of one workspace that can't be made does not keep the others from theirs", async () => {
    const house = await openHouseWithDigest();
    const fabrikam = house.as("T-fabrikam", "Bo");
    await fabrikam.sayAll(
      "track Fabrikam Sales",
      "settings zone America/Los_Angeles",
      "settings digest monday 9:00",
    );
    await house.needs.settings.set("T-contoso", { damaged: true });
    house.sleep("2026-11-09T09:00");
    await house.remind();
    expect(house.sent.map(({ reply }) => textOf(reply))).toEqual([expect.stringContaining("Fabrikam Sales")]);
    expect(house.logged).toContainEqual(
      expect.objectContaining({ level: "error", message: "a digest failed" }),
    );
  });

  it("comes once although the store was away when it was to be noted", async () => {
    let isDown = false;
    const house = await openHouseWithDigest({
      deliver: (): Delivery => {
        isDown = true;
        return { kind: "sent" };
      },
      throughStore: (store) =>
        through(store, (method) => {
          if (isDown && method === "planDigest") throw new StoreError("unreachable", "The disk went away.");
        }),
    });
    house.sleep("2026-11-09T09:00");
    await house.remind();
    house.sleep("5m");
    await expect(house.remind()).rejects.toThrow(StoreError);
    isDown = false;
    house.sleep("5m");
    await house.remind();
    house.sleep("5m");
    await house.remind();
    expect(house.sent).toHaveLength(1);
  });

  it("comes no more once it is off, nor after everything was forgotten", async () => {
    const house = await openHouseWithDigest();
    await house.say("settings digest off");
    expect(await house.wait("8d")).toEqual([]);
    await house.sayAll("settings digest monday 9:00", "forget everything");
    expect(await house.wait("8d")).toEqual([]);
  });

  it("moves with its setting, and with nothing else that is set", async () => {
    const house = await openHouseWithDigest();
    await house.sayAll("settings digest friday 3pm", "settings zone Europe/Berlin");
    const sent = await house.wait("2026-11-10T12:00");
    expect(sent.map(({ at }) => at)).toEqual(["2026-11-06T15:00"]);
  });
});
