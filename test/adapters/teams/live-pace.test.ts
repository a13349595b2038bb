import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { mintAddress, readAddress } from "../../../adapters/teams/address.ts";
import { makeFolder } from "../../store/folder.ts";
import { noteKept } from "../kept.ts";
import { replyOf } from "../sample-reply.ts";
import { asked, goLive, goLiveInTwo, type Options } from "./live.ts";
import type { Conversation } from "./world/places.ts";

const NOTE = "can't be written to any more, so its reminders come to you";
const REMINDER = replyOf({ kind: "text", spans: ["The certification report may be there."] });
const SENT = { kind: "sent" };

/** A connector was tracked in the channel, so that we know the address; what is sent there goes for Ana. */
async function goLiveSending(options: Options = {}) {
  const live = await goLiveInTwo(options);
  const { a, b, world } = live;
  const addressIn = async (company: typeof a, where: Conversation | undefined, name: string) => {
    await asked(live, company.someone, where, `track ${name}`);
    const found = (await live.followed(company)).find((one) => one.name === name);
    if (!found) throw new Error("it is not followed");
    return found.where;
  };
  const where = await addressIn(a, a.channel, "Contoso CRM");
  const group = await addressIn(a, a.group, "Adatum ERP");
  const elsewhere = await addressIn(b, b.channel, "Wingtip Toys");
  const before = world.calls.length;
  /** Messages of ours since then. */
  const callsTo = (place: Conversation) =>
    world.callsTo(place).filter((call) => world.calls.indexOf(call) >= before);
  return { ...live, where, group, elsewhere, callsTo, ana: a.someone };
}

/** The same, and a second process on the same file. */
async function goLiveTwice() {
  const data = join(makeFolder(), "shepherd.db");
  const first = await goLiveSending({ data });
  const second = await goLive({ data, inside: first.world });
  second.clock.shift = first.clock.shift;
  return { ...first, second };
}

test("two processes put no more into a conversation together than Teams takes", async () => {
  const { a, world, messenger, second, group, callsTo } = await goLiveTwice();
  world.enforceThrottle();
  const sending = Array.from({ length: 12 }, (_, n) =>
    (n % 2 ? messenger : second.messenger).send(group, REMINDER, `r${n}`),
  );
  expect(await Promise.all(sending)).toEqual(Array(12).fill(SENT));
  expect(callsTo(a.group).map(({ status }) => status)).toEqual(Array(12).fill(201));
});

test("when Teams asks to leave a conversation alone, another process does too, and operators see it", async () => {
  const { a, world, messenger, second, group, where, metered, callsTo } = await goLiveTwice();
  world.trouble(a.group, { status: 429, retryAfter: 3 });
  expect(await messenger.send(group, REMINDER, "r1")).toEqual({ kind: "later", retryAfter: 3000 });
  expect(metered).toEqual(["limited by teams"]);
  const began = performance.now();
  const there = second.messenger.send(group, REMINDER, "r1");
  expect(await second.messenger.send(where, REMINDER, "r2")).toEqual(SENT);
  expect(performance.now() - began).toBeLessThan(2000);
  expect(await there).toEqual(SENT);
  const [refused, taken, ...more] = callsTo(a.group);
  expect((taken?.at ?? 0) - (refused?.at ?? 0)).toBeGreaterThan(2900);
  expect(more).toEqual([]);
});

test("when Teams can't be reached, no process tries for that tenant for a minute, and for others it does", async () => {
  const { world, messenger, second, group, where, elsewhere, a } = await goLiveTwice();
  world.trouble(a.channel, { dropConnection: true });
  expect(await messenger.send(where, REMINDER, "r1")).toEqual({ kind: "later", retryAfter: 60_000 });
  const before = world.calls.length;
  for (const other of [messenger, second.messenger]) {
    const delivery = await other.send(group, REMINDER, "r2");
    expect(delivery).toMatchObject({ kind: "later" });
    expect("retryAfter" in delivery && delivery.retryAfter).toBeGreaterThan(55_000);
  }
  expect(world.calls).toHaveLength(before);
  expect(await second.messenger.send(elsewhere, REMINDER, "r3")).toEqual(SENT);
});

test("when everything is stopped, what waits is left for later at once, and not sent", async () => {
  const { a, world, messenger, group, callsTo } = await goLiveSending();
  const stop = new AbortController();
  const way = { stopping: stop.signal, noted: Promise.resolve() };
  const sending = Array.from({ length: 9 }, (_, n) => messenger.send(group, REMINDER, `r${n}`, way));
  await world.until(() => callsTo(a.group).filter(({ status }) => status === 201).length >= 4);
  const began = performance.now();
  stop.abort();
  const deliveries = await Promise.all(sending);
  expect(performance.now() - began).toBeLessThan(500);
  const sent = deliveries.filter(({ kind }) => kind === "sent").length;
  expect(callsTo(a.group)).toHaveLength(sent);
  expect(deliveries.filter(({ kind }) => kind === "later")).toEqual(
    Array(9 - sent).fill({ kind: "later", retryAfter: 0 }),
  );
  expect(sent).toBeLessThan(9);
});

test("what Teams refuses for good in a channel goes to its owner, who is told once why", async () => {
  const { a, ana, world, messenger, where, logged, callsTo } = await goLiveSending();
  world.trouble(a.channel, { status: 400, code: "BadSyntax", times: Infinity });
  for (const id of ["r1", "r2"]) expect(await messenger.send(where, REMINDER, id)).toEqual(SENT);
  const told = ana
    .sees()
    .map((one) => ana.reads(one))
    .filter((text) => text.includes("certification report"));
  expect(told).toEqual([expect.stringContaining(NOTE), expect.not.stringContaining(NOTE)]);
  // It is this message that was refused: another may be taken.
  expect(callsTo(a.channel)).toHaveLength(2);
  expect(logged.filter(({ facts }) => facts.includes("BadSyntax"))).toHaveLength(2);
});

test("with the owner's chat refused as well it is never sent", async () => {
  const { a, world, messenger, where } = await goLiveSending();
  world.trouble(a.channel, { status: 400, code: "BadSyntax", times: Infinity });
  world.trouble(a.someone.chat, { status: 400, code: "BadSyntax", times: Infinity });
  expect(await messenger.send(where, REMINDER, "r1")).toEqual({ kind: "never", why: "BadSyntax" });
});

test("once Teams has a reminder nothing more is waited for: it counts as sent while what is kept hangs", async () => {
  const kept = noteKept();
  const live = await goLiveSending({ throughShelf: kept.throughShelf });
  const { a, ana, world, messenger, where } = live;
  await asked(live, ana, undefined, "help");
  world.trouble(a.channel, { status: 404 });
  const before = world.callsTo(ana.chat).length;
  const timer = setInterval(() => {
    if (world.callsTo(ana.chat).length > before) kept.hangs = true;
  }, 1);
  onTestFinished(() => clearInterval(timer));
  world.trouble(ana.chat, { delayMs: 200 });
  expect(await messenger.send(where, REMINDER, "r1")).toEqual(SENT);
  kept.hangs = false;
});

test("a reminder asks little of the store, and the next one in its conversation only for its turns", async () => {
  const kept = noteKept();
  const { a, messenger, where, clock } = await goLiveSending(kept);
  clock.shift += 60_000;
  const place = readAddress(where);
  if (!place) throw new Error("no address");
  const turns = ["take", "take", "take"];
  const looks = [
    `get added/${place.scope}`,
    `get closed/${place.conversation}`,
    `get closed/${a.channel.id}`,
  ];
  const send = async (id: string) =>
    (await kept.during(() => messenger.send(where, REMINDER, id))).toSorted();
  expect(await send("r1")).toEqual([...looks, "take", ...turns].toSorted());
  expect(await send("r2")).toEqual(turns);
  // In the chat with its owner the chat's id is looked up.
  const own = mintAddress({ ...place, conversation: place.person, isDirect: true });
  await messenger.send(own, REMINDER, "r3");
  const [first, ...others] = await kept.during(() => messenger.send(own, REMINDER, "r4"));
  expect(first).toBe(`get chat/${place.person}`);
  expect(others).toEqual(turns);
});
