/** Slack takes about one message a second in a channel. */
const MESSAGE_MS = 1000;
const MOST_CHANNELS = 10_000;

/** Gives each channel its messages one after the other. Counts within this process. */
export interface Pace {
  /** How long a message would wait now, in milliseconds. */
  waitOf(channel: string): number;
  /** Resolves when it is the turn of one more message. */
  turn(channel: string): Promise<void>;
  /** Slack asked to leave a channel alone for so many milliseconds. */
  hold(channel: string, milliseconds: number): void;
}

export function createPace(now: () => number = () => performance.now()): Pace {
  const free = new Map<string, number>();

  function take(channel: string, until: number): void {
    free.delete(channel);
    free.set(channel, until);
    const oldest = free.size > MOST_CHANNELS ? free.keys().next().value : undefined;
    if (oldest !== undefined) free.delete(oldest);
  }

  const waitOf = (channel: string) => Math.max(0, (free.get(channel) ?? 0) - now());
  return {
    waitOf,
    async turn(channel) {
      const wait = waitOf(channel);
      take(channel, now() + wait + MESSAGE_MS);
      if (wait > 0) await new Promise((come) => setTimeout(come, wait));
    },
    hold(channel, milliseconds) {
      take(channel, now() + Math.max(milliseconds, waitOf(channel)));
    },
  };
}
