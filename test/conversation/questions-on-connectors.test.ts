import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Reply } from "../../src/reply.ts";
import { buttonsOf, NAME, openHouse, openHouseAt, sasUri, sourcesOf, textOf } from "../support.ts";

const THREE = [`track ${NAME}`, "track Fabrikam Mail", "track Litware Maps"];
const labelsOf = (reply: Reply) => buttonsOf(reply).map(({ label }) => label);

describe("A question about a connector", () => {
  it.each<[question: string, line: RegExp]>([
    [
      "when do german customers get contoso?",
      /^Contoso CRM would reach Germany Thu 12 Nov 2026, in 8 days \(wave 4,/,
    ],
    ["is contoso ready for GA?", /^Nothing is due before public preview; Contoso CRM is at Testing/],
    ["how long does the contoso link live", /^Contoso CRM's test link expires Fri 6 Nov 2026, 10:00 PST/],
    ["what is next for contoso", /^Contoso CRM is in testing: the link expires Fri 6 Nov 2026/],
    ["Hello Shepherd, where does Contoso CRM stand right now? Thanks", /^Contoso CRM is in testing/],
  ])("%s goes to its record", async (question, line) => {
    const house = await openHouseAt("testing");
    await house.say("track Fabrikam Mail");
    const reply = await house.say(question);
    expect(reply.title).toMatch(line);
    expect(sourcesOf(reply).length).toBeGreaterThan(0);
  });

  it.each<[question: string, supposed: string, reaches: string]>([
    [
      "when does the UK get contoso if we sign off tomorrow?",
      "Thu 5 Nov 2026",
      "United Kingdom Mon 16 Nov 2026",
    ],
    ["when does germany get contoso if we confirm on 12 Nov?", "Thu 12 Nov 2026", "Germany Wed 18 Nov 2026"],
    ["if contoso goes live on 20 november, when is it in Japan?", "Fri 20 Nov 2026", "Japan Thu 3 Dec 2026"],
  ])("%s says from which day it counts", async (question, supposed, reaches) => {
    const house = await openHouseAt("testing");
    const reply = await house.say(question);
    expect(reply.title).toContain(`would reach ${reaches}`);
    expect(textOf(reply)).toContain(`Supposing Go live confirmed ${supposed}`);
    expect(textOf(reply)).toContain("Nothing is recorded.");
    expect((await house.standing(NAME)).stage).toBe("testing");
  });

  it("needs no name where one is followed", async () => {
    const house = await openHouseAt("testing");
    expect((await house.say("is it ready for GA?")).title).toContain("Contoso CRM is at Testing");
    expect((await house.say("when does it reach Germany?")).title).toMatch(/^Contoso CRM .* Germany/);
  });

  it("says how to follow one where none is", async () => {
    const house = await openHouse();
    const reply = await house.say("is it ready for GA?");
    expect(reply.title).toMatch(/^No connector is tracked here yet/);
    expect(textOf(reply)).toContain("Begin with track Contoso CRM");
    const [how] = buttonsOf(reply);
    expect((await house.press(how)).title).toMatch(/^track <name>/);
  });

  it("says that a name beside a place is not followed", async () => {
    const house = await openHouse();
    await house.sayAll(...THREE);
    const reply = await house.say("when does Northwind reach Japan?");
    expect(reply.title).toBe("No connector called “Northwind” is tracked here. Nothing was changed.");
    expect(labelsOf(reply)).toContain("Track Northwind");
  });
});

describe("A question that leaves open which connector", () => {
  it("is completed by a press", async () => {
    const house = await openHouse();
    await house.sayAll(...THREE);
    const reply = await house.say("is it ready for GA?");
    expect(reply.title).toBe("Which connector? 3 are tracked here.");
    expect(labelsOf(reply).toSorted()).toEqual([NAME, "Fabrikam Mail", "Litware Maps"]);
    for (const button of buttonsOf(reply))
      expect((await house.press(button)).title).toContain(
        `Nothing is due before public preview; ${button.label} is`,
      );
  });

  it.each(["litware", "Litware Maps", "for litware", "litware maps please", "liteware"])(
    "is completed by saying %s",
    async (name) => {
      const house = await openHouse();
      await house.sayAll(...THREE, "when does it reach Germany?");
      expect((await house.say(name)).title).toMatch(/^Litware Maps would reach Germany /);
    },
  );

  it("is not completed by another question", async () => {
    const house = await openHouse();
    await house.sayAll(...THREE, "is it ready for GA?");
    expect((await house.say("how high does the success rate have to be?")).title).toMatch(/^More than 80 %/);
    expect((await house.say("status litware")).title).toMatch(/^Litware Maps is at the account stage/);
  });

  it("asks among those that the name could be", async () => {
    const house = await openHouse();
    await house.sayAll(...THREE, "track Contoso Sales");
    const reply = await house.say("when does contoso reach Germany?");
    expect(labelsOf(reply).toSorted()).toEqual([NAME, "Contoso Sales"]);
    expect((await house.say("Contoso Sales")).title).toMatch(/^Contoso Sales would reach Germany/);
  });
});

const VARIED =
  `how do I begin? · what is GA · what's the SLO · do weekends count? · and if it fails? · my link died, what now?
can we skip preview? · we did go live, what happens next? · I submitted yesterday, when do I hear? · the report passed. now?
remove the preview tag please, how? · delete the offer in Partner Center, how? · undo go live possible? · can I undo a go live?
mark as GA how? · done with the categories, what now? · check certification report · rename the offer, is that possible?
set the categories where? · settings of the offer where? · forget about GA? · track the submission where? · record of my submission?
evidence that is needed for GA? · remind me when the link dies? · export the telemetry? · request other clouds how? · done already?
add OAuth client secret where? · register as a seller how? · stop following the guidelines? · tick all the boxes? · start a new offer where?
is Contoso CRM ready? · contoso germany? · when does contoso reach Brazil if we go live tomorrow? · what if we went live last friday?
when is contoso GA? · should we mark contoso as submitted? · did contoso pass? · has contoso been submitted? · was contoso rejected?
contoso failed, what now? · contoso is live! · we confirmed go live for contoso yesterday · thanks · bye · 😀 · ??? · why · ok · yes · no
who are you? · what can you do for us? · wie lange dauert das? · 48h? · 99.95? · 6 months? · 500 users? · eula? · hidekey? · SAS? · PR?`
    .split(/\n| · /)
    .map((line) => line.trim());

const DEV: { q: string }[] = JSON.parse(
  readFileSync(new URL("../../bench/questions/dev.json", import.meta.url), "utf8"),
);

describe("Asking", () => {
  it.each([
    ["one that is tested", []],
    ["three", THREE.slice(1)],
  ])("changes nothing, whatever is asked of %s", async (_, more) => {
    const house = await openHouseAt("testing");
    for (const line of more) await house.say(line);
    const before = JSON.stringify(await house.exported());
    const questions = [...VARIED, ...DEV.map(({ q }) => q)];
    expect(VARIED.length).toBeGreaterThanOrEqual(60);
    expect(DEV.length).toBeGreaterThan(60);
    const changing: string[] = [];
    for (const question of questions) {
      const reply = await house.say(question);
      if (reply.changed || JSON.stringify(await house.exported()) !== before) changing.push(question);
    }
    expect(changing).toEqual([]);
    expect(house.logged).toEqual([]);
    expect(house.sent).toEqual([]);
  });

  it.each([
    "add an icon?",
    "add my logo to the connector page?",
    "register for the program, where?",
    "rename to what?",
    "done categories how many?",
  ])("“%s” records nothing, though it begins like what does", async (question) => {
    const house = await openHouseAt("draft");
    const before = await house.exported();
    await house.say(question);
    expect(await house.exported()).toEqual(before);
  });

  it("keeps no secret that stands in a question, and shows none", async () => {
    const secret = "Zm9vYmFyYmF6cXV4c2lnbmF0dXJlc2VjcmV0ISEhISE";
    const house = await openHouse();
    await house.sayAll(...THREE);
    const link = sasUri("2026-12-31T09:00", `${secret}%3D`);
    for (const question of [
      `is this SAS URI right? ${link}`,
      `ask where do I put ${link}?`,
      `when does it reach Germany? my link is ${link}`,
      `frobnicate ${link} how`,
    ]) {
      const reply = await house.say(question);
      expect(reply.title).toMatch(/rotate/i);
      expect(JSON.stringify(reply)).not.toContain(secret);
    }
    expect(JSON.stringify([await house.exported(), house.logged])).not.toContain(secret);
  });
});
