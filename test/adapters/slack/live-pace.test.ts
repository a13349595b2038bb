import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { mintAddress } from "../../../adapters/slack/address.ts";
import type { WorkspaceId } from "../../../src/incoming.ts";
import { makeFolder } from "../../store/folder.ts";
import { noteKept } from "../kept.ts";
import { replyOf } from "../sample-reply.ts";
import { goLive, goLiveInBoth, mention, type Options } from "./live.ts";
import { wordsOf } from "./world/slack-world.ts";

const NOTE = "can't be written to any more, so its reminders come to you";
const limited = (seconds: number) => ({
  status: 429,
  headers: { "retry-after": `${seconds}` },
  body: { ok: false },
});
const refusal = (error: string) => ({ body: { ok: false, error } });

const REMINDER = replyOf({ kind: "text", spans: ["The certification report may be there."] });

/** Installed; what is sent into a channel goes for ana. */
async function goLiveSending(options: Options = {}) {
  const live = await goLiveInBoth(options);
  const { a, world } = live;
  const posted = () => world.front.callsTo("chat.postMessage");
  const addressIn = async (channel: string) =>
    mintAddress({ tenant: a.team as WorkspaceId, channel: await a.channel(channel), person: a.user("ana") });
  return { ...live, posted, addressIn, where: await addressIn("connectors") };
}

/** The same, and a second process on the same file. */
async function goLiveTwice() {
  const data = join(makeFolder(), "shepherd.db");
  const first = await goLiveSending({ data });
  const second = await goLive({ data, inside: first.world });
  second.clock.shift = first.clock.shift;
  return { ...first, second };
}

test("two processes put no more than one message a second into a channel together", async () => {
  const { messenger, second, where, posted } = await goLiveTwice();
  const sending = [1, 2, 3, 4].map((n) =>
    (n % 2 ? messenger : second.messenger).send(where, REMINDER, `r${n}`),
  );
  expect(await Promise.all(sending)).toEqual(Array(4).fill({ kind: "sent" }));
  const times = posted().map(({ at }) => at);
  expect(times).toHaveLength(4);
  // Each process for itself would be through after one second.
  expect((times[3] ?? 0) - (times[0] ?? 0)).toBeGreaterThan(2500);
});

test("when Slack asks to leave a channel alone, another process does too, and operators see it", async () => {
  const { messenger, second, where, addressIn, world, posted, metered } = await goLiveTwice();
  world.front.next("chat.postMessage", limited(4));
  expect(await messenger.send(where, REMINDER, "r1")).toEqual({ kind: "later", retryAfter: 4000 });
  const held = posted().at(-1)?.at ?? 0;
  expect(metered).toEqual(["limited by slack"]);
  const [there, elsewhere] = await Promise.all([
    second.messenger.send(where, REMINDER, "r1"),
    second.messenger.send(await addressIn("launch"), REMINDER, "r2"),
  ]);
  expect([there, elsewhere]).toEqual([{ kind: "sent" }, { kind: "sent" }]);
  const [, first, last] = posted().map(({ at }) => at - held);
  expect(first).toBeLessThan(2000);
  expect(last).toBeGreaterThan(3900);
});

test.each([
  ["asks for more time than a channel needs", limited(90), 1, 90_000],
  ["does not answer", "hang up" as const, 3, 60_000],
])("when Slack %s, no process tries for that workspace until then", async (_what, trouble, times, wait) => {
  const { messenger, second, where, addressIn, world, posted, b } = await goLiveTwice();
  world.front.next("chat.postMessage", trouble, times, ({ team }) => team !== b.team);
  const launch = await addressIn("launch");
  expect(await messenger.send(where, REMINDER, "r1")).toEqual({ kind: "later", retryAfter: wait });
  const before = posted().length;
  for (const other of [messenger, second.messenger]) {
    const delivery = await other.send(launch, REMINDER, "r2");
    expect(delivery).toMatchObject({ kind: "later" });
    const { retryAfter = 0 } = delivery as { retryAfter?: number };
    expect(retryAfter).toBeGreaterThan(wait - 5000);
    expect(retryAfter).toBeLessThanOrEqual(wait);
  }
  expect(posted()).toHaveLength(before);
  const elsewhere = {
    tenant: b.team as WorkspaceId,
    channel: await b.channel("launch"),
    person: b.user("cleo"),
  };
  expect(await second.messenger.send(mintAddress(elsewhere), REMINDER, "r3")).toEqual({ kind: "sent" });
});

test("a reminder that would wait longer than ten seconds is left for later, and none waits in the way of the others", async () => {
  const { messenger, where, addressIn, posted } = await goLiveSending();
  const launch = await addressIn("launch");
  const sending = Array.from({ length: 14 }, (_, n) => messenger.send(where, REMINDER, `r${n}`));
  const began = performance.now();
  expect(await messenger.send(launch, REMINDER, "other")).toEqual({ kind: "sent" });
  expect(performance.now() - began).toBeLessThan(2000);
  const deliveries = await Promise.all(sending);
  expect(deliveries.slice(0, 10)).toEqual(Array(10).fill({ kind: "sent" }));
  expect(deliveries.at(-1)).toEqual({ kind: "later", retryAfter: expect.any(Number) });
  expect(posted().length).toBeLessThan(13);
});

test("when everything is stopped, what waits is left for later at once, and not sent", async () => {
  const { messenger, where, posted, until } = await goLiveSending();
  const stop = new AbortController();
  const way = { stopping: stop.signal, noted: Promise.resolve() };
  const sending = [1, 2, 3].map((n) => messenger.send(where, REMINDER, `r${n}`, way));
  await until("the first", () => posted().length === 1);
  const began = performance.now();
  stop.abort();
  expect(await Promise.all(sending)).toEqual([
    { kind: "sent" },
    { kind: "later", retryAfter: 0 },
    { kind: "later", retryAfter: 0 },
  ]);
  expect(performance.now() - began).toBeLessThan(500);
  expect(await messenger.send(where, REMINDER, "r4", way)).toEqual({ kind: "later", retryAfter: 0 });
  expect(posted()).toHaveLength(1);
});

test("while the store is down answers still come, no faster than Slack takes them", async () => {
  const kept = noteKept();
  const { a, posted } = await goLiveSending({
    throughTurnstile: (turnstile) => kept.throughTurnstile(turnstile),
  });
  kept.fails = true;
  const asked = [1, 2, 3].map(() => mention(a, "ana", "connectors", "help"));
  for (const answer of await Promise.all(asked)) expect(wordsOf(answer)).toContain("Say a command");
  const times = posted().map(({ at }) => at);
  for (const [n, at] of times.slice(1).entries()) expect(at - (times[n] ?? 0)).toBeGreaterThan(900);
  expect(kept.asked.filter((one) => one.startsWith("take")).length).toBe(1);
});

test("what Slack refuses for good in a channel goes to its owner, who is told once why", async () => {
  const { a, messenger, where, world, logged } = await goLiveSending();
  const channel = await a.channel("connectors");
  const refused = refusal("restricted_action_thread_only_channel");
  world.front.next("chat.postMessage", refused, 9, ({ body }) => body.channel === channel);
  expect(await messenger.send(where, REMINDER, "r1")).toEqual({ kind: "sent" });
  expect(await messenger.send(where, REMINDER, "r2")).toEqual({ kind: "sent" });
  const told = (await a.directMessages("ana")).map(wordsOf);
  expect(told).toEqual([expect.stringContaining(NOTE), expect.not.stringContaining(NOTE)]);
  expect(logged.filter(({ facts }) => facts.includes("thread_only"))).toHaveLength(2);
});

test("with the owner's chat refused as well it is never sent, and the reason is told once that is over", async () => {
  const { a, messenger, where, world } = await goLiveSending();
  const channel = await a.channel("connectors");
  world.front.next("chat.postMessage", refusal("is_archived"), 9, ({ body }) => body.channel === channel);
  world.front.next(
    "chat.postMessage",
    refusal("messages_tab_disabled"),
    1,
    ({ body }) => body.channel !== channel,
  );
  expect(await messenger.send(where, REMINDER, "r1")).toEqual({
    kind: "never",
    why: "messages_tab_disabled",
  });
  expect(await messenger.send(where, REMINDER, "r2")).toEqual({ kind: "sent" });
  expect((await a.directMessages("ana")).map(wordsOf)).toEqual([expect.stringContaining(NOTE)]);
});

test("a channel that is open again and closed again: the owner is told again", async () => {
  const { a, clock, messenger, where, world } = await goLiveSending();
  const channel = await a.channel("connectors");
  const close = (times: number) =>
    world.front.next(
      "chat.postMessage",
      refusal("not_in_channel"),
      times,
      ({ body }) => body.channel === channel,
    );
  close(1);
  for (const id of ["r1", "r2"]) await messenger.send(where, REMINDER, id);
  clock.shift += 60_000;
  close(1);
  await messenger.send(where, REMINDER, "r3");
  expect(await a.history("connectors")).toHaveLength(1);
  const told = (await a.directMessages("ana")).map(wordsOf);
  expect(told).toEqual([expect.stringContaining(NOTE), expect.stringContaining(NOTE)]);
});

test("once Slack has a reminder nothing more is waited for: it counts as sent while what is kept hangs", async () => {
  const kept = noteKept();
  const { a, clock, messenger, where, world } = await goLiveSending({ throughShelf: kept.throughShelf });
  const channel = await a.channel("connectors");
  world.front.next("chat.postMessage", refusal("is_archived"), 1, ({ body }) => body.channel === channel);
  await messenger.send(where, REMINDER, "r1");
  // It was closed, and is open again, which is to be noted.
  clock.shift += 60_000;
  const hanging = world.front.callsTo("chat.postMessage").length;
  const timer = setInterval(() => {
    if (world.front.callsTo("chat.postMessage").length > hanging) kept.hangs = true;
  }, 1);
  onTestFinished(() => clearInterval(timer));
  world.front.next("chat.postMessage", { delayMs: 200 });
  expect(await messenger.send(where, REMINDER, "r2")).toEqual({ kind: "sent" });
  expect(kept.asked.at(-1)).toBe(`delete closed/${channel}`);
  kept.hangs = false;
});

test("a reminder asks little of the store, and the next one in its channel only for its turn", async () => {
  const kept = noteKept();
  const { a, messenger, where } = await goLiveSending(kept);
  const channel = await a.channel("connectors");
  const asked = async (id: string) => {
    const all = await kept.during(() => messenger.send(where, REMINDER, id));
    // Who has the Home open is looked up afterwards, for many reminders once.
    return all.filter((one) => one !== "get viewers").toSorted();
  };
  expect(await asked("r1")).toEqual([
    `get channel/${channel}`,
    `get closed/${channel}`,
    "get installation",
    "get revoked",
    `set channel/${channel}`,
    ...["take", "take"],
  ]);
  expect(await asked("r2")).toEqual(["take"]);
});

test("a reminder carries its id, by which an operator tells whether it came twice", async () => {
  const { messenger, where, posted } = await goLiveSending();
  await messenger.send(where, REMINDER, "a connector/link-expires/48");
  expect(posted()[0]?.body.metadata).toEqual({
    event_type: "connector_shepherd_reminder",
    event_payload: { reminder: "a connector/link-expires/48" },
  });
  expect(posted()[0]?.body.client_msg_id).toBeUndefined();
});
