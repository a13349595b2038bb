import type { DateTime } from "luxon";
import type { Clock, Store } from "../src/index.ts";

const EVERY_MS = 5_000;

/**
 * Whether the store takes what is written, found out as each answer to a person begins: by a row. What is returned asks at most
 * every five seconds, however often it is called, and rejects with the `StoreError` of the last write.
 */
export function openProbe(store: Pick<Store, "firstSight">, clock: Clock): () => Promise<unknown> {
  let last: { at: DateTime; written: Promise<unknown> } | undefined;
  let isUnderWay = false;

  function write(at: DateTime): Promise<unknown> {
    isUnderWay = true;
    return store.firstSight(`operator/probe/${at.toMillis()}`, at, 0).finally(() => {
      isUnderWay = false;
    });
  }

  return () => {
    const now = clock.now();
    const isRecent = last && (isUnderWay || Math.abs(now.diff(last.at).toMillis()) < EVERY_MS);
    if (!last || !isRecent) last = { at: now, written: write(now) };
    return last.written;
  };
}
