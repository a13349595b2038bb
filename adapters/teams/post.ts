import { z } from "zod";
import { type Reply, StoreError } from "../../src/index.ts";
import type { Place } from "./address.ts";
import { noteFailure, TeamsFailure } from "./calls.ts";
import type { PostNeeds } from "./desk.ts";
import { type Message, messageOf } from "./message.ts";
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
/** Teams keeps such a message for a day. */
const ALONE_MS = 2 * 24 * 3_600_000;

/** Puts a reply where everyone there reads it. Rejects with `TeamsFailure`. */
export async function post(needs: PostNeeds, place: Place, reply: Reply, patience?: Patience): Promise<void> {
  const body = await activityFor(needs, place, reply);
  await needs.service(place, { method: "POST", path: pathOf(place), body }, patience);
}

/**
 * Puts a reply where only the person reads it: beside what they asked or, where that can't be, in the chat with them. Says
 * where it is. Rejects with `TeamsFailure` where it may work another time.
 */
export async function whisper(
  needs: PostNeeds,
  place: Place,
  reply: Reply,
): Promise<"alone" | "chat" | "nowhere"> {
  const body = { ...(await activityFor(needs, place, reply)), recipient: { id: place.person } };
  const path = `${pathOf(place)}?isTargetedActivity=true`;
  const sent = await unlessRefused(needs, () => needs.service(place, { method: "POST", path, body }));
  if (sent) {
    const { id } = Created.safeParse(sent.value).data ?? {};
    if (id) await needs.lastingOf(place.tenant).set(aloneKey(place, id), true, ALONE_MS);
    return "alone";
  }
  return (await unlessRefused(needs, () => postInChat(needs, place, reply))) ? "chat" : "nowhere";
}

/** Whether only one person sees a message of ours. Where that can't be known, nothing is put before others. */
export async function isAlone({ lastingOf }: PostNeeds, place: Place, message: string): Promise<boolean> {
  if (place.isDirect) return false;
  try {
    return (await lastingOf(place.tenant).get(aloneKey(place, message))) !== undefined;
  } catch (error) {
    if (error instanceof StoreError) return true;
    throw error;
  }
}

/** Into the chat with the person. Rejects with `TeamsFailure`. */
export async function postInChat(
  needs: PostNeeds,
  place: Place,
  reply: Reply,
  patience?: Patience,
): Promise<void> {
  const shelf = needs.shelfOf(place.tenant);
  const known = await shelf.get(chatKey(place.person));
  const inChat = (conversation: string) =>
    post(needs, { ...place, conversation, isDirect: true }, reply, patience);
  if (typeof known === "string") {
    try {
      return await inChat(known);
    } catch (error) {
      if (!(error instanceof TeamsFailure) || error.status !== 404) throw error;
    }
  }
  const conversation = await openChat(needs, place, patience);
  await shelf.set(chatKey(place.person), conversation);
  await inChat(conversation);
}

async function openChat(
  { service }: PostNeeds,
  place: Place,
  patience: Patience | undefined,
): Promise<string> {
  const { tenant, bot, person } = place;
  const body = {
    isGroup: false,
    bot: { id: bot },
    members: [{ id: person }],
    tenantId: tenant,
    channelData: { tenant: { id: tenant } },
  };
  // It is held back by the pace of the person, not by that of the conversation they came from.
  const side = { ...place, conversation: chatKey(person) };
  // What is sent there afterwards is what will be noted.
  const way = typeof patience === "object" ? { ...patience, noted: undefined } : patience;
  const made = await service(side, { method: "POST", path: "conversations", body }, way);
  return Created.parse(made).id;
}

/** Shows another in the place of a message of ours. Rejects with `TeamsFailure`. */
export async function redraw(needs: PostNeeds, place: Place, id: string, shown: Message): Promise<void> {
  const body = { ...fromUs(place, shown), id };
  await needs.service(place, { method: "PUT", path: `${pathOf(place)}/${encodeURIComponent(id)}`, body });
}

async function unlessRefused<Value>(
  { log }: PostNeeds,
  work: () => Promise<Value>,
): Promise<{ value: Value } | undefined> {
  try {
    return { value: await work() };
  } catch (error) {
    if (!(error instanceof TeamsFailure) || error.refused.kind !== "never") throw error;
    noteFailure(log, "nobody could be told alone", error);
    return undefined;
  }
}

function pathOf({ conversation }: Place): string {
  return `conversations/${encodeURIComponent(conversation)}/activities`;
}

async function activityFor({ downloads }: PostNeeds, place: Place, reply: Reply) {
  return fromUs(place, await messageOf(downloads, place, reply));
}

function fromUs({ bot, conversation }: Place, message: Message) {
  return { ...message, from: { id: bot }, conversation: { id: conversation } };
}
