import { describe, expect, it } from "vitest";
import type { Reply } from "../../src/reply.ts";
import { buttonFor, buttonsOf, NAME, openHouse, openHouseAt, openHouseWith, textOf } from "../support.ts";
import { formOf, submit } from "./form.ts";

const ASKING = ["status", "next", "window", "eta", "forecast", "calendar", "ready", "request"];

describe("What an answer to a question can be shown by again", () => {
  it.each(ASKING)("%s: asked again, whoever asks, it is the same and changes nothing", async (command) => {
    const house = await openHouseAt("testing");
    const reply = await house.say(`${command} ${NAME}`);
    expect(reply.changed).toBeUndefined();
    expect(reply.again?.action).toBe(command);
    const before = await house.connector(NAME);
    const again = await house.as("T-contoso", "Bo", "shared").press(reply.again);
    expect(textOf(again)).toBe(textOf(reply));
    expect(again.again).toEqual(reply.again);
    expect(await house.connector(NAME)).toEqual(before);
  });

  it("keeps what was asked with it, and knows the connector by whatever name it has then", async () => {
    const house = await openHouseAt("publishing");
    const reply = await house.say(`eta ${NAME} Germany`);
    await house.say(`rename ${NAME} to Contoso Sales`);
    const again = await house.press(reply.again);
    expect(again.title).toBe(reply.title.replace(NAME, "Contoso Sales"));
  });

  it("is the list's own page, and a question about no connector", async () => {
    const house = await openHouse();
    for (let number = 10; number <= 20; number += 1) await house.say(`track Connector ${number}`);
    for (const line of ["list", "list 2", "eta Germany if go-live friday"]) {
      const reply = await house.say(line);
      expect(textOf(await house.press(reply.again))).toBe(textOf(reply));
    }
  });

  it("is also there where the question was pressed, or the name alone was typed", async () => {
    const house = await openHouseAt("testing");
    const typed = await house.say(NAME);
    const pressed = await house.press(typed.again);
    expect([typed.again?.action, pressed.again]).toEqual(["status", typed.again]);
  });
});

describe("What a change can be shown by", () => {
  it.each([
    ["mark", `mark ${NAME} go-live`],
    ["done", "done test"],
    ["rename", `rename ${NAME} to Contoso Sales`],
    ["evidence", `evidence ${NAME} slo=99.6`],
    ["reminders", `reminders ${NAME} mute`],
    ["undo", `undo ${NAME}`],
  ])("%s: the status that it led to", async (_, line) => {
    const house = await openHouseAt("testing");
    const reply = await house.say(line);
    expect([reply.changed, reply.again?.action]).toEqual([true, "status"]);
    const [one] = (await house.exported()).connectors;
    const status = await house.say(`status ${one?.name}`);
    expect(textOf(await house.press(reply.again))).toBe(textOf(status));
  });

  it("track: the status of what is followed now, also the second time, when nothing changes", async () => {
    const house = await openHouse();
    const [first, second] = [await house.say(`track ${NAME}`), await house.say(`track ${NAME}`)];
    expect([first.changed, second.changed]).toEqual([true, undefined]);
    expect((await house.press(first.again)).title).toBe((await house.say(`status ${NAME}`)).title);
  });
});

describe("Nothing is there to be shown to others", () => {
  it.each([
    "hi",
    "help",
    "settings",
    "export",
    `export ${NAME}`,
    `reminders ${NAME}`,
    `evidence ${NAME}`,
    `mark ${NAME}`,
    `mark ${NAME} submitted 2099-01-01`,
    `untrack ${NAME}`,
    "status Nobody",
    "what is love",
  ])("after %s", async (line) => {
    const house = await openHouseWith(NAME);
    const reply = await house.say(line);
    expect([reply.again, reply.changed]).toEqual([undefined, undefined]);
  });

  it("after a connector is not followed any more, nor after everything is forgotten, though both are changes", async () => {
    const house = await openHouseWith(NAME);
    const untracked = await house.press(buttonFor(await house.say(`untrack ${NAME}`), "untrack"));
    const forgotten = await house.press(buttonFor(await house.say("forget"), "forget"));
    const set = await house.say("settings zone Europe/Berlin");
    expect([untracked, forgotten, set].map(({ again, changed }) => [again, changed])).toEqual([
      [undefined, true],
      [undefined, true],
      [undefined, true],
    ]);
  });
});

describe("Where all of a channel see who pressed", () => {
  const lineOf = (reply: Reply, name: string) => textOf(reply).includes(`\nBy ${name}.\n`);

  it("a change says by whom, above its buttons", async () => {
    const house = await openHouseAt("testing");
    const channel = house.as("T-contoso", "Bo", "shared");
    const reply = await channel.press(buttonFor(await channel.say(`status ${NAME}`), "mark"));
    expect(reply.changed).toBe(true);
    expect(lineOf(reply, "Bo")).toBe(true);
    const kinds = reply.blocks.map(({ kind }) => kind);
    const at = reply.blocks.findIndex((block) => block.kind === "text" && block.spans.join("") === "By Bo.");
    expect(kinds[at + 1]).toBe("buttons");
    expect(buttonsOf(reply).length).toBeGreaterThan(0);
  });

  it("a filled form does, and what is written in it or a question does not", async () => {
    const house = await openHouseAt("draft");
    const channel = house.as("T-contoso", "Bo", "shared");
    const asked = await channel.say(`mark ${NAME}`);
    const refused = await submit(channel, asked, { milestone: "submitted", when: "next week" });
    const marked = await submit(channel, asked, { milestone: "submitted", when: "" });
    const status = await channel.press(buttonFor(marked, "status") ?? marked.again);
    expect([asked, refused, marked, status].map((reply) => lineOf(reply, "Bo"))).toEqual([
      false,
      false,
      true,
      false,
    ]);
  });

  it("what was typed does not need it, nor what is pressed in a direct chat", async () => {
    const house = await openHouseAt("testing");
    const typed = await house.as("T-contoso", "Bo", "shared").say(`mark ${NAME} go-live`);
    const pressed = await house.press(buttonFor(typed, "undo"));
    expect([typed.changed, pressed.changed]).toEqual([true, true]);
    for (const reply of [typed, pressed]) expect(textOf(reply)).not.toMatch(/^By /m);
  });

  it("a setting that is pressed says it too", async () => {
    const house = await openHouse();
    const channel = house.as("T-contoso", "Bo", "shared");
    const reply = await submit(channel, await channel.say("settings zone Nowhere"), {
      zone: "Europe/Berlin",
    });
    expect(lineOf(reply, "Bo") || textOf(reply).endsWith("By Bo.")).toBe(true);
  });
});

describe("track without a name", () => {
  it.each([
    ["pressed", "Which connector shall I follow?"],
    ["typed", "A name is missing. Nothing was changed."],
  ])("%s, asks for one and follows what is filled in", async (way, title) => {
    const house = await openHouse();
    const asked = await (way === "typed" ? house.say("track") : house.press({ action: "track", fields: {} }));
    expect(asked.title).toBe(title);
    expect(formOf(asked).inputs.map(({ id, sort }) => [id, sort])).toEqual([["name", "text"]]);
    expect([asked.changed, asked.again]).toEqual([undefined, undefined]);
    const empty = await submit(house, asked, { name: "  " });
    expect(formOf(empty).inputs[0]?.problem).toBeDefined();
    expect((await submit(house, empty, { name: NAME })).title).toContain(`Now following ${NAME}`);
  });
});
