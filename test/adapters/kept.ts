import { type Shelf, StoreError, type Turnstile } from "../../src/ports.ts";
import { through } from "../through.ts";

/** Notes what is asked of what is kept, such as "get closed/C1" or "take" for a turn. It may fail, or never answer. */
export function noteKept() {
  const asked: string[] = [];
  const state = { asked, hangs: false, fails: false };
  function note(method: string, [key]: unknown[]): unknown {
    asked.push(method === "take" || method === "hold" ? method : `${method} ${key}`);
    if (state.fails) throw new StoreError("unreachable", "The store can't be reached.");
    return state.hangs ? new Promise(() => undefined) : undefined;
  }
  return Object.assign(state, {
    throughShelf: (shelf: Shelf) => through(shelf, note),
    throughTurnstile: (turnstile: Turnstile) => through(turnstile, note),
    /** What was asked meanwhile. */
    async during(work: () => Promise<unknown>): Promise<string[]> {
      const before = asked.length;
      await work();
      return asked.slice(before);
    },
  });
}
