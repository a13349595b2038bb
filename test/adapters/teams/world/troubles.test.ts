import { expect, test } from "vitest";
import { openWithBot, pathOf } from "./setup.ts";
import { openWaiting } from "./waiting.ts";

async function openTroubled() {
  const made = await openWithBot();
  const post = (id: string) => made.bot.call("POST", pathOf(id), { type: "message", text: "x" });
  const statusOf = async (id: string) => (await post(id)).status;
  return { ...made, post, statusOf };
}

test("trouble in one conversation, or everywhere, as often as was said", async () => {
  const { world, ada, bob, channel, post, statusOf } = await openTroubled();
  world.trouble(ada.chat, { status: 403, times: 2 });
  const blocked = await post(ada.chat.id);
  expect([blocked.status, await blocked.json()]).toMatchObject([
    403,
    { error: { code: "MessageWritesBlocked" } },
  ]);
  expect(await statusOf(bob.chat.id)).toBe(201);
  expect([await statusOf(ada.chat.id), await statusOf(ada.chat.id)]).toEqual([403, 201]);
  world.trouble("all", { status: 429, retryAfter: 7 });
  const refused = await post(bob.chat.id);
  expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "7"]);
  world.trouble(channel, { status: 412, code: "Other", times: Number.POSITIVE_INFINITY });
  world.trouble("all", { status: 504, times: 9, fits: ({ method }) => method === "PUT" });
  expect([await statusOf(channel.id), await statusOf(channel.id), await statusOf(ada.chat.id)]).toEqual([
    ...[412, 412, 201],
  ]);
  world.forgetTrouble();
  world.trouble("all", { status: 307, headers: { location: "https://evil.example/" }, text: "<html>" });
  const page = await fetch(`${world.url}/v3/conversations`, { redirect: "manual" });
  expect([page.status, page.headers.get("location"), await page.text()]).toEqual([
    ...[307, "https://evil.example/", "<html>"],
  ]);
  expect(await statusOf(channel.id)).toBe(201);
  expect(world.callsTo(channel).map(({ status }) => status)).toEqual([412, 412, 201]);
});

test("a late answer, a lost one, a dropped connection, and none at all", async () => {
  const { world, ada, post, statusOf } = await openTroubled();
  const begun = performance.now();
  world.trouble("all", { delayMs: 60 });
  expect(await statusOf(ada.chat.id)).toBe(201);
  expect(performance.now() - begun).toBeGreaterThan(55);
  world.trouble("all", { dropConnection: true });
  await expect(post(ada.chat.id)).rejects.toThrow();
  expect(ada.sees()).toHaveLength(1);
  world.trouble("all", { loseAnswer: true });
  await expect(post(ada.chat.id)).rejects.toThrow();
  expect(ada.sees()).toHaveLength(2);
  world.trouble("all", { hang: true });
  const hanging = expect(post(ada.chat.id)).rejects.toThrow();
  await world.until(() => world.calls.length === 4);
  expect(world.calls.at(-1)?.status).toBeUndefined();
  await world.close();
  await hanging;
});

test("seven a second in one conversation, and the eighth must wait", async () => {
  const { world, ada, bob, post, statusOf } = await openTroubled();
  world.enforceThrottle();
  const all = await Promise.all(Array.from({ length: 9 }, () => post(ada.chat.id)));
  const statuses = all.map(({ status }) => status);
  expect(statuses.filter((status) => status === 201)).toHaveLength(7);
  const refused = all.find(({ status }) => status === 429);
  expect(refused?.headers.get("retry-after")).toBe("1");
  expect(await statusOf(bob.chat.id)).toBe(201);
  world.enforceThrottle([[1, 60_000]]);
  expect([await statusOf(bob.chat.id), await statusOf(bob.chat.id)]).toEqual([201, 429]);
});

test("who waits in vain is told what was called", async () => {
  const { world, ada, statusOf } = await openTroubled();
  await statusOf(ada.chat.id);
  const waiting = expect(world.until(() => false, "a miracle")).rejects.toThrow(
    "closed while waiting for a miracle",
  );
  await world.close();
  await waiting;
  const { until } = openWaiting(() => "The bot has called nothing.", 20);
  const missing = until(() => ada.last().card, "a card");
  await expect(missing).rejects.toThrow("in vain for: a card\nThe bot has called nothing.");
});
