import {
  type Clock,
  type Delivery,
  type Messenger,
  type Reply,
  type SendingWay,
  type Shelf,
  type WorkspaceId,
  withoutChannel,
} from "../../src/index.ts";
import { createInFlight, type InFlight } from "../in-flight.ts";
import { doUnhurried } from "../unhurried.ts";
import { type Place, readAddress } from "./address.ts";
import { noteFailure, rateLimitOf, SlackFailure } from "./calls.ts";
import type { Connection, Installations } from "./installations.ts";
import { channelLane, workspaceLane } from "./pace.ts";
import { type Readers, readersOf } from "./people.ts";
import { type PostNeeds, say } from "./post.ts";
import { renderMessage } from "./render.ts";

/** Our own word beside Slack's: others than the tenant's people read the channel. */
const OUTSIDE = "shared_outside";
/** Slack refuses us, and not only this message in this channel: the owner's chat would be asked in vain. */
const REFUSES_US = new Set([
  ...["account_inactive", "invalid_auth", "not_authed", "token_expired", "token_revoked"],
  ...["access_denied", "missing_scope", "no_permission", "not_allowed_token_type", "org_login_required"],
  ...["team_access_not_granted", "two_factor_setup_required"],
]);
/** A channel is full for a second or so; when Slack asks for longer, it has enough of the whole workspace. */
const MOST_CHANNEL_WAIT_MS = 5000;
/** What was looked up of a channel is good for its next reminders; that it is closed by now Slack tells. */
const KNOWN_MS = 300_000;
/** Looking takes no room from what is being sent. */
const LOOKED_AT_ONCE = 8;
const MOST_KNOWN = 10_000;

export interface SendNeeds extends PostNeeds {
  clock: Clock;
  inFlight: InFlight;
  installations: Installations;
  shelfOf(workspace: WorkspaceId): Shelf;
  /** Told after each reminder that was sent. */
  sent(workspace: WorkspaceId): void;
}

/** A reminder on its way. */
interface Sending {
  place: Place;
  reply: Reply;
  id: string;
  way: SendingWay;
}

/** What must be known of a channel before a reminder is put there. */
interface Channel {
  readers: Readers;
  /** Its owner was told that the reminders come to them. */
  isClosed: boolean;
}

/** The chat with the owner: nobody else reads it, and there is nobody to tell instead. */
const OWN_CHAT: Channel = { readers: "own", isClosed: false };

function closedKey({ channel }: Place): string {
  return `closed/${channel}`;
}

/** Sends reminders; what a channel does not take goes to the person who had it put there. */
export function openMessenger(needs: SendNeeds): Messenger {
  const { clock, inFlight, installations, log, pace, shelfOf } = needs;
  const looking = createInFlight(LOOKED_AT_ONCE);
  const known = new Map<string, { channel: Promise<Channel | undefined>; at: number }>();

  /** Undefined: everything is being stopped. */
  function channelOf(connection: Connection, sending: Sending): Promise<Channel | undefined> {
    const { tenant, channel } = sending.place;
    const key = `${tenant}/${channel}`;
    const at = clock.now().toMillis();
    const last = known.get(key);
    if (last && Math.abs(at - last.at) < KNOWN_MS) return last.channel;
    const looked = lookAt(connection, sending);
    // What failed is looked up anew.
    looked.catch(() => known.delete(key));
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(key, { channel: looked, at });
    return looked;
  }

  async function lookAt(connection: Connection, { place, way }: Sending): Promise<Channel | undefined> {
    const shelf = shelfOf(place.tenant);
    const isClosed = (await shelf.get(closedKey(place))) !== undefined;
    // Slack may have to be asked.
    const readers = await looking.run(
      place.tenant,
      () => readersOf(connection, shelf, place.channel),
      way.stopping,
    );
    return readers && { readers, isClosed };
  }

  async function put(
    connection: Connection,
    channel: string,
    reply: Reply,
    { id, way }: Sending,
  ): Promise<Delivery> {
    const { workspace } = connection;
    const whole = workspaceLane(workspace);
    const lanes = [channelLane(workspace, channel)] as const;
    const said = { channel, ...renderMessage(reply), metadata: metadataOf(id) };
    const outcome = await doUnhurried({ pace, inFlight, lanes, whole, ...way }, () =>
      say(connection, needs, said),
    );
    return "wait" in outcome ? { kind: "later", retryAfter: outcome.wait } : { kind: "sent" };
  }

  async function deliver(sending: Sending): Promise<Delivery> {
    const { tenant, channel, person } = sending.place;
    const connection = await installations.connect(tenant);
    if (!connection)
      return { kind: "never", why: "the app is not installed there, or its token was revoked" };
    const found = channel === person ? OWN_CHAT : await channelOf(connection, sending);
    if (!found) return { kind: "later", retryAfter: 0 };
    try {
      if (found.readers === "outside") throw new SlackFailure({ kind: "never", why: OUTSIDE }, OUTSIDE);
      const delivery = await put(connection, channel, sending.reply, sending);
      // Nobody waits for that: what is done once Slack has it could be what we die of, and it would be told twice.
      if (delivery.kind === "sent" && found.isClosed) void markOpen(sending.place, found);
      return delivery;
    } catch (error) {
      if (channel === person || !isForItsOwner(error)) throw error;
      noteFailure(log, "a channel is closed to reminders: they go to their owner", error, {
        workspace: tenant,
      });
      return toOwner(connection, sending, found, error.code);
    }
  }

  /** Each owner is told once why. */
  async function toOwner(
    connection: Connection,
    sending: Sending,
    found: Channel,
    code: string,
  ): Promise<Delivery> {
    const { place, reply } = sending;
    const key = closedKey(place);
    const shelf = shelfOf(place.tenant);
    // Another process may have told them meanwhile.
    found.isClosed ||= (await shelf.get(key)) !== undefined;
    if (found.isClosed) return put(connection, place.person, reply, sending);
    const told = withoutChannel(reply, code === OUTSIDE ? "shared-outside" : "closed");
    // Marked before, for the same reason.
    found.isClosed = true;
    await shelf.set(key, true);
    let delivery: Delivery | undefined;
    try {
      delivery = await put(connection, place.person, told, sending);
      return delivery;
    } finally {
      if (delivery?.kind !== "sent") await markOpen(place, found);
    }
  }

  async function markOpen(place: Place, found: Channel): Promise<void> {
    const { tenant } = place;
    found.isClosed = false;
    try {
      await shelfOf(tenant).delete(closedKey(place));
    } catch (error) {
      noteFailure(log, "a channel could not be marked open", error, { workspace: tenant });
    }
  }

  return {
    async send(to, reply, id, way = {}) {
      const place = readAddress(to);
      if (!place) return { kind: "never", why: "the address is not Slack's" };
      const { tenant } = place;
      try {
        const delivery = await deliver({ place, reply, id, way });
        if (delivery.kind === "sent") needs.sent(tenant);
        return delivery;
      } catch (error) {
        if (!(error instanceof SlackFailure)) throw error;
        noteFailure(log, "Slack did not take a reminder", error, { reminder: id, workspace: tenant });
        const { refused } = error;
        // The others of this workspace need not try in vain: each would wait until its time is out.
        const isOfAll = refused.kind === "later" && (rateLimitOf(error) ?? Infinity) > MOST_CHANNEL_WAIT_MS;
        if (isOfAll) await pace.hold(workspaceLane(tenant), refused.retryAfter);
        return refused;
      }
    },
  };
}

/** Refused for good, and it may be taken elsewhere. */
function isForItsOwner(error: unknown): error is SlackFailure {
  return error instanceof SlackFailure && error.refused.kind === "never" && !REFUSES_US.has(error.code);
}

/**
 * By it an operator tells whether a message came twice (conversations.history with include_all_metadata). `client_msg_id` is
 * not for apps, Slack says. Were it heeded, it would harm: a snoozed reminder comes again with its id, and may go to the owner's
 * chat with it, which Slack answers with duplicate_message_not_found and duplicate_channel_not_found.
 */
function metadataOf(id: string) {
  return { event_type: "connector_shepherd_reminder", event_payload: { reminder: id } };
}
