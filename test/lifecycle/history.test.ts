import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { standing } from "../../src/lifecycle/standing.ts";
import { businessCalendar } from "../../src/scheduling/calendar.ts";
import { NAME, openHouse, openHouseAt, openHouseWith, pacific, textOf, travel } from "../support.ts";

/** A life with a failed report and an update, each milestone at its Pacific time. */
const LIFE: [milestone: string, at: string][] = [
  ["submitted", "2026-11-02 09:00"],
  ["report-failed", "2026-11-03 09:00"],
  ["submitted", "2026-11-03 15:00"],
  ["report-passed", "2026-11-04 10:00"],
  ["go-live", "2026-11-04 15:00"],
  ["pull-request", "2026-11-05 12:00"],
  ["all-regions", "2026-12-01 09:00"],
  ["ga-requested", "2026-12-02 09:00"],
  ["ga", "2027-01-05 09:00"],
  ["update", "2027-01-11 09:00"],
  ["submitted", "2027-01-12 09:00"],
  ["report-passed", "2027-01-13 09:00"],
];

describe("A history", () => {
  it("ends in the same standing in whatever order it was told, as long as each telling was possible", async () => {
    const calendar = businessCalendar();
    const now = pacific("2027-01-14T09:00");
    const told = await openHouseWith(
      NAME,
      LIFE.map(([what, at]) => `mark ${NAME} ${what} ${at}`),
      {
        now: "2027-01-14T09:00",
      },
    );
    const straight = await told.connector(NAME);
    expect(straight.moves).toHaveLength(LIFE.length);
    fc.assert(
      fc.property(fc.shuffledSubarray(straight.moves, { minLength: straight.moves.length }), (moves) => {
        const shuffled = standing({ ...straight, moves }, calendar, now);
        expect(shuffled).toEqual(standing(straight, calendar, now));
      }),
      { seed: 20_261_103, numRuns: 200 },
    );
  });

  it("takes what was forgotten, in any order in which it is possible", async () => {
    const optional = ["pull-request 2026-11-05 12:00", "start 2026-11-13", "ga-requested 2026-11-20 09:00"];
    const base = LIFE.slice(2, 5).map(([what, at]) => `mark ${NAME} ${what} ${at}`);
    const standings = [];
    for (const order of [
      [0, 1, 2],
      [2, 1, 0],
      [1, 2, 0],
      [2, 0, 1],
    ]) {
      const lines = order.map((index) => `mark ${NAME} ${optional[index]}`);
      const house = await openHouseWith(NAME, [...base, ...lines], { now: "2026-12-04T09:00" });
      expect((await house.connector(NAME)).moves).toHaveLength(6);
      standings.push(await house.standing(NAME));
    }
    for (const one of standings) expect(one).toEqual(standings[0]);
    expect(standings[0]).toMatchObject({ stage: "ga-requested", rollout: { startsOn: "2026-11-13" } });
  });

  it("refuses what would make a later milestone impossible, and says which", async () => {
    const house = await openHouseAt("testing");
    const before = await house.connector(NAME);
    const reply = await house.say(`mark ${NAME} report-failed 2026-11-04 09:00`);
    expect(await house.connector(NAME)).toEqual(before);
    expect(textOf(reply)).toContain("Report passed");
  });

  it("shows its milestones as they happened, not as they were told", async () => {
    const house = await openHouseAt("deploying");
    house.sleep("2026-11-20T09:00");
    await house.say(`mark ${NAME} all-regions 2026-11-19 09:00`);
    await house.say(`mark ${NAME} pull-request 2026-11-05 12:00`);
    const text = textOf(await house.say(`status ${NAME} history`));
    const order = ["3 Nov", "4 Nov 2026, 10:00", "4 Nov 2026, 15:00", "5 Nov", "19 Nov"].map((one) =>
      text.indexOf(one),
    );
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect(order.every((at) => at > 0)).toBe(true);
  });

  it.each(["2026-11-05 10:00", "tomorrow", "in 2 hours", "next friday"])(
    "takes no milestone of the future: %s",
    async (when) => {
      const house = await openHouseAt("review");
      const before = await house.connector(NAME);
      const reply = await house.say(`mark ${NAME} report-passed ${when}`);
      expect(await house.connector(NAME)).toEqual(before);
      expect(textOf(reply)).toContain("eta");
    },
  );

  it("takes a milestone of this very moment", async () => {
    const house = await openHouseAt("review");
    house.sleep("2026-11-04T10:00");
    await house.say(`mark ${NAME} report-passed 2026-11-04 10:00`);
    expect((await house.standing(NAME)).stage).toBe("testing");
  });

  it("echoes people's words as an absolute time in their zone and in Pacific", async () => {
    const house = await openHouseAt("testing", { zone: "Europe/Berlin" });
    house.sleep("2026-11-05T08:00");
    const reply = await house.say(`mark ${NAME} go-live yesterday 23:30`);
    expect(reply.title).toContain("Wed 4 Nov 2026, 23:30");
    expect(reply.title).toContain("14:30 PST");
    expect((await house.standing(NAME)).goLiveAt?.toISO()).toBe("2026-11-04T14:30:00.000-08:00");
  });
});

describe("Live is not the same as being in all regions", () => {
  it("from the first wave on it is deploying, and only the publisher says when it is everywhere", async () => {
    const house = await openHouseAt("publishing");
    house.sleep("2026-11-05T23:59");
    const waiting = await house.standing(NAME);
    expect([waiting.stage, waiting.liveSince]).toEqual(["publishing", undefined]);
    house.sleep("2026-11-06T00:00");
    expect(await house.standing(NAME)).toMatchObject({ stage: "deploying", liveSince: "2026-11-06" });
    house.sleep("2027-02-01T00:00");
    expect(await house.standing(NAME)).toMatchObject({ stage: "deploying" });
    await house.say(`mark ${NAME} all-regions`);
    expect(await house.standing(NAME)).toMatchObject({ stage: "public-preview", liveSince: "2026-11-06" });
  });
});

describe("A start date from Microsoft", () => {
  it("overrides the computed Friday, and can be corrected as often as Microsoft does", async () => {
    const house = await openHouseAt("publishing");
    await house.say(`mark ${NAME} start 2026-12-11`);
    expect(await house.standing(NAME)).toMatchObject({ rollout: { startsOn: "2026-12-11" } });
    house.sleep("2026-12-14T09:00");
    expect(await house.standing(NAME)).toMatchObject({ stage: "deploying", liveSince: "2026-12-11" });
    await house.say(`mark ${NAME} start 2026-12-18`);
    expect(await house.standing(NAME)).toMatchObject({
      stage: "publishing",
      rollout: { startsOn: "2026-12-18" },
    });
    house.sleep("2026-12-18T00:00");
    expect(await house.standing(NAME)).toMatchObject({ stage: "deploying", liveSince: "2026-12-18" });
  });

  it.each([
    ["before Go live was confirmed", "start 2026-11-03"],
    ["that is missing", "start"],
    ["that does not exist", "start 2026-11-31"],
  ])("%s is refused", async (_, words) => {
    const house = await openHouseAt("publishing");
    const before = await house.connector(NAME);
    const reply = await house.say(`mark ${NAME} ${words}`);
    expect(await house.connector(NAME)).toEqual(before);
    expect(textOf(reply)).toContain(`mark ${NAME} start 2026-`);
  });

  it("is the Pacific day, wherever it is said", async () => {
    const house = await openHouseAt("publishing", { zone: "Asia/Kolkata" });
    await house.say(`mark ${NAME} start 2026-12-11`);
    expect(await house.standing(NAME)).toMatchObject({ rollout: { startsOn: "2026-12-11" } });
  });
});

describe("An update of a connector that has GA", () => {
  it("goes through review, testing and the waves again and keeps its tag and its first live day", async () => {
    const house = await openHouseAt("ga");
    await travel(house, [["2027-01-11T09:00", `mark ${NAME} update`]]);
    expect(await house.standing(NAME)).toMatchObject({ stage: "draft", tag: "ga", updating: true });
    await travel(house, [
      ["2027-01-12T09:00", `mark ${NAME} submitted`],
      ["2027-01-13T09:00", `mark ${NAME} report-passed`],
      ["2027-01-13T15:00", `mark ${NAME} go-live`],
      ["2027-01-15T00:00"],
    ]);
    const deploying = await house.standing(NAME);
    expect(deploying).toMatchObject({ stage: "deploying", tag: "ga", liveSince: "2026-11-06" });
    expect(deploying.rollout?.startsOn).toBe("2027-01-15");
    await travel(house, [["2027-02-08T09:00", `mark ${NAME} all-regions`]]);
    expect(await house.standing(NAME)).toMatchObject({ stage: "ga", tag: "ga", updating: false });
  });

  it("asks for the draft's steps again, but not for the account's", async () => {
    const house = await openHouseAt("draft");
    await house.say(`done ${NAME} sign-in`);
    await house.say(`mark ${NAME} all-regions 2026-10-01 already`);
    await travel(house, [["2026-11-05T09:00", `mark ${NAME} update`]]);
    expect(textOf(await house.say(`next ${NAME}`))).toContain(`done ${NAME} sign-in`);
  });
});

describe("A connector that was further along when it was first followed", () => {
  it.each([
    ["submitted", "review"],
    ["report-passed", "testing"],
    ["go-live", "publishing"],
    ["all-regions", "public-preview"],
    ["ga-requested", "ga-requested"],
    ["ga", "ga"],
  ])("%s already: it is at %s", async (milestone, stage) => {
    const house = await openHouseWith(NAME, [`mark ${NAME} ${milestone} 2026-11-03 09:00 already`]);
    expect((await house.standing(NAME)).stage).toBe(stage);
  });

  it.each(["start 2026-11-06", "pull-request", "update", "report-failed"])("%s can't be so", async (what) => {
    const house = await openHouseWith(NAME);
    const before = await house.connector(NAME);
    await house.say(`mark ${NAME} ${what} already`);
    expect(await house.connector(NAME)).toEqual(before);
  });

  it("can't be so once milestones are known", async () => {
    const house = await openHouseAt("review");
    const before = await house.connector(NAME);
    const reply = await house.say(`mark ${NAME} ga already`);
    expect(await house.connector(NAME)).toEqual(before);
    expect(textOf(reply)).toContain("undo");
  });
});

describe("A freeze that is learned of later", () => {
  it("moves the waves that are ahead", async () => {
    const house = await openHouseAt("publishing");
    await house.say("settings freeze add 2026-11-06 to 2026-11-12 outage");
    expect((await house.standing(NAME)).rollout?.startsOn).toBe("2026-11-13");
  });

  it.each(["public-preview", "ga-requested", "ga"] as const)(
    "does not throw a connector back that is at %s already",
    async (stage) => {
      const house = await openHouseAt(stage);
      await house.say("settings freeze add 2026-11-04 to 2026-12-31 learned of too late");
      expect((await house.standing(NAME)).stage).toBe(stage);
    },
  );

  it("does not make an earlier version's history an obstacle to marking what happens next", async () => {
    const house = await openHouseAt("public-preview");
    await house.say("settings freeze add 2026-11-04 to 2026-12-31 learned of too late");
    await house.say(`mark ${NAME} ga-requested`);
    expect((await house.connector(NAME)).moves.at(-1)?.milestone).toBe("ga-requested");
  });
});

describe("The Seller account", () => {
  it("is set up once for all connectors of a workspace that follow later", async () => {
    const house = await openHouseAt("draft");
    await house.say("track Contoso Sales");
    expect(textOf(await house.say("status Contoso Sales"))).toContain("Stage      Draft");
  });

  it("is set up once also for a connector that was followed before", async () => {
    const house = await openHouse();
    await house.sayAll("track Contoso CRM", "track Contoso Sales", "done Contoso CRM account");
    expect(textOf(await house.say("status Contoso Sales"))).toContain("Stage      Draft");
  });

  it("is another publisher's own", async () => {
    const house = await openHouseAt("draft");
    const fabrikam = house.as("T-fabrikam");
    await fabrikam.say("track Fabrikam Mail");
    expect((await fabrikam.standing("Fabrikam Mail")).stage).toBe("account");
  });
});
