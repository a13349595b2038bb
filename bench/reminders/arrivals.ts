import type { Accepted } from "./platform.ts";

/** What became of the reminders that were due. */
export interface Arrivals {
  lost: number;
  doubles: number;
  /** Doubles by the process that sent the first of the two. */
  doublesOf: Map<string, number>;
  /** The most doubles of one workspace whose first messages came from one process. */
  mostInOne: number;
}

export function arrivalsOf(due: Iterable<string>, accepted: readonly Accepted[]): Arrivals {
  const first = new Map<string, Accepted>();
  const doublesOf = new Map<string, number>();
  const inOne = new Map<string, number>();
  const count = (counts: Map<string, number>, key: string) => counts.set(key, (counts.get(key) ?? 0) + 1);
  for (const one of accepted) {
    const before = first.get(one.name);
    if (before) {
      count(doublesOf, before.by);
      count(inOne, `${before.by}/${before.workspace}`);
    } else first.set(one.name, one);
  }
  const lost = [...due].filter((name) => !first.has(name)).length;
  const mostInOne = Math.max(0, ...inOne.values());
  return { lost, doubles: accepted.length - first.size, doublesOf, mostInOne };
}
