import { describe, expect, it } from "vitest";
import type { Address } from "../../src/incoming.ts";
import { buttonFor, NAME, openHouse, openHouseAt, openHouseWith, textOf } from "../support.ts";

const CHANNEL = "slack:T1/C-releases/U-bo" as Address;
const inChannel = { where: CHANNEL, setting: "shared" } as const;
const refuse = (why: string) => () => ({ kind: "never", why }) as const;

describe("reminders failed", () => {
  it("is a good word where nothing failed", async () => {
    const house = await openHouseAt("review");
    await house.wait("3d");
    for (const words of ["reminders failed", "failed reminders", "dead letters", "failed", "failed?"])
      expect((await house.say(words)).title).toBe("All is well: no platform has refused a reminder.");
  });

  it("tells what could not be delivered, when, why in plain words, and what to do", async () => {
    const house = await openHouseAt("review", { deliver: refuse("is_archived") });
    await house.wait("2026-11-04T12:00");
    const reply = await house.say("reminders failed");
    expect(reply.title).toBe(
      `1 reminder could not be delivered; the latest, of ${NAME}, Wed 4 Nov 2026, 09:15 PST.`,
    );
    const text = textOf(reply);
    expect(text).toContain(
      "Wed 4 Nov 2026, 09:15 PST · report, 24 hours after submission · for the chat in which it is registered · the channel is archived (“is_archived”)",
    );
    expect(text).toContain(`type reminders ${NAME} here`);
    const here = await house.press(buttonFor(reply, "reminders", { do: "here" }));
    expect(here.title).toContain("come to this chat from now on");
  });

  it("lists the newest first, connector by connector, those of followers too", async () => {
    const house = await openHouseAt("review", { deliver: refuse("channel_not_found") });
    await house.sayAll("track Fabrikam Fleet", "mark Fabrikam Fleet submitted 2026-11-03 09:00");
    await house.answer({ said: { kind: "text", text: `follow ${NAME}` }, ...inChannel });
    await house.wait("2026-11-05T09:10");
    const reply = await house.say("reminders failed");
    expect(reply.title).toContain("4 reminders could not be delivered; the latest, of Fabrikam Fleet");
    const lists = reply.blocks.flatMap((block) => (block.kind === "list" ? [block] : []));
    expect(lists.map(({ heading }) => heading)).toEqual(["Fabrikam Fleet", NAME]);
    const text = textOf(reply);
    expect(text).toContain("for a channel that follows it");
    expect(text).not.toMatch(/C-releases|U-bo/);
  });

  it.each([
    ["ConversationNotFound", "the channel or chat is not there any more (“ConversationNotFound”)"],
    ["BotNotInConversationRoster", "I may not write there any more (“BotNotInConversationRoster”)"],
    ["the app is not installed there, or its token was revoked", "I am not installed there any more (“"],
    ["the chat is closed to us", "I may not write there any more (“the chat is closed to us”)"],
    ["some_new_word", "the platform refused it (“some_new_word”)"],
    ["a\u202eb", "the platform refused it (“a b”)"],
  ])("says what %s means", async (why, meaning) => {
    const house = await openHouseAt("review", { deliver: refuse(why) });
    await house.wait("2026-11-04T12:00");
    expect(textOf(await house.say("failed"))).toContain(meaning);
  });

  it("shows nothing of another workspace, nor of what is not followed any more", async () => {
    const house = await openHouseAt("review", { deliver: refuse("is_archived") });
    await house.wait("2026-11-04T12:00");
    expect((await house.as("T-fabrikam", "Bo").say("failed")).title).toContain("All is well");
    await house.say(`untrack ${NAME} confirm`);
    expect((await house.say("failed")).title).toContain("All is well");
  });

  it("leaves words about a failed report what they were", async () => {
    const house = await openHouse();
    expect((await house.say("failed yesterday")).title).toContain("did you mean “mark failed yesterday”?");
    expect(textOf(await house.say("failed"))).toContain("report-failed");
  });
});

describe("A connector whose latest reminder was refused", () => {
  it("says so in its status and its reminders, until one arrives", async () => {
    let isOpen = false;
    const house = await openHouseAt("review", {
      deliver: () => (isOpen ? { kind: "sent" } : { kind: "never", why: "is_archived" }),
    });
    const note = `the latest reminder for the chat in which it is registered could not be delivered, Wed 4 Nov 2026, 09:15 PST: the channel is archived (“is_archived”). Type reminders ${NAME} here where the next ones should come.`;
    expect(textOf(await house.say(`status ${NAME}`))).not.toContain("could not be delivered");
    await house.wait("2026-11-04T12:00");
    for (const command of ["status", "reminders"])
      expect(textOf(await house.say(`${command} ${NAME}`))).toContain(note);
    isOpen = true;
    await house.wait("2026-11-05T12:00");
    for (const command of ["status", "reminders"])
      expect(textOf(await house.say(`${command} ${NAME}`))).not.toContain("could not be delivered");
  });

  it("does not say so for ever", async () => {
    const house = await openHouseWith(NAME, [`mark ${NAME} submitted`], { deliver: refuse("is_archived") });
    await house.wait("2026-11-05T12:00");
    house.sleep("2026-12-05T09:00");
    expect(textOf(await house.say(`status ${NAME}`))).toContain("could not be delivered");
    house.sleep("2026-12-05T10:00");
    expect(textOf(await house.say(`status ${NAME}`))).not.toContain("could not be delivered");
  });
});
