import { expect, test } from "vitest";
import { command, goLiveInBoth, mention } from "./live.ts";
import type { Driver } from "./world/driver.ts";
import { type Message, until } from "./world/json.ts";
import { labelsOf, wordsOf } from "./world/slack-world.ts";

/** A message of ours once it says so. */
function redrawn(at: Driver, { channel, ts }: Message, words: string): Promise<Message> {
  return until(`“${words}” in the message`, async () => {
    const now = await at.message("ana", channel, ts);
    return now && wordsOf(now).includes(words) && now;
  });
}

const CRM = ["track Contoso CRM", "mark Contoso CRM submitted"];

test("a press in a public message acts, redraws it for all, and says who pressed", async () => {
  const { a, b, world, followed } = await goLiveInBoth();
  await command(a, "ana", ...CRM);
  await command(b, "cleo", ...CRM);
  const status = await mention(a, "ana", "launch", "status contoso");
  await a.click("ben", status, "Report passed");
  const now = await redrawn(a, status, "By ben.");
  expect(wordsOf(now)).toContain("Contoso CRM: Report passed");
  expect(labelsOf(now)).toEqual(["Go live confirmed", "Testing is done", "Test window", "Undo"]);
  expect(await a.thread("launch", String(status.thread_ts))).toHaveLength(2);
  expect(world.front.callsTo("chat.update").map(({ team }) => team)).toEqual([a.team]);
  expect(now.text).toContain("Contoso CRM: Report passed");
  expect((await followed(b))[0]?.moves).toHaveLength(1);

  await a.click("ana", now, "Undo");
  const undone = await redrawn(a, status, "Undone for Contoso CRM");
  expect(wordsOf(undone)).toContain("By ana.");
  expect((await followed(a))[0]?.moves).toHaveLength(1);
});

test("a press in a private message acts, and replaces it by its response_url", async () => {
  const { a, world } = await goLiveInBoth();
  const seen = await command(a, "ana", ...CRM, "status Contoso CRM");
  const before = (await a.ephemerals("ana")).length;
  const pressed = await a.click("ana", seen, "Report passed");
  const [answer] = await pressed.answers();
  expect(answer).toMatchObject({ replace_original: true });
  const mine = await a.ephemerals("ana");
  expect(mine).toHaveLength(before);
  expect(wordsOf(mine.find(({ ts }) => ts === seen.ts))).toContain("Contoso CRM: Report passed");
  expect(world.front.callsTo("chat.update")).toEqual([]);
  expect(await a.history("connectors")).toEqual([]);
});

test("a list is brought up to date where it stands, for all or for who alone sees it", async () => {
  const { a } = await goLiveInBoth();
  await command(a, "ana", "track Contoso CRM");
  const shared = await mention(a, "ana", "launch", "list");
  const own = await command(a, "ana", "list");
  await command(a, "ana", "mark Contoso CRM submitted");
  await a.click("ben", shared, "Refresh");
  const now = await redrawn(a, shared, "Review");
  expect(wordsOf(shared)).not.toContain("Review");
  expect(await a.thread("launch", String(now.thread_ts))).toHaveLength(2);
  const [answer] = await (await a.click("ana", own, "Refresh")).answers();
  expect(answer).toMatchObject({ replace_original: true });
  expect(wordsOf(answer)).toContain("Review");
});

test("a button that only shows something answers who pressed, and leaves the message to the others", async () => {
  const { a } = await goLiveInBoth();
  await command(a, "ana", ...CRM);
  const status = await mention(a, "ana", "launch", "status contoso");
  await a.click("ben", status, "Forecast");
  const answer = await until("the forecast", async () => (await a.ephemerals("ben", "launch"))[0]);
  expect(wordsOf(answer)).toContain("Contoso CRM: General availability between");
  expect(await a.message("ana", status.channel, status.ts)).toEqual(status);
  expect(await a.ephemerals("ana", "launch")).toEqual([]);
  expect(await a.thread("launch", String(status.thread_ts))).toHaveLength(2);
});

test("in the chat with one person a change redraws, and an answer comes below", async () => {
  const { a } = await goLiveInBoth();
  await a.direct("ana", "track Contoso CRM");
  const tracked = await until("an answer", async () => (await a.directMessages("ana"))[1]);
  await a.click("ana", tracked, "Forecast");
  const forecast = await until("the forecast", async () => (await a.directMessages("ana"))[2]);
  expect(wordsOf(forecast)).toContain("Contoso CRM: General availability between");
  await a.click("ana", tracked, "Submitted");
  const now = await redrawn(a, tracked, "Contoso CRM: Submitted");
  expect(wordsOf(now)).not.toContain("By ana.");
  // The picture of the forecast is the one message more.
  expect((await a.directMessages("ana")).filter(({ files }) => files === undefined)).toHaveLength(3);
});

test("a stale button explains itself to who pressed, and changes nothing", async () => {
  const { a, followed } = await goLiveInBoth();
  await command(a, "ana", ...CRM);
  const status = await mention(a, "ana", "launch", "status contoso");
  await command(a, "ben", "mark Contoso CRM report-passed", "mark Contoso CRM go-live");
  const before = await followed(a);
  await a.click("ana", status, "Report failed");
  const told = await until("why not", async () => (await a.ephemerals("ana", "launch"))[0]);
  expect(wordsOf(told)).toContain("Publishing");
  expect(wordsOf(told)).toContain("Not recorded: that button is from when");
  expect(await followed(a)).toEqual(before);
  await command(a, "ben", "untrack Contoso CRM confirm");
  await a.click("ana", status, "Report failed");
  const gone = await until("that it is gone", async () => (await a.ephemerals("ana", "launch"))[1]);
  expect(wordsOf(gone)).toContain("is not tracked here any more");
});

test("two people press at once: one change, and the other is told", async () => {
  const { a, followed } = await goLiveInBoth();
  await command(a, "ana", ...CRM);
  const status = await mention(a, "ana", "launch", "status contoso");
  await Promise.all([a.click("ana", status, "Report passed"), a.click("ben", status, "Report failed")]);
  await redrawn(a, status, "By ");
  const told = await until("what the other is told", async () => {
    const all = [...(await a.ephemerals("ana", "launch")), ...(await a.ephemerals("ben", "launch"))];
    return all[0];
  });
  const [connector] = await followed(a);
  expect(connector?.moves).toHaveLength(2);
  const passed = connector?.moves[1]?.milestone === "report-passed";
  expect(told).toMatchObject({ for: a.user(passed ? "ben" : "ana") });
  expect(wordsOf(told)).toContain("Not recorded: that button is from when");
  expect(wordsOf(await a.message("ana", status.channel, status.ts))).toContain(
    passed ? "By ana." : "By ben.",
  );
});

test("one person's double press, and a press that Slack delivers again, act once", async () => {
  const { a, world, followed } = await goLiveInBoth();
  await command(a, "ana", ...CRM);
  const status = await mention(a, "ana", "launch", "status contoso");
  const [first] = await Promise.all([1, 2].map(() => a.click("ana", status, "Report passed")));
  await redrawn(a, status, "By ana.");
  if (first) await world.redeliver(first);
  await command(a, "ana", "list");
  expect((await followed(a))[0]?.moves).toHaveLength(2);
  expect(world.front.callsTo("chat.update")).toHaveLength(1);
});

test("a press in an old message of which Slack tells no response_url is answered all the same", async () => {
  const { a } = await goLiveInBoth();
  await command(a, "ana", ...CRM);
  const status = await mention(a, "ana", "launch", "status contoso");
  await a.click("ben", status, "Forecast", { overrides: { response_url: undefined } });
  const answer = await until("the forecast", async () => (await a.ephemerals("ben", "launch"))[0]);
  expect(wordsOf(answer)).toContain("Contoso CRM: General availability between");
});

test("something that is pressed and is none of ours is noted, and nothing else", async () => {
  const { a, until, logged, world } = await goLiveInBoth();
  const hi = await mention(a, "ana", "launch", "hi");
  const before = world.front.calls.length;
  const pressed = await a.click("ana", hi, "Help", {
    overrides: { actions: [{ action_id: "x", value: "{}" }] },
  });
  expect(pressed.status).toBe(200);
  await until("the note", () => logged.some(({ message }) => message === "a press was none of ours"));
  expect(world.front.calls).toHaveLength(before);
});
