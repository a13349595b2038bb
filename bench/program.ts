import { execFileSync, spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout } from "node:timers/promises";
import { type Figure, inMs, medianOf, spreadOf } from "./measure.ts";

const RUNS = 7;
const MOST_START_MS = 1000;
/** How long a process is left alone before it is called at rest. */
const REST_MS = 1500;
const START = resolve(import.meta.dirname, "../adapters/start.ts");

interface Run {
  /** Milliseconds from starting the program to its first reply. */
  took: number;
  /** Megabytes; undefined where the system does not tell. */
  resident: number | undefined;
}

/** The program from outside: how soon it answers, and what it occupies then. */
export async function benchProgram(folder: string): Promise<Figure[]> {
  const file = join(folder, "program.db");
  const runs: Run[] = [];
  // The first run creates the database and fills the system's cache.
  await greet(file, false);
  for (let count = 0; count < RUNS; count += 1) runs.push(await greet(file, count >= RUNS - 3));
  const { median, worst } = spreadOf(runs.map(({ took }) => took));
  const resident = medianOf(runs.flatMap((run) => (run.resident === undefined ? [] : [run.resident])));
  return [
    {
      what: "start to first reply",
      measured: `median ${inMs(median)}, worst ${inMs(worst)}`,
      target: `< ${MOST_START_MS} ms`,
      met: median < MOST_START_MS,
    },
    {
      what: "memory at rest after one reply",
      measured: Number.isNaN(resident) ? "this system does not tell" : `${resident.toFixed(0)} MB resident`,
    },
  ];
}

async function greet(file: string, measuresMemory: boolean): Promise<Run> {
  const began = performance.now();
  const program = spawn(process.execPath, [START, "chat", "--json", "--data", file], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const ended = new Promise<void>((done) => program.once("exit", () => done()));
  program.stdin.write("hi\n");
  const text = await new Promise<string>((done, fail) => {
    let heard = "";
    program.stdout.setEncoding("utf8").on("data", (piece: string) => {
      heard += piece;
      if (heard.includes("\n")) done(heard);
    });
    program.once("exit", (code) => fail(new Error(`the program ended with ${code} before it answered`)));
  });
  const took = performance.now() - began;
  const reply: unknown = JSON.parse(text.split("\n")[0] ?? "");
  if (typeof reply !== "object" || reply === null || !("title" in reply))
    throw new Error(`no reply: ${text}`);
  if (measuresMemory) await setTimeout(REST_MS);
  const resident = measuresMemory && program.pid !== undefined ? residentOf(program.pid) : undefined;
  program.stdin.end();
  await ended;
  return { took, resident };
}

/** Megabytes of memory that a process occupies. */
function residentOf(pid: number): number | undefined {
  const status = `/proc/${pid}/status`;
  if (existsSync(status)) {
    const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(status, "utf8"))?.[1];
    return kilobytes === undefined ? undefined : Number(kilobytes) / 1024;
  }
  try {
    return Number(execFileSync("ps", ["-o", "rss=", "-p", `${pid}`], { encoding: "utf8" })) / 1024;
  } catch {
    return undefined;
  }
}
