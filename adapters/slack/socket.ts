import { setTimeout } from "node:timers/promises";
import type { SocketModeReceiver } from "@slack/bolt";
import type { Log } from "../../src/index.ts";
import { call, noteFailure, SlackFailure } from "./calls.ts";

/** The first wait, doubled after each try that failed. */
const WAIT_MS = 500;
const MOST_WAIT_MS = 30_000;

/**
 * Connects by Socket Mode, and again whenever the connection ends: Slack renews it every few hours. Slack's library would do so
 * too, but a Slack that can't be reached meanwhile would end the whole program. The receiver must leave it to us.
 * Rejects with `SlackFailure` when the first connection fails.
 *
 * @returns how to end it
 */
export async function keepConnected(receiver: SocketModeReceiver, log: Log): Promise<() => Promise<void>> {
  const { client } = receiver;
  const closing = new AbortController();
  const { signal } = closing;
  let connecting: Promise<void> | undefined;

  async function connect(): Promise<void> {
    for (let wait = WAIT_MS; !signal.aborted; wait = Math.min(wait * 2, MOST_WAIT_MS)) {
      await setTimeout(wait, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return;
      try {
        await call(() => client.start());
        if (signal.aborted) await client.disconnect();
        return;
      } catch (error) {
        if (error instanceof SlackFailure && error.refused.kind === "never")
          return noteFailure(log, REFUSED, error);
        noteFailure(log, "Slack can't be reached: Socket Mode is tried again", error);
      }
    }
  }

  await call(() => receiver.start());
  client.on("disconnected", () => {
    connecting ??= connect().finally(() => {
      connecting = undefined;
    });
  });
  return async () => {
    closing.abort();
    await receiver.stop();
    await connecting;
  };
}

const REFUSED = "Slack does not take the app token any more: set a new one and start again";
