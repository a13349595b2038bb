export interface Waiting {
  /** Something happened; who waits looks again. */
  changed(): void;
  until<T>(condition: () => T | Promise<T>, what?: string): Promise<Exclude<T, Nothing>>;
  /** Who still waits is told. */
  close(): void;
}

type Nothing = undefined | null | false | 0 | "";

/** @param recently what is told of when someone waited in vain */
export function openWaiting(recently: () => string, deadlineMs = 20_000): Waiting {
  const waiters = new Set<() => void>();
  let isOpen = true;

  function changed(): void {
    const woken = [...waiters];
    waiters.clear();
    for (const wake of woken) wake();
  }

  return {
    changed,
    async until(condition, what = "") {
      let isLate = false;
      let reason = "";
      const timer = setTimeout(() => {
        isLate = true;
        changed();
      }, deadlineMs);
      try {
        for (;;) {
          // Asked for before looking, or what happens meanwhile would be missed.
          const next = new Promise<void>((resolve) => waiters.add(resolve));
          try {
            const found = await condition();
            if (found) return found as Exclude<typeof found, Nothing>;
          } catch (error) {
            // What can't be looked at yet is not there yet.
            reason = `\n${(error as Error).message}`;
          }
          if (!isOpen) throw new Error(`the world was closed while waiting${what && ` for ${what}`}`);
          if (isLate) {
            const goal = what || `${condition}`;
            throw new Error(`waited ${deadlineMs / 1000} s in vain for: ${goal}${reason}\n${recently()}`);
          }
          await next;
        }
      } finally {
        clearTimeout(timer);
      }
    },
    close() {
      isOpen = false;
      changed();
    },
  };
}
