import { type Shelf, StoreError, type Turnstile } from "../../src/ports.ts";

/** Notes what is asked of what is kept, such as "get closed/C1" or "take" for a turn. It may fail, or never answer. */
export function noteKept() {
  const asked: string[] = [];
  const state = { asked, hangs: false, fails: false };
  function through<Kept extends object>(kept: Kept): Kept {
    return new Proxy(kept, {
      get(target, name) {
        const member = Reflect.get(target, name);
        if (typeof member !== "function") return member;
        return (...given: unknown[]) => {
          asked.push(name === "take" || name === "hold" ? name : `${String(name)} ${given[0]}`);
          if (state.fails)
            return Promise.reject(new StoreError("unreachable", "The store can't be reached."));
          return state.hangs ? new Promise(() => undefined) : Reflect.apply(member, target, given);
        };
      },
    });
  }
  return Object.assign(state, {
    throughShelf: (shelf: Shelf) => through(shelf),
    throughTurnstile: (turnstile: Turnstile) => through(turnstile),
    /** What was asked meanwhile. */
    async during(work: () => Promise<unknown>): Promise<string[]> {
      const before = asked.length;
      await work();
      return asked.slice(before);
    },
  });
}
