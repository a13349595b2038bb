import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout } from "node:timers/promises";
import { openPlatform, type Platform, WORKSPACES } from "./platform.ts";

const START = resolve(import.meta.dirname, "../../adapters/start.ts");
const MOST_STOP_MS = 20_000;
const MOST_SAID = 20;
export const SIGNING_SECRET = "a signing secret of the bench";

/** One process of the program. */
export interface Program {
  /** By which the platform tells it from others. */
  name: string;
  /** Where Slack's requests go. */
  url: string;
  /** Ends it in the midst of whatever it does (kill -9). */
  kill(): Promise<void>;
  /** Asks it to end. Returns the milliseconds that took. */
  stop(): Promise<number>;
  /** Resident memory in megabytes. */
  memory(): number;
  /** What it logged, by message. */
  logged: Map<string, number>;
}

export interface ProgramWishes {
  name: string;
  databaseUrl: string;
  platform: Platform;
  /** REMINDERS_AT_ONCE; absent: the program's own. */
  atOnce?: number | undefined;
  /** A folder in which Node leaves a profile of it. */
  profile?: string | undefined;
}

/** Starts the program as people start it, and waits until it takes requests. */
export async function startProgram(wishes: ProgramWishes): Promise<Program> {
  const { name, databaseUrl, platform, atOnce, profile } = wishes;
  const flags = profile === undefined ? [] : ["--cpu-prof", `--cpu-prof-dir=${profile}`];
  const child = spawn(process.execPath, [...flags, START], {
    env: {
      PATH: process.env.PATH,
      DATABASE_URL: databaseUrl,
      SLACK_SIGNING_SECRET: SIGNING_SECRET,
      SLACK_CLIENT_ID: "1.2",
      SLACK_CLIENT_SECRET: "a client secret of the bench",
      SLACK_STATE_SECRET: "a state secret of the bench",
      SLACK_API_URL: platform.apiUrl(name),
      PORT: "0",
      ...(atOnce !== undefined && { REMINDERS_AT_ONCE: `${atOnce}` }),
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = once(child, "exit");
  // Nothing of it is left where what started it breaks off.
  const killIt = () => child.kill("SIGKILL");
  process.once("exit", killIt);
  void ended.then(() => process.off("exit", killIt));
  const logged = new Map<string, number>();
  const said: string[] = [];
  createInterface(child.stderr).on("line", (line) => {
    if (said.length < MOST_SAID) said.push(line);
    const message = messageOf(line);
    logged.set(message, (logged.get(message) ?? 0) + 1);
  });
  const lines = createInterface(child.stdout);
  const [first] = await Promise.race([
    once(lines, "line"),
    ended.then(() => Promise.reject(new Error(`the program ended before it listened:\n${said.join("\n")}`))),
  ]);
  const url = /http:\S+\/slack\/events/.exec(`${first}`)?.[0];
  if (url === undefined || child.pid === undefined) throw new Error(`the program said: ${first}`);
  const { pid } = child;
  return {
    name,
    url,
    logged,
    async kill() {
      child.kill("SIGKILL");
      await ended;
    },
    async stop() {
      const began = performance.now();
      child.kill("SIGTERM");
      const over = new AbortController();
      void setTimeout(MOST_STOP_MS, undefined, { signal: over.signal }).then(
        () => child.kill("SIGKILL"),
        () => undefined,
      );
      await ended;
      over.abort();
      return performance.now() - began;
    },
    memory: () =>
      Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1024,
  };
}

/** All workspaces install us, as a browser would. */
export async function installAll(databaseUrl: string): Promise<void> {
  const platform = await openPlatform();
  const program = await startProgram({ name: "installing", databaseUrl, platform });
  const { origin } = new URL(program.url);
  for (const workspace of WORKSPACES) {
    const page = await fetch(`${origin}/slack/install`, { redirect: "manual" });
    const cookie = page.headers.get("set-cookie")?.split(";")[0] ?? "";
    const state = cookie.split("=").slice(1).join("=");
    const address = `${origin}/slack/oauth_redirect?code=${workspace}&state=${state}`;
    const done = await fetch(address, { headers: { cookie } });
    if (done.status !== 200) throw new Error(`an installation was answered with ${done.status}`);
  }
  await program.stop();
  platform.close();
}

function messageOf(line: string): string {
  try {
    const { msg, why, slack, error } = JSON.parse(line);
    return [msg, slack ?? why ?? error].filter((one) => one !== undefined).join(": ");
  } catch {
    return line;
  }
}
