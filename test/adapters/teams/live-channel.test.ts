import { describe, expect, test } from "vitest";
import { asked, goLiveInTwo, said } from "./live.ts";
import type { Activity } from "./world/activities.ts";
import type { Conversation } from "./world/places.ts";
import { buttonsOf } from "./world/teams-world.ts";
import type { Call } from "./world/troubles.ts";

const HINT = "In a channel or group chat, begin with @Connector Shepherd.";

/** What all read. */
const publicly = ({ fromBot }: Conversation) => fromBot().filter(({ targetedTo }) => !targetedTo);

describe("In a channel", () => {
  test("a mention is answered in its thread, for all of that tenant", async () => {
    const live = await goLiveInTwo();
    const { a, b, followed } = live;
    const other = await asked(live, b.someone, b.channel, "track Zebra");
    const { message: post } = await a.someone.says("Our connectors", { in: a.channel, mentions: 0 });
    const tracked = await said(live, a.someone, "track Contoso CRM", { in: a.channel, thread: post });
    expect(tracked).toMatchObject({ thread: post.id });
    expect(tracked.targetedTo).toBeUndefined();
    expect(a.other.last(a.channel, { thread: post }).id).toBe(tracked.id);
    const status = await asked(live, a.other, a.channel, "status contoso");
    expect(status.thread).not.toBe(post.id);
    expect(publicly(b.channel).map(({ id }) => id)).toEqual([other.id]);
    expect(await followed(a)).toMatchObject([{ name: "Contoso CRM", setting: "shared" }]);
    expect(JSON.stringify(b.channel.messages)).not.toContain("Contoso");
  });

  test("mentions of the bot are no words, wherever they stand, and a mention alone is a greeting", async () => {
    const live = await goLiveInTwo();
    const { a, followed } = live;
    const greeted = await said(live, a.someone, "", { in: a.channel, mentions: 2 });
    expect(greeted.summary).toContain("Hello. Which connector shall I follow?");
    expect(a.someone.reads(greeted)).toContain(HINT);
    await said(live, a.someone, "track Contoso CRM", { in: a.channel, mentions: 3 });
    const typed =
      "<at>Connector Shepherd</at>&nbsp;track&nbsp;&nbsp;Litware<at>Connector Shepherd</at>Maps &nbsp;";
    await said(live, a.someone, "", { in: a.channel, typed });
    expect((await followed(a)).map(({ name }) => name).toSorted()).toEqual(["Contoso CRM", "Litware Maps"]);
  });

  test("other people's names, and signs that Teams writes as entities, are what was typed", async () => {
    const live = await goLiveInTwo();
    const { a, followed } = live;
    const names = ['R&D <one> "two"', "&lt;b&gt;", "Bob of contoso's", "a * b_c [d](e)"];
    for (const name of names) {
      const also = name.includes(a.other.name) ? [a.other] : [];
      const answer = await said(live, a.someone, `track ${name}`, { in: a.group, also });
      expect(a.other.reads(answer)).toContain(`Now following ${name},`);
    }
    expect((await followed(a)).map(({ name }) => name).toSorted()).toEqual(names.toSorted());
  });

  test("of what is only read, the way to speak to it here is told", async () => {
    const live = await goLiveInTwo();
    const { a, b } = live;
    for (const where of [a.channel, a.group]) {
      expect(a.other.reads(await asked(live, a.other, where, "help"))).toContain(HINT);
      expect(a.other.reads(await asked(live, a.other, where, "stauts x"))).toContain(HINT);
    }
    expect(b.other.reads(await asked(live, b.other, undefined, "help"))).not.toContain(HINT);
  });

  test("an edit, a deletion, a reaction, typing, a newcomer and other bots are left alone", async () => {
    const live = await goLiveInTwo();
    const { a, b, world, followed } = live;
    const { message } = await a.someone.says("track Contoso CRM", { in: a.channel });
    const tracked = await world.until(() => a.someone.last(a.channel));
    const before = world.calls.length;
    const fromBot = world.activity.message({ from: a.someone, in: a.channel, text: "track Nothing" });
    Object.assign(fromBot.from, { id: "28:another-bot" });
    const statuses = [
      await a.someone.edits(message, "track Edited"),
      await a.other.reacts(tracked, "heart"),
      await a.other.reacts(tracked, "heart", { isRemoved: true }),
      await a.other.types(a.channel),
      await world.addsMember(a.team, a.other),
      await world.post(fromBot),
      await a.someone.deletes(message),
    ];
    expect(statuses.map(({ status }) => status)).toEqual(Array(7).fill(200));
    await asked(live, b.someone, b.channel, "hi");
    expect(world.calls).toHaveLength(before + 1);
    expect((await followed(a)).map(({ name }) => name)).toEqual(["Contoso CRM"]);
  });
});

/** What is asked, and of what the answer tells. */
const PRIVATE: [line: string, answer: string][] = [
  ["export", "Everything kept for this workspace"],
  ["forget", "Delete everything kept for this workspace"],
  ["my key is ghp_0123456789abcdefghijABCDEFGHIJ012345", "what looks like a GitHub token"],
  [
    "done contoso https://contoso.blob.core.windows.net/p/p.zip?se=2027-03-01&sig=abcdefgh%2BijklmnopQRSTUV%3D",
    "Give the package's SAS URI: https://contoso.blob.core.windows.net/p/p.zip, valid until",
  ],
];

describe("What is private, asked in a channel or a group chat", () => {
  test.each(PRIVATE)("%s: is answered for the person alone", async (line, begins) => {
    const live = await goLiveInTwo();
    const { a, b } = live;
    for (const where of [a.channel, a.group]) {
      const before = await asked(live, a.someone, where, "track Contoso CRM");
      const answer = await asked(live, a.someone, where, line);
      expect(answer.targetedTo).toBe(a.someone.id);
      expect(answer.summary).toContain(begins);
      expect(a.other.last(where).id).toBe(before.id);
    }
    expect(a.someone.sees()).toEqual([]);
    expect(b.channel.messages).toEqual([]);
    expect(JSON.stringify([live.logged, await live.followed(a)])).not.toMatch(/ghp_|QRSTUV/);
    expect(JSON.stringify(live.world.calls.map(({ body }) => body))).not.toMatch(/ghp_|QRSTUV/);
  });

  test.each([
    ["channel", 403],
    ["channel", 400],
    ["group", 403],
    ["group", 405],
  ] as const)("goes to their own chat where the %s refuses it with %i", async (kind, status) => {
    const live = await goLiveInTwo();
    const { a, b, world } = live;
    const where = a[kind];
    const fits = ({ query }: Call) => query.isTargetedActivity === "true";
    world.trouble(where, { status, times: Number.POSITIVE_INFINITY, fits });
    await a.someone.says("export", { in: where });
    const answer = await world.until(() => a.someone.last());
    expect(answer.summary).toBe("Everything kept for this workspace is in this file, as JSON.");
    expect(buttonsOf(answer.card)).toContain("JSON file");
    await a.other.says("forget", { in: where });
    await world.until(() => a.other.last().summary.startsWith("Delete everything"));
    const told = "The answer is for you alone, so it is in our chat.";
    await world.until(() => where.fromBot().length === 2);
    expect(where.fromBot().map(({ summary }) => summary)).toEqual([told, told]);
    expect(a.someone.sees()).toHaveLength(1);
    expect(b.someone.sees()).toEqual([]);
  });

  test("says that it can't be told here, where there is no chat either, and nothing of it", async () => {
    const { a, world } = await goLiveInTwo();
    const fits = ({ query, path }: Call) =>
      query.isTargetedActivity === "true" || path.endsWith("/v3/conversations");
    world.trouble("all", { status: 403, times: Number.POSITIVE_INFINITY, fits });
    await a.someone.says("export", { in: a.channel });
    const told = await world.until(() => a.other.last(a.channel));
    expect(told.summary).toMatch(
      /^The answer is for you alone, and I can't put it before you here: open a chat/,
    );
    expect(JSON.stringify(told.card)).not.toContain("kept");
    expect(a.someone.sees()).toEqual([]);
  });
});

/** The channel is shared with other organisations. */
function shared(activity: Activity): void {
  Object.assign(activity.channelData, {
    channel: { id: activity.channelData.teamsChannelId, type: "shared" },
  });
}

/** Cleo of the other tenant is in a channel of this one, in which a card was shown before it was shared. */
async function goLiveShared() {
  const live = await goLiveInTwo();
  const { a, b, world, followed } = live;
  await asked(live, a.someone, a.channel, "track Contoso CRM", "mark contoso submitted");
  const card = await asked(live, a.someone, a.channel, "status contoso");
  a.tenant.people.set(b.someone.name, b.someone);
  const guest = b.someone;
  const kept = JSON.stringify(await followed(a));
  const isUntouched = async () => JSON.stringify(await followed(a)) === kept;
  const asksForMember = () => world.calls.filter(({ method }) => method === "GET");
  return { live, card, guest, isUntouched, asksForMember, inShared: { in: a.channel, change: shared } };
}

const REFUSED = "I answer the members of the workspace I am installed in; nothing was read or changed.";

describe("In a channel that is shared with other organisations", () => {
  test("answers go to who asks alone, and buttons work for them alone", async () => {
    const { live, card, guest, inShared } = await goLiveShared();
    const { a, followed } = live;
    const before = publicly(a.channel).length;
    const status = await said(live, a.other, "status contoso", inShared);
    expect(status.targetedTo).toBe(a.other.id);
    await a.other.presses(status, "Forecast", { change: shared });
    expect(a.other.last(a.channel).summary).toContain("General availability between");
    await a.someone.presses(card, "Report passed", { change: shared });
    expect(a.someone.reads(card)).toContain("Stages · 4 of 9: Testing");
    expect((await followed(a))[0]?.moves).toHaveLength(2);
    expect(publicly(a.channel)).toHaveLength(before);
    expect(guest.sees(a.channel).filter(({ targetedTo }) => targetedTo)).toEqual([]);
    expect(guest.reads(card)).toContain("Stages · 3 of 9: Review");
  });

  test("people of another tenant are refused, whatever they say or press", async () => {
    const { live, card, guest, isUntouched, asksForMember, inShared } = await goLiveShared();
    const { a, b, followed } = live;
    for (const line of ["status contoso", "list", "track Third", "export", "mark contoso report-passed"]) {
      const answer = await said(live, guest, line, inShared);
      expect(answer).toMatchObject({ summary: REFUSED, targetedTo: guest.id });
    }
    await guest.presses(card, "Report passed", { change: shared });
    await guest.presses(card, "Report passed", { change: shared, as: "submit" });
    await guest.presses(card, "Forecast", { change: shared });
    expect(guest.reads(guest.last(a.channel))).toContain(REFUSED);
    expect(guest.toasts).toEqual(Array(2).fill("The answer is for you alone, below."));
    expect(asksForMember().map(({ path }) => decodeURIComponent(path))).toEqual([
      `/emea/v3/conversations/${a.channel.id}/members/${guest.id}`,
    ]);
    expect(await isUntouched()).toBe(true);
    expect(await followed(b)).toEqual([]);
  });

  test("of whom nothing is known is nobody's member, and hears nothing", async () => {
    const { live, isUntouched } = await goLiveShared();
    const { a, world } = live;
    const from = world.tenant("northwind").person("Nick of northwind");
    const stranger = world.activity.message({ from, in: a.channel, text: "track Third" });
    shared(stranger);
    expect((await world.post(stranger)).status).toBe(200);
    await world.until(() => world.calls.at(-1)?.status === 403);
    expect(from.sees()).toEqual([]);
    expect(await isUntouched()).toBe(true);
  });

  test("nothing is done for anyone while it can't be known who they are, and then it is", async () => {
    const { live, card, isUntouched } = await goLiveShared();
    const { a, world, followed } = live;
    const fits = ({ method }: Call) => method === "GET";
    world.trouble(a.channel, { status: 500, fits });
    await a.other.presses(card, "Report passed", { change: shared });
    expect(a.other.toasts).toEqual([
      "That did not work just now, and nothing was shown: try again in a minute.",
    ]);
    expect(await isUntouched()).toBe(true);
    await a.other.presses(card, "Report passed", { change: shared });
    expect((await followed(a))[0]?.moves).toHaveLength(2);
  });
});
