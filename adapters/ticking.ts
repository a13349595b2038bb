import { type Log, StoreError } from "../src/index.ts";

const TICK_MS = 15_000;

/** Reminds now and then; never two ticks at once. Returns how to stop. */
export function startTicking(remind: () => Promise<unknown>, log: Log): () => Promise<void> {
  let running: Promise<void> = Promise.resolve();
  let isRunning = false;
  const timer = setInterval(() => {
    if (isRunning) return;
    isRunning = true;
    running = remindNow(remind, log).finally(() => {
      isRunning = false;
    });
  }, TICK_MS);
  return async () => {
    clearInterval(timer);
    await running;
  };
}

/** Reminds once. A failure is logged: the next tick tries again. */
export async function remindNow(remind: () => Promise<unknown>, log: Log): Promise<void> {
  try {
    await remind();
  } catch (error) {
    const why = error instanceof StoreError ? error.message : undefined;
    log.error("reminders could not be sent", {
      error: error instanceof Error ? error.name : typeof error,
      why,
    });
  }
}
