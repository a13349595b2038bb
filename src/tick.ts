import { DateTime } from "luxon";
import { isoOf } from "./commands/changed.ts";
import type { Connector } from "./lifecycle/connector.ts";
import type { Delivery } from "./ports.ts";
import { reminderReply } from "./replies/reminder.ts";
import { dueReminders, replan, UNTRACKED_KEPT_DAYS } from "./scheduling/plan.ts";
import type { Reminder } from "./scheduling/reminders.ts";
import { type Needs, readSettings, viewOf } from "./workspace.ts";

/** What a tick did. */
export interface Reminded {
  sent: number;
  later: number;
  refused: number;
  /** When the next reminder is due; undefined when none is planned. */
  nextAt: DateTime | undefined;
}

const BATCH = 50;
/** Long enough to send a batch over a slow platform; a process that dies gives its rows back after it. */
const LEASE_MS = 60_000;
/** How long to wait when a platform fails without saying when to come again. */
const RETRY_MS = 60_000;

/** Sends everything that is due, in batches, and stores the next moment of each connector. */
export async function remind(needs: Needs): Promise<Reminded> {
  const sum = { sent: 0, later: 0, refused: 0 };
  for (;;) {
    const claimed = await needs.store.claimDue(needs.clock.now(), BATCH, LEASE_MS);
    for (const connector of claimed) {
      const kind = await remindOne(needs, connector);
      if (kind) sum[kind] += 1;
    }
    if (claimed.length < BATCH) return { ...sum, nextAt: await needs.store.nextDue() };
  }
}

async function remindOne(
  needs: Needs,
  connector: Connector,
): Promise<keyof Omit<Reminded, "nextAt"> | undefined> {
  if (connector.untrackedAt) return sweep(needs, connector);
  const settings = await readSettings(needs.settings, connector.workspace);
  const view = viewOf(needs, settings);
  const { tell, drop } = dueReminders(connector, settings, view.now);
  const message = reminderReply(connector, tell, view);
  const lead = tell[0];
  const delivery: Delivery | undefined =
    message && lead ? await send(needs, connector, message, `${connector.id}/${lead.id}`) : undefined;

  const settled = [
    ...noted(drop, "passed"),
    ...(delivery && delivery.kind !== "later" ? noted(tell, ENDED[delivery.kind]) : []),
  ];
  const at = isoOf(view.now);
  await needs.store.change(connector, (current) => {
    if (!current) return NOTHING;
    const told = { ...current.told, ...Object.fromEntries(settled.map(([id, how]) => [id, { at, how }])) };
    const next = replan(current, { ...current, told }, settings, view.now);
    if (delivery?.kind !== "later") return { ...NOTHING, next };
    return { ...NOTHING, next: { ...next, dueAt: isoOf(view.now.plus(delivery.retryAfter)) } };
  });
  return delivery && COUNTED[delivery.kind];
}

const ENDED = { sent: "sent", never: "refused" } as const;
const COUNTED = { sent: "sent", later: "later", never: "refused" } as const;
/** A change by the tick answers nobody. */
const NOTHING = { reply: { title: "", blocks: [], audience: "everyone" as const } };

function noted<How extends "sent" | "refused" | "passed">(
  reminders: readonly Reminder[],
  how: How,
): [string, How][] {
  return reminders.map(({ id }) => [id, how]);
}

async function send(
  { messenger, log }: Needs,
  connector: Connector,
  message: Parameters<typeof messenger.send>[1],
  id: string,
): Promise<Delivery> {
  try {
    const delivery = await messenger.send(connector.where, message, id);
    if (delivery.kind === "never") log.warn("a reminder was refused", { reminder: id, why: delivery.why });
    return delivery;
  } catch (error) {
    log.error("a reminder could not be sent", {
      reminder: id,
      error: error instanceof Error ? error.name : typeof error,
    });
    return { kind: "later", retryAfter: RETRY_MS };
  }
}

/** Deletes what was untracked long ago. */
async function sweep({ store, clock }: Needs, connector: Connector): Promise<undefined> {
  const now = clock.now();
  await store.change(connector, (current) => {
    if (!current?.untrackedAt) return NOTHING;
    const until = DateTime.fromISO(current.untrackedAt).plus({ days: UNTRACKED_KEPT_DAYS });
    return until <= now
      ? { ...NOTHING, next: "removed" }
      : { ...NOTHING, next: { ...current, dueAt: isoOf(until) } };
  });
}
