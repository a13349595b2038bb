import { afterEach, expect, test, vi } from "vitest";
import { StoreError } from "../../../src/ports.ts";
import { through } from "../../through.ts";
import { asked, goLiveInTwo, said } from "./live.ts";
import type { Activity } from "./world/activities.ts";

// What testers found once; each would be hard to see again.

afterEach(() => {
  vi.useRealTimers();
});

test("a conversation that Teams wants left alone for days holds up nothing else, and is given up at once", async () => {
  const live = await goLiveInTwo();
  const { a, world, logged } = live;
  world.trouble(a.someone.chat, { status: 429, retryAfter: 9_999_999 });
  await a.someone.says("list");
  await vi.waitUntil(() => logged.some(({ facts }) => facts.includes("429")));
  await a.someone.says("list");
  await vi.waitUntil(() => logged.some(({ facts }) => facts.includes("Paced")));
  expect(world.callsTo(a.someone.chat)).toHaveLength(1);
  await asked(live, a.other, undefined, "list");
  // Nothing waits, so that the program could end.
  await live.close();
});

test("of a request that is refused the log knows the id, the reason and, if it was signed, the tenant", async () => {
  const live = await goLiveInTwo({ config: { tenants: ["00000000-0000-4000-8000-000000000001"] } });
  const { a, world, logged } = live;
  const activity = world.activity.message({ from: a.someone, in: a.someone.chat, text: "list" });
  const refused = [
    await world.post(activity, { authorization: "Bearer junk" }),
    await world.post(activity),
    await world.post(activity, { raw: "{" }),
  ];
  expect(refused.map(({ status }) => status)).toEqual([401, 403, 400]);
  const told = logged.map(({ facts }) => JSON.parse(facts));
  for (const { body, status } of refused) {
    expect(told).toContainEqual(expect.objectContaining({ id: (body as { id: string }).id, status }));
  }
  expect(told.find(({ status }) => status === 403)).toMatchObject({
    why: "the tenant is not among TEAMS_TENANTS",
    workspace: a.id,
  });
});

test("when Microsoft changes its keys, all who come while the new ones are fetched are let in", async () => {
  vi.useFakeTimers({ toFake: ["performance"] });
  const live = await goLiveInTwo();
  const { a, world } = live;
  await asked(live, a.someone, undefined, "list");
  world.rotateKeys();
  vi.advanceTimersByTime(61_000);
  const before = world.keyCalls.length;
  const answers = await Promise.all([1, 2, 3, 4].map(() => a.someone.says("list")));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  expect(world.keyCalls.length - before).toBe(2);
});

test("a removal that could not be done at once does not undo that the app was added again", async () => {
  let isDown = false;
  const live = await goLiveInTwo({
    throughStore: (store) =>
      through(store, (method) => {
        if (isDown && method === "forget") throw new StoreError("busy", "not now");
      }),
  });
  const { a, world, logged, followed } = live;
  await asked(live, a.someone, undefined, "track Contoso CRM");
  isDown = true;
  await world.uninstalls(a.someone.chat);
  isDown = false;
  await world.installs(a.someone.chat);
  await asked(live, a.someone, undefined, "list");
  await vi.waitUntil(() => logged.at(-1)?.message === "the app was added again before its removal was done", {
    timeout: 20_000,
  });
  expect(await followed(a)).toHaveLength(1);
});

test("that a channel has readers of other companies is known after everything was deleted, too", async () => {
  const live = await goLiveInTwo();
  const { a, world } = live;
  const shared = ({ channelData }: Activity) => {
    Object.assign(channelData as object, { channel: { id: a.channel.id, type: "shared" } });
  };
  await said(live, a.someone, "list", { in: a.channel, change: shared });
  await asked(live, a.someone, undefined, "forget");
  await a.someone.presses(a.someone.last(), "Delete everything");
  await a.someone.says("list", { in: a.channel });
  const answer = await world.until(() => a.channel.fromBot()[1]);
  expect(answer.targetedTo).toBe(a.someone.id);
});
