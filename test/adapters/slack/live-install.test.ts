import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { SCOPES } from "../../../adapters/slack/scopes.ts";
import { makeFolder } from "../../store/folder.ts";
import { command, goLive, goLiveInBoth, pacific } from "./live.ts";
import { wordsOf } from "./world/slack-world.ts";

test("the app is installed by two workspaces, each with its own token, and asks for what it uses", async () => {
  const { world, logged } = await goLive();
  const { a, b } = world;
  const seeded = [a.bot.token, b.bot.token];
  const [ours, theirs] = [await a.install("ana"), await b.install("cleo")];
  expect([ours.status, theirs.status]).toEqual([200, 200]);
  expect(ours.text).toContain("Connector Shepherd is installed in Contoso");
  expect(theirs.text).toContain("Connector Shepherd is installed in Fabrikam");
  expect(ours.asked.get("scope")?.split(",").toSorted()).toEqual(SCOPES.toSorted());
  expect(ours.asked.get("client_id")).toBe(world.app.clientId);
  expect(ours.headers.get("content-security-policy")).toContain("default-src 'none'");
  for (const token of [a.bot.token, b.bot.token]) expect(seeded).not.toContain(token);
  expect(ours.text + theirs.text + JSON.stringify(logged)).not.toMatch(/xox|world-client-secret/);
  expect(wordsOf(await command(a, "ana", "list"))).toContain("No connector is tracked here yet");
  await b.direct("cleo", "hi");
  await world.until("an answer", async () => (await b.directMessages("cleo"))[1]);
  const used = world.front.callsTo("users.info").map(({ team, token }) => [team, token]);
  expect(used).toEqual([
    [a.team, a.bot.token],
    [b.team, b.bot.token],
  ]);
});

test("an installation that is denied installs nothing, and says how to begin again", async () => {
  const { world, logged } = await goLive();
  const denied = await world.a.install("ana", { deny: true });
  expect(denied.status).toBe(400);
  expect(denied.text).toContain("The installation did not succeed");
  expect(denied.text).toContain('href="/slack/install"');
  expect(world.front.callsTo("oauth.v2.access")).toEqual([]);
  expect(logged.map(({ message }) => message)).toContain("an installation in Slack did not succeed");
  await world.a.command("ana", "connectors", "list");
  await world.until("the note", () =>
    logged.some(({ message }) => message === "a request came from where the app is not installed"),
  );
  expect(world.front.callsTo("response_url")).toEqual([]);
});

test("another state, another code, or another browser installs nothing", async () => {
  const { world } = await goLive();
  const { a } = world;
  const tries = [
    { tamper: (url: URL) => url.searchParams.set("state", "made up") },
    { tamper: (url: URL) => url.searchParams.delete("state") },
    { tamper: (url: URL) => url.searchParams.set("code", "made up") },
    { cookie: "" },
    { cookie: "slack-app-oauth-state=made.up" },
  ];
  for (const how of tries) expect((await a.install("ana", how)).status).toBe(400);
  const before = world.front.callsTo("users.info").length;
  await a.command("ana", "connectors", "list");
  const done = await a.install("ana");
  expect(done.status).toBe(200);
  const replayed = await fetch(done.url, { headers: { cookie: done.cookie }, redirect: "manual" });
  expect(replayed.status).toBe(400);
  expect(wordsOf(await command(a, "ana", "list"))).toContain("No connector is tracked");
  expect(world.front.callsTo("users.info")).toHaveLength(before + 1);
});

test("installed for a whole org, commands and reminders of its teams are the org's", async () => {
  const { world, assistant, clock, store } = await goLive();
  const { a, b } = world;
  clock.set(pacific("2026-11-03T09:15"));
  a.setOrg({ id: "E0000000X1", name: "Contoso Group" });
  expect((await a.install("ana")).text).toContain("Connector Shepherd is installed in Contoso Group");
  await b.install("cleo");
  await command(a, "ana", "track Contoso CRM", "mark Contoso CRM submitted");
  const kept = await store.list("E0000000X1" as Parameters<typeof store.list>[0]);
  expect(kept.map(({ name }) => name)).toEqual(["Contoso CRM"]);
  const { ts } = await a.mention("ana", "launch", "status contoso");
  const answer = await world.until("an answer", async () => (await a.thread("launch", ts))[1]);
  await a.click("ana", answer, "Report passed");
  await world.until("the change", async () =>
    wordsOf(await a.message("ana", answer.channel, answer.ts)).includes("By ana."),
  );
  clock.set(pacific("2026-11-05T09:20"));
  expect(await assistant.remind()).toMatchObject({ sent: 1 });
  expect(wordsOf((await a.history("connectors"))[0])).toContain("Contoso CRM: the test link expired");
  expect(wordsOf(await command(b, "cleo", "list"))).toContain("No connector is tracked");
});

test("installed again, its new token is used at once, and what was followed stays", async () => {
  const { a, world } = await goLiveInBoth();
  await command(a, "ana", "track Contoso CRM");
  const old = a.bot.token;
  expect((await a.install("ben")).status).toBe(200);
  expect(a.bot.token).not.toBe(old);
  world.front.refuse(old, "token_revoked");
  expect(wordsOf(await command(a, "ben", "list"))).toContain("Contoso CRM");
  expect(world.front.callsTo("users.info").at(-1)?.token).toBe(a.bot.token);
});

test("a copy of the database holds no token", async () => {
  const folder = makeFolder();
  const { a, b } = await goLiveInBoth({ data: join(folder, "shepherd.db") });
  await command(a, "ana", "track Contoso CRM");
  const files = ["shepherd.db", "shepherd.db-wal"].map((name) => readFileSync(join(folder, name), "latin1"));
  const bytes = files.join("");
  for (const kept of [a.team, b.team, "Contoso CRM"]) expect(bytes).toContain(kept);
  expect(bytes).not.toMatch(/xox[a-z]-/);
  for (const token of [a.bot.token, b.bot.token]) {
    expect(bytes).not.toContain(token);
    expect(bytes).not.toContain(Buffer.from(token).toString("base64").slice(0, 20));
  }
});
