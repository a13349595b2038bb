import { describe, expect, it } from "vitest";
import {
  buttonFor,
  buttonsOf,
  NAME,
  openHouse,
  openHouseAt,
  openHouseWith,
  sasUri,
  textOf,
} from "../support.ts";
import { formOf, inputOf, problemsOf, submit, valuesOf } from "./form.ts";

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

describe("A milestone", () => {
  it("is recorded at the moment that a form gives", async () => {
    const house = await openHouseAt("draft");
    house.sleep("2026-11-04T12:00");
    const asked = await house.say(`mark ${NAME}`);
    expect(inputOf(asked, "milestone")?.options?.map(({ value }) => value)).toContain("submitted");
    const reply = await submit(house, asked, { milestone: "submitted", when: "2026-11-03T17:30:00Z" });
    expect(reply.title).toContain("Tue 3 Nov 2026, 09:30 PST");
  });

  it("may be a Go live that was confirmed before the link expired", async () => {
    const house = await openHouseAt("testing");
    await house.wait("2026-11-09T12:00");
    expect((await house.standing(NAME)).expired).toBe(true);
    const asked = await house.say(`mark ${NAME}`);
    const reply = await submit(house, asked, { milestone: "go-live", when: "2026-11-05 15:00" });
    expect(reply.title).toContain("Go live confirmed, Thu 5 Nov 2026, 15:00 PST");
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
      problem: "This is still ahead.",
    });
    expect((await submit(house, refused, { when: "2026-11-03 08:00" })).title).toContain("Submitted");
  });

  it("from a form that was open while the connector moved on explains itself, and keeps when it was", async () => {
    const house = await openHouseAt("draft");
    const asked = await house.say(`mark ${NAME}`);
    await house.sayAll(`mark ${NAME} submitted`, `mark ${NAME} report-passed`);
    const when = "2026-11-03T09:00:00.000-08:00";
    const refused = await submit(house, asked, { milestone: "submitted", when });
    expect(refused.title).toMatch(/^Not recorded: that form is from when/);
    expect(problemsOf(refused)).toEqual({ milestone: `${NAME} is at Testing now.` });
    expect(valuesOf(refused).when).toBe(when);
    expect((await submit(house, refused, { milestone: "go-live", when: "" })).title).toContain("Go live");
  });

  it("is asked for once, with what is possible and the likeliest first", async () => {
    const house = await openHouseAt("review");
    const asked = await house.say(`mark ${NAME}`);
    expect(asked.title).toBe(`Choose what happened to ${NAME}, and when.`);
    expect(problemsOf(asked)).toEqual({});
    expect(
      `${formOf(asked).label} ${formOf(asked)
        .inputs.map(({ label }) => label)
        .join(" ")}`,
    ).not.toMatch(/happened/);
    expect(buttonsOf(asked).map(({ label }) => label)).toEqual(["Report passed now", "Report failed now"]);
    expect(inputOf(asked, "milestone")?.options?.map(({ label }) => label)).toEqual([
      "Report passed",
      "Report failed",
    ]);
    expect(textOf(asked)).toContain("Possible now: report-passed or report-failed.");
  });

  it("that was not chosen in the form is asked for at its field", async () => {
    const house = await openHouseAt("review");
    const refused = await submit(house, await house.say(`mark ${NAME}`), { milestone: "", when: "" });
    expect(refused.title).toBe(`Choose what happened to ${NAME}; nothing was recorded.`);
    expect(problemsOf(refused)).toEqual({ milestone: "Choose one." });
  });

  it.each([
    ["3/4", "“3/4” can be read as two different dates; write the month as a word or the date as 2026-11-03."],
    [
      "2099-01-01",
      "“2099-01-01” is too far away to be meant: earlier than 2000, or more than five years ahead.",
    ],
  ])("typed for %s says the same in the headline and at the field", async (when, problem) => {
    const house = await openHouseAt("publishing");
    for (const milestone of ["start", "pull-request"]) {
      const refused = await house.say(`mark ${NAME} ${milestone} ${when}`);
      expect(refused.title).toBe(`${problem} Nothing was changed.`);
      expect(inputOf(refused, "when")).toMatchObject({ value: when, problem });
    }
  });

  it("called start is refused where no start can be, whatever the day", async () => {
    const house = await openHouseAt("draft");
    for (const day of ["", "2026-11-13", "31 Feb"]) {
      expect((await house.say(`mark ${NAME} start ${day}`)).title).toMatch(/does not follow from there/);
    }
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
