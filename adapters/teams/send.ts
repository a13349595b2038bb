import { type Delivery, type Messenger, type Reply, withoutChannel } from "../../src/index.ts";
import { type Place, readAddress } from "./address.ts";
import { noteFailure, TeamsFailure } from "./calls.ts";
import { closedSince, MARK_MS, markClosed } from "./closed.ts";
import type { PostNeeds } from "./desk.ts";
import { post, postInChat } from "./post.ts";

export interface SendNeeds extends PostNeeds {
  /** Whether a tenant is one of those that are answered. */
  isServed(tenant: string): boolean;
}

/** Sends reminders; one whose conversation is gone goes to the person who had it put there. */
export function openMessenger(needs: SendNeeds): Messenger {
  /** Until when (milliseconds) nothing is tried for a tenant: each reminder would wait until its time is out. */
  const resting = new Map<string, number>();
  return {
    async send(to, reply, id) {
      const place = readAddress(to);
      if (!place) return { kind: "never", why: "the address is not Teams'" };
      const { tenant } = place;
      if (!needs.isServed(tenant)) return { kind: "never", why: "the tenant is not served any more" };
      const rest = (resting.get(tenant) ?? 0) - performance.now();
      if (rest > 0) return { kind: "later", retryAfter: rest };
      resting.delete(tenant);
      try {
        return await deliver(needs, place, reply);
      } catch (error) {
        if (!(error instanceof TeamsFailure)) throw error;
        const { refused, status } = error;
        noteFailure(needs.log, "Teams did not take a reminder", error, { reminder: id, workspace: tenant });
        if (refused.kind === "later" && status === undefined)
          resting.set(tenant, performance.now() + refused.retryAfter);
        return refused;
      }
    },
  };
}

async function deliver(needs: SendNeeds, place: Place, reply: Reply): Promise<Delivery> {
  const { conversation, person, isDirect } = place;
  const sent: Delivery = { kind: "sent" };
  if (conversation === person) {
    await postInChat(needs, place, reply, "tries");
    return sent;
  }
  let closed = await closedSince(needs.shelfOf(place.tenant), place);
  if (closed === undefined) {
    try {
      await post(needs, place, reply, "tries");
      return sent;
    } catch (error) {
      if (!(error instanceof TeamsFailure) || !error.isClosed) throw error;
      closed = await markClosed(needs, place, error);
    }
  }
  if (isDirect) return { kind: "never", why: "the chat is closed to us" };
  await toOwner(needs, place, reply, closed);
  return sent;
}

/** Each owner is told once why their reminders come to them. */
async function toOwner(needs: SendNeeds, place: Place, reply: Reply, closed: string): Promise<void> {
  const shelf = needs.shelfOf(place.tenant);
  const key = `told/${place.conversation}/${place.person}`;
  const isTold = (await shelf.get(key)) === closed;
  await postInChat(needs, place, isTold ? reply : withoutChannel(reply, "closed"), "tries");
  if (!isTold) await shelf.set(key, closed, MARK_MS);
}
