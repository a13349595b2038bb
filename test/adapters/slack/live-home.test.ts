import { expect, test } from "vitest";
import { command, goLiveInBoth, mention, pacific } from "./live.ts";
import type { Driver } from "./world/driver.ts";
import { until, type View } from "./world/json.ts";
import { labelsOf, wordsOf } from "./world/slack-world.ts";

/** The person's Home once it says so. */
function homeThatSays(at: Driver, who: string, words: string): Promise<View> {
  return until(`“${words}” in the Home of ${who}`, async () => {
    const home = await at.home(who);
    return home && wordsOf(home).includes(words) && home;
  });
}

test("an empty Home has a button to track a connector, whose window follows it", async () => {
  const { a, b, until } = await goLiveInBoth();
  await a.openHome("ana");
  const empty = await homeThatSays(a, "ana", "No connector is tracked here yet.");
  expect(labelsOf(empty)).toEqual(["Track a connector", "Help"]);
  await a.click("ana", "home", "Track a connector");
  const asked = await until("the window", () => a.modal("ana"));
  expect(wordsOf(asked)).toContain("Which connector shall I follow?");
  const done = await a.submit("ana", { "Name of the connector": "Contoso CRM" });
  expect(done.trouble).toBeUndefined();
  expect(wordsOf(done.view)).toContain("Now following Contoso CRM");
  const home = await homeThatSays(a, "ana", "Contoso CRM: Account");
  expect(wordsOf(home)).toContain("1 connector; nothing is due.");
  await b.openHome("cleo");
  expect(wordsOf(await homeThatSays(b, "cleo", "No connector"))).not.toContain("Contoso");
});

test("the Home shows each connector's stage, next date and GA verdict, the most urgent first", async () => {
  const { a, b } = await goLiveInBoth();
  await command(a, "ben", "track Adatum ERP", "track Contoso CRM", "mark Contoso CRM submitted");
  await command(a, "ben", "mark Contoso CRM report-passed");
  await command(a, "ben", "track Fabrikam HR", "mark Fabrikam HR all-regions 20 May already");
  await command(b, "cleo", "track Wingtip Toys");
  await a.openHome("ana");
  const home = await homeThatSays(a, "ana", "3 connectors");
  const lines = wordsOf(home).split("\n");
  const at = (line: string) => lines.findIndex((one) => one.startsWith(line));
  expect(lines[at("Contoso CRM: Testing") + 1]).toMatch(/^Next date: .*5 Nov/);
  expect(lines[at("Fabrikam HR: Public preview") + 2]).toBe("GA: figures missing");
  expect(lines[at("Adatum ERP: Draft") + 1]).toBe("Next date: none");
  expect(at("Contoso CRM: Testing")).toBeLessThan(at("Adatum ERP: Draft"));
  expect(labelsOf(home)).toContain("Go live confirmed");
  expect(labelsOf(home).filter((label) => label === "Status")).toHaveLength(3);
  expect(wordsOf(home)).not.toContain("Wingtip");
});

test("more than ten connectors come in pages", async () => {
  const { a } = await goLiveInBoth();
  for (let number = 11; number < 24; number += 1) await command(a, "ben", `track Connector ${number}`);
  await a.openHome("ana");
  const first = await homeThatSays(a, "ana", "13 connectors");
  expect(wordsOf(first)).toContain("… and 3 more.");
  expect(wordsOf(first)).toContain("Connector 20: Account");
  expect(wordsOf(first)).not.toContain("Connector 21");
  expect(labelsOf(first)).not.toContain("Before");
  await a.click("ana", "home", "More");
  const second = await homeThatSays(a, "ana", "Connector 23: Account");
  expect(wordsOf(second)).not.toContain("Connector 20");
  expect(labelsOf(second)).not.toContain("More");
  await a.click("ana", "home", "Before");
  await homeThatSays(a, "ana", "Connector 20: Account");
});

test("buttons of the Home act in a window, and the Home follows", async () => {
  const { a, until } = await goLiveInBoth();
  await command(a, "ana", "track Contoso CRM", "mark Contoso CRM submitted");
  await a.openHome("ana");
  await homeThatSays(a, "ana", "Contoso CRM: Review");
  await a.click("ana", "home", "Report passed");
  const window = await until("the window", () => a.modal("ana"));
  expect(wordsOf(window)).toContain("Contoso CRM: Report passed");
  // Only one person sees it.
  expect(wordsOf(window)).not.toContain("By ana.");
  await homeThatSays(a, "ana", "Contoso CRM: Testing");
  await a.click("ana", "modal", "Undo");
  await until("the undoing", async () => wordsOf(await a.modal("ana")).includes("Undone for Contoso CRM"));
  await homeThatSays(a, "ana", "Contoso CRM: Review");
  expect(await a.history("connectors")).toEqual([]);
  await a.dismiss("ana");
  await a.click("ana", "home", "Status");
  await until("the status", async () => labelsOf(await a.modal("ana")).includes("Forecast"));
  await a.click("ana", "modal", "Forecast");
  // A window takes no table: its rows are lines.
  await until("the dates", async () =>
    wordsOf(await a.modal("ana")).includes("Milestone · Earliest to latest"),
  );
});

test("a Home follows what others change, for those who have opened theirs", async () => {
  const { a, b, world } = await goLiveInBoth();
  await a.openHome("ana");
  await b.openHome("cleo");
  await homeThatSays(a, "ana", "No connector");
  await homeThatSays(b, "cleo", "No connector");
  await mention(a, "ben", "launch", "track Contoso CRM");
  await homeThatSays(a, "ana", "Contoso CRM: Account");
  expect(await a.home("ben")).toBeUndefined();
  const published = world.front.callsTo("views.publish").map(({ team, body }) => [team, body.user_id]);
  expect(published).toEqual([
    [a.team, a.user("ana")],
    [b.team, b.user("cleo")],
    [a.team, a.user("ana")],
  ]);
});

test("a Home follows a reminder", async () => {
  const { a, clock, remindAt } = await goLiveInBoth();
  await command(
    a,
    "ana",
    "track Contoso CRM",
    "mark Contoso CRM submitted",
    "mark Contoso CRM report-passed",
  );
  clock.set(pacific("2026-11-05T09:00"));
  await a.openHome("ben");
  await homeThatSays(a, "ben", "Next date: ");
  expect(wordsOf(await a.home("ben"))).not.toContain("resubmit");
  expect(await remindAt("2026-11-05T09:20")).toMatchObject({ sent: 1 });
  await homeThatSays(a, "ben", "Next date: resubmit");
});

test("the other tabs of the app are none of the Home's", async () => {
  const { a, world } = await goLiveInBoth();
  await a.openHome("ana", { event: { tab: "messages" } });
  await a.openHome("ben");
  await homeThatSays(a, "ben", "No connector");
  expect(world.front.callsTo("views.publish")).toHaveLength(1);
});
