import { describe, expect, it } from "vitest";
import { NAME, openHouseAt, sasUri, textOf } from "../support.ts";

/** The clock stands at Tue 3 Nov 2026, 09:15 Pacific. */
const GOOD: [step: string, given: string, kept: string][] = [
  ["offer-name", "Contoso CRM connector", "Contoso CRM connector"],
  ["sas-uri", sasUri("2026-11-07T09:15"), "https://contoso.blob.core.windows.net/packages/crm.zip"],
  ["sas-uri", sasUri("2026-12-03T09:15"), "https://contoso.blob.core.windows.net/packages/crm.zip"],
  ["oauth", "yes", "contains OAuth settings"],
  ["oauth", "no", "no OAuth settings"],
  ["categories", "Productivity", "Productivity"],
  ["categories", "Productivity, Sales and CRM, Data", "Productivity, Sales and CRM, Data"],
  ["eula", "standard", "Standard Contract"],
  ["eula", "https://contoso.com/eula", "https://contoso.com/eula"],
  ["privacy-policy", "https://contoso.com/privacy?lang=en", "https://contoso.com/privacy?lang=en"],
  ["support-document", "https://contoso.com/support", "https://contoso.com/support"],
  ["hidekey", "contosobeta7", "chosen (its value is not kept here)"],
  ["hidekey", "no", "not used"],
  ["notification-audience", "connectors@contoso.com", "connectors@contoso.com"],
];

const BAD: [step: string, given: string, why: string][] = [
  ["offer-name", "", "empty"],
  ["sas-uri", "", "empty"],
  ["sas-uri", sasUri("2026-11-07T09:14"), "less than four days left"],
  ["sas-uri", sasUri("2026-11-03T09:15"), "expiring this very moment"],
  ["sas-uri", sasUri("2026-10-01T09:15"), "past"],
  ["sas-uri", sasUri("2026-12-03T09:15").replace("https:", "http:"), "http"],
  ["sas-uri", sasUri("2026-12-03T09:15").replace(/&sig=.*/, ""), "no signature"],
  [
    "sas-uri",
    sasUri("2026-12-03T09:15")
      .replace(/&se=[^&]*/, "")
      .replace(/se=[^&]*&/, ""),
    "no expiry",
  ],
  ["sas-uri", sasUri("2026-12-03T09:15").replace(/se=[^&]*/, "se=soon"), "an unreadable expiry"],
  ["sas-uri", "contoso.zip", "no URL"],
  ["oauth", "maybe", "neither yes nor no"],
  ["categories", "A, B, C, D", "four"],
  ["categories", " , ;", "none"],
  ["eula", "http://contoso.com/eula", "http"],
  ["privacy-policy", "http://contoso.com/privacy", "http"],
  ["privacy-policy", "contoso.com/privacy", "no URL"],
  ["privacy-policy", "javascript:alert(1)", "no HTTPS"],
  ["support-document", "ftp://contoso.com/support", "no HTTPS"],
  ["hidekey", "Contoso", "capital letters"],
  ["hidekey", "beta 7", "a blank"],
  ["hidekey", "beta-7", "a hyphen"],
];

describe("What a publisher gives for a step is checked", () => {
  it.each(GOOD)("%s: “%s” is kept", async (step, given, kept) => {
    const house = await openHouseAt("draft");
    await house.say(`done ${NAME} ${step} ${given}`);
    expect((await house.connector(NAME)).steps[step]?.kept).toBe(kept);
  });

  it.each(BAD)("%s: “%s” is not taken (%s)", async (step, given) => {
    const house = await openHouseAt("draft");
    const before = await house.connector(NAME);
    const reply = await house.say(`done ${NAME} ${step} ${given}`);
    expect(await house.connector(NAME)).toEqual(before);
    expect(textOf(reply)).toContain(`done ${NAME} ${step}`);
  });

  it.each([
    ["2026-11-07T09:15", true],
    ["2026-11-18T09:14", true],
    ["2026-11-18T09:15", false],
  ])("a SAS URI that expires %s: warned of having less than 15 days: %s", async (until, isWarned) => {
    const house = await openHouseAt("draft");
    const reply = await house.say(`done ${NAME} sas-uri ${sasUri(until)}`);
    // One warning is about the signature.
    const warnings = reply.blocks.filter((block) => block.kind === "note" && block.sort === "warning");
    expect(warnings).toHaveLength(isWarned ? 2 : 1);
  });

  it("a SAS URI's expiry is echoed and kept, and the signature is warned of and gone", async () => {
    const house = await openHouseAt("draft", { zone: "Europe/Berlin" });
    const reply = await house.say(`done ${NAME} ${sasUri("2026-12-03T09:15")}`);
    expect(textOf(reply)).toContain("Thu 3 Dec 2026, 18:15");
    expect(reply.audience).toBe("asker");
    expect((await house.connector(NAME)).steps["sas-uri"]?.expiresAt).toBe("2026-12-03T17:15:00.000Z");
  });

  it("an offer name without the connector's is taken, with Microsoft's recommendation", async () => {
    const house = await openHouseAt("draft");
    const reply = await house.say(`done ${NAME} offer-name Sales for everyone`);
    expect((await house.connector(NAME)).steps["offer-name"]?.kept).toBe("Sales for everyone");
    expect(reply.blocks.some((block) => block.kind === "note" && block.sort === "warning")).toBe(true);
  });

  it.each(["sas-uri", "categories", "privacy-policy"])("%s can go on unchecked", async (step) => {
    const house = await openHouseAt("draft");
    await house.say(`done ${NAME} ${step} unchecked`);
    const done = (await house.connector(NAME)).steps[step];
    expect(done).toBeDefined();
    expect(done?.kept).toBeUndefined();
  });

  it("what is given again replaces what was given", async () => {
    const house = await openHouseAt("draft");
    await house.sayAll(`done ${NAME} categories Sales`, `done ${NAME} categories Data`);
    expect((await house.connector(NAME)).steps.categories?.kept).toBe("Data");
  });

  it("a step that asks nothing takes nothing, and an unknown step is named with those there are", async () => {
    const house = await openHouseAt("draft");
    const before = await house.connector(NAME);
    await house.say(`done ${NAME} sign-in https://contoso.com`);
    const reply = await house.say(`done ${NAME} dance`);
    expect(await house.connector(NAME)).toEqual(before);
    expect(textOf(reply)).toContain("sas-uri");
  });
});
