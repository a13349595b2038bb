import { expect, test } from "vitest";
import { command, goLiveInBoth, mention, pacific } from "./live.ts";
import { until } from "./world/json.ts";
import { labelsOf, wordsOf } from "./world/slack-world.ts";

/** Submitted on Tuesday at 9:15; reminded of the report on Wednesday and on Thursday. */
const CRM = ["track Contoso CRM", "mark Contoso CRM submitted"];
const [WEDNESDAY, THURSDAY] = ["2026-11-04T09:16", "2026-11-05T09:16"];
const DUE = "the certification report may be there";
const NOTE = "can't be written to any more, so its reminders come to you";

test("a reminder comes to the channel in which the connector was tracked, and names its owner", async () => {
  const { a, b, remindAt } = await goLiveInBoth();
  await command(a, "ana", ...CRM);
  await mention(b, "cleo", "launch", "track Wingtip Toys");
  await mention(b, "cleo", "launch", "mark Wingtip Toys submitted");
  const before = await b.history("launch");
  expect(await remindAt("2026-11-04T09:10")).toMatchObject({ sent: 0 });
  expect(await remindAt(WEDNESDAY)).toMatchObject({ sent: 1, later: 0, never: 0 });
  const [reminder, ...more] = await a.history("connectors");
  expect(more).toEqual([]);
  expect(wordsOf(reminder)).toContain(`Contoso CRM: ${DUE}`);
  expect(wordsOf(reminder)).toContain(`Owner: <@${a.user("ana")}>`);
  expect(reminder?.text).toContain(`Contoso CRM: ${DUE}`);
  expect(labelsOf(reminder)).toEqual(["Report passed", "Report failed", "Snooze 4 h", "Got it"]);
  // In Tokyo it is night: Cleo's comes in the morning.
  expect(await b.history("launch")).toEqual(before);
  expect(await remindAt("2026-11-04T15:00")).toMatchObject({ sent: 1 });
  const [other] = (await b.history("launch")).slice(before.length);
  expect(wordsOf(other)).toContain(`Wingtip Toys: ${DUE}`);
  expect(await a.directMessages("ana")).toEqual([]);
  expect(await remindAt("2026-11-04T15:30")).toMatchObject({ sent: 0 });
});

test("tracked in the chat with us, or from the Home, a reminder comes to that chat", async () => {
  const { a, remindAt } = await goLiveInBoth();
  await a.direct("ana", "track Contoso CRM");
  await until("that it is tracked", async () => (await a.directMessages("ana"))[1]);
  await a.openHome("ben");
  await until("the Home", () => a.home("ben"));
  await a.click("ben", "home", "Track a connector");
  await until("the window", () => a.modal("ben"));
  await a.submit("ben", { "Name of the connector": "Adatum ERP" });
  await command(a, "ana", "mark Contoso CRM submitted", "mark Adatum ERP submitted");
  expect(await remindAt(WEDNESDAY)).toMatchObject({ sent: 2 });
  const ana = (await a.directMessages("ana")).map(wordsOf);
  expect(ana.filter((one) => one.includes(DUE))).toEqual([ana.at(-1)]);
  expect(ana.at(-1)).toContain("Contoso CRM:");
  const ben = (await a.directMessages("ben")).map(wordsOf);
  expect(ben).toHaveLength(1);
  expect(ben[0]).toContain(`Adatum ERP: ${DUE}`);
  expect(await a.history("connectors")).toEqual([]);
});

test("a command typed in a chat with someone else tracks for our own chat with who typed it", async () => {
  const { a, remindAt } = await goLiveInBoth();
  const asked = await a.command("ana", "direct", "track Contoso CRM", { channel_id: "D0ELSEWHERE" });
  await asked.answers();
  await command(a, "ben", "mark Contoso CRM submitted");
  expect(await remindAt(WEDNESDAY)).toMatchObject({ sent: 1 });
  const [reminder] = await a.directMessages("ana");
  expect(wordsOf(reminder)).toContain(DUE);
  expect(wordsOf(reminder)).not.toContain(NOTE);
});

test("a reminder's own button acts, and the message says what was done", async () => {
  const { a, remindAt, followed } = await goLiveInBoth();
  await command(a, "ana", ...CRM);
  await remindAt(WEDNESDAY);
  const [stored] = await a.history("connectors");
  if (!stored) throw new Error("no reminder");
  await a.click("ben", stored, "Report passed");
  const redrawn = await until("the redrawn reminder", async () => {
    const [now] = await a.history("connectors");
    return wordsOf(now).includes("By ben.") && now;
  });
  expect(wordsOf(redrawn)).toContain("Contoso CRM: Report passed");
  expect((await followed(a))[0]?.moves.at(-1)?.milestone).toBe("report-passed");
  expect(await remindAt("2026-11-05T09:30")).toMatchObject({ sent: 1 });
  expect(wordsOf((await a.history("connectors"))[1])).toContain("the test link expires");
});

test("snoozed, it comes again when the time is over; acknowledged, it does not", async () => {
  const { a, remindAt } = await goLiveInBoth();
  await command(a, "ana", ...CRM);
  await remindAt(WEDNESDAY);
  const [first] = await a.history("connectors");
  if (!first) throw new Error("no reminder");
  await a.click("ana", first, "Snooze 4 h");
  await until("the snooze", async () => wordsOf((await a.history("connectors"))[0]).includes("By ana."));
  expect(await remindAt("2026-11-04T13:10")).toMatchObject({ sent: 0 });
  expect(await remindAt("2026-11-04T13:20")).toMatchObject({ sent: 1 });
  const [, again] = await a.history("connectors");
  if (!again) throw new Error("no second reminder");
  expect(wordsOf(again)).toContain(DUE);
  await a.click("ana", again, "Got it");
  await until("the answer", async () => wordsOf((await a.history("connectors"))[1]).includes("By ana."));
  expect(await remindAt(THURSDAY)).toMatchObject({ sent: 0 });
  await command(a, "ana", "mark Contoso CRM report-passed");
  expect(await remindAt("2026-11-06T10:00")).toMatchObject({ sent: 1 });
});

test("a channel that was archived: its owner is told instead, why only once, and nobody twice", async () => {
  const { a, b, remindAt, logged, store } = await goLiveInBoth();
  await command(a, "ana", ...CRM);
  await a.archive("connectors");
  expect(await remindAt(WEDNESDAY)).toMatchObject({ sent: 1, later: 0, never: 0 });
  const [first] = await a.directMessages("ana");
  expect(wordsOf(first)).toContain(`Contoso CRM: ${DUE}`);
  expect(wordsOf(first)).toContain(NOTE);
  expect(logged.find(({ facts }) => facts.includes("is_archived"))?.message).toContain("closed to reminders");
  expect(await remindAt(THURSDAY)).toMatchObject({ sent: 1 });
  const [, second, ...none] = await a.directMessages("ana");
  expect(wordsOf(second)).toContain("the certification report is due");
  expect(wordsOf(second)).not.toContain(NOTE);
  expect(none).toEqual([]);
  expect((await a.history("connectors")).filter(({ subtype }) => subtype === undefined)).toEqual([]);
  expect(await a.directMessages("ben")).toEqual([]);
  expect(await b.directMessages("cleo")).toEqual([]);
  expect(await store.nextDue()).toBeUndefined();
});

test("a private channel that we were taken out of counts as closed, until we are asked in again", async () => {
  const { a, remindAt } = await goLiveInBoth();
  await mention(a, "ana", "secret", "track Contoso CRM");
  await command(a, "ben", "mark Contoso CRM submitted");
  await a.kick("secret");
  await remindAt(WEDNESDAY);
  expect(wordsOf((await a.directMessages("ana"))[0])).toContain(NOTE);
  await a.invite("secret");
  const before = (await a.history("secret")).length;
  await remindAt(THURSDAY);
  expect(wordsOf((await a.history("secret"))[before])).toContain("the certification report is due");
  expect(await a.directMessages("ana")).toHaveLength(1);
});

test("“reminders here” moves them to where it was said", async () => {
  const { a, remindAt } = await goLiveInBoth();
  await command(a, "ana", ...CRM);
  await a.archive("connectors");
  const moved = await mention(a, "ben", "launch", "reminders contoso here");
  expect(wordsOf(moved)).toContain("Contoso CRM");
  await remindAt(WEDNESDAY);
  const sent = (await a.history("launch")).filter((one) => wordsOf(one).includes(DUE));
  expect(sent).toHaveLength(1);
  expect(await a.directMessages("ana")).toEqual([]);
  expect(await a.directMessages("ben")).toEqual([]);
});

test("two programs that ask at the same moment tell it once", async () => {
  const { a, assistant, clock } = await goLiveInBoth();
  await command(a, "ana", ...CRM);
  clock.set(pacific(WEDNESDAY));
  const both = await Promise.all([assistant.remind(), assistant.remind()]);
  expect(both.map(({ sent }) => sent).toSorted()).toEqual([0, 1]);
  expect(await a.history("connectors")).toHaveLength(1);
});

test("tracked in a private channel that we are not in: an answer comes, and reminders go to who tracked", async () => {
  const channels = [{ name: "connectors" }, { name: "hidden", isPrivate: true, withBot: false }];
  const { a, remindAt } = await goLiveInBoth({ world: { workspaces: { a: { channels } } } });
  const [tracked] = await (await a.command("ana", "hidden", "track Contoso CRM")).answers();
  expect(wordsOf(tracked)).toContain("Now following Contoso CRM");
  await command(a, "ben", "mark Contoso CRM submitted");
  expect(await remindAt(WEDNESDAY)).toMatchObject({ sent: 1 });
  expect(wordsOf((await a.directMessages("ana"))[0])).toContain(NOTE);
});
