import { parseArgs } from "node:util";
import { DateTime } from "luxon";
import {
  type Config,
  createAssistant,
  createLog,
  drawTimeline,
  type ModelConfig,
  machineClock,
  machineZone,
  type SlackConfig,
  StoreError,
  shiftedClock,
  standingClock,
  type TeamsConfig,
  type Timeline,
  writtenFile,
} from "../src/index.ts";
import { openStore } from "../src/store/sql-store.ts";
import { openChats } from "./chats.ts";
import { openChooser } from "./chooser.ts";
import { readConfigured } from "./configured.ts";
import { FACES } from "./faces.ts";
import { findPlace, type Place } from "./listening.ts";
import { toPng } from "./picture-png.ts";
import { readPageFiles } from "./playground/page-files.ts";
import { readInRange } from "./playground/read.ts";
import { serve } from "./playground/server.ts";
import { openSession } from "./playground/session.ts";
import { openTerminal } from "./playground/terminal.ts";
import type { SlackFailure } from "./slack/calls.ts";
import { untilStopped } from "./stopping.ts";
import { remindNow, startTicking } from "./ticking.ts";

const USAGE = `Connector Shepherd

  npm start [-- --data FILE]
    Slack and Teams, where the environment configures them (docs/slack.md, docs/teams.md), and otherwise the playground

  npm start -- [--now 2026-11-03T09:15] [--data FILE]
    the playground: a page on this machine that shows each answer as Slack and as Teams would

    --now    the clock begins at this moment and runs on (without a zone: yours)
    --data   a file of its own, where the connectors are kept (otherwise nothing is)
    PORT     the port (3978)
    HOST     the address (127.0.0.1)

  npm run chat -- [--json] [--now 2026-11-03T09:15] [--data FILE]
    the same assistant in this terminal

    --json   one JSON reply a line
    --now    the clock stands at this moment until /wait pushes it (without a zone: yours)
    --data   the file everything is kept in (default .shepherd/shepherd.db, or DATABASE_URL)
`;

const WRITE = { png: (picture: Timeline) => toPng(drawTimeline(picture)), file: writtenFile };

/** Where the programs begin; each is given what only this file knows. */
interface Begin {
  config: Config;
  flags: Exclude<ReturnType<typeof readFlags>, string>["values"];
  zone: string;
  now: DateTime | undefined;
  model: ModelConfig | undefined;
}

async function main(): Promise<number> {
  const given = readFlags();
  if (typeof given === "string") return complain(given);
  const { values: flags, positionals } = given;
  if (flags.help) {
    process.stdout.write(USAGE);
    return 0;
  }
  const [program = "playground", ...more] = positionals;
  if (!["playground", "chat"].includes(program) || more.length > 0) {
    return complain(`There is nothing called ${positionals.join(" ")} to start.`);
  }
  const read = readConfigured(program === "chat");
  if ("problems" in read) return complain(read.problems.join("\n"));
  const { config, slack, teams, model } = read;
  const zone = machineZone();
  const now = flags.now === undefined ? undefined : DateTime.fromISO(flags.now, { zone, setZone: true });
  if (now && !now.isValid)
    return complain(`--now ${flags.now} is no ISO time, such as 2026-11-03T09:15-08:00.`);
  const begin = { config, flags, zone, now, model };
  if (program === "chat") return chat(begin);
  return slack || teams ? serveChats(begin, { slack, teams }) : play(begin);
}

interface Platforms {
  slack: SlackConfig | undefined;
  teams: TeamsConfig | undefined;
}

async function serveChats({ config, flags, zone, now, model }: Begin, platforms: Platforms): Promise<number> {
  if (flags.json || now)
    return complain("--json is for npm run chat, and --now for that and the playground.");
  const refusal = platforms.teams?.way === "anonymous" ? await anonymousProblem(config) : undefined;
  if (refusal !== undefined) return refuse(refusal);
  const log = createLog(config.logLevel);
  const clock = machineClock;
  const { store, shelf } = await openStore(flags.data ?? config.databaseUrl, clock);
  try {
    const parts = {
      config,
      ...platforms,
      ...(await openChooser(model, log)),
      clock,
      log,
      store,
      shelf,
      zone,
    };
    const chats = await openChats({ ...parts, write: WRITE });
    const { remind } = chats.assistant;
    const stopTicking = startTicking(remind, log);
    const stopped = untilStopped();
    process.stdout.write(`${chats.where}. Ctrl-C ends it.\n`);
    await remindNow(remind, log);
    await stopped;
    await stopTicking();
    await chats.close();
  } catch (error) {
    const isSlack = error instanceof Error && error.name === "SlackFailure" && platforms.slack;
    const problem = isSlack ? slackProblem(error as SlackFailure, isSlack) : listenProblem(error, config);
    if (problem === undefined) throw error;
    return refuse(problem);
  } finally {
    await store.close();
  }
  return 0;
}

/** Without credentials anyone could speak as anyone. */
async function anonymousProblem({ host }: Config): Promise<string | undefined> {
  const place = await findPlace(host);
  if ("problem" in place) return place.problem;
  return place.isOpen
    ? `HOST ${host} can be reached from the network, and TEAMS_ALLOW_ANONYMOUS=1 takes requests that nobody has signed: leave HOST out, or set MicrosoftAppId, MicrosoftAppPassword and MicrosoftAppTenantId instead.`
    : undefined;
}

function slackProblem({ code, refused }: SlackFailure, { way, apiUrl }: SlackConfig): string {
  if (refused.kind === "later")
    return `Slack can't be reached at ${apiUrl} (${code}): try again in a minute.`;
  const token = way === "socket" ? "SLACK_BOT_TOKEN or SLACK_APP_TOKEN" : "SLACK_BOT_TOKEN";
  return `Slack does not take ${token} (${code}): copy it again from the app's pages at api.slack.com/apps.`;
}

async function chat({ config, flags, zone, now, model }: Begin): Promise<number> {
  const standing = now && standingClock(now);
  const clock = standing ?? machineClock;
  const log = createLog(config.logLevel);
  const { store, shelf } = await openStore(flags.data ?? config.databaseUrl, clock);
  const terminal = openTerminal({
    input: process.stdin,
    output: process.stdout,
    isInteractive: process.stdin.isTTY === true,
    columns: () => process.stdout.columns ?? 100,
    json: flags.json,
    clock,
    zone,
    ...(standing && { standing }),
  });
  const settings = shelf("settings");
  const talks = (workspace: string) => shelf(`talk:${workspace}`);
  const { messenger } = terminal;
  const needs = { store, settings, talks, clock, messenger, log, zone, ...(await openChooser(model, log)) };
  const assistant = createAssistant(needs);
  const stopTicking = standing ? undefined : startTicking(assistant.remind, log);
  try {
    await remindNow(assistant.remind, log);
    await terminal.converse(assistant);
  } finally {
    await stopTicking?.();
    await store.close();
  }
  return 0;
}

async function play({ config, flags, zone, now, model }: Begin): Promise<number> {
  if (flags.json) return complain("--json is for npm run chat.");
  const inRange = now && readInRange(now);
  if (inRange && "problem" in inRange) return complain(inRange.problem);
  const place = await findPlace(config.host);
  if ("problem" in place) return refuse(place.problem);
  const refusal = refusalOf(place, config);
  if (refusal !== undefined) return refuse(refusal);
  if (place.isOpen) {
    process.stderr.write(
      `CAREFUL: whoever can reach ${config.host} in the network can read everything here, and speak as anyone.\n`,
    );
  }

  const log = createLog(config.logLevel);
  const clock = shiftedClock(machineClock);
  const { store, shelf } = await openStore(flags.data ?? ":memory:", clock);
  try {
    const talks = (workspace: string) => shelf(`talk:${workspace}`);
    const needs = { store, settings: shelf("settings"), talks, kept: shelf("playground"), clock, zone, log };
    const session = await openSession({ ...needs, ...(await openChooser(model, log)), startAt: inRange?.at });
    await remindNow(session.remind, log);
    const served = await serve(
      { session, faces: FACES, write: WRITE, page: readPageFiles(), log },
      place,
      config.port,
    );
    const stopTicking = startTicking(session.remind, log);
    log.info("the playground is open", { url: served.url });
    const kept = flags.data
      ? `the connectors are kept in ${flags.data}`
      : "nothing is kept (--data FILE would keep the connectors)";
    process.stdout.write(`Open ${served.url} in a browser. Ctrl-C ends it; ${kept}.\n`);
    await untilStopped();
    await stopTicking();
    await served.close();
  } catch (error) {
    const problem = listenProblem(error, config);
    if (problem === undefined) throw error;
    return refuse(problem);
  } finally {
    await store.close();
  }
  return 0;
}

/** The playground has no sign-in: it is for one person at one machine, unless that is asked for. */
function refusalOf(place: Place, { host, isPlaygroundAsked }: Config): string | undefined {
  return place.isOpen && !isPlaygroundAsked
    ? `HOST ${host} can be reached from the network, and the playground lets anyone speak as anyone: leave HOST out, or set PLAYGROUND=1 to start it all the same.`
    : undefined;
}

function listenProblem(error: unknown, { host, port }: Config): string | undefined {
  switch (error instanceof Error && "code" in error ? error.code : undefined) {
    case "EADDRINUSE":
      return `Port ${port} is taken, perhaps by another of these programs: choose another one, such as PORT=${port === 65_535 ? 3978 : port + 1} npm start.`;
    case "EACCES":
      return `Port ${port} may not be used here: choose another one, such as PORT=3978 npm start.`;
    case "EADDRNOTAVAIL":
      return `HOST ${host} is no address of this machine.`;
    default:
      return undefined;
  }
}

function readFlags() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        json: { type: "boolean", default: false },
        help: { type: "boolean", default: false, short: "h" },
        now: { type: "string" },
        data: { type: "string" },
      },
    });
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** What was asked can't be understood. */
function complain(why: string): number {
  process.stderr.write(`${why}\n\n${USAGE}`);
  return 2;
}

/** What was asked is clear, and not done. */
function refuse(why: string): number {
  process.stderr.write(`${why}\n`);
  return 1;
}

// Somebody reads the first lines only (… | head): nothing is left to say.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  process.exit(error.code === "EPIPE" ? 0 : 1);
});

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof StoreError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
