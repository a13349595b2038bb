/** Far more than people ask at once; what is beyond would wait too long to be of use. */
const MOST_WAITING = 5000;

/** So many that arrive in one turn are a burst: then each answer lets the next requests in for a while before it begins. */
const BURST = 8;
const PAUSE_MS = 20;

export interface Turns {
  /** Does the work when its turn comes; false: too much is waiting already. It must not reject. */
  take(work: () => Promise<void>): boolean;
  /** Counts work that has begun among what must be done in the end. It must not reject. */
  follow(work: Promise<unknown>): void;
  /** When all that was taken is done. */
  settled(): Promise<void>;
}

/**
 * Begins one piece of work in each turn of the event loop. Requests that have arrived meanwhile are acknowledged before the
 * next begins, so that a burst of questions never makes a platform wait too long for one of them.
 */
export function createTurns(): Turns {
  const waiting: (() => Promise<void>)[] = [];
  const running = new Set<Promise<unknown>>();
  let isTurning = false;
  let arrived = 0;

  function follow(work: Promise<unknown>): void {
    const run = work.finally(() => running.delete(run));
    running.add(run);
  }

  function turn(): void {
    const work = waiting.shift();
    if (!work) {
      isTurning = false;
      return;
    }
    follow(work());
    if (arrived >= BURST) setTimeout(turn, PAUSE_MS);
    else setImmediate(turn);
    arrived = 0;
  }

  return {
    follow,
    take(work) {
      if (waiting.length >= MOST_WAITING) return false;
      waiting.push(work);
      arrived += 1;
      if (!isTurning) {
        isTurning = true;
        setImmediate(turn);
      }
      return true;
    },
    async settled() {
      while (waiting.length + running.size > 0) {
        await Promise.all(running);
        await new Promise(setImmediate);
      }
    },
  };
}

/** Does what has the same key one after the other; what fails keeps nothing else from its turn. Counts within this process. */
export type OneByOne = <Result>(key: string, work: () => Promise<Result>) => Promise<Result>;

export function oneByOne(): OneByOne {
  const last = new Map<string, Promise<unknown>>();
  return async (key, work) => {
    const before = last.get(key) ?? Promise.resolve();
    const now = before.catch(() => undefined).then(work);
    last.set(key, now);
    try {
      return await now;
    } finally {
      if (last.get(key) === now) last.delete(key);
    }
  };
}
