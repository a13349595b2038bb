import { describe, expect, it } from "vitest";
import { openHouse, openHouseAt, textOf } from "../support.ts";

const STAGES = ["draft", "testing", "public-preview"] as const;

describe("What is asked", () => {
  const QUESTIONS = [
    "mark go-live today?",
    "mark contoso submitted?",
    "undo?",
    "oops?",
    "done?",
    "check?",
    "check categories how many?",
    "done categories what are they",
    "rename contoso to what?",
    "rename contoso to Contoso 2?",
    "rename contoso to Globex please?",
    "settings freeze 2026-12-20 to 2027-01-03?",
    "add a category",
    "add another cloud?",
    "register a seller account",
    "register as publisher",
    "track Northwind?",
    "track my connector how?",
    "remove preview tag how",
    "export what?",
    "forget what?",
  ];

  it.each(STAGES)("at the stage %s changes nothing, however much it looks like a command", async (stage) => {
    const house = await openHouseAt(stage);
    const before = JSON.stringify(await house.exported());
    for (const question of QUESTIONS) {
      const reply = await house.say(question);
      expect([question, reply.changed]).toEqual([question, undefined]);
      expect([question, JSON.stringify(await house.exported()) === before]).toEqual([question, true]);
    }
  });

  it.each([
    ["forecast contoso?", "forecast contoso"],
    ["next contoso?", "next contoso"],
    ["eta contoso Germany?", "eta contoso Germany"],
    ["ready contoso?", "ready contoso"],
    ["status contoso please", "status contoso"],
    ["hey @Shepherd, status contoso", "status contoso"],
    ["what is due?", "list"],
    ["what can you do?", "help"],
    ["help me", "help"],
  ])("“%s” is “%s”", async (asked, ordered) => {
    const house = await openHouseAt("testing");
    expect(textOf(await house.say(asked))).toBe(textOf(await house.say(ordered)));
  });

  it.each([
    ["how do I mute the reminders", /^reminders <name>/],
    ["how can I add a freeze?", /^settings /],
    ["how do I export everything", /^export /],
    ["how do I track a connector?", /^track <name>/],
    ["how can this channel follow contoso?", /^follow <name>/],
    ["can this channel follow contoso?", /^follow <name>/],
    ["how do I unfollow one", /^unfollow <name>/],
    ["how do I follow a connector here?", /^follow <name>/],
    ["can another channel get the reminders, too?", /^follow <name>/],
    ["how do I stop following in this channel?", /^unfollow <name>/],
  ])("of this program gets the command's help: %s", async (question, help) => {
    const house = await openHouse();
    expect((await house.say(question)).title).toMatch(help);
  });

  it.each([
    ["how do I set quiet hours?", "settings quiet", "settings quiet 20:00-8:00"],
    ["what are the quiet hours here?", "settings quiet", "settings quiet 20:00-8:00"],
    ["why did I get a reminder at night?", "settings quiet", "settings quiet 20:00-8:00"],
    ["how can I change our working days", "settings days", "settings days mon-fri"],
    ["don't remind me on weekends", "settings days", "settings days mon-fri"],
    ["can I get a weekly summary?", "settings digest", "settings digest monday 9:00"],
    ["how do we get a weekly digest?", "settings digest", "settings digest monday 9:00"],
    ["is there a digest?", "settings digest", "settings digest monday 9:00"],
    ["why did no reminder come?", "reminders failed", "reminders Contoso CRM"],
    ["I didn't get a reminder", "reminders failed", "reminders Contoso CRM"],
    ["which reminders failed?", "reminders failed", "reminders Contoso CRM"],
    ["what does this channel follow?", "following", "follow Contoso CRM"],
  ])("of this program shows how it stands, and names the command: %s", async (question, said, command) => {
    const house = await openHouse();
    const reply = await house.say(question);
    expect(textOf(reply)).toBe(textOf(await house.say(said)));
    expect(textOf(reply)).toContain(command);
    expect(reply.changed).toBeUndefined();
  });

  it.each([
    "do weekends count?",
    "how many working days does the review take?",
    "do we need 500 weekly users",
  ])("of Microsoft's pages stays a question: %s", async (question) => {
    const house = await openHouse();
    expect(textOf(await house.say(question))).not.toMatch(/settings (?:quiet|days|digest)/);
  });
});

describe("What is ordered", () => {
  it.each([
    "mark fabrikam submitted yesterday 3pm",
    "done fabrikam oauth no",
    "request fabrikam gcc dod",
    "rename fabrikam to Fabrikam Fleet Two",
    "status fabrikam",
    "window fabrikam",
    "untrack fabrikam",
  ])("of a connector that is not followed says so: %s", async (command) => {
    const house = await openHouseAt("testing");
    expect((await house.say(command)).title).toMatch(
      /^No connector called “fabrikam(?: gcc)?” is tracked here/,
    );
  });

  it.each(["passed", "submitted yesterday", "go-live"])(
    "“%s” alone is offered to be recorded",
    async (what) => {
      const house = await openHouse();
      expect((await house.say(what)).title).toContain(`did you mean “mark ${what}”?`);
    },
  );

  it("wrongly spelt is offered, and changes nothing", async () => {
    const house = await openHouseAt("draft");
    const before = await house.exported();
    const slip = await house.say("markk contoso submitted");
    expect(slip.title).toContain("did you mean “mark contoso submitted”? Nothing was changed.");
    expect(await house.exported()).toEqual(before);
  });

  it("“start” greets, and so does a greeting with our name", async () => {
    const house = await openHouse();
    for (const greeting of ["start", "Good morning, Shepherd!", "hello there", "hi team"])
      expect((await house.say(greeting)).title).toMatch(/^Hello\./);
  });
});

describe("A place in a question", () => {
  it("comes first, with its wave", async () => {
    const house = await openHouse();
    const reply = await house.say("in which wave is canada");
    expect(reply.title).toBe("Canada is in wave 5: Brazil, Canada, Japan, India.");
  });

  it("is the country, also beside a connector called after it", async () => {
    const house = await openHouse();
    await house.sayAll("track Germany Post", "track Contoso CRM");
    expect((await house.say("when does contoso crm reach germany")).title).toMatch(
      /^Contoso CRM would reach Germany/,
    );
    expect((await house.say("is germany post ready for GA")).title).toContain("Germany Post is at");
  });
});

describe("A day in a question", () => {
  it.each([
    "contoso was submitted on 12 november, when does japan get it",
    "when does contoso reach japan if we resubmit tomorrow",
  ])("is not taken for that of Go live where something else is said of it: %s", async (question) => {
    const house = await openHouseAt("draft");
    expect(textOf(await house.say(question))).not.toContain("Supposing Go live confirmed");
  });
});
