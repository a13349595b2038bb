import { DateTime } from "luxon";
import { expect, onTestFinished } from "vitest";
import { createInFlight } from "../../../adapters/in-flight.ts";
import { serve } from "../../../adapters/serving.ts";
import { openSlack } from "../../../adapters/slack/index.ts";
import { SCOPES } from "../../../adapters/slack/scopes.ts";
import { createAssistant } from "../../../src/assistant.ts";
import { machineClock, shiftedClock } from "../../../src/clock.ts";
import type { SlackConfig } from "../../../src/config.ts";
import { writtenFile } from "../../../src/files.ts";
import type { WorkspaceId } from "../../../src/incoming.ts";
import type { Log, Shelf, Store, Turnstile } from "../../../src/ports.ts";
import { openStore } from "../../../src/store/sql-store.ts";
import { meterIn } from "../meter.ts";
import { problemsOf } from "./validate.ts";
import type { Driver } from "./world/driver.ts";
import { type Message, type Part, until } from "./world/json.ts";
import { openSlackWorld } from "./world/slack-world.ts";

type World = Awaited<ReturnType<typeof openSlackWorld>>;

/** Tuesday, far from freezes and holidays. */
const TUESDAY = "2026-11-03T09:15";

export interface Options {
  way?: SlackConfig["way"];
  /** Which workspace's token a single installation has. */
  token?: "a" | "b";
  data?: string;
  world?: Parameters<typeof openSlackWorld>[0];
  /** A world that is there already: the product is started in it once more. */
  inside?: World;
  throughStore?: (store: Store) => Store;
  throughShelf?: (shelf: Shelf) => Shelf;
  throughTurnstile?: (turnstile: Turnstile) => Turnstile;
}

export type Live = Awaited<ReturnType<typeof goLive>>;

/** The product as Slack meets it: over HTTP or a socket, before an independent emulator of Slack with two workspaces. */
export async function goLive(options: Options = {}) {
  const { way = "oauth", token = "a", data = ":memory:", throughStore, throughShelf } = options;
  const refused: string[] = [];
  const check = (shown: { text: string; blocks: Part[] }, method: string) => {
    const problems = refusalsOf(shown, method);
    refused.push(...problems.map((problem) => `${method}: ${problem}`));
    return problems;
  };
  const world = options.inside ?? (await openSlackWorld({ scopes: SCOPES, check, ...options.world }));
  onTestFinished(() => world.close());
  onTestFinished(() => expect(refused).toEqual([]));
  const clock = shiftedClock(machineClock);
  const room = await openStore(data, clock);
  const store = throughStore?.(room.store) ?? room.store;
  const shelf = (name: string) => throughShelf?.(room.shelf(name)) ?? room.shelf(name);
  const logged: { level: string; message: string; facts: string }[] = [];
  const log = noteIn(logged);
  /** What an operator's figures were told. */
  const metered: string[] = [];
  const turnstile = options.throughTurnstile?.(room.turnstile) ?? room.turnstile;
  const outgoing = { turnstile, inFlight: createInFlight(8), meter: meterIn(metered) };
  const settings = shelf("settings");
  const slack = await openSlack({
    config: configOf(way, world, token),
    clock,
    log,
    store,
    shelf,
    ...outgoing,
    write: { png: () => Buffer.from("a picture"), file: writtenFile },
  });
  const needs = {
    store,
    settings,
    clock,
    messenger: slack.messenger,
    forgetAlso: slack.forgetAlso,
    log,
    zone: "UTC",
  };
  const assistant = createAssistant(needs);
  const begun = await slack.start(assistant);
  const served =
    begun.doors.length > 0 ? await serve(begun.doors, { host: "127.0.0.1", port: 0 }) : undefined;
  let isOpen = true;
  async function close(): Promise<void> {
    if (!isOpen) return;
    isOpen = false;
    await served?.close();
    await begun.close();
    await room.store.close();
  }
  onTestFinished(close);
  await world.connect(served?.url ?? "socket");
  return {
    world,
    clock,
    store: room.store,
    shelf: room.shelf,
    logged,
    metered,
    messenger: slack.messenger,
    assistant,
    url: served?.url ?? "",
    room,
    close,
  };
}

function configOf(way: SlackConfig["way"], world: World, token: "a" | "b"): SlackConfig {
  const { apiUrl, app } = world;
  const { signingSecret, clientId, clientSecret, appToken } = app;
  const botToken = world[token].bot.token;
  switch (way) {
    case "token":
      return { way, apiUrl, signingSecret, botToken };
    case "socket":
      return { way, apiUrl, appToken, botToken };
    case "oauth":
      return { way, apiUrl, signingSecret, clientId, clientSecret, stateSecret: "a secret of the tests" };
  }
}

function noteIn(logged: { level: string; message: string; facts: string }[]): Log {
  const note = (level: string) => (message: string, facts?: Record<string, unknown>) => {
    logged.push({ level, message, facts: JSON.stringify(facts ?? {}) });
  };
  return { info: note("info"), warn: note("warn"), error: note("error") };
}

function refusalsOf({ text, blocks }: { text: string; blocks: Part[] }, method: string): string[] {
  if (!method.startsWith("views.")) return problemsOf({ text, blocks });
  const hasTable = blocks.some(({ type }) => type === "table");
  return [...problemsOf({ text: "a view has none", blocks }), ...(hasTable ? ["a table in a view"] : [])];
}

/** The same, installed in both workspaces by OAuth; the clock runs on from a Pacific time. */
export async function goLiveInBoth({ at = TUESDAY, ...options }: Options & { at?: string } = {}) {
  const live = await goLive(options);
  const { world, clock } = live;
  const { a, b, until } = world;
  clock.set(pacific(at));
  const installed = [await a.install("ana"), await b.install("cleo")];
  expect(installed.map(({ status }) => status)).toEqual([200, 200]);
  /** It is that time (Pacific), and what is due is sent. */
  const remindAt = (iso: string) => {
    clock.set(pacific(iso));
    return live.assistant.remind();
  };
  /** What a workspace follows, as it is stored. */
  const followed = (where: Driver) => live.store.list(where.team as WorkspaceId);
  return { ...live, a, b, until, remindAt, followed };
}

export function pacific(iso: string): DateTime<true> {
  const at = DateTime.fromISO(iso, { zone: "America/Los_Angeles" });
  if (!at.isValid) throw new Error(`no time: ${iso}`);
  return at;
}

/** Says each line as a slash command; what came back to the last, seen by that person alone. */
export async function command(at: Driver, who: string, ...lines: string[]): Promise<Message> {
  let last: Message | undefined;
  for (const line of lines) [last] = await (await at.command(who, "connectors", line)).answers();
  if (!last) throw new Error("nothing was said");
  return last;
}

/** Mentions the app; its answer in the thread. */
export async function mention(at: Driver, who: string, channel: string, text: string): Promise<Message> {
  const { ts } = await at.mention(who, channel, text);
  return nextIn(() => at.thread(channel, ts), 1);
}

/** The message that comes after so many. */
export function nextIn(look: () => Promise<Message[]>, after: number): Promise<Message> {
  return until(`message ${after + 1}`, async () => (await look())[after]);
}
