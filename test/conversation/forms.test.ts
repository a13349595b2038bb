import { describe, expect, it } from "vitest";
import type { Form, Reply } from "../../src/reply.ts";
import { buttonFor, type Chat, NAME, openHouse, openHouseAt, openHouseWith, sasUri } from "../support.ts";

/** The form of a reply; there must be one. */
function formOf(reply: Reply): Form {
  const block = reply.blocks.find(({ kind }) => kind === "form");
  if (block?.kind !== "form") throw new Error(`no form in: ${reply.title}`);
  return block.form;
}

/** Submits a form as a platform does: every input comes back, touched or not. */
function submit(chat: Chat, reply: Reply, filled: Record<string, string>): Promise<Reply> {
  const { action, fields, inputs } = formOf(reply);
  const shown = Object.fromEntries(inputs.map(({ id, value = "" }) => [id, value]));
  return chat.press({ action, fields: { ...fields, ...shown, ...filled } });
}

function inputOf(reply: Reply, id: string) {
  return formOf(reply).inputs.find((input) => input.id === id);
}

describe("The first connector", () => {
  it("can be followed by filling in its name", async () => {
    const house = await openHouse();
    const reply = await submit(house, await house.say("hi"), { name: "  Contoso   CRM " });
    expect(reply.title).toContain("Now following Contoso CRM");
  });

  it("is asked for again with what was typed when the name is too long", async () => {
    const house = await openHouse();
    const name = "long ".repeat(40).trim();
    const reply = await submit(house, await house.say("track"), { name });
    expect(inputOf(reply, "name")).toMatchObject({ value: name, problem: expect.stringContaining("100") });
    expect((await submit(house, reply, { name: "Contoso CRM" })).title).toContain("Now following");
  });

  it("can be renamed in a form", async () => {
    const house = await openHouseWith(NAME);
    const reply = await submit(house, await house.say(`rename ${NAME}`), { to: "Contoso Sales" });
    expect(reply.title).toBe(`${NAME} is now called Contoso Sales.`);
  });
});

describe("Figures", () => {
  it("are saved from a form, and shown in it the next time", async () => {
    const house = await openHouseWith(NAME);
    const asked = await house.say(`evidence ${NAME}`);
    const reply = await submit(house, asked, {
      availability: "99.97",
      users: "510,530,505",
      responses: "2xx:900,4xx:40,429:10",
      backend: "yes",
      "live-since": "2026-05-20",
    });
    expect(reply.title).toContain("99.97 %");
    expect((await house.connector(NAME)).evidence).toEqual({
      availability: 99.97,
      users: [510, 530, 505],
      responses: { "2xx": 900, "4xx": 40, "429": 10 },
      backend: true,
      liveSince: "2026-05-20",
    });
    const values = formOf(await house.say(`evidence ${NAME}`)).inputs.map(({ id, value }) => [id, value]);
    expect(Object.fromEntries(values)).toMatchObject({
      availability: "99.97",
      users: "510,530,505",
      responses: "2xx:900,429:10,4xx:40",
      backend: "yes",
      "live-since": "2026-05-20",
      slo: undefined,
    });
  });

  it("that can't be read are told at their field, and nothing else that was typed is lost", async () => {
    const house = await openHouseWith(NAME);
    const asked = await house.say(`evidence ${NAME}`);
    const refused = await submit(house, asked, { availability: "99.97", slo: "lots" });
    expect(refused.title).toContain("Nothing was changed");
    expect(inputOf(refused, "slo")).toMatchObject({
      value: "lots",
      problem: expect.stringMatching(/^SLO is/),
    });
    expect(inputOf(refused, "availability")).toMatchObject({ value: "99.97" });
    expect(inputOf(refused, "availability")?.problem).toBeUndefined();
    await submit(house, refused, { slo: "99.6" });
    expect((await house.connector(NAME)).evidence).toEqual({ availability: 99.97, slo: 99.6 });
  });

  it("are taken back by emptying their field", async () => {
    const house = await openHouseWith(NAME, [`evidence ${NAME} slo=99.6 availability=99.97`]);
    await submit(house, await house.say(`evidence ${NAME}`), { slo: "" });
    expect((await house.connector(NAME)).evidence).toEqual({ availability: 99.97 });
  });

  it("that someone else gave while the form was open stay as they are", async () => {
    const house = await openHouseWith(NAME, [`evidence ${NAME} slo=99.1`]);
    const asked = await house.say(`evidence ${NAME}`);
    await house.as("T-contoso", "Ben").say(`evidence ${NAME} slo=99.8 connections=70`);
    await submit(house, asked, { availability: "99.97" });
    expect((await house.connector(NAME)).evidence).toEqual({
      slo: 99.8,
      connections: 70,
      availability: 99.97,
    });
  });

  it("of a form that nobody touched change nothing", async () => {
    const house = await openHouseWith(NAME, [`evidence ${NAME} slo=99.1`]);
    const before = await house.connector(NAME);
    expect((await submit(house, await house.say(`evidence ${NAME}`), {})).title).toMatch(/^Nothing new/);
    expect(await house.connector(NAME)).toEqual(before);
  });

  it("of a form whose hidden part came back as nonsense are still read", async () => {
    const house = await openHouseWith(NAME);
    const { action, fields } = formOf(await house.say(`evidence ${NAME}`));
    await house.press({ action, fields: { ...fields, shown: "{oops", slo: "99.6" } });
    expect((await house.connector(NAME)).evidence).toEqual({ slo: 99.6 });
  });
});

describe("A milestone", () => {
  it("is recorded at the moment that a form gives", async () => {
    const house = await openHouseAt("draft");
    house.sleep("2026-11-04T12:00");
    const asked = await house.say(`mark ${NAME}`);
    expect(inputOf(asked, "milestone")?.options?.map(({ value }) => value)).toContain("submitted");
    const reply = await submit(house, asked, { milestone: "submitted", when: "2026-11-03T17:30:00Z" });
    expect(reply.title).toContain("Tue 3 Nov 2026, 09:30 PST");
  });

  it("without a moment happened now", async () => {
    const house = await openHouseAt("draft");
    const reply = await submit(house, await house.say(`mark ${NAME}`), { milestone: "submitted", when: "" });
    expect(reply.title).toContain("Tue 3 Nov 2026, 09:15 PST");
  });

  it("ahead of us is refused at its field and can be corrected there", async () => {
    const house = await openHouseAt("draft");
    const asked = await house.say(`mark ${NAME}`);
    const refused = await submit(house, asked, { milestone: "submitted", when: "2026-11-30 09:00" });
    expect(refused.title).toContain("still ahead");
    expect(inputOf(refused, "milestone")).toMatchObject({ value: "submitted" });
    expect(inputOf(refused, "when")).toMatchObject({
      value: "2026-11-30T09:00:00.000-08:00",
      problem: "This is still ahead",
    });
    expect((await submit(house, refused, { when: "2026-11-03 08:00" })).title).toContain("Submitted");
  });

  it("from a form that was open while the connector moved on explains itself", async () => {
    const house = await openHouseAt("draft");
    const asked = await house.say(`mark ${NAME}`);
    await house.sayAll(`mark ${NAME} submitted`, `mark ${NAME} report-passed`);
    expect((await submit(house, asked, { milestone: "submitted", when: "" })).title).toContain(
      "Not recorded",
    );
  });

  it("called start takes the day that Microsoft named", async () => {
    const house = await openHouseAt("publishing");
    const refused = await submit(house, await house.say(`mark ${NAME} start`), { when: "soonish" });
    expect(inputOf(refused, "when")).toMatchObject({ value: "soonish", problem: expect.any(String) });
    expect((await submit(house, refused, { when: "2026-11-13" })).title).toContain("Fri 13 Nov 2026");
  });
});

describe("A step", () => {
  it("is ticked by what is filled in", async () => {
    const house = await openHouseAt("draft");
    let step = await house.say(`next ${NAME}`);
    while (!step.blocks.some(({ kind }) => kind === "form"))
      step = await house.press(buttonFor(step, "done"));
    expect(formOf(step)).toMatchObject({ label: "Name the offer", fields: { step: "offer-name" } });
    const next = await submit(house, step, { given: "Contoso CRM connector" });
    expect(next.title).toMatch(/^Name the offer: Contoso CRM connector\. Next: /);
  });

  it("shows why something was not taken, with what was typed", async () => {
    const house = await openHouseAt("draft");
    const refused = await house.say(`done ${NAME} privacy-policy http://contoso.com/privacy`);
    const form = formOf(refused);
    expect(form).toMatchObject({ action: "done", fields: { step: "privacy-policy" } });
    expect(form.inputs[0]).toMatchObject({ value: "http://contoso.com/privacy" });
    expect(form.inputs[0]?.problem).toMatch(/not an HTTPS URL/);
    expect((await submit(house, refused, { given: "https://contoso.com/privacy" })).title).toContain(
      "contoso.com",
    );
  });

  it("that asks for a SAS URI never shows one again", async () => {
    const house = await openHouseAt("draft");
    const refused = await house.say(`done ${NAME} sas-uri ${sasUri("2026-11-04T09:00")}`);
    expect(formOf(refused).inputs[0]).toMatchObject({
      value: "",
      problem: expect.stringContaining("expires"),
    });
    const taken = await submit(house, refused, { given: sasUri("2027-03-01T09:00") });
    expect(JSON.stringify(taken)).not.toContain("Qm9");
    expect(taken.title).toContain("contoso.blob.core.windows.net");
  });
});

describe("Settings", () => {
  it("take a zone from a form", async () => {
    const house = await openHouse();
    const refused = await submit(house, await house.say("settings"), { zone: "Mars" });
    expect(inputOf(refused, "zone")).toMatchObject({ value: "Mars", problem: expect.any(String) });
    expect((await submit(house, refused, { zone: "Europe/Berlin" })).title).toContain("Europe/Berlin");
  });

  it("take a freeze from a form", async () => {
    const house = await openHouse();
    const asked = await house.say("settings freeze");
    const reply = await submit(house, asked, { from: "2026-12-21", to: "2027-01-04", why: "year end" });
    expect(reply.title).toContain("Mon 21 Dec 2026 to Mon 4 Jan 2027 (year end)");
  });
});
