import { expect, test } from "vitest";
import { command, goLive, mention, pacific } from "./live.ts";
import { labelsOf, wordsOf } from "./world/slack-world.ts";

for (const way of ["socket", "token"] as const) {
  test(`by ${way}, one workspace: a command, a mention, a press, a form, Home and a reminder`, async () => {
    const { world, clock, assistant, logged } = await goLive({ way });
    const { a, b, until } = world;
    clock.set(pacific("2026-11-03T09:15"));
    const tracked = await command(a, "ana", "track Contoso CRM");
    expect(wordsOf(tracked)).toContain("Now following Contoso CRM");
    await a.openHome("ben");
    await until("the Home", async () => wordsOf(await a.home("ben")).includes("Contoso CRM: Account"));

    const status = await mention(a, "ana", "launch", "status contoso");
    await a.click("ana", status, "Record with a date");
    await until("the form", async () => wordsOf(await a.modal("ana")).includes("Milestone"));
    const wrong = await a.submit("ana", { Milestone: "Submitted", When: new Date("2026-12-24T12:00Z") });
    expect(wrong.errors).toEqual({ When: "This is still ahead." });
    const right = await a.submit("ana", { When: new Date("2026-11-03T17:00Z") });
    expect([right.errors, right.trouble, right.view]).toEqual([undefined, undefined, undefined]);
    const redrawn = await until("the message redrawn", async () => {
      const now = await a.message("ana", status.channel, status.ts);
      return now && wordsOf(now).includes("By ana.") && now;
    });
    await until("the Home", async () => wordsOf(await a.home("ben")).includes("Contoso CRM: Review"));
    await a.click("ben", redrawn, "Report passed");
    await until("the press", async () =>
      wordsOf(await a.message("ana", status.channel, status.ts)).includes("By ben."),
    );
    clock.set(pacific("2026-11-05T09:30"));
    expect(await assistant.remind()).toMatchObject({ sent: 1 });
    expect(wordsOf((await a.history("connectors"))[0])).toContain("Contoso CRM: the test link expired");

    expect((await b.command("cleo", "connectors", "list")).status).toBe(200);
    await until("the note", () =>
      logged.some(({ message }) => message === "a request came from where the app is not installed"),
    );
    expect(await b.ephemerals("cleo")).toEqual([]);
    expect(world.front.calls.filter(({ team }) => team === b.team)).toEqual([]);
  });
}

test("over a socket, an envelope that comes again is answered once, and Share here works", async () => {
  const { world } = await goLive({ way: "socket" });
  const { a, until } = world;
  const asked = await a.command("ana", "connectors", "track Contoso CRM");
  const [answer] = await asked.answers();
  expect((await world.redeliver(asked)).status).toBe(200);
  const spoken = await a.mention("ana", "launch", "list");
  await until("an answer", async () => (await a.thread("launch", spoken.ts)).length === 2);
  await world.redeliver(spoken);
  if (!answer) throw new Error("no answer");
  expect(labelsOf(answer)).toContain("Share here");
  await a.click("ana", answer, "Share here");
  await until("the shared one", async () => (await a.history("connectors")).length === 1);
  expect(await a.thread("launch", spoken.ts)).toHaveLength(2);
  expect(await a.ephemerals("ana")).toEqual([]);
});

test("a socket that Slack renews, or that breaks, is opened again", async () => {
  const { world } = await goLive({ way: "socket" });
  const { a, front } = world;
  const opened = () => front.callsTo("apps.connections.open").length;
  const before = opened();
  front.sockets.refresh();
  await world.until("another connection", () => opened() > before && front.sockets.count() > 0);
  expect(wordsOf(await command(a, "ana", "list"))).toContain("No connector is tracked");
  const since = opened();
  front.sockets.cut();
  await world.until("another connection", () => opened() > since && front.sockets.count() > 0, 30_000);
  expect(wordsOf(await command(a, "ana", "list"))).toContain("No connector is tracked");
});

test("with one token, uninstalled, its workspace's connectors are deleted too", async () => {
  const { world, store, logged } = await goLive({ way: "token" });
  const { a, until } = world;
  await command(a, "ana", "track Contoso CRM");
  const workspace = a.team as Parameters<typeof store.list>[0];
  expect(await store.list(workspace)).toHaveLength(1);
  await a.uninstall();
  await until("the purge", () => logged.some(({ message }) => message.startsWith("the app was uninstalled")));
  expect(await store.list(workspace)).toEqual([]);
});

test("with one token that is revoked, the log says what to do, and nothing more is sent", async () => {
  const { world, logged, clock, assistant } = await goLive({ way: "token" });
  const { a, until } = world;
  clock.set(pacific("2026-11-03T09:15"));
  await command(a, "ana", "track Contoso CRM", "mark Contoso CRM submitted");
  await a.revokeTokens({ bot: [a.bot.userId] });
  await until("the note", () => logged.some(({ message }) => message.includes("set a new one")));
  expect(logged.at(-1)?.level).toBe("error");
  clock.set(pacific("2026-11-04T09:30"));
  expect(await assistant.remind()).toMatchObject({ sent: 0, never: 1 });
  expect(world.front.callsTo("chat.postMessage")).toEqual([]);
});
