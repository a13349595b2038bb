import { expect, test } from "vitest";
import type { WorkspaceId } from "../../../src/incoming.ts";
import { StoreError } from "../../../src/ports.ts";
import { command, goLive, goLiveInBoth, mention } from "./live.ts";
import { labelsOf, wordsOf } from "./world/slack-world.ts";

test("a signed body that is no object is refused, and the program goes on", async () => {
  const { world, a } = await goLiveInBoth();
  const form = { contentType: "application/x-www-form-urlencoded" };
  for (const [body, options] of [
    ["null", {}],
    ["5", {}],
    ["payload=null", form],
  ] as const) {
    expect((await world.send(body, options)).status).toBe(400);
  }
  expect(wordsOf(await command(a, "ana", "list"))).toContain("No connector is tracked here yet");
});

test("an uninstallation that meets a store in trouble is done when it is over", async () => {
  let isDown = true;
  const { world, store } = await goLive({
    throughStore: (real) =>
      withMethod(real, "forget", (workspace: WorkspaceId) =>
        isDown
          ? Promise.reject(new StoreError("busy", "The store is locked: try again."))
          : real.forget(workspace),
      ),
  });
  await world.a.install("ana");
  await command(world.a, "ana", "track Contoso CRM");
  await world.a.uninstall();
  await world.until("the failure", async () => (await store.list(world.a.team as WorkspaceId)).length === 1);
  isDown = false;
  await world.until(
    "the workspace to be gone",
    async () => (await store.list(world.a.team as WorkspaceId)).length === 0,
  );
});

test("two people on one message: what it shows in the end is what was decided last", async () => {
  const { a, world, until, remindAt } = await goLiveInBoth();
  await command(a, "ana", "track Contoso CRM", "mark Contoso CRM submitted");
  await remindAt("2026-11-04T09:16");
  const [reminder] = await a.history("connectors");
  if (!reminder) throw new Error("no reminder");
  // Slack is slow to take the first of the two.
  world.front.next("chat.update", { delayMs: 500 });
  await a.click("ana", { channel: "connectors", ts: reminder.ts }, "Snooze 4 h");
  await a.click("ben", { channel: "connectors", ts: reminder.ts }, "Report passed");
  const updates = () => world.front.callsTo("chat.update").filter(({ status }) => status === 200);
  await until("both to be shown", () => updates().length === 2);
  const shown = await a.message("ana", "connectors", reminder.ts);
  expect(wordsOf(shown)).toContain("in testing");
  expect(wordsOf(shown)).toContain("By ben.");
});

test("an answer in a channel that says what to type says how; one with buttons need not", async () => {
  const { a } = await goLiveInBoth();
  const HOW = "In a channel, begin with /connector or @Shepherd.";
  expect(wordsOf(await command(a, "ana", "help"))).toContain(HOW);
  expect(wordsOf(await mention(a, "ana", "connectors", "frobnicate"))).toContain(HOW);
  await command(a, "ana", "track Contoso CRM");
  expect(wordsOf(await command(a, "ana", "status Contoso CRM"))).not.toContain(HOW);
});

test("in a chat with us the command's own name, and the marks of code, are no part of what is said", async () => {
  const { a, until } = await goLiveInBoth();
  await command(a, "ana", "track Contoso CRM");
  for (const text of [
    "/connector status Contoso CRM",
    "`status Contoso CRM`",
    "```\nstatus Contoso CRM\n```",
  ]) {
    const before = (await a.directMessages("ana")).length;
    await a.direct("ana", text);
    const answer = await until("an answer", async () => (await a.directMessages("ana")).slice(before + 1)[0]);
    expect(wordsOf(answer)).toContain("Contoso CRM is at the account stage");
  }
});

test("who forgets a workspace finds nothing kept of its people, and it stays installed", async () => {
  const { a, shelf, until } = await goLiveInBoth();
  await command(a, "ana", "track Contoso CRM");
  const people = shelf(`slack:${a.team}`);
  const ana = `person/${a.user("ana")}`;
  expect(await people.get(ana)).toMatchObject({ name: "ana" });
  const asked = await command(a, "ana", "forget");
  expect(labelsOf(asked)).toContain("Delete everything");
  await a.click("ana", asked, "Delete everything");
  await until("nothing kept of her", async () => (await people.get(ana)) === undefined);
  expect(wordsOf(await command(a, "ana", "list"))).toContain("No connector is tracked here yet");
});

test("someone of another organisation is told in the Home why it is empty", async () => {
  const { a, until, world } = await goLiveInBoth();
  world.front.next("users.info", {
    body: { ok: true, user: { id: a.user("ben"), name: "ben", team_id: "T0FOREIGN1" } },
  });
  await a.openHome("ben");
  const home = await until("a Home", () => a.home("ben"));
  expect(wordsOf(home)).toContain("I answer the members of the workspace I am installed in");
});

function withMethod<Thing extends object>(thing: Thing, name: keyof Thing, method: unknown): Thing {
  return new Proxy(thing, {
    get(target, key) {
      const value = key === name ? method : Reflect.get(target, key);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}
