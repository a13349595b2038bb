import { parseArgs } from "node:util";
import { DateTime } from "luxon";
import {
  type Assistant,
  createAssistant,
  createLog,
  type Log,
  machineClock,
  machineZone,
  readConfig,
  StoreError,
  standingClock,
} from "../src/index.ts";
import { openStore } from "../src/store/sql-store.ts";
import { openTerminal } from "./playground/terminal.ts";

const USAGE = `Connector Shepherd in the terminal

  npm start -- [--json] [--now 2026-11-03T09:15] [--data FILE]

  --json   one JSON reply a line
  --now    the clock stands at this moment until /wait pushes it (without a zone: yours)
  --data   the file everything is kept in (default .shepherd/shepherd.db, or DATABASE_URL)
`;
const TICK_MS = 15_000;

async function main(): Promise<number> {
  const flags = readFlags();
  if (typeof flags === "string") return complain(flags);
  if (flags.help) {
    process.stdout.write(USAGE);
    return 0;
  }
  const config = readConfig();
  if ("problems" in config) return complain(config.problems.join("\n"));
  const zone = machineZone();
  const now = flags.now === undefined ? undefined : DateTime.fromISO(flags.now, { zone, setZone: true });
  if (now && !now.isValid)
    return complain(`--now ${flags.now} is no ISO time, such as 2026-11-03T09:15-08:00.`);

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
  const assistant = createAssistant({
    store,
    settings: shelf("settings"),
    clock,
    messenger: terminal.messenger,
    log,
    zone,
  });
  const stopTicking = standing ? undefined : tick(assistant, log);
  try {
    await remindNow(assistant, log);
    await terminal.converse(assistant);
  } finally {
    await stopTicking?.();
    await store.close();
  }
  return 0;
}

/** Reminds now and then; never two ticks at once. Returns how to stop. */
function tick(assistant: Assistant, log: Log): () => Promise<void> {
  let running: Promise<void> = Promise.resolve();
  let isRunning = false;
  const timer = setInterval(() => {
    if (isRunning) return;
    isRunning = true;
    running = remindNow(assistant, log).finally(() => {
      isRunning = false;
    });
  }, TICK_MS);
  return async () => {
    clearInterval(timer);
    await running;
  };
}

async function remindNow(assistant: Assistant, log: Log): Promise<void> {
  try {
    await assistant.remind();
  } catch (error) {
    const why = error instanceof StoreError ? error.message : undefined;
    log.error("reminders could not be sent", {
      error: error instanceof Error ? error.name : typeof error,
      why,
    });
  }
}

function readFlags() {
  try {
    const { values } = parseArgs({
      options: {
        json: { type: "boolean", default: false },
        help: { type: "boolean", default: false, short: "h" },
        now: { type: "string" },
        data: { type: "string" },
      },
    });
    return values;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function complain(why: string): number {
  process.stderr.write(`${why}\n\n${USAGE}`);
  return 2;
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
