import type { Clock, Shelf } from "../../src/index.ts";
import { type Place, threadless } from "./address.ts";
import { noteFailure, type TeamsFailure } from "./calls.ts";
import type { PostNeeds } from "./desk.ts";

/*
 * A conversation that is gone, or closed to us, is marked with the moment at which that was seen. Nothing is sent there until
 * someone speaks to us in it, or we are added there again.
 */

function closedKey(conversation: string): string {
  return `closed/${conversation}`;
}

function addedKey({ scope }: Pick<Place, "scope">): string {
  return `added/${scope}`;
}

/** What of a conversation is marked: a thread that is gone is one of many; what is closed is closed as a whole. */
function keysOf({ conversation }: Place): string[] {
  return [...new Set([conversation, threadless(conversation)])].map(closedKey);
}

/** After this it is tried again: nobody may ever say that it is open. */
export const MARK_MS = 90 * 24 * 3_600_000;

/** The moment (ISO) since which nothing is sent there; undefined: it is open. */
export async function closedSince(shelf: Shelf, place: Place): Promise<string | undefined> {
  const momentOf = async (key: string) => `${(await shelf.get(key)) ?? ""}`;
  const added = await momentOf(addedKey(place));
  const [closed = ""] = (await Promise.all(keysOf(place).map(momentOf))).toSorted().toReversed();
  return closed > added ? closed : undefined;
}

/** Since now. */
export async function markClosed(
  { shelfOf, log, clock }: PostNeeds,
  { tenant, conversation }: Place,
  failure: TeamsFailure,
): Promise<string> {
  noteFailure(log, "a conversation is closed to reminders", failure, { workspace: tenant });
  const at = nowOf(clock);
  const closed = failure.status === 404 ? conversation : threadless(conversation);
  await shelfOf(tenant).set(closedKey(closed), at, MARK_MS);
  return at;
}

/** Someone spoke to us there. */
export async function markOpen(shelf: Shelf, place: Place): Promise<void> {
  for (const key of keysOf(place)) if ((await shelf.get(key)) !== undefined) await shelf.delete(key);
}

/** We were added there: all of it is open again. */
export async function markAdded({ shelfOf, clock }: PostNeeds, place: Place): Promise<void> {
  await shelfOf(place.tenant).set(addedKey(place), nowOf(clock), MARK_MS);
}

function nowOf(clock: Clock): string {
  return clock.now().toUTC().toISO() ?? "";
}

/** What is kept of one chat. */
export async function forgetMarks(shelf: Shelf, place: Place): Promise<void> {
  for (const key of [...keysOf(place), addedKey(place)]) await shelf.delete(key);
}
