import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createAssistant } from "../../src/assistant.ts";
import type { Incoming, WorkspaceId } from "../../src/incoming.ts";
import type { Reply } from "../../src/reply.ts";
import { makeFolder } from "../store/folder.ts";
import { rowsOf } from "../store/rows.ts";
import {
  buttonsOf,
  HERE,
  type House,
  NAME,
  type Options,
  openHouse,
  openHouseAt,
  textOf,
} from "../support.ts";

const FIRST = "when do german customers get contoso?";
const UK = /^Contoso CRM would reach United Kingdom Mon 16 Nov 2026/;

/** Contoso CRM is in testing, two more are followed, and nothing was spoken of just now. */
async function openHouseOfThree(options?: Options): Promise<House> {
  const house = await openHouseAt("testing", options);
  await house.sayAll("track Fabrikam Mail", "track Litware Maps");
  house.sleep("31m");
  return house;
}

/** Said by someone, in a thread or in none; the first line that comes back. */
function speakerIn(house: House) {
  return async (name: string, text: string, more: Partial<Incoming> = {}): Promise<string> => {
    const from = { id: `U-${name}`, name };
    const reply = await house.answer({ said: { kind: "text", text }, from, setting: "shared", ...more });
    return reply?.title ?? "";
  };
}

const titleOf = async (reply: Promise<Reply>) => (await reply).title;

describe("After a question about a connector", () => {
  it("a place, another connector, a day and “it” are understood, one after the other", async () => {
    const house = await openHouseOfThree();
    await house.say(FIRST);
    expect(await titleOf(house.say("and the UK?"))).toMatch(UK);
    expect(await titleOf(house.say("what about fabrikam?"))).toMatch(
      /^Fabrikam Mail would reach United Kingdom/,
    );
    const supposed = await house.say("and if we sign off tomorrow?");
    expect(supposed.title).toMatch(/^Fabrikam Mail would reach United Kingdom Mon 16 Nov 2026/);
    expect(textOf(supposed)).toContain("Supposing Go live confirmed Thu 5 Nov 2026");
    expect(await titleOf(house.say("is it ready for GA?"))).toContain("; Fabrikam Mail is at Draft");
    expect(await titleOf(house.say("and contoso?"))).toContain("; Contoso CRM is at Testing");
    expect(await titleOf(house.say("when does it reach Japan?"))).toMatch(/^Contoso CRM would reach Japan/);
  });

  it.each<[command: string, question: string, line: RegExp]>([
    ["eta contoso Germany", "and the UK?", UK],
    ["eta contoso Germany", "what about fabrikam?", /^Fabrikam Mail would reach Germany/],
    ["status litware", "is it ready for GA?", /; Litware Maps is at Draft/],
    ["ready litware", "and fabrikam?", /; Fabrikam Mail is at Draft/],
    ["window contoso", "what about fabrikam?", /^Fabrikam Mail has no test link yet/],
    ["next contoso", "and the UK?", UK],
    ["status contoso", "and if we sign off tomorrow?", /^Contoso CRM would start rolling out Fri 6 Nov/],
  ])("and after the command %s, %s is understood", async (command, question, line) => {
    const house = await openHouseOfThree();
    await house.say(command);
    expect(await titleOf(house.say(question))).toMatch(line);
  });

  it("and after the connector was pressed, because we asked for it, too", async () => {
    const house = await openHouseOfThree();
    const which = await house.say("when does it reach Germany?");
    expect(which.title).toBe("Which connector? 3 are tracked here.");
    await house.press(buttonsOf(which).find(({ label }) => label === NAME));
    expect(await titleOf(house.say("and the UK?"))).toMatch(UK);
  });
});

describe("After a topic", () => {
  it("“and if it fails?” is what happens when the review fails", async () => {
    const house = await openHouse();
    await house.say("how long does the review take?");
    expect(await titleOf(house.say("and if it fails?"))).toMatch(/^Change the package as the .* report says/);
  });

  it("a connector's name asks what it means for that connector", async () => {
    const house = await openHouseOfThree();
    await house.say("how long is the test link valid?");
    expect(await titleOf(house.say("and for contoso?"))).toMatch(
      /^Contoso CRM's test link expires Fri 6 Nov/,
    );
    await house.say("how high does the success rate have to be?");
    expect(await titleOf(house.say("what about litware?"))).toContain("; Litware Maps is at Draft");
  });

  it("and after one that was pressed, too", async () => {
    const house = await openHouseOfThree();
    await house.press({ action: "ask", fields: { topic: "test.48h" } });
    expect(await titleOf(house.say("and for contoso?"))).toMatch(
      /^Contoso CRM's test link expires Fri 6 Nov/,
    );
  });

  it("the connector that was spoken of before still is", async () => {
    const house = await openHouseOfThree();
    await house.sayAll("status litware", "how high does the success rate have to be?");
    expect(await titleOf(house.say("is it ready for GA?"))).toContain("; Litware Maps is at Draft");
  });
});

describe("In a thread", () => {
  it("what one person asked, another can go on from", async () => {
    const house = await openHouseOfThree();
    const say = speakerIn(house);
    await say("Ana", FIRST, { thread: "t1" });
    expect(await say("Bo", "and the UK?", { thread: "t1" })).toMatch(UK);
    expect(await say("Ana", "what about fabrikam?", { thread: "t1" })).toMatch(/^Fabrikam Mail would reach/);
  });

  it("nobody can from another thread, from none, or from another workspace", async () => {
    const house = await openHouseOfThree();
    const say = speakerIn(house);
    const theirs = { workspace: "T-fabrikam" as WorkspaceId };
    await house.as("T-fabrikam").say(`track ${NAME}`);
    await house.as("T-fabrikam").say("track Zebra");
    await say("Ana", FIRST, { thread: "t1" });
    for (const elsewhere of [{ thread: "t2" }, {}, { thread: "t1", ...theirs }, theirs])
      for (const name of ["Ana", "Bo"])
        expect([elsewhere, name, await say(name, "and the UK?", elsewhere)]).toEqual([
          elsewhere,
          name,
          expect.not.stringMatching(/would reach/),
        ]);
  });
});

describe("Without a thread", () => {
  it("each person has a talk of their own, in each place", async () => {
    const house = await openHouseOfThree();
    const say = speakerIn(house);
    await say("Ana", FIRST);
    await say("Bo", "status litware");
    const elsewhere = { where: "chat:elsewhere" as typeof HERE };
    expect(await say("Cy", "and the UK?")).not.toMatch(/would reach/);
    expect(await say("Ana", "and the UK?", elsewhere)).not.toMatch(/would reach/);
    expect(await say("Ana", "and the UK?")).toMatch(UK);
    expect(await say("Bo", "and the UK?")).toMatch(/^Litware Maps would reach United Kingdom/);
  });
});

describe("What was asked last", () => {
  it("is forgotten after half an hour without a question, and not before", async () => {
    const house = await openHouseOfThree();
    await house.say(FIRST);
    house.sleep("29m");
    expect(await titleOf(house.say("and the UK?"))).toMatch(UK);
    house.sleep("29m");
    expect(await titleOf(house.say("and Germany?"))).toMatch(/^Contoso CRM would reach Germany/);
    house.sleep("31m");
    expect(await titleOf(house.say("and the UK?"))).not.toMatch(/would reach/);
    expect(await titleOf(house.say("is it ready for GA?"))).toMatch(/^Which connector\?/);
  });

  it("is no answer about a connector that is not followed any more", async () => {
    const house = await openHouseOfThree();
    await house.sayAll(FIRST, `untrack ${NAME} confirm`);
    for (const question of ["and the UK?", "is it ready for GA?", "and if we sign off tomorrow?"])
      expect(await titleOf(house.say(question))).not.toMatch(/^Contoso CRM|Contoso CRM is at/);
    expect(house.logged).toEqual([]);
  });

  it.each(["typed", "pressed by a colleague"])(
    "is still known when it gets another name, %s",
    async (how) => {
      const house = await openHouseOfThree();
      await house.say(FIRST);
      const { id } = await house.connector(NAME);
      const press = { action: "rename", fields: { connector: id, to: "Sales Hub" } };
      if (how === "typed") await house.say(`rename ${NAME} to Sales Hub`);
      else await house.as("T-contoso", "Bo").press(press);
      expect(await titleOf(house.say("and the UK?"))).toMatch(/^Sales Hub would reach United Kingdom/);
    },
  );

  it("is kept as what was understood, never as what was written", async () => {
    const data = join(makeFolder(), "shepherd.db");
    const house = await openHouseOfThree({ data });
    for (const question of [
      "my boss Zebulon wants to know when German customers get contoso",
      "zebulon asks how long the test link is valid",
      "zebulon zebulon?",
      "and the UK, zebulon?",
      "zebulon: is it ready for GA?",
    ])
      await house.say(question);
    await house.close();
    const kept = rowsOf(data).filter((row) => row.includes("talk:"));
    expect(kept.length).toBeGreaterThan(0);
    expect(rowsOf(data).join().toLowerCase()).not.toMatch(/zebulon|boss|customers|asks/);
  });

  it("is gone with everything else that is forgotten, and another workspace's is not", async () => {
    const data = join(makeFolder(), "shepherd.db");
    const house = await openHouseOfThree({ data });
    const fabrikam = house.as("T-fabrikam", "Bo");
    await fabrikam.sayAll("track Zebra", "track Yak", "status zebra");
    await house.say(FIRST);
    await speakerIn(house)("Bo", FIRST, { thread: "t1" });
    await house.say("forget everything");
    expect(await titleOf(fabrikam.say("and the UK?"))).toMatch(/^Zebra would reach United Kingdom/);
    await house.close();
    const rows = rowsOf(data);
    expect(rows.filter((row) => row.includes("talk:T-contoso"))).toEqual([]);
    expect(rows.some((row) => row.includes("talk:T-fabrikam"))).toBe(true);
  });
});

describe("Where nothing can be remembered", () => {
  it("every question is answered by itself", async () => {
    const house = await openHouseOfThree();
    const { talks: _, ...needs } = house.needs;
    const assistant = createAssistant(needs);
    let count = 0;
    const say = async (text: string) => {
      count += 1;
      const base = { id: `m${count}`, workspace: "T-contoso" as WorkspaceId, where: HERE } as const;
      const from = { id: "U-ana", name: "Ana" };
      const reply = await assistant.answer({
        ...base,
        from,
        setting: "direct",
        said: { kind: "text", text },
      });
      return reply?.title;
    };
    expect(await say(FIRST)).toMatch(/^Contoso CRM would reach Germany/);
    expect(await say("and the UK?")).not.toMatch(/would reach/);
    expect(await say("how high does the success rate have to be?")).toMatch(/^More than 80 %/);
    expect(await say("is it ready for GA?")).toBe("Which connector? 3 are tracked here.");
    expect(await say("litware")).toMatch(/Litware Maps|litware/i);
    expect(await say("forget everything")).toMatch(/^Deleted: 3 connectors/);
    expect(house.logged).toEqual([]);
  });
});
