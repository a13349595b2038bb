import { describe, expect, it } from "vitest";
import type { Address } from "../../src/incoming.ts";
import { type House, NAME, openHouse, openHouseAt, openHouseWith, textOf } from "../support.ts";

const RELEASES = "slack:T1/C-releases/U-bo" as Address;

async function inChannel(house: House, text: string) {
  const reply = await house.answer({ said: { kind: "text", text }, where: RELEASES, setting: "shared" });
  if (!reply) throw new Error("no answer");
  return reply;
}

describe("Reminders are silenced by the verb alone", () => {
  it.each([
    ["mute contoso", { mutedAt: expect.any(String) }],
    ["Mute reminders for contoso", { mutedAt: expect.any(String) }],
    ["mute the reminders of contoso crm", { mutedAt: expect.any(String) }],
    ["mute", { mutedAt: expect.any(String) }],
    ["reminders contoso off", { mutedAt: expect.any(String) }],
    ["snooze contoso until monday", { snoozedUntil: "2026-11-09T20:00:00.000Z" }],
    ["snooze contoso 4h", { snoozedUntil: "2026-11-03T21:15:00.000Z" }],
    ["mute contoso until monday", { snoozedUntil: "2026-11-09T20:00:00.000Z" }],
    ["mute contoso for 4h", { snoozedUntil: "2026-11-03T21:15:00.000Z" }],
    ["reminders contoso mute until monday", { snoozedUntil: "2026-11-09T20:00:00.000Z" }],
  ])("%s", async (said, silence) => {
    const house = await openHouseAt("review");
    await house.say(said);
    expect((await house.connector(NAME)).silence).toMatchObject(silence);
    await house.say("unmute contoso");
    expect((await house.connector(NAME)).silence).toEqual({ snoozed: {}, acknowledged: {} });
  });

  it.each([NAME, "contoso"])("and never by a question, whether %s is named in full or not", async (name) => {
    const house = await openHouseWith(name, [`mark ${name} submitted`]);
    const before = await house.exported();
    const questions = [
      "mute contoso?",
      "can I mute contoso?",
      "snooze how?",
      "undo contoso?",
      "unmute contoso ?",
    ];
    for (const question of questions) await house.say(question);
    expect(await house.exported()).toEqual(before);
  });

  it("and asks which one, or how long, where that was not said", async () => {
    const house = await openHouseWith(NAME, ["track Fabrikam Fleet"]);
    expect((await house.say("mute")).title).toContain("Which connector?");
    expect((await house.say("mute nosuch")).title).toContain("No connector called “nosuch” is tracked here");
    expect((await house.say("snooze fabrikam")).title).toContain("For how long");
  });
});

describe("Help knows words that only begin a command", () => {
  it.each([
    ["help mute", /^reminders <name>/],
    ["help snooze", /^reminders <name>/],
    ["help with my reminders", /^reminders <name>/],
    ["help quiet hours", /^settings \[zone/],
  ])("%s", async (said, title) => {
    expect((await (await openHouse()).say(said)).title).toMatch(title);
  });

  it("and says each synonym once", async () => {
    const text = textOf(await (await openHouse()).say("help reminders failed"));
    expect(text).toContain("Also  failed reminders, reminder failed, dead letters or failed");
  });
});

describe("A channel follows only deadlines, however that is written", () => {
  it.each(["deadline", "deadlins", "only deadline", "deadlines only", "for deadlines"])(
    "follow contoso %s",
    async (rest) => {
      const house = await openHouseAt("review");
      expect((await inChannel(house, `follow contoso ${rest}`)).title).toContain(
        "only the reminders of what",
      );
    },
  );

  it("but a connector's own name comes first", async () => {
    const house = await openHouseWith("Contoso Deadline");
    expect((await inChannel(house, "follow contoso deadline")).title).toContain("all its reminders");
  });
});

describe("Settings are understood without their proper words", () => {
  it.each([
    ["set quiet hours to 22-7", "Quiet hours set: 22:00 to 07:00"],
    ["set the quiet hours to 22-7", "Quiet hours set: 22:00 to 07:00"],
    ["settings quite 22-7", "Quiet hours set: 22:00 to 07:00"],
    ["quiet hours 22-7", "Quiet hours set: 22:00 to 07:00"],
    ["quiet 2200-0700", "Quiet hours set: 22:00 to 07:00"],
    ["quiet hours off", "Quiet hours set: off"],
    ["change our quiet hours to 22-7", "Quiet hours set: 22:00 to 07:00"],
    ["settings working days sun-thu", "Working days set: Sunday to Thursday"],
    ["working days sun-thu", "Working days set: Sunday to Thursday"],
    ["days sun-thrs", "Working days set: Sunday to Thursday"],
    ["settings time zone Europe/Berlin", "The zone of this workspace is Europe/Berlin"],
    ["settings weekly digest monday 9", "Weekly digest: Mondays at 09:00"],
    ["digest monday 9", "Weekly digest: Mondays at 09:00"],
    ["weekly digest off", "Weekly digest: off"],
    ["reminder failed", "All is well"],
  ])("%s", async (said, title) => {
    const reply = await (await openHouse()).say(said);
    expect(reply.title).toContain(title);
  });

  it.each(["days until GA", "quiet hours 22-7?", "are quiet hours 22-7?", "working days for the review"])(
    "but nothing is set by “%s”",
    async (said) => {
      const house = await openHouse();
      const reply = await house.say(said);
      expect([reply.changed, (await house.exported()).settings]).toEqual([
        undefined,
        (await (await openHouse()).exported()).settings,
      ]);
    },
  );
});

describe("What is asked about reminders in other words is led to what to type", () => {
  it.each([
    ["why did the reminder come at night?", "settings quiet 20:00-8:00"],
    ["can you not remind me at weekends?", "settings days mon-fri"],
    ["no reminders on friday please", "settings days mon-fri"],
    ["why do I get reminders on sundays", "settings days mon-fri"],
    ["why didn't I get a reminder?", "reminders Contoso CRM"],
    ["are there failed reminders?", "reminders Contoso CRM"],
    ["were any reminders missed?", "reminders Contoso CRM"],
    ["who follows contoso?", "reminders <name>"],
    ["where do reminders go", "reminders <name>"],
    ["which channel gets the reminders?", "reminders <name>"],
    ["too many reminders", "reminders <name>"],
    ["stop reminding me", "reminders <name>"],
    ["what am I following", "follow Contoso CRM"],
    ["what do we follow here?", "follow Contoso CRM"],
    ["what is muted?", "track Contoso CRM"],
    ["which connectors are snoozed", "track Contoso CRM"],
  ])("%s", async (said, command) => {
    const reply = await (await openHouse()).say(said);
    expect(textOf(reply)).toContain(command);
    expect(textOf(reply)).not.toContain("Microsoft's two pages");
    expect(reply.changed).toBeUndefined();
  });

  it.each([
    ["stop the reminders for contoso", "reminders contoso mute"],
    ["please turn off all reminders for contoso", "reminders contoso mute"],
    ["no more reminders about contoso", "reminders contoso mute"],
    ["notifications off", "reminders mute"],
    ["turn reminders on for contoso", "reminders contoso unmute"],
  ])("%s: the command is offered, and does it", async (said, command) => {
    const house = await openHouseAt("review");
    const before = await house.exported();
    const reply = await house.say(said);
    expect(reply.title).toContain(`did you mean “${command}”?`);
    expect(await house.exported()).toEqual(before);
    expect((await house.say(command)).title).toMatch(/muted|on again/);
  });

  it("what is muted is seen in the list that answers", async () => {
    const house = await openHouseAt("review");
    await house.say("mute contoso");
    expect(textOf(await house.say("what is muted?"))).toContain(`${NAME} (muted)`);
  });

  it.each([
    "what steps do I follow to submit?",
    "which guidelines do we follow",
    "who gets notified",
    "remind me how long the review takes",
    "is the review done on friday",
  ])("but Microsoft's pages are still asked: %s", async (question) => {
    const text = textOf(await (await openHouse()).say(question));
    expect(text).not.toMatch(/reminders <name>|settings (?:quiet|days)|This chat hears of/);
  });
});
