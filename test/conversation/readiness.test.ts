import { describe, expect, it } from "vitest";
import { buttonFor, buttonsOf, openHouseAt, openHouseWith, type Stage, textOf } from "../support.ts";

const ADATUM = "Adatum Invoices";
const REQUIRED = "backend=yes availability=99.97 slo=99.6 responses=2xx:9000,4xx:100 support=yes";
const IN_PREVIEW = `mark ${ADATUM} all-regions 2026-10-29 already`;

async function ready(...figures: string[]) {
  const lines = figures.map((one) => `evidence ${ADATUM} ${one}`);
  const house = await openHouseWith(ADATUM, [IN_PREVIEW, ...lines]);
  return house.say(`ready ${ADATUM}`);
}

describe("The title of readiness counts, and what is open stands below it", () => {
  it.each([
    ["nothing is known", [], `${ADATUM}: 5 required figures are still missing.`],
    ["one is not known", [REQUIRED, "slo="], `${ADATUM}: 1 required figure is still missing.`],
    [
      "one is not met",
      [REQUIRED, "slo=99"],
      `${ADATUM} is not yet ready for GA: 1 of 5 required criteria is unmet.`,
    ],
    [
      "two are not met, others not known",
      ["slo=99 availability=99 support=yes"],
      `${ADATUM} is not yet ready for GA: 2 of 5 required criteria are unmet, 2 are unknown.`,
    ],
    [
      "one is not met, but a customer requires it",
      [REQUIRED, "slo=99 customer-requires=yes"],
      `Ask Microsoft about ${ADATUM}: 1 of 5 required criteria is unmet, but a customer requires production.`,
    ],
    [
      "usage is not met",
      [REQUIRED, "users=430 connections=38"],
      `${ADATUM} is eligible for GA: all required are met; recommended: 2 not met.`,
    ],
    [
      "usage is met in part and else not known",
      [REQUIRED, "users=430"],
      `${ADATUM} is eligible for GA: all required are met; recommended: 1 not met, 1 not known.`,
    ],
    [
      "all is met",
      [REQUIRED, "users=530 connections=64"],
      `${ADATUM} is ready for GA: every required and recommended criterion is met.`,
    ],
  ])("%s", async (_, figures, title) => {
    const reply = await ready(...figures);
    expect(reply.title).toBe(title);
    expect(reply.title.length).toBeLessThan(110);
  });

  it.each(["draft", "review", "testing", "publishing", "deploying"] satisfies Stage[])(
    "at %s it says first that nothing is due",
    async (stage) => {
      const house = await openHouseAt(stage);
      const reply = await house.say("ready");
      expect(reply.title).toMatch(/^Nothing is due before public preview; Contoso CRM is at \w+\.$/);
      expect(textOf(reply)).toContain("So far: 5 required figures are still missing.");
      expect(buttonFor(reply, "request")).toBeUndefined();
    },
  );

  it("with the GA tag it says so, and offers no e-mail", async () => {
    const house = await openHouseAt("ga");
    const reply = await house.say("ready");
    expect(reply.title).toBe("Contoso CRM has the GA tag already; nothing is due.");
    expect(buttonsOf(reply).map(({ action }) => action)).toEqual(["evidence", "status"]);
  });

  it("of an update on its way the criteria count as before", async () => {
    const house = await openHouseAt("public-preview");
    await house.say("mark Contoso CRM update");
    expect((await house.say("ready")).title).toBe("Contoso CRM: 5 required figures are still missing.");
  });
});

describe("Each criterion says in words", () => {
  it("what it needs, how far off it is and where to find it", async () => {
    const text = textOf(await ready(`slo=99 users=430`));
    expect(text).toMatch(/Availability +needs at least 99\.95 %; ask your Microsoft contact$/m);
    expect(text).toMatch(/\(SLO\) +99 %; needs at least 99\.5 %; 0\.5 percentage points short$/m);
    expect(text).toMatch(/users +430 in the weakest week; needs at least 500 .*\(recommended\); 70 short$/m);
    expect(text).toMatch(/Backend APIs in production +yes or no; your own team knows$/m);
    expect(text).not.toMatch(/bar:|find it/);
  });

  it("warns when the success rate would fail as the telemetry page counts it", async () => {
    const reply = await ready(REQUIRED, "responses=2xx:9000,4xx:100,429:1500");
    const notes = reply.blocks.filter((block) => block.kind === "note" && block.sort === "warning");
    expect(notes).toHaveLength(1);
    expect(JSON.stringify(notes)).toMatch(/publishers report .*69\.81 %, which would not pass/);
    const passing = await ready(REQUIRED);
    expect(passing.blocks.some((block) => block.kind === "note" && block.sort === "warning")).toBe(false);
  });
});

describe("The GA e-mail", () => {
  it("has Microsoft's address in its text alone, and says what comes then", async () => {
    const house = await openHouseWith(ADATUM, [IN_PREVIEW, `evidence ${ADATUM} ${REQUIRED}`]);
    const reply = await house.say(`request ${ADATUM}`);
    expect(reply.title).toBe(`The GA e-mail for ${ADATUM} is ready to send.`);
    expect(textOf(reply)).toContain("| To: ConnectorPartnerMgmtTeam@service.microsoft.com");
    expect(textOf(reply)).toMatch(/^ {2}Then +Microsoft takes about a month/m);
    expect(textOf(reply)).not.toContain("By when");
  });
});
