import { describe, expect, it } from "vitest";
import type { Milestone } from "../../src/lifecycle/connector.ts";
import { NAME, openHouseAt, type Stage, TO, textOf, travel } from "../support.ts";

/** Where each milestone leads from each stage, by docs/decisions.md and the certification page. What is not here is refused. */
const LEADS: Record<Stage, Partial<Record<Milestone, Stage>>> = {
  // What is submitted has an account, whether its steps were ticked here or not.
  account: { submitted: "review" },
  draft: { submitted: "review" },
  review: { "report-failed": "changes-requested", "report-passed": "testing" },
  "changes-requested": { submitted: "review" },
  // The pages name no failed report in testing; it is taken for a rejection by Microsoft.
  testing: { "go-live": "publishing", "report-failed": "changes-requested" },
  publishing: { start: "publishing", "pull-request": "publishing" },
  deploying: {
    start: "deploying",
    "pull-request": "deploying",
    "all-regions": "public-preview",
    "ga-requested": "ga-requested",
  },
  "public-preview": {
    "ga-requested": "ga-requested",
    // A new version of what is public goes through the same stages.
    submitted: "review",
    update: "draft",
    start: "public-preview",
    "pull-request": "public-preview",
  },
  "ga-requested": {
    ga: "ga",
    submitted: "review",
    update: "draft",
    start: "ga-requested",
    "pull-request": "ga-requested",
  },
  ga: { submitted: "review", update: "draft", start: "ga", "pull-request": "ga" },
};

const MILESTONES: Milestone[] = [
  "submitted",
  "report-failed",
  "report-passed",
  "go-live",
  "start",
  "all-regions",
  "pull-request",
  "ga-requested",
  "ga",
  "update",
];

const STAGES = Object.keys(TO) as Stage[];
const CELLS = STAGES.flatMap((stage) => MILESTONES.map((milestone) => ({ stage, milestone })));
const ALLOWED = CELLS.flatMap(({ stage, milestone }) => {
  const to = LEADS[stage][milestone];
  return to ? [{ stage, milestone, to }] : [];
});
const REFUSED = CELLS.filter(({ stage, milestone }) => !LEADS[stage][milestone]);

function wordsFor(milestone: Milestone): string {
  // The start that was planned anyway, so that it moves nothing.
  return milestone === "start" ? `mark ${NAME} start 2026-11-06` : `mark ${NAME} ${milestone}`;
}

describe("The way into every stage", () => {
  it.each(STAGES)("leads to %s", async (stage) => {
    const house = await openHouseAt(stage);
    expect(await house.standing(NAME)).toMatchObject({ stage });
  });
});

describe("A milestone that is possible moves the connector", () => {
  it.each(ALLOWED)("from $stage by $milestone to $to", async ({ stage, milestone, to }) => {
    const house = await openHouseAt(stage);
    const { moves } = await house.connector(NAME);
    await house.say(wordsFor(milestone));
    expect((await house.standing(NAME)).stage).toBe(to);
    const after = await house.connector(NAME);
    expect(after.moves).toHaveLength(moves.length + 1);
    expect(after.moves.at(-1)).toMatchObject({ milestone, by: { name: "Ana" } });
  });
});

describe("A milestone that is impossible is refused: nothing is recorded, and what is possible is named", () => {
  it.each(REFUSED)("at $stage: $milestone", async ({ stage, milestone }) => {
    const house = await openHouseAt(stage);
    const before = await house.connector(NAME);
    const reply = await house.say(wordsFor(milestone));
    expect(await house.connector(NAME)).toEqual(before);
    const isThere = before.moves.some((move) => move.milestone === milestone);
    const wayOn = isThere ? ["undo"] : Object.keys(LEADS[stage]);
    for (const word of wayOn) expect(textOf(reply)).toContain(word);
  });
});

describe("An expired test link leaves", () => {
  it("nothing but resubmitting, although Go live is what was wanted", async () => {
    const house = await openHouseAt("testing");
    house.sleep("2026-11-06T10:00");
    const before = await house.connector(NAME);
    const refused = await Promise.all(
      MILESTONES.filter((one) => one !== "submitted").map((one) => house.say(wordsFor(one))),
    );
    expect(await house.connector(NAME)).toEqual(before);
    for (const reply of refused) expect(textOf(reply)).toMatch(/submitted|undo/);
    expect(await house.standing(NAME)).toMatchObject({ stage: "changes-requested", expired: true });
  });

  it("the offer to be resubmitted, reviewed and tested again, with a window of its own", async () => {
    const house = await openHouseAt("testing");
    await travel(house, [
      ["2026-11-09T09:00", `mark ${NAME} submitted`],
      ["2026-11-10T09:00", `mark ${NAME} report-passed`],
    ]);
    const { stage, expired, window } = await house.standing(NAME);
    expect({ stage, expired }).toEqual({ stage: "testing", expired: false });
    // Veterans Day, 11 November, does not count.
    expect(window?.expiresAt.toISO()).toBe("2026-11-13T09:00:00.000-08:00");
    await house.say(`mark ${NAME} go-live`);
    expect((await house.standing(NAME)).stage).toBe("publishing");
  });
});

describe("At the last moment of the test link", () => {
  it.each([
    ["a millisecond before it expires Go live counts", "2026-11-06T09:59:59.999", "publishing"],
    ["at the moment it expires Go live comes too late", "2026-11-06T10:00", "changes-requested"],
  ])("%s", async (_, at, stage) => {
    const house = await openHouseAt("testing");
    house.sleep(at);
    await house.say(`mark ${NAME} go-live`);
    expect((await house.standing(NAME)).stage).toBe(stage);
  });
});
