import { type Reply, type Span, withoutFiles } from "../../src/index.ts";
import type { Place } from "./address.ts";
import type { AdaptiveCard } from "./card.ts";
import type { Downloads } from "./downloads.ts";
import { renderMessage } from "./render.ts";
import { WORDS } from "./words.ts";

/** What a message holds. `text` only names those who are to be told; the card says the rest. */
interface Message {
  type: "message";
  /** For the notification. */
  summary: string;
  attachments: [{ contentType: "application/vnd.microsoft.card.adaptive"; content: AdaptiveCard }];
  text?: string;
  entities?: MentionEntity[];
}

interface MentionEntity {
  type: "mention";
  text: string;
  mentioned: { id: string; name: string };
}

/** A reply as a message. Where one person reads it, the message itself notifies them. */
export async function messageOf(
  downloads: Downloads,
  { tenant, isDirect }: Pick<Place, "tenant" | "isDirect">,
  reply: Reply,
): Promise<Message> {
  const links = await downloads.linksFor(tenant, reply);
  const { text, card } = renderMessage(readable(reply, downloads, isDirect), links);
  const entities = isDirect ? [] : reply.blocks.flatMap(mentionsIn);
  return {
    type: "message",
    summary: text,
    attachments: [{ contentType: "application/vnd.microsoft.card.adaptive", content: card }],
    ...(entities.length > 0 && { text: entities.map((one) => one.text).join(" "), entities }),
  };
}

/** With what a reader must know in Teams: how to speak to us here, and why a file can't be fetched. */
function readable(reply: Reply, downloads: Downloads, isDirect: boolean): Reply {
  const hasFile = reply.blocks.some(({ kind }) => kind === "file");
  const told = hasFile && !downloads.isOpen ? withoutFiles(reply) : reply;
  const tellsWhatToType = !isDirect && !reply.again && !reply.changed && reply.audience === "everyone";
  if (!tellsWhatToType) return told;
  return { ...told, blocks: [...told.blocks, { kind: "text", spans: [WORDS.howToSay] }] };
}

function mentionsIn(block: Reply["blocks"][number]): MentionEntity[] {
  return block.kind === "text" ? block.spans.flatMap(mentionOf) : [];
}

/** Only of people whom Teams knows by their id: who was met in the terminal is a name. */
function mentionOf(span: Span): MentionEntity[] {
  if (typeof span === "string" || !("person" in span) || !span.id.startsWith("29:")) return [];
  const { id, person: name } = span;
  const text = `<at>${name.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;")}</at>`;
  return [{ type: "mention", text, mentioned: { id, name } }];
}
