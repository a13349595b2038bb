import { describe, expect, it } from "vitest";
import { COMMAND_NAMES, COMMANDS } from "../../src/commands/command.ts";
import {
  NAME,
  openHouse,
  openHouseAt,
  openHouseWith,
  type Stage,
  sourcesOf,
  TO,
  textOf,
} from "../support.ts";

const STAGES = Object.keys(TO) as Stage[];
const CITED = ["status", "next", "forecast", "eta", "window", "ready"];

describe("Every answer about a connector", () => {
  it.each(STAGES)("at %s has one line first, and says where its rules come from", async (stage) => {
    const house = await openHouseAt(stage);
    for (const command of CITED) {
      const reply = await house.say(`${command} ${NAME}`);
      expect(reply.title).toContain(NAME);
      expect(reply.title).not.toMatch(/[\n\r]|undefined|NaN|Invalid/);
      expect(reply.title.length).toBeLessThan(200);
      const sources = sourcesOf(reply);
      expect(`${command}: ${sources.length > 0}`).toBe(`${command}: true`);
      for (const { document, section, href } of sources) {
        expect(document).not.toBe("");
        expect(section).not.toBe("");
        expect(href).toMatch(/^https:\/\/learn\.microsoft\.com\//);
      }
    }
  });

  it.each(STAGES)("at %s answers where, what next, by when, and what if it is missed", async (stage) => {
    const house = await openHouseAt(stage);
    const text = textOf(await house.say(`status ${NAME}`));
    for (const label of ["Stage", "Next", "By when", "If missed"])
      expect(text).toMatch(new RegExp(`^ +${label}  +\\S`, "m"));
  });

  it.each(STAGES)("at %s is at most a screen long", async (stage) => {
    const house = await openHouseAt(stage);
    for (const command of ["status", "next", "window", "reminders"]) {
      expect(textOf(await house.say(`${command} ${NAME}`)).split("\n").length).toBeLessThan(32);
    }
  });
});

describe("Facts of the domain in the answers", () => {
  it("Live in Partner Center is never told as being in all regions", async () => {
    const house = await openHouseAt("deploying");
    const text = textOf(await house.say(`status ${NAME}`));
    expect(text).toContain("Live");
    expect(text).toContain("not in all regions");
    expect(text).toContain("Fri 27 Nov 2026");
    expect(text).toContain("Fri 4 Dec 2026");
  });

  it.each([
    ["Germany", "Thu 12 Nov 2026"],
    ["Singapore", "Tue 10 Nov 2026"],
    ["Japan", "Fri 13 Nov 2026"],
    ["UK", "Mon 16 Nov 2026"],
    ["USA", "Mon 16 Nov 2026"],
    ["Brazil", "Fri 13 Nov 2026"],
  ])("the wave of %s comes %s, with the all-regions window beside it", async (place, day) => {
    const house = await openHouseAt("publishing");
    const reply = await house.say(`eta ${NAME} ${place}`);
    expect(reply.title).toContain(day);
    expect(textOf(reply)).toContain("27 Nov 2026");
    expect(textOf(reply)).toContain("4 Dec 2026");
  });

  it.each(["South Africa", "UAE", "Mexico"])(
    "%s is answered as not listed, with the all-regions window",
    async (place) => {
      const house = await openHouseAt("publishing");
      const reply = await house.say(`eta ${NAME} ${place}`);
      expect(reply.title).toMatch(/Fri 27 Nov.*Fri 4 Dec/);
      // No wave's day is given for it, in the title or beside a row of the table.
      expect(reply.title).not.toMatch(/(?:6|9|10|12|13|16) Nov/);
      expect(textOf(reply)).not.toMatch(new RegExp(`, ${place}$`, "m"));
    },
  );

  it("a what-if needs no connector, and changes nothing", async () => {
    const house = await openHouse();
    expect(textOf(await house.say("eta if go-live 18 Dec"))).toContain("Fri 8 Jan 2027");
    expect((await house.exported()).connectors).toEqual([]);
  });

  it("a rollout between 15 November and 10 January warns that a freeze is likely", async () => {
    const house = await openHouse();
    const warnings = async (line: string) =>
      (await house.say(line)).blocks.filter(
        (block) =>
          block.kind === "note" && block.sort !== "settled" && /fr[eo]+ze/.test(JSON.stringify(block)),
      );
    expect(await warnings("eta if go-live 18 Dec")).toHaveLength(1);
    expect(await warnings("eta if go-live 2 Mar 2027")).toEqual([]);
  });

  it("a Go live confirmed on a Thursday is told to be at risk", async () => {
    const house = await openHouse();
    expect(textOf(await house.say("eta if go-live 2026-11-05"))).toMatch(/risk/);
  });

  it("an expired window's status says that the offer must be resubmitted, and offers it", async () => {
    const house = await openHouseAt("testing");
    house.sleep("2026-11-07T00:00");
    const reply = await house.say(`status ${NAME}`);
    expect(reply.title).toMatch(/resubmit/i);
    expect(JSON.stringify(reply.blocks)).toContain('"milestone":"submitted"');
  });
});

describe("The first steps of someone new", () => {
  it.each(["hi", "Hello", "help", "HELP", "list", "status", "next", "ready", "what's next"])(
    "“%s” in an empty workspace leads on",
    async (said) => {
      const house = await openHouse();
      expect(textOf(await house.say(said))).toMatch(/track/);
    },
  );

  it("a command without a name means the only connector there is", async () => {
    const house = await openHouseAt("testing");
    for (const command of CITED) expect((await house.say(command)).title).toContain(NAME);
    await house.say("mark go-live");
    expect((await house.standing(NAME)).stage).toBe("publishing");
    expect(textOf(await house.say("eta Germany"))).toContain(NAME);
  });

  it("a command without a name asks which of two", async () => {
    const house = await openHouseWith(NAME, ["track Contoso Sales"]);
    const before = await house.exported();
    const text = textOf(await house.say("mark submitted"));
    expect(text).toContain(NAME);
    expect(text).toContain("Contoso Sales");
    expect(await house.exported()).toEqual(before);
  });

  it("help knows every command, its words and its examples, and the examples work", async () => {
    const house = await openHouseWith(NAME);
    const all = textOf(await house.say("help"));
    for (const name of COMMAND_NAMES) {
      const { usage, words, examples } = COMMANDS[name];
      expect(all).toContain(usage);
      for (const word of words) expect((await house.say(`help ${word}`)).title).toContain(usage);
      for (const example of examples) expect(textOf(await house.say(`help ${name}`))).toContain(example);
    }
    expect(house.logged).toEqual([]);
  });

  it.each(COMMAND_NAMES.flatMap((name) => COMMANDS[name].examples.map((example) => [example])))(
    "the example “%s” is understood",
    async (example) => {
      const house = await openHouseWith(NAME, [`mark ${NAME} go-live 2026-11-02 12:00 already`]);
      const { title } = await house.say(example);
      expect(title).not.toMatch(
        /don't know the command|No connector called|no milestone|no time I understand/,
      );
      expect(house.logged).toEqual([]);
    },
  );
});
