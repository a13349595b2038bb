import { setTimeout } from "node:timers/promises";
import type { Log } from "../../src/index.ts";
import { failureLater, noteFailure, SlackFailure } from "./calls.ts";

/** A Slack that does not answer keeps the rest of the program from its beginning no longer than this. */
const FIRST_TRY_MS = 5000;
/** The first wait, doubled after each try that failed. */
const WAIT_MS = 1000;
const MOST_WAIT_MS = 60_000;
const TELL_AGAIN_MS = 60_000;

export interface Connecting {
  /** Why Slack is not connected, in a word; undefined: it is, or was. */
  trouble(): string | undefined;
  /** Tries no more. */
  stop(): void;
}

/**
 * Connects; where Slack can't be reached, goes on trying behind, for as long as it takes. Resolves after the first try, or when
 * that takes too long. Rejects with `SlackFailure` when Slack refuses us at once; if it does so later, the log tells.
 */
export async function beginConnecting(connect: () => Promise<void>, log: Log): Promise<Connecting> {
  const stopping = new AbortController();
  const { signal } = stopping;
  let trouble: string | undefined = "silent";
  let toldAt: number | undefined;

  function tell(failure: SlackFailure): void {
    if (toldAt !== undefined && performance.now() - toldAt < TELL_AGAIN_MS) return;
    toldAt = performance.now();
    noteFailure(log, "Slack can't be reached: it is tried again and again", failure);
  }

  /** False: it may succeed when it is tried again. */
  async function attempt(): Promise<boolean> {
    try {
      await connect();
      trouble = undefined;
      if (toldAt !== undefined) log.info("Slack is connected");
      return true;
    } catch (error) {
      if (!(error instanceof SlackFailure)) throw error;
      trouble = error.code;
      if (error.refused.kind === "never") throw error;
      tell(error);
      return false;
    }
  }

  async function goOn(tried: Promise<boolean>): Promise<void> {
    let isDone = await tried;
    for (let wait = WAIT_MS; !isDone; wait = Math.min(wait * 2, MOST_WAIT_MS)) {
      await setTimeout(wait, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return;
      isDone = await attempt();
    }
  }

  const first = attempt();
  const isLate = await Promise.race([
    first.then(() => false),
    setTimeout(FIRST_TRY_MS, true, { ref: false }),
  ]);
  if (isLate) tell(failureLater("silent"));
  goOn(first).catch((error: unknown) => noteFailure(log, REFUSED, error));
  return { trouble: () => trouble, stop: () => stopping.abort() };
}

const REFUSED = "Slack does not take a token: set a new one and start again";
