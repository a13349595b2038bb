/** A message that a channel gets at this moment at the earliest, in milliseconds. */
export interface Wanted {
  channel: string;
  dueAt: number;
}

/** When the last message can be out at the earliest, where each channel takes one in `every` milliseconds. */
export function earliestEnd(wanted: Iterable<Wanted>, every = 1000): number {
  const last = new Map<string, number>();
  for (const { channel, dueAt } of [...wanted].sort((a, b) => a.dueAt - b.dueAt))
    last.set(channel, Math.max(dueAt, (last.get(channel) ?? Number.NEGATIVE_INFINITY) + every));
  return Math.max(...last.values());
}
