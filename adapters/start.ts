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
  StoreError,
  shiftedClock,
  standingClock,
  type Timeline,
  writtenFile,
} from "../src/index.ts";
import { openStore } from "../src/store/sql-store.ts";
import { openChooser } from "./chooser.ts";
import { readConfigured } from "./configured.ts";
import { FACES } from "./faces.ts";
import { findPlace, type Place } from "./listening.ts";
import { moveStore } from "./moving.ts";
import { toPng } from "./picture-png.ts";
import { readPageFiles } from "./playground/page-files.ts";
import { readInRange } from "./playground/read.ts";
import { serve } from "./playground/server.ts";
import { openSession, PLAYGROUND } from "./playground/session.ts";
import { openTerminal, TERMINAL } from "./playground/terminal.ts";
import { serveChats } from "./serving-chats.ts";
import { untilStopped } from "./stopping.ts";
import { remindNow, startTicking } from "./ticking.ts";
import { complain, complainOf, listenProblem, refuse, USAGE } from "./usage.ts";

/** Where everything is kept unless something else is said. */
const SQLITE_FILE = ".shepherd/shepherd.db";
const WRITE = { png: (picture: Timeline) => toPng(drawTimeline(picture)), file: writtenFile };

/** Where the programs begin. */
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
  if (!["playground", "chat", "migrate"].includes(program) || more.length > 0) {
    return complain(`There is nothing called ${positionals.join(" ")} to start.`);
  }
  const isMigrating = program === "migrate";
  if (!isMigrating && (flags.from ?? flags.to) !== undefined)
    return complain("--from and --to are for npm run migrate.");
  const read = readConfigured(program !== "playground");
  if ("problems" in read) return complainOf(read.problems);
  const { config, slack, teams, model } = read;
  const zone = machineZone();
  const now = flags.now === undefined ? undefined : DateTime.fromISO(flags.now, { zone, setZone: true });
  if (now && !now.isValid)
    return complain(`--now ${flags.now} is no ISO time, such as 2026-11-03T09:15-08:00.`);
  const begin = { config, flags, zone, now, model };
  if (isMigrating) return move(begin);
  if (program === "chat") return chat(begin);
  if (!slack && !teams) return play(begin);
  if (flags.json || now)
    return complain("--json is for npm run chat, and --now for that and the playground.");
  const url = flags.data ?? config.databaseUrl ?? SQLITE_FILE;
  return serveChats({
    config,
    slack,
    teams,
    zone,
    model,
    write: WRITE,
    open: (clock) => openStore(url, clock),
  });
}

async function move({ config, flags }: Begin): Promise<number> {
  if (flags.json || flags.now || flags.data)
    return complain("npm run migrate takes --from and --to, and nothing else.");
  const to = flags.to ?? config.databaseUrl;
  if (to === undefined)
    return complain("npm run migrate has no place to move to: name it by DATABASE_URL, or by --to.");
  await moveStore(flags.from ?? SQLITE_FILE, to, (line) => process.stdout.write(`${line}\n`));
  return 0;
}

async function chat({ config, flags, zone, now, model }: Begin): Promise<number> {
  const standing = now && standingClock(now);
  const clock = standing ?? machineClock;
  const log = createLog(config.logLevel);
  const { name, store, shelf } = await openStore(
    flags.data ?? config.databaseUrl ?? SQLITE_FILE,
    clock,
    TERMINAL,
  );
  log.info("the store is open", { store: name });
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
  await remindNow(assistant, log);
  const ticking = standing ? undefined : startTicking({ reminding: assistant, clock, log });
  try {
    await terminal.converse(assistant);
  } finally {
    await ticking?.stop();
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
  const { name, store, shelf } = await openStore(flags.data ?? ":memory:", clock, PLAYGROUND);
  try {
    const talks = (workspace: string) => shelf(`talk:${workspace}`);
    const needs = { store, settings: shelf("settings"), talks, kept: shelf("playground"), clock, zone, log };
    const session = await openSession({ ...needs, ...(await openChooser(model, log)), startAt: inRange?.at });
    await remindNow(session, log);
    const served = await serve(
      { session, faces: FACES, write: WRITE, page: readPageFiles(), log },
      place,
      config.port,
    );
    const ticking = startTicking({ reminding: session, clock, log });
    log.info("the playground is open", { url: served.url });
    const unused = config.databaseUrl === undefined ? "" : "; the playground does not use DATABASE_URL";
    const kept = flags.data
      ? `the connectors are kept in ${name}`
      : `nothing is kept (--data FILE would keep the connectors${unused})`;
    process.stdout.write(`Open ${served.url} in a browser. Ctrl-C ends it; ${kept}.\n`);
    await untilStopped();
    await ticking.stop();
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
    ? `No platform is configured: for Slack set SLACK_SIGNING_SECRET and SLACK_BOT_TOKEN (docs/slack.md), for Teams MicrosoftAppId, MicrosoftAppPassword and MicrosoftAppTenantId (docs/teams.md). The playground is not started instead, as HOST ${host} can be reached from the network, and it lets anyone speak as anyone: leave HOST out for it, or set PLAYGROUND=1 to start it all the same.`
    : undefined;
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
        from: { type: "string" },
        to: { type: "string" },
      },
    });
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
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
