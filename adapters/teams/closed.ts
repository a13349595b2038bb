import type { Shelf } from "../../src/index.ts";
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

/** The moment (ISO) since which nothing is sent there; undefined: it is open. */
export async function closedSince(shelf: Shelf, place: Place): Promise<string | undefined> {
  const marks = await Promise.all([...keysOf(place), addedKey(place)].map((key) => shelf.get(key)));
  const [added, ...closed] = marks.toReversed().map((mark) => (typeof mark === "string" ? mark : ""));
  const latest = closed.toSorted().at(-1) ?? "";
  return latest > (added ?? "") ? latest : undefined;
}

export async function markClosed(
  { shelfOf, log }: PostNeeds,
  { tenant, conversation }: Place,
  failure: TeamsFailure,
  at: string,
): Promise<void> {
  noteFailure(log, "a conversation is closed to reminders", failure, { workspace: tenant });
  const isThreadOnly = failure.status === 404;
  await shelfOf(tenant).set(closedKey(isThreadOnly ? conversation : threadless(conversation)), at);
}

/** Someone spoke to us there. */
export async function markOpen(shelf: Shelf, place: Place): Promise<void> {
  for (const key of keysOf(place)) if ((await shelf.get(key)) !== undefined) await shelf.delete(key);
}

/** We were added there: all of it is open again. */
export async function markAdded(shelf: Shelf, place: Place, at: string): Promise<void> {
  await shelf.set(addedKey(place), at);
}

/** What is kept of one chat. */
export async function forgetMarks(shelf: Shelf, place: Place): Promise<void> {
  for (const key of [...keysOf(place), addedKey(place)]) await shelf.delete(key);
}
