import { type Delivery, type Messenger, type Reply, withoutChannel } from "../../src/index.ts";
import type { Pace } from "../pace.ts";
import { type Place, readAddress } from "./address.ts";
import { noteFailure, TeamsFailure } from "./calls.ts";
import { closedSince, MARK_MS, markClosed } from "./closed.ts";
import type { PostNeeds } from "./desk.ts";
import { tenantLane } from "./pace.ts";
import { post, postInChat } from "./post.ts";
import { PACED, type Patience } from "./service.ts";

export interface SendNeeds extends PostNeeds {
  pace: Pace;
  /** Whether a tenant is one of those that are answered. */
  isServed(tenant: string): boolean;
}

/** That a conversation was open is good for its next reminders; if it is closed by now, Teams tells. */
const OPEN_MS = 300_000;
const MOST_OPEN = 10_000;

/**
 * Sends reminders; what a conversation does not take goes to the person who had it put there. Teams knows nothing by which it
 * could tell that a message is one it has: what was lost on the way back comes twice.
 */
export function openMessenger(needs: SendNeeds): Messenger {
  const { clock, log, pace, shelfOf } = needs;
  const openAt = new Map<string, number>();

  async function closedNow(place: Place): Promise<string | undefined> {
    const { tenant, conversation } = place;
    const key = `${tenant}/${conversation}`;
    const now = clock.now().toMillis();
    if (Math.abs(now - (openAt.get(key) ?? -Infinity)) < OPEN_MS) return undefined;
    const closed = await closedSince(shelfOf(tenant), place);
    if (openAt.size >= MOST_OPEN) openAt.clear();
    if (closed === undefined) openAt.set(key, now);
    return closed;
  }

  async function deliver(place: Place, reply: Reply, patience: Patience): Promise<Delivery> {
    const { conversation, person, isDirect, tenant } = place;
    const sent: Delivery = { kind: "sent" };
    if (conversation === person) {
      await postInChat(needs, place, reply, patience);
      return sent;
    }
    let closed = await closedNow(place);
    let refused: TeamsFailure | undefined;
    if (closed === undefined) {
      try {
        await post(needs, place, reply, patience);
        return sent;
      } catch (error) {
        if (!isRefusal(error) || (isDirect && !error.isClosed)) throw error;
        refused = error;
      }
      openAt.delete(`${tenant}/${conversation}`);
      if (refused.isClosed) closed = await markClosed(needs, place, refused);
      else
        noteFailure(log, "a conversation did not take a reminder: it goes to its owner", refused, {
          workspace: tenant,
        });
    }
    if (isDirect) return { kind: "never", why: "the chat is closed to us" };
    await toOwner(place, reply, closed ?? refused?.code ?? "", patience);
    return sent;
  }

  /** Each owner is told once why their reminders come to them. `since`: what it is told of. */
  async function toOwner(place: Place, reply: Reply, since: string, patience: Patience): Promise<void> {
    const shelf = shelfOf(place.tenant);
    const key = `told/${place.conversation}/${place.person}`;
    const told = await shelf.get(key);
    if (told === since) return postInChat(needs, place, reply, patience);
    // Before it is sent: what is done once Teams has it could be what we die of, and it would be told twice.
    await shelf.set(key, since, MARK_MS);
    try {
      await postInChat(needs, place, withoutChannel(reply, "closed"), patience);
    } catch (error) {
      await shelf.delete(key);
      throw error;
    }
  }

  return {
    async send(to, reply, id, way = {}) {
      const place = readAddress(to);
      if (!place) return { kind: "never", why: "the address is not Teams'" };
      const { tenant } = place;
      if (!needs.isServed(tenant)) return { kind: "never", why: "the tenant is not served any more" };
      try {
        return await deliver(place, reply, way);
      } catch (error) {
        if (!(error instanceof TeamsFailure)) throw error;
        const { refused, status, code } = error;
        if (code === PACED) return refused;
        noteFailure(log, "Teams did not take a reminder", error, { reminder: id, workspace: tenant });
        // The others of this tenant need not try in vain: each would wait until its time is out.
        if (refused.kind === "later" && status === undefined)
          await pace.hold(tenantLane(tenant), refused.retryAfter);
        return refused;
      }
    },
  };
}

/** Teams itself refuses it for good. */
function isRefusal(error: unknown): error is TeamsFailure {
  return error instanceof TeamsFailure && error.refused.kind === "never" && error.status !== undefined;
}
