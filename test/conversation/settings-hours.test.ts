import { describe, expect, it } from "vitest";
import { buttonFor, openHouse, textOf } from "../support.ts";
import { inputOf, problemsOf, submit, valuesOf } from "./form.ts";

describe("Quiet hours", () => {
  it.each([
    ["20:00-8:00", "20:00", "08:00"],
    ["22:30 – 7:15", "22:30", "07:15"],
    ["8pm to 8am", "20:00", "08:00"],
    ["from 9 p.m. until 7.30 am", "21:00", "07:30"],
    ["hours between 21 and 6", "21:00", "06:00"],
    ["noon to 1pm", "12:00", "13:00"],
    ["midnight-6", "00:00", "06:00"],
    ["20:00 24:00", "20:00", "00:00"],
    ["12am to 12pm", "00:00", "12:00"],
    ["2200-0700", "22:00", "07:00"],
    ["hours to 22-7", "22:00", "07:00"],
    ["9 pm - 730", "21:00", "07:30"],
  ])("are said as people say times: %s", async (said, from, to) => {
    const house = await openHouse();
    const reply = await house.say(`settings quiet ${said}`);
    expect([reply.title, reply.changed]).toEqual([
      `Quiet hours set: ${from} to ${to}, where each owner is.`,
      true,
    ]);
    expect((await house.exported()).settings).toMatchObject({ quiet: { from, to } });
    expect(textOf(await house.say("settings"))).toMatch(new RegExp(`^ *Quiet hours +${from} to ${to}$`, "m"));
  });

  it("say how long they are, and what they were", async () => {
    const house = await openHouse();
    const first = textOf(await house.say("settings quiet 10-7"));
    expect(first).toContain("That is 21 hours of each day.");
    expect(first).toContain("Before: settings quiet default.");
    const second = textOf(await house.say("settings quiet 22:30-7"));
    expect(second).toContain("That is 8 h 30 min of each day.");
    expect(second).toContain("Before: settings quiet 10:00-07:00.");
    expect(textOf(await house.say("settings quiet 22:30-7"))).not.toContain("Before:");
    expect(textOf(await house.say("settings quiet off"))).toContain("Before: settings quiet 22:30-07:00.");
    expect(textOf(await house.say("settings quiet"))).not.toMatch(/Before:|That is/);
  });

  it("can be switched off and put back", async () => {
    const house = await openHouse();
    expect((await house.say("settings quiet off")).title).toBe("Quiet hours set: off.");
    expect((await house.exported()).settings).toMatchObject({ quiet: "off" });
    expect((await house.say("settings quiet default")).title).toBe(
      "Quiet hours set: 20:00 to 08:00, where each owner is.",
    );
    expect((await house.exported()).settings).not.toHaveProperty("quiet");
  });

  it("are shown when nothing is said of them, with what they mean and for whom", async () => {
    const house = await openHouse();
    const reply = await house.say("settings quiet");
    expect([reply.title, reply.changed]).toEqual([
      "Quiet hours: 20:00 to 08:00, where each owner is.",
      undefined,
    ]);
    expect(textOf(reply)).toContain(
      "comes before when it warns of a deadline, and else in the next working morning",
    );
    expect(textOf(reply)).toContain("nothing is moved until the workspace has a zone");
    await house.say("settings zone Europe/Berlin");
    expect(textOf(await house.say("settings quiet"))).toContain("it is Europe/Berlin that counts");
  });

  it("are taken from a form, pressed for in the settings", async () => {
    const house = await openHouse();
    const asked = await house.press(buttonFor(await house.say("settings"), "settings", { words: "quiet" }));
    expect(valuesOf(asked)).toEqual({ quietFrom: "20:00", quietTo: "08:00" });
    expect((await submit(house, asked, { quietFrom: "9pm" })).title).toContain("21:00 to 08:00");
    expect((await submit(house, asked, { quietFrom: "off", quietTo: "" })).title).toBe(
      "Quiet hours set: off.",
    );
  });

  it.each([
    ["25:00 to 8:00", { quietFrom: "“25:00” is no time of day." }],
    ["8pm", { quietTo: "The last time is missing." }],
    ["8:00-8am", { quietTo: "Quiet hours end at another time than they begin." }],
    ["13pm to 8:60", { quietFrom: "“13pm” is no time of day.", quietTo: "“8:60” is no time of day." }],
    ["constructor to 8:00", { quietFrom: "“constructor” is no time of day." }],
    ["please", { quietFrom: "“please” is no time of day.", quietTo: "The last time is missing." }],
  ])("that are none, “%s”, change nothing and say what to type", async (said, problems) => {
    const house = await openHouse();
    const refused = await house.say(`settings quiet ${said}`);
    expect([refused.title, refused.changed]).toEqual([
      `${Object.values(problems).join(" ")} Nothing was changed.`,
      undefined,
    ]);
    expect(problemsOf(refused)).toEqual(problems);
    expect(textOf(refused)).toContain("Type settings quiet 20:00-8:00");
    expect((await house.exported()).settings).not.toHaveProperty("quiet");
    expect((await submit(house, refused, { quietFrom: "22", quietTo: "7" })).title).toContain(
      "22:00 to 07:00",
    );
  });
});

describe("Working days", () => {
  it.each([
    ["mon-fri", [1, 2, 3, 4, 5], "Monday to Friday"],
    ["sun-thu", [1, 2, 3, 4, 7], "Sunday to Thursday"],
    ["sunday to thursday", [1, 2, 3, 4, 7], "Sunday to Thursday"],
    ["fri - mon", [1, 5, 6, 7], "Friday to Monday"],
    ["monday tuesday", [1, 2], "Monday and Tuesday"],
    ["Mon, Wed and Fridays", [1, 3, 5], "Monday, Wednesday and Friday"],
    ["mon-tue, thu", [1, 2, 4], "Monday, Tuesday and Thursday"],
    ["weds", [3], "Wednesday"],
    ["sun-thrs", [1, 2, 3, 4, 7], "Sunday to Thursday"],
    ["monday to wendesday", [1, 2, 3], "Monday to Wednesday"],
    ["to tues - saterday", [2, 3, 4, 5, 6], "Tuesday to Saturday"],
    ["weekdays", [1, 2, 3, 4, 5], "Monday to Friday"],
    ["all", [1, 2, 3, 4, 5, 6, 7], "every day"],
    ["mon-sun", [1, 2, 3, 4, 5, 6, 7], "every day"],
  ])("are said as people say them: %s", async (said, days, told) => {
    const house = await openHouse();
    const reply = await house.say(`settings days ${said}`);
    expect([reply.title, reply.changed]).toEqual([`Working days set: ${told}.`, true]);
    expect((await house.exported()).settings).toMatchObject({ days });
    expect(textOf(await house.say("settings"))).toMatch(new RegExp(`^ *Working days +${told}$`, "m"));
  });

  it("say how many they are, and what they were", async () => {
    const house = await openHouse();
    const first = textOf(await house.say("settings days fri-mon"));
    expect(first).toContain("That is 4 days a week.");
    expect(first).toContain("Before: settings days default.");
    const second = textOf(await house.say("settings days tue, thu"));
    expect(second).toContain("That is 2 days a week.");
    expect(second).toContain("Before: settings days friday to monday.");
    expect((await house.say("settings days friday to monday")).title).toContain("Friday to Monday");
    expect(textOf(await house.say("settings days"))).not.toMatch(/Before:|That is/);
  });

  it("can be put back", async () => {
    const house = await openHouse();
    await house.sayAll("settings days mon", "settings days default");
    expect((await house.exported()).settings).not.toHaveProperty("days");
    expect((await house.say("settings days")).title).toBe("Working days: Monday to Friday.");
  });

  it.each([
    ["someday", "“someday” are no days of the week."],
    ["mon-", "“mon-” are no days of the week."],
    ["m", "“m” are no days of the week."],
    ["off", "“off” are no days of the week."],
  ])("that are none, “%s”, change nothing", async (said, problem) => {
    const house = await openHouse();
    const refused = await house.say(`settings days ${said}`);
    expect(refused.title).toBe(`${problem} Nothing was changed.`);
    expect(inputOf(refused, "days")).toMatchObject({ value: said, problem });
    expect(textOf(refused)).toContain("Type settings days mon-fri");
    expect((await house.exported()).settings).not.toHaveProperty("days");
    expect((await submit(house, refused, { days: "sat, sun" })).title).toBe(
      "Working days set: Saturday and Sunday.",
    );
  });

  it("need at least one", async () => {
    const house = await openHouse();
    expect((await submit(house, await house.say("settings days"), { days: "" })).title).toBe(
      "The days are missing. Nothing was changed.",
    );
  });
});
