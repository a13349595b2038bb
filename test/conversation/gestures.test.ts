import { describe, expect, it } from "vitest";
import { buttonsOf, openHouseWith } from "../support.ts";

describe("What people add to a command out of habit", () => {
  it.each([
    ["Hi!", "hi"],
    ["hello, Shepherd", "hello"],
    ["help!", "help"],
    ["/help", "help"],
    ["list.", "list"],
    ["Status: Contoso CRM", "status Contoso CRM"],
    ["/status Contoso CRM", "status Contoso CRM"],
    ["eta, Contoso CRM", "eta Contoso CRM"],
  ])("changes nothing of its meaning: %s", async (said, meant) => {
    const house = await openHouseWith("Contoso CRM");
    expect((await house.say(said)).title).toBe((await house.say(meant)).title);
  });

  it("stays a part of a name", async () => {
    const house = await openHouseWith("Status! Board");
    expect((await house.say("track Yahoo!")).title).toContain("Now following Yahoo!");
    expect((await house.say("Yahoo!")).title).toContain("Yahoo! is at the account stage");
    expect((await house.say("/contoso")).title).toContain("“/contoso”");
  });
});

describe("A question that is answered with “Keep it”", () => {
  it.each([
    ["forget", "1 connector; nothing is due."],
    ["untrack Contoso CRM", "Contoso CRM is at the account stage"],
  ])("gives way to how things stand: %s", async (line, title) => {
    const house = await openHouseWith("Contoso CRM");
    const question = await house.say(line);
    const kept = await house.press(buttonsOf(question).find(({ label }) => label === "Keep it"));
    expect([kept.title, kept.turned]).toEqual([expect.stringContaining(title), true]);
    expect(kept.changed).toBeUndefined();
  });
});
