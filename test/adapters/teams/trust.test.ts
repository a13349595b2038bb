import { request } from "node:http";
import { expect, test } from "vitest";
import { mintAddress } from "../../../adapters/teams/address.ts";
import { isTrusted } from "../../../adapters/teams/trust.ts";
import type { Address, WorkspaceId } from "../../../src/incoming.ts";
import { asked, goLiveInTwo } from "./live.ts";
import { guidOf } from "./world/json.ts";

const MICROSOFTS = [
  "https://smba.trafficmanager.net/emea/",
  "https://smba.trafficmanager.net/amer/72f988bf-86f1-41af-91ab-2d7cd011db47/",
  "https://smba.trafficmanager.net",
  "https://SMBA.TrafficManager.NET/teams/",
  "HTTPS://smba.trafficmanager.net/de/",
  "https://europe.botframework.com/",
  "https://emea.teams.botframework.com/a-b_c.d~e/",
  "https://smba.infra.gcc.teams.microsoft.com/teams",
  "https://smba.infra.gov.teams.microsoft.us/teams/",
];

const EVIL = [
  ...`
    https://evil.example/ https://evil.trafficmanager.net/ https://trafficmanager.net/ https://smba-trafficmanager.net/
    https://smba.trafficmanager.net.evil.com/ https://evil.com/smba.trafficmanager.net/ https://xsmba.trafficmanager.net/
    https://x.smba.trafficmanager.net/ https://botframework.com/ https://xbotframework.com/ https://.botframework.com/
    https://botframework.com.evil.com/ https://x.botframework.com.evil.com/ https://x.botframework.co/
    https://x..botframework.com/ https://infra.gcc.teams.microsoft.com/ https://teams.microsoft.com/
    https://smba.infra.evil.teams.microsoft.com/ https://smba.infra.gov.teams.microsoft.com/

    https://smba.trafficmanager.net@evil.com/ https://a:b@smba.trafficmanager.net/ https://@smba.trafficmanager.net/
    https://evil.com@smba.trafficmanager.net/ https://smba.trafficmanager.net:443/ https://smba.trafficmanager.net:8443/
    https://smba.trafficmanager.net:/ https://smba.trafficmanager.net:443@evil.com/

    https://169.254.169.254/ https://127.0.0.1/ https://[::1]/ https://[::ffff:169.254.169.254]/ https://2130706433/
    https://0x7f.1/ https://localhost/ http://169.254.169.254/latest/meta-data/

    http://smba.trafficmanager.net/emea/ file:///etc/passwd ftp://smba.trafficmanager.net/ javascript:alert(1)
    data:text/plain,x //smba.trafficmanager.net/ smba.trafficmanager.net https:smba.trafficmanager.net/ urn:x
    https:/smba.trafficmanager.net/ https:///smba.trafficmanager.net/ wss://smba.trafficmanager.net/

    https://smba.trafficmanager.net./ https://smba.trafficmanager.net.. https://smba%2etrafficmanager.net/
    https://smba。trafficmanager。net/ https://ѕmba.trafficmanager.net/ https://smba.trafficmanager.ｎet/
    https://ſmba.trafficmanager.net/ https://smba.trafficmanager.net⁄evil.com/ https://botſramework.com/

    https://smba.trafficmanager.net/emea/../ https://smba.trafficmanager.net/./x https://smba.trafficmanager.net/.../
    https://smba.trafficmanager.net/.. https://smba.trafficmanager.net/%2e%2e/ https://smba.trafficmanager.net/emea/?x=
    https://smba.trafficmanager.net/? https://smba.trafficmanager.net?x https://smba.trafficmanager.net/#
    https://smba.trafficmanager.net#@evil.com/ https://smba.trafficmanager.net/;x https://smba.trafficmanager.net/é
    https://smba.trafficmanager.net/@evil.com
  `
    .trim()
    .split(/\s+/),
  // Letters that readers of addresses take for others, or leave out.
  ...["https://smba.trafficmanager.net\\.evil.com/", "https://evil.com\\@smba.trafficmanager.net/"],
  ...["https://evil.com\\smba.trafficmanager.net/", "https:\\\\smba.trafficmanager.net\\"],
  ...[
    "https://smba.traffic\tmanager.net/",
    "https://smba.traffic\nmanager.net/",
    "https://smba.trafficmanager.net/\n",
  ],
  ...[
    "\nhttps://smba.trafficmanager.net/",
    " https://smba.trafficmanager.net/",
    "https://smba.trafficmanager.net/ ",
  ],
  ...["https://smba.trafficmanager.net/\r\nX: y", "https://smba.trafficmanager.net\u0000.evil.com/"],
  ...["https://evil.example/\nhttps://smba.trafficmanager.net/", "https://smba.trafficmanager.net\u00ad/"],
  ...[
    "https://sm\u200bba.trafficmanager.net/",
    "https://smba.trafficmanager.net/..\\x",
    "https://smba.trafficmanager.net/a b",
  ],
];
const LOOPBACK = ["http://127.0.0.1:3978/", "http://localhost:3978/", "http://[::1]/"];

test.each(MICROSOFTS)("%s is Microsoft's", (serviceUrl) => {
  expect(isTrusted(serviceUrl, false)).toBe(true);
});

test.each([...EVIL, ...LOOPBACK])("%j is not Microsoft's", (serviceUrl) => {
  expect(isTrusted(serviceUrl, false)).toBe(false);
});

test("a long address is looked at as fast as a short one", () => {
  for (const piece of ["a.", "/a", "/.", "-", ".", "a/", "/~"]) {
    const long = piece.repeat(100_000);
    for (const host of ["", "smba.trafficmanager.net", "x.botframework.com"])
      expect(isTrusted(`https://${host}${long}!`, true)).toBe(false);
  }
});

test("nothing is said to a service that is not Microsoft's, whoever signed: no token is given away", async () => {
  const live = await goLiveInTwo();
  const { world, a, followed, logged } = live;
  const status = await asked(live, a.someone, undefined, "track Contoso CRM", "status Contoso CRM");
  const before = { calls: world.calls.length, signed: world.signed.length };
  const data = { fields: { name: "Evil" } };
  for (const serviceUrl of [...EVIL, ...LOOPBACK]) {
    for (const activity of [
      world.activity.message({ from: a.someone, text: "track Evil" }),
      world.activity.invoke({ from: a.someone, replyTo: status.id, verb: "track", data }),
      world.activity.installation({ from: a.someone, action: "remove" }),
    ]) {
      const { status, body } = await world.post({ ...activity, serviceUrl });
      expect([serviceUrl, status, body]).toEqual([
        serviceUrl,
        403,
        { error: "This request is not for this bot.", id: expect.any(String) },
      ]);
    }
  }
  expect({ calls: world.calls.length, signed: world.signed.length }).toEqual(before);
  expect((await followed(a)).map(({ name }) => name)).toEqual(["Contoso CRM"]);
  expect(JSON.stringify(logged)).not.toMatch(/evil/i);
});

test("a service that Microsoft moves to is spoken to from then on", async () => {
  const live = await goLiveInTwo();
  const { world, a } = live;
  await asked(live, a.someone, undefined, "help");
  const moved = "https://smba.trafficmanager.net/apac/";
  const change = (activity: { serviceUrl: string }) => {
    activity.serviceUrl = moved;
  };
  await a.someone.says("list", { change });
  await world.until(() => world.signed.some((url) => url.startsWith(moved)));
});

test("a reminder is not sent to an address that was trusted once, and its token is kept", async () => {
  const live = await goLiveInTwo();
  const { world, a, store, remindAt, logged } = live;
  const workspace = a.id as WorkspaceId;
  const place = {
    tenant: workspace,
    scope: a.someone.chat.id,
    isDirect: true,
    bot: world.botId,
    person: a.someone.id,
  };
  const moved = EVIL.filter((_, index) => index % 13 === 0);
  for (const [index, serviceUrl] of moved.entries()) {
    await asked(live, a.someone, undefined, `track C${index}`, `mark C${index} submitted yesterday 9am`);
    const [found] = await store.find(workspace, [`c${index}`]);
    const where = mintAddress({ ...place, serviceUrl, conversation: a.someone.chat.id });
    await store.change({ workspace, id: `${found?.id}` }, (now) => (now ? { next: { ...now, where } } : {}));
  }
  const before = { calls: world.calls.length, signed: world.signed.length };
  const reminded = await remindAt("2026-12-01T09:15");
  expect(reminded).toMatchObject({ sent: 0, later: 0, never: moved.length });
  expect({ calls: world.calls.length, signed: world.signed.length }).toEqual(before);
  expect(logged.filter(({ facts }) => facts.includes("NotTrusted"))).toHaveLength(moved.length);
});

test("an address that is not ours, or broken, is refused for good and harms no other reminder", async () => {
  const live = await goLiveInTwo();
  const { world, a, store, remindAt } = live;
  const workspace = a.id as WorkspaceId;
  const broken = ["teams:%", "teams:", "teams:a/b/c", "teams:%E0%A4%A/x/direct/c/b/p", "slack:T1/C1/U1", ""];
  for (const [index, where] of broken.entries()) {
    await asked(live, a.someone, undefined, `track C${index}`, `mark C${index} submitted yesterday 9am`);
    const [found] = await store.find(workspace, [`c${index}`]);
    await store.change({ workspace, id: `${found?.id}` }, (now) =>
      now ? { next: { ...now, where: where as Address } } : {},
    );
  }
  await asked(live, a.someone, undefined, "track Good", "mark Good submitted yesterday 9am");
  const before = world.calls.length;
  const { sent, never } = await remindAt("2026-12-01T09:15");
  expect({ sent, never, calls: world.calls.length }).toEqual({
    sent: 1,
    never: broken.length,
    calls: before + 1,
  });
});

test("with a list of tenants the people of others are not heard", async () => {
  const live = await goLiveInTwo({ config: { tenants: [guidOf("tenant", "contoso")] } });
  const { world, a, b } = live;
  await asked(live, a.someone, undefined, "track Contoso CRM");
  const before = { calls: world.calls.length };
  const data = { fields: { name: "Evil" } };
  for (const activity of [
    world.activity.message({ from: b.someone, text: "track Evil" }),
    world.activity.message({ from: b.someone, in: b.channel, text: "track Evil" }),
    world.activity.invoke({ from: b.someone, replyTo: "1", verb: "track", data }),
    world.activity.installation({ from: b.someone, in: b.team.general, action: "add" }),
    world.activity.installation({ from: b.someone, action: "remove" }),
  ])
    expect((await world.post(activity)).status).toBe(403);
  await asked(live, a.someone, undefined, "list");
  expect(world.calls.length).toBe(before.calls + 1);
  expect([...(await live.followed(b)), ...(await live.followed(a))]).toHaveLength(1);
});

test("without credentials requests come from this machine, and answers go nowhere else", async () => {
  const live = await goLiveInTwo({ config: { way: "anonymous" } });
  const { world, a, followed } = live;
  const post = (serviceUrl: string, text: string) =>
    world.post({ ...world.activity.message({ from: a.someone, text }), serviceUrl }, { authorization: null });
  for (const serviceUrl of EVIL)
    expect([serviceUrl, (await post(serviceUrl, "track Evil")).status]).toEqual([serviceUrl, 403]);
  for (const serviceUrl of [...NOT_HERE, ...MICROSOFTS])
    expect([serviceUrl, (await post(serviceUrl, "track Evil")).status]).toEqual([serviceUrl, 403]);
  expect(world.calls).toEqual([]);
  expect((await post(world.url, "track Good")).status).toBe(200);
  await world.until(() => a.someone.last());
  expect((await followed(a)).map(({ name }) => name)).toEqual(["Good"]);
});

test("without credentials no page of another site is answered, whatever name it has for this machine", async () => {
  const live = await goLiveInTwo({ config: { way: "anonymous" } });
  const { world, a, followed } = live;
  const body = JSON.stringify({
    ...world.activity.message({ from: a.someone, text: "track Evil" }),
    serviceUrl: world.url,
  });
  for (const host of ["evil.example", "evil.example:80", "127.0.0.1.evil.example", "localhost.evil.example"])
    expect([host, await statusFor(live.url, body, host)]).toEqual([host, 403]);
  expect(await followed(a)).toEqual([]);
  expect(await statusFor(live.url, body, new URL(live.url).host)).toBe(200);
});

const NOT_HERE = `
  http://127.0.0.1.evil.com/ http://127.0.0.1@evil.com/ http://a:b@127.0.0.1/ http://127.0.0.2/ http://0.0.0.0/
  http://127.1/ http://2130706433/ http://localhost.evil.com/ http://xlocalhost/ http://[::ffff:127.0.0.1]/
  http://127.0.0.1:99999999/ http://127.0.0.1/../ http://127.0.0.1/?x= https://127.0.0.1/ http://localhost:80@evil.com/
  http://localhost\\.evil.com/ http://10.0.0.1/`
  .trim()
  .split(/\s+/);

/** With a Host header of its own, which fetch would not send. */
function statusFor(url: string, body: string, host: string): Promise<number> {
  return new Promise((done, failed) => {
    const headers = { "content-type": "application/json", host };
    const asking = request(`${url}/api/messages`, { method: "POST", headers }, (response) => {
      response.resume();
      done(response.statusCode ?? 0);
    });
    asking.on("error", failed);
    asking.end(body);
  });
}
