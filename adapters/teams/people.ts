import { z } from "zod";
import type { Person, Shelf } from "../../src/index.ts";
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
  // The channel's own id, without that of the thread.
  const [channel = ""] = heard.conversation.split(";");
  const path = `conversations/${encodeURIComponent(channel)}/members/${encodeURIComponent(heard.person)}`;
  const found = await service(heard, { method: "GET", path }).catch((error: unknown) => {
    if (error instanceof TeamsFailure && error.refused.kind === "never") return undefined;
    throw error;
  });
  const isOwn = Member.safeParse(found).data?.tenantId.toLowerCase() === heard.tenant;
  await shelf.set(key, isOwn, MEMBER_MS);
  return isOwn;
}
