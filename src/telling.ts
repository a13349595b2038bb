import { DateTime } from "luxon";
import type { Change } from "./decision.ts";
import { type Connector, isoOf, type Told } from "./lifecycle/connector.ts";
import type { Noting } from "./noting.ts";
import type { Delivery } from "./ports.ts";
import { isLate, reminderReply } from "./replies/reminder.ts";
import { type Due, dueReminders, placeAs, withPlace } from "./scheduling/plan.ts";
import type { Reminder } from "./scheduling/reminders.ts";
import { replan, UNTRACKED_KEPT_DAYS } from "./scheduling/replan.ts";
import { sendSafely } from "./sending.ts";
import type { Settings } from "./settings.ts";
import { type Needs, viewOf } from "./workspace.ts";

/** What `tell` asks of the tick that has claimed the connector. */
export interface Claim {
  /** Another process has it by now, or it is given back. */
  isOver(): boolean;
  stopping: AbortSignal | undefined;
  noting: Noting;
}

/** Sends what is due for a connector, place by place, and notes each message singly. Rejects with `StoreError`. */
export async function tell(
  needs: Needs,
  connector: Connector,
  settings: Settings,
  { isOver, stopping, noting }: Claim,
): Promise<Delivery[]> {
  if (connector.untrackedAt) {
    await sweep(needs, connector);
    return [];
  }
  const view = viewOf(needs, settings);
  // What only newer settings put into the past is not told.
  const planned = replan(connector, connector, settings, view.now);
  const deliveries: Delivery[] = [];
  let known = connector;

  async function keep(decide: (current: Connector) => Connector): Promise<void> {
    const { next } = await needs.store.change(
      connector,
      (current): Change => (current ? { next: decide(current) } : {}),
      known,
    );
    if (typeof next === "object") known = next;
  }

  const dues = dueReminders(planned, settings, view.now).filter(
    (due) => !noting.isOpen(messageId(connector, due)),
  );
  for (const [index, due] of dues.entries()) {
    const id = messageId(connector, due);
    // Undefined: there is only something to be dropped.
    const message = reminderReply(connector, due.tell, view);
    const { promise: isNoted, resolve: over } = Promise.withResolvers<void>();
    const way = { stopping, isOver, noted: isNoted };
    if (isOver()) return deliveries;
    const delivery = message && (await sendSafely(needs, due.place.where, message, id, way));
    if (delivery?.kind === "later" && (stopping?.aborted || isOver())) {
      over();
      return deliveries;
    }
    // Trying may have taken a while; the platform's wait begins with its answer.
    const triedAt = needs.clock.now();
    const isLast = index === dues.length - 1;
    const note = (isLate: boolean) =>
      keep((current) => {
        const next = noted(current, due, delivery, view.now, triedAt);
        // Only after the last place another moment may be due, since that ends the lease. Later than that the settings may be others.
        return isLast && !isLate ? replan(current, next, settings, view.now) : next;
      });
    if (delivery) deliveries.push(delivery);
    if (delivery?.kind === "sent") {
      if (isLate(due.tell, view)) needs.meter?.reminded("late");
      await noting.note(id, note, over);
    } else await note(false).finally(over);
  }
  if (dues.length === 0) await keep((current) => replan(current, current, settings, view.now));
  return deliveries;
}

/** The same reminder in the same place always has the same. */
function messageId({ id }: Connector, { place, tell }: Due): string {
  const follower = place.isHome ? "" : `/${place.where}`;
  return `${id}/${tell[0]?.reminder.id}${follower}`;
}

/** The record with what became of the reminders of one place; when the next is due is not worked out yet. */
function noted(
  current: Connector,
  { place, tell, drop }: Due,
  delivery: Delivery | undefined,
  now: DateTime,
  triedAt: DateTime,
): Connector {
  const there = placeAs(place, current);
  // What an old place did not take says nothing of the one that it was moved to meanwhile.
  const isMoved = there?.where !== place.where;
  if (!there || (isMoved && delivery?.kind !== "sent")) return current;
  const at = isoOf(now);
  const said = tell.map(({ reminder }) => reminder);
  const told = { ...there.told, ...endedAs({ at, how: "passed" }, drop) };
  if (delivery?.kind === "sent") Object.assign(told, endedAs({ at, how: "sent" }, said));
  if (delivery?.kind === "never")
    Object.assign(told, endedAs({ at, how: "refused", why: delivery.why }, said));
  const retryAt = delivery?.kind === "later" ? isoOf(triedAt.plus(delivery.retryAfter)) : undefined;
  return withPlace(current, { ...there, told, retryAt });
}

function endedAs(end: Told[string], reminders: readonly Reminder[]): Told {
  return Object.fromEntries(reminders.map(({ id }) => [id, end]));
}

/** Deletes what was untracked long ago; what was woken before that goes to sleep again. */
async function sweep({ store, clock }: Needs, connector: Connector): Promise<void> {
  const now = clock.now();
  await store.change(
    connector,
    (current): Change => {
      if (!current?.untrackedAt) return {};
      const until = DateTime.fromISO(current.untrackedAt).plus({ days: UNTRACKED_KEPT_DAYS });
      return { next: until <= now ? "removed" : { ...current, dueAt: isoOf(until) } };
    },
    connector,
  );
}
