import { setTimeout } from "node:timers/promises";
import { factsOf, StoreError } from "../src/index.ts";

/**
 * What the store answers within so many milliseconds. `trouble`: it did not, and why, in a word: a `StoreError`'s reason,
 * "silent", or the name of an error of ours.
 */
export async function inTime<Answer>(
  asked: Promise<Answer>,
  within: number,
): Promise<{ answer: Answer } | { trouble: string }> {
  const done = new AbortController();
  const late = setTimeout(within, { trouble: "silent" }, { signal: done.signal });
  try {
    return await Promise.race([asked.then((answer) => ({ answer })), late]);
  } catch (error) {
    if (error instanceof StoreError) return { trouble: error.reason };
    return { trouble: factsOf(error).error };
  } finally {
    done.abort();
  }
}
