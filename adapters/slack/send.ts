import {
  type Delivery,
  type Messenger,
  type Reply,
  type Shelf,
  type WorkspaceId,
  withoutChannel,
} from "../../src/index.ts";
import { type Place, readAddress } from "./address.ts";
import { call, noteFailure, SlackFailure } from "./calls.ts";
import type { Installations } from "./installations.ts";
import { readersOf } from "./people.ts";
import { type PostNeeds, post } from "./post.ts";
import { renderMessage } from "./render.ts";

/** Our own word beside Slack's: others than the tenant's people read the channel. */
const OUTSIDE = "shared_outside";
/** Nothing can be written there, until someone opens it to us again. */
const CLOSED = new Set([
  "channel_not_found",
  "is_archived",
  "not_in_channel",
  "restricted_action",
  "restricted_action_read_only_channel",
  OUTSIDE,
]);
/** A reminder that would wait longer is left to the next tick. */
const MOST_WAIT_MS = 3000;

export interface SendNeeds extends PostNeeds {
  installations: Installations;
  shelfOf(workspace: WorkspaceId): Shelf;
  /** Told after each reminder that was sent. */
  sent(workspace: WorkspaceId): void;
}

/** Sends reminders; one whose channel is closed to us goes to the person who had it put there. */
export function openMessenger(needs: SendNeeds): Messenger {
  return {
    async send(to, reply, id) {
      const place = readAddress(to);
      if (!place) return { kind: "never", why: "the address is not Slack's" };
      try {
        const delivery = await deliver(needs, place, reply);
        if (delivery.kind === "sent") needs.sent(place.tenant);
        return delivery;
      } catch (error) {
        if (!(error instanceof SlackFailure)) throw error;
        noteFailure(needs.log, "Slack did not take a reminder", error, {
          reminder: id,
          workspace: place.tenant,
        });
        // The others of this workspace need not try in vain: each would wait until its time is out.
        if (error.refused.kind === "later") needs.pace.hold(place.tenant, error.refused.retryAfter);
        return error.refused;
      }
    },
  };
}

async function deliver(
  needs: SendNeeds,
  { tenant, channel, person }: Place,
  reply: Reply,
): Promise<Delivery> {
  const connection = await needs.installations.connect(tenant);
  if (!connection) return { kind: "never", why: "the app is not installed there, or its token was revoked" };
  const wait = Math.max(needs.pace.waitOf(channel), needs.pace.waitOf(tenant));
  if (wait > MOST_WAIT_MS) return { kind: "later", retryAfter: wait };
  const shelf = needs.shelfOf(tenant);
  const closed = `closed/${channel}`;
  try {
    if ((await readersOf(connection, shelf, channel)) === "outside")
      throw new SlackFailure({ kind: "never", why: OUTSIDE }, OUTSIDE);
    await post(connection, { channel }, renderMessage(reply), needs, call);
    await shelf.delete(closed);
  } catch (error) {
    if (!(error instanceof SlackFailure) || !CLOSED.has(error.code) || channel === person) throw error;
    noteFailure(needs.log, "a channel is closed to reminders: they go to their owner", error, {
      workspace: tenant,
    });
    const isNew = (await shelf.get(closed)) === undefined;
    const told = isNew ? withoutChannel(reply, error.code === OUTSIDE ? "shared-outside" : "closed") : reply;
    await post(connection, { channel: person }, renderMessage(told), needs, call);
    await shelf.set(closed, true);
  }
  return { kind: "sent" };
}
