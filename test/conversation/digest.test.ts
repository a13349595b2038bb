import { describe, expect, it } from "vitest";
import { digestReply } from "../../src/replies/digest.ts";
import type { Reply } from "../../src/reply.ts";
import { DEFAULT_SETTINGS } from "../../src/settings.ts";
import { viewOf } from "../../src/workspace.ts";
import {
  buttonFor,
  type House,
  NAME,
  openHouse,
  openHouseAt,
  openHouseWith,
  textOf,
  travel,
} from "../support.ts";

const DIGEST_TIME = {
  weekday: 1,
  at: "09:00",
  zone: "Europe/Berlin",
  where: "chat:x",
  setting: "direct",
} as const;

/** The lines of a list by its heading. */
function listed(reply: Reply, heading: RegExp): string[] {
  const text = textOf(reply).split("\n");
  const from = text.findIndex((line) => heading.test(line)) + 1;
  if (from === 0) return [];
  const end = text.findIndex((line, index) => index >= from && !line.startsWith("  - "));
  return text.slice(from, end).map((line) => line.slice(4));
}

async function lateDigest(house: House, lateBy: number): Promise<Reply> {
  return digestReply([await house.connector(NAME)], viewOf(house.needs, DEFAULT_SETTINGS), lateBy);
}

describe("digest", () => {
  it("tells what moved, what is due and who owes what", async () => {
    const house = await openHouseAt("testing");
    const bo = house.as("T-contoso", "Bo");
    await bo.say("track Fabrikam Fleet");
    house.sleep("2026-11-04T10:05");
    await bo.say("done Fabrikam Fleet sign-in");
    const reply = await house.say("digest");
    expect(reply.title).toBe(
      `The week: 2 connectors moved; most urgent: ${NAME}, test link expires Fri 6 Nov 2026, 10:00 PST, in 1 day 23 h.`,
    );
    expect(listed(reply, /^What moved/)).toEqual([
      `${NAME}: tracked since this week, Submitted, Report passed; now Testing`,
      "Fabrikam Fleet: tracked since this week, 1 step done; now Draft",
    ]);
    expect(listed(reply, /^Due in the next 7 days/)).toEqual([
      `${NAME}: test link expires Fri 6 Nov 2026, 10:00 PST, in 1 day 23 h`,
    ]);
    const [first, second] = listed(reply, /^Who owes what/);
    expect(first).toMatch(/^Ana · Contoso CRM \(test link expires .*\): Test every action and trigger/);
    expect(second).toMatch(/^Bo · Fabrikam Fleet: Open Marketplace offers/);
    expect(textOf(reply)).toContain("Our reading: the page says 48 business hours");
    expect(textOf(reply)).toContain("“Test your connector”");
  });

  it("tells of stages that began by themselves", async () => {
    const house = await openHouseAt("testing");
    house.sleep("2026-11-07T09:00");
    const expired = await house.say("digest");
    expect(listed(expired, /^What moved/)[0]).toContain("the test link expired; now Changes requested");
    expect(expired.title).toContain(
      `most urgent: ${NAME}, its test link expired Fri 6 Nov 2026, 10:00 PST: resubmit it`,
    );
    const rolling = await openHouseAt("deploying");
    expect(listed(await rolling.say("digest"), /^What moved/)[0]).toContain(
      "the rollout began; now Deploying",
    );
    rolling.sleep("2026-11-14T00:00");
    expect(textOf(await rolling.say("digest"))).not.toContain("the rollout began");
  });

  it("says what is overdue, and forgets what moved a week ago", async () => {
    const house = await openHouseAt("review");
    house.sleep("2026-11-10T09:16");
    const reply = await house.say("digest");
    expect(reply.title).toBe(
      `The week: nothing moved; overdue: ${NAME}, report due Thu 5 Nov 2026, 09:15 PST, 5 days ago.`,
    );
    expect(listed(reply, /overdue$/)).toEqual([
      `${NAME}: overdue: report due Thu 5 Nov 2026, 09:15 PST, 5 days ago`,
    ]);
    expect(listed(reply, /^Who owes what/)).toEqual([]);
  });

  it("says in one line that a week was quiet", async () => {
    const house = await openHouseWith(NAME, ["track Fabrikam Fleet"]);
    house.sleep("2026-11-20T09:00");
    expect((await house.say("digest")).title).toBe(
      "A quiet week: nothing moved for 2 connectors, and nothing is due in the next 7 days.",
    );
  });

  it("says that nothing is followed, before anything is", async () => {
    const house = await openHouse();
    expect((await house.say("digest")).title).toBe("No connector is tracked here yet.");
  });

  it("stays within a screen with hundreds of connectors, and leads on to the list", async () => {
    const house = await openHouseAt("testing");
    const one = await house.connector(NAME);
    const people = ["Ana", "Bo", "Cleo"].map((name) => ({ id: `U-${name}`, name }));
    const many = Array.from({ length: 300 }, (_, index) => ({
      ...one,
      id: `c${index}`,
      name: `${NAME} ${index}`,
      owner: people[index % 3] ?? one.owner,
    }));
    const reply = digestReply(many, viewOf(house.needs, DEFAULT_SETTINGS));
    const text = textOf(reply);
    expect(text.split("\n").filter((line) => line !== "").length).toBeLessThanOrEqual(26);
    expect(text.split("\n").filter((line) => line === "  - … and 295 more")).toHaveLength(3);
    expect(reply.title).toContain("300 connectors moved");
    expect(buttonFor(reply, "list")).toBeDefined();
    const owners = listed(reply, /^Who owes what/).map((line) => line.split(" · ")[0]);
    expect(new Set(owners.slice(0, 5))).toEqual(new Set(["Ana"]));
  });

  it("says that it is late when it is more than ten minutes late", async () => {
    const house = await openHouseAt("testing");
    expect((await lateDigest(house, 10 * 60_000)).title).not.toContain("late");
    expect((await lateDigest(house, 2 * 3_600_000)).title).toMatch(/ \(late: this was due 2 h ago\)\.$/);
    await travel(house, [["2026-11-05T10:00", `untrack ${NAME} confirm`]]);
    const quiet = await openHouseWith(NAME);
    quiet.sleep("2026-12-01T09:00");
    expect((await lateDigest(quiet, 3_600_000)).title).toMatch(
      /^A quiet week: .* \(late: this was due 1 h ago\)\.$/,
    );
  });

  it("tells how to have it every week until it comes every week", async () => {
    const house = await openHouseAt("testing");
    const connectors = [await house.connector(NAME)];
    const hint = "settings digest monday 9:00";
    expect(textOf(digestReply(connectors, viewOf(house.needs, DEFAULT_SETTINGS)))).toContain(hint);
    const digest = { ...DIGEST_TIME, where: "chat:general" as never };
    const view = viewOf(house.needs, { ...DEFAULT_SETTINGS, digest });
    expect(textOf(digestReply(connectors, view))).not.toContain(hint);
  });

  it("asks, and changes nothing; it can be shown to others", async () => {
    const house = await openHouseAt("testing");
    const before = await house.exported();
    const reply = await house.say("digest please");
    expect(reply.again).toEqual({ action: "digest", fields: {} });
    expect((await house.press({ action: "digest", fields: {} })).title).toBe(reply.title);
    expect(reply.changed).toBeUndefined();
    expect(await house.exported()).toEqual(before);
  });
});
