import { expect, test } from "vitest";
import type { WorkspaceId } from "../../../src/incoming.ts";
import { command, goLiveInBoth, mention } from "./live.ts";
import type { Message } from "./world/json.ts";
import { labelsOf, wordsOf } from "./world/slack-world.ts";

const REFUSED = "I answer the members of the workspace I am installed in; nothing was read or changed.";
const WORDS = ["status", "evidence", "mark", "next", "calendar", "untrack", "rename", "forecast"];
const FOREIGN = "T0FOREIGN1";

/** Ana's workspace shares one channel with another organisation, of which Gus is; of Sue only Slack knows that she is a stranger. */
async function goLiveShared() {
  const seed = {
    people: [
      { name: "ana" },
      { name: "ben" },
      { name: "gus", team: FOREIGN },
      { name: "sue", isStranger: true },
    ],
    channels: [
      { name: "connectors" },
      { name: "joint", isExtShared: true },
      ...WORDS.map((word) => ({ name: `about-${word}` })),
    ],
  };
  const live = await goLiveInBoth({ world: { workspaces: { a: seed } } });
  const { a, store, world, until } = live;
  await command(a, "ana", "track Zebra", "mark Zebra submitted");
  const kept = async () => JSON.stringify(await store.list(a.team as WorkspaceId));
  const before = await kept();
  const since = world.front.calls.length;
  /** Nothing was changed, and nothing of ours was sent to anyone. */
  const nothingOfOurs = async () => {
    expect(await kept()).toBe(before);
    const leaks = world.front.calls.slice(since).filter(({ body }) => JSON.stringify(body).includes("Zebra"));
    expect(leaks.map(({ method, body }) => [method, body.user ?? body.user_id ?? body.channel])).toEqual([]);
  };
  /** What the person alone sees, from a number on. */
  const whisper = (who: string, after = 0): Promise<Message> =>
    until(`a whisper to ${who}`, async () => (await a.ephemerals(who))[after]);
  return { ...live, kept, nothingOfOurs, whisper };
}

test.each(["gus", "sue"])(
  "%s, who is of another organisation, is told so alone, whatever is asked",
  async (who) => {
    const { a, until, nothingOfOurs, whisper, logged } = await goLiveShared();
    const lines = ["status Zebra", "list", "track Third", "export", "forget", "settings", "help", "hi"];
    for (const [index, line] of lines.entries()) {
      expect((await command(a, who, line)).text).toContain(REFUSED);
      await a.mention(who, "joint", line);
      expect(wordsOf(await whisper(who, index * 2 + 1))).toContain(REFUSED);
    }
    await a.direct(who, "status Zebra");
    const direct = await until("an answer", async () => (await a.directMessages(who))[1]);
    expect(wordsOf(direct)).toContain(REFUSED);
    await a.openHome(who);
    await command(a, "ben", "help");
    expect(wordsOf(await until("the Home", () => a.home(who)))).toMatch(/^I answer the members/);
    expect((await a.history("joint")).filter(({ user }) => user === a.bot.userId)).toEqual([]);
    await nothingOfOurs();
    expect(logged.filter(({ level }) => level === "error")).toEqual([]);
  },
);

test.each(["gus", "sue"])("a button pressed by %s opens and does nothing, and says why", async (who) => {
  const { a, until, world, clock, kept } = await goLiveShared();
  const before = await kept();
  let pressed = 0;
  // Put there before the channel was shared.
  for (const word of WORDS) {
    const posted = await mention(a, "ana", `about-${word}`, `${word} Zebra`);
    const since = world.front.calls.length;
    for (const label of labelsOf(posted)) {
      const seen = (await a.ephemerals(who)).length;
      await a.click(who, posted, label);
      const told = await until(label, async () => (await a.modal(who)) ?? (await a.ephemerals(who))[seen]);
      expect([label, wordsOf(told)]).toEqual([label, expect.stringContaining(REFUSED)]);
      if (await a.modal(who)) await a.dismiss(who);
      pressed += 1;
    }
    const calls = world.front.calls.slice(since).filter(({ method }) => method !== "users.info");
    expect(calls.map(({ method }) => method)).not.toContain("chat.update");
    expect(calls.filter(({ body }) => JSON.stringify(body).includes("Zebra"))).toEqual([]);
    clock.shift += 60_000;
  }
  expect(pressed).toBeGreaterThan(15);
  expect(await kept()).toBe(before);
});

test("a form that comes from someone of another organisation changes nothing", async () => {
  const { a, until, kept } = await goLiveShared();
  const before = await kept();
  await a.openHome("ben");
  await until("the Home", () => a.home("ben"));
  await a.click("ben", "home", "Track a connector");
  await until("the form", () => a.modal("ben"));
  const user = { id: a.user("gus"), team_id: FOREIGN };
  const sent = await a.submit("ben", { "Name of the connector": "Third" }, { overrides: { user } });
  expect(wordsOf(sent.view)).toContain(REFUSED);
  expect(await kept()).toBe(before);
  expect(wordsOf(await command(a, "ben", "list"))).not.toContain("Third");
});

test("in a channel shared with others, a member is answered alone", async () => {
  const { a, whisper } = await goLiveShared();
  for (const [index, line] of ["status Zebra", "hi", "calendar Zebra"].entries()) {
    await a.mention("ben", "joint", line);
    const answer = await whisper("ben", index);
    expect(labelsOf(answer)).not.toContain("Share here");
    expect(answer.thread_ts).toBeDefined();
  }
  expect(wordsOf(await whisper("ben"))).toContain("Zebra is in review");
  expect((await a.ephemerals("gus")).length).toBe(0);
  expect((await a.history("joint")).filter(({ user }) => user === a.bot.userId)).toEqual([]);
});

test("nothing is shared into a channel that others read", async () => {
  const { a, until } = await goLiveShared();
  const [asked] = await (await a.command("ben", "joint", "status Zebra")).answers();
  if (!asked) throw new Error("no answer");
  await a.click("ben", asked, "Share here");
  const told = await until("a sentence", async () => (await a.ephemerals("ben"))[1]);
  expect(wordsOf(told)).toContain("This channel is shared with another organisation");
  expect((await a.ephemerals("ben")).map(wordsOf)).toContainEqual(
    expect.stringContaining("Zebra is in review"),
  );
  expect(await a.history("joint")).toEqual([]);
});

test("what is changed by a message that others can read by now is told to who changed it alone", async () => {
  const { a, until, world, whisper } = await goLiveShared();
  const posted = await mention(a, "ana", "about-status", "status Zebra");
  const channel = await a.channel("about-status");
  const shared = { ok: true, channel: { id: channel, is_ext_shared: true } };
  world.front.next("conversations.info", { body: shared }, 9, ({ body }) => body.channel === channel);
  await a.click("ben", posted, "Report passed");
  expect(wordsOf(await whisper("ben"))).toContain("Zebra: Report passed");
  const now = await a.message("ana", posted.channel, posted.ts);
  expect(wordsOf(now)).toBe(wordsOf(posted));
  await a.click("ben", posted, "Record with a date");
  await until("the form", () => a.modal("ben"));
  await a.submit("ben", { Milestone: "Go live confirmed" });
  expect(wordsOf(await whisper("ben", 1))).toContain("Go live");
  expect(wordsOf(await a.message("ana", posted.channel, posted.ts))).toBe(wordsOf(posted));
});

test("a reminder for a channel that others read goes to the one who had it put there", async () => {
  const { a, remindAt } = await goLiveShared();
  await (await a.command("ben", "joint", "track Yak")).answers();
  await (await a.command("ben", "joint", "mark Yak submitted")).answers();
  expect((await remindAt("2026-11-05T09:20")).sent).toBeGreaterThan(0);
  expect(await a.history("joint")).toEqual([]);
  const [direct, ...more] = await a.directMessages("ben");
  expect(wordsOf(direct)).toContain("Yak");
  expect(more).toEqual([]);
});

test("an event is of the workspace in whose context it came, whoever sent it", async () => {
  const { a, b, until, store } = await goLiveShared();
  // In a shared channel the event may name the other organisation as its team.
  await a.mention("ana", "joint", "track By context", {
    overrides: { team_id: b.team, enterprise_id: "E0OTHER" },
  });
  await until("it is followed", async () =>
    (await a.ephemerals("ana")).some((one) => wordsOf(one).includes("By context")),
  );
  const named = async (team: string) =>
    (await store.list(team as WorkspaceId)).map(({ name }) => name).toSorted();
  expect(await named(a.team)).toEqual(["By context", "Zebra"]);
  const older = { context_team_id: undefined, context_enterprise_id: undefined, team_id: FOREIGN };
  await a.mention("ana", "connectors", "track By authorization", { overrides: older });
  await until("it is followed", async () => (await named(a.team)).includes("By authorization"));
  expect(await named(b.team)).toEqual([]);
});

test("in an organisation, the people of each of its workspaces are members; others are not", async () => {
  const org = { id: "E0000000X1", name: "Contoso Group" };
  const elsewhere = { name: "eve", team: "T0SISTER01", enterpriseUser: { enterprise_id: org.id, id: "W1" } };
  const outside = { name: "gus", team: FOREIGN, enterpriseUser: { enterprise_id: "E0OTHER", id: "W2" } };
  const people = [
    { name: "ana" },
    elsewhere,
    outside,
    { name: "hal", team: FOREIGN, more: { enterprise_user: undefined } },
  ];
  const { a, store } = await goLiveInBoth({ world: { workspaces: { a: { people } } } });
  a.setOrg(org);
  expect((await a.install("ana")).status).toBe(200);
  expect(wordsOf(await command(a, "ana", "track Zebra"))).toContain("Now following Zebra");
  expect(wordsOf(await command(a, "eve", "status Zebra"))).toContain("Zebra is at the account stage");
  expect(wordsOf(await command(a, "gus", "status Zebra"))).toContain(REFUSED);
  expect(wordsOf(await command(a, "hal", "status Zebra"))).toContain(REFUSED);
  expect(await store.list(a.team as WorkspaceId)).toEqual([]);
  expect(await store.list(org.id as WorkspaceId)).toMatchObject([{ name: "Zebra" }]);
});

test("of whom Slack tells nothing is not taken for a member", async () => {
  const { a, world, until, whisper, nothingOfOurs } = await goLiveShared();
  const unseen = { body: { ok: false, error: "user_not_visible" } };
  world.front.next("users.info", unseen, 9, ({ body }) => body.user !== a.user("ana"));
  await a.openHome("sue");
  await a.mention("ben", "connectors", "status Zebra", { overrides: { event: { team: undefined } } });
  expect(wordsOf(await whisper("ben"))).toContain(REFUSED);
  expect(wordsOf(await until("the Home", () => a.home("sue")))).toMatch(/^I answer the members/);
  await nothingOfOurs();
});
