import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { SCOPES } from "../../adapters/slack/scopes.ts";
import { makeFolder } from "../store/folder.ts";
import { fallDue, waitNoMore } from "./falling-due.ts";
import { refused, SECRET, start, stop } from "./program.ts";
import { openSlackWorld, wordsOf } from "./slack/world/slack-world.ts";
import { openRecorder } from "./teams/live.ts";
import { openTeamsWorld } from "./teams/world/teams-world.ts";

const ANONYMOUS = { TEAMS_ALLOW_ANONYMOUS: "1" };
const ID = "72f988bf-86f1-41af-91ab-2d7cd011db47";
/** Before a stand-in for Microsoft's keys no token is asked for: the secret of the tests goes nowhere. */
const WHOLE = {
  MicrosoftAppId: ID,
  MicrosoftAppPassword: SECRET,
  MicrosoftAppTenantId: ID,
  TEAMS_OPENID_URL: "http://127.0.0.1:9/",
};

/** Microsoft's people, whose activities say that they come from the recorder. */
async function openTeams() {
  const recorder = await openRecorder();
  const world = await openTeamsWorld();
  onTestFinished(world.close);
  const { serviceUrl } = recorder;
  const ada = world.tenant("contoso", { serviceUrl }).person("Ada Lovelace");
  async function says({ origin }: { origin: string }, text: string): Promise<void> {
    world.connectTo(origin);
    const { status } = await world.post(world.activity.message({ from: ada, text }), { authorization: null });
    expect(status).toBe(200);
  }
  return { ...recorder, world, ada, says };
}

async function startWith(environment: NodeJS.ProcessEnv, words: string[] = []) {
  const program = start(words, environment);
  const { line, url } = await program.opened();
  return { ...program, line, origin: new URL(url.replace(/;$/, "")).origin };
}

describe("npm start, configured wrongly for Teams", () => {
  it.each<[string, NodeJS.ProcessEnv]>([
    ["MicrosoftAppPassword MicrosoftAppTenantId", { MicrosoftAppId: ID }],
    ["MicrosoftAppId MicrosoftAppTenantId", { MicrosoftAppPassword: SECRET }],
    ["MicrosoftAppTenantId", { MicrosoftAppId: ID, MicrosoftAppPassword: SECRET }],
    [
      "MicrosoftAppId MicrosoftAppTenantId",
      { ...WHOLE, MicrosoftAppId: SECRET, MicrosoftAppTenantId: SECRET },
    ],
    ["MicrosoftAppType", { ...WHOLE, MicrosoftAppType: "Tenant" }],
    ["MicrosoftAppPassword", { ...WHOLE, MicrosoftAppType: "UserAssignedMSI" }],
    [
      "MicrosoftAppId,MicrosoftAppPassword",
      { ...ANONYMOUS, MicrosoftAppId: ID, MicrosoftAppPassword: SECRET },
    ],
    [
      "TEAMS_OPENID_URL PUBLIC_URL",
      { ...WHOLE, TEAMS_OPENID_URL: "http://example.com", PUBLIC_URL: "me.example" },
    ],
    ["TEAMS_TENANTS", { ...WHOLE, TEAMS_TENANTS: `${ID}, contoso` }],
  ])("lists each problem in a sentence and no more, and starts nothing: %s", async (names, environment) => {
    const { err, code } = await refused([], environment);
    const lines = err.trimEnd().split("\n");
    const problems = lines.map((line) => line.split(":")[0]?.replace(", ", ","));
    expect(problems.join(" ")).toBe(names);
    expect(code).toBe(2);
  });

  it("tells what is wrong of each platform at once", async () => {
    const { err } = await refused([], { MicrosoftAppId: ID, SLACK_BOT_TOKEN: "xoxb-1", PORT: "http" });
    for (const name of ["PORT", "SLACK_SIGNING_SECRET", "MicrosoftAppPassword"])
      expect(err).toMatch(new RegExp(`^${name}: `, "m"));
  });

  it("takes unsigned requests from no network", async () => {
    const { err, code } = await refused([], { ...ANONYMOUS, HOST: "0.0.0.0" });
    expect(err).toMatch(/^HOST \S+ can be reached from the network, .*TEAMS_ALLOW_ANONYMOUS=1.*\.\n$/);
    expect(code).toBe(1);
  });

  it("takes no --now: Teams' clock is the world's", async () => {
    expect((await refused(["--now=2026-11-03"], WHOLE)).err).toMatch(/^--json is for npm run chat/);
  });
});

describe("npm start, for Teams", () => {
  it("serves Teams and no playground, says where in one line, and ends when asked to", async () => {
    const program = await startWith(WHOLE);
    expect(program.line).toMatch(
      /^Teams' requests are awaited at http:\/\/127\.0\.0\.1:\d+\/api\/messages\. Ctrl-C ends it\.$/,
    );
    for (const path of ["/", "/playground/messages", "/slack/events", "/api/messages/more", "/teams/files/"])
      expect((await fetch(`${program.origin}${path}`)).status).toBe(404);
    await stop(program);
    expect(program.out()).toBe(`${program.line}\n`);
    expect(program.err()).toBe("");
  });

  it("refuses what is not signed, and shows no secret doing so", async () => {
    const { world, ada } = await openTeams();
    const program = await startWith({ ...WHOLE, LOG_LEVEL: "trace" });
    world.connectTo(program.origin);
    const asked = world.activity.message({ from: ada, text: "hi" });
    for (const authorization of [null, "Bearer none"])
      expect((await world.post(asked, { authorization })).status).toBe(401);
    await stop(program);
    expect(program.out() + program.err()).not.toContain(SECRET);
  });
});

describe("npm start, with TEAMS_ALLOW_ANONYMOUS=1", () => {
  it("says that requests are unsigned and from this machine, and answers by a card", async () => {
    const teams = await openTeams();
    const program = await startWith({ ...ANONYMOUS, LOG_LEVEL: "trace" });
    expect(program.line).toContain("/api/messages, unsigned, from this machine only. Ctrl-C ends it.");
    await teams.says(program, "track Contoso Confidential");
    await teams.until("Now following Contoso Confidential");
    expect(teams.sent).toMatchObject([
      {
        path: `/emea/v3/conversations/${encodeURIComponent(teams.ada.chat.id)}/activities`,
        authorization: undefined,
        body: { attachments: [{ content: { type: "AdaptiveCard" } }] },
      },
    ]);
    await stop(program);
    expect(program.out() + program.err()).not.toContain("Confidential");
  });

  it("killed and started again on the same data it sends a reminder that fell due meanwhile, and sends it once", async () => {
    const teams = await openTeams();
    const DATABASE_URL = `sqlite:${join(makeFolder(), "shepherd.db")}`;
    const first = await startWith({ ...ANONYMOUS, DATABASE_URL });
    await teams.says(first, "track Contoso CRM");
    await teams.until("Now following Contoso CRM");
    first.child.kill("SIGKILL");
    await first.ended;
    await fallDue(DATABASE_URL, teams.ada.tenant);
    const second = await startWith({ ...ANONYMOUS, DATABASE_URL });
    await teams.until("Contoso CRM: the certification report");
    await stop(second);
    await stop(await startWith({ ...ANONYMOUS, DATABASE_URL }));
    const told = teams.sent.filter(({ body }) => body.summary?.includes("the certification report"));
    expect(told).toHaveLength(1);
    expect(told[0]?.path).toBe(teams.sent[0]?.path);
  });

  it("asked to end with an answer in hand it gives that first", async () => {
    const teams = await openTeams();
    const program = await startWith(ANONYMOUS);
    teams.late(1500);
    await teams.says(program, "track Contoso CRM");
    await stop(program);
    expect(teams.sent).toMatchObject([{ body: { summary: expect.stringContaining("Now following") } }]);
    expect(program.err()).toBe("");
  });
});

describe("npm start, for Slack and Teams", () => {
  async function openSlack() {
    const world = await openSlackWorld({ scopes: SCOPES });
    onTestFinished(world.close);
    const { app, apiUrl, a } = world;
    const SLACK = {
      SLACK_API_URL: apiUrl,
      SLACK_SIGNING_SECRET: app.signingSecret,
      SLACK_BOT_TOKEN: a.bot.token,
    };
    return { world, a, SLACK };
  }

  it("serves both at one port, each with its own connectors, and nothing else", async () => {
    const [teams, { world, a, SLACK }] = await Promise.all([openTeams(), openSlack()]);
    const program = await startWith({ ...SLACK, ...ANONYMOUS });
    await world.connect(program.origin);
    expect(program.line).toMatch(
      /^Slack's requests are awaited at (\S+)\/slack\/events; Teams' requests are awaited at \1\/api\/messages/,
    );
    expect(wordsOf((await (await a.command("ana", "connectors", "track Adatum")).answers())[0])).toMatch(
      /^Now following Adatum/,
    );
    await teams.says(program, "list");
    await teams.until("No connector is tracked here yet");
    expect((await fetch(`${program.origin}/`)).status).toBe(404);
    await stop(program);
    expect(program.err()).toBe("");
  });

  it("ends where the port is taken, also when Slack is connected without one", async () => {
    const { world, SLACK } = await openSlack();
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    onTestFinished(() => void other.close());
    const PORT = `${(other.address() as AddressInfo).port}`;
    const { SLACK_SIGNING_SECRET: _, ...token } = SLACK;
    const socket = { ...token, SLACK_APP_TOKEN: world.app.appToken };
    const { err, code } = await refused([], { ...socket, ...ANONYMOUS, PORT });
    expect([err, code]).toEqual([expect.stringMatching(/^Port \d+ is taken/), 1]);
  });

  it("keeps the reminders of a platform that is not configured just now, and sends them when it is again", async () => {
    const [teams, { SLACK }] = await Promise.all([openTeams(), openSlack()]);
    const DATABASE_URL = `sqlite:${join(makeFolder(), "shepherd.db")}`;
    const both = await startWith({ ...ANONYMOUS, ...SLACK, DATABASE_URL });
    await teams.says(both, "track Contoso CRM");
    await teams.until("Now following Contoso CRM");
    await stop(both);
    await fallDue(DATABASE_URL, teams.ada.tenant);
    const slackOnly = await startWith({ ...SLACK, DATABASE_URL });
    await expect.poll(slackOnly.err).toContain("its platform is not configured");
    await stop(slackOnly);
    expect(teams.sent).toHaveLength(1);
    await waitNoMore(DATABASE_URL, teams.ada.tenant);
    const again = await startWith({ ...ANONYMOUS, DATABASE_URL });
    await teams.until("Contoso CRM: the certification report");
    await stop(again);
  });
});
