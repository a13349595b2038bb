import { onTestFinished } from "vitest";
import { openSlack } from "../../../adapters/slack/index.ts";
import { SCOPES } from "../../../adapters/slack/scopes.ts";
import { createAssistant } from "../../../src/assistant.ts";
import { machineClock, shiftedClock } from "../../../src/clock.ts";
import type { SlackConfig } from "../../../src/config.ts";
import { writtenFile } from "../../../src/files.ts";
import type { Log, Shelf, Store } from "../../../src/ports.ts";
import { openStore } from "../../../src/store/sql-store.ts";
import { openSlackWorld } from "./world/slack-world.ts";

type World = Awaited<ReturnType<typeof openSlackWorld>>;

export interface Options {
  way?: SlackConfig["way"];
  /** Which workspace's token a single installation has. */
  token?: "a" | "b";
  data?: string;
  world?: Parameters<typeof openSlackWorld>[0];
  throughStore?: (store: Store) => Store;
  throughShelf?: (shelf: Shelf) => Shelf;
}

export type Live = Awaited<ReturnType<typeof goLive>>;

/** The product as Slack meets it: over HTTP or a socket, before an independent emulator of Slack with two workspaces. */
export async function goLive(options: Options = {}) {
  const { way = "oauth", token = "a", data = ":memory:", throughStore, throughShelf } = options;
  const world = await openSlackWorld({ scopes: SCOPES, ...options.world });
  onTestFinished(() => world.close());
  const clock = shiftedClock(machineClock);
  const room = await openStore(data, clock);
  const store = throughStore?.(room.store) ?? room.store;
  const shelf = (name: string) => throughShelf?.(room.shelf(name)) ?? room.shelf(name);
  const logged: { level: string; message: string; facts: string }[] = [];
  const log = noteIn(logged);
  const settings = shelf("settings");
  const slack = await openSlack({
    config: configOf(way, world, token),
    host: "127.0.0.1",
    port: 0,
    clock,
    log,
    store,
    settings,
    shelf,
    write: { png: () => Buffer.from("a picture"), file: writtenFile },
  });
  const needs = { store, settings, clock, messenger: slack.messenger, log, zone: "UTC" };
  const assistant = createAssistant(needs);
  const served = await slack.start(assistant);
  onTestFinished(async () => {
    await served.close();
    await room.store.close();
  });
  await world.connect(served.url ?? "socket");
  return {
    world,
    clock,
    store: room.store,
    shelf: room.shelf,
    logged,
    assistant,
    url: served.url ?? "",
    room,
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
