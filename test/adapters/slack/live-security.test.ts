import { request } from "node:http";
import { connect } from "node:net";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { WorkspaceId } from "../../../src/incoming.ts";
import type { Store } from "../../../src/ports.ts";
import { makeFolder } from "../../store/folder.ts";
import { command, goLiveInBoth, mention } from "./live.ts";
import { tracesOf } from "./traces.ts";
import { labelsOf, wordsOf } from "./world/slack-world.ts";

const FORM = "application/x-www-form-urlencoded";

async function goLiveOnFile() {
  const file = join(makeFolder(), "shepherd.db");
  const live = await goLiveInBoth({ data: file });
  const { world, url } = live;
  /** What Slack would deliver, without its being delivered. */
  async function undelivered<Made extends { sent: object }>(make: () => Promise<Made>) {
    await world.connect("http://127.0.0.1:1");
    const { sent } = await make();
    await world.connect(url);
    if (!("body" in sent && "headers" in sent)) throw new Error("not by HTTP");
    const { "content-type": contentType = "" } = sent.headers as Record<string, string>;
    return { body: String(sent.body), contentType };
  }
  return { ...live, file, undelivered };
}

/** A command, a mention, a press and a form, each of which changes something, as Slack would deliver them. */
async function fourKinds() {
  const live = await goLiveOnFile();
  const { a, until, undelivered } = live;
  await command(a, "ana", "track Contoso CRM");
  const status = await mention(a, "ana", "connectors", "status Contoso CRM");
  await a.openHome("ana");
  const home = await until("the Home", () => a.home("ana"));
  expect(labelsOf(home)).toContain("Track a connector");
  await a.click("ana", "home", "Track a connector");
  await until("the form", () => a.modal("ana"));
  const kinds = {
    command: await undelivered(() => a.command("ana", "connectors", "track By command")),
    event: await undelivered(() => a.mention("ana", "launch", "track By mention")),
    click: await undelivered(() => a.click("ana", status, "Account is ready")),
    form: await undelivered(() => a.submit("ana", { "Name of the connector": "By form" })),
  };
  // What follows from what was done is over.
  await until("peace", () => live.world.front.callsTo("views.publish").length >= 2);
  return { ...live, kinds };
}

const hence = (seconds: number) => Math.ceil(Date.now() / 1000) + seconds;
const ago = (seconds: number) => Math.floor(Date.now() / 1000) - seconds;

const FORGERIES: Record<string, () => Parameters<Awaited<ReturnType<typeof fourKinds>>["world"]["send"]>[1]> =
  {
    "is not signed": () => ({ secret: null }),
    "is signed with another secret": () => ({ secret: "world-signing-secret-0123456789aB" }),
    "is signed with an empty secret": () => ({ secret: "" }),
    "is 301 seconds old": () => ({ timestamp: ago(301) }),
    "is 301 seconds ahead": () => ({ timestamp: hence(301) }),
    "is a year ahead": () => ({ timestamp: hence(365 * 86_400) }),
    "has a time that is none": () => ({ headers: { "x-slack-request-timestamp": "soon" } }),
    "has lost its time": () => ({ headers: { "x-slack-request-timestamp": "" } }),
    "has one byte changed": () => ({ tamper: (body) => body.replace("By", "Bx").replace("ready", "Ready") }),
    "has one byte more": () => ({ tamper: (body) => `${body} ` }),
  };

test("nothing is done for a request that Slack did not sign just now", async () => {
  const { world, kinds, file } = await fourKinds();
  const traces = tracesOf({ world }, file);
  for (const [what, how] of Object.entries(FORGERIES)) {
    for (const [kind, { body, contentType }] of Object.entries(kinds)) {
      const { status, ackBody } = await world.send(body, { contentType, ...how() });
      expect([what, kind, status, ackBody]).toEqual([what, kind, 401, undefined]);
    }
  }
  traces.nothingMore();
});

test("what is signed a little early or late is taken", async () => {
  const { world, kinds, until, store, a } = await fourKinds();
  const { command: asked, event } = kinds;
  expect((await world.send(asked.body, { ...asked, timestamp: ago(299) + 1 })).status).toBe(200);
  expect((await world.send(event.body, { ...event, timestamp: ago(0) + 299 })).status).toBe(200);
  await until("both", async () => (await followedIn(store, a.team)).length === 3);
});

test("what Slack delivers again is done once", async () => {
  const { world, a, kinds, store, until } = await fourKinds();
  const { front } = world;
  const shown = () => ({
    said: front.callsTo("response_url").length,
    posted: front.callsTo("chat.postMessage").length,
    redrawn: front.callsTo("chat.update").length,
  });
  const before = shown();
  const sent = Object.values(kinds);
  for (const kind of sent) expect((await world.send(kind.body, kind)).status).toBe(200);
  await until("all is done", async () => (await followedIn(store, a.team)).length === 4);
  await until("all is told", () => shown().redrawn > before.redrawn && shown().posted > before.posted);
  await until("the command is answered", () => shown().said === before.said + 1);
  const once = { after: shown(), stored: JSON.stringify(await store.list(a.team as WorkspaceId)) };
  for (const kind of [...sent, ...sent]) {
    const retried = { "x-slack-retry-num": "1", "x-slack-retry-reason": "http_timeout" };
    expect((await world.send(kind.body, { ...kind, headers: retried })).status).toBe(200);
  }
  // Asked later, and answered: what came before it would be done by now.
  await command(a, "ben", "help");
  const after = { ...shown(), said: shown().said - 1 };
  expect({ after, stored: JSON.stringify(await store.list(a.team as WorkspaceId)) }).toEqual(once);
});

test("a retry is the only copy sometimes, and is answered", async () => {
  const { world, kinds, store, a, until } = await fourKinds();
  const { event } = kinds;
  const headers = { "x-slack-retry-num": "3", "x-slack-retry-reason": "connection_failed" };
  expect((await world.send(event.body, { ...event, headers })).status).toBe(200);
  await until("it is done", async () => (await followedIn(store, a.team)).length === 2);
});

test("the type of a form may name its letters", async () => {
  const { world, kinds, store, a, until } = await fourKinds();
  for (const { body } of [kinds.command, kinds.click]) {
    const contentType = "Application/X-WWW-Form-Urlencoded; charset=utf-8";
    expect((await world.send(body, { contentType })).status).toBe(200);
  }
  await until("the command is done", async () => (await followedIn(store, a.team)).length === 2);
  await until("the press is done", () => world.front.callsTo("chat.update").length === 1);
});

test("Slack's check of the certificate carries nothing in", async () => {
  const { world, kinds, file } = await fourKinds();
  const traces = tracesOf({ world }, file);
  for (const extra of ["1", "1&ssl_check=1", "2", "01", ""]) {
    for (const { body } of [kinds.command, kinds.click, kinds.form]) {
      const smuggled = [`ssl_check=${extra}&${body}`, `${body}&ssl_check=${extra}`];
      for (const one of smuggled) {
        const { status } = await world.send(one, { contentType: FORM, secret: null });
        expect([extra, status]).toEqual([extra, extra === "1" ? 200 : 401]);
      }
    }
  }
  traces.nothingMore();
});

test("a body that is too large is refused, and the next request is taken", async () => {
  const { world, a, url, file } = await goLiveOnFile();
  const large = `${"x".repeat(256 * 1024)}x`;
  const traces = tracesOf({ world }, file);
  expect((await world.send(large)).status).toBe(413);
  expect((await world.send("x".repeat(20_000_000))).status).toBe(413);
  expect(await chunked(`${url}/slack/events`, large)).toBe(413);
  expect(await chunked(`${url}/slack/events`, "x".repeat(20_000_000))).toBe(413);
  // As large as may be: read, and refused for its signature only.
  expect((await world.send(large.slice(1), { secret: null })).status).toBe(401);
  traces.nothingMore();
  expect(wordsOf(await command(a, "ana", "help"))).toContain("Say a command");
});

test("other addresses and methods are not there", async () => {
  const { world, url, kinds, file } = await fourKinds();
  const traces = tracesOf({ world }, file);
  const { body, contentType } = kinds.command;
  for (const path of [
    "/",
    "//",
    "///",
    "/slack/events/",
    "/slack/event",
    "/SLACK/events",
    "/slack/%",
    "/%00",
  ]) {
    expect([path, (await world.send(body, { contentType, path })).status]).toEqual([path, 404]);
  }
  for (const method of ["GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND"]) {
    const { status } = await fetch(`${url}/slack/events`, { method });
    expect([method, status]).toEqual([method, 404]);
  }
  traces.nothingMore();
  expect((await world.send(body, { contentType, path: "/slack/events?x=/../y" })).status).toBe(200);
});

test("who sends slowly is cut off, and keeps nobody waiting", async () => {
  const { a, url, until } = await goLiveInBoth();
  const head = "POST /slack/events HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";
  const begun = Array.from({ length: 50 }, (_, index) =>
    dripping(url, index % 2 === 0 ? head : `${head}Content-Length: 100000\r\n\r\n{`),
  );
  const asked = await a.command("ana", "connectors", "help");
  expect(asked.status).toBe(200);
  expect(asked.ackMs).toBeLessThan(3000);
  await until("all are cut off", () => begun.every(({ isOpen }) => !isOpen()), 20_000);
});

async function followedIn(store: Store, team: string) {
  const all = await store.list(team as WorkspaceId);
  return all.toSorted((one, other) => one.name.localeCompare(other.name));
}

/** The status for a body whose length is not told. */
function chunked(url: string, body: string): Promise<number> {
  return new Promise((done, failed) => {
    const asking = request(url, { method: "POST", headers: { "content-type": "application/json" } });
    asking.on("response", (response) => {
      done(response.statusCode ?? 0);
      response.resume();
    });
    // Refused while it is still being sent: the connection may end first.
    asking.on("error", (error) => failed(error));
    asking.end(body);
  });
}

/** Someone who sends a beginning, then a letter now and then. */
function dripping(url: string, beginning: string) {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  let isOpen = true;
  socket.on("close", () => {
    isOpen = false;
    clearInterval(timer);
  });
  socket.on("error", () => undefined);
  socket.write(beginning);
  const timer = setInterval(() => socket.write("x"), 500);
  onTestFinished(() => {
    clearInterval(timer);
    socket.destroy();
  });
  return { isOpen: () => isOpen };
}
