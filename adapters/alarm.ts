import type { DateTime } from "luxon";
import { type Clock, factsOf, type Log, type Store } from "../src/index.ts";
import { inTime } from "./in-time.ts";
import { openProbe } from "./store-probe.ts";

interface AlarmNeeds {
  store: Pick<Store, "waitingSince" | "firstSight">;
  clock: Clock;
  log: Log;
  /** Takes {"text": "…"} by POST, as Slack's incoming webhooks do. It is a secret, and never logged. */
  url: string | undefined;
}

/** Tells the operator when reminders come too late. */
export interface Alarm {
  /**
   * Looks, at most twice a minute, whether reminders are overdue or the store is out of reach, and tells it. Takes half a
   * minute at the longest. Never rejects.
   */
  check(): Promise<void>;
}

const LOOK_EVERY_MS = 30_000;
const OVERDUE_MS = 5 * 60_000;
const AGAIN_MS = 30 * 60_000;
/** How long the store, and who is told, may take to answer. */
const PATIENCE_MS = 10_000;

/** Of all processes on one store one tells. A store that is out of reach is told by each process for itself. */
export function openAlarm({ store, clock, log, url }: AlarmNeeds): Alarm {
  const probe = openProbe(store, clock);
  let lookedAt: DateTime | undefined;
  let running: Promise<void> | undefined;
  /** What was not taken yet; it is offered again at each look. */
  let owed: string | undefined;
  let isOverdue = false;
  let silentSince: DateTime | undefined;
  let silenceToldAt: DateTime | undefined;

  /** True for one of the processes. */
  async function isMine(id: string, now: DateTime, keepFor: number): Promise<boolean> {
    const first = await inTime(store.firstSight(`operator/${id}`, now, keepFor), PATIENCE_MS);
    return "answer" in first && first.answer;
  }

  function noteSilence(now: DateTime, trouble: string): void {
    silentSince ??= now;
    if (passed(silentSince, now) <= OVERDUE_MS) return;
    if (silenceToldAt && passed(silenceToldAt, now) < AGAIN_MS) return;
    silenceToldAt = now;
    log.error("the store has been out of reach", { since: silentSince.toUTC().toISO(), reason: trouble });
    owed = `Connector Shepherd: a process has not reached its store for ${lengthOf(silentSince, now)} (${trouble}). It sends no reminders meanwhile.`;
  }

  function noteAnswer(): void {
    if (silenceToldAt) {
      log.info("the store is within reach again");
      owed = "Connector Shepherd: a process reaches its store again.";
    }
    silentSince = undefined;
    silenceToldAt = undefined;
  }

  async function noteWaiting(now: DateTime, since: DateTime | undefined): Promise<void> {
    if (since && passed(since, now) > OVERDUE_MS) {
      isOverdue = true;
      if (!(await isMine("overdue", now, AGAIN_MS))) return;
      log.error("reminders are overdue", { since: since.toUTC().toISO() });
      owed = `Connector Shepherd: reminders are overdue. The oldest has waited for ${lengthOf(since, now)}.`;
    } else if (isOverdue) {
      isOverdue = false;
      if (!(await isMine("overdue-no-more", now, OVERDUE_MS))) return;
      log.info("reminders are not overdue any more");
      owed = "Connector Shepherd: reminders are not overdue any more.";
    }
  }

  async function look(now: DateTime): Promise<void> {
    const [waiting, written] = await Promise.all([
      inTime(store.waitingSince(now), PATIENCE_MS),
      inTime(probe(), PATIENCE_MS),
    ]);
    if ("trouble" in waiting) noteSilence(now, waiting.trouble);
    else if ("trouble" in written) noteSilence(now, written.trouble);
    else {
      noteAnswer();
      await noteWaiting(now, waiting.answer);
    }
    if (url !== undefined && owed !== undefined && (await tell(url, owed, log))) owed = undefined;
  }

  return {
    async check() {
      if (running) return running;
      const now = clock.now();
      if (lookedAt && Math.abs(passed(lookedAt, now)) < LOOK_EVERY_MS) return;
      lookedAt = now;
      running = look(now).finally(() => {
        running = undefined;
      });
      await running;
    },
  };
}

/** False: it was not taken, as the log tells. */
async function tell(url: string, text: string, log: Log): Promise<boolean> {
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ text }),
      redirect: "error",
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    await response.body?.cancel();
    if (!response.ok) log.error("the operator could not be told", { status: response.status });
    return response.ok;
  } catch (error) {
    // Its message may hold the address.
    log.error("the operator could not be told", factsOf(error));
    return false;
  }
}

function passed(from: DateTime, to: DateTime): number {
  return to.diff(from).toMillis();
}

/** "7 minutes", "3 hours" */
function lengthOf(from: DateTime, to: DateTime): string {
  const minutes = Math.floor(passed(from, to) / 60_000);
  return minutes < 120 ? `${minutes} minutes` : `${Math.floor(minutes / 60)} hours`;
}
