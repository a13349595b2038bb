import { DateTime } from "luxon";
import { describe, expect, it } from "vitest";
import { exampleConnectors } from "../../../adapters/playground/example.ts";
import type { WorkspaceId } from "../../../src/incoming.ts";
import { businessCalendar, pacificTime, toDay } from "../../../src/scheduling/calendar.ts";
import { remindersFor } from "../../../src/scheduling/reminders.ts";
import { DEFAULT_SETTINGS } from "../../../src/settings.ts";
import { type House, openHouse, pacific } from "../../support.ts";
import { openPlayground } from "./playground.ts";

const DAYS = 400;
const FIRST = pacific("2026-10-01T00:10");

/** One connector tested, one rolling out, one in preview. The name of the first. */
async function expectStages(house: House): Promise<string> {
  const now = house.clock.now();
  const connectors = exampleConnectors(now);
  for (const { lines } of connectors) await house.sayAll(...lines);
  const [tested = "", rolling = "", preview = ""] = connectors.map(({ name }) => name);
  const day = now.setZone("America/Los_Angeles").toISODate() ?? "";

  const testing = await house.standing(tested);
  expect([day, testing.stage]).toEqual([day, "testing"]);
  expect(testing.window?.expiresAt.toMillis()).toBeGreaterThan(now.toMillis());

  const rollout = await house.standing(rolling);
  expect([day, rollout.stage]).toEqual([day, "deploying"]);
  expect([day, businessCalendar().isBusinessDay(toDay(rollout.rollout?.startsOn ?? ""))]).toEqual([
    day,
    true,
  ]);
  const waves = rollout.rollout?.waves.map(({ on }) => on) ?? [];
  expect([day, waves.some((on) => on <= day)]).toEqual([day, true]);
  expect([day, waves.some((on) => on > day)]).toEqual([day, true]);

  const live = await house.standing(preview);
  const { liveSince } = (await house.connector(preview)).evidence;
  expect([day, live.stage, live.tag]).toEqual([day, "public-preview", "preview"]);
  const months = now.diff(
    DateTime.fromISO(liveSince ?? "", { zone: "America/Los_Angeles" }),
    "months",
  ).months;
  expect([day, Math.floor(months)]).toEqual([day, 5]);
  return tested;
}

/** The link expires within two days, where none of them is closed; a reminder of it comes before that, within four days. */
async function expectLink(house: House, tested: string): Promise<void> {
  const now = house.clock.now();
  const here = now.setZone("America/Los_Angeles");
  const { window } = await house.standing(tested);
  const expiresAt = window?.expiresAt ?? now;
  const days = [0, 1, 2].map((ahead) => toDay(here.plus({ days: ahead }).toISODate() ?? ""));
  if (days.every(businessCalendar().isBusinessDay)) {
    expect([`${here}`, expiresAt <= now.plus({ hours: 48 })]).toEqual([`${here}`, true]);
  }
  const reminders = remindersFor(await house.connector(tested), DEFAULT_SETTINGS, now, undefined);
  const soon = reminders.filter(
    ({ dueAt }) => dueAt > now && dueAt < expiresAt && dueAt <= now.plus({ days: 4 }),
  );
  expect([`${here}`, soon.length > 0]).toEqual([`${here}`, true]);
}

describe("The example", () => {
  it(`stands at its three stages on each of ${DAYS} days, whatever the hour`, async () => {
    const house = await openHouse({ now: FIRST.toFormat("yyyy-MM-dd'T'HH:mm") });
    for (let number = 0; number < DAYS; number += 1) {
      house.clock.push(FIRST.plus({ days: number, hours: (number * 7) % 24, minutes: (number * 13) % 60 }));
      await house.store.forget("T-contoso" as WorkspaceId);
      await expectLink(house, await expectStages(house));
    }
  });

  it.each(["2026-11-25T10:00", "2026-12-24T15:00", "2027-01-04T09:00", "2026-11-03T09:15"])(
    "stands there also within a freeze of the workspace, on %s",
    async (now) => {
      const house = await openHouse({ now });
      const from = pacificTime(toDay(now.slice(0, 10)) - 4).toISODate();
      const to = pacificTime(toDay(now.slice(0, 10)) + 20).toISODate();
      await house.say(`settings freeze add ${from} to ${to} year end`);
      await expectStages(house);
    },
  );

  it("is shown as one list, and what the push of the clock brings is of two connectors", async () => {
    const { post, listen } = await openPlayground();
    const { body } = await post("example");
    expect(body.replies.map(({ kind, text }) => [kind, text.split(";")[0]])).toEqual([
      ["answer", "3 connectors"],
    ]);
    const stream = await listen();
    await stream.until(({ data }) => data.kind === "answer");
    expect(
      stream.events.filter(({ event }) => event === "entry").map(({ data }) => data.text?.slice(0, 15)),
    ).toEqual(["Load an example", "3 connectors; m"]);
    const pushed = await post("clock", { push: "1d" });
    expect(pushed.body.replies.map(({ text }) => text.split(":")[0])).toEqual([
      "Adatum Invoices",
      "Adatum Invoices",
      "Fabrikam Fleet",
      "Adatum Invoices",
    ]);
  });

  it("has figures against every bar but one, met and unmet", async () => {
    const { post, say } = await openPlayground();
    await post("example");
    const [ready] = await say("ready northwind");
    const criteria =
      ready?.reply.blocks.flatMap((block) => (block.kind === "criteria" ? block.items : [])) ?? [];
    expect(criteria.map(({ state }) => state).toSorted()).toEqual([
      ...["met", "met", "met", "met"],
      "unknown",
      ...["unmet", "unmet"],
    ]);
  });

  it("loaded twice is there once, and what was changed stays", async () => {
    const { post, say } = await openPlayground();
    await post("example");
    await say("mark adatum go-live");
    const { body } = await post("example");
    expect(body.replies[0]?.text).toMatch(/^3 connectors/);
    const [status] = await say("status adatum");
    expect(status?.text).toContain("Adatum Invoices is waiting for its rollout");
  });
});
