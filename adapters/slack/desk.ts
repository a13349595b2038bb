import {
  type Address,
  type Assistant,
  type Clock,
  guestReply,
  type Incoming,
  notInstalledReply,
  type Person,
  type Reply,
  type Said,
  type Shelf,
  StoreError,
  storeDownReply,
  type WorkspaceId,
} from "../../src/index.ts";
import type { OneByOne } from "../turns.ts";
import { mintAddress } from "./address.ts";
import { noteFailure } from "./calls.ts";
import type { Home } from "./home.ts";
import type { Connection, Installations } from "./installations.ts";
import { findMember } from "./people.ts";
import type { PostNeeds } from "./post.ts";
import type { Speaker } from "./read.ts";
import type { Tenant } from "./tenant.ts";

/** What every answer needs. */
export interface Desk extends PostNeeds {
  assistant: Assistant;
  installations: Installations;
  clock: Clock;
  home: Home;
  /** Presses on one message. */
  pressing: OneByOne;
  /** What is kept of a tenant beside its connectors. */
  shelfOf(workspace: WorkspaceId): Shelf;
}

/** What was answered. Without a connection it can only be sent by the address that came with the question. */
export interface Answered {
  reply: Reply;
  connection?: Connection;
}

export interface Question {
  id: string;
  tenant: Tenant;
  speaker: Speaker;
  /** Where it was asked. */
  channel: string;
  /** What belongs together there: a thread; absent: what this person says in the channel. */
  thread?: string;
  said: Said;
}

/** Chats with one person. */
export function isDirect(channel: string): boolean {
  return /^[DUW]/.test(channel);
}

/** Asks the core; undefined: it was answered before, or nothing is to be said. */
export async function ask(desk: Desk, question: Question): Promise<Answered | undefined> {
  const { id, tenant, speaker, channel, thread, said } = question;
  const met = await meet(desk, tenant, speaker);
  if ("reply" in met) return met;
  const { connection, person } = met;
  const setting: Incoming["setting"] = isDirect(channel) ? "direct" : "shared";
  const where = whereOf(tenant, channel, speaker);
  const incoming = { id, workspace: tenant.id, from: person, where, setting, said };
  const inThread = thread && { thread: `slack:${channel}/${thread}` };
  const reply = await desk.assistant.answer({ ...incoming, ...inThread });
  if (reply?.changed) desk.home.refresh(tenant.id);
  return reply && { connection, reply };
}

/** Who speaks, and how they are answered; or why they are not. */
export async function meet(
  { installations, shelfOf, log }: Desk,
  tenant: Tenant,
  speaker: Speaker,
): Promise<{ connection: Connection; person: Person } | Answered> {
  let connection: Connection | undefined;
  try {
    connection = await installations.connect(tenant.id);
    if (!connection) {
      log.warn("a request came from where the app is not installed", { workspace: tenant.id });
      return { reply: notInstalledReply() };
    }
    const person = await findMember(connection, shelfOf(tenant.id), tenant, speaker, log);
    if (person) return { connection, person };
    log.warn("someone of another organisation was refused", { workspace: tenant.id });
    return { connection, reply: guestReply() };
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    log.error("the store failed", { workspace: tenant.id, reason: error.reason, why: error.message });
    return { reply: storeDownReply(error.reason), ...(connection && { connection }) };
  }
}

/** A chat with one person is found by the person: a command may be typed in their chat with someone else. */
function whereOf(tenant: Tenant, channel: string, { id }: Speaker): Address {
  return mintAddress({ tenant: tenant.id, channel: isDirect(channel) ? id : channel, person: id });
}

/** Does a piece of work of which nobody waits for the end; false: it failed, as the log tells. */
export async function attempt(
  desk: Pick<Desk, "log">,
  what: string,
  work: () => Promise<void>,
): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    noteFailure(desk.log, what, error);
    return false;
  }
}
