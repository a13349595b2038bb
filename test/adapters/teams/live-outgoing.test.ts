import { join } from "node:path";
import { expect, test } from "vitest";
import { makeFolder } from "../../store/folder.ts";
import { asked, goLive, goLiveInTwo, type Live } from "./live.ts";
import type { Person } from "./world/person.ts";
import type { Conversation, Message } from "./world/places.ts";
import type { Trouble } from "./world/troubles.ts";

/** Submitted on Tuesday at 9:15; reminded of the report on Wednesday and on Thursday. */
const [WEDNESDAY, THURSDAY] = ["2026-11-04T09:16", "2026-11-05T09:16"];
const NOTE = "can't be written to any more, so its reminders come to you";

const GONE: [string, Trouble][] = [
  ["gone", { status: 404 }],
  ["closed to what we write", { status: 403, code: "MessageWritesBlocked" }],
  ["one that we were taken out of", { status: 403, code: "BotNotInConversationRoster" }],
];

async function goLiveWithReminder(
  where: (live: Awaited<ReturnType<typeof goLiveInTwo>>) => Conversation,
  data = ":memory:",
) {
  const live = await goLiveInTwo({ data });
  const place = where(live);
  const ana = live.a.someone;
  await submit(live, ana, place, "Contoso CRM");
  const callsThere = () => live.world.callsTo(place).length;
  return { ...live, live, ana, place, callsThere, before: callsThere() };
}

async function submit(live: Live, person: Person, where: Conversation, name: string): Promise<void> {
  await asked(live, person, where, `track ${name}`, `mark ${name} submitted`);
}

const remindersIn = (person: Person, where?: Conversation): Message[] =>
  person
    .sees(where)
    .filter(({ isFromBot, summary }) => isFromBot && /: the certification report (?:may|is)/.test(summary));

const errorsOf = ({ logged }: Pick<Live, "logged">) => logged.filter(({ level }) => level === "error");

test.each(GONE)(
  "a channel that is %s: its owner is told in their chat, why only once, and it is not asked again",
  async (_, trouble) => {
    const live = await goLiveWithReminder(({ a }) => a.channel);
    const { a, b, world, ana, remindAt, callsThere, before } = live;
    world.trouble(a.channel, { ...trouble, times: Infinity });
    expect(await remindAt(WEDNESDAY)).toMatchObject({ sent: 1, later: 0, never: 0 });
    expect(callsThere()).toBe(before + 1);
    expect(remindersIn(ana).map(ana.reads)).toEqual([expect.stringContaining(NOTE)]);
    expect(errorsOf(live)).toMatchObject([{ message: expect.stringContaining("a conversation is closed") }]);
    expect(await remindAt(THURSDAY)).toMatchObject({ sent: 1, later: 0, never: 0 });
    expect(callsThere()).toBe(before + 1);
    const [, second, ...none] = remindersIn(ana);
    expect(ana.reads(second as Message)).toContain("the certification report is due");
    expect(ana.reads(second as Message)).not.toContain(NOTE);
    expect(none).toEqual([]);
    expect([...remindersIn(a.other), ...remindersIn(b.someone)]).toEqual([]);
    expect(errorsOf(live)).toHaveLength(1);
  },
);

test("a conversation that was closed is open again once someone speaks there", async () => {
  const { a, world, ana, live, remindAt, callsThere } = await goLiveWithReminder(({ a }) => a.group);
  world.trouble(a.group, { status: 403 });
  await remindAt(WEDNESDAY);
  expect(remindersIn(ana)).toHaveLength(1);
  await asked(live, a.other, a.group, "help");
  const calls = callsThere();
  expect(await remindAt(THURSDAY)).toMatchObject({ sent: 1 });
  expect(callsThere()).toBe(calls + 1);
  expect(remindersIn(ana, a.group)).toMatchObject([{ summary: expect.stringContaining("is due") }]);
  expect(remindersIn(ana)).toHaveLength(1);
});

test("a team from which the app was removed and to which it came back gets its reminders again", async () => {
  const { a, world, ana, live, remindAt } = await goLiveWithReminder(({ a }) => a.channel);
  await asked(live, ana, undefined, "help");
  await world.uninstalls(a.team, ana);
  await remindAt(WEDNESDAY);
  expect(remindersIn(ana).map(ana.reads)).toEqual([expect.stringContaining(NOTE)]);
  await world.installs(a.team, ana);
  await world.until(() => ana.last(a.team.general), "the welcome");
  await remindAt(THURSDAY);
  expect(remindersIn(ana, a.channel)).toMatchObject([{ summary: expect.stringContaining("is due") }]);
});

test("the reason is told also when the owner could not be reached at first", async () => {
  const { a, world, ana, remindAt } = await goLiveWithReminder(({ a }) => a.group);
  world.trouble(a.group, { status: 404, times: Infinity });
  world.trouble(ana.chat, { status: 502 });
  expect(await remindAt(WEDNESDAY)).toMatchObject({ sent: 0, later: 1, never: 0 });
  expect(await remindAt("2026-11-04T09:20")).toMatchObject({ sent: 1 });
  expect(remindersIn(ana).map(ana.reads)).toEqual([expect.stringContaining(NOTE)]);
});

test("each owner with a connector in a closed conversation is told the reason", async () => {
  const { a, world, ana, live, remindAt } = await goLiveWithReminder(({ a }) => a.group);
  await submit(live, a.other, a.group, "Litware Maps");
  world.trouble(a.group, { status: 404, times: Infinity });
  expect(await remindAt(WEDNESDAY)).toMatchObject({ sent: 2 });
  for (const owner of [ana, a.other])
    expect(remindersIn(owner).map(owner.reads)).toEqual([expect.stringContaining(NOTE)]);
});

test.each(GONE)(
  "a chat that is %s is final: not tried again, not even for the next reminder",
  async (_, trouble) => {
    const live = await goLiveWithReminder(({ a }) => a.someone.chat);
    const { world, ana, remindAt, callsThere, before } = live;
    world.trouble(ana.chat, { ...trouble, times: Infinity });
    expect(await remindAt(WEDNESDAY)).toMatchObject({ sent: 0, later: 0, never: 1 });
    expect(callsThere()).toBe(before + 1);
    expect(errorsOf(live)).toHaveLength(1);
    for (const at of ["09:17", "09:30", "12:00"])
      expect(await remindAt(`2026-11-04T${at}`)).toMatchObject({ sent: 0, later: 0, never: 0 });
    expect(await remindAt(THURSDAY)).toMatchObject({ sent: 0, later: 0, never: 1 });
    expect(callsThere()).toBe(before + 1);
    world.forgetTrouble();
    await asked(live, ana, undefined, "mark contoso report-passed 2026-11-05T09:16");
    expect(await remindAt("2026-11-06T10:00")).toMatchObject({ sent: 1, never: 0 });
  },
);

test("with the owner's chat closed as well nobody is left to be told, and that is final", async () => {
  const { a, world, ana, remindAt, callsThere, before } = await goLiveWithReminder(({ a }) => a.channel);
  world.trouble(a.channel, { status: 404, times: Infinity });
  await world.uninstalls(ana.chat);
  expect(await remindAt(WEDNESDAY)).toMatchObject({ sent: 0, later: 0, never: 1 });
  const calls = world.calls.length;
  expect(await remindAt("2026-11-04T09:30")).toMatchObject({ sent: 0, later: 0, never: 0 });
  expect(world.calls.length).toBe(calls);
  expect(await remindAt(THURSDAY)).toMatchObject({ sent: 0, never: 1 });
  expect(callsThere()).toBe(before + 1);
});

const PASSING: [string, Trouble][] = [
  ["a refusal of our own token", { status: 401 }],
  ["too many messages", { status: 429, retryAfter: 90 }],
  ["two writers at once", { status: 412 }],
  ["an error of its own", { status: 500 }],
  ["a gateway's page", { status: 502, text: "<html>bad gateway</html>" }],
  ["an overload", { status: 503 }],
  ["a gateway's timeout", { status: 504 }],
  ["a connection that is cut", { dropConnection: true }],
];

test.each(PASSING)(
  "after %s a reminder is sent later, once, and not before its time, whoever sends it then",
  async (_, trouble) => {
    const data = join(makeFolder(), "shepherd.db");
    const { a, ana, world, remindAt, callsThere, before, close } = await goLiveWithReminder(
      ({ a }) => a.channel,
      data,
    );
    world.trouble(a.channel, trouble);
    expect(await remindAt(WEDNESDAY)).toMatchObject({ sent: 0, later: 1, never: 0 });
    expect(callsThere()).toBe(before + 1);
    await close();
    // Another process, which remembers nothing but what is in the file.
    const again = await goLive({ data, inside: world });
    const [early, late] = trouble.status === 429 ? ["09:17:25", "09:17:45"] : ["09:16:55", "09:17:15"];
    expect(await again.remindAt(`2026-11-04T${early}`)).toMatchObject({ sent: 0, later: 0, never: 0 });
    expect(callsThere()).toBe(before + 1);
    expect(remindersIn(ana, a.channel)).toEqual([]);
    expect(await again.remindAt(`2026-11-04T${late}`)).toMatchObject({ sent: 1 });
    expect(await again.remindAt("2026-11-04T09:40")).toMatchObject({ sent: 0, later: 0, never: 0 });
    expect(remindersIn(ana, a.channel)).toHaveLength(1);
  },
);

test("one tenant's trouble keeps no other from its reminders, and each of its own is tried", async () => {
  const { a, b, ana, live, world, remindAt } = await goLiveWithReminder(({ a }) => a.channel);
  await submit(live, a.other, a.group, "Litware Maps");
  await submit(live, b.someone, b.channel, "Wingtip Toys");
  world.trouble(a.channel, { status: 429, retryAfter: 20 });
  expect(await remindAt(WEDNESDAY)).toMatchObject({ sent: 2, later: 1, never: 0 });
  expect(remindersIn(b.someone, b.channel)).toHaveLength(1);
  expect(remindersIn(ana, a.group)).toHaveLength(1);
});

test("a call without an answer is given up in time for the others, and those who ask meanwhile are answered", async () => {
  const { a, ana, live, world, remindAt, logged } = await goLiveWithReminder(({ a }) => a.channel);
  for (const name of ["Adatum", "Litware", "Northwind"]) await submit(live, a.other, a.group, name);
  world.trouble("all", { hang: true });
  const began = performance.now();
  expect(await remindAt(WEDNESDAY)).toMatchObject({ sent: 0, later: 4, never: 0 });
  const took = performance.now() - began;
  expect(took).toBeGreaterThan(9_000);
  expect(took).toBeLessThan(20_000);
  expect(logged.filter(({ level }) => level === "error")).toEqual([]);
  expect(ana.reads(await asked(live, ana, undefined, "list"))).toContain("Contoso CRM");
});

test("an answer of Teams' that was lost leads to one message more, and to no other change", async () => {
  const data = join(makeFolder(), "shepherd.db");
  const { a, ana, world, remindAt, close } = await goLiveWithReminder(({ a }) => a.group, data);
  world.trouble(a.group, { loseAnswer: true });
  expect(await remindAt(WEDNESDAY)).toMatchObject({ sent: 0, later: 1 });
  await close();
  const again = await goLive({ data, inside: world });
  expect(await again.remindAt("2026-11-04T09:18")).toMatchObject({ sent: 1 });
  // The Bot Connector knows no way to say "this one again": it can't be told whether the first was posted.
  expect(remindersIn(ana, a.group)).toHaveLength(2);
  expect(await again.remindAt("2026-11-04T09:40")).toMatchObject({ sent: 0, later: 0, never: 0 });
});
