import {
  type Clock,
  type Config,
  createLog,
  type ModelConfig,
  machineClock,
  type Shelf,
  type SlackConfig,
  type Store,
  shiftedClock,
  type TeamsConfig,
  type Turnstile,
} from "../src/index.ts";
import { openAlarm } from "./alarm.ts";
import { type Chats, openChats } from "./chats.ts";
import { openChooser } from "./chooser.ts";
import { inTime } from "./in-time.ts";
import { findPlace } from "./listening.ts";
import { openMetrics } from "./metrics.ts";
import { openOperations } from "./operations.ts";
import type { SlackFailure } from "./slack/calls.ts";
import { untilStopped } from "./stopping.ts";
import type { TeamsNeeds } from "./teams/index.ts";
import { followStore, STOP_WITHIN_MS, startTicking, type Ticking } from "./ticking.ts";
import { listenProblem, refuse } from "./usage.ts";

/** All that is kept. */
interface Room {
  /** How the operator knows it; never a secret. */
  name: string;
  store: Store;
  turnstile: Turnstile;
  shelf(namespace: string): Shelf;
}

interface Begin {
  config: Config;
  slack: SlackConfig | undefined;
  teams: TeamsConfig | undefined;
  model: ModelConfig | undefined;
  /** IANA: this machine's. */
  zone: string;
  write: TeamsNeeds["write"];
  /** Rejects with `StoreError`. */
  open(clock: Clock): Promise<Room>;
}

/** Serves Slack and Teams until the program is stopped, and ends it. Returns the exit code where it does not start. */
export async function serveChats({ open, ...begin }: Begin): Promise<number> {
  const { config, slack, teams, model } = begin;
  const refusal = teams?.way === "anonymous" ? await anonymousProblem(config) : undefined;
  if (refusal !== undefined) return refuse(refusal);
  const log = createLog(config.logLevel);
  // All processes on one store go by its clock.
  const clock = shiftedClock(machineClock);
  const room = await open(clock);
  const { store } = room;
  log.info("the store is open", { store: room.name });
  const stopped = untilStopped();
  try {
    const follow = () => followStore(clock, machineClock, store);
    await follow();
    const metrics = openMetrics(clock);
    const { meter } = metrics;
    let ticking: Ticking | undefined;
    const lastTickAt = () => ticking?.lastTickAt();
    let chats: Chats | undefined;
    const slackTrouble = () => chats?.slackTrouble();
    const operations = openOperations({ store, clock, metrics, log, lastTickAt, slackTrouble });
    const alarm = openAlarm({ store, clock, log, url: config.alertUrl });
    const chooser = await openChooser(model, log);
    chats = await openChats({ ...begin, ...room, ...chooser, clock, log, meter, operations });
    ticking = startTicking({
      reminding: chats.assistant,
      clock,
      log,
      before: follow,
      beside: () => alarm.check(),
    });
    process.stdout.write(`${chats.where}. Ctrl-C ends it.\n`);
    await stopped;
    const [isTold, closed] = await Promise.all([ticking.stop(), inTime(chats.close(), STOP_WITHIN_MS)]);
    const closing = store.close();
    if (isTold && "answer" in closed) await closing;
    else log.warn("ended before all was done: what does not answer is left");
    // It would keep the program for as long as it does not answer.
    process.exit(0);
  } catch (error) {
    const isSlack = error instanceof Error && error.name === "SlackFailure" && slack;
    const problem = isSlack ? slackProblem(error as SlackFailure, isSlack) : listenProblem(error, config);
    if (problem === undefined) throw error;
    return refuse(problem);
  } finally {
    await store.close();
  }
}

/** Without credentials anyone could speak as anyone. */
async function anonymousProblem({ host }: Config): Promise<string | undefined> {
  const place = await findPlace(host);
  if ("problem" in place) return place.problem;
  return place.isOpen
    ? `HOST ${host} can be reached from the network, and TEAMS_ALLOW_ANONYMOUS=1 takes requests that nobody has signed: leave HOST out, or set MicrosoftAppId, MicrosoftAppPassword and MicrosoftAppTenantId instead.`
    : undefined;
}

function slackProblem({ code }: SlackFailure, { way }: SlackConfig): string {
  const token = way === "socket" ? "SLACK_BOT_TOKEN or SLACK_APP_TOKEN" : "SLACK_BOT_TOKEN";
  return `Slack does not take ${token} (${code}): copy it again from the app's pages at api.slack.com/apps.`;
}
