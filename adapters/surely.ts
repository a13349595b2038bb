import { setTimeout } from "node:timers/promises";

/** After these waits what a platform tells once is tried again. */
const AGAIN_MS = [1000, 10_000, 60_000, 600_000, 3_000_000];

/**
 * What a platform tells once only must be done, also when the store is down just now. Resolves after the first try; the others go
 * on behind, for about an hour.
 *
 * @param attempt does it; false: it failed, and has said so
 */
export async function surely(attempt: (isRetry: boolean) => Promise<boolean>): Promise<void> {
  if (!(await attempt(false))) void again(attempt);
}

async function again(attempt: (isRetry: boolean) => Promise<boolean>): Promise<void> {
  for (const wait of AGAIN_MS) {
    await setTimeout(wait, undefined, { ref: false });
    if (await attempt(true)) return;
  }
}
