import { oneByOne } from "../turns.ts";

/** Teams takes so many messages in so many milliseconds: of one conversation, and of a tenant altogether. */
const CONVERSATION = [
  [7, 1000],
  [8, 2000],
  [60, 30_000],
  [1800, 3_600_000],
] as const;
const TENANT = [[50, 1000]] as const;
/** Teams counts when messages arrive, which is not quite when they were sent. */
const MARGIN_MS = 100;
const MOST_KEPT = 2000;
/** What a message that waits costs those behind it, by the limit of half a minute. */
const EACH_MS = 500;
/** Looked at again after this: timers take no time of any length. */
const MOST_SLEEP_MS = 10_000;

type Limits = typeof CONVERSATION | typeof TENANT;

/** Gives each conversation its messages in their order, no faster than Teams takes them. Counts within this process. */
export interface Pace {
  /** How long a message would wait now, in milliseconds; about, when others wait already. */
  waitOf(tenant: string, conversation: string): number;
  /** Resolves when it is the turn of one more message. */
  turn(tenant: string, conversation: string): Promise<void>;
  /** Teams asked to leave a conversation alone for so many milliseconds. */
  hold(conversation: string, milliseconds: number): void;
}

export function createPace(now: () => number = () => performance.now()): Pace {
  /** When messages were sent, in order. */
  const sent = new Map<string, number[]>();
  const held = new Map<string, number>();
  const waiting = new Map<string, number>();
  const inOrder = oneByOne();

  function freeAt(key: string, limits: Limits): number {
    const times = sent.get(key) ?? [];
    return Math.max(...limits.map(([count, within]) => (times.at(-count) ?? -Infinity) + within + MARGIN_MS));
  }

  function note(key: string, at: number, limits: Limits): void {
    const [most] = limits.at(-1) ?? [0];
    remember(sent, key, [...(sent.get(key) ?? []), at].slice(-most));
  }

  function waitNow(tenant: string, conversation: string): number {
    const at = Math.max(
      held.get(conversation) ?? 0,
      freeAt(conversation, CONVERSATION),
      freeAt(tenant, TENANT),
    );
    return Math.max(0, at - now());
  }

  /** Nothing is reserved: whoever's turn has come takes it, and looks again after each wait. */
  async function take(tenant: string, conversation: string): Promise<void> {
    for (let wait = waitNow(tenant, conversation); wait > 0; wait = waitNow(tenant, conversation))
      await new Promise((come) => setTimeout(come, Math.min(wait, MOST_SLEEP_MS)));
    note(conversation, now(), CONVERSATION);
    note(tenant, now(), TENANT);
  }

  return {
    waitOf: (tenant, conversation) =>
      waitNow(tenant, conversation) + (waiting.get(conversation) ?? 0) * EACH_MS,
    async turn(tenant, conversation) {
      const others = waiting.get(conversation) ?? 0;
      waiting.set(conversation, others + 1);
      await inOrder(conversation, () => take(tenant, conversation));
      const left = (waiting.get(conversation) ?? 0) - 1;
      if (left > 0) waiting.set(conversation, left);
      else waiting.delete(conversation);
    },
    hold(conversation, milliseconds) {
      remember(held, conversation, Math.max(held.get(conversation) ?? 0, now() + milliseconds));
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
