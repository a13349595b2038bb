import { type Reply, type Span, withoutFiles } from "../../src/index.ts";
import type { Place } from "./address.ts";
import type { AdaptiveCard } from "./card.ts";
import type { Downloads } from "./downloads.ts";
import { renderMessage } from "./render.ts";

/** What a message holds. `text` only names those who are to be told; the card says the rest. */
export interface Message {
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
  const hasFile = reply.blocks.some(({ kind }) => kind === "file");
  const { text, card } = renderMessage(hasFile && !downloads.isOpen ? withoutFiles(reply) : reply, links);
  const entities = isDirect ? [] : reply.blocks.flatMap(mentionsIn);
  return {
    type: "message",
    summary: text,
    attachments: [{ contentType: "application/vnd.microsoft.card.adaptive", content: card }],
    ...(entities.length > 0 && { text: entities.map((one) => one.text).join(" "), entities }),
  };
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
