import { describe, expect, it } from "vitest";
import type { Address } from "../../src/incoming.ts";
import { buttonsOf, HERE, NAME, openHouseAt, textOf } from "../support.ts";

const ELSEWHERE = "chat:releases" as Address;
const IN_CHANNEL = { where: ELSEWHERE, setting: "shared" } as const;
const bo = { id: "U-bo", name: "Bo" };

describe("reminders NAME here", () => {
  it("lets them come where it was said, and name who follows the connector", async () => {
    const house = await openHouseAt("review");
    const said = { kind: "text", text: `reminders ${NAME} here` } as const;
    const reply = await house.answer({ said, from: bo, ...IN_CHANNEL });
    expect(reply?.title).toBe(`Reminders for ${NAME} come to this channel from now on and name Ana.`);
    expect(reply?.changed).toBe(true);
    expect(await house.connector(NAME)).toMatchObject({
      where: ELSEWHERE,
      setting: "shared",
      owner: { name: "Ana" },
    });
    const [sent] = await house.wait("2d");
    expect(sent?.to).toBe(ELSEWHERE);
    expect(sent && textOf(sent.reply)).toContain("Ana");
  });

  it("brings them back to a direct chat, where nobody needs to be named", async () => {
    const house = await openHouseAt("review");
    const said = { kind: "text", text: `reminders ${NAME} here` } as const;
    await house.answer({ said, ...IN_CHANNEL });
    const reply = await house.say(`reminders ${NAME} here`);
    expect(reply.title).toBe(`Reminders for ${NAME} come to this chat from now on.`);
    const sent = await house.wait("2d");
    expect(sent.length).toBeGreaterThan(0);
    expect(sent.map(({ to }) => to)).toEqual(sent.map(() => HERE));
  });

  it("loses none and repeats none: what is due after it was said comes to the new place", async () => {
    const house = await openHouseAt("testing");
    const before = await house.wait("2026-11-05T12:00");
    const said = { kind: "text", text: `reminders ${NAME} here` } as const;
    await house.answer({ said, ...IN_CHANNEL });
    const after = await house.wait("2026-11-07T00:00");
    const stayed = await openHouseAt("testing");
    const all = await stayed.wait("2026-11-07T00:00");
    expect([...before, ...after].map(({ at }) => at)).toEqual(all.map(({ at }) => at));
    expect(new Set(before.map(({ to }) => to))).toEqual(new Set([HERE]));
    expect(new Set(after.map(({ to }) => to))).toEqual(new Set([ELSEWHERE]));
  });

  it("leads on to them and to the status, and finds the connector as any command does", async () => {
    const house = await openHouseAt("review");
    const reply = await house.say("reminders contoso here");
    expect(buttonsOf(reply).map(({ says }) => says)).toEqual([`reminders ${NAME}`, `status ${NAME}`]);
    expect((await house.say("reminders Nobody here")).title).toContain("Nobody");
  });
});
