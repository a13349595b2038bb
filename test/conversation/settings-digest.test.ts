import { describe, expect, it } from "vitest";
import type { Address, Incoming } from "../../src/incoming.ts";
import type { Reply } from "../../src/reply.ts";
import { buttonFor, type House, openHouse, textOf } from "../support.ts";
import { problemsOf, submit, valuesOf } from "./form.ts";

/** What Eva, who is in Berlin, says in a channel. */
async function eva(house: House, text: string, parts: Partial<Incoming> = {}): Promise<Reply> {
  const reply = await house.answer({
    from: { id: "U-eva", name: "Eva", zone: "Europe/Berlin" },
    setting: "shared",
    where: "channel:launches/U-eva" as Address,
    said: { kind: "text", text },
    ...parts,
  });
  if (!reply) throw new Error("no answer");
  return reply;
}

describe("The weekly digest", () => {
  it.each([
    ["monday 9:00", 1, "09:00"],
    ["friday 3pm", 5, "15:00"],
    ["every Tuesday at 8.30 am", 2, "08:30"],
    ["Sundays 18", 7, "18:00"],
    ["9:00 wed", 3, "09:00"],
    ["on thursday noon", 4, "12:00"],
    ["monday 0930", 1, "09:30"],
    ["monday,9", 1, "09:00"],
    ["Friday, 17:30", 5, "17:30"],
    ["mon 09:00 here", 1, "09:00"],
    ["to wednesdays @ 8am", 3, "08:00"],
    ["thrusday 9", 4, "09:00"],
    ["midday saterday", 6, "12:00"],
  ])("comes where it is asked for: %s", async (said, weekday, at) => {
    const house = await openHouse();
    const reply = await eva(house, `settings digest ${said}`);
    expect([reply.title, reply.changed]).toEqual([
      expect.stringMatching(`s at ${at} \\(Europe/Berlin\\), to this channel; the next one `),
      true,
    ]);
    expect((await house.exported()).settings).toMatchObject({
      digest: { weekday, at, zone: "Europe/Berlin", where: "channel:launches/U-eva", setting: "shared" },
    });
  });

  it("says when it comes next, and in whose zone", async () => {
    const house = await openHouse();
    expect((await eva(house, "settings digest monday 9:00")).title).toBe(
      "Weekly digest: Mondays at 09:00 (Europe/Berlin), to this channel; the next one Mon 9 Nov 2026, 09:00 GMT+1 (00:00 PST).",
    );
    await house.say("settings zone Asia/Tokyo");
    expect((await eva(house, "settings digest monday 9:00")).title).toContain(
      "Mondays at 09:00 (Asia/Tokyo)",
    );
    const nobodysZone = await openHouse({ zone: "UTC" });
    expect((await nobodysZone.say("settings digest monday 9:00")).title).toContain("(UTC), to this chat");
  });

  it("is shown wherever one asks, as going there or elsewhere", async () => {
    const house = await openHouse();
    expect((await house.say("settings digest")).title).toBe("Weekly digest: off.");
    await eva(house, "settings digest monday 9:00");
    expect((await house.say("settings digest")).title).toContain("to another channel");
    // The same channel, in a thread, asked by another.
    const thread = "channel:launches;17/U-bo" as Address;
    expect((await eva(house, "settings digest", { where: thread })).title).toContain("to this channel");
    expect(textOf(await house.say("settings"))).toMatch(
      /^ *Weekly digest +Mondays at 09:00 \(Europe\/Berlin\)$/m,
    );
  });

  it("says from where it was taken, and what it was, when it is moved or switched off", async () => {
    const house = await openHouse();
    expect(textOf(await house.say("settings digest sunday 9:06"))).not.toContain("Before:");
    expect(textOf(await eva(house, "settings digest monday 9:00"))).toContain(
      "Before: Sundays at 09:06 (America/Los_Angeles), to another chat; for that again, type there settings digest sunday 09:06.",
    );
    expect(textOf(await eva(house, "settings digest monday 10:00"))).toContain(
      "Before: Mondays at 09:00 (Europe/Berlin), to this channel; for that again, type settings digest monday 09:00.",
    );
    expect(textOf(await eva(house, "settings digest monday 10:00"))).not.toContain("Before:");
    expect(textOf(await house.say("settings digest off"))).toContain(
      "Before: Mondays at 10:00 (Europe/Berlin), to another channel; for that again, type there",
    );
  });

  it("is switched off by words and by a button", async () => {
    const house = await openHouse();
    const set = await eva(house, "settings digest monday 9:00");
    expect((await house.press(buttonFor(set, "settings", { words: "digest off" }))).title).toBe(
      "Weekly digest: off.",
    );
    expect((await house.exported()).settings).not.toHaveProperty("digest");
    await eva(house, "settings digest monday 9:00");
    expect((await eva(house, "settings digest off")).title).toBe("Weekly digest: off.");
    expect((await house.exported()).settings).not.toHaveProperty("digest");
  });

  it("is taken from a form, which shows what is set", async () => {
    const house = await openHouse();
    const asked = await house.press(buttonFor(await house.say("settings"), "settings", { words: "digest" }));
    const set = await submit(house, asked, { digestDay: "Friday", digestAt: "3pm" });
    expect(set.title).toContain("Fridays at 15:00");
    expect(valuesOf(set)).toEqual({ digestDay: "Friday", digestAt: "15:00" });
  });

  it.each([
    ["monday", { digestAt: "The time is missing." }],
    ["9:00", { digestDay: "The day is missing." }],
    ["today 9:00", { digestDay: "“today” is no day of the week." }],
    ["someday 9:00", { digestDay: "“someday” is no day of the week." }],
    ["monday 25:00", { digestAt: "“25:00” is no time of day." }],
    ["on", { digestDay: "The day is missing.", digestAt: "The time is missing." }],
    ["monday 9am PST", { digestAt: "“PST” can't stand behind the time, which is counted in Europe/Berlin." }],
    [
      "mon 9:00 sharpish",
      { digestAt: "“sharpish” can't stand behind the time, which is counted in Europe/Berlin." },
    ],
    ["at 9am Berlin", { digestDay: "“Berlin” is no day of the week." }],
  ])("that can't be, “%s”, changes nothing and says what to type", async (said, problems) => {
    const house = await openHouse();
    await eva(house, "settings digest tuesday 8:00");
    const refused = await eva(house, `settings digest ${said}`);
    const told = said === "on" ? "The day and the time are missing." : Object.values(problems).join(" ");
    expect([refused.title, refused.changed]).toEqual([`${told} Nothing was changed.`, undefined]);
    expect(problemsOf(refused)).toEqual(problems);
    expect(textOf(refused)).toContain("Type settings digest monday 9:00");
    expect((await house.exported()).settings).toMatchObject({ digest: { weekday: 2, at: "08:00" } });
  });
});
