import type { DateTime } from "luxon";
import {
  type Clock,
  factsOf,
  type Log,
  type Reminding,
  type ShiftedClock,
  type Store,
} from "../src/index.ts";
import { inTime } from "./in-time.ts";

const TICK_MS = 1000;
const RENEW_MS = 15_000;
/** What is under way may end; then what is not done is given back, so that all of it takes less than ten seconds. */
export const STOP_WITHIN_MS = 8_000;
/** What can't be given back so fast is free when its lease ends. */
const GIVE_BACK_WITHIN_MS = 1_000;
/** Ticks whose reminders are still being sent. */
const MOST_RUNNING = 30;
/** What goes on failing is told again after this. */
const TELL_AGAIN_MS = 60_000;

/** `renew` and `giveBack`: where several processes share the reminders. */
type Ticked = { remind(stopping?: AbortSignal): Promise<unknown> } & Partial<
  Pick<Reminding, "renew" | "giveBack">
>;

interface TickNeeds {
  reminding: Ticked;
  clock: Clock;
  log: Log;
  /** Done before each tick. */
  before?(): Promise<unknown>;
  /** Done beside each tick, one after the other. It must not reject. */
  beside?(): Promise<void>;
}

export interface Ticking {
  /** When reminders were last looked for without a failure. */
  lastTickAt(): DateTime | undefined;
  /** Begins nothing more, lets what is under way end, and gives back the rest. False: something hangs, and is left. */
  stop(): Promise<boolean>;
}

/** Reminds every second, also while what fell due before is still being sent. */
export function startTicking({ reminding, clock, log, before, beside }: TickNeeds): Ticking {
  const stopping = new AbortController();
  const running = new Set<Promise<void>>();
  const failures = tellNowAndThen(log);
  let lastTickAt: DateTime | undefined;
  let isBeside = false;

  async function tick(): Promise<void> {
    try {
      await before?.();
      await reminding.remind(stopping.signal);
      lastTickAt = clock.now();
      failures.over();
    } catch (error) {
      failures.tell(error);
    }
  }

  function follow(work: Promise<void>): void {
    running.add(work);
    void work.finally(() => running.delete(work));
  }

  const ticks = setInterval(() => {
    if (running.size < MOST_RUNNING) follow(tick());
    if (!beside || isBeside) return;
    isBeside = true;
    void beside().finally(() => {
      isBeside = false;
    });
  }, TICK_MS);
  const renewals = setInterval(() => {
    if (reminding.renew) follow(reminding.renew().catch(failures.tell));
  }, RENEW_MS);
  follow(tick());

  async function stop(): Promise<boolean> {
    clearInterval(ticks);
    stopping.abort();
    const ended = await inTime(Promise.all(running), STOP_WITHIN_MS);
    clearInterval(renewals);
    await inTime(reminding.giveBack?.().catch(failures.tell) ?? Promise.resolve(), GIVE_BACK_WITHIN_MS);
    return "answer" in ended;
  }

  let stopped: Promise<boolean> | undefined;
  return {
    lastTickAt: () => lastTickAt,
    stop() {
      stopped ??= stop();
      return stopped;
    },
  };
}

/** Reminds once. A failure is logged: the next tick tries again. */
export async function remindNow({ remind }: Ticked, log: Log): Promise<void> {
  await remind().catch(tellNowAndThen(log).tell);
}

/** Lets a clock follow the one that all processes on the store share. Rejects with `StoreError`. */
export async function followStore(clock: ShiftedClock, base: Clock, store: Store): Promise<void> {
  const asked = base.now();
  const told = await store.now();
  if (!told) return;
  const answered = base.now();
  // It was told about half way between.
  clock.set(told.plus(Math.round(answered.diff(asked).toMillis() / 2)));
}

/** A failure that lasts is one of every second: it is told at once, and then once a minute. */
function tellNowAndThen(log: Log) {
  let toldAt: number | undefined;
  return {
    tell(error: unknown): void {
      if (toldAt !== undefined && performance.now() - toldAt < TELL_AGAIN_MS) return;
      toldAt = performance.now();
      log.error("reminders could not be sent", factsOf(error));
    },
    over(): void {
      if (toldAt !== undefined) log.info("reminders can be sent again");
      toldAt = undefined;
    },
  };
}
