import {
  type Assistant,
  type Clock,
  faultReply,
  guestReply,
  type Log,
  type Reply,
  type Said,
  type Shelf,
  StoreError,
  storeDownReply,
  type WorkspaceId,
} from "../../src/index.ts";
import type { OneByOne, Turns } from "../turns.ts";
import { mintAddress } from "./address.ts";
import { noteFailure, TeamsFailure } from "./calls.ts";
import type { Downloads } from "./downloads.ts";
import { isMember, personOf } from "./people.ts";
import type { Heard } from "./read.ts";
import type { Service } from "./service.ts";

/** What sending needs. */
export interface PostNeeds {
  service: Service;
  downloads: Downloads;
  log: Log;
  clock: Clock;
  /** What is kept of a tenant beside its connectors. */
  shelfOf(workspace: WorkspaceId): Shelf;
  /** What must be known of channels and messages so that nothing private is put before others: `forget` leaves it. */
  lastingOf(workspace: WorkspaceId): Shelf;
}

/** What every answer needs. */
export interface Desk extends PostNeeds {
  assistant: Assistant;
  turns: Turns;
  /** Presses on one card. */
  pressing: OneByOne;
  /** What is drawn anew of one card. */
  redrawing: OneByOne;
}

/** Asks the core; undefined: it was answered before. Rejects with `TeamsFailure` when nobody can say who asks. */
export async function ask(desk: Desk, heard: Heard, said: Said): Promise<Reply | undefined> {
  const { id, tenant: workspace, isDirect, isSharedOutside, person } = heard;
  const shelf = desk.shelfOf(workspace);
  try {
    if (!(await isMember(heard, shelf, desk.service))) {
      desk.log.warn("someone of another organisation was refused", { workspace });
      return guestReply();
    }
    const from = await personOf(heard, shelf);
    const setting = isDirect ? "direct" : "shared";
    // What is sent later is for the tenant's people only.
    const where = mintAddress(isSharedOutside ? { ...heard, conversation: person, isDirect: true } : heard);
    // A conversation of a channel is one of its threads.
    const thread = /;messageid=/.test(heard.conversation) && { thread: `teams:${heard.conversation}` };
    return await desk.assistant.answer({ id, workspace, from, where, setting, said, ...thread });
  } catch (error) {
    if (error instanceof TeamsFailure) throw error;
    noteFailure(desk.log, "an answer failed", error, { workspace, delivery: id });
    return error instanceof StoreError ? storeDownReply(error.reason) : faultReply(id);
  }
}

/** Does a piece of work of which nobody waits for the end; false: it failed, as the log tells. */
export async function attempt(
  { log }: Pick<Desk, "log">,
  what: string,
  work: () => Promise<void>,
  facts: Record<string, unknown> = {},
): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    noteFailure(log, what, error, facts);
    return false;
  }
}
