import { expect, onTestFinished, test } from "vitest";
import { startBareApp, startSocketApp } from "./bare-app.ts";
import { labelsOf, openSlackWorld, type World, wordsOf } from "./slack-world.ts";

async function openWorld(): Promise<World> {
  const world = await openSlackWorld();
  onTestFinished(world.close);
  return world;
}

async function openInstalled() {
  const world = await openWorld();
  const app = await startBareApp(world);
  onTestFinished(app.close);
  await world.connect(app.url);
  const done = [await world.a.install("ana"), await world.b.install("cleo")];
  return { world, app, done, a: world.a, b: world.b };
}

test("the app is installed into both workspaces by OAuth", async () => {
  const { world, app, done } = await openInstalled();
  expect(done.map(({ status }) => status)).toEqual([200, 200]);
  expect([...app.installed.keys()]).toEqual(["T0000000A1", "T0000000B2"]);
  expect(world.a.bot.token).not.toBe(world.b.bot.token);
  expect(world.front.callsTo("oauth.v2.access")).toHaveLength(2);
  const denied = await world.a.install("ben", { deny: true });
  expect(denied.url).toContain("error=access_denied");
});

test("a command is answered only for the person who gave it, and its button replaces the answer", async () => {
  const { a, b } = await openInstalled();
  const asked = await a.command("ben", "connectors", "list");
  expect(asked).toMatchObject({ status: 200, ackBody: undefined });
  expect(asked.ackMs).toBeGreaterThan(0);
  const [answer] = await asked.answers();
  expect(wordsOf(answer)).toBe("Open");
  expect(await a.history("connectors")).toEqual([]);
  const [seen] = await a.ephemerals("ben");
  if (!seen) throw new Error("nothing seen");
  expect(labelsOf(seen)).toEqual(["Open"]);
  expect(await b.ephemerals("cleo")).toEqual([]);
  await (await a.click("ben", seen, "Open")).answers();
  expect((await a.ephemerals("ben")).map(({ text }) => text)).toEqual(["opened"]);
  await expect(a.click("ben", seen, "Close")).rejects.toThrow('no button "Close"; there are: none');
});

test("a mention is answered in its thread; a click there opens a modal that rejects and accepts", async () => {
  const { world, a } = await openInstalled();
  const { channel, ts } = await a.mention("ana", "launch", "hello");
  const [, reply] = await world.until("a reply", async () => {
    const all = await a.thread("launch", ts);
    return all.length === 2 && all;
  });
  if (!reply) throw new Error("no reply");
  expect(await a.history("launch")).toHaveLength(1);
  expect(reply).toMatchObject({ channel, thread_ts: ts, user: a.bot.userId, bot_id: a.bot.id });
  await a.click("ana", reply, "Open");
  await world.until("the modal", () => a.modal("ana"));
  await expect(a.submit("ana", { Name: "x" })).rejects.toThrow('"Stage" is required');
  await expect(a.submit("ana", { Stage: "Gone" })).rejects.toThrow('no choice "Gone" among: Draft · Preview');
  const wrong = await a.submit("ana", { Name: "bad", Stage: "Preview" });
  expect(wrong).toMatchObject({
    status: 200,
    errors: { Name: "Not that one" },
    view: { callback_id: "form" },
  });
  const more = await a.submit("ana", { Name: "more" });
  expect(wordsOf(more.view)).toBe("Done");
  expect(wordsOf(await a.modal("ana"))).toBe("Done");
  await expect(a.submit("ana")).rejects.toThrow("no button to submit");
});

test("Home, direct messages", async () => {
  const { world, a } = await openInstalled();
  await a.openHome("ana");
  await world.until("Home", () => a.home("ana"));
  await a.click("ana", "home", "Open");
  await world.until("the modal", () => a.modal("ana"));
  const closed = await a.submit("ana", { Name: "good", Stage: "draft" });
  expect(closed.view).toBeUndefined();
  expect(closed.errors).toBeUndefined();
  await a.direct("ana", "psst");
  const [, answer] = await world.until("an answer", async () => {
    const all = await a.directMessages("ana");
    return all.length === 2 && all;
  });
  expect(wordsOf(answer)).toBe("Here: psst");
  expect(await a.directMessages("ben")).toEqual([]);
});

test("the front misbehaves when told to", async () => {
  const { world, a } = await openInstalled();
  world.front.next("chat.postMessage", { status: 429, headers: { "retry-after": "1" }, body: { ok: false } });
  await a.direct("ana", "once more");
  await world.until("an answer", async () => (await a.directMessages("ana")).length === 2);
  const calls = world.front.callsTo("chat.postMessage");
  expect(calls.map(({ status }) => status)).toEqual([429, 200]);
  expect(calls[1]).toMatchObject({ team: a.team, token: a.bot.token, body: { text: "Here: once more" } });
});

test("the same request is delivered twice, and carries the same words", async () => {
  const { world, a } = await openInstalled();
  const first = await a.direct("ana", "again");
  const second = await world.redeliver(first, { headers: { "x-slack-retry-num": "1" } });
  expect(second).toMatchObject({ status: 200, sent: { body: "body" in first.sent && first.sent.body } });
  await world.until("three messages", async () => (await a.directMessages("ana")).length === 3);
});

test("a bad code, a strange state, a lost cookie: no installation", async () => {
  const { app, a } = await openInstalled();
  app.installed.clear();
  const statuses = [];
  for (const how of [
    { tamper: (url: URL) => url.searchParams.set("code", "made up") },
    { tamper: (url: URL) => url.searchParams.set("state", "made up") },
    { cookie: "" },
  ]) {
    statuses.push((await a.install("ana", how)).status);
  }
  expect(statuses).toEqual([500, 400, 400]);
  expect(app.installed.size).toBe(0);
});

test("an installation for an organisation", async () => {
  const { app, a, world } = await openInstalled();
  a.setOrg({ id: "E0000000X1", name: "Contoso Group" });
  expect((await a.install("ana")).status).toBe(200);
  expect(app.installed.get("E0000000X1")).toMatchObject({ isEnterpriseInstall: true, team: undefined });
  await a.mention("ana", "launch", "hello");
  await world.until("an answer", () => world.front.callsTo("chat.postMessage").length > 0);
});

test("over a socket a command is answered too", async () => {
  const world = await openWorld();
  onTestFinished(await startSocketApp(world));
  await world.connect("socket");
  const asked = await world.a.command("ana", "direct", "status");
  expect(asked.status).toBe(200);
  expect((await asked.answers()).map(({ text }) => text)).toEqual(["status!"]);
});

test("what is not signed by Slack is told apart", async () => {
  const { world, a } = await openInstalled();
  const { sent } = await a.command("ana", "connectors", "list");
  if (!("body" in sent)) throw new Error("not by HTTP");
  const contentType = "application/x-www-form-urlencoded";
  const old = Math.floor(Date.now() / 1000) - 600;
  const tries = [
    {},
    { secret: null },
    { secret: "another" },
    { timestamp: old },
    { tamper: (body: string) => body.replace("list", "lost") },
  ];
  const statuses = [];
  for (const how of tries) statuses.push((await world.send(sent.body, { contentType, ...how })).status);
  expect(statuses).toEqual([200, 401, 401, 401, 401]);
  expect((await world.send("x".repeat(5_000_000))).status).toBe(413);
});
