/** A bounded number of pieces of work at once, and one at once for each workspace. */
export interface InFlight {
  /**
   * Waits for room, first come first served. Returns how to leave it, which must be done once; undefined: `stopping` was aborted
   * before there was room.
   */
  enter(workspace: string, stopping?: AbortSignal): Promise<(() => void) | undefined>;
  /** Does the work when there is room for it; undefined: `stopping` was aborted before it began. */
  run<T>(workspace: string, work: () => Promise<T>, stopping?: AbortSignal): Promise<T | undefined>;
}

/** Where so many may be at once. */
export interface Gate {
  /**
   * Waits for room, first come first served; false: there was none within so many milliseconds, or `stopping` was aborted.
   * Whoever has entered must leave.
   */
  enter(stopping?: AbortSignal, within?: number): Promise<boolean>;
  leave(): void;
}

/** @param most how many may be in it at once, at least 1 */
export function createGate(most: number): Gate {
  let free = most;
  const waiting = new Set<(mayEnter: boolean) => void>();
  return {
    async enter(stopping, within) {
      if (stopping?.aborted) return false;
      if (free > 0) {
        free -= 1;
        return true;
      }
      return new Promise((resolve) => {
        function enter(mayEnter: boolean): void {
          waiting.delete(enter);
          cancel();
          resolve(mayEnter);
        }
        waiting.add(enter);
        const cancel = whenOver(() => enter(false), within, stopping);
      });
    },
    leave() {
      // The room goes from hand to hand, so that nobody who comes later can take it.
      const [next] = waiting;
      if (next) next(true);
      else free += 1;
    },
  };
}

/** @param most how many may run at once, at least 1 */
export function createInFlight(most: number): InFlight {
  const all = createGate(most);
  const workspaces = new Map<string, { gate: Gate; inside: number }>();

  async function enter(workspace: string, stopping?: AbortSignal): Promise<(() => void) | undefined> {
    const own = workspaces.get(workspace) ?? { gate: createGate(1), inside: 0 };
    workspaces.set(workspace, own);
    own.inside += 1;
    function forget(): void {
      own.inside -= 1;
      if (own.inside === 0) workspaces.delete(workspace);
    }
    function leave(): void {
      all.leave();
      own.gate.leave();
      forget();
    }
    if (await own.gate.enter(stopping)) {
      if (await all.enter(stopping)) {
        if (!stopping?.aborted) return leave;
        // Everything was stopped since there was room.
        leave();
        return undefined;
      }
      own.gate.leave();
    }
    forget();
    return undefined;
  }

  return {
    enter,
    async run(workspace, work, stopping) {
      const leave = await enter(workspace, stopping);
      if (!leave) return undefined;
      try {
        return await work();
      } finally {
        leave();
      }
    },
  };
}

/** Waits so many milliseconds; false: `stopping` was aborted before. */
export async function pause(milliseconds: number, stopping?: AbortSignal): Promise<boolean> {
  if (stopping?.aborted) return false;
  if (milliseconds <= 0) return true;
  return new Promise((resolve) => {
    whenOver(() => resolve(!stopping?.aborted), milliseconds, stopping);
  });
}

/** Calls once, when the time is over or `stopping` is aborted. Returns how to call it off. */
function whenOver(call: () => void, milliseconds: number | undefined, stopping?: AbortSignal): () => void {
  const timer = milliseconds === undefined ? undefined : setTimeout(over, milliseconds);
  const callOff = stopping && whenAborted(stopping, over);
  function cancel(): void {
    clearTimeout(timer);
    callOff?.();
  }
  function over(): void {
    cancel();
    call();
  }
  return cancel;
}

const waitingFor = new WeakMap<AbortSignal, Set<() => void>>();

/** One listener for all who wait: a signal looks through all of its listeners for each that comes and goes. */
function whenAborted(signal: AbortSignal, call: () => void): () => void {
  const calls = waitingFor.get(signal) ?? new Set();
  if (!waitingFor.has(signal)) {
    waitingFor.set(signal, calls);
    const callAll = () => {
      for (const one of [...calls]) one();
    };
    signal.addEventListener("abort", callAll, { once: true });
  }
  calls.add(call);
  return () => calls.delete(call);
}
