import { spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import type { Figure } from "../measure.ts";
import type { Base } from "./base.ts";
import { openPlatform, workspaceOf } from "./platform.ts";
import { startProgram } from "./program.ts";
import type { Planned, Row } from "./rows.ts";
import { until } from "./waiting.ts";

const BARE = resolve(import.meta.dirname, "bare.ts");
const AT_ONCE = 8;
const MOST_WAIT_MS = 180_000;

export interface DrainWishes {
  base: Base;
  template(planned: Planned): Row;
  reminders: number;
  who: "ours" | "bare";
  /** Reminders are numbered from here. */
  first: number;
  profile?: string | undefined;
}

/**
 * How many reminders a second one process sends where nothing slows it down: each has a channel of its own, and the platform
 * answers at once. Counted from the first message to the last.
 */
export async function drain(wishes: DrainWishes): Promise<number> {
  const { base, template, reminders, who, first, profile } = wishes;
  const platform = await openPlatform();
  const dueAt = Date.now() - 1000;
  await base.lay(
    Array.from({ length: reminders }, (_, index) =>
      template({ number: first + index, workspace: workspaceOf(index), channel: `C${index}`, dueAt }),
    ),
  );
  await base.settle();
  const stop =
    who === "ours"
      ? (await startProgram({ name: "p0", databaseUrl: base.url, platform, atOnce: AT_ONCE, profile })).stop
      : startBare(base.url, platform.apiUrl("p0"));
  try {
    const came = await until(() => platform.heard.size >= reminders, MOST_WAIT_MS);
    if (came === undefined) throw new Error(`only ${platform.heard.size} of ${reminders} reminders came`);
    // Until all of it is noted, so that the next round begins with nothing due.
    await until(async () => (await base.open()) === 0, MOST_WAIT_MS, 100);
  } finally {
    await stop();
    platform.close();
  }
  const moments = platform.accepted.map(({ at }) => at);
  return ((reminders - 1) / (Math.max(...moments) - Math.min(...moments))) * 1000;
}

function startBare(databaseUrl: string, apiUrl: string): () => Promise<void> {
  const child = spawn(process.execPath, [BARE, databaseUrl, apiUrl, `${AT_ONCE}`], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  const ended = once(child, "exit");
  return async () => {
    child.kill("SIGTERM");
    await ended;
  };
}

export function drainFigures(ours: number, bare: number, ratios: readonly number[], ratio: number): Figure[] {
  return [
    {
      what: "one process, PostgreSQL, a platform that answers at once: a bare loop without our rules",
      measured: `${bare.toFixed(0)} a second`,
    },
    {
      what: "the same, Connector Shepherd",
      measured: `${ours.toFixed(0)} a second, ratio ${ratio.toFixed(2)} (${ratios.map((one) => one.toFixed(2)).join(", ")})`,
    },
  ];
}
