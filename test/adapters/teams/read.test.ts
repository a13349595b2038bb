import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { readActivity, readLetter } from "../../../adapters/teams/read.ts";
import { asked, goLiveInTwo } from "./live.ts";
import type { Activity } from "./world/activities.ts";
import { type Fields, isFields } from "./world/json.ts";

const ID = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;
const JSON_TYPE = { "content-type": "application/json" };

// The SDK writes there of each token that is not good.
vi.spyOn(console, "error").mockImplementation(() => undefined);

async function goLive() {
  const live = await goLiveInTwo();
  const { world, a } = live;
  const status = await asked(live, a.someone, undefined, "track Contoso CRM", "status contoso");
  const message = () => world.activity.message({ from: a.someone, text: "help" });
  const press = () =>
    world.activity.invoke({
      from: a.someone,
      replyTo: status.id,
      verb: "status",
      data: { fields: { name: "contoso" } },
    });
  const authorization = () => `Bearer ${world.token({ serviceurl: message().serviceUrl })}`;
  /** Bytes as they are, with a good token. */
  function send(body: string | Buffer, headers: Record<string, string> = {}, method = "POST") {
    const signed = { ...JSON_TYPE, authorization: authorization(), ...headers };
    return fetch(`${live.url}/api/messages`, {
      method,
      headers: signed,
      body: method === "GET" ? null : body,
    });
  }
  return { ...live, message, press, send, authorization };
}

test.each<[string, string, number]>([
  ["nothing", "", 401],
  ["no JSON", "{", 400],
  ["a form", "payload=%7B%7D", 400],
  ["a word", '"evil"', 400],
  ["a number", "1", 400],
  ["null", "null", 400],
  ["a list", "[]", 401],
  ["an object without anything", "{}", 401],
  ["lists in lists", "[".repeat(100_000) + "]".repeat(100_000), 401],
  ["objects in objects", `${'{"value":'.repeat(20_000)}1${"}".repeat(20_000)}`, 401],
  ["what is cut off", '{"channelId":"msteams","serviceUrl":"https://smba.traffic', 400],
  ["bytes that are no text", "\ud800", 400],
  ["a mark at its beginning", '\ufeff{"channelId":"evil"}', 401],
  ["as much as may be", `"${"x".repeat(256 * 1024 - 2)}"`, 400],
  ["more than may be", `"${"x".repeat(256 * 1024 - 1)}"`, 413],
])("a body that is %s is refused in a fixed sentence", async (_, body, status) => {
  const { send, message, world } = await goLive();
  const answer = await send(body);
  expect(answer.status).toBe(status);
  expect(await answer.json()).toEqual({
    error: expect.stringMatching(/^[A-Z][\w ]+\.$/),
    id: expect.stringMatching(ID),
  });
  expect((await world.post(message())).status).toBe(200);
});

test("JSON is read under its own name only, in the letters that JSON has", async () => {
  const { send, message } = await goLive();
  const body = JSON.stringify(message());
  for (const type of [
    "application/json",
    "Application/JSON; charset=utf-8",
    "application/json;charset=UTF-8",
    "application/json ;x=y",
  ])
    expect([type, (await send(body, { "content-type": type })).status]).toEqual([type, 200]);
  for (const charset of ["utf-7", "latin-1-evil", ""])
    expect([
      charset,
      (await send(body, { "content-type": `application/json; charset=${charset}x` })).status,
    ]).toEqual([charset, 415]);
  const others =
    "text/plain text/json application/x-www-form-urlencoded multipart/form-data application/ld+json x";
  for (const type of ["", "application/jsonx", ...others.split(" ")])
    expect([type, (await send(body, { "content-type": type })).status]).toEqual([type, 415]);
});

test("only POST is taken, and nothing else is there", async () => {
  const { send, message, url } = await goLive();
  const body = JSON.stringify(message());
  for (const method of ["GET", "PUT", "PATCH", "DELETE", "OPTIONS"])
    expect([method, (await send(body, {}, method)).status]).toEqual([method, 405]);
  const paths = "/ //api/messages /api/messages/ /API/messages /api/messages%20 /api/%6dessages /%";
  for (const path of paths.split(" "))
    expect([
      path,
      (await fetch(`${url}${path}`, { method: "POST", body, headers: JSON_TYPE })).status,
    ]).toEqual([path, 404]);
});

test("what is packed is read as long as it is not large when it is unpacked", async () => {
  const { send, message } = await goLive();
  const packed = (text: string) => send(gzipSync(text), { "content-encoding": "gzip" });
  expect((await packed(JSON.stringify(message()))).status).toBe(200);
  expect((await packed(JSON.stringify({ ...message(), text: "x".repeat(50_000_000) }))).status).toBe(413);
  expect((await send("no gzip", { "content-encoding": "gzip" })).status).toBe(400);
  expect((await send("x", { "content-encoding": "evil" })).status).toBe(415);
});

test("what names two tenants is nobody's, and what names none is not Teams'", async () => {
  const { world, message, press, a, b } = await goLive();
  const calls = world.calls.length;
  for (const { conversation, channelData, ...rest } of [message(), press()]) {
    const naming = (one: unknown, other: unknown) => ({
      ...rest,
      conversation: { ...conversation, tenantId: one as string },
      channelData: { ...channelData, tenant: { id: other as string } },
    });
    for (const [one, other, status] of [
      [b.id, a.id, 403],
      [a.id, b.id, 403],
      ...["", "contoso", "*", `${a.id}/..`, `${a.id} `, `${a.id}\n`, undefined, 7].map((odd) => [
        odd,
        odd,
        400,
      ]),
    ] as const)
      expect([one, (await world.post(naming(one, other))).status]).toEqual([one, status]);
  }
  expect(world.calls.length).toBe(calls);
  const { conversation, ...rest } = message();
  const loud = { ...rest, conversation: { ...conversation, tenantId: a.id.toUpperCase() } };
  expect((await world.post(loud)).status).toBe(200);
});

test("who is of another organisation reads nothing in a shared channel, also by a press that does not name its sort", async () => {
  const { world, a, b } = await goLive();
  const shared = world.activity.message({ from: b.someone, in: a.channel, text: "list" });
  Object.assign(shared.channelData.channel as Fields, { type: "shared" });
  expect((await world.post(shared)).status).toBe(200);
  await world.until(() => world.calls.some(({ method, status }) => method === "GET" && status));
  const press = { from: b.someone, in: a.channel, replyTo: "1", verb: "list", data: { fields: {} } };
  await world.post(world.activity.invoke(press));
  expect(JSON.stringify(a.channel.fromBot())).not.toContain("Contoso CRM");
});

test("ids that would lead elsewhere in an address stay in their place", async () => {
  const live = await goLive();
  const { world, message, press, a } = live;
  const odd = [
    ...[..."..|.|a/../../b|/|a?x=1#y|%2e%2e%2f|a:b@c|👩‍👩‍👧|".split("|"), "\u0000", "a\r\nX: y"],
    ...["x".repeat(599), "x".repeat(5000), "\ud800"],
  ];
  for (const id of odd) {
    for (const activity of [message(), press()]) {
      for (const changed of [
        { ...activity, id },
        { ...activity, from: { ...activity.from, id } },
        { ...activity, recipient: { ...activity.recipient, id } },
        { ...activity, conversation: { ...activity.conversation, id } },
        { ...activity, replyToId: id },
      ])
        expect([200, 400]).toContain((await world.post(changed)).status);
    }
  }
  expect(await live.followed(a)).toHaveLength(1);
  await live.close();
  const paths = world.signed.map((url) => new URL(url));
  for (const { host, pathname, search, hash } of paths) {
    expect([host, search, hash]).toEqual(["smba.trafficmanager.net", "", ""]);
    expect(pathname).toMatch(/^\/emea\/v3\/conversations\/[^/]+\/activities(?:\/[^/]+)?$/);
  }
});

/** Every place in it, as a path. */
function placesIn(value: unknown, path: string[] = []): string[][] {
  if (!isFields(value)) return [path];
  return [path, ...Object.entries(value).flatMap(([key, one]) => placesIn(one, [...path, key]))];
}

function changed(value: unknown, [key, ...rest]: string[], by: unknown): unknown {
  if (key === undefined) return by;
  const fields = isFields(value) ? value : {};
  return Object.defineProperty({ ...fields }, key, {
    value: changed(fields[key], rest, by),
    enumerable: true,
  });
}

const ODD_WORDS =
  "__proto__ constructor toString 29:x en-u-ca-islamic-nu-arab x-evil Etc/GMT+14 +05:30 i-klingon";
const values = fc.oneof(
  fc.constantFrom(null, true, 0, -1, "", " ", [], {}, [null], [[]], ...ODD_WORDS.split(" ")),
  fc.constantFrom("\u0000", "\ud800", "x".repeat(5000)),
  fc.json({ maxDepth: 3 }).map((text): unknown => JSON.parse(text)),
  fc.string({ unit: "binary", maxLength: 30 }),
);

test("an activity with anything anywhere in it is read, or refused, and never breaks", async () => {
  const live = await goLive();
  const { world, message, press, b, logged } = live;
  const makes = [
    message,
    press,
    () => ({ ...message(), type: "installationUpdate", action: "add" }) as Activity,
    () => ({ ...message(), value: { verb: "status", fields: {}, inputs: ["a"], "in:a": "b" } }) as Activity,
  ];
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...makes),
      fc.nat(),
      values,
      fc.constantFrom("", "__proto__", "x"),
      async (make, at, by, more) => {
        const activity = make();
        const places = placesIn(activity);
        const place = [...(places[at % places.length] ?? []), ...(more ? [more] : [])];
        const odd = changed(activity, place, by) as Fields;
        const authorization = `Bearer ${world.token({ serviceurl: odd?.serviceUrl ?? activity.serviceUrl })}`;
        const { status, body } = await world.post(undefined, { raw: JSON.stringify(odd), authorization });
        expect([200, 400, 401, 403, 501]).toContain(status);
        if (status >= 400) expect(Object.keys(body as Fields)).toEqual(["error", "id"]);
        expect(() => [readLetter(odd), readActivity(odd)]).not.toThrow();
      },
    ),
    { seed: 11, numRuns: 400 },
  );
  expect({}).not.toHaveProperty("x");
  await asked(live, b.someone, undefined, "help");
  expect(logged.filter(({ facts }) => /TypeError|RangeError|URIError/.test(facts))).toEqual([]);
});
