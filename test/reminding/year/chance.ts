import { seededRandom } from "../../../bench/measure.ts";

/** Chance that can be had again: the same seed gives the same numbers. */
export interface Chance {
  /** At least `from`, below `to`. */
  between(from: number, to: number): number;
  /** A whole number, both ends included. */
  whole(from: number, to: number): number;
  /** True so often out of 1. */
  likely(share: number): boolean;
  pick<T>(from: readonly T[]): T;
  /** One of the words, the likelier the greater its weight; undefined when there is none. */
  weigh<T extends string>(weights: Partial<Record<T, number>>): T | undefined;
}

export function chanceOf(seed: number): Chance {
  const next = seededRandom(seed);
  const whole = (from: number, to: number) => from + Math.floor(next() * (to - from + 1));
  return {
    between: (from, to) => from + next() * (to - from),
    whole,
    likely: (share) => next() < share,
    pick(from) {
      const picked = from[whole(0, from.length - 1)];
      if (picked === undefined) throw new Error("nothing to pick from");
      return picked;
    },
    weigh(weights) {
      const words = Object.entries(weights) as [never, number][];
      let left = next() * words.reduce((sum, [, weight]) => sum + weight, 0);
      return words.find(([, weight]) => {
        left -= weight;
        return left < 0;
      })?.[0];
    },
  };
}
