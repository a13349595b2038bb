import { describe, expect, it } from "vitest";
import { buttonFor, NAME, openHouseAt, openHouseWith, sasUri, textOf } from "../support.ts";

/** The parts of a record that undo must put back. */
const PARTS = [
  ...(["name", "moves", "steps", "evidence", "silence", "untrackedAt"] as const),
  ...(["where", "setting", "followers"] as const),
];

describe("Undo takes back", () => {
  it.each([
    ["a milestone", `mark ${NAME} submitted`],
    ["a milestone that was already so", `mark ${NAME} ga 2026-10-01 already`],
    ["a ticked step", `done ${NAME} seller-account`],
    ["the whole account", `done ${NAME} account`],
    ["evidence", `evidence ${NAME} slo=99.6 users=510,530,505`],
    ["a name", `rename ${NAME} to Contoso Sales`],
    ["muting", `reminders ${NAME} mute`],
    ["a snooze", `reminders ${NAME} snooze 4h`],
    ["the end of following", `untrack ${NAME} confirm`],
  ])("%s", async (_, line) => {
    const house = await openHouseWith(NAME);
    const before = await house.connector(NAME);
    await house.say(line);
    const [changed] = (await house.exported()).connectors;
    expect(changed?.changes).toHaveLength(1);
    await house.say(`undo ${changed?.name}`);
    const after = await house.connector(NAME);
    for (const part of PARTS) expect(after[part]).toEqual(before[part]);
    expect(after.changes).toEqual([]);
  });

  it("evidence that was taken back, and evidence that was replaced", async () => {
    const house = await openHouseWith(NAME, [`evidence ${NAME} slo=99.6 backend=yes`]);
    const { evidence } = await house.connector(NAME);
    await house.sayAll(`evidence ${NAME} slo=`, `evidence ${NAME} backend=no`);
    expect((await house.connector(NAME)).evidence).toEqual({ backend: false });
    await house.sayAll(`undo ${NAME}`, `undo ${NAME}`);
    expect((await house.connector(NAME)).evidence).toEqual(evidence);
  });

  it("a SAS URI, and with it its reminders", async () => {
    const house = await openHouseAt("draft");
    await house.say(`done ${NAME} sas-uri ${sasUri("2026-12-03T09:15")}`);
    expect((await house.connector(NAME)).dueAt).toBe("2026-11-30T17:15:00.000Z");
    await house.say(`undo ${NAME}`);
    expect((await house.connector(NAME)).dueAt).toBeUndefined();
  });

  it("ten changes one after the other, and says when nothing is left", async () => {
    const house = await openHouseWith(NAME);
    const states = [(await house.connector(NAME)).evidence];
    for (let count = 1; count <= 12; count += 1) {
      await house.say(`evidence ${NAME} connections=${count}`);
      states.push((await house.connector(NAME)).evidence);
    }
    for (let back = 11; back >= 2; back -= 1) {
      await house.say(`undo ${NAME}`);
      expect((await house.connector(NAME)).evidence).toEqual(states[back]);
    }
    const before = await house.connector(NAME);
    const reply = await house.say(`undo ${NAME}`);
    expect(await house.connector(NAME)).toEqual(before);
    expect(reply.title).toMatch(/nothing/i);
  });

  it("only the change its button was made for", async () => {
    const house = await openHouseAt("review");
    const marked = await house.say(`mark ${NAME} report-passed`);
    const undo = buttonFor(marked, "undo");
    house.sleep("1m");
    await house.say(`evidence ${NAME} slo=99.6`);
    await house.press(undo);
    expect((await house.standing(NAME)).stage).toBe("testing");
    expect((await house.connector(NAME)).evidence).toEqual({ slo: 99.6 });
  });

  it("a Go live, after which the test link's reminders are back", async () => {
    const house = await openHouseAt("testing");
    const { dueAt } = await house.connector(NAME);
    await house.sayAll(`mark ${NAME} go-live`, `undo ${NAME}`);
    expect((await house.connector(NAME)).dueAt).toBe(dueAt);
  });
});

describe("Undo", () => {
  it("leaves the other connectors and the settings as they are", async () => {
    const house = await openHouseWith(NAME, ["track Contoso Sales", "settings zone Europe/Berlin"]);
    const before = (await house.exported()).settings;
    const other = await house.connector("Contoso Sales");
    await house.sayAll(`evidence ${NAME} slo=99.6`, `undo ${NAME}`);
    expect((await house.exported()).settings).toEqual(before);
    expect(await house.connector("Contoso Sales")).toEqual(other);
  });

  it("brings an untracked connector back by the button under its farewell", async () => {
    const house = await openHouseAt("testing");
    const question = await house.say(`untrack ${NAME}`);
    expect((await house.connector(NAME)).untrackedAt).toBeUndefined();
    const farewell = await house.press(buttonFor(question, "untrack", { confirm: "yes" }));
    expect(textOf(await house.say("list"))).not.toContain("Testing");
    await house.press(buttonFor(farewell, "undo"));
    expect((await house.standing(NAME)).stage).toBe("testing");
  });

  it("after a connector was tracked again takes back what was done before it was untracked", async () => {
    const house = await openHouseWith(NAME, [
      `mark ${NAME} submitted`,
      `untrack ${NAME} confirm`,
      `track ${NAME}`,
      `undo ${NAME}`,
    ]);
    expect((await house.connector(NAME)).moves).toEqual([]);
  });

  it("of a rename says so when the old name is another's by now", async () => {
    const house = await openHouseWith(NAME, [`rename ${NAME} to Contoso Sales`, `track ${NAME}`]);
    const reply = await house.say("undo Contoso Sales");
    expect(reply.title).toContain(NAME);
    expect((await house.connector("Contoso Sales")).name).toBe("Contoso Sales");
  });
});
