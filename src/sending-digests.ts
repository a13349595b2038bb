import type { WorkspaceId } from "./incoming.ts";
import { factsOf } from "./log.ts";
import type { Noting } from "./noting.ts";
import type { Delivery } from "./ports.ts";
import { digestReply } from "./replies/digest.ts";
import { withMore } from "./replies/parts.ts";
import { damagedNote, noneReadableReply } from "./replies/workspace.ts";
import { lastDigest, nextDigest } from "./scheduling/digest.ts";
import { sendSafely } from "./sending.ts";
import { listFollowed, type Needs, readSettings, viewOf } from "./workspace.ts";

const BATCH = 32;
/** A process that dies leaves its digests to others after this. */
const LEASE_MS = 120_000;

interface Sending {
  stopping: AbortSignal | undefined;
  noting: Noting;
}

/** Sends the weekly digests that are due. Rejects with `StoreError`. */
export async function sendDigests(needs: Needs, sending: Sending): Promise<Delivery[]> {
  const deliveries: Delivery[] = [];
  for (;;) {
    if (sending.stopping?.aborted) return deliveries;
    const claimed = await needs.store.claimDigests(needs.clock.now(), BATCH, LEASE_MS);
    const sent = await Promise.all(claimed.map((workspace) => handle(needs, workspace, sending)));
    deliveries.push(...sent.filter((one) => one !== undefined));
    if (claimed.length < BATCH) return deliveries;
  }
}

/** One workspace whose digest fails must not keep the others from theirs; its lease ends by itself. */
async function handle(needs: Needs, workspace: WorkspaceId, sending: Sending): Promise<Delivery | undefined> {
  try {
    return await sendDigest(needs, workspace, sending);
  } catch (error) {
    needs.log.error("a digest failed", { workspace, ...factsOf(error) });
    return undefined;
  }
}

async function sendDigest(
  needs: Needs,
  workspace: WorkspaceId,
  { stopping, noting }: Sending,
): Promise<Delivery | undefined> {
  const { store, clock } = needs;
  const settings = await readSettings(needs.settings, workspace);
  const { digest } = settings;
  if (!digest) {
    await store.planDigest(workspace, undefined);
    return undefined;
  }
  const view = viewOf(needs, settings, { zone: digest.zone });
  const next = nextDigest(digest, view.now);
  const wasDue = lastDigest(digest, view.now);
  const id = `digest/${workspace}/${wasDue.toISODate()}`;
  // It is noted before anything else is sent.
  if (noting.isOpen(id)) return undefined;
  const { followed, damaged } = await listFollowed(needs, workspace, settings);
  if (followed.length + damaged.length === 0) {
    await store.planDigest(workspace, next);
    return undefined;
  }
  const lateBy = view.now.toMillis() - wasDue.toMillis();
  const reply =
    followed.length > 0
      ? withMore(digestReply(followed, view, lateBy), damagedNote(damaged))
      : noneReadableReply(damaged);
  const until = view.now.plus(LEASE_MS);
  const isOver = () => clock.now() >= until;
  const { promise: noted, resolve: over } = Promise.withResolvers<void>();
  const delivery = await sendSafely(needs, digest.where, reply, id, { stopping, isOver, noted });
  if (delivery.kind === "later" && isOver()) {
    over();
    return delivery;
  }
  const plannedAt = delivery.kind === "later" ? clock.now().plus(delivery.retryAfter) : next;
  const note = () => store.planDigest(workspace, plannedAt);
  if (delivery.kind === "sent") await noting.note(id, note, over);
  else await note().finally(over);
  return delivery;
}
