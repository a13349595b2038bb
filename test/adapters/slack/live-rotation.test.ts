import { expect, test } from "vitest";
import { command, goLiveInBoth } from "./live.ts";
import { wordsOf } from "./world/slack-world.ts";

const HOUR = 3600;

/** Both are given a token that ends in an hour; the next live for half a day. Slack's library knows the machine's time only. */
async function goLiveNearTheEnd() {
  const live = await goLiveInBoth({ world: { lifetimes: [HOUR, HOUR, 12 * HOUR] } });
  live.clock.shift = 0;
  return live;
}

test("a token near its end is renewed once, however many ask at that moment", async () => {
  const { a, b, world, logged } = await goLiveNearTheEnd();
  const old = a.bot.token;
  const asked = await Promise.all(Array.from({ length: 20 }, () => a.command("ana", "connectors", "list")));
  for (const one of asked) {
    expect(wordsOf((await one.answers())[0])).toContain("No connector is tracked here yet");
  }
  const renewals = () =>
    world.front.callsTo("oauth.v2.access").filter(({ body }) => body.grant_type === "refresh_token");
  expect(renewals().map(({ status, body }) => [status, body.refresh_token])).toEqual([[200, "xoxe-1-a-1"]]);
  expect(a.bot.token).not.toBe(old);
  world.front.refuse(old, "token_expired");
  await a.openHome("ana");
  await world.until("the Home", () => a.home("ana"));
  expect(world.front.callsTo("views.publish")[0]?.token).toBe(a.bot.token);
  expect(renewals()).toHaveLength(1);
  expect(wordsOf(await command(b, "cleo", "list"))).toContain("No connector is tracked here yet");
  expect(renewals().map(({ body }) => body.refresh_token)).toEqual(["xoxe-1-a-1", "xoxe-1-b-2"]);
  expect(logged.filter(({ message }) => message === "the app is installed in Slack")).toHaveLength(2);
});

test("a token that can't be renewed now is used until it ends", async () => {
  const { a, world, logged } = await goLiveNearTheEnd();
  const renewal = ({ body }: { body: object }) => "grant_type" in body;
  world.front.next("oauth.v2.access", { body: { ok: false, error: "internal_error" } }, 9, renewal);
  expect(wordsOf(await command(a, "ana", "list"))).toContain("No connector is tracked here yet");
  expect(wordsOf(await command(a, "ana", "list"))).toContain("No connector is tracked here yet");
  expect(logged.some(({ facts }) => facts.includes("internal_error"))).toBe(true);
  expect(JSON.stringify(logged)).not.toContain("xoxe-1");
});
