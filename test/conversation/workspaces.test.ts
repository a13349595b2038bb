import { existsSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, it } from "vitest";
import { COMMAND_NAMES } from "../../src/commands/command.ts";
import type { WorkspaceId } from "../../src/incoming.ts";
import { makeFolder } from "../store/folder.ts";
import {
  buttonFor,
  buttonsOf,
  NAME,
  openHouse,
  openHouseAt,
  openHouseWith,
  textOf,
  travel,
} from "../support.ts";

describe("Two workspaces", () => {
  it("never see each other's connectors, whatever is typed", async () => {
    const house = await openHouseAt("testing");
    const fabrikam = house.as("T-fabrikam", "Bo");
    await fabrikam.say("settings zone Europe/Berlin");
    const before = await house.exported();
    for (const command of COMMAND_NAMES) {
      const text = textOf(await fabrikam.say(`${command} ${NAME}`.replace("track ", "status ")));
      expect(text).not.toMatch(/Ana|testing|PST/);
    }
    expect((await fabrikam.exported()).connectors).toEqual([]);
    expect(await house.exported()).toEqual(before);
  });

  it("can't press each other's buttons", async () => {
    const house = await openHouseAt("testing");
    const { id } = await house.connector(NAME);
    const fabrikam = house.as("T-fabrikam", "Bo");
    const before = await house.exported();
    for (const action of COMMAND_NAMES) {
      const fields = {
        connector: id,
        milestone: "go-live",
        confirm: "yes",
        step: "test",
        to: "Mine",
        do: "mute",
      };
      const reply = await fabrikam.press({ action, fields: { ...fields, given: "slo=1" } });
      expect(textOf(reply)).not.toMatch(/Ana|is in testing/);
    }
    await fabrikam.press({ action: "forget", fields: { words: "everything" } });
    expect(await house.exported()).toEqual(before);
  });

  it("can follow connectors of the same name, each its own", async () => {
    const house = await openHouseAt("testing");
    const fabrikam = house.as("T-fabrikam", "Bo");
    await fabrikam.sayAll(`track ${NAME}`, `mark ${NAME} all-regions already`);
    expect((await house.standing(NAME)).stage).toBe("testing");
    expect((await fabrikam.standing(NAME)).stage).toBe("public-preview");
  });

  it("have their own zone, freezes and reminders", async () => {
    const house = await openHouseAt("publishing");
    const fabrikam = house.as("T-fabrikam", "Bo");
    await fabrikam.sayAll("settings freeze add 2026-11-06 to 2026-11-30 theirs", "settings zone Asia/Tokyo");
    expect((await house.standing(NAME)).rollout?.startsOn).toBe("2026-11-06");
    expect((await house.exported()).settings).toMatchObject({ freezes: [] });
  });
});

describe("Forget", () => {
  it("asks first; then no row of the workspace is left, and the other's rows are", async () => {
    const data = join(makeFolder(), "shepherd.db");
    const house = await openHouseWith(
      NAME,
      ["track Contoso Sales", `untrack ${NAME} confirm`, "settings zone UTC"],
      {
        data,
      },
    );
    const fabrikam = house.as("T-fabrikam", "Bo");
    await fabrikam.sayAll("track Fabrikam Mail", "settings zone Asia/Tokyo");
    const before = await fabrikam.exported();
    const question = await house.say("forget");
    expect((await house.exported()).connectors).toHaveLength(2);
    await house.press(buttonFor(question, "forget", { words: "everything" }));
    expect((await house.exported()).connectors).toEqual([]);
    expect((await house.exported()).settings).not.toHaveProperty("zone");
    expect(await fabrikam.exported()).toEqual(before);
    await house.close();
    const rows = new DatabaseSync(data, { readOnly: true });
    const count = (table: string, column: string) =>
      rows.prepare(`SELECT count(*) AS n FROM ${table} WHERE ${column} LIKE '%T-contoso%'`).get();
    expect(count("connector", "workspace")).toEqual({ n: 0 });
    expect(count("shelf", "key")).toEqual({ n: 0 });
    rows.close();
    expect(existsSync(data)).toBe(true);
  });

  it("asks again when another connector is followed than was asked for, and says so", async () => {
    const house = await openHouseWith(NAME);
    const question = await house.say("forget");
    await house.say("track Contoso Sales");
    const again = await house.press(buttonFor(question, "forget"));
    expect(again.title).toMatch(
      /^Nothing was deleted, because the number of connectors has changed meanwhile\. Delete .* 2 connectors and /,
    );
    expect(again.changed).toBeUndefined();
    expect((await house.exported()).connectors).toHaveLength(2);
    await house.press(buttonFor(again, "forget"));
    expect((await house.exported()).connectors).toEqual([]);
  });

  it("asks again when the question is more than an hour old, and says so", async () => {
    const house = await openHouseWith(NAME);
    const question = await house.say("forget");
    house.sleep("61m");
    const again = await house.press(buttonFor(question, "forget"));
    expect(again.title).toMatch(
      /^Nothing was deleted, because the question was more than an hour old\. Delete /,
    );
    expect((await house.exported()).connectors).toHaveLength(1);
    house.sleep("60m");
    expect((await house.press(buttonFor(again, "forget"))).title).toMatch(/^Deleted: 1 connector /);
  });

  it("deletes nothing by a button that was made up", async () => {
    const house = await openHouseWith(NAME);
    for (const made of [{ count: "1" }, { count: "1", asked: "soon" }, { asked: "2026-11-03T17:15:00Z" }]) {
      await house.press({
        action: "forget",
        fields: { words: "everything", ...made } as Record<string, string>,
      });
    }
    expect((await house.exported()).connectors).toHaveLength(1);
  });

  it("typed in full, needs no question", async () => {
    const house = await openHouseWith(NAME);
    await house.sayAll("forget", "track Contoso Sales");
    house.sleep("30d");
    expect((await house.say("forget everything")).title).toMatch(/^Deleted: 2 connectors /);
  });

  it("leaves nothing to remind of", async () => {
    const house = await openHouseAt("testing");
    await house.say("forget everything");
    expect(await house.wait("30d")).toEqual([]);
    expect(house.logged).toEqual([]);
  });
});

describe("The same message delivered twice", () => {
  it("is answered once and acted on once", async () => {
    const house = await openHouseAt("review");
    const delivery = { id: "same", said: { kind: "text", text: `evidence ${NAME} slo=99.6` } as const };
    const answers = await Promise.all([
      house.answer(delivery),
      house.answer(delivery),
      house.answer(delivery),
    ]);
    expect(answers.filter((answer) => answer !== undefined)).toHaveLength(1);
    expect((await house.connector(NAME)).changes).toHaveLength(2);
    house.sleep("23h");
    expect(await house.answer(delivery)).toBeUndefined();
  });

  it("is another message in another workspace", async () => {
    const house = await openHouse();
    const said = { kind: "text", text: "hi" } as const;
    expect(await house.answer({ id: "same", said })).toBeDefined();
    expect(await house.answer({ id: "same", said, workspace: "T-fabrikam" as WorkspaceId })).toBeDefined();
  });
});

describe("Several people at once", () => {
  it("press Go live together: it changes once, and the others are told", async () => {
    const house = await openHouseAt("testing");
    const button = buttonFor(await house.say(`status ${NAME}`), "mark", { milestone: "go-live" });
    const replies = await Promise.all(Array.from({ length: 8 }, () => house.press(button)));
    const { moves } = await house.connector(NAME);
    expect(moves.filter(({ milestone }) => milestone === "go-live")).toHaveLength(1);
    expect(new Set(replies.map(({ title }) => title)).size).toBe(2);
    expect(house.logged).toEqual([]);
  });

  it("press the same Undo together: one change is taken back, not two", async () => {
    const house = await openHouseAt("review");
    await travel(house, [["2026-11-03T12:00", `evidence ${NAME} slo=99.6`]]);
    house.sleep("1h");
    const marked = await house.say(`mark ${NAME} report-passed`);
    await Promise.all([1, 2, 3].map(() => house.press(buttonFor(marked, "undo"))));
    expect((await house.standing(NAME)).stage).toBe("review");
    expect((await house.connector(NAME)).evidence).toEqual({ slo: 99.6 });
  });

  it("track the same name together: it is followed once", async () => {
    const house = await openHouse();
    await Promise.all(Array.from({ length: 6 }, () => house.say(`track ${NAME}`)));
    expect((await house.exported()).connectors).toHaveLength(1);
    expect(house.logged).toEqual([]);
  });

  it("add different evidence together: nothing is lost", async () => {
    const house = await openHouseWith(NAME);
    const given = ["slo=99.6", "availability=99.97", "backend=yes", "support=yes", "connections=60"];
    await Promise.all(given.map((one) => house.say(`evidence ${NAME} ${one}`)));
    expect(Object.keys((await house.connector(NAME)).evidence)).toHaveLength(given.length);
  });

  it("rename two connectors to the same name together: one of them gets it", async () => {
    const house = await openHouseWith(NAME, ["track Contoso Sales"]);
    await Promise.all([house.say(`rename ${NAME} to New`), house.say("rename Contoso Sales to New")]);
    const names = (await house.exported()).connectors.map(({ name }) => name);
    expect(names.filter((name) => name === "New")).toHaveLength(1);
    expect(house.logged).toEqual([]);
  });

  it("change different settings together: nothing is lost", async () => {
    const house = await openHouse();
    await Promise.all([
      house.say("settings freeze add 2026-12-21 to 2027-01-04"),
      house.say("settings zone Europe/Berlin"),
      house.say("settings remind waves off"),
    ]);
    const { settings } = await house.exported();
    expect(settings).toMatchObject({ zone: "Europe/Berlin", remind: { waves: [] } });
    expect(settings).toHaveProperty("freezes.0.from", "2026-12-21");
  });
});

describe("Settings", () => {
  it("are shown, changed and taken back to their defaults", async () => {
    const house = await openHouse();
    await house.sayAll(
      "settings zone europe/berlin",
      "settings freeze add 21 Dec to 4 Jan year end",
      "settings freeze add 2026-11-26 to 2026-11-27 Thanksgiving",
      "settings remind test-link 24 4",
    );
    expect((await house.exported()).settings).toMatchObject({
      zone: "Europe/Berlin",
      freezes: [
        { from: "2026-11-26", to: "2026-11-27", why: "Thanksgiving" },
        { from: "2026-12-21", to: "2027-01-04", why: "year end" },
      ],
      remind: { "test-link": [24, 4] },
    });
    await house.sayAll("settings freeze remove 1", "settings remind test-link default");
    const { settings } = await house.exported();
    expect(settings).toMatchObject({ freezes: [{ why: "year end" }], remind: {} });
    expect(textOf(await house.say("settings"))).toContain("Europe/Berlin");
  });

  it("give the zone to people whose platform tells none; a person's own goes first", async () => {
    const house = await openHouseAt("testing");
    await house.say("settings zone Asia/Kolkata");
    expect((await house.say(`window ${NAME}`)).title).toContain("Fri 6 Nov 2026, 23:30 GMT+5:30");
    const from = { id: "U2", name: "Bo", zone: "Europe/London" };
    const reply = await house.answer({ from, said: { kind: "text", text: `window ${NAME}` } });
    expect(reply?.title).toContain("Fri 6 Nov 2026, 18:00");
  });

  it("show every reply of the same kind with the buttons to go on", async () => {
    const house = await openHouse();
    for (const line of ["settings", "settings freeze", "help", "hi", "list"]) {
      expect(buttonsOf(await house.say(line)).length).toBeGreaterThan(0);
    }
  });
});
