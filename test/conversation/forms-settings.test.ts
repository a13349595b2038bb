import { describe, expect, it } from "vitest";
import { buttonFor, buttonsOf, openHouse, textOf } from "../support.ts";
import { formOf, inputOf, problemsOf, submit, valuesOf } from "./form.ts";

describe("Settings", () => {
  it.each([
    ["Asia/Kolkata", "Asia/Kolkata"],
    ["asia/tokyo", "Asia/Tokyo"],
    ["America/New York", "America/New_York"],
    ["utc", "UTC"],
  ])("call a zone as people do: %s", async (said, zone) => {
    const house = await openHouse();
    await house.say(`settings zone ${said}`);
    expect((await house.exported()).settings).toMatchObject({ zone });
    expect((await house.say("settings")).title).toContain(`zone ${zone},`);
  });

  it("take a zone from a form", async () => {
    const house = await openHouse();
    const refused = await submit(house, await house.say("settings"), { zone: "Mars" });
    expect(inputOf(refused, "zone")).toMatchObject({ value: "Mars", problem: expect.any(String) });
    expect((await submit(house, refused, { zone: "Europe/Berlin" })).title).toContain("Europe/Berlin");
  });

  it.each([
    ["2027-02-30 to 2027-03-01 office move", { from: "2027-02-30", to: "2027-03-01", why: "office move" }],
    ["21 Dec to 31 Feb year end", { from: "21 Dec", to: "31 Feb", why: "year end" }],
    ["21 Dec to whenever", { from: "21 Dec", to: "whenever", why: "" }],
    ["21 Dec to", { from: "21 Dec", to: "", why: "" }],
    ["whenever", { from: "whenever", to: "", why: "" }],
  ])("put a freeze that was typed, “%s”, into the form when it is refused", async (said, values) => {
    const house = await openHouse();
    const refused = await house.say(`settings freeze add ${said}`);
    expect(refused.title).toMatch(/Nothing was changed\.$/);
    expect(valuesOf(refused)).toEqual(values);
    const taken = await submit(house, refused, { from: "2026-12-21", to: "2027-01-04" });
    expect(taken.title).toContain(`(${values.why || "no reason given"})`);
  });

  it.each([
    [
      "2026-12-21 to 2027-01-04 move to new offices",
      "Mon 21 Dec 2026 to Mon 4 Jan 2027 (move to new offices)",
    ],
    ["2026-12-21 2027-01-04 move to new offices", "Mon 21 Dec 2026 to Mon 4 Jan 2027 (move to new offices)"],
    ["21 Dec – 4 Jan", "Mon 21 Dec 2026 to Mon 4 Jan 2027 (no reason given)"],
    ["2026-12-24 carols", "Thu 24 Dec 2026 to Thu 24 Dec 2026 (carols)"],
  ])("take a freeze said as “%s”", async (said, told) => {
    expect((await (await openHouse()).say(`settings freeze add ${said}`)).title).toContain(told);
  });

  it("take a freeze from a form", async () => {
    const house = await openHouse();
    const asked = await house.say("settings freeze");
    const reply = await submit(house, asked, { from: "2026-12-21", to: "2027-01-04", why: "year end" });
    expect(reply.title).toContain("Mon 21 Dec 2026 to Mon 4 Jan 2027 (year end)");
  });
});

describe("The settings lead to every form", () => {
  it.each([
    ["Freezes", "settings freeze", ["from", "to", "why"]],
    ["Reminder times", "settings remind", ["topic", "times"]],
    ["Quiet hours", "settings quiet", ["quietFrom", "quietTo"]],
    ["Weekly digest", "settings digest", ["digestDay", "digestAt"]],
  ])("%s: pressed as typed", async (label, says, inputs) => {
    const house = await openHouse();
    const button = buttonsOf(await house.say("settings")).find((one) => one.label === label);
    const pressed = await house.press(button);
    expect(button?.says).toBe(says);
    expect(textOf(pressed)).toBe(textOf(await house.say(says)));
    expect(formOf(pressed).inputs.map(({ id }) => id)).toEqual(inputs);
  });

  it("and more on them comes last", async () => {
    const labels = buttonsOf(await (await openHouse()).say("settings")).map(({ label }) => label);
    expect(labels).toEqual(["Freezes", "Reminder times", "Quiet hours", "Weekly digest", "More on settings"]);
  });
});

describe("Reminder times", () => {
  it("are shown as they are, with what has been changed", async () => {
    const house = await openHouse();
    const before = await house.say("settings remind");
    expect(before.title).toBe("Reminder times: all at their defaults.");
    expect(textOf(before)).toMatch(/^ {2}Test link +24, 8, 2 and 0 business hours/m);
    await house.say("settings remind test-link 24 4");
    const after = await house.say("settings reminders");
    expect(after.title).toBe("Reminder times: changed for Test link.");
    expect(textOf(after)).toMatch(/^ {2}Test link +24 and 4 business hours/m);
    expect(buttonFor(after, "settings")?.fields).toEqual({});
  });

  it.each([
    ["test-link", "24 4", /^Test link reminders: 24 and 4 business hours/, { "test-link": [24, 4] }],
    ["sas-uri", "5d, 1d", /^SAS URI reminders: 5 and 1 days/, { "sas-uri": [5, 1] }],
    ["waves", "off", /^Waves reminders: off/, { waves: [] }],
    ["report", "default", /^Report reminders: 24 and 48 hours/, {}],
  ])("are taken from a form: %s at “%s”", async (topic, times, told, remind) => {
    const house = await openHouse();
    const reply = await submit(house, await house.say("settings remind"), { topic, times });
    expect([reply.title, reply.changed]).toEqual([expect.stringMatching(told), true]);
    expect((await house.exported()).settings).toMatchObject({ remind });
  });

  it("offer each kind by its name", async () => {
    const topic = inputOf(await (await openHouse()).say("settings remind"), "topic");
    expect(topic?.sort).toBe("choice");
    expect(topic?.options).toContainEqual({ value: "cut-off", label: "Cut-off" });
    expect(topic?.options).toHaveLength(8);
  });

  it("that were typed and refused stand in the form", async () => {
    const house = await openHouse();
    const refused = await house.say("settings remind test link 1000");
    expect(valuesOf(refused)).toEqual({ topic: "test-link", times: "1000" });
    expect((await submit(house, refused, { times: "10" })).title).toMatch(/^Test link reminders: 10 /);
    const unknown = await house.say("settings remind birthdays 4");
    expect(unknown.title).toBe("“birthdays” is no kind of reminder. Nothing was changed.");
    expect(valuesOf(unknown)).toEqual({ topic: "", times: "4" });
    expect(problemsOf(unknown)).toEqual({ topic: "“birthdays” is no kind of reminder." });
  });

  it("of a kind that no form offers are refused", async () => {
    const house = await openHouse();
    for (const fields of [{ topic: "birthdays", times: "4" }, { times: "4" }, { topic: "waves" }]) {
      const reply = await house.press({ action: "settings", fields: fields as Record<string, string> });
      expect([reply.title.endsWith("Nothing was changed."), reply.changed]).toEqual([true, undefined]);
    }
  });
});

describe("The days of a freeze", () => {
  it.each([
    ["today to tomorrow", "2026-11-03", "2026-11-04"],
    ["in 2 days to in 4 days", "2026-11-05", "2026-11-07"],
    ["next monday to next friday", "2026-11-09", "2026-11-13"],
    ["21 Dec to 4 Jan", "2026-12-21", "2027-01-04"],
    ["1 Oct to 20 Nov", "2026-10-01", "2026-11-20"],
    ["2026-11-23 2026-11-27", "2026-11-23", "2026-11-27"],
  ])("are near today, also where they have begun: %s", async (words, from, to) => {
    const house = await openHouse();
    await house.say(`settings freeze add ${words}`);
    expect((await house.exported()).settings).toMatchObject({ freezes: [{ from, to }] });
  });

  it("may be pasted with marks that nobody sees", async () => {
    const house = await openHouse();
    const fields = { from: "\u202a2026-12-21\u202c", to: "2027-01-04\u200e", why: "year\tend" };
    await house.press({ action: "settings", fields });
    expect((await house.exported()).settings).toMatchObject({
      freezes: [{ from: "2026-12-21", to: "2027-01-04", why: "year end" }],
    });
  });
});
