import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { type Store, StoreError } from "../src/ports.ts";
import { type House, type Options, openHouse, sasUri } from "./support.ts";
import { through } from "./through.ts";

/** Words that nobody but the people of these tests says. */
const NAME = "Zyzzyva Übergabe";
const SAID = ["zyzzyva", "übergabe", "quokka", "wombat", "Numbat"];

/** Everything that the log of a house holds. */
function linesOf({ logged }: House): string[] {
  return logged.map(({ level, message, facts }) => `${level} ${message} ${facts}`);
}

function expectNothingSaid(house: House): void {
  for (const line of linesOf(house))
    for (const word of SAID) expect(line.toLowerCase()).not.toContain(word.toLowerCase());
}

/** People who say all kinds of things, in words of their own, and a connector that goes its way. */
async function live(options: Options = {}): Promise<House> {
  const house = await openHouse(options);
  const numbat = house.as("T-contoso", "Numbat", "shared");
  const lines = [
    `track ${NAME}`,
    `track ${NAME}`,
    "quokka wombat?",
    "status quokka",
    `mark ${NAME} submitted`,
    `mark ${NAME} wombat`,
    `mark ${NAME} report-passed`,
    `done ${NAME} sas-uri ${sasUri("2026-11-20T09:00", "wombat")}`,
    `rename ${NAME} to ${NAME} Quokka`,
    `rename ${NAME} Quokka to ${NAME}`,
    `snooze ${NAME} wombat`,
    `status ${NAME}`,
    "settings zone quokka",
    "list wombat",
    `how long does ${NAME} take in quokka?`,
    `untrack ${NAME} Wombat`,
    "\u0000quokka\nwombat".repeat(2000),
  ];
  for (const line of lines) {
    await house.say(line);
    await numbat.say(line);
  }
  await house.press({ action: "quokka", fields: { name: NAME, wombat: "quokka" } });
  await house.press({ action: "mark", fields: { connector: "wombat", event: NAME } });
  return house;
}

describe("No line of the log holds what people wrote", () => {
  it("when all goes well", async () => {
    const house = await live();
    expect((await house.wait("30d")).length).toBeGreaterThan(0);
    expectNothingSaid(house);
  });

  it.each<[string, NonNullable<Options["deliver"]>]>([
    ["are refused for good", () => ({ kind: "never", why: "channel_not_found" })],
    [
      "fail, in a way that repeats what was sent",
      ({ title, reply }) => {
        throw new Error(`${title}\n at ${NAME} quokka ${JSON.stringify(reply)}`);
      },
    ],
  ])("when reminders %s", async (_, deliver) => {
    const house = await live({ deliver });
    await house.wait("10d");
    expect(linesOf(house).length).toBeGreaterThan(0);
    expectNothingSaid(house);
  });

  it.each<[string, () => Error]>([
    ["can't be reached", () => new StoreError("unreachable", "the database is gone")],
    ["fails, in a way that repeats what it was asked", () => new Error(`${NAME}: quokka`)],
  ])("when the store %s", async (_, failure) => {
    let isDown = false;
    const throughStore = (store: Store) =>
      through(store, (method) => {
        if (isDown && method !== "close" && method !== "firstSight") throw failure();
      });
    const house = await live({ throughStore });
    isDown = true;
    await house.say(`status ${NAME}`);
    await house.say("list");
    await house.say("quokka wombat?");
    await house.remind().catch(() => undefined);
    expect(linesOf(house).length).toBeGreaterThan(0);
    expectNothingSaid(house);
    isDown = false;
  });

  it("by what it says: each line's message is fixed where it is written", () => {
    const root = resolve(import.meta.dirname, "..");
    const found = ["src", "adapters"].flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
        .filter((name) => name.endsWith(".ts") && !["log.ts"].includes(name))
        .flatMap((name) => [
          ...readFileSync(join(root, folder, name), "utf8").matchAll(
            /\blog(?:\.(?:info|warn|error)|\[level\])\(\s*([^\s]+)/g,
          ),
        ]),
    );
    expect(found.length).toBeGreaterThan(30);
    const composed = found.map(([, first = ""]) => first).filter((first) => !/^(?:"|what,)/.test(first));
    expect(composed).toEqual([]);
  });
});
