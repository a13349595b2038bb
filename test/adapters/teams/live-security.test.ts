import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { beforeEach, expect, test, vi } from "vitest";
import { makeFolder } from "../../store/folder.ts";
import { rowsOf } from "../../store/rows.ts";
import { asked, goLiveInTwo, type Options } from "./live.ts";
import type { Activity } from "./world/activities.ts";
import type { TokenOverrides } from "./world/tokens.ts";

const TENANTS = ["d6d49420-f39b-4df7-a1dc-d59a935871db", "f8cdef31-a31e-4b4a-93e4-5f571e91255a"];
const EMULATORS = TENANTS.flatMap((id) => [
  `https://sts.windows.net/${id}/`,
  `https://login.microsoftonline.com/${id}/v2.0`,
  `https://login.microsoftonline.us/${id}/v2.0`,
]);
const FOREIGN = "11111111-2222-4333-8444-555555555555";
const hence = (seconds: number) => Math.ceil(Date.now() / 1000) + seconds;

/** The SDK writes there too. */
const onConsole = vi.spyOn(console, "error").mockImplementation(() => undefined);
beforeEach(() => void onConsole.mockClear());

type Ours = Awaited<ReturnType<typeof goLiveOnFile>>;

async function goLiveOnFile(options: Options = {}) {
  const file = join(makeFolder(), "shepherd.db");
  const live = await goLiveInTwo({ data: file, ...options });
  return { ...live, file };
}

/** What Teams delivers, each of which changes something. */
async function deliveries(live: Ours) {
  const { a, world } = live;
  const status = await asked(live, a.someone, undefined, "track Contoso CRM", "status Contoso CRM");
  const press = { from: a.someone, replyTo: status.id, data: { fields: { name: "Evil by press" } } };
  return {
    message: world.activity.message({ from: a.someone, text: "track Evil by message" }),
    mention: world.activity.message({ from: a.someone, in: a.channel, text: "track Evil by mention" }),
    press: world.activity.invoke({ ...press, verb: "track" }),
    submit: world.activity.submit({ ...press, data: { ...press.data, verb: "track" } }),
    added: world.activity.installation({ from: a.someone, in: a.team.general, action: "add" }),
    removed: world.activity.installation({ from: a.someone, action: "remove" }),
  } satisfies Record<string, Activity>;
}

/** Fails when anything came of what was refused: a call, a token, a row, a word in the log. */
function watched(live: Ours) {
  const { file, logged, followed, a, b } = live;
  const { calls, signed } = live.world;
  const before = { calls: calls.length, signed: signed.length, logged: logged.length, rows: rowsOf(file) };
  return async () => {
    expect({ ...before, calls: calls.length, signed: signed.length, rows: rowsOf(file) }).toEqual(before);
    expect(JSON.stringify(logged.slice(before.logged))).not.toMatch(/Evil|eyJ|29:|19:|serviceUrl/);
    // What came before this question would be done by its answer.
    await asked(live, b.someone, undefined, "help");
    expect(calls.length).toBe(before.calls + 1);
    expect((await followed(a)).map(({ name }) => name)).toEqual(["Contoso CRM"]);
  };
}

/** None of what Teams delivers is taken when it comes with such a header. */
async function expectAllRefused(
  header: (token: (claims?: TokenOverrides) => string, appId: string) => string | null,
  parts: Partial<Activity> = {},
) {
  const live = await goLiveOnFile();
  const { world } = live;
  const kinds = Object.entries(await deliveries(live));
  const check = watched(live);
  for (const [kind, activity] of kinds) {
    const token = (claims = {}) => world.token({ serviceurl: activity.serviceUrl, ...claims });
    await expectRefused(live, kind, { ...activity, ...parts }, { header: header(token, world.appId) });
  }
  await check();
  // For those who operate this it is no trouble.
  expect(live.logged.filter(({ level }) => level === "error")).toEqual([]);
}

async function expectRefused(
  { world }: Pick<Ours, "world">,
  what: string,
  activity: Activity,
  { header }: { header: string | null },
) {
  const { status, body } = await world.post(activity, { authorization: header });
  // A key for the web chat is Microsoft's too: what it signs is read, and is not what Teams sends.
  const code = activity.channelId === "webchat" && status === 400 ? 400 : 401;
  expect([what, status, body]).toEqual([what, code, { error: SAID[code], id: expect.stringMatching(ID) }]);
}

const ID = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;
const SAID: Record<number, string> = {
  400: "This is not what Teams sends.",
  401: "This request is not signed by Microsoft for this bot.",
};

test("what Microsoft has signed for this bot is done", async () => {
  const live = await goLiveOnFile();
  const { message, press, mention } = await deliveries(live);
  for (const one of [message, mention]) {
    const answer = await live.world.post(one);
    expect([answer.status, answer.body]).toEqual([200, ""]);
  }
  expect((await live.world.post(press)).status).toBe(200);
  await live.world.until(async () => (await live.followed(live.a)).length === 4);
});

test("what is signed a little early or late, by a clock that differs, is taken", async () => {
  const live = await goLiveOnFile();
  const { message, mention } = await deliveries(live);
  const { world } = live;
  for (const [one, claims] of [
    [message, { exp: hence(-290), nbf: hence(-3600) }],
    [mention, { exp: hence(3600), nbf: hence(290) }],
  ] as const) {
    const authorization = `Bearer ${world.token({ serviceurl: one.serviceUrl, ...claims })}`;
    expect((await world.post(one, { authorization })).status).toBe(200);
  }
  await world.until(async () => (await live.followed(live.a)).length === 3);
});

const HEADERS: Record<string, (good: string) => string | null> = {
  "no header": () => null,
  "an empty one": () => "",
  blanks: () => "  ",
  junk: () => "Bearer junk",
  "three parts of junk": () => "Bearer a.b.c",
  "only the scheme": () => "Bearer",
  "a scheme and a blank": () => "Bearer ",
  Basic: (good) => `Basic ${good}`,
  "another scheme": (good) => `Token ${good}`,
  "no scheme": (good) => good,
  "something after it": (good) => `Bearer ${good} x`,
  "two of them": (good) => `Bearer ${good}, Bearer ${good}`,
  "a token cut off": (good) => `Bearer ${good.slice(0, -5)}`,
  "one without its signature": (good) => `Bearer ${good.replace(/[^.]*$/, "")}`,
  "one with one letter changed": (good) => `Bearer ${good.replace(/\.eyJ(.)/, ".eyK$1")}`,
  "a head that is no JSON": () => jwt("{", "{}"),
  "a head that is null": () => jwt("null", "{}"),
  "a body that is no JSON": () => jwt(HEAD, "{"),
  "a body that is null": () => jwt(HEAD, "null"),
  "a body that is a list": () => jwt(HEAD, "[]"),
  "an issuer that is a list": () => jwt(HEAD, '{"iss":["https://api.botframework.com"]}'),
};
const HEAD = '{"alg":"RS256","typ":"JWT"}';

function jwt(head: string, body: string): string {
  return `Bearer ${[head, body, "signature"].map((part) => Buffer.from(part).toString("base64url")).join(".")}`;
}

test.each(Object.entries(HEADERS))("nothing is done for a request that bears %s", async (_, header) => {
  await expectAllRefused((token) => header(token()));
});

const skill = { aud: undefined, appid: FOREIGN, ver: "1.0" };

const FORGERIES: Record<string, (appId: string) => TokenOverrides> = {
  "for another bot": () => ({ aud: FOREIGN }),
  "for nobody": () => ({ aud: undefined }),
  "for this bot among others": (appId) => ({ aud: [appId, FOREIGN] }),
  "by another issuer": () => ({ iss: "https://api.botframework.us" }),
  "by an issuer that looks the same": () => ({ iss: "https://api.botframework.com/" }),
  "by nobody": () => ({ iss: undefined }),
  "by a list of issuers": () => ({ iss: ["https://api.botframework.com"] }),
  ...Object.fromEntries(
    EMULATORS.flatMap((iss) => [
      [`by ${iss}, version 1`, (appId: string) => ({ iss, appid: appId, ver: "1.0" })],
      [`by ${iss}, version 2`, (appId: string) => ({ iss, azp: appId, ver: "2.0" })],
      [`by ${iss}, for a skill`, (appId: string) => ({ ...skill, iss, aud: appId })],
    ]),
  ),
  "by a tenant that it names itself": (appId) => ({
    iss: `https://sts.windows.net/${FOREIGN}/`,
    tid: FOREIGN,
    ver: "1.0",
    appid: appId,
  }),
  "for a skill": (appId) => ({ ...skill, aud: appId }),
  "for a skill that nobody knows": (appId) => ({ aud: appId, appid: "AnonymousSkill" }),
  "until a while ago": () => ({ exp: hence(-320) }),
  "from tomorrow on": () => ({ nbf: hence(86_400), exp: hence(90_000) }),
  "from six minutes hence": () => ({ nbf: hence(360) }),
  "until a time that is none": () => ({ exp: "tomorrow" }),
  "for ever": () => ({ exp: undefined }),
  "with a key that is not Microsoft's": () => ({ key: "foreign" }),
  "with a key that nobody knows": () => ({ key: "foreign", kid: "of nobody" }),
  "with a key that it does not name": () => ({ key: "foreign", kid: undefined as unknown as string }),
  "with a key for other channels": () => ({ key: "unendorsed" }),
  "with a key for other channels that says it is ours": () => ({ key: "unendorsed", kid: "world-key-1" }),
  "without a signature": () => ({ alg: "none" }),
  "with our public key as a secret": () => ({ alg: "HS256" }),
  "for another service": () => ({ serviceurl: "https://smba.trafficmanager.net/amer/" }),
  "for a service in other letters": () => ({ serviceurl: "https://smba.trafficmanager.net/EMEA/" }),
  "for no service": () => ({ serviceurl: undefined }),
  "for several services": () => ({ serviceurl: ["https://smba.trafficmanager.net/emea/"] }),
};

test.each(Object.entries(FORGERIES))("nothing is done for a request signed %s", async (_, claims) => {
  await expectAllRefused((token, appId) => `Bearer ${token(claims(appId))}`);
});

const CHANNELS = ["directline", "webchat", "emulator", "AseChannel", "MSTEAMS", "msteams ", "skype", ""];

test.each(CHANNELS)("nothing is done for the channel %j, whoever signed", async (channelId) => {
  const emulator = (appid: string) => ({ iss: EMULATORS[0], appid, ver: "1.0" });
  for (const claims of [() => ({}), () => ({ key: "unendorsed" as const }), emulator])
    await expectAllRefused((token, appId) => `Bearer ${token(claims(appId))}`, { channelId });
});

test("of the tokens that strangers make up nothing stays in memory", async () => {
  const live = await goLiveOnFile();
  const { message } = await deliveries(live);
  const issuers = await issuersOfTheSdk();
  const before = issuers.length;
  for (let number = 100; number < 150; number += 1) {
    const claims = { iss: "https://evil.example/", tid: `11111111-2222-4333-8444-555555555${number}` };
    const token = live.world.token({ key: "foreign", ...claims });
    await expectRefused(live, "made up", message, { header: `Bearer ${token}` });
  }
  expect(issuers.length).toBe(before);
});

/** Whom the SDK takes for an emulator; it adds what it reads in a token before that is checked. */
async function issuersOfTheSdk(): Promise<string[]> {
  const folder = dirname(createRequire(import.meta.url).resolve("botframework-connector/package.json"));
  const made = await import(pathToFileURL(join(folder, "lib/auth/tokenValidationParameters.js")).href);
  return made.ToBotFromBotOrEmulatorTokenValidationParameters.issuer;
}

test("what strangers send is told to our own log only, in words of ours", async () => {
  const live = await goLiveOnFile();
  const { message } = await deliveries(live);
  for (const claims of [{ key: "foreign" }, { exp: hence(-4000) }, { nbf: hence(4000) }] as const) {
    const header = `Bearer ${live.world.token({ serviceurl: message.serviceUrl, ...claims })}`;
    await expectRefused(live, "a stranger's", message, { header });
  }
  expect(onConsole).not.toHaveBeenCalled();
});
