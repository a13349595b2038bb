import { setTimeout } from "node:timers/promises";

/** After these waits what a platform tells once is tried again: for about an hour. */
const AGAIN_MS = [1000, 10_000, 60_000, 600_000, 3_000_000];

/**
 * What a platform tells once only must be done, also when the store is down just now.
 *
 * @param attempt does it; false: it failed, and has said so
 */
export async function surely(attempt: () => Promise<boolean>): Promise<void> {
  for (const wait of AGAIN_MS) {
    if (await attempt()) return;
    await setTimeout(wait, undefined, { ref: false });
  }
}
