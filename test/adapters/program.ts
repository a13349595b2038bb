import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { expect, onTestFinished } from "vitest";
import { makeFolder } from "../store/folder.ts";

const START = resolve(import.meta.dirname, "../../adapters/start.ts");
const CONFIGURATION = ["HOST", "PLAYGROUND", "DATABASE_URL", "LOG_LEVEL"];
const CREDENTIALS = /^(?:SLACK_|TEAMS_|MicrosoftApp|PUBLIC_URL)/;
/** What no line may ever show. */
export const SECRET = "hunter22-hunter22";

/** The program, started as people start it. */
export interface Program {
  child: ChildProcessWithoutNullStreams;
  out(): string;
  err(): string;
  /** The first line it prints, and the address in it. Fails when it ends before. */
  opened(): Promise<{ line: string; url: string }>;
  ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
}

/** Starts the program on a free port, in an empty folder, with nothing of this machine's configuration. */
export function start(words: string[] = [], environment: NodeJS.ProcessEnv = {}): Program {
  const inherited = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !CREDENTIALS.test(name) && !CONFIGURATION.includes(name)),
  );
  const child = spawn(process.execPath, [START, ...words], {
    env: { ...inherited, PORT: "0", ...environment },
    cwd: makeFolder(),
  });
  let [out, err] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (chunk) => {
    out += chunk;
  });
  child.stderr.setEncoding("utf8").on("data", (chunk) => {
    err += chunk;
  });
  const ended = once(child, "close").then(([code, signal]) => ({ code, signal }));
  onTestFinished(async () => {
    child.kill("SIGKILL");
    await ended;
  });
  async function opened(): Promise<{ line: string; url: string }> {
    while (!out.includes("\n")) {
      const isOver = await Promise.race([
        once(child.stdout, "data").then(() => false),
        ended.then(() => true),
      ]);
      if (isOver) throw new Error(`ended: ${err}`);
    }
    const line = out.slice(0, out.indexOf("\n"));
    return { line, url: /http:\S+/.exec(line)?.[0] ?? "" };
  }
  return { child, out: () => out, err: () => err, opened, ended };
}

/** Asked to end, it does. */
export async function stop({ child, ended }: Program): Promise<void> {
  child.kill("SIGTERM");
  expect(await ended).toEqual({ code: 0, signal: null });
}

/** Starts what does not start; nothing was printed but why, in words. */
export async function refused(
  words: string[],
  environment: NodeJS.ProcessEnv,
): Promise<{ err: string; code: number | null }> {
  const program = start(words, environment);
  const { code } = await program.ended;
  expect(program.out()).toBe("");
  expect(program.err()).not.toMatch(/\n\s+at |node:internal/);
  expect(program.err()).not.toContain(SECRET);
  return { err: program.err(), code };
}
