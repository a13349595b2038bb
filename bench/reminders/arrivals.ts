import type { Accepted } from "./platform.ts";

/** What became of the reminders that were due. */
export interface Arrivals {
  lost: number;
  doubles: number;
  /** Doubles by the process that sent the one before. */
  doublesOf: Map<string, number>;
  /** The most doubles of one workspace that were sent before by one process. */
  mostInOne: number;
}

export function arrivalsOf(due: Iterable<string>, accepted: readonly Accepted[]): Arrivals {
  const last = new Map<string, Accepted>();
  const doublesOf = new Map<string, number>();
  const inOne = new Map<string, number>();
  const count = (counts: Map<string, number>, key: string) => counts.set(key, (counts.get(key) ?? 0) + 1);
  for (const one of accepted) {
    const before = last.get(one.name);
    if (before) {
      count(doublesOf, before.by);
      count(inOne, `${before.by}/${before.workspace}`);
    }
    last.set(one.name, one);
  }
  const lost = [...due].filter((name) => !last.has(name)).length;
  const mostInOne = Math.max(0, ...inOne.values());
  return { lost, doubles: accepted.length - last.size, doublesOf, mostInOne };
}
