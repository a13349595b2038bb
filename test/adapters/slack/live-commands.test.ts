import { expect, test } from "vitest";
import { COMMAND_NAMES, type CommandName } from "../../../src/commands/command.ts";
import { command, goLiveInBoth } from "./live.ts";
import { labelsOf, wordsOf } from "./world/slack-world.ts";

/** In an order in which each has something to say, and the first words of what comes back. */
const SAID: [line: string, answer: string][] = [
  ["help", "Say a command and your connector's name"],
  ["hi", "Hello. Which connector shall I follow?"],
  ["ask how long does the review take?", "24 to 48 hours"],
  ["track Contoso CRM", "Now following Contoso CRM"],
  ["list", "1 connector; nothing is due."],
  ["status Contoso CRM", "Contoso CRM is at the account stage"],
  ["next Contoso CRM", "Next for Contoso CRM: Have a Seller account."],
  ["done Contoso CRM account", "The Seller account is ready."],
  ["mark Contoso CRM submitted", "Contoso CRM: Submitted, Tue 3 Nov 2026, 9:15 AM PST"],
  ["window Contoso CRM", "Contoso CRM has no test link yet"],
  ["eta Contoso CRM", "Contoso CRM would start rolling out Fri 6 Nov 2026"],
  ["forecast Contoso CRM", "Contoso CRM: General availability between Sun 27 Dec 2026"],
  ["calendar Contoso CRM", "Contoso CRM: 1 date for your calendar"],
  ["evidence Contoso CRM availability=99.97", "Noted for Contoso CRM: availability 99.97 %"],
  ["ready Contoso CRM", "Nothing is due before public preview"],
  ["request Contoso CRM", "No e-mail yet for Contoso CRM"],
  ["reminders Contoso CRM", "Next reminder for Contoso CRM: Wed 4 Nov 2026, 9:15 AM PST"],
  ["follow Contoso CRM", "Contoso CRM is registered in this channel"],
  ["unfollow Contoso CRM", "Contoso CRM is registered in this channel"],
  ["following", "This channel hears of 1 connector; next of Contoso CRM"],
  ["failed", "All is well: no platform has refused a reminder."],
  ["digest", "The week: 1 connector moved; next: Contoso CRM, report due"],
  ["settings", "Settings: zone not set, 0 freezes"],
  ["export", "Everything kept for this workspace is in this file"],
  ["rename Contoso CRM to Contoso Sales", "Contoso CRM is now called Contoso Sales."],
  ["undo Contoso Sales", "Undone for Contoso CRM: rename to Contoso Sales"],
  ["untrack Contoso CRM", "Stop tracking Contoso CRM?"],
  ["forget", "Delete everything kept for this workspace: 1 connector"],
];

test("every command of the table answers who typed it, and nobody else", async () => {
  const live = await goLiveInBoth();
  const { world, a, b } = live;
  const said = new Set(SAID.map(([line]) => line.split(" ")[0]));
  const own = (name: CommandName) => said.has(name) || (name === "hello" && said.has("hi"));
  expect(COMMAND_NAMES.filter((name) => !own(name))).toEqual([]);
  for (const [line, answer] of SAID) {
    const asked = await a.command("ana", "connectors", line);
    expect(asked).toMatchObject({ status: 200, ackBody: undefined });
    const [shown] = await asked.answers();
    expect(shown?.response_type).toBe("ephemeral");
    expect(wordsOf(shown).split("\n")[0]).toContain(answer);
  }
  expect(await a.ephemerals("ana", "connectors")).toHaveLength(SAID.length);
  expect(await a.ephemerals("ben")).toEqual([]);
  expect(await a.history("connectors")).toEqual([]);
  expect(await b.ephemerals("cleo")).toEqual([]);
  expect(world.front.calls.filter(({ team }) => team === b.team).map(({ method }) => method)).toEqual([
    "auth.test",
  ]);
  expect(live.logged.filter(({ level }) => level !== "info")).toEqual([]);
});

test("nothing, help, help for one command, and words that are no command", async () => {
  const { a } = await goLiveInBoth();
  const nothing = await command(a, "ana", "  ");
  const help = await command(a, "ana", "help");
  expect(wordsOf(nothing)).toBe(wordsOf(help));
  expect(wordsOf(help)).toContain("Dates: window · eta · forecast · calendar");
  expect(labelsOf(help)).toContain("How to track one");
  expect(wordsOf(await command(a, "ana", "help mark"))).toContain("mark Contoso CRM start 2026-12-11");
  const unknown = await command(a, "ana", "frobnicate everything");
  expect(wordsOf(unknown)).toMatch(
    /^I (?:am not sure what you mean by|have no answer to) “frobnicate everything”/,
  );
  await a.click("ana", unknown, "Help");
  expect(wordsOf(await command(a, "ana", "staus"))).toContain("status");
});

test("Slack's escapes, links and curly quotes are read as they were typed", async () => {
  const { a, followed } = await goLiveInBoth();
  await command(a, "ana", "track R&amp;D &lt;beta&gt; <https://contoso.example|contoso.example>");
  const [connector] = await followed(a);
  expect(connector?.name).toBe("R&D <beta> https://contoso.example");
  const status = await command(a, "ana", "status “R&amp;D &lt;beta&gt; <https://contoso.example>”");
  expect(wordsOf(status)).toContain("R&D <beta> https://contoso.example is at the account stage");
  expect(status.text).toContain("R&amp;D &lt;beta&gt;");
});

test("what a channel may read has “Share here”; it puts the answer there and takes the private one away", async () => {
  const { a, until } = await goLiveInBoth();
  const status = await command(a, "ana", "track Contoso CRM", "status Contoso CRM");
  const before = await a.ephemerals("ana", "connectors");
  await a.click("ana", status, "Share here");
  const [shared] = await until("the shared answer", async () => {
    const all = await a.history("connectors");
    return all.length > 0 && all;
  });
  expect(wordsOf(shared)).toContain("Contoso CRM is at the account stage");
  expect(labelsOf(shared)).toEqual(["Next step", "Account is ready", "Record with a date"]);
  await until("the private one to go", async () => (await a.ephemerals("ana")).length === before.length - 1);
  expect((await a.ephemerals("ana")).map(({ ts }) => ts)).not.toContain(status.ts);
  expect(await a.history("connectors")).toHaveLength(1);
});

test("what is shared is true now, not when it was asked, and a change is shared as a status", async () => {
  const { a, until } = await goLiveInBoth();
  const tracked = await command(a, "ana", "track Contoso CRM");
  const status = await command(a, "ana", "status Contoso CRM");
  await command(a, "ben", "mark Contoso CRM submitted");
  await a.click("ana", status, "Share here");
  const first = await until("the shared status", async () => (await a.history("connectors"))[0]);
  expect(wordsOf(first)).toContain("Contoso CRM is in review");
  await a.click("ana", tracked, "Share here");
  const second = await until("the other", async () => (await a.history("connectors"))[1]);
  expect(wordsOf(second)).toContain("Contoso CRM is in review");
  expect(wordsOf(second)).not.toContain("Now following");
});

test("nothing is shared into a private channel that we can't see", async () => {
  const { a, world, until } = await goLiveInBoth();
  await command(a, "ana", "track Contoso CRM");
  const asked = await a.command("ana", "secret", "status Contoso CRM");
  const [status] = await asked.answers();
  world.front.next("conversations.info", { body: { ok: false, error: "channel_not_found" } });
  await a.click("ana", status as NonNullable<typeof status>, "Share here");
  const told = await until("a reason", async () =>
    (await a.ephemerals("ana", "secret")).find((one) => wordsOf(one).includes("I am not in this channel")),
  );
  expect(wordsOf(told)).toContain("/invite @Shepherd");
  expect(await a.history("secret")).toHaveLength(0);
});

test("nothing is offered to share where there is nobody to share it with, or nothing to share", async () => {
  const { a } = await goLiveInBoth();
  await command(a, "ana", "track Contoso CRM");
  const [inChat] = await (await a.command("ana", "direct", "status Contoso CRM")).answers();
  expect(labelsOf(inChat)).toEqual(["Next step", "Account is ready", "Record with a date"]);
  for (const line of ["frobnicate", "help", "settings", "export", "forget", "untrack Contoso CRM"]) {
    expect(labelsOf(await command(a, "ana", line))).not.toContain("Share here");
  }
});

test("a command that Slack delivers again is answered once, and changes once", async () => {
  const { a, world, followed } = await goLiveInBoth();
  const asked = await a.command("ana", "connectors", "track Contoso CRM");
  await asked.answers();
  const again = await world.redeliver(asked, { headers: { "x-slack-retry-num": "1" } });
  expect(again).toMatchObject({ status: 200, ackBody: undefined });
  const other = await a.command("ana", "connectors", "list");
  expect(wordsOf((await other.answers())[0])).toContain("1 connector");
  expect(world.front.callsTo("response_url")).toHaveLength(2);
  expect(await followed(a)).toHaveLength(1);
});

test("the same words in two workspaces are about two connectors", async () => {
  const { a, b } = await goLiveInBoth();
  await command(a, "ana", "track Contoso CRM", "mark Contoso CRM submitted");
  expect(wordsOf(await command(b, "cleo", "list"))).toContain("No connector is tracked here yet");
  expect(wordsOf(await command(b, "cleo", "status Contoso CRM"))).toContain("is tracked here. Nothing");
  await command(b, "cleo", "track Contoso CRM");
  expect(wordsOf(await command(b, "cleo", "status Contoso CRM"))).toContain("at the account stage");
  expect(wordsOf(await command(a, "ana", "status Contoso CRM"))).toContain("in review");
});
