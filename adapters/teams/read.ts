import { z } from "zod";
import { clip, remembering, type WorkspaceId } from "../../src/index.ts";
import { type Place, threadless } from "./address.ts";
import { readPress } from "./press.ts";
import { typedText } from "./typed.ts";

/** Of all the channels a bot may be on, the one that is answered. */
export const CHANNEL = "msteams";
/** People have shorter ones. */
const MOST_NAME = 200;

/** Ids become parts of addresses. */
const id = z
  .string()
  .min(1)
  .max(600)
  .refine((text) => !/^\.+$/.test(text) && text.isWellFormed());
const maybe = z.string().nullish();
/** What is there in some other form is as if it were absent. */
const optional = <Schema extends z.ZodType>(schema: Schema) => schema.optional().catch(undefined);

const Activity = z.object({
  type: z.string(),
  channelId: z.literal(CHANNEL),
  serviceUrl: z.string(),
  id: optional(id),
  from: z.object({ id, name: maybe }),
  recipient: z.object({ id }),
  conversation: z.object({ id, conversationType: maybe, tenantId: maybe }),
  channelData: optional(
    z.object({
      tenant: optional(z.object({ id: z.string() })),
      team: optional(z.object({ id })),
      channel: optional(z.object({ type: maybe })),
    }),
  ),
  text: optional(z.string()),
  value: z.unknown().optional(),
  name: maybe,
  action: maybe,
  replyToId: optional(id),
  locale: maybe,
  localTimezone: maybe,
  entities: optional(z.array(z.unknown())),
});
type Activity = z.infer<typeof Activity>;

const MentionEntity = z.object({
  type: z.literal("mention"),
  text: z.string(),
  mentioned: z.object({ id: z.string() }),
});
const ClientEntity = z.object({ type: z.literal("clientInfo"), locale: maybe, timezone: maybe });

/** Where something happened, and who did it. */
export interface Heard extends Place {
  /** The delivery's: the same again is the same delivery. */
  id: string;
  name: string;
  /** Others than the tenant's people read the channel; undefined: this request does not say. */
  isSharedOutside: boolean | undefined;
  zone?: string;
  locale?: string;
}

export type HeardActivity = Heard &
  (
    | { kind: "message"; text: string }
    /** On a card: `card` is its message's id. `isSubmit`: by a client that can't wait for an answer. */
    | { kind: "press"; pressed: ReturnType<typeof readPress>; card?: string; isSubmit: boolean }
    | { kind: "added" }
    | { kind: "removed" }
  );

/** Whose it is, as far as it must be known to let it in. */
export interface Letter {
  serviceUrl: string;
}

const Letter = z.object({ channelId: z.literal(CHANNEL), serviceUrl: z.string().min(1) });

export function readLetter(body: unknown): Letter | undefined {
  return Letter.safeParse(body).data;
}

/** "unreadable": not what Teams sends. "other-tenants": it names two. "ignored": nothing for us. "unknown": an invoke of another kind. */
export function readActivity(
  body: unknown,
): HeardActivity | "unreadable" | "other-tenants" | "ignored" | "unknown" {
  const read = Activity.safeParse(body).data;
  if (!read) return "unreadable";
  const named = [read.channelData?.tenant?.id, read.conversation.tenantId].flatMap((one) =>
    one ? [one.toLowerCase()] : [],
  );
  const [tenant] = named;
  if (!tenant || !/^[\da-f-]{36}$/.test(tenant)) return "unreadable";
  if (new Set(named).size > 1) return "other-tenants";
  // Answering other bots could go on for ever.
  if (read.from.id.startsWith("28:")) return "ignored";
  const heard = heardOf(read, tenant as WorkspaceId);
  switch (read.type) {
    case "message": {
      const pressed = readPress(read.value);
      const text = typedText(read.text ?? "", mentionsOf(read), heard.bot);
      // A card's press without a word is one, also where it is none of ours.
      const isPress = pressed || (text === "" && typeof read.value === "object" && read.value !== null);
      return isPress
        ? { ...heard, kind: "press", pressed, isSubmit: true, ...cardOf(read) }
        : { ...heard, kind: "message", text };
    }
    case "invoke":
      return read.name === "adaptiveCard/action"
        ? { ...heard, kind: "press", pressed: readPress(read.value), isSubmit: false, ...cardOf(read) }
        : "unknown";
    case "installationUpdate":
      // Those of an upgrade have words of their own.
      if (read.action === "add") return { ...heard, kind: "added" };
      return read.action === "remove" ? { ...heard, kind: "removed" } : "ignored";
    default:
      return "ignored";
  }
}

function cardOf({ replyToId }: Activity): { card?: string } {
  return replyToId ? { card: replyToId } : {};
}

function heardOf(read: Activity, tenant: WorkspaceId): Heard {
  const { conversation, from, recipient, serviceUrl, channelData } = read;
  const client = read.entities?.map((one) => ClientEntity.safeParse(one).data).find((one) => one);
  const zone = zoneOf(read.localTimezone) ?? zoneOf(client?.timezone);
  const locale = localeOf(read.locale) ?? localeOf(client?.locale);
  return {
    // Without an id nothing can be known again.
    id: `${conversation.id}/${read.id ?? crypto.randomUUID()}`,
    tenant,
    serviceUrl,
    conversation: conversation.id,
    bot: recipient.id,
    person: from.id,
    name: clip(from.name || "Somebody", MOST_NAME),
    isDirect: conversation.conversationType === "personal",
    isSharedOutside: isSharedOutside(conversation.conversationType, channelData?.channel?.type),
    scope: channelData?.team?.id ?? threadless(conversation.id),
    ...(zone && { zone }),
    ...(locale && { locale }),
  };
}

function isSharedOutside(
  conversation: string | null | undefined,
  channel: string | null | undefined,
): boolean | undefined {
  if (conversation !== "channel") return false;
  return channel ? channel.toLowerCase() === "shared" : undefined;
}

function mentionsOf({ entities = [] }: Activity) {
  return entities.flatMap((one) => {
    const mention = MentionEntity.safeParse(one).data;
    return mention ? [{ id: mention.mentioned.id, text: mention.text }] : [];
  });
}

const zoneNamed = remembering((zone: string): string | undefined => {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: zone }) && zone;
  } catch {
    return undefined;
  }
}, 1000);

function zoneOf(zone: string | null | undefined): string | undefined {
  return zone ? zoneNamed(zone) : undefined;
}

function localeOf(locale: string | null | undefined): string | undefined {
  if (!locale) return undefined;
  try {
    return Intl.getCanonicalLocales(locale)[0];
  } catch {
    return undefined;
  }
}
