/** Teams takes so many messages in so many milliseconds: of one conversation, and of a tenant altogether. */
const CONVERSATION = [
  [7, 1000],
  [8, 2000],
  [60, 30_000],
  [1800, 3_600_000],
] as const;
const TENANT = [[50, 1000]] as const;
/** Teams counts when messages arrive, which is not quite when they were sent. */
const MARGIN_MS = 25;
const MOST_KEPT = 2000;

type Limits = typeof CONVERSATION | typeof TENANT;

/** Gives each conversation its messages no faster than Teams takes them. Counts within this process. */
export interface Pace {
  /** How long a message would wait now, in milliseconds. */
  waitOf(tenant: string, conversation: string): number;
  /** Resolves when it is the turn of one more message. */
  turn(tenant: string, conversation: string): Promise<void>;
  /** Teams asked to leave a conversation, or a tenant, alone for so many milliseconds. */
  hold(held: string, milliseconds: number): void;
}

export function createPace(now: () => number = () => performance.now()): Pace {
  /** When messages were sent, or will be, in order. */
  const sent = new Map<string, number[]>();
  const held = new Map<string, number>();

  function freeAt(key: string, limits: Limits): number {
    const times = sent.get(key) ?? [];
    const free = limits.map(([count, within]) => (times.at(-count) ?? -Infinity) + within + MARGIN_MS);
    return Math.max(held.get(key) ?? 0, ...free);
  }

  function note(key: string, at: number, limits: Limits): void {
    const [most] = limits.at(-1) ?? [0];
    remember(sent, key, [...(sent.get(key) ?? []), at].slice(-most));
  }

  function nextAt(tenant: string, conversation: string): number {
    return Math.max(now(), freeAt(conversation, CONVERSATION), freeAt(tenant, TENANT));
  }

  return {
    waitOf: (tenant, conversation) => nextAt(tenant, conversation) - now(),
    async turn(tenant, conversation) {
      const at = nextAt(tenant, conversation);
      note(conversation, at, CONVERSATION);
      note(tenant, at, TENANT);
      const wait = at - now();
      if (wait > 0) await new Promise((come) => setTimeout(come, wait));
    },
    hold(key, milliseconds) {
      remember(held, key, Math.max(held.get(key) ?? 0, now() + milliseconds));
    },
  };
}

/** The oldest give way. */
function remember<Value>(known: Map<string, Value>, key: string, value: Value): void {
  known.delete(key);
  known.set(key, value);
  const oldest = known.size > MOST_KEPT ? known.keys().next().value : undefined;
  if (oldest !== undefined) known.delete(oldest);
}
