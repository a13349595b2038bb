import { setTimeout } from "node:timers/promises";

/** Waits until something is so. Returns the milliseconds that took; undefined: it was not so within `most`. */
export async function until(
  isSo: () => boolean | Promise<boolean>,
  most: number,
  every = 20,
): Promise<number | undefined> {
  const began = performance.now();
  for (;;) {
    if (await isSo()) return performance.now() - began;
    if (performance.now() - began > most) return undefined;
    await setTimeout(every);
  }
}
