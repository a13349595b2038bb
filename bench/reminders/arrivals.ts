import type { Accepted } from "./platform.ts";

/** What became of the reminders that were due. */
export interface Arrivals {
  lost: number;
  doubles: number;
  /** Doubles by the process that sent the first of the two. */
  doublesOf: Map<string, number>;
}

export function arrivalsOf(due: Iterable<string>, accepted: readonly Accepted[]): Arrivals {
  const first = new Map<string, Accepted>();
  const doublesOf = new Map<string, number>();
  for (const one of accepted) {
    const before = first.get(one.name);
    if (before) doublesOf.set(before.by, (doublesOf.get(before.by) ?? 0) + 1);
    else first.set(one.name, one);
  }
  const lost = [...due].filter((name) => !first.has(name)).length;
  return { lost, doubles: accepted.length - first.size, doublesOf };
}
