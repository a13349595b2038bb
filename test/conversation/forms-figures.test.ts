import { describe, expect, it } from "vitest";
import { NAME, openHouseWith, textOf } from "../support.ts";
import { formOf, inputOf, problemsOf, submit, valuesOf } from "./form.ts";

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

  it("are saved also from a press that does not tell what its form showed", async () => {
    const house = await openHouseWith(NAME, ["evidence Contoso CRM slo=99.6"]);
    const reply = await house.press({ action: "evidence", fields: { name: NAME, availability: "99.97" } });
    expect(reply.title).toContain("99.97 %");
    expect((await house.connector(NAME)).evidence).toEqual({ slo: 99.6, availability: 99.97 });
  });

  it("that can't be read are told at their field, and nothing else that was typed is lost", async () => {
    const house = await openHouseWith(NAME);
    const asked = await house.say(`evidence ${NAME}`);
    const refused = await submit(house, asked, { availability: "99.97", slo: "lots" });
    expect(refused.title).toContain("Nothing was changed");
    expect(inputOf(refused, "slo")).toMatchObject({
      value: "lots",
      problem: "Not a percentage: “lots”. Such as 99.6.",
    });
    expect(inputOf(refused, "availability")).toMatchObject({ value: "99.97" });
    expect(inputOf(refused, "availability")?.problem).toBeUndefined();
    await submit(house, refused, { slo: "99.6" });
    expect((await house.connector(NAME)).evidence).toEqual({ availability: 99.97, slo: 99.6 });
  });

  it("typed and not all understood come back as a form, with everything that was typed and was known", async () => {
    const house = await openHouseWith(NAME, [`evidence ${NAME} connections=64 slo=99.1`]);
    const before = await house.connector(NAME);
    const refused = await house.say(
      `evidence ${NAME} availability=lots users=-3 slo=105 support=yes connections=70`,
    );
    expect(refused.title).toBe(
      `3 figures were not taken: availability (not a percentage: “lots”), weekly active users (not a whole number of 0 or more: “-3”) and SLO (more than 100 %: “105”). Nothing was changed for ${NAME}.`,
    );
    expect(await house.connector(NAME)).toEqual(before);
    expect(valuesOf(refused)).toMatchObject({
      availability: "lots",
      users: "-3",
      slo: "105",
      support: "yes",
      connections: "70",
    });
    expect(Object.keys(problemsOf(refused)).toSorted()).toEqual(["availability", "slo", "users"]);
    await submit(house, refused, { availability: "99.97", users: "510", slo: "99.6" });
    expect((await house.connector(NAME)).evidence).toEqual({
      availability: 99.97,
      users: 510,
      slo: 99.6,
      support: true,
      connections: 70,
    });
  });

  it("that are many and wrong are listed below the headline", async () => {
    const house = await openHouseWith(NAME);
    const pairs = Array.from("abcdefghijklm", (letter) => `nosuchkey${letter}=1`).join(" ");
    const refused = await house.say(`evidence ${NAME} slo=lots ${pairs}`);
    expect(refused.title).toBe(`14 figures were not taken, and nothing was changed for ${NAME}.`);
    expect(textOf(refused)).toContain("- SLO (not a percentage: “lots”)");
    expect(textOf(refused)).toContain("… and 4 more.");
    expect(problemsOf(refused)).toEqual({ slo: "Not a percentage: “lots”. Such as 99.6." });
  });

  it("under a name that is nearly right stand at the field that was meant", async () => {
    const house = await openHouseWith(NAME);
    const refused = await house.say(`evidence ${NAME} slos=99.6`);
    expect(inputOf(refused, "slo")).toMatchObject({
      value: "99.6",
      problem: "“slos” is no figure; is it this one?",
    });
    await submit(house, refused, {});
    expect((await house.connector(NAME)).evidence).toEqual({ slo: 99.6 });
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
