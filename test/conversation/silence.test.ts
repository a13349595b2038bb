import { describe, expect, it } from "vitest";
import {
  buttonFor,
  buttonsOf,
  NAME,
  openHouseAt,
  openHouseWith,
  type Sent,
  sasUri,
  textOf,
  travel,
} from "../support.ts";

function times(sent: readonly Sent[]): string[] {
  return sent.map(({ at }) => at);
}

describe("What is silenced is visible", () => {
  async function openSilenced() {
    const house = await openHouseAt("testing");
    await house.sayAll("track Fabrikam Fleet", "track Litware Maps", "track Northwind");
    await house.sayAll(`reminders ${NAME} mute`, "reminders Fabrikam Fleet snooze 3d");
    return house;
  }

  it("in the list", async () => {
    const text = textOf(await (await openSilenced()).say("list"));
    expect(text).toContain(`${NAME} (muted)`);
    expect(text).toContain("Fabrikam Fleet (snoozed)");
    expect(text.match(/\((?:muted|snoozed)\)/g)).toHaveLength(2);
  });

  it("in the digest", async () => {
    const house = await openSilenced();
    await house.say("reminders Northwind mute");
    expect(textOf(await house.say("digest"))).toContain(
      `No reminders come of ${NAME} (muted), Fabrikam Fleet (snoozed until Sat 7 Nov 2026, 10:00 PST) and Northwind (muted).`,
    );
  });

  it("on the screen of all connectors, and in the status", async () => {
    const house = await openSilenced();
    const text = textOf(await house.press({ action: "portfolio", fields: {} }));
    expect(text).toContain(`${NAME} (muted)`);
    expect(text).toContain("Fabrikam Fleet (snoozed)");
    expect(textOf(await house.say("status fabrikam"))).toMatch(
      /Reminders +snoozed until Sat 7 Nov 2026, 10:00/,
    );
  });

  it("no longer, when a snooze is over or taken back", async () => {
    const house = await openSilenced();
    await house.say(`reminders ${NAME} unmute`);
    await house.wait("3d");
    for (const line of ["list", "digest", "status fabrikam"])
      expect(textOf(await house.say(line))).not.toMatch(/muted|snoozed/);
  });

  it("where a muted one is snoozed: that it stays muted", async () => {
    const reply = await (await openSilenced()).say(`reminders ${NAME} snooze 3d`);
    expect(reply.title).toContain("; they are muted as well, and stay so after that.");
    expect(textOf(reply)).toContain(`reminders ${NAME} unmute`);
  });

  it("where reminders are brought here: that none come, and how they do again", async () => {
    const house = await openSilenced();
    const reply = await house.say(`reminders ${NAME} here`);
    expect(reply.title).toContain("but they are muted just now: nothing is sent.");
    expect(textOf(reply)).toContain(`reminders ${NAME} unmute`);
    expect(buttonFor(reply, "reminders", { do: "unmute" })).toBeDefined();
  });
});

describe("A person can silence reminders", () => {
  it("mute: none is sent, and status says so", async () => {
    const house = await openHouseAt("testing");
    await house.say(`reminders ${NAME} mute`);
    expect(await house.wait("2026-11-08T00:00")).toEqual([]);
    expect(textOf(await house.say(`status ${NAME}`))).toMatch(/muted/);
    expect(textOf(await house.say("list"))).not.toMatch(/undefined/);
  });

  it("unmute: what is ahead is sent again, what went by is not", async () => {
    const house = await openHouseAt("testing");
    await house.say(`reminders ${NAME} mute`);
    await house.wait("2026-11-05T12:00");
    await house.say(`reminders ${NAME} unmute`);
    expect(times(await house.wait("2026-11-06T09:00"))).toEqual(["2026-11-06T02:00", "2026-11-06T08:00"]);
  });

  it("snooze: what falls due meanwhile comes when the snooze ends, if it is still of use", async () => {
    const house = await openHouseAt("review");
    await house.say(`reminders ${NAME} snooze 30h`);
    expect(times(await house.wait("3d"))).toEqual(["2026-11-04T15:15", "2026-11-05T09:15"]);
  });

  it("snooze, untrack and undo: what fell due meanwhile comes when the snooze ends all the same", async () => {
    const house = await openHouseAt("review");
    await house.say(`reminders ${NAME} snooze 30h`);
    await house.wait("27h");
    await house.say(`untrack ${NAME} confirm`);
    await house.wait("10m");
    await house.say(`undo ${NAME}`);
    expect(times(await house.wait("2d"))).toEqual(["2026-11-04T15:15", "2026-11-05T09:15"]);
  });

  it("snooze beyond the end of the link: the reminders of use before it are not sent", async () => {
    const house = await openHouseAt("testing");
    const reply = await house.say(`reminders ${NAME} snooze 4d`);
    expect(textOf(reply)).toMatch(/Not sent/);
    const sent = await house.wait("2026-11-10T00:00");
    expect(times(sent)).toEqual(["2026-11-08T10:00"]);
    expect(buttonFor(sent[0]?.reply as Sent["reply"], "mark", { milestone: "submitted" })).toBeDefined();
  });

  it("snooze beyond the end of the link: what will not be sent is nowhere promised", async () => {
    const house = await openHouseAt("testing");
    const missed = ["24 business hours", "8 business hours", "2 business hours"];
    const snoozed = textOf(await house.say(`reminders ${NAME} snooze 4d`));
    for (const label of missed) expect(snoozed).toMatch(new RegExp(`Not sent[^]*${label}`));
    const reply = await house.say(`reminders ${NAME}`);
    expect(reply.title).toContain("Sun 8 Nov 2026, 10:00");
    const [ahead = "", silenced = ""] = textOf(reply).split("Silenced");
    for (const label of missed) {
      expect(ahead).not.toContain(label);
      expect(silenced).toMatch(new RegExp(`${label}.* \\(put off until it is past\\)`));
    }
    expect(textOf(await house.say("following"))).toContain("next Sun 8 Nov 2026, 10:00 PST (snoozed)");
  });

  it("unmuting a snooze drops what fell due meanwhile, as the answer says", async () => {
    const house = await openHouseAt("publishing");
    await house.say(`reminders ${NAME} snooze 10d`);
    await house.wait("2026-11-09T12:00");
    await house.say(`reminders ${NAME} unmute`);
    expect(times(await house.wait("2026-11-10T12:00"))).toEqual(["2026-11-10T09:00"]);
  });

  it("snooze under a reminder: this one comes again, once, and is not called late", async () => {
    const house = await openHouseAt("review");
    const [first] = await house.wait("24h");
    await house.press(first && buttonFor(first.reply, "reminders", { do: "snooze" }));
    const sent = await house.wait("12h");
    expect(times(sent)).toEqual(["2026-11-04T13:15"]);
    expect(sent[0]?.title).not.toMatch(/late/);
  });

  it("a snoozed reminder of the test link tells the time that is left when it comes", async () => {
    const house = await openHouseAt("testing");
    const [first] = await house.wait("24h");
    await house.press(first && buttonFor(first.reply, "reminders", { do: "snooze" }));
    const [again] = await house.wait("5h");
    expect(again?.at).toBe("2026-11-05T14:00");
    expect(again?.title).not.toContain("24 business hours");
  });

  it("a reminder that would come again too late to help is not snoozed", async () => {
    const house = await openHouseAt("testing");
    await house.wait("2026-11-06T07:00");
    const [last] = await house.wait("2h");
    const before = await house.connector(NAME);
    await house.press(last && buttonFor(last.reply, "reminders", { do: "snooze" }));
    expect(await house.connector(NAME)).toEqual(before);
  });

  it("acknowledge: no more about this, but about everything else", async () => {
    const house = await openHouseAt("testing");
    const [first] = await house.wait("24h");
    await house.press(first && buttonFor(first.reply, "reminders", { do: "acknowledge" }));
    expect(times(await house.wait("2026-11-08T00:00"))).toEqual(["2026-11-06T10:00"]);
  });

  it("snooze and acknowledge say what they are about, and can be taken back", async () => {
    const house = await openHouseAt("review");
    const [report] = await house.wait("24h");
    const before = (await house.connector(NAME)).silence;
    const snoozed = await house.press(report && buttonFor(report.reply, "reminders", { do: "snooze" }));
    expect(snoozed.title).toBe(
      `${NAME}: the reminder about the certification report comes again Wed 4 Nov 2026, 13:15 PST, in 4 h.`,
    );
    await house.press(buttonFor(snoozed, "undo"));
    expect((await house.connector(NAME)).silence).toEqual(before);
    const seen = await house.press(report && buttonFor(report.reply, "reminders", { do: "acknowledge" }));
    expect(seen.title).toBe(`Noted for ${NAME}: no more reminders about the certification report.`);
    await house.press(buttonFor(seen, "undo"));
    expect(times(await house.wait("25h"))).toEqual(["2026-11-05T09:15"]);
  });

  it("acknowledge tells how many others are still planned", async () => {
    const house = await openHouseAt("testing");
    const [link] = await house.wait("24h");
    const seen = await house.press(link && buttonFor(link.reply, "reminders", { do: "acknowledge" }));
    expect(seen.title).toBe(
      `Noted for ${NAME}: no more reminders about the end of the test link; 1 other is still planned.`,
    );
  });

  it("snooze of what somebody has acknowledged meanwhile promises nothing", async () => {
    const house = await openHouseAt("review");
    const [report] = await house.wait("24h");
    const bo = house.as("T-contoso", "Bo", "shared");
    await bo.press(report && buttonFor(report.reply, "reminders", { do: "acknowledge" }));
    const before = await house.connector(NAME);
    const refused = await house.press(report && buttonFor(report.reply, "reminders", { do: "snooze" }));
    expect(refused.title).toBe(
      `${NAME}: somebody said “Got it” about the certification report meanwhile; nothing was snoozed.`,
    );
    expect(refused.changed).toBeUndefined();
    expect(buttonsOf(refused).map(({ label }) => label)).toEqual(["Reminders", "Status"]);
    expect(await house.connector(NAME)).toEqual(before);
    expect(await house.wait("3d")).toEqual([]);
  });

  it("acknowledge of what somebody has snoozed meanwhile is taken", async () => {
    const house = await openHouseAt("review");
    const [report] = await house.wait("24h");
    await house.press(report && buttonFor(report.reply, "reminders", { do: "snooze" }));
    const seen = await house.press(report && buttonFor(report.reply, "reminders", { do: "acknowledge" }));
    expect(seen.changed).toBe(true);
    expect(await house.wait("3d")).toEqual([]);
  });

  it("acknowledge by word: what was said last", async () => {
    const house = await openHouseAt("review");
    await house.wait("24h");
    await house.say(`reminders ${NAME} acknowledge`);
    expect(await house.wait("3d")).toEqual([]);
  });

  it.each(["snooze", "snooze a bit", "snooze -3d", "snooze 0h", "snooze 900d"])(
    "“%s” is no snooze, and the answer shows one",
    async (words) => {
      const house = await openHouseAt("review");
      const before = await house.connector(NAME);
      const reply = await house.say(`reminders ${NAME} ${words}`);
      expect(await house.connector(NAME)).toEqual(before);
      expect(textOf(reply)).toContain(`reminders ${NAME} snooze 4h`);
    },
  );
});

describe("A workspace decides for itself", () => {
  it("which hours before the link's end are told", async () => {
    const house = await openHouseAt("testing");
    await house.say("settings remind test-link 4 1");
    expect(times(await house.wait("2026-11-08T00:00"))).toEqual(["2026-11-06T06:00", "2026-11-06T09:00"]);
  });

  it("that a kind of reminder is off, and on again", async () => {
    const house = await openHouseAt("publishing");
    await house.say("settings remind waves off");
    expect(times(await house.wait("2026-11-10T12:00"))).toEqual([]);
    await house.say("settings remind waves default");
    expect(times(await house.wait("2026-11-12T12:00"))).toEqual(["2026-11-12T09:00"]);
  });

  it("without changing another workspace's", async () => {
    const house = await openHouseAt("review");
    await house.as("T-fabrikam").say("settings remind report off");
    expect(await house.wait("25h")).toHaveLength(1);
  });

  it("when nothing is deployed: a freeze moves the waves' reminders", async () => {
    const house = await openHouseAt("publishing");
    await travel(house, [["2026-11-09T12:00"]]);
    await house.wait("2026-11-09T12:00");
    await house.say("settings freeze add 2026-11-10 to 2026-11-13 outage");
    expect(times(await house.wait("2026-11-20T00:00"))).toEqual([
      "2026-11-16T09:00",
      "2026-11-17T09:00",
      "2026-11-18T09:00",
      "2026-11-19T09:00",
    ]);
  });
});

describe("What was past before it mattered", () => {
  it("is not told when a snooze ends in which its offset was chosen", async () => {
    const house = await openHouseAt("review");
    await house.wait("10d");
    await house.say(`reminders ${NAME} snooze 2d`);
    await house.say("settings remind report 36");
    expect(await house.wait("5d")).toEqual([]);
  });

  it("is not told when the link dies, whether the program ran then or not", async () => {
    const toldLater = async (pass: "wait" | "sleep") => {
      const house = await openHouseAt("review");
      house.sleep("2026-11-03T10:00");
      await house.say(`done ${NAME} sas-uri ${sasUri("2026-11-08T08:00")}`);
      await house.say("settings remind sas-uri 2");
      house.sleep("2026-11-04T10:00");
      await house.say(`mark ${NAME} report-passed`);
      // The link dies on Friday at ten; two days before the package's does was at eight.
      await house.wait("2026-11-05T13:00");
      await house[pass]("2026-11-06T11:00");
      await house.wait("2026-11-08T07:00");
      return house.sent.filter(({ reply }) => textOf(reply).includes("SAS URI expires")).length;
    };
    expect([await toldLater("wait"), await toldLater("sleep")]).toEqual([0, 0]);
  });
});

describe("An untracked connector", () => {
  it("is silent, and deleted after 30 days", async () => {
    const house = await openHouseAt("testing");
    await house.say(`untrack ${NAME} confirm`);
    expect(await house.wait("2026-12-04T09:59")).toEqual([]);
    await house.remind();
    expect((await house.exported()).connectors).toHaveLength(1);
    await house.wait("2026-12-04T10:01");
    expect((await house.exported()).connectors).toEqual([]);
    expect(textOf(await house.say(`undo ${NAME}`))).toContain("track");
  });

  it("that comes back in time is kept, and reminds of what is ahead", async () => {
    const house = await openHouseWith(NAME, [`mark ${NAME} submitted`, `untrack ${NAME} confirm`]);
    await house.wait("2h");
    await house.say(`undo ${NAME}`);
    expect(times(await house.wait("2026-12-20T00:00"))).toEqual(["2026-11-04T09:15", "2026-11-05T09:15"]);
    expect((await house.exported()).connectors).toHaveLength(1);
  });
});
