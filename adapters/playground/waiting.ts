import type { DateTime } from "luxon";
import type { Assistant } from "../../src/index.ts";

/** More reminders than anyone reads; those left over come with the next tick, marked late. */
const MOST_STOPS = 2000;

/**
 * Brings a clock forward from `now` to `target`, stopping at each reminder on the way so that each is sent at its own moment.
 * Rejects with `StoreError` when the store fails; the clock then stands where it came to.
 */
export async function waitUntil(
  target: DateTime,
  now: DateTime,
  putClock: (to: DateTime) => void,
  assistant: Assistant,
): Promise<void> {
  let reached = now;
  for (let stops = 0; stops < MOST_STOPS; stops += 1) {
    const { nextAt } = await assistant.remind();
    if (!nextAt || nextAt > target) break;
    // A reminder that stays due although it was handled would keep the clock here for ever.
    if (nextAt <= reached) break;
    reached = nextAt;
    putClock(reached);
  }
  putClock(target);
}
