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

describe("A step", () => {
  it("tells how far it is in one place only", async () => {
    const house = await openHouseAt("testing");
    const text = textOf(await house.say(`next ${NAME}`));
    expect(text).toMatch(/^ {2}Progress +step 1 of 2 at Testing$/m);
    expect(text.match(/\b\d+(?: of |\/)\d+\b/g)).toEqual(["1 of 2"]);
  });

  it("leaves its place out where its words name it already", async () => {
    const house = await openHouseAt("draft");
    expect(textOf(await house.say(`status ${NAME}`))).toMatch(/^ {2}Next +Sign in to Partner Center\.$/m);
    const open = textOf(await house.say(`done ${NAME} publish`));
    expect(open).toContain("- Sign in to Partner Center\n");
    expect(open).toContain("- Open Marketplace offers (Home > Marketplace offers)\n");
  });
});

describe("Settings", () => {
  it("are shown in words, and are taken in the same words", async () => {
    const house = await openHouse();
    const text = textOf(await house.say("settings"));
    expect(text).toMatch(/^ {2}Test link +24, 8, 2 and 0 business hours/m);
    expect(text).not.toMatch(/^ +[a-z]+(?:-[a-z]+)*: /m);
    for (const [words, said] of [
      ["test link 30", /^Test link reminders: 30 business hours/],
      ["SAS URI 5", /^SAS URI reminders: 5 days/],
      ["six months off", /^Six months reminders: off/],
      ["waves 8", /^Waves reminders: 8 o'clock/],
    ] as const) {
      expect((await house.say(`settings remind ${words}`)).title).toMatch(said);
    }
  });

  it("that a reminder can't have are refused with what it can", async () => {
    const house = await openHouse();
    const reply = await house.say("settings remind test-link 1000");
    expect(reply.title).toBe("“1000” is no time for “Test link”. Nothing was changed.");
    expect(textOf(reply)).toContain("numbers from 0 to 48");
    expect((await house.say("settings remind waves")).title).toMatch(/^Which times for “Waves”\?/);
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
  it("say what is left in testing: first the tests, then Go live", async () => {
    const house = await openHouseAt("testing");
    expect(textOf(await house.say("status"))).toContain("Test every action and trigger");
    await house.say("done test");
    expect(textOf(await house.say("status"))).toContain("Next       Testing is done: select Go live.");
  });

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
      expect(all).toMatch(new RegExp(`(?:^  \\S+ +|· )${words[0]}(?: ·|$)`, "m"));
      for (const word of words) expect((await house.say(`help ${word}`)).title).toContain(usage);
      for (const example of examples) expect(textOf(await house.say(`help ${name}`))).toContain(example);
    }
    expect(house.logged).toEqual([]);
  });

  it("help leads with a few things to say, and is short", async () => {
    const house = await openHouseWith(NAME);
    const [title, examples = "", commands = ""] = textOf(await house.say("help")).split("\n\n");
    expect(title).not.toMatch(/[<[]/);
    expect(examples.split("\n").length).toBe(5);
    for (const example of examples.matchAll(/^ {2}- (.*?) · /gm)) {
      expect((await house.say(example[1] ?? "")).title).toContain(NAME);
    }
    expect(commands.split("\n").length).toBeLessThan(8);
    expect(commands).not.toMatch(/[<[]/);
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
