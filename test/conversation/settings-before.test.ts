import { describe, expect, it } from "vitest";
import { openHouse, textOf } from "../support.ts";

describe("A setting that is changed", () => {
  it.each([
    ["settings zone Europe/Berlin", "settings zone Asia/Tokyo", "settings zone Europe/Berlin"],
    ["settings remind waves 8", "settings remind waves off", "settings remind waves 8"],
    ["settings remind test-link 24 4", "settings remind test-link 12", "settings remind test-link 24 4"],
    ["settings", "settings remind waves off", "settings remind waves default"],
    ["settings remind waves off", "settings remind waves 9", "settings remind waves off"],
    ["settings quiet off", "settings quiet 22-7", "settings quiet off"],
    ["settings days sun-thu", "settings days all", "settings days sunday to thursday"],
  ])("says what it was, so that it can be typed back: after %s, %s", async (first, second, before) => {
    const house = await openHouse();
    await house.say(first);
    const { settings } = await house.exported();
    expect(textOf(await house.say(second))).toContain(`Before: ${before}.`);
    expect(textOf(await house.say(second))).not.toContain("Before:");
    await house.say(before);
    const { settings: again } = await house.exported();
    expect(again).toEqual(settings);
  });

  it("says that there was no zone", async () => {
    const house = await openHouse();
    expect(textOf(await house.say("settings zone Europe/Berlin"))).toContain("Before: none was set.");
  });

  it("says how a freeze that was removed comes back", async () => {
    const house = await openHouse();
    await house.say("settings freeze add 2026-12-21 to 2027-01-04 year end");
    const text = textOf(await house.say("settings freeze remove 1"));
    expect(text).toContain("Before: settings freeze add 2026-12-21 to 2027-01-04 year end.");
    expect(textOf(await house.say("settings freeze"))).not.toContain("Before:");
  });

  it.each([
    ["settings freeze add", "The first day and the last day are missing. Nothing was changed."],
    ["settings digest on", "The day and the time are missing. Nothing was changed."],
  ])("names all that is missing in one sentence: %s", async (said, title) => {
    expect((await (await openHouse()).say(said)).title).toBe(title);
  });
});
