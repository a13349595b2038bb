/** A bounded number of pieces of work at once, and one at once for each workspace. */
export interface InFlight {
  /**
   * Does the work when there is room for it, first come first served; undefined: `stopping` was aborted before it began.
   * `until`: tells by the outcome how long the room is kept for it after its end; undefined: no longer.
   */
  run<T>(
    workspace: string,
    work: () => Promise<T>,
    stopping?: AbortSignal,
    until?: (outcome: T) => Promise<void> | undefined,
  ): Promise<T | undefined>;
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

  async function enter(workspace: string, stopping: AbortSignal | undefined): Promise<boolean> {
    const own = workspaces.get(workspace) ?? { gate: createGate(1), inside: 0 };
    workspaces.set(workspace, own);
    own.inside += 1;
    if (await own.gate.enter(stopping)) {
      if (await all.enter(stopping)) return true;
      own.gate.leave();
    }
    forget(workspace);
    return false;
  }

  function leave(workspace: string): void {
    all.leave();
    workspaces.get(workspace)?.gate.leave();
    forget(workspace);
  }

  function forget(workspace: string): void {
    const own = workspaces.get(workspace);
    if (!own) return;
    own.inside -= 1;
    if (own.inside === 0) workspaces.delete(workspace);
  }

  return {
    async run(workspace, work, stopping, until) {
      if (!(await enter(workspace, stopping))) return undefined;
      let kept: Promise<void> | undefined;
      try {
        // Everything may have been stopped since there was room.
        if (stopping?.aborted) return undefined;
        const outcome = await work();
        kept = until?.(outcome);
        return outcome;
      } finally {
        if (kept) void kept.then(() => leave(workspace));
        else leave(workspace);
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
  function cancel(): void {
    clearTimeout(timer);
    stopping?.removeEventListener("abort", over);
  }
  function over(): void {
    cancel();
    call();
  }
  stopping?.addEventListener("abort", over);
  return cancel;
}
