import { type Delivery, type Messenger, type Reply, withoutChannel } from "../../src/index.ts";
import { type Place, readAddress } from "./address.ts";
import { noteFailure, TeamsFailure } from "./calls.ts";
import type { PostNeeds } from "./desk.ts";
import type { Pace } from "./pace.ts";
import { post, postInChat } from "./post.ts";

/** A reminder that would wait longer is left to the next tick. */
const MOST_WAIT_MS = 3000;

export interface SendNeeds extends PostNeeds {
  pace: Pace;
  /** Whether a tenant is one of those that are answered. */
  isServed(tenant: string): boolean;
}

/** A conversation that is gone, or closed to us: nothing is sent there until someone speaks to us in it. */
export function closedKey(conversation: string): string {
  return `closed/${conversation}`;
}

/** Sends reminders; one whose conversation is gone goes to the person who had it put there. */
export function openMessenger(needs: SendNeeds): Messenger {
  return {
    async send(to, reply, id) {
      const place = readAddress(to);
      if (!place) return { kind: "never", why: "the address is not Teams'" };
      try {
        return await deliver(needs, place, reply);
      } catch (error) {
        if (!(error instanceof TeamsFailure)) throw error;
        noteFailure(needs.log, "Teams did not take a reminder", error, {
          reminder: id,
          workspace: place.tenant,
        });
        // The others of this tenant need not try in vain: each would wait until its time is out.
        if (error.refused.kind === "later" && error.status === undefined)
          needs.pace.hold(place.tenant, error.refused.retryAfter);
        return error.refused;
      }
    },
  };
}

async function deliver(needs: SendNeeds, place: Place, reply: Reply): Promise<Delivery> {
  const { tenant, conversation, person, isDirect } = place;
  if (!needs.isServed(tenant)) return { kind: "never", why: "the tenant is not served any more" };
  const wait = needs.pace.waitOf(tenant, conversation);
  if (wait > MOST_WAIT_MS) return { kind: "later", retryAfter: wait };
  const shelf = needs.shelfOf(tenant);
  const isMarked = conversation !== person && (await shelf.get(closedKey(conversation))) !== undefined;
  if (isMarked && isDirect) return { kind: "never", why: "the chat is closed to us" };
  if (isMarked || conversation === person) {
    await postInChat(needs, place, reply, "tries");
    return { kind: "sent" };
  }
  try {
    await post(needs, place, reply, "tries");
  } catch (error) {
    if (!(error instanceof TeamsFailure) || !error.isClosed) throw error;
    await shelf.set(closedKey(conversation), true);
    if (isDirect) throw error;
    noteFailure(needs.log, "a conversation is closed: its reminders go to their owners", error, {
      workspace: tenant,
    });
    await postInChat(needs, place, withoutChannel(reply, "closed"), "tries");
  }
  return { kind: "sent" };
}
