/** One line of the table: what was measured, how it compares with its target. */
export interface Figure {
  what: string;
  measured: string;
  target?: string;
  met?: boolean;
}

export interface Spread {
  median: number;
  p99: number;
  worst: number;
}

export function spreadOf(samples: readonly number[]): Spread {
  const sorted = samples.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.ceil(sorted.length * share) - 1] ?? Number.NaN;
  return { median: at(0.5), p99: at(0.99), worst: at(1) };
}

export function medianOf(samples: readonly number[]): number {
  return spreadOf(samples).median;
}

/** Milliseconds that one piece of work takes. */
export async function timed(work: () => unknown): Promise<number> {
  const begin = performance.now();
  await work();
  return performance.now() - begin;
}

/** The same numbers in every run, from 0 up to 1 (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** The same things in an order that nothing can have foreseen. */
export function shuffled<T>(things: readonly T[], random: () => number): T[] {
  return things
    .map((thing) => ({ thing, rank: random() }))
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ thing }) => thing);
}

/** Frees what is free to go, where node was started with --expose-gc. */
export function collectGarbage(): void {
  globalThis.gc?.();
}

export function inMs(milliseconds: number): string {
  return `${milliseconds < 10 ? milliseconds.toFixed(2) : milliseconds.toFixed(0)} ms`;
}

export function printTable(figures: readonly Figure[]): void {
  const rows = figures.map(({ what, measured, target = "", met }) => {
    return [what, measured, target, met === undefined ? "" : met ? "ok" : "MISSED"];
  });
  const head = ["what", "measured", "target", ""];
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)));
  for (const row of [head, widths.map((width) => "-".repeat(width)), ...rows]) {
    print(
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    );
  }
}

export function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
