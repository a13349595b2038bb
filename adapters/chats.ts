import {
  type Address,
  type Assistant,
  type Clock,
  type Config,
  createAssistant,
  type Log,
  type Messenger,
  type ReplyFile,
  type Shelf,
  type SlackConfig,
  type Store,
  type TeamsConfig,
  type Timeline,
  type WrittenFile,
} from "../src/index.ts";
import { serve } from "./serving.ts";
import { INSTALL_PATH } from "./slack/install.ts";
import { ENDPOINT as SLACK_PATH } from "./slack/server.ts";
import { ENDPOINT as TEAMS_PATH } from "./teams/server.ts";

interface ChatNeeds {
  config: Config;
  slack: SlackConfig | undefined;
  teams: TeamsConfig | undefined;
  clock: Clock;
  log: Log;
  store: Store;
  shelf(namespace: string): Shelf;
  zone: string;
  write: { png(picture: Timeline): Buffer; file(file: ReplyFile): WrittenFile };
}

/** Slack, Teams or both, connected. */
interface Chats {
  assistant: Assistant;
  /** Where their requests are awaited, in a line. */
  where: string;
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
  const { config, shelf, store, clock, log, zone } = needs;
  const slack =
    needs.slack && (await (await import("./slack/index.ts")).openSlack({ ...needs, config: needs.slack }));
  const teams =
    needs.teams && (await import("./teams/index.ts")).openTeams({ ...needs, config: needs.teams });
  const assistant = createAssistant({
    store,
    settings: shelf("settings"),
    clock,
    messenger: messengerOf({ slack: slack?.messenger, teams: teams?.messenger }, log),
    async forgetAlso(workspace) {
      await slack?.forgetAlso(workspace);
      await teams?.forgetAlso(workspace);
    },
    log,
    zone,
  });
  const begun = [await slack?.start(assistant), teams?.start(assistant)].filter((one) => one !== undefined);
  const doors = begun.flatMap(({ door }) => door ?? []);
  const served = doors.length > 0 ? await serve(doors, config) : undefined;
  const url = served?.url ?? "";
  const where = [needs.slack && slackPlace(needs.slack, url), needs.teams && teamsPlace(needs.teams, url)];
  return {
    assistant,
    where: where.filter((one) => one !== undefined).join("; "),
    async close() {
      await served?.close();
      await Promise.all(begun.map((one) => one.close()));
    },
  };
}

/** An address begins with its platform's name. */
function messengerOf(messengers: Record<string, Messenger | undefined>, log: Log): Messenger {
  const of = (to: Address) => messengers[to.slice(0, to.indexOf(":"))];
  return {
    async send(to, reply, id) {
      const messenger = of(to);
      if (messenger) return messenger.send(to, reply, id);
      log.warn("a reminder waits, because its platform is not configured", { reminder: id });
      return { kind: "later", retryAfter: NOT_HERE_MS };
    },
  };
}

function slackPlace({ way }: SlackConfig, url: string): string {
  if (way === "socket") return "Slack is connected by Socket Mode";
  const installing = way === "oauth" ? `, installations at ${url}${INSTALL_PATH}` : "";
  return `Slack's requests are awaited at ${url}${SLACK_PATH}${installing}`;
}

function teamsPlace({ way }: TeamsConfig, url: string): string {
  const unsigned = way === "anonymous" ? ", unsigned, from this machine only" : "";
  return `Teams' requests are awaited at ${url}${TEAMS_PATH}${unsigned}`;
}
