import { expect, test } from "vitest";
import { command, goLiveInBoth, mention, nextIn } from "./live.ts";
import { wordsOf } from "./world/slack-world.ts";

test("a mention in a channel is answered in its thread, and one in a thread in that thread", async () => {
  const { a, b } = await goLiveInBoth();
  await command(a, "ana", "track Contoso CRM");
  const asked = await a.mention("ana", "launch", "status contoso");
  const answer = await nextIn(() => a.thread("launch", asked.ts), 1);
  expect(wordsOf(answer)).toContain("Contoso CRM is at the account stage");
  expect(answer).toMatchObject({ thread_ts: asked.ts, user: a.bot.userId });
  expect(await a.history("launch")).toHaveLength(1);
  await a.mention("ben", "launch", "list", { thread: asked.ts });
  const below = await nextIn(() => a.thread("launch", asked.ts), 3);
  expect(wordsOf(below)).toContain("1 connector; nothing is due.");
  expect(await a.history("launch")).toHaveLength(1);
  expect(await a.ephemerals("ana", "launch")).toEqual([]);
  expect(await b.history("launch")).toEqual([]);
});

test("a mention alone greets; one in the middle of a sentence, twice, or with a comma is taken out", async () => {
  const { a } = await goLiveInBoth();
  const us = `<@${a.bot.userId}>`;
  const greeting = await mention(a, "ana", "launch", us);
  expect(wordsOf(greeting)).toContain("Hello. Which connector shall I follow?");
  const tracked = await mention(a, "ana", "connectors", `${us}, track Contoso CRM`);
  expect(wordsOf(tracked)).toContain("Now following Contoso CRM");
  const status = await mention(a, "ana", "secret", `status ${us} contoso ${us}`);
  expect(wordsOf(status)).toContain("Contoso CRM is at the account stage");
});

test("escapes, links and curly quotes in a mention are read as they were typed", async () => {
  const { a } = await goLiveInBoth();
  const tracked = await mention(
    a,
    "ana",
    "launch",
    "track “R&amp;D &lt;1&gt; <http://crm.example|crm.example>”",
  );
  expect(wordsOf(tracked)).toContain("Now following R&D <1> http://crm.example,");
  const colleague = await mention(a, "ana", "connectors", `track CRM of <@${a.user("ben")}>`);
  expect(wordsOf(colleague)).toContain(`Now following CRM of @${a.user("ben")},`);
  expect(colleague.text).not.toContain("<@");
});

test("edited messages, other bots' messages and what is not meant for us are not answered", async () => {
  const { a, b, world } = await goLiveInBoth();
  const mentions: { text: string; event: object }[] = [
    { text: "edited", event: { edited: { user: a.user("ana"), ts: "1.0" } } },
    { text: "by a bot", event: { bot_id: "B000OTHER", subtype: "bot_message" } },
    { text: "by a bot of today", event: { bot_id: "B000OTHER" } },
    { text: "changed", event: { subtype: "message_changed" } },
  ];
  for (const { text, event } of mentions) {
    expect((await a.mention("ana", "launch", text, { overrides: { event } })).status).toBe(200);
    expect((await a.direct("ana", text, { overrides: { event } })).status).toBe(200);
  }
  expect((await a.say("ana", "launch", "status contoso")).status).toBe(200);
  // What comes last is answered last: by then the others would have been.
  await mention(a, "ana", "connectors", "hi");
  expect(await a.history("launch")).toHaveLength(5);
  for (const { ts } of await a.history("launch")) expect(await a.thread("launch", ts)).toHaveLength(1);
  expect(await a.directMessages("ana")).toHaveLength(mentions.length);
  expect(world.front.callsTo("chat.postMessage")).toHaveLength(1);
  expect(await b.history("launch")).toEqual([]);
});

test("an event that Slack delivers again is answered once", async () => {
  const { a, world, followed } = await goLiveInBoth();
  const asked = await a.mention("ana", "launch", "track Contoso CRM");
  await nextIn(() => a.thread("launch", asked.ts), 1);
  const headers = { "x-slack-retry-num": "1", "x-slack-retry-reason": "http_timeout" };
  expect((await world.redeliver(asked, { headers })).status).toBe(200);
  await mention(a, "ana", "connectors", "list");
  expect(await a.thread("launch", asked.ts)).toHaveLength(2);
  expect(await followed(a)).toHaveLength(1);
});

test("a retry of an event that was never answered is answered", async () => {
  const { a } = await goLiveInBoth();
  const asked = await a.mention("ana", "launch", "hi", { overrides: { event: { bot_id: "B1" } } });
  const { event, ...envelope } = asked.payload;
  await a.event({ ...(event as object), bot_id: undefined }, { event_id: envelope.event_id });
  expect(wordsOf(await nextIn(() => a.thread("launch", asked.ts), 1))).toContain("Hello.");
});

test("a direct message is answered where it was written, in a thread if it was in one", async () => {
  const { a, b } = await goLiveInBoth();
  await a.direct("ben", "track Contoso CRM");
  const tracked = await nextIn(() => a.directMessages("ben"), 1);
  expect(wordsOf(tracked)).toContain("Now following Contoso CRM");
  expect(tracked.thread_ts).toBeUndefined();
  const asked = await a.direct("ben", "status contoso", { thread: tracked.ts });
  const below = await nextIn(() => a.thread(asked.channel, tracked.ts), 2);
  expect(wordsOf(below)).toContain("Contoso CRM is at the account stage");
  expect(await a.directMessages("ben")).toHaveLength(2);
  expect(await a.directMessages("ana")).toEqual([]);
  expect(await b.directMessages("cleo")).toEqual([]);
});

test("a file's comment is answered too, and joining a channel is no question", async () => {
  const { a } = await goLiveInBoth();
  const overrides = { event: { subtype: "file_share", files: [{ id: "F1" }] } };
  await a.direct("ana", "list", { overrides });
  expect(wordsOf(await nextIn(() => a.directMessages("ana"), 1))).toContain("No connector is tracked");
  await a.direct("ben", "has joined", { overrides: { event: { subtype: "channel_join" } } });
  await a.direct("ana", "hi");
  await nextIn(() => a.directMessages("ana"), 3);
  expect(await a.directMessages("ben")).toHaveLength(1);
});
