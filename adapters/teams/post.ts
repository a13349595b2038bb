import { z } from "zod";
import type { Reply } from "../../src/index.ts";
import type { Place } from "./address.ts";
import { noteFailure, TeamsFailure } from "./calls.ts";
import type { PostNeeds } from "./desk.ts";
import { messageOf } from "./message.ts";
import type { Patience } from "./service.ts";

const Created = z.object({ id: z.string().min(1) });

/** Chats with people are the same for as long as we are installed. */
export function chatKey(person: string): string {
  return `chat/${person}`;
}

/** Messages that one person of a conversation sees, by the ids of both. */
function aloneKey({ conversation }: Place, message: string): string {
  return `alone/${conversation}/${message}`;
}
const ALONE_MS = 30 * 24 * 3_600_000;

/** Puts a reply where everyone there reads it. Rejects with `TeamsFailure`. */
export async function post(needs: PostNeeds, place: Place, reply: Reply, patience?: Patience): Promise<void> {
  const body = await activityFor(needs, place, reply);
  await needs.service(place, { method: "POST", path: pathOf(place), body }, patience);
}

/**
 * Puts a reply where only the person reads it: beside what they asked or, where that can't be, in the chat with them. Rejects
 * with `TeamsFailure`.
 */
export async function whisper(needs: PostNeeds, place: Place, reply: Reply): Promise<void> {
  const activity = await activityFor(needs, { ...place, isDirect: true }, reply);
  const body = { ...activity, recipient: { id: place.person } };
  let sent: unknown;
  try {
    const path = `${pathOf(place)}?isTargetedActivity=true`;
    sent = await needs.service(place, { method: "POST", path, body });
  } catch (error) {
    if (!(error instanceof TeamsFailure) || error.refused.kind !== "never") throw error;
    noteFailure(needs.log, "nobody could be told alone here: they are told in their chat", error);
    return postInChat(needs, place, reply);
  }
  const { id } = Created.safeParse(sent).data ?? {};
  if (id) await needs.shelfOf(place.tenant).set(aloneKey(place, id), true, ALONE_MS);
}

/** Into the chat with the person. Rejects with `TeamsFailure`. */
export async function postInChat(
  needs: PostNeeds,
  place: Place,
  reply: Reply,
  patience?: Patience,
): Promise<void> {
  const conversation = await chatWith(needs, place, patience);
  await post(needs, { ...place, conversation, isDirect: true }, reply, patience);
}

async function chatWith(
  { service, shelfOf }: PostNeeds,
  place: Place,
  patience: Patience | undefined,
): Promise<string> {
  const { tenant, bot, person } = place;
  const known = await shelfOf(tenant).get(chatKey(person));
  if (typeof known === "string") return known;
  const body = {
    isGroup: false,
    bot: { id: bot },
    members: [{ id: person }],
    tenantId: tenant,
    channelData: { tenant: { id: tenant } },
  };
  // What it is about is held back by the pace of the person, not of the conversation they came from.
  const side = { ...place, conversation: chatKey(person) };
  const made = Created.parse(await service(side, { method: "POST", path: "conversations", body }, patience));
  await shelfOf(tenant).set(chatKey(person), made.id);
  return made.id;
}

/** Shows another reply in the place of a message of ours. One that a single person sees is left: they were shown it at once. */
export async function redraw(needs: PostNeeds, place: Place, message: string, reply: Reply): Promise<void> {
  const shelf = needs.shelfOf(place.tenant);
  if (!place.isDirect && (await shelf.get(aloneKey(place, message))) !== undefined) return;
  const body = { ...(await activityFor(needs, place, reply)), id: message };
  await needs.service(place, {
    method: "PUT",
    path: `${pathOf(place)}/${encodeURIComponent(message)}`,
    body,
  });
}

function pathOf({ conversation }: Place): string {
  return `conversations/${encodeURIComponent(conversation)}/activities`;
}

async function activityFor({ downloads }: PostNeeds, place: Place, reply: Reply) {
  const { bot, conversation } = place;
  return {
    ...(await messageOf(downloads, place, reply)),
    from: { id: bot },
    conversation: { id: conversation },
  };
}
