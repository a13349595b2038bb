import { z } from "zod";
import { type Person, type Shelf, StoreError } from "../../src/index.ts";
import { threadless } from "./address.ts";
import { TeamsFailure } from "./calls.ts";
import type { Heard } from "./read.ts";
import type { Service } from "./service.ts";

/** Not every request tells them; people who are not heard of so long may have moved. */
const KEPT_MS = 90 * 24 * 3_600_000;

const Clock = z.object({ zone: z.string().optional(), locale: z.string().optional() });

export function personKey(person: string): string {
  return `person/${person}`;
}

/** Who speaks, as the core knows them, with the zone and the language of their Teams. */
export async function personOf(heard: Heard, shelf: Shelf): Promise<Person> {
  const { person: id, name } = heard;
  const known = Clock.safeParse(await shelf.get(personKey(id))).data ?? {};
  const { zone = known.zone, locale = known.locale } = heard;
  if (zone !== known.zone || locale !== known.locale)
    await shelf.set(personKey(id), { zone, locale }, KEPT_MS);
  return { id, name, ...(zone && { zone }), ...(locale && { locale }) };
}

/** A channel that is shared stays so, though not every request says that it is. Where that can't be known, it may be. */
export async function withReaders<Known extends Heard>(heard: Known, shelf: Shelf): Promise<Known> {
  const key = `shared/${threadless(heard.conversation)}`;
  try {
    if (heard.isSharedOutside === true) await shelf.set(key, true);
    if (heard.isSharedOutside !== undefined) return heard;
    return { ...heard, isSharedOutside: (await shelf.get(key)) !== undefined };
  } catch (error) {
    if (error instanceof StoreError) return { ...heard, isSharedOutside: true };
    throw error;
  }
}

const Member = z.object({ tenantId: z.string() });
const MEMBER_MS = 12 * 3_600_000;

/**
 * Whether someone belongs to the tenant. In a channel that is shared with other organisations theirs speak too; of whom nothing
 * is known is nobody's member. Rejects with `TeamsFailure` when Teams can't tell just now.
 */
export async function isMember(heard: Heard, shelf: Shelf, service: Service): Promise<boolean> {
  if (!heard.isSharedOutside) return true;
  const key = `member/${heard.person}`;
  const known = await shelf.get(key);
  if (typeof known === "boolean") return known;
  const path = `conversations/${encodeURIComponent(threadless(heard.conversation))}/members/${encodeURIComponent(heard.person)}`;
  const found = await service(heard, { method: "GET", path }).catch((error: unknown) => {
    if (error instanceof TeamsFailure && error.refused.kind === "never") return undefined;
    throw error;
  });
  const theirs = Member.safeParse(found).data?.tenantId.toLowerCase();
  // A refusal may be over in a moment.
  if (theirs !== undefined) await shelf.set(key, theirs === heard.tenant, MEMBER_MS);
  return theirs === heard.tenant;
}
