import { join } from "node:path";
import { DateTime } from "luxon";
import { describe, expect, it, onTestFinished } from "vitest";
import { SCOPES } from "../../adapters/slack/scopes.ts";
import { machineClock } from "../../src/clock.ts";
import { openStore } from "../../src/store/sql-store.ts";
import { POSTGRES } from "../postgres.ts";
import { openWay } from "../postgres-way.ts";
import { makeFolder } from "../store/folder.ts";
import { makeDatabase } from "../store/places.ts";
import { fallDue } from "./falling-due.ts";
import { type Program, start, stop } from "./program.ts";
import { openSlackWorld, type World, wordsOf } from "./slack/world/slack-world.ts";

const HANGS = { delayMs: 600_000 };

async function openWorld(): Promise<World> {
  const world = await openSlackWorld({ scopes: SCOPES });
  onTestFinished(world.close);
  return world;
}

/** The program with Slack's requests sent to it. */
async function startIn({ apiUrl, app, a, connect }: World, databaseUrl: string): Promise<Program> {
  const program = start([], {
    SLACK_API_URL: apiUrl,
    SLACK_SIGNING_SECRET: app.signingSecret,
    SLACK_BOT_TOKEN: a.bot.token,
    DATABASE_URL: databaseUrl,
  });
  const { url } = await program.opened();
  await connect(new URL(url).origin);
  return program;
}

/** A store with one reminder that is due. */
async function withReminderDue(world: World, databaseUrl: string): Promise<void> {
  const before = await startIn(world, databaseUrl);
  const tracked = await world.a.command("ana", "connectors", "track Contoso CRM");
  expect(wordsOf((await tracked.answers())[0])).toMatch(/^Now following/);
  await stop(before);
  await fallDue(databaseUrl, { id: world.a.team });
}

/** Asked to end, it does within ten seconds, and tells no failure of a store that it has closed itself. */
async function stopInTime(program: Program): Promise<void> {
  const begun = performance.now();
  await stop(program);
  expect(performance.now() - begun).toBeLessThan(10_000);
  expect(program.err()).not.toContain("is closed");
}

describe("The program that is asked to end while Slack takes what is sent and never answers", () => {
  it.each(["chat.postMessage", "conversations.info"])(
    "ends in time with a reminder under way (%s), and gives it back",
    async (method) => {
      const world = await openWorld();
      const databaseUrl = `sqlite:${join(makeFolder(), "shepherd.db")}`;
      await withReminderDue(world, databaseUrl);
      world.front.next(method, HANGS, 10);
      const asked = world.front.callsTo(method).length;
      const program = await startIn(world, databaseUrl);
      await world.until("the reminder", () => world.front.callsTo(method).length > asked);
      await stopInTime(program);
      expect(program.err()).toContain("ended before all was done");
      const { store } = await openStore(databaseUrl, machineClock);
      expect(await store.claimDue(DateTime.now(), 1, 1000)).toHaveLength(1);
      await store.close();
    },
  );

  it("ends in time with an answer in hand", async () => {
    const world = await openWorld();
    const program = await startIn(world, `sqlite:${join(makeFolder(), "shepherd.db")}`);
    world.front.next("users.info", HANGS, 10);
    await world.a.command("ana", "connectors", "track Contoso CRM");
    await world.until("a question", () => world.front.callsTo("users.info").length > 0);
    await stopInTime(program);
  });
});

describe.skipIf(!POSTGRES)("The program that is asked to end while PostgreSQL stands still", () => {
  it("ends in time, whatever waits for it", async () => {
    const world = await openWorld();
    const way = await openWay(await makeDatabase());
    await withReminderDue(world, way.url);
    const program = await startIn(world, way.url);
    way.freeze();
    await world.a.command("ana", "connectors", "list");
    await expect.poll(way.held).toBeGreaterThan(0);
    await stopInTime(program);
  });
});
