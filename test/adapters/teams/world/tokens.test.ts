import { expect, test } from "vitest";
import { checked } from "./fake-bot.ts";
import { openWithBot } from "./setup.ts";
import type { TokenOverrides } from "./tokens.ts";

test("only a token that Microsoft signed for Teams is good", async () => {
  const { world } = await openWithBot();
  const at = Math.floor(Date.now() / 1000);
  const isGood = async (overrides?: TokenOverrides) =>
    (await checked(world, `Bearer ${world.token(overrides)}`)) !== undefined;
  expect(await checked(world, world.token({ more: 1 }))).toMatchObject({
    aud: world.appId,
    serviceurl: "https://smba.trafficmanager.net/emea/",
    more: 1,
  });
  expect(await isGood({ key: "foreign" })).toBe(false);
  expect(await isGood({ key: "unendorsed" })).toBe(false);
  expect(await isGood({ kid: "gone" })).toBe(false);
  expect(await isGood({ alg: "none" })).toBe(false);
  expect(await isGood({ alg: "HS256" })).toBe(false);
  expect(await isGood({ iss: "https://evil.example" })).toBe(false);
  expect(await isGood({ exp: at - 1 })).toBe(false);
  expect(await isGood({ nbf: undefined })).toBe(false);
  const before = world.token();
  world.rotateKeys();
  expect(await checked(world, before)).toBeUndefined();
  expect(await isGood()).toBe(true);
});

test("hostile requests are made by hand, and the last of all is sent again", async () => {
  const { world, bot, ada, cleo } = await openWithBot();
  const activity = world.activity.message({ from: ada, text: "nothing" });
  activity.conversation.tenantId = cleo.tenant.id;
  expect((await world.post(activity, { authorization: null })).status).toBe(401);
  expect((await world.post(activity, { authorization: `Bearer ${world.token({ aud: "x" })}` })).status).toBe(
    401,
  );
  expect((await world.post({ ...activity, serviceUrl: "https://evil.example/" })).status).toBe(202);
  const sent = await world.post(activity, {
    headers: { "x-more": "1" },
    raw: JSON.stringify({ ...activity, id: "7" }),
  });
  expect(sent).toMatchObject({ status: 202, body: "" });
  expect((await world.redeliver()).status).toBe(202);
  expect(bot.heard.map(({ id }) => id)).toEqual([activity.id, "7", "7"]);
  expect(world.calls).toEqual([]);
});

test("the keys can be out of reach", async () => {
  const { world } = await openWithBot();
  world.trouble("keys", { status: 502 });
  expect((await fetch(world.openIdUrl)).status).toBe(502);
  expect((await fetch(world.openIdUrl)).status).toBe(200);
  expect(world.keyCalls.map(({ status }) => status)).toEqual([502, 200]);
});
