import { DateTime } from "luxon";
import { describe, expect, it } from "vitest";
import type { Reply } from "../../src/reply.ts";
import { buttonFor, type House, openHouse, type Sent, sasUri, textOf } from "../support.ts";

const BERLIN = "Europe/Berlin";

/** What Eva says from her zone. */
async function eva(house: House, zone: string, ...lines: string[]): Promise<Reply> {
  let last: Reply | undefined;
  for (const text of lines)
    last = await house.answer({ from: { id: "U-eva", name: "Eva", zone }, said: { kind: "text", text } });
  if (!last) throw new Error("no answer");
  return last;
}

/** When each message came, by the clocks of a zone, and about what. */
function heard(sent: readonly Sent[], zone = BERLIN): string[] {
  return sent.map(({ at, id }) => {
    const there = DateTime.fromISO(at, { zone: "America/Los_Angeles" }).setZone(zone);
    return `${there.toFormat("ccc d LLL HH:mm")} ${/\/([a-z-]+:\d+)@/.exec(id)?.[1] ?? id}`;
  });
}

describe("Reminders come in people's hours", () => {
  it("news of the night comes in the morning, news of the weekend on Monday", async () => {
    // Thursday, 18:30 in Berlin; the second reminder would be Saturday evening's.
    const house = await openHouse({ now: "2026-11-05T09:30" });
    await eva(house, BERLIN, "track Fleet", "mark Fleet submitted 2026-11-05 16:00");
    expect(heard(await house.wait("7d"))).toEqual(["Fri 6 Nov 16:00 report:24", "Mon 9 Nov 08:00 report:48"]);
  });

  it("a warning of a deadline comes before the night and before the weekend", async () => {
    const house = await openHouse({ now: "2026-11-02T09:00" });
    // Tuesday 04:00 in Berlin.
    await eva(
      house,
      BERLIN,
      "track Fleet",
      "settings remind sas-uri 2 1",
      `done Fleet sas-uri ${sasUri("2026-11-09T19:00")}`,
    );
    expect(heard(await house.wait("8d"))).toEqual(["Fri 6 Nov 20:00 sas-uri:1"]);
  });

  it("the warnings that one evening brings together are one message", async () => {
    const house = await openHouse({ now: "2026-11-02T09:00" });
    await eva(house, BERLIN, "track Fleet", `done Fleet sas-uri ${sasUri("2026-11-09T05:00")}`);
    const sent = await house.wait("8d");
    // Three days before is Friday 14:00, one day before is Sunday 14:00.
    expect(heard(sent)).toEqual(["Fri 6 Nov 14:00 sas-uri:3", "Fri 6 Nov 20:00 sas-uri:1"]);
    expect(sent[1]?.title).toContain("in 2 days 18 h");
  });

  it("that a test link has expired is told in the morning", async () => {
    const house = await openHouse({ now: "2026-11-03T18:00" });
    await eva(house, BERLIN, "track Fleet", "mark Fleet report-passed 2026-11-04 02:00 already");
    const sent = await house.wait("7d");
    const expired = sent.filter(({ title }) => title.includes("expired"));
    expect(heard(expired)).toEqual(["Fri 6 Nov 08:00 test-link:0"]);
    const warnings = heard(sent.filter(({ title }) => title.includes("expires")));
    expect(warnings.every((one) => / (?:0[89]|1\d|20:00)/.test(one.slice(9)))).toBe(true);
  });

  it("a warning whose evening is over when it becomes known is told at once", async () => {
    // Saturday, 10:00 in Berlin; five days before the end of the SAS URI is Sunday.
    const house = await openHouse({ now: "2026-11-07T01:00" });
    await eva(
      house,
      BERLIN,
      "settings remind sas-uri 5",
      "track Fleet",
      `done Fleet sas-uri ${sasUri("2026-11-13T03:00")}`,
    );
    expect(heard(await house.wait("3d"))).toEqual(["Sat 7 Nov 10:00 sas-uri:5"]);
  });

  it("a workspace's zone counts for who has none, and without one nothing is moved", async () => {
    for (const [line, expected] of [
      ["settings zone Europe/Berlin", ["Wed 4 Nov 08:00 report:24"]],
      ["settings", ["Wed 4 Nov 03:00 report:24"]],
    ] as const) {
      const house = await openHouse({ now: "2026-11-03T09:00" });
      await house.sayAll(
        line,
        "settings remind report 24",
        "track Fleet",
        "mark Fleet submitted 2026-11-02 18:00 PT",
      );
      expect(heard(await house.wait("2d"))).toEqual(expected);
      await house.close();
    }
  });

  it("the owner's own zone goes before the workspace's", async () => {
    const house = await openHouse({ now: "2026-11-03T09:00" });
    await eva(house, "Asia/Tokyo", "settings zone Europe/Berlin", "settings remind report 24", "track Fleet");
    await house.say("mark Fleet submitted 2026-11-03 06:00 PT");
    // 23:00 in Tokyo.
    expect(heard(await house.wait("2d"), "Asia/Tokyo")).toEqual(["Thu 5 Nov 08:00 report:24"]);
  });

  it("what somebody puts off comes when they said, though it is night", async () => {
    const house = await openHouse({ now: "2026-11-04T07:00" });
    await eva(
      house,
      BERLIN,
      "settings remind report 24",
      "track Fleet",
      "mark Fleet submitted 2026-11-03 16:30",
    );
    expect(heard(await house.wait("1h"))).toEqual(["Wed 4 Nov 16:30 report:24"]);
    const button = house.sent[0]?.reply.blocks.flatMap((block) =>
      block.kind === "buttons" ? block.buttons : [],
    );
    await house.press(button?.find(({ fields }) => fields.for === "4h"));
    expect(heard(await house.wait("1d"))).toEqual(["Wed 4 Nov 21:00 report:24"]);
  });
});

describe("What was moved is told as it stands when it is told", () => {
  it("a wave whose day is over, and a day that was counted", async () => {
    // Friday evening's waves in Pacific time are Saturday's in Kolkata.
    const house = await openHouse({ now: "2026-11-04T15:00" });
    await eva(
      house,
      "Asia/Kolkata",
      "settings remind waves 12",
      "settings remind all-regions 22",
      "track Fleet",
      "mark Fleet report-passed 2026-11-03 9am PT already",
      "mark Fleet go-live 2026-11-04 9am PT",
    );
    const titles = (await house.wait("40d")).map(({ title }) => title);
    expect(titles).toContainEqual(
      expect.stringMatching(/^Fleet: wave 1 of 6, .*, was planned for Fri 6 Nov 2026, 2 days ago/),
    );
    expect(titles).toContainEqual(
      expect.stringMatching(/day 22 since the first wave: .*; day 22 was Sat 28 Nov 2026\.$/),
    );
    expect(titles.join()).not.toContain("(late");
  });
});

describe("Who follows a connector from a zone", () => {
  it("can go on with it when the account was called ready before", async () => {
    const house = await openHouse();
    await eva(house, BERLIN, "track Fleet", "done Fleet account", "track Depot", "mark Depot submitted");
    expect((await eva(house, BERLIN, "reminders Depot mute")).title).toContain("are muted");
    expect((await house.connector("Depot")).owner).toEqual({ id: "U-eva", name: "Eva", zone: BERLIN });
    expect((await house.connector("Depot")).steps.enroll?.by).toEqual({ id: "U-eva", name: "Eva" });
  });
});

describe("Other hours", () => {
  it("move what is planned already", async () => {
    const house = await openHouse({ now: "2026-11-03T09:00" });
    await eva(
      house,
      BERLIN,
      "settings remind report 24",
      "track Fleet",
      "mark Fleet submitted 2026-11-03 07:00",
    );
    await eva(house, BERLIN, "settings quiet 19:00-10:30");
    expect(heard(await house.wait("2d"))).toEqual(["Wed 4 Nov 10:30 report:24"]);
  });

  it("and none at all put it back", async () => {
    const house = await openHouse({ now: "2026-11-06T09:00" });
    await eva(
      house,
      BERLIN,
      "settings remind report 24",
      "track Fleet",
      "mark Fleet submitted 2026-11-06 05:00",
    );
    await eva(house, BERLIN, "settings quiet off");
    expect(textOf(await eva(house, BERLIN, "reminders Fleet"))).toContain("(Sat 7 Nov is no working day)");
    await eva(house, BERLIN, "settings days all");
    expect(heard(await house.wait("2d"))).toEqual(["Sat 7 Nov 05:00 report:24"]);
  });
});

describe("The list of reminders says what was moved, and why", () => {
  async function listed(zone: string, ...lines: string[]): Promise<string> {
    const house = await openHouse({ now: "2026-11-03T09:00" });
    await eva(house, BERLIN, "settings remind report 24", "track Fleet", ...lines);
    const text = textOf(await eva(house, zone, "reminders Fleet"));
    await house.close();
    return text;
  }

  it("out of the night", async () => {
    expect(await listed(BERLIN, "mark Fleet submitted 2026-11-03 03:00")).toContain(
      "Wed 4 Nov 2026, 08:00 GMT+1 (Tue 3 Nov, 23:00 PST) · certification report, 24 hours after submission (Wed 03:00 is in Eva's quiet hours)",
    );
  });

  it("to a reader elsewhere by the owner's clock", async () => {
    expect(await listed("Asia/Tokyo", "mark Fleet submitted 2026-11-03 03:00 CET")).toContain(
      "(Wed 03:00 in Europe/Berlin is in Eva's quiet hours)",
    );
  });

  it("to who talks with it alone, who is called “you”", async () => {
    const house = await openHouse({ now: "2026-11-03T09:00" });
    const you = house.as("T-contoso", "you");
    await you.sayAll(
      "settings zone America/Los_Angeles",
      "track Fleet",
      "mark Fleet submitted 2026-11-03 03:00",
    );
    expect(textOf(await you.say("reminders Fleet"))).toContain("(Wed 03:00 is in your quiet hours)");
  });

  it("and nothing where nothing was", async () => {
    expect(await listed(BERLIN, "mark Fleet submitted 2026-11-03 10:00")).not.toContain("quiet hours");
  });
});

describe("Hours that change while they hold something back", () => {
  const heldBack = [
    "settings remind report 24",
    "settings zone Europe/Berlin",
    "track Fleet",
    "mark Fleet submitted 2026-11-06 05:00",
  ];

  it("let it go at once", async () => {
    const house = await openHouse({ now: "2026-11-06T08:00", zone: "Europe/Berlin" });
    await house.sayAll(...heldBack);
    expect(await house.wait("2026-11-07T03:00")).toEqual([]);
    await house.sayAll("settings quiet off", "settings days all");
    expect((await house.wait("1m")).map(({ title }) => title)).toMatchObject([
      expect.stringMatching(/^Fleet/),
    ]);
  });

  it("do not call a warning late that is told before the night it is meant for", async () => {
    const house = await openHouse({ now: "2026-11-03T22:00" });
    await house.sayAll(
      "settings zone America/Los_Angeles",
      "track Fleet",
      "mark Fleet submitted 2026-11-01 05:00",
      "mark Fleet report-passed 2026-11-02 03:00",
    );
    const [warning] = await house.wait("1m");
    expect(warning?.title).toMatch(/test link expires/);
    expect(warning?.title).not.toMatch(/late/);
  });
});

describe("What happens by itself", () => {
  it("is followed also where nothing is told of it: a link that died leaves the SAS URI to be warned of", async () => {
    const house = await openHouse({ now: "2026-11-02T09:15" });
    await house.sayAll(
      "settings remind test-link 24",
      "track Fleet",
      `done Fleet sas-uri ${sasUri("2026-11-12T12:00")}`,
      "mark Fleet submitted",
      "mark Fleet report-passed",
    );
    const sent = await house.wait("2026-11-12T12:00");
    expect(sent.map(({ at, id }) => [at, /\/([a-z-]+:\d+)@/.exec(id)?.[1]])).toEqual([
      ["2026-11-03T09:15", "test-link:24"],
      ["2026-11-09T12:00", "sas-uri:3"],
      ["2026-11-11T12:00", "sas-uri:1"],
    ]);
  });

  it("a snooze that somebody pressed comes when they said, whatever the hours have become", async () => {
    const house = await openHouse({ now: "2026-11-03T09:15" });
    await house.sayAll("settings remind report 24", "track Fleet", "mark Fleet submitted");
    const [report] = await house.wait("25h");
    await house.sayAll("settings zone Australia/Sydney", "settings days sat");
    await house.press(buttonFor(report?.reply as Reply, "reminders", { do: "snooze" }));
    expect((await house.wait("5h")).map(({ at }) => at)).toEqual(["2026-11-04T14:15"]);
  });
});

describe("A quiet time that somebody asked for", () => {
  it("does not bring back what was newly planned, and past already", async () => {
    const house = await openHouse({ now: "2026-11-03T09:15" });
    await house.sayAll("settings remind report 24", "track Fleet", "reminders Fleet snooze 5h");
    await house.say("mark Fleet submitted 2026-11-02 08:00");
    expect(await house.wait("2d")).toEqual([]);
  });
});
