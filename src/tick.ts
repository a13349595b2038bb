import { DateTime } from "luxon";
import type { Change } from "./decision.ts";
import type { Address } from "./incoming.ts";
import { type Connector, isoOf } from "./lifecycle/connector.ts";
import { type Delivery, StoreError } from "./ports.ts";
import { reminderReply } from "./replies/reminder.ts";
import type { Reply } from "./reply.ts";
import { dueReminders, replan, UNTRACKED_KEPT_DAYS } from "./scheduling/plan.ts";
import type { Reminder } from "./scheduling/reminders.ts";
import { keepPlanned, type Needs, readSettings, viewOf } from "./workspace.ts";

/** What a tick did. */
export interface Reminded {
  sent: number;
  later: number;
  never: number;
  /** When the next reminder is due; undefined when none is planned. */
  nextAt: DateTime | undefined;
}

/** Few enough that a slow platform is through with them before the lease ends, at ten seconds a message. */
const BATCH = 10;
/** A process that dies gives its rows back after this. */
const LEASE_MS = 120_000;
/** How long to wait when a platform fails without saying when to come again. */
const RETRY_MS = 60_000;

/** Sends everything that is due, in batches, and stores the next moment of each connector. */
export async function remind(needs: Needs): Promise<Reminded> {
  const sum = { sent: 0, later: 0, never: 0 };
  for (;;) {
    const claimed = await needs.store.claimDue(needs.clock.now(), BATCH, LEASE_MS);
    for (const connector of claimed) {
      const delivery = await remindSafely(needs, connector);
      if (delivery) sum[delivery.kind] += 1;
    }
    if (claimed.length < BATCH) return { ...sum, nextAt: await needs.store.nextDue() };
  }
}

/** One connector that can't be handled must not keep the others from their reminders; its lease ends by itself. */
async function remindSafely(needs: Needs, connector: Connector): Promise<Delivery | undefined> {
  try {
    return connector.untrackedAt ? await sweep(needs, connector) : await remindOne(needs, connector);
  } catch (error) {
    const why = error instanceof StoreError ? error.message : undefined;
    needs.log.error("a connector's reminders failed", { connector: connector.id, error: nameOf(error), why });
    return undefined;
  }
}

async function remindOne(needs: Needs, connector: Connector): Promise<Delivery | undefined> {
  const settings = await readSettings(needs.settings, connector.workspace);
  const view = viewOf(needs, settings);
  // What only newer settings put into the past is not told.
  const planned = replan(connector, connector, settings, view.now);
  const { tell, drop } = dueReminders(planned, settings, view.now);
  const message = reminderReply(connector, tell, view);
  const id = `${connector.id}/${tell[0]?.reminder.id}`;
  const delivery = message && (await send(needs, connector.where, message, id));
  // Trying may have taken a while; the platform's wait begins with its answer.
  const triedAt = needs.clock.now();
  const said = tell.map(({ reminder }) => reminder);

  const at = isoOf(view.now);
  await needs.store.change(connector, (current) => {
    if (!current) return {};
    const { retryAt: _, ...record } = current;
    const told = { ...current.told, ...noted(drop, "passed", at) };
    if (delivery?.kind === "sent") Object.assign(told, noted(said, "sent", at));
    if (delivery?.kind === "never") Object.assign(told, noted(said, "refused", at));
    const retryAt = delivery?.kind === "later" && { retryAt: isoOf(triedAt.plus(delivery.retryAfter)) };
    return { next: replan(current, { ...record, told, ...retryAt }, settings, view.now) };
  });
  await keepPlanned(needs, connector.workspace, settings);
  return delivery;
}

function noted(reminders: readonly Reminder[], how: Told["how"], at: string): Record<string, Told> {
  return Object.fromEntries(reminders.map(({ id }) => [id, { at, how }]));
}

type Told = Connector["told"][string];

async function send({ messenger, log }: Needs, to: Address, message: Reply, id: string): Promise<Delivery> {
  try {
    const delivery = await messenger.send(to, message, id);
    if (delivery.kind === "never") log.warn("a reminder was refused", { reminder: id, why: delivery.why });
    return delivery;
  } catch (error) {
    log.error("a reminder could not be sent", { reminder: id, error: nameOf(error) });
    return { kind: "later", retryAfter: RETRY_MS };
  }
}

/** Deletes what was untracked long ago; what was woken before that goes to sleep again. */
async function sweep({ store, clock }: Needs, connector: Connector): Promise<undefined> {
  const now = clock.now();
  await store.change(connector, (current): Change => {
    if (!current?.untrackedAt) return {};
    const until = DateTime.fromISO(current.untrackedAt).plus({ days: UNTRACKED_KEPT_DAYS });
    return { next: until <= now ? "removed" : { ...current, dueAt: isoOf(until) } };
  });
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}
