import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, it } from "vitest";
import { makeFolder } from "../store/folder.ts";
import { type House, openHouse, textOf } from "../support.ts";

const NOTE = "1 connector can't be read and is missing here: Beta Maps. Tell whoever runs me";

function damage(path: string, ...names: string[]): void {
  const database = new DatabaseSync(path);
  for (const name of names)
    database.prepare(`UPDATE connector SET record = '{"x":1}' WHERE name = ?`).run(name);
  database.close();
}

async function openDamaged(...names: string[]): Promise<House> {
  const data = join(makeFolder(), "store.db");
  const house = await openHouse({ data });
  for (const name of ["Alpha CRM", "Beta Maps"])
    await house.sayAll(`track ${name}`, `mark ${name} submitted`);
  damage(data, ...names);
  return house;
}

describe("A record that can't be read", () => {
  it.each(["list", "following", "digest", "reminders failed"])(
    "does not keep “%s” from telling of the others, and is named there",
    async (line) => {
      const house = await openDamaged("Beta Maps");
      const text = textOf(await house.say(line));
      expect(text).toContain(NOTE);
      if (line !== "reminders failed") expect(text).toContain("Alpha CRM");
      const id = (await house.store.names("T-contoso" as never)).find(({ name }) => name === "Beta Maps")?.id;
      expect(house.logged).toContainEqual({
        level: "error",
        message: "a connector can't be read",
        facts: JSON.stringify({ workspace: "T-contoso", connector: id }),
      });
    },
  );

  it("is named by the weekly digest, which tells of the others", async () => {
    const house = await openDamaged("Beta Maps");
    await house.sayAll("settings zone America/Los_Angeles", "settings digest monday 9:00");
    house.sleep("2026-11-09T09:00");
    await house.remind().catch(() => undefined);
    await house.remind();
    const digest = house.sent.map(({ reply }) => textOf(reply)).find((text) => text.includes("The week"));
    expect(digest).toContain("Alpha CRM");
    expect(digest).toContain(NOTE);
  });

  it("is named by the screen of all connectors", async () => {
    const house = await openDamaged("Beta Maps");
    const text = textOf(await house.press({ action: "portfolio", fields: {} }));
    expect(text).toContain("Alpha CRM");
    expect(text).toContain(NOTE);
  });

  it("is never told as if nothing were there, where no other is", async () => {
    const house = await openDamaged("Beta Maps", "Alpha CRM");
    for (const line of ["list", "following", "digest", "reminders failed"]) {
      const { title } = await house.say(line);
      expect(title).toBe("None of the 2 connectors can be read: Alpha CRM and Beta Maps.");
    }
  });

  it("is missing from an export, which says so", async () => {
    const house = await openDamaged("Beta Maps");
    const reply = await house.say("export");
    expect(reply.title).toBe("What can be read of this workspace is in this file, as JSON.");
    expect(textOf(reply)).toContain(NOTE);
    expect((await house.exported()).connectors.map(({ name }) => name)).toEqual(["Alpha CRM"]);
  });

  it("does not keep others from undo, and says so where it is meant itself", async () => {
    const house = await openDamaged("Beta Maps");
    expect((await house.say("undo alpha")).title).toContain("Undone for Alpha CRM");
    for (const line of ["undo beta", "status beta"])
      expect((await house.say(line)).title).toContain("it is damaged, and has to be restored from a copy");
  });

  it("does not keep a question from being answered that could be about it", async () => {
    const house = await openDamaged("Beta Maps");
    const reply = await house.as("T-contoso", "Bo").say("when does our test link expire?");
    expect(textOf(reply)).toMatch(/Alpha CRM.*Beta Maps/s);
    expect((await house.say("how long does the preview test link live?")).title).toContain("48");
  });

  it("is counted and deleted by forget", async () => {
    const house = await openDamaged("Beta Maps");
    expect((await house.say("forget")).title).toContain("2 connectors");
    expect((await house.say("forget everything")).title).toContain("Deleted: 2 connectors");
    expect((await house.say("list")).title).toContain("No connector");
  });

  it("is not missed where it is not tracked any more", async () => {
    const data = join(makeFolder(), "store.db");
    const house = await openHouse({ data });
    await house.sayAll("track Alpha CRM", "track Beta Maps", "untrack Beta Maps confirm");
    damage(data, "Beta Maps");
    expect(textOf(await house.say("list"))).not.toContain("Beta Maps");
  });
});
