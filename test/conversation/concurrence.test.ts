import { describe, expect, it } from "vitest";
import type { WorkspaceId } from "../../src/incoming.ts";
import { buttonFor, NAME, openHouse, openHouseAt, openHouseWith, textOf } from "../support.ts";

describe("A button that was made earlier", () => {
  it("explains itself when the connector stands elsewhere by now", async () => {
    const house = await openHouse();
    const tracked = await house.say(`track ${NAME}`);
    await house.say(`mark ${NAME} all-regions 20 May already`);
    const reply = await house.press(buttonFor(tracked, "mark", { milestone: "submitted" }));
    expect(reply.title).toContain("Not recorded");
    expect((await house.standing(NAME)).stage).toBe("public-preview");
  });

  it("takes back the change it was made for, once, also at a clock that stands", async () => {
    const house = await openHouseWith(NAME);
    const marked = await house.say(`mark ${NAME} submitted`);
    await house.say(`evidence ${NAME} slo=99.6`);
    await house.press(buttonFor(marked, "undo"));
    expect((await house.connector(NAME)).moves).toHaveLength(1);
    const again = await house.say(`evidence ${NAME} slo=99.7`);
    await house.press(buttonFor(again, "undo"));
    await house.press(buttonFor(again, "undo"));
    expect((await house.connector(NAME)).evidence).toEqual({ slo: 99.6 });
  });

  it("names the step it was made for by its title, and a typed one by its word", async () => {
    const house = await openHouseAt("testing");
    const tested = buttonFor(await house.say(`status ${NAME}`), "done", { step: "test" });
    await house.say(`mark ${NAME} go-live`);
    house.sleep("2026-11-06T00:00");
    const before = await house.connector(NAME);
    expect((await house.press(tested)).title).toBe(
      "“Test every action and trigger” is no step at Deploying; nothing was ticked.",
    );
    expect((await house.say(`done ${NAME} test`)).title).toMatch(/^“test” is no step at Deploying/);
    expect(await house.connector(NAME)).toEqual(before);
  });

  it("of a reminder that is over acknowledges and snoozes nothing else", async () => {
    const house = await openHouseWith(NAME, [`mark ${NAME} submitted`]);
    const [report] = await house.wait("25h");
    await house.say(`mark ${NAME} report-passed`);
    for (const does of ["acknowledge", "snooze"]) {
      await house.press(report && buttonFor(report.reply, "reminders", { do: does }));
    }
    expect((await house.wait("3d")).map(({ id }) => id.split(":")[1]?.split("@")[0])).toEqual([
      "24",
      "8",
      "2",
      "0",
    ]);
  });
});

describe("What was recorded", () => {
  it("stays so when a freeze that made it possible is removed", async () => {
    const house = await openHouseWith(NAME, ["settings freeze add 2026-11-04 to 2026-11-06 year end"]);
    await house.sayAll(`mark ${NAME} submitted`, `mark ${NAME} report-passed`);
    house.sleep("2026-11-09T10:00");
    await house.sayAll(`mark ${NAME} go-live`, "settings freeze remove 1");
    expect((await house.standing(NAME)).stage).toBe("publishing");
    expect((await house.wait("1d")).map(({ title }) => title)).toEqual([]);
  });

  it("goes on when a platform asked to be tried later and something else is changed meanwhile", async () => {
    let isBusy = true;
    const house = await openHouseWith(NAME, [`mark ${NAME} submitted`], {
      deliver: () => (isBusy ? { kind: "later", retryAfter: 3_600_000 } : { kind: "sent" }),
    });
    house.sleep("2026-11-04T09:15");
    await house.remind();
    isBusy = false;
    await house.say(`evidence ${NAME} slo=99.6`);
    const before = house.sent.length;
    await house.remind();
    expect(house.sent).toHaveLength(before);
    const [report] = await house.wait("2h");
    expect(report?.at).toBe("2026-11-04T10:15");
  });
});

describe("One workspace's trouble", () => {
  it("does not keep another from its reminders", async () => {
    const house = await openHouse();
    const sick = house.as("T-sick", "Bo");
    await sick.sayAll(`track ${NAME}`, `mark ${NAME} submitted`);
    await house.sayAll(`track ${NAME}`, `mark ${NAME} submitted`);
    await house.needs.settings.set("T-sick" as WorkspaceId, { freezes: "none of your business" });
    expect(await house.wait("25h")).toHaveLength(1);
    expect(house.logged.some(({ level }) => level === "error")).toBe(true);
  });
});

describe("What is said of the only connector", () => {
  it("may leave its name out, and an answer to a step is not taken for its beginning", async () => {
    const house = await openHouseAt("draft");
    await house.say(`rename ${NAME} to Northwind Ledger`);
    await house.sayAll("done sign-in", "done oauth yes", "done hidekey no");
    const { steps } = await house.connector("Northwind Ledger");
    expect(steps.hidekey?.kept).toBe("not used");
    await house.sayAll("done marketplace-offers", "done program", "done new-offer", "done offer-name x");
    await house.sayAll("done open-packages", "done sas-uri unchecked", "undo", "done sas-uri unchecked");
    await house.say("done no");
    expect((await house.connector("Northwind Ledger")).steps.oauth?.kept).toBe("contains OAuth settings");
  });

  it("is the country where a name only begins like it", async () => {
    const house = await openHouseWith("UK Bank Holidays");
    expect(textOf(await house.say("eta uk"))).toContain("wave 6");
    expect(textOf(await house.say("eta UK Bank Holidays"))).not.toContain("reach UK");
  });
});

describe("A date without a year", () => {
  it.each([
    ["all-regions 20 Mar already", "2026-03-20"],
    ["all-regions 10 Dec 2025 already", "2025-12-10"],
  ])("that lies months back is taken as it is: mark … %s", async (words, day) => {
    const house = await openHouseWith(NAME, [`mark ${NAME} ${words}`]);
    expect((await house.connector(NAME)).moves[0]?.at.slice(0, 10)).toBe(day);
  });

  it("that lies days ahead is not taken for last year's", async () => {
    const house = await openHouseWith(NAME, [`mark ${NAME} submitted`]);
    expect((await house.say(`mark ${NAME} report-passed 5 Nov 10am`)).title).toContain("still ahead");
  });
});
