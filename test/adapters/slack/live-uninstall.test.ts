import { join } from "node:path";
import { expect, test } from "vitest";
import { makeFolder } from "../../store/folder.ts";
import { rowsOf } from "../../store/rows.ts";
import { command, goLiveInBoth, mention } from "./live.ts";
import { wordsOf } from "./world/slack-world.ts";

async function goLiveOnFile() {
  const file = join(makeFolder(), "shepherd.db");
  const live = await goLiveInBoth({ data: file });
  /** Every row of every table in which that text stands. */
  function rowsWith(text: string): string[] {
    return rowsOf(file).filter((row) => row.includes(text));
  }
  return { ...live, rowsWith };
}

const GONE = "the app was uninstalled in Slack, and all of the workspace was deleted";

test("uninstalled, nothing of the workspace is kept, and the other one is untouched", async () => {
  const { a, b, until, rowsWith, logged } = await goLiveOnFile();
  for (const [where, who] of [
    [a, "ana"],
    [b, "cleo"],
  ] as const) {
    await command(where, who, "track Contoso CRM", "mark Contoso CRM submitted");
    await command(where, who, "settings freeze add 2026-12-21 to 2027-01-04 year end");
    await where.openHome(who);
    await until("the Home", () => where.home(who));
    await mention(where, who, "launch", "status contoso");
  }
  expect(rowsWith(a.team).length).toBeGreaterThan(4);
  const others = rowsWith(b.team);
  expect((await a.uninstall()).status).toBe(200);
  await until("the purge", () => logged.some(({ message }) => message === GONE));
  expect(rowsWith(a.team)).toEqual([]);
  expect(rowsWith(a.user("ana"))).toEqual([]);
  expect(rowsWith(b.team)).toEqual(others);
  expect(wordsOf(await command(b, "cleo", "list"))).toContain("Contoso CRM");
});

test("after it is uninstalled nothing is answered, sent or kept", async () => {
  const { a, until, rowsWith, logged, remindAt, world } = await goLiveOnFile();
  await command(a, "ana", "track Contoso CRM", "mark Contoso CRM submitted");
  await a.uninstall();
  await until("the purge", () => logged.some(({ message }) => message === GONE));
  const calls = world.front.calls.length;
  expect((await a.command("ana", "connectors", "list")).status).toBe(200);
  await until("the note", () => logged.at(-1)?.message.startsWith("a request came from where"));
  expect(await remindAt("2026-11-04T09:30")).toMatchObject({ sent: 0, later: 0, never: 0 });
  expect(world.front.calls).toHaveLength(calls);
  expect(rowsWith(a.team)).toEqual([]);
});

test("installed again, the news of the old uninstalling that comes late deletes nothing", async () => {
  const { a, world, until, logged, clock, followed } = await goLiveOnFile();
  await command(a, "ana", "track Contoso CRM");
  const gone = await a.uninstall();
  await until("the purge", () => logged.some(({ message }) => message === GONE));
  clock.shift = 60_000;
  await a.install("ana");
  await command(a, "ana", "track Adatum ERP");
  expect((await world.redeliver(gone, { headers: { "x-slack-retry-num": "2" } })).status).toBe(200);
  await mention(a, "ana", "launch", "list");
  expect((await followed(a)).map(({ name }) => name)).toEqual(["Adatum ERP"]);
  expect(logged.filter(({ message }) => message === GONE)).toHaveLength(1);
});

test("installed again, the news of the old token's end that comes late ends nothing", async () => {
  const { a, world, until, logged, clock } = await goLiveOnFile();
  const revoked = await a.revokeTokens({ bot: [a.bot.userId] });
  await until("the note", () => logged.some(({ message }) => message.includes("has revoked a bot token")));
  clock.shift = 60_000;
  await a.install("ana");
  await world.redeliver(revoked, { headers: { "x-slack-retry-num": "2" } });
  await mention(a, "ana", "launch", "hi");
  await mention(a, "ana", "connectors", "hi");
  expect(logged.filter(({ message }) => message.includes("has revoked a bot token"))).toHaveLength(1);
});

test("a bot token that is revoked stops what is sent, visibly, until the app is installed again", async () => {
  const { a, b, until, logged, remindAt, world } = await goLiveOnFile();
  await command(a, "ana", "track Contoso CRM", "mark Contoso CRM submitted");
  await command(b, "cleo", "track Wingtip Toys", "mark Wingtip Toys submitted");
  await a.revokeTokens({ bot: [a.bot.userId] });
  await until("the note", () => logged.some(({ message }) => message.includes("has revoked a bot token")));
  expect(logged.at(-1)).toMatchObject({ level: "warn", facts: `{"workspace":"${a.team}"}` });
  const before = world.front.calls.filter(({ team }) => team === a.team).length;
  // Morning in Tokyo, where Cleo is.
  expect(await remindAt("2026-11-04T15:00")).toMatchObject({ sent: 1, never: 1 });
  expect(logged.at(-1)?.facts).toContain("its token was revoked");
  expect(world.front.calls.filter(({ team }) => team === a.team)).toHaveLength(before);
  expect(await b.history("connectors")).toHaveLength(1);
  await a.install("ana");
  expect(wordsOf(await command(a, "ana", "list"))).toContain("Contoso CRM");
});

test("a user's token that is revoked is none of ours", async () => {
  const { a, logged, world } = await goLiveOnFile();
  await command(a, "ana", "track Contoso CRM");
  const before = logged.length;
  expect((await a.revokeTokens({ oauth: [a.user("ana")] })).status).toBe(200);
  expect((await a.revokeTokens({ oauth: [a.user("ana")], bot: [] })).status).toBe(200);
  await mention(a, "ana", "launch", "list");
  expect(logged).toHaveLength(before);
  expect(world.front.callsTo("chat.postMessage")).toHaveLength(1);
});
