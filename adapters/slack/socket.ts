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
  let waiting: NodeJS.Timeout | undefined;
  let connecting: Promise<void> | undefined;
  let isClosing = false;
  let failures = 0;

  function later(): void {
    if (isClosing || waiting || connecting) return;
    const wait = Math.min(WAIT_MS * 2 ** failures, MOST_WAIT_MS);
    waiting = setTimeout(() => {
      waiting = undefined;
      connecting = again().finally(() => {
        connecting = undefined;
        if (failures > 0) later();
      });
    }, wait);
  }

  async function again(): Promise<void> {
    try {
      await call(() => client.start());
      failures = 0;
      if (isClosing) await client.disconnect();
    } catch (error) {
      if (error instanceof SlackFailure && error.refused.kind === "never") {
        failures = 0;
        return noteFailure(
          log,
          "Slack does not take the app token any more: set a new one and start again",
          error,
        );
      }
      failures += 1;
      noteFailure(log, "Slack can't be reached: Socket Mode is tried again", error);
    }
  }

  await call(() => receiver.start());
  client.on("disconnected", later);
  return async () => {
    isClosing = true;
    clearTimeout(waiting);
    await receiver.stop();
    await connecting;
  };
}
