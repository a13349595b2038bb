import { setImmediate } from "node:timers/promises";
import {
  type Address,
  type Assistant,
  type Clock,
  type Config,
  createAssistant,
  type Log,
  type Messenger,
  type Meter,
  type Needs,
  type Shelf,
  type SlackConfig,
  type Store,
  type TeamsConfig,
  type Turnstile,
} from "../src/index.ts";
import { createInFlight } from "./in-flight.ts";
import { type Door, serve } from "./serving.ts";
import type { TeamsNeeds } from "./teams/index.ts";

interface ChatNeeds {
  config: Pick<Config, "host" | "port" | "remindersAtOnce">;
  slack: SlackConfig | undefined;
  teams: TeamsConfig | undefined;
  chooser?: Needs["chooser"];
  clock: Clock;
  log: Log;
  meter: Meter;
  store: Store;
  turnstile: Turnstile;
  shelf(namespace: string): Shelf;
  zone: string;
  /** What operators ask, behind the same port; without it none is opened that no platform needs. */
  operations?: Door;
  write: TeamsNeeds["write"];
}

/** Slack, Teams or both, connected. */
export interface Chats {
  assistant: Assistant;
  /** Where their requests are awaited, in a line. */
  where: string;
  /** Why Slack is not connected yet, in a word; undefined: it is, or is not configured. */
  slackTrouble(): string | undefined;
  /** Takes no more requests, and finishes what was begun. */
  close(): Promise<void>;
}

/** A reminder of a platform that is not configured just now waits until it is. */
const NOT_HERE_MS = 600_000;

/**
 * One assistant, and one port, for every platform that is configured. Each platform's libraries are loaded only where it is.
 * Rejects with `SlackFailure` when Slack refuses us, and with the system's error when the port can't be had.
 */
export async function openChats(needs: ChatNeeds): Promise<Chats> {
  const { config, shelf, store, chooser, clock, log, meter, operations, zone } = needs;
  const parts = { ...needs, inFlight: createInFlight(config.remindersAtOnce) };
  const slack =
    needs.slack && (await import("./slack/index.ts")).openSlack({ ...parts, config: needs.slack });
  const teams =
    needs.teams && (await import("./teams/index.ts")).openTeams({ ...parts, config: needs.teams });
  const assistant = createAssistant({
    store,
    settings: shelf("settings"),
    talks: (workspace) => shelf(`talk:${workspace}`),
    ...(chooser && { chooser }),
    clock,
    messenger: messengerOf({ slack: slack?.messenger, teams: teams?.messenger }, log),
    async forgetAlso(workspace) {
      await slack?.forgetAlso(workspace);
      await teams?.forgetAlso(workspace);
    },
    log,
    meter,
    othersTurn: () => setImmediate(),
    zone,
  });
  const slackBegun = await slack?.start(assistant);
  const begun = [slackBegun, teams?.start(assistant)].filter((one) => one !== undefined);
  const settle = () => Promise.all(begun.map((one) => one.close()));
  const asked = begun.flatMap((one) => one.doors);
  const doors = [...asked, ...(operations ? [operations] : [])];
  const served =
    doors.length === 0
      ? undefined
      : await serve(doors, config).catch(async (error: unknown) => {
          if (asked.length === 0) {
            log.warn("no port for operators: /healthz, /readyz and /metrics are not served", {
              port: config.port,
            });
            return undefined;
          }
          // What is connected without a port would keep the program from its end.
          await settle();
          throw error;
        });
  return {
    assistant,
    where: begun.map((one) => one.where(served?.url ?? "")).join("; "),
    slackTrouble: () => slackBegun?.trouble(),
    async close() {
      await served?.close();
      await settle();
    },
  };
}

/** An address begins with its platform's name. */
function messengerOf(messengers: Record<string, Messenger | undefined>, log: Log): Messenger {
  const of = (to: Address) => messengers[to.slice(0, to.indexOf(":"))];
  return {
    async send(to, reply, id, way) {
      const messenger = of(to);
      if (messenger) return messenger.send(to, reply, id, way);
      log.warn("a reminder waits, because its platform is not configured", { reminder: id });
      return { kind: "later", retryAfter: NOT_HERE_MS };
    },
  };
}
