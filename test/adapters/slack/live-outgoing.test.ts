import { join } from "node:path";
import { expect, test } from "vitest";
import { mintAddress } from "../../../adapters/slack/address.ts";
import { SlackFailure } from "../../../adapters/slack/calls.ts";
import { SCOPES } from "../../../adapters/slack/scopes.ts";
import type { WorkspaceId } from "../../../src/incoming.ts";
import { makeFolder } from "../../store/folder.ts";
import { command, goLive, goLiveInBoth, mention, pacific } from "./live.ts";
import { openSlackWorld, wordsOf } from "./world/slack-world.ts";

/** When the reminder of a connector that was submitted is due. */
const DUE = "2026-11-05T09:20";

const limited = (seconds: number) => ({
  status: 429,
  headers: { "retry-after": `${seconds}` },
  body: { ok: false },
});

async function goLiveWithReminder(data?: string) {
  const live = await goLiveInBoth(data === undefined ? {} : { data });
  await command(live.a, "ana", "track Zebra", "mark Zebra submitted");
  const posted = () => live.world.front.callsTo("chat.postMessage");
  return { ...live, posted };
}

test("a reminder for which Slack has no room is sent later, and not before, whoever sends it then", async () => {
  const file = join(makeFolder(), "shepherd.db");
  const { a, world, posted, remindAt, close } = await goLiveWithReminder(file);
  world.front.next("chat.postMessage", limited(90));
  expect(await remindAt(DUE)).toMatchObject({ sent: 0, later: 1, never: 0 });
  expect(posted()).toHaveLength(1);
  await close();
  // Another process, which remembers nothing but what is in the file.
  const { clock, assistant } = await goLive({ data: file, inside: world });
  clock.set(pacific("2026-11-05T09:21:25"));
  expect(await assistant.remind()).toMatchObject({ sent: 0, later: 0, never: 0 });
  expect(posted()).toHaveLength(1);
  clock.set(pacific("2026-11-05T09:21:35"));
  expect(await assistant.remind()).toMatchObject({ sent: 1 });
  expect(posted()).toHaveLength(2);
  expect((await a.history("connectors")).map(wordsOf)).toEqual([expect.stringContaining("Zebra")]);
});

test("one workspace's rate limit keeps no other from its reminders", async () => {
  const { a, b, world, remindAt } = await goLiveWithReminder();
  await command(b, "cleo", "track Yak", "mark Yak submitted");
  world.front.next("chat.postMessage", limited(90), 1, ({ team }) => team === a.team);
  expect(await remindAt(DUE)).toMatchObject({ sent: 1, later: 1 });
  expect((await b.history("connectors")).map(wordsOf)).toEqual([expect.stringContaining("Yak")]);
});

test("who has asked waits as long as Slack does, and is answered", async () => {
  const { a, world } = await goLiveInBoth();
  world.front.next("chat.postMessage", limited(1));
  expect(wordsOf(await mention(a, "ana", "connectors", "help"))).toContain("Say a command");
  const [first, second, ...more] = world.front.callsTo("chat.postMessage");
  expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(1000);
  expect(more).toEqual([]);
});

test.each([
  ["an error of its own", { status: 500, body: "<html>oops</html>" }],
  ["a gateway's page", { status: 502, body: "<html>bad gateway</html>" }],
  ["a connection that is cut", "hang up" as const],
])("after %s it is asked again shortly", async (_what, trouble) => {
  const { a, world, logged, remindAt } = await goLiveWithReminder();
  world.front.next("chat.postMessage", trouble, 2);
  expect(wordsOf(await mention(a, "ana", "launch", "help"))).toContain("Say a command");
  world.front.next("response_url", trouble, 1);
  expect(wordsOf(await command(a, "ana", "help"))).toContain("Say a command");
  world.front.next("chat.postMessage", trouble, 3);
  expect(await remindAt(DUE)).toMatchObject({ later: 1, never: 0 });
  expect(logged.filter(({ level }) => level === "error")).toEqual([]);
});

test("a call without an answer is given up in time for the others that are due", async () => {
  const { world, posted, remindAt } = await goLiveWithReminder();
  world.front.next("chat.postMessage", { delayMs: 60_000 });
  const began = performance.now();
  expect(await remindAt(DUE)).toMatchObject({ sent: 1 });
  const took = performance.now() - began;
  expect(took).toBeGreaterThan(9_000);
  expect(took).toBeLessThan(20_000);
  expect(posted()).toHaveLength(2);
});

test.each(["token_revoked", "invalid_auth", "account_inactive"])(
  "%s is final, and seen in the log",
  async (error) => {
    const { a, world, logged, posted, remindAt } = await goLiveWithReminder();
    world.front.refuse(a.bot.token, error);
    expect(await remindAt(DUE)).toMatchObject({ sent: 0, later: 0, never: 1 });
    const errors = () =>
      logged.filter(({ level }) => level === "error").map(({ message, facts }) => [message, facts]);
    expect(errors()).toEqual([["Slack did not take a reminder", expect.stringContaining(error)]]);
    const calls = world.front.calls.length;
    for (const at of ["09:21", "09:25", "10:00"]) {
      expect(await remindAt(`2026-11-05T${at}`)).toMatchObject({ sent: 0, later: 0, never: 0 });
    }
    expect(world.front.calls.length).toBe(calls);
    expect(errors()).toHaveLength(1);
    expect(posted().length).toBeLessThanOrEqual(1);
  },
);

test("a chat that is not there is final too", async () => {
  const { a, world, logged, remindAt, until } = await goLiveInBoth();
  await a.direct("ana", "track Zebra");
  await until("an answer", async () => (await a.directMessages("ana"))[1]);
  await a.direct("ana", "mark Zebra submitted");
  await until("an answer", async () => (await a.directMessages("ana"))[3]);
  world.front.next("chat.postMessage", { body: { ok: false, error: "channel_not_found" } }, 99);
  expect(await remindAt(DUE)).toMatchObject({ sent: 0, later: 0, never: 1 });
  expect(logged.filter(({ level }) => level === "error")).toHaveLength(1);
  expect(await remindAt("2026-11-05T10:00")).toMatchObject({ sent: 0, later: 0, never: 0 });
});

test("an address for answers that is used up does not leave anyone without an answer", async () => {
  const { a, world, until } = await goLiveInBoth();
  const dead = { status: 404, body: "used_url" };
  world.front.next("response_url", dead);
  await a.command("ana", "connectors", "track Zebra");
  const [tracked] = await until("a whisper", async () => {
    const all = await a.ephemerals("ana", "connectors");
    return all.length === 1 && all;
  });
  expect(wordsOf(tracked)).toContain("Now following Zebra");
  if (!tracked) throw new Error("no answer");
  for (const label of ["Next step", "Account is ready", "Share here"]) {
    const status = await command(a, "ana", "status Zebra");
    const before = (await a.ephemerals("ana")).length;
    world.front.next("response_url", dead, 9);
    await a.click("ana", status, label);
    await until(label, async () => {
      const alone = (await a.ephemerals("ana")).slice(before);
      return alone.length > 0 || (await a.history("connectors")).length > 0;
    });
    world.front.clear();
  }
  expect((await a.history("connectors")).map(wordsOf)).toEqual([expect.stringContaining("Zebra is a draft")]);
});

test("a channel is given one message a second, and no other waits for it", async () => {
  const { a, world, until } = await goLiveInBoth();
  const busy = await Promise.all([1, 2, 3].map(() => a.mention("ana", "connectors", "help")));
  const { channel: launch } = await a.mention("ben", "launch", "help");
  const posted = () => world.front.callsTo("chat.postMessage");
  await until("four answers", () => posted().length === 4);
  const times = posted().flatMap(({ body, at }) => (body.channel === busy[0]?.channel ? [at] : []));
  expect(times).toHaveLength(3);
  for (const [index, at] of times.slice(1).entries()) expect(at - (times[index] ?? 0)).toBeGreaterThan(850);
  expect(posted().findIndex(({ body }) => body.channel === launch)).toBeLessThan(3);
});

test("an answer of Slack's that was lost leads to one message more, and to no other change", async () => {
  const { a, world, remindAt } = await goLiveWithReminder();
  world.front.next("chat.postMessage", "lose the answer");
  const { sent } = await remindAt(DUE);
  expect(sent).toBe(1);
  // Slack knows no way to say "this one again": it can't be told whether the first was posted.
  expect(await a.history("connectors")).toHaveLength(2);
  expect(await remindAt("2026-11-05T09:40")).toMatchObject({ sent: 0 });
});

test("with a token that Slack does not take nothing starts", async () => {
  const world = await openSlackWorld();
  world.front.refuse(world.a.bot.token, "invalid_auth");
  const refused = await goLive({ way: "token", inside: world }).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(SlackFailure);
  expect(refused).toMatchObject({ code: "invalid_auth", refused: { kind: "never" } });
});

test("without Slack it starts, and a reminder waits until Slack is there", async () => {
  const world = await openSlackWorld({ scopes: SCOPES });
  const { a, front } = world;
  front.next("auth.test", "hang up", 1000);
  const { clock, messenger } = await goLive({ way: "token", inside: world });
  const channel = await a.channel("connectors");
  const to = mintAddress({ tenant: a.team as WorkspaceId, channel, person: a.user("ana") });
  const send = () =>
    messenger.send(to, { headline: ["Due"], title: "Due", blocks: [], audience: "everyone" }, "r1");
  expect(await send()).toEqual({ kind: "later", retryAfter: 60_000 });
  front.clear();
  clock.set(clock.now().plus(60_000));
  expect(await send()).toEqual({ kind: "sent" });
});
