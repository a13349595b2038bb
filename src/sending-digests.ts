import type { DateTime } from "luxon";
import type { WorkspaceId } from "./incoming.ts";
import type { Delivery } from "./ports.ts";
import { digestReply } from "./replies/digest.ts";
import { nextDigest } from "./scheduling/digest.ts";
import { sendSafely } from "./sending.ts";
import type { DigestTime } from "./settings.ts";
import { type Needs, readSettings, viewOf } from "./workspace.ts";

const BATCH = 10;
/** A process that dies leaves its digests to others after this. */
const LEASE_MS = 120_000;

/** Sends the weekly digests that are due. Rejects with `StoreError`. */
export async function sendDigests(needs: Needs, stopping: AbortSignal | undefined): Promise<Delivery[]> {
  const deliveries: Delivery[] = [];
  for (;;) {
    if (stopping?.aborted) return deliveries;
    const claimed = await needs.store.claimDigests(needs.clock.now(), BATCH, LEASE_MS);
    for (const workspace of claimed) {
      const delivery = await sendDigest(needs, workspace, stopping);
      if (delivery) deliveries.push(delivery);
    }
    if (claimed.length < BATCH) return deliveries;
  }
}

async function sendDigest(
  needs: Needs,
  workspace: WorkspaceId,
  stopping: AbortSignal | undefined,
): Promise<Delivery | undefined> {
  const { store, clock } = needs;
  const settings = await readSettings(needs.settings, workspace);
  const { digest } = settings;
  const view = viewOf(needs, settings, digest && { zone: digest.zone });
  const followed = digest ? (await store.list(workspace)).filter((one) => one.untrackedAt === undefined) : [];
  const { promise, resolve: isNoted } = Promise.withResolvers<void>();
  let delivery: Delivery | undefined;
  if (digest && followed.length > 0) {
    const wasDue = lastDigest(digest, view.now);
    const reply = digestReply(followed, view, view.now.toMillis() - wasDue.toMillis());
    const id = `digest/${workspace}/${wasDue.toISODate()}`;
    const way = { stopping, noted: promise };
    delivery = await sendSafely(needs, digest.where, reply, id, way);
  }
  const again = delivery?.kind === "later" ? clock.now().plus(delivery.retryAfter) : undefined;
  await store.planDigest(workspace, again ?? (digest && nextDigest(digest, view.now))).finally(isNoted);
  return delivery;
}

/** The latest moment of a digest that has come. */
function lastDigest(digest: DigestTime, now: DateTime): DateTime {
  return nextDigest(digest, now.minus({ days: 7 }));
}
