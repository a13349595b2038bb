import { webApi } from "@slack/bolt";
import { expect, onTestFinished, test } from "vitest";
import { openSlackWorld, type World, type WorldOptions } from "./slack-world.ts";

const SCOPES = ["chat:write", "im:write", "im:history", "channels:read", "channels:history", "users:read"];

async function openWorld(options: WorldOptions = {}): Promise<World> {
  const world = await openSlackWorld({ scopes: [...SCOPES, "files:write", "groups:read"], ...options });
  onTestFinished(world.close);
  return world;
}

/** An app's own client, without retries of its own. */
function clientOf(world: World, token: string, options: webApi.WebClientOptions = {}): webApi.WebClient {
  return new webApi.WebClient(token, {
    slackApiUrl: world.apiUrl,
    retryConfig: { retries: 0 },
    logLevel: webApi.LogLevel.ERROR,
    rejectRateLimitedCalls: true,
    ...options,
  });
}

const refusal = (asked: Promise<unknown>) =>
  asked.then(
    () => "none",
    (error) => error.data?.error ?? error.code,
  );

test("a token opens its own workspace only", async () => {
  const world = await openWorld();
  const [a, b] = [clientOf(world, world.a.bot.token), clientOf(world, world.b.bot.token)];
  expect(await a.auth.test()).toMatchObject({ team_id: "T0000000A1", user_id: world.a.bot.userId });
  expect(await b.auth.test()).toMatchObject({ team_id: "T0000000B2", team: "Fabrikam" });
  const channel = await world.a.channel("launch");
  expect((await a.chat.postMessage({ channel, text: "hi" })).message).toMatchObject({
    bot_id: world.a.bot.id,
  });
  expect(await refusal(b.chat.postMessage({ channel, text: "hi" }))).toBe("channel_not_found");
  expect(await refusal(clientOf(world, "xoxb-nobody").auth.test())).toBe("invalid_auth");
  expect(await refusal(a.reactions.add({ channel, name: "x", timestamp: "1" }))).toBe("missing_scope");
  expect(await refusal(a.apiCall("no.such"))).toBe("unknown_method");
  expect(world.front.calls.filter(({ team }) => team === undefined)).toHaveLength(1);
});

test("people and channels are what they were declared to be", async () => {
  const people = [
    { name: "ana", tz: "Asia/Kolkata", locale: "en-IN" },
    { name: "stranger", team: "T0000000ZZ", isStranger: true },
    { name: "guest", isRestricted: true, more: { is_invited_user: true } },
  ];
  const channels = [
    { name: "shared", isExtShared: true },
    { name: "empty", withBot: false },
  ];
  const world = await openWorld({ workspaces: { a: { people, channels } } });
  const client = clientOf(world, world.a.bot.token);
  const seen = async (name: string) =>
    (await client.users.info({ user: world.a.user(name), include_locale: true })).user;
  expect(await seen("ana")).toMatchObject({
    team_id: "T0000000A1",
    tz: "Asia/Kolkata",
    tz_offset: 19_800,
    locale: "en-IN",
    is_restricted: false,
  });
  expect(await seen("stranger")).toMatchObject({ team_id: "T0000000ZZ", is_stranger: true });
  expect(await seen("guest")).toMatchObject({ is_restricted: true, is_invited_user: true });
  const about = async (name: string) =>
    (await client.conversations.info({ channel: await world.a.channel(name) })).channel;
  expect(await about("shared")).toMatchObject({ is_ext_shared: true, is_member: true });
  expect(await about("empty")).toMatchObject({ is_ext_shared: false, is_member: false });
  const empty = await world.a.channel("empty");
  expect(await refusal(client.chat.postMessage({ channel: empty, text: "x" }))).toBe("not_in_channel");
});

test("files come and go through the front", async () => {
  const world = await openWorld();
  const { a, front } = world;
  await world.connect("http://127.0.0.1:1");
  const client = clientOf(world, a.bot.token);
  const { ts, channel } = await a.say("ana", "secret", "please");
  const file = Buffer.from([0x89, 0x50, 0x00, 0xff]);
  await client.filesUploadV2({ file, filename: "p.png", title: "P", channel_id: channel, thread_ts: ts });
  const [stored] = await a.files();
  expect(stored).toMatchObject({ name: "p.png", title: "P", mimetype: "image/png" });
  expect(stored?.bytes.equals(file)).toBe(true);
  expect((await a.thread("secret", ts))[1]?.files).toHaveLength(1);
  expect(front.callsTo("upload")).toHaveLength(1);
  const url = String(stored?.url_private);
  const got = await fetch(url, { headers: { authorization: "Bearer none" } });
  expect([url.startsWith(front.url), got.status]).toEqual([true, 403]);
});

test("tokens die, channels close", async () => {
  const world = await openWorld();
  const { a, b } = world;
  await world.connect("http://127.0.0.1:1");
  const [client, other] = [clientOf(world, a.bot.token), clientOf(world, b.bot.token)];
  const channel = await a.channel("launch");
  const gone = await a.kick("launch");
  expect(gone).toMatchObject({ status: 0, payload: { event: { type: "channel_left", channel } } });
  expect(await refusal(client.chat.postMessage({ channel, text: "x" }))).toBe("not_in_channel");
  await a.invite("launch");
  expect(await refusal(client.chat.postMessage({ channel, text: "x" }))).toBe("none");
  await a.archive("launch");
  expect(await refusal(client.chat.postMessage({ channel, text: "x" }))).toBe("is_archived");
  await a.revokeTokens({ bot: [a.bot.userId] });
  expect(await refusal(client.auth.test())).toBe("token_revoked");
  await a.uninstall();
  expect(await refusal(client.auth.test())).toBe("account_inactive");
  expect(await refusal(other.auth.test())).toBe("none");
});

test("Slack misbehaves in every way there is", async () => {
  const world = await openWorld();
  const { a, front } = world;
  const client = clientOf(world, a.bot.token, { timeout: 1500 });
  const channel = await a.channel("launch");
  const post = (text: string) => refusal(client.chat.postMessage({ channel, text }));
  front.next("chat.postMessage", "hang up");
  front.next("chat.postMessage", "lose the answer");
  front.next("chat.postMessage", { delayMs: 5000 });
  front.next("chat.postMessage", { status: 500, body: "oops" });
  front.next("chat.postMessage", { status: 429, headers: { "retry-after": "30" } });
  front.next(
    "chat.postMessage",
    { body: { ok: false, error: "token_revoked" } },
    1,
    ({ body }) => body.text === "six",
  );
  const met = [];
  for (const text of ["one", "two", "three", "four", "five", "six", "seven"]) met.push(await post(text));
  const lost = "slack_webapi_request_error";
  const limited = "slack_webapi_rate_limited_error";
  expect(met).toEqual([lost, lost, lost, "slack_webapi_http_error", limited, "token_revoked", "none"]);
  expect((await a.history("launch")).map(({ text }) => text)).toEqual(["two", "seven"]);
});

test("blocks are checked by whoever can", async () => {
  const world = await openWorld({ check: ({ blocks }) => (blocks.length > 1 ? ["too many"] : []) });
  const client = clientOf(world, world.a.bot.token);
  const channel = await world.a.channel("launch");
  const post = (count: number) =>
    refusal(client.chat.postMessage({ channel, text: "x", blocks: Array(count).fill({ type: "divider" }) }));
  expect([await post(1), await post(2)]).toEqual(["none", "invalid_blocks"]);
});

test("a response_url takes five messages", async () => {
  const world = await openWorld();
  await world.connect("http://127.0.0.1:1");
  const asked = await world.a.command("ana", "launch", "x");
  const url = String(asked.payload.response_url);
  const post = async (body: object) =>
    (await fetch(url, { method: "POST", body: JSON.stringify(body) })).status;
  expect(await post({ text: "for all", response_type: "in_channel" })).toBe(200);
  expect(await post({ text: "two", replace_original: true })).toBe(200);
  const rest = [];
  for (const text of ["three", "four", "five", "six"]) rest.push(await post({ text }));
  expect(rest).toEqual([200, 200, 200, 404]);
  expect((await world.a.history("launch")).map(({ text }) => text)).toEqual(["for all"]);
  expect(await world.a.ephemerals("ana", "launch")).toHaveLength(4);
});

test("an organisation installs for all its workspaces", async () => {
  const world = await openWorld({ redirectUris: ["http://127.0.0.1:1/"] });
  const org = { id: "E0000000X1", name: "Contoso Group" };
  world.a.setOrg(org);
  await world.connect("http://127.0.0.1:1");
  const { payload } = await world.a.mention("ana", "launch", "hi", {
    overrides: { event: { user_team: "T9" }, event_context: undefined },
  });
  expect(payload).toMatchObject({
    enterprise_id: org.id,
    context_enterprise_id: org.id,
    event: { type: "app_mention", user_team: "T9" },
    authorizations: [{ enterprise_id: org.id, is_enterprise_install: true }],
  });
  expect(payload).not.toHaveProperty("event_context");
  const asked = await world.a.command("ana", "direct", "x");
  expect(asked.payload).toMatchObject({
    enterprise_id: org.id,
    is_enterprise_install: "true",
    channel_name: "directmessage",
  });
});
