import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { SCOPES } from "../../adapters/slack/scopes.ts";
import { makeFolder } from "../store/folder.ts";
import { type Program, refused, SECRET, start } from "./program.ts";
import { openSlackWorld, type World, wordsOf } from "./slack/world/slack-world.ts";

type Way = "token" | "oauth" | "socket";

async function openWorld(): Promise<World> {
  const world = await openSlackWorld({ scopes: SCOPES });
  onTestFinished(world.close);
  return world;
}

function environmentOf(way: Way, { app, apiUrl, a }: World): NodeJS.ProcessEnv {
  const signing = { SLACK_API_URL: apiUrl, SLACK_SIGNING_SECRET: app.signingSecret };
  switch (way) {
    case "token":
      return { ...signing, SLACK_BOT_TOKEN: a.bot.token };
    case "oauth":
      return {
        ...signing,
        SLACK_CLIENT_ID: app.clientId,
        SLACK_CLIENT_SECRET: app.clientSecret,
        SLACK_STATE_SECRET: "a secret of the tests",
      };
    case "socket":
      return { SLACK_API_URL: apiUrl, SLACK_APP_TOKEN: app.appToken, SLACK_BOT_TOKEN: a.bot.token };
  }
}

/** Started before a world of its own, with Slack's requests sent to it. */
async function startIn(world: World, way: Way, words: string[] = [], more: NodeJS.ProcessEnv = {}) {
  const program = start(words, { ...environmentOf(way, world), ...more });
  const { line, url } = await program.opened();
  await world.connect(way === "socket" ? "socket" : new URL(url).origin);
  return { ...program, line, origin: url && new URL(url).origin };
}

async function answer(world: World, text: string): Promise<string> {
  const asked = await world.a.command("ana", "connectors", text);
  expect(asked.status).toBe(200);
  const [first] = await asked.answers();
  return wordsOf(first);
}

/** The one line that is not the log's. */
function sentenceOf(err: string): string {
  const said = err.split("\n").filter((line) => line !== "" && !line.startsWith("{"));
  expect(said).toHaveLength(1);
  return said.join();
}

async function stop(program: Program) {
  program.child.kill("SIGTERM");
  expect(await program.ended).toEqual({ code: 0, signal: null });
}

async function takePort(): Promise<number> {
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  onTestFinished(() => void other.close());
  return (other.address() as AddressInfo).port;
}

describe("npm start, with one workspace's token", () => {
  it("serves Slack and no playground, says where in one line, and ends when asked to", async () => {
    const world = await openWorld();
    const program = await startIn(world, "token");
    expect(program.line).toMatch(
      /^Slack's requests are awaited at http:\/\/127\.0\.0\.1:\d+\/slack\/events\. Ctrl-C ends it\.$/,
    );
    const pages = ["/", "/playground/messages", "/slack/install"].map((path) =>
      fetch(`${program.origin}${path}`),
    );
    expect((await Promise.all(pages)).map(({ status }) => status)).toEqual([404, 404, 404]);
    expect(await answer(world, "track Contoso CRM")).toMatch(/^Now following Contoso CRM/);
    await stop(program);
    expect([program.out(), program.err()]).toEqual([`${program.line}\n`, ""]);
  });

  it("proves to Slack that the address is its own", async () => {
    const world = await openWorld();
    await startIn(world, "token");
    const asked = { type: "url_verification", challenge: "say this", token: "old" };
    expect(await world.send(asked)).toMatchObject({ status: 200, ackBody: { challenge: "say this" } });
    expect(await world.send(asked, { secret: "another" })).toMatchObject({ status: 401 });
  });

  it("that is ended with an answer in hand gives it first", async () => {
    const world = await openWorld();
    const program = await startIn(world, "token");
    world.front.next("users.info", { delayMs: 1500 });
    const asked = await world.a.command("ana", "connectors", "track Contoso CRM");
    await stop(program);
    expect(wordsOf((await asked.answers(1, 0))[0])).toMatch(/^Now following Contoso CRM/);
    expect(program.err()).toBe("");
  });

  it("ends also in the middle of its beginning", async () => {
    const world = await openWorld();
    const program = start([], environmentOf("token", world));
    await program.opened();
    await stop(program);
  });

  it.each([
    ["--data", (file: string) => [["--data", file], {}] as const],
    ["DATABASE_URL", (file: string) => [[], { DATABASE_URL: `sqlite:${file}` }] as const],
  ])("keeps everything in the file that %s names", async (_, given) => {
    const world = await openWorld();
    const [words, more] = given(join(makeFolder(), "shepherd.db"));
    const first = await startIn(world, "token", [...words], more);
    await answer(world, "track Contoso CRM");
    await stop(first);
    await startIn(world, "token", [...words], more);
    expect(await answer(world, "list")).toContain("Contoso CRM");
  });

  it("that finds its port taken says so in one sentence, names another and ends with 1", async () => {
    const PORT = `${await takePort()}`;
    const { err, code } = await refused([], { ...environmentOf("token", await openWorld()), PORT });
    expect(err).toMatch(new RegExp(`^Port ${PORT} is taken.*PORT=\\d+ npm start\\.\\n$`));
    expect(code).toBe(1);
  });

  it("may be reached from the network: Slack signs what it sends", async () => {
    const world = await openWorld();
    const program = await startIn(world, "token", [], { HOST: "0.0.0.0" });
    expect(program.err()).toBe("");
  });

  it("logs what happened and never what was said", async () => {
    const world = await openWorld();
    const program = await startIn(world, "token", [], { LOG_LEVEL: "trace" });
    await answer(world, "track Contoso Confidential");
    await stop(program);
    for (const kept of ["Confidential", world.a.bot.token, world.app.signingSecret])
      expect(program.err() + program.out()).not.toContain(kept);
  });
});

describe("npm start, for many workspaces", () => {
  it("says where it is installed, is installed twice, and is still installed after a new start", async () => {
    const world = await openWorld();
    const words = ["--data", join(makeFolder(), "shepherd.db")];
    const program = await startIn(world, "oauth", words);
    expect(program.line).toBe(
      `Slack's requests are awaited at ${program.origin}/slack/events, installations at ${program.origin}/slack/install. Ctrl-C ends it.`,
    );
    expect((await world.a.install("ana")).text).toContain("Connector Shepherd is installed in Contoso");
    expect((await world.b.install("cleo")).text).toContain("Connector Shepherd is installed in Fabrikam");
    expect(await answer(world, "track Contoso CRM")).toMatch(/^Now following/);
    await stop(program);
    await startIn(world, "oauth", words);
    expect(await answer(world, "list")).toContain("Contoso CRM");
    const elsewhere = await (await world.b.command("cleo", "connectors", "list")).answers();
    expect(wordsOf(elsewhere[0])).toMatch(/^No connector is tracked here yet/);
  });

  it("finds what the workspace had when it was the only one", async () => {
    const world = await openWorld();
    const words = ["--data", join(makeFolder(), "shepherd.db")];
    const before = await startIn(world, "token", words);
    await answer(world, "track Contoso CRM");
    await stop(before);
    await startIn(world, "oauth", words);
    await world.a.install("ana");
    expect(await answer(world, "list")).toContain("Contoso CRM");
  });
});

describe("npm start, by Socket Mode", () => {
  it("needs no port, says what operators miss then, answers all the same, and ends when asked to", async () => {
    const world = await openWorld();
    const program = await startIn(world, "socket", [], { PORT: `${await takePort()}` });
    expect(program.line).toBe("Slack is connected by Socket Mode. Ctrl-C ends it.");
    expect(await answer(world, "track Contoso CRM")).toMatch(/^Now following/);
    world.front.next("users.info", { delayMs: 1000 });
    const asked = await world.a.command("ben", "connectors", "status Contoso CRM");
    await stop(program);
    expect(await asked.answers(1, 0)).toHaveLength(1);
    expect(program.out()).toBe(`${program.line}\n`);
    expect(program.err().trim().split("\n")).toEqual([
      expect.stringContaining("no port for operators: /healthz, /readyz and /metrics are not served"),
    ]);
  });

  it("that loses its connection while Slack is out of reach goes on trying, and is there again", async () => {
    const world = await openWorld();
    const program = await startIn(world, "socket");
    // The library tries three times at once; then it is our turn.
    world.front.next("apps.connections.open", "hang up", 4);
    world.front.sockets.cut();
    await world.until(
      "a new connection",
      () => world.front.sockets.count() === 1 && world.front.callsTo("apps.connections.open").length === 6,
    );
    expect(await answer(world, "track Contoso CRM")).toMatch(/^Now following/);
    await stop(program);
  });

  it("ends also while it tries to connect again", async () => {
    const world = await openWorld();
    const program = await startIn(world, "socket");
    world.front.next("apps.connections.open", "hang up", 1000);
    world.front.sockets.cut();
    await world.until("a try", () => world.front.callsTo("apps.connections.open").length > 1);
    await stop(program);
  });

  it("connects again when Slack renews the connection", async () => {
    const world = await openWorld();
    await startIn(world, "socket");
    world.front.sockets.refresh();
    await world.until(
      "a new connection",
      () => world.front.sockets.count() === 1 && world.front.callsTo("apps.connections.open").length === 2,
    );
    expect(await answer(world, "list")).toMatch(/^No connector is tracked here yet/);
  });

  it.each([
    ["app", { SLACK_APP_TOKEN: `xapp-${SECRET}` }],
    ["bot", { SLACK_BOT_TOKEN: `xoxb-${SECRET}` }],
  ])("with another's %s token says so in one sentence and ends with 1", async (_, more) => {
    const { err, code } = await refused([], { ...environmentOf("socket", await openWorld()), ...more });
    expect(sentenceOf(err)).toMatch(
      /^Slack does not take SLACK_BOT_TOKEN or SLACK_APP_TOKEN \(invalid_auth\): .+\.$/,
    );
    expect(code).toBe(1);
  });
});

describe("npm start, configured wrongly for Slack", () => {
  it("lists every problem at once, a line each and no more, and starts nothing", async () => {
    const { err, code } = await refused([], {
      PORT: "http",
      SLACK_BOT_TOKEN: `xapp-${SECRET}`,
      SLACK_CLIENT_ID: SECRET,
      SLACK_API_URL: "slack",
    });
    expect(err.split("\n").map((line) => line.split(":")[0])).toEqual([
      "PORT",
      "SLACK_API_URL",
      "SLACK_BOT_TOKEN",
      "SLACK_SIGNING_SECRET",
      "SLACK_CLIENT_SECRET",
      "SLACK_STATE_SECRET",
      "",
    ]);
    expect(code).toBe(2);
  });

  it("with a token that Slack does not know says so in one sentence and ends with 1", async () => {
    const world = await openWorld();
    const { err, code } = await refused([], {
      ...environmentOf("token", world),
      SLACK_BOT_TOKEN: `xoxb-${SECRET}`,
    });
    expect(sentenceOf(err)).toMatch(/^Slack does not take SLACK_BOT_TOKEN \(invalid_auth\): .+\.$/);
    expect(code).toBe(1);
  });

  it.each(["--now=2026-11-03T09:15", "--json"])("takes no %s: Slack's clock is the world's", async (flag) => {
    const { err, code } = await refused([flag], environmentOf("token", await openWorld()));
    expect(err).toMatch(/^--json is for npm run chat/);
    expect(code).toBe(2);
  });
});

describe("npm start, while Slack is out of reach", () => {
  async function readiness(origin: string): Promise<Record<string, unknown>> {
    const response = await fetch(`${origin}/readyz`);
    return { status: response.status, ...((await response.json()) as object) };
  }

  it.each<[string, Parameters<World["front"]["next"]>[1], string]>([
    ["hangs up", "hang up", "unreachable"],
    ["answers 500", { status: 500 }, "http_500"],
    ["answers that it has trouble", { body: { ok: false, error: "internal_error" } }, "internal_error"],
  ])(
    "begins all the same where it %s, is not ready, and answers once Slack is there",
    async (_, trouble, why) => {
      const world = await openWorld();
      world.front.next("auth.test", trouble, 1000);
      const program = await startIn(world, "token");
      expect(program.line).toContain("Slack's requests are awaited at");
      expect(await readiness(program.origin)).toMatchObject({ status: 503, ready: false, slack: why });
      expect(program.err()).toContain("Slack can't be reached: it is tried again and again");
      world.front.clear();
      await expect.poll(() => readiness(program.origin)).toMatchObject({ status: 200, ready: true });
      expect(await readiness(program.origin)).not.toHaveProperty("slack");
      expect(await answer(world, "track Contoso CRM")).toMatch(/^Now following Contoso CRM/);
      await stop(program);
      expect(
        program
          .err()
          .trim()
          .split("\n")
          .filter((line) => line.includes("tried again")),
      ).toHaveLength(1);
    },
  );

  it("begins where Slack says nothing, and serves Teams meanwhile", async () => {
    const world = await openWorld();
    world.front.next("auth.test", { delayMs: 600_000 }, 10);
    const program = start([], { ...environmentOf("token", world), TEAMS_ALLOW_ANONYMOUS: "1" });
    const { url } = await program.opened();
    const { origin } = new URL(url);
    expect(await readiness(origin)).toMatchObject({ ready: false, slack: "silent" });
    const headers = { "content-type": "application/json" };
    const unreadable = await fetch(`${origin}/api/messages`, { method: "POST", headers, body: "{}" });
    expect(unreadable.status).toBe(400);
    await stop(program);
  });

  it("by Socket Mode begins all the same, and is connected once Slack is there", async () => {
    const world = await openWorld();
    world.front.next("apps.connections.open", "hang up", 1000);
    const program = start([], environmentOf("socket", world));
    const { line } = await program.opened();
    expect(line).toBe("Slack is not connected yet, and will be by Socket Mode. Ctrl-C ends it.");
    world.front.clear();
    await world.connect("socket");
    expect(await answer(world, "track Contoso CRM")).toMatch(/^Now following/);
    await stop(program);
  });

  it("ends when asked to, though it has never reached Slack", async () => {
    const world = await openWorld();
    const environment = environmentOf("token", world);
    await world.close();
    const program = start([], environment);
    await program.opened();
    await stop(program);
  });

  it("and refuses the token later goes on, is not ready, and says so", async () => {
    const world = await openWorld();
    world.front.next("auth.test", "hang up", 3);
    const environment = { ...environmentOf("token", world), SLACK_BOT_TOKEN: `xoxb-${SECRET}` };
    const program = start([], environment);
    const { url } = await program.opened();
    await expect.poll(program.err).toContain("Slack does not take a token: set a new one and start again");
    expect(await readiness(new URL(url).origin)).toMatchObject({ ready: false, slack: "invalid_auth" });
    await stop(program);
  });
});

describe("Beside a Slack that is configured", () => {
  it("the playground starts when it is asked for by PLAYGROUND=1, and asks Slack nothing", async () => {
    const world = await openWorld();
    const program = start([], { ...environmentOf("token", world), PLAYGROUND: "1" });
    const { line, url } = await program.opened();
    expect(line).toMatch(/^Open http:/);
    expect((await fetch(url)).status).toBe(200);
    expect(world.front.calls).toEqual([]);
  });

  it("the terminal is the terminal, whatever Slack's variables say", async () => {
    const program = start(["chat"], { SLACK_BOT_TOKEN: SECRET });
    program.child.stdin.end("track Contoso CRM\n");
    expect(await program.ended).toEqual({ code: 0, signal: null });
    expect(program.out()).toContain("Now following Contoso CRM");
  });
});
