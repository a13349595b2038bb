import { describe, expect, it } from "vitest";
import {
  buttonFor,
  HERE,
  NAME,
  openHouse,
  openHouseAt,
  type Sent,
  sasUri,
  textOf,
  travel,
} from "../support.ts";

function times(sent: readonly Sent[]): string[] {
  return sent.map(({ at }) => at);
}

describe("Reminders come at their time", () => {
  it("the certification report: 24 and 48 hours after submission", async () => {
    const house = await openHouseAt("review");
    expect(times(await house.wait("3d"))).toEqual(["2026-11-04T09:15", "2026-11-05T09:15"]);
  });

  it("the test link: 24, 8 and 2 business hours before it expires, and when it has", async () => {
    const house = await openHouseAt("testing");
    const sent = await house.wait("2026-11-08T00:00");
    expect(times(sent)).toEqual([
      "2026-11-05T10:00",
      "2026-11-06T02:00",
      "2026-11-06T08:00",
      "2026-11-06T10:00",
    ]);
    expect(sent.slice(0, 3).every(({ reply }) => buttonFor(reply, "mark", { milestone: "go-live" }))).toBe(
      true,
    );
    expect(buttonFor(sent[3]?.reply as Sent["reply"], "mark", { milestone: "submitted" })).toBeDefined();
  });

  it("the test link over a weekend: business hours stand still on Saturday and Sunday", async () => {
    const house = await openHouseAt("review");
    await travel(house, [["2026-11-06T15:00", `mark ${NAME} report-passed`]]);
    expect(times(await house.wait("2026-11-11T00:00"))).toEqual([
      "2026-11-09T15:00",
      "2026-11-10T07:00",
      "2026-11-10T13:00",
      "2026-11-10T15:00",
    ]);
  });

  it("the Friday cut-off: Wednesday 09:00 when testing is done and Go live is not confirmed", async () => {
    const house = await openHouseAt("review");
    await travel(house, [
      ["2026-11-17T08:00", `mark ${NAME} report-passed`],
      ["2026-11-17T16:00", `done ${NAME} test`],
    ]);
    const sent = await house.wait("2026-11-18T12:00");
    expect(times(sent)).toEqual(["2026-11-18T08:00", "2026-11-18T09:00"]);
    expect(sent[1]?.title).toContain("Fri 20 Nov 2026");
  });

  it("the cut-off again on the next Wednesday, where a freeze lets the link live so long", async () => {
    const house = await openHouseAt("review");
    await house.say("settings freeze add 2026-11-09 to 2026-11-11 release week");
    await travel(house, [
      ["2026-11-05T12:00", `mark ${NAME} report-passed`],
      ["2026-11-05T13:00", `done ${NAME} test`],
    ]);
    expect((await house.standing(NAME)).window?.expiresAt.toFormat("d LLL HH:mm")).toBe("12 Nov 12:00");
    const sent = await house.wait("2026-11-11T12:00");
    expect(sent.find(({ at }) => at === "2026-11-11T09:00")?.title).toContain("Fri 13 Nov 2026");
  });

  it("no cut-off while testing is not done", async () => {
    const house = await openHouseAt("review");
    await travel(house, [["2026-11-17T08:00", `mark ${NAME} report-passed`]]);
    expect(times(await house.wait("2026-11-18T12:00"))).toEqual(["2026-11-18T08:00"]);
  });

  it("the waves: the morning of each, and days 21 and 28 for all regions", async () => {
    const house = await openHouseAt("publishing");
    const sent = await house.wait("2026-12-31T00:00");
    expect(times(sent)).toEqual([
      "2026-11-06T09:00",
      "2026-11-09T09:00",
      "2026-11-10T09:00",
      "2026-11-12T09:00",
      "2026-11-13T09:00",
      "2026-11-16T09:00",
      "2026-11-27T09:00",
      "2026-12-04T09:00",
    ]);
    expect(sent[3]?.title).toContain("Europe");
  });

  it("no wave is told once the connector is in all regions", async () => {
    const house = await openHouseAt("deploying");
    await travel(house, [["2026-11-10T12:00", `mark ${NAME} all-regions`]]);
    expect(times(await house.wait("2027-01-01T00:00"))).toEqual([]);
  });

  it("six months in preview: a week before and on the day", async () => {
    const house = await openHouseAt("public-preview");
    expect(times(await house.wait("2027-06-01T00:00"))).toEqual(["2027-04-29T09:00", "2027-05-06T09:00"]);
  });

  it("the GA request: 30 days after the e-mail", async () => {
    const house = await openHouseAt("ga-requested");
    expect(times(await house.wait("2027-06-01T00:00"))).toEqual(["2027-01-01T09:00"]);
  });

  it("the SAS URI: 3 days and 1 day before it expires, until the package has passed", async () => {
    const house = await openHouseAt("draft");
    await house.say(`done ${NAME} sas-uri ${sasUri("2026-11-20T12:00")}`);
    expect(times(await house.wait("2026-12-01T00:00"))).toEqual(["2026-11-17T12:00", "2026-11-19T12:00"]);
  });

  it("nothing for a connector that has its GA tag", async () => {
    const house = await openHouseAt("ga");
    expect(await house.wait("2028-01-01T00:00")).toEqual([]);
  });
});

describe("A reminder", () => {
  it("goes where the connector was registered, names its owner, and cites its source", async () => {
    const house = await openHouse();
    await house.as("T-contoso", "Bo", "shared").sayAll(`track ${NAME}`, `mark ${NAME} submitted`);
    const [sent] = await house.wait("24h");
    expect(sent?.to).toBe(HERE);
    expect(JSON.stringify(sent?.reply)).toContain('"person":"Bo"');
    expect(sent?.reply.blocks.some(({ kind }) => kind === "sources")).toBe(true);
    expect(sent?.title).not.toContain("\n");
  });

  it("is withdrawn when what it is about is over", async () => {
    const house = await openHouseAt("testing");
    await house.say(`mark ${NAME} go-live`);
    expect(times(await house.wait("2026-11-06T12:00"))).toEqual(["2026-11-06T09:00"]);
  });

  it("is acted on with its button", async () => {
    const house = await openHouseAt("testing");
    const [sent] = await house.wait("24h");
    await house.press(sent && buttonFor(sent.reply, "mark", { milestone: "go-live" }));
    expect((await house.standing(NAME)).stage).toBe("publishing");
  });

  it("is listed with its time before it comes, and as sent afterwards", async () => {
    const house = await openHouseAt("review");
    expect((await house.say(`reminders ${NAME}`)).title).toContain("Wed 4 Nov 2026, 09:15");
    await house.wait("24h");
    const after = await house.say(`reminders ${NAME}`);
    expect(after.title).toContain("Thu 5 Nov 2026, 09:15");
    expect(textOf(after)).toMatch(/Sent\s+- Wed 4 Nov 2026, 09:15/);
  });

  it("is not sent for what was past when it was told", async () => {
    const house = await openHouseAt("account", { now: "2026-11-20T09:00" });
    await house.say(`mark ${NAME} go-live 2026-11-04 15:00 already`);
    expect(times(await house.wait("2026-12-10T00:00"))).toEqual(["2026-11-27T09:00", "2026-12-04T09:00"]);
  });
});

describe("After downtime", () => {
  it("what fell due is sent at once, one message a connector, marked late", async () => {
    const house = await openHouse();
    for (const name of ["Contoso CRM", "Contoso Sales"]) {
      await house.sayAll(`track ${name}`, `mark ${name} submitted`);
    }
    house.sleep("2026-11-06T09:15");
    expect(await house.remind()).toMatchObject({ sent: 2, later: 0 });
    expect(house.sent.map(({ title }) => title.split(":")[0]).toSorted()).toEqual([
      "Contoso CRM",
      "Contoso Sales",
    ]);
    for (const { title } of house.sent) expect(title).toMatch(/late/);
    expect(await house.remind()).toMatchObject({ sent: 0 });
  });

  it("only the news is told, not every wave that went by", async () => {
    const house = await openHouseAt("publishing");
    house.sleep("2026-11-12T12:00");
    await house.remind();
    expect(house.sent).toHaveLength(1);
    expect(textOf(house.sent[0]?.reply as Sent["reply"])).not.toContain("wave 1 of 6");
    expect(house.sent[0]?.title).toContain("Europe");
  });

  it("nothing moot is sent: an expired link is told as expired, never as about to expire", async () => {
    const house = await openHouseAt("testing");
    house.sleep("2026-11-06T12:00");
    await house.remind();
    expect(house.sent).toHaveLength(1);
    expect(textOf(house.sent[0]?.reply as Sent["reply"])).not.toMatch(/business hours\./);
    expect(
      buttonFor(house.sent[0]?.reply as Sent["reply"], "mark", { milestone: "submitted" }),
    ).toBeDefined();
  });

  it("a late reminder of the test link tells the time that is left now, not what was left when it was due", async () => {
    const house = await openHouseAt("testing");
    house.sleep("2026-11-05T15:00");
    await house.remind();
    expect(house.sent[0]?.title).not.toContain("24 business hours");
  });

  it("what comes on time afterwards is not called late", async () => {
    const house = await openHouseAt("review");
    house.sleep("2026-11-04T12:00");
    await house.remind();
    const [next] = await house.wait("2026-11-05T12:00");
    expect(next?.at).toBe("2026-11-05T09:15");
    expect(next?.title).not.toMatch(/late/);
  });
});
