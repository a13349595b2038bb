import { describe, expect, it } from "vitest";
import type { Reply } from "../../src/reply.ts";
import { buttonFor, buttonsOf, NAME, openHouse, openHouseAt, sourcesOf, textOf } from "../support.ts";

const THREE = [`track ${NAME}`, "track Fabrikam Mail", "track Litware Maps"];

const labelsOf = (reply: Reply) => buttonsOf(reply).map(({ label }) => label);
const topicsOf = (reply: Reply) => buttonsOf(reply).filter(({ action }) => action === "ask");

/** Retraining moves what is unsure; some of these are as long as anything is. */
const VAGUE = [
  "package portal oauth",
  "portal report link",
  "link to the GA page",
  "evidence needed for GA?",
  "what is next after certification?",
  "can we request GA now?",
];

async function askUnsurely() {
  const house = await openHouseAt("testing");
  for (const question of VAGUE) {
    const reply = await house.say(question);
    if (reply.title.startsWith("I am not sure what you mean")) return { house, question, reply };
  }
  throw new Error("nothing is unsure");
}

describe("A question that the pages answer", () => {
  it.each<[question: string, line: RegExp, page: string, section: string]>([
    ["how high does the success rate have to be?", /^More than 80 %/, "to general availability", "Required"],
    ["how long is the test link valid?", /^The preview link lives 48 business hours/, "process", "Test your"],
    ["which countries come first?", /^In this order: Testing; US preview; Asia/, "process", "Region deploy"],
    ["whom do I mail to ask for GA?", /ConnectorPartnerMgmtTeam@/, "to general", "Request the move to GA"],
  ])("%s is answered in its first line, with where it stands", async (question, line, page, section) => {
    const house = await openHouse();
    for (const said of [question, question.toUpperCase(), `Hi Shepherd, ${question} Thanks!`]) {
      const reply = await house.say(said);
      expect(reply.title).toMatch(line);
      expect(JSON.stringify(sourcesOf(reply))).toContain(page);
      expect(JSON.stringify(sourcesOf(reply))).toContain(section);
    }
  });

  it("leads to what is asked next, and each of that is answered when it is pressed", async () => {
    const house = await openHouse();
    const reply = await house.say("how long is the test link valid?");
    const related = topicsOf(reply);
    expect(related.length).toBeGreaterThan(0);
    for (const button of related) {
      const next = await house.press(button);
      expect(sourcesOf(next).length).toBeGreaterThan(0);
      expect(next.title).not.toBe(reply.title);
    }
  });

  it("is answered in the same way by its button and by the button's words, also right after it", async () => {
    const house = await openHouse();
    const said: string[] = [];
    const pressed: string[] = [];
    for (const button of topicsOf(await house.say("how long is the test link valid?"))) {
      pressed.push((await house.press(button)).title);
      said.push((await house.say(button.says)).title);
    }
    expect(said).toEqual(pressed);
  });

  it("is answered for the connector too, with its own date", async () => {
    const house = await openHouseAt("testing");
    const reply = await house.say("how long is the test link valid?");
    expect(textOf(reply)).toContain(
      `For ${NAME} that means: its test link expires Fri 6 Nov 2026, 10:00 PST: 48 h of business time left.`,
    );
    const { title } = await house.press(buttonFor(reply, "window"));
    expect(title).toContain(`${NAME}'s test link expires Fri 6 Nov 2026`);
  });

  it("is answered for no connector where several are followed and none was spoken of", async () => {
    const house = await openHouseAt("testing");
    await house.say("track Fabrikam Mail");
    house.sleep("31m");
    const reply = await house.say("how long is a test link valid?");
    expect(reply.title).toMatch(/^The preview link lives 48 business hours/);
    expect(textOf(reply)).not.toMatch(/For (?:Contoso|Fabrikam)/);
  });

  it("is not understood as another one for the words that someone pressed before", async () => {
    const house = await openHouse();
    for (const topic of ["__proto__", "toString", "", "ga.nothing", "deploy.regions "]) {
      const reply = await house.press({ action: "ask", fields: { topic } });
      expect(sourcesOf(reply).length > 0 || /older version|Ask what you want/.test(reply.title)).toBe(true);
    }
    expect(house.logged).toEqual([]);
  });

  it("may be said after “ask”, which alone says what can be asked", async () => {
    const house = await openHouse();
    const asked = await house.say("ask how high does the success rate have to be?");
    expect(asked.title).toMatch(/^More than 80 %/);
    const alone = await house.say("ask");
    expect(alone.title).toMatch(/^Ask what you want to know/);
    for (const button of topicsOf(alone))
      expect(sourcesOf(await house.press(button)).length).toBeGreaterThan(0);
  });
});

describe("A pasted rejection", () => {
  it.each([
    [
      "Certification failed for Contoso CRM.\nErrors found:\n1. swagger validation error: operationId missing\n2. Icon has the wrong size\nPlease fix the issues and resubmit your package.",
    ],
    [
      "Your submission has been rejected.\n- PA1001: The package could not be validated\n- The SAS URI has expired\n\nAction required: correct the issues and resubmit.",
    ],
    [
      "Hello publisher,\n\nwe could not read your package.\nThe SAS URI is invalid or has expired.\nProvide a new SAS URI on the Packages tab.",
    ],
  ])("of several lines leads to what to do: %#", async (pasted) => {
    const house = await openHouse();
    const reply = await house.say(pasted);
    const isAnswer = sourcesOf(reply).some(({ section }) => /Post-submission|package/.test(section));
    const offered = labelsOf(reply).filter((label) => /If certification fails|[Pp]ackage/.test(label));
    expect(isAnswer || offered.length > 0).toBe(true);
    expect(reply.title).not.toContain("\n");
  });
});

describe("What could be one of several topics", () => {
  it("is answered by up to three to choose from, each of which answers", async () => {
    const { house, question, reply } = await askUnsurely();
    expect(reply.title).toBe(`I am not sure what you mean by “${question}”. Is it one of these?`);
    const choices = topicsOf(reply);
    expect(choices.length).toBeGreaterThan(0);
    expect(choices.length).toBeLessThanOrEqual(3);
    expect(labelsOf(reply)).toEqual([...choices.map(({ label }) => label), "Help"]);
    for (const { label } of choices) expect(textOf(reply)).toContain(label);
    const answers = await Promise.all(choices.map((choice) => house.press(choice)));
    expect(answers.every((answer) => sourcesOf(answer).length > 0)).toBe(true);
    expect(new Set(answers.map(({ title }) => title)).size).toBe(choices.length);
  });
});

describe("What the pages don't tell", () => {
  it.each<[question: string, line: RegExp, nearest: boolean]>([
    ["what does certification cost?", /name no fees, prices, discounts/, true],
    ["do certifications expire?", /name no expiry or renewal/, true],
    ["how do I certify a Teams app?", /for other products see their own documentation/, true],
    ["who won the world cup?", /beyond me/, false],
    ["tell me a joke", /beyond me/, false],
  ])("%s is told plainly, with what is nearest", async (question, line, hasNearest) => {
    const house = await openHouse();
    const reply = await house.say(question);
    expect(reply.title).toMatch(line);
    expect(sourcesOf(reply)).toEqual([]);
    expect(topicsOf(reply).length > 0).toBe(hasNearest);
    for (const button of topicsOf(reply))
      expect(sourcesOf(await house.press(button)).length).toBeGreaterThan(0);
  });

  it("is never said to be close to the pages where it is the world", async () => {
    const house = await openHouse();
    for (const question of ["what is the capital of France?", "how tall is Mount Everest?"])
      expect([question, (await house.say(question)).title]).not.toEqual([
        question,
        expect.stringContaining("close to what Microsoft's two pages tell"),
      ]);
  });
});

describe("What is said from person to person", () => {
  it.each<[said: string, answer: RegExp]>([
    ["hi", /^Hello\. Which connector/],
    ["Good morning, Shepherd!", /^Hello\. Which connector/],
    ["hey there", /^Hello\. Which connector/],
    ["start", /^Hello\. Which connector/],
    ["thanks!", /^You're welcome\./],
    ["perfect, thank you", /^You're welcome\./],
    ["bye", /^Until later\./],
    ["see you tomorrow", /^Until later\./],
    ["you stupid bot", /still like to help/],
    ["you are useless", /still like to help/],
    ["fuck you", /still like to help/],
  ])("%s gets a human line", async (said, answer) => {
    const house = await openHouse();
    const { title } = await house.say(said);
    expect(title).toMatch(answer);
    expect(title).not.toContain(`“${said}”`);
  });
});

describe("A question that begins like a command", () => {
  it.each<[question: string, line: RegExp]>([
    ["where is the new offer button", /^In Partner Center, .* New offer > Power Platform Connector/],
    ["list of required criteria", /^Five are required/],
    ["help me with the SAS URI", /SAS URI field of the Packages tab/],
    ["remove preview tag how?", /preview tag/],
    ["track the submission where?", /Product overview/],
    ["check the report where?", /^The report is on the Product overview tab/],
    ["link expired what now?", /^The preview link lives 48 business hours/],
    ["done with testing, what now?", /^Select Go live/],
    ["show me the region order", /^In this order: Testing/],
    ["request the move to GA how?", /ConnectorPartnerMgmtTeam@/],
  ])("%s is answered, whether none, one or three are followed", async (question, line) => {
    const houses = [await openHouse(), await openHouseAt("testing"), await openHouse()];
    await houses[2]?.sayAll(...THREE);
    for (const house of houses) {
      const before = await house.exported();
      const reply = await house.say(question);
      expect(reply.title).toMatch(line);
      expect(reply.title).not.toMatch(/^I have no answer/);
      expect(await house.exported()).toEqual(before);
    }
  });

  it.each<[command: string, line: RegExp]>([
    [`status contoso`, /^Contoso CRM is in testing/],
    ["where is contoso", /^Contoso CRM is in testing/],
    ["eta contoso Germany", /^Contoso CRM would reach Germany/],
    ["link contoso", /^Contoso CRM's test link expires/],
    ["next contoso", /^Next for Contoso CRM/],
    ["what is next?", /^Next for Contoso CRM/],
    ["list", /^1 connector/],
    ["help eta", /^eta \[name\]/],
    ["what can you do?", /^Say a command/],
  ])("%s is the command that it was", async (command, line) => {
    const house = await openHouseAt("testing");
    expect((await house.say(command)).title).toMatch(line);
    for (const before of ["how high does the success rate have to be?", "when does it reach Japan?"]) {
      await house.say(before);
      expect((await house.say(command)).title).toMatch(line);
    }
  });
});
