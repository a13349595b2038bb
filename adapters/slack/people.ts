import { z } from "zod";
import type { Log, Person, Shelf } from "../../src/index.ts";
import { call, noteFailure, SlackFailure } from "./calls.ts";
import type { Connection } from "./installations.ts";
import type { Speaker } from "./read.ts";
import type { Tenant } from "./tenant.ts";

/** People move, and rename themselves: looked up again after this. */
const PERSON_MS = 12 * 3_600_000;
const CHANNEL_MS = 3_600_000;

const Profile = z.object({
  name: z.string().optional(),
  zone: z.string().optional(),
  locale: z.string().optional(),
  team: z.string().optional(),
  enterprise: z.string().optional(),
  isStranger: z.boolean().optional(),
});
type Profile = z.infer<typeof Profile>;

const Channel = z.object({ readers: z.enum(["own", "outside"]) });

/** Who speaks, as the core knows them; undefined: they do not belong to the tenant, and get no answer. */
export async function findMember(
  { client }: Connection,
  shelf: Shelf,
  tenant: Tenant,
  speaker: Speaker,
  log: Log,
): Promise<Person | undefined> {
  const profile = await remembered(shelf, `person/${speaker.id}`, Profile, PERSON_MS, async () => {
    try {
      const { user } = await call(() => client.users.info({ user: speaker.id, include_locale: true }));
      return {
        name: user?.profile?.display_name || user?.real_name || user?.name,
        zone: user?.tz,
        locale: user?.locale,
        team: user?.team_id,
        enterprise: user?.enterprise_user?.enterprise_id,
        isStranger: user?.is_stranger,
      };
    } catch (error) {
      noteFailure(log, "who speaks could not be looked up", error, { workspace: tenant.id });
      return undefined;
    }
  });
  if (!isMember(profile, tenant, speaker)) return undefined;
  const { name, zone, locale } = profile ?? {};
  return { id: speaker.id, name: name || speaker.name, ...(zone && { zone }), ...(locale && { locale }) };
}

/** In Slack Connect people of other organisations see our messages and can press our buttons. */
function isMember(profile: Profile | undefined, tenant: Tenant, speaker: Speaker): boolean {
  if (profile?.isStranger) return false;
  if (profile?.enterprise && tenant.enterprise) return profile.enterprise === tenant.enterprise;
  const team = profile?.team ?? speaker.team;
  // Of whom nothing is known is nobody's member.
  return team !== undefined && (team === tenant.team || team === tenant.enterprise);
}

/** Who reads a channel: the tenant's own people, others too, or nobody knows, because it is not shown to us. */
export type Readers = "own" | "outside" | "unseen";

/** Rejects with `SlackFailure` when Slack can't tell just now. */
export async function readersOf({ client }: Connection, shelf: Shelf, channel: string): Promise<Readers> {
  // Chats with one person are never shared; those of a few have ids like channels.
  if (!/^[CG]/.test(channel)) return "own";
  const known = await remembered(shelf, `channel/${channel}`, Channel, CHANNEL_MS, async () => {
    try {
      const { channel: found } = await call(() => client.conversations.info({ channel }));
      const isOutside = found?.is_ext_shared === true || found?.is_pending_ext_shared === true;
      return { readers: isOutside ? ("outside" as const) : ("own" as const) };
    } catch (error) {
      if (error instanceof SlackFailure && error.refused.kind === "never") return undefined;
      throw error;
    }
  });
  return known?.readers ?? "unseen";
}

/** What lies on the shelf, or is found and put there. What is not found is not kept. */
async function remembered<Schema extends z.ZodType>(
  shelf: Shelf,
  key: string,
  schema: Schema,
  ttl: number,
  find: () => Promise<z.infer<Schema> | undefined>,
): Promise<z.infer<Schema> | undefined> {
  const kept = schema.safeParse(await shelf.get(key));
  if (kept.success) return kept.data;
  const found = await find();
  if (found !== undefined) await shelf.set(key, found, ttl);
  return found;
}
