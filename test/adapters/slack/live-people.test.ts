import { expect, test } from "vitest";
import { command, goLiveInBoth, mention } from "./live.ts";
import type { Fields } from "./world/json.ts";
import { wordsOf } from "./world/slack-world.ts";

test("times are told in the zone and clock of who asks, from their Slack profile", async () => {
  const { a, b } = await goLiveInBoth();
  await command(a, "ana", "track Contoso CRM");
  const said = await command(a, "ben", "mark Contoso CRM submitted yesterday 14:00");
  expect(wordsOf(said)).toContain("Mon 2 Nov 2026, 14:00 GMT+1 (Mon 2 Nov, 05:00 PST)");
  expect(said.text).toContain("Mon 2 Nov 2026, 14:00 GMT+1");
  expect(wordsOf(await command(a, "ana", "status Contoso CRM"))).toContain("Wed 4 Nov 2026, 5:00 AM PST");
  await command(b, "cleo", "track Contoso CRM");
  const inTokyo = await command(b, "cleo", "mark Contoso CRM submitted yesterday 9:00");
  expect(wordsOf(inTokyo)).toContain("Tue 3 Nov 2026, 9:00 AM GMT+9 (Mon 2 Nov, 4:00 PM PST)");
});

test("every reader's own Slack shows an instant in their own zone", async () => {
  const { a } = await goLiveInBoth();
  await command(a, "ana", "track Contoso CRM", "mark Contoso CRM submitted");
  const status = await mention(a, "ben", "launch", "status contoso");
  const dates = JSON.stringify(status.blocks).match(/"type":"date","timestamp":\d+/g) ?? [];
  // The report is due 48 hours after 9:15 on Tuesday in Pacific time.
  const due = Date.parse("2026-11-05T17:15:00Z") / 1000;
  const seconds = dates.map((one) => Number(one.split(":").at(-1)));
  expect(seconds.length).toBeGreaterThan(0);
  for (const second of seconds) expect(Math.abs(second - due)).toBeLessThan(60);
});

test("Slack is asked about a person once, whatever they do", async () => {
  const { a, b, world, clock } = await goLiveInBoth();
  await command(a, "ana", "track Contoso CRM", "list");
  await mention(a, "ana", "launch", "list");
  await a.openHome("ana");
  await command(a, "ben", "list");
  await command(b, "cleo", "list");
  const asked = () => world.front.callsTo("users.info").map(({ team, body }) => [team, body.user]);
  expect(asked()).toEqual([
    [a.team, a.user("ana")],
    [a.team, a.user("ben")],
    [b.team, b.user("cleo")],
  ]);
  for (const { body } of world.front.callsTo("users.info")) expect(body.include_locale).toBe("true");
  // People move: half a day later they are looked up again.
  clock.set(clock.now().plus({ hours: 13 }));
  await command(a, "ana", "list");
  expect(asked()).toHaveLength(4);
});

test("who can't be looked up is answered all the same, in the workspace's zone, and looked up again", async () => {
  const { a, world, logged } = await goLiveInBoth();
  await command(a, "ana", "track Contoso CRM", "settings zone Asia/Tokyo");
  world.front.next("users.info", { body: { ok: false, error: "internal_error" } });
  const said = await command(a, "ben", "mark Contoso CRM submitted");
  expect(wordsOf(said)).toContain("GMT+9");
  expect(logged.some(({ facts }) => facts.includes("internal_error"))).toBe(true);
  expect(wordsOf(await command(a, "ben", "status Contoso CRM"))).toContain("GMT+1");
});

test("people are called by the name they have chosen", async () => {
  const profile: Fields = { display_name: "Ana-Maria" };
  const people = [{ name: "ana", realName: "Ana Lopez", more: { profile } }, { name: "ben" }];
  const { a } = await goLiveInBoth({ world: { workspaces: { a: { people } } } });
  expect(wordsOf(await command(a, "ana", "track Contoso CRM", "status Contoso CRM"))).toContain(
    "Owner: Ana-Maria",
  );
});
