import type { ContextBlock, RichTextBlock, RichTextElement } from "@slack/types";
import { type Child, make, makeLink } from "./dom.ts";
import { momentText, READERS_ZONE } from "./times.ts";

type RichTextPart = RichTextBlock["elements"][number];
type Timestamp = Extract<RichTextElement, { type: "date" }>;

/** The only form in which messages of ours have a moment. */
const DATE_FORMAT = "{date_short}, {time}";
/** In what messages of ours have as markup, `<…>` is always a link. */
const LINK = /<([^<>|]+)\|([^<>|]+)>/g;

/** What the page can't show is said, so that nothing of a message is lost unseen. */
export function unsupported(type: string): HTMLElement {
  return make("span", { class: "unsupported" }, `unsupported: ${type}`);
}

export function richText(block: RichTextBlock): HTMLElement {
  return make("div", { class: "rich-text" }, ...block.elements.map(richTextPart));
}

function richTextPart(part: RichTextPart): HTMLElement {
  switch (part.type) {
    case "rich_text_section":
      return make("p", {}, ...part.elements.map(richTextElement));
    case "rich_text_list": {
      if (part.style !== "bullet" || part.indent) return unsupported("list with numbers or levels");
      const items = part.elements.map((item) => make("li", {}, ...item.elements.map(richTextElement)));
      return make("ul", {}, ...items);
    }
    case "rich_text_preformatted": {
      const attributes = { tabindex: "0", role: "group", "aria-label": "To copy" };
      return make("pre", attributes, ...part.elements.map(richTextElement));
    }
    case "rich_text_quote":
      return make("blockquote", {}, ...part.elements.map(richTextElement));
    default:
      return unsupported((part satisfies never as { type: string }).type);
  }
}

function richTextElement(element: RichTextElement): Child {
  switch (element.type) {
    case "text":
      return styled(element.text, element.style);
    case "link":
      return styled(makeLink(element.url, element.text ?? element.url), element.style);
    case "date":
      return styled(moment(element), element.style);
    case "user":
      return make("span", { class: "mention" }, `@${element.user_id}`);
    default:
      return unsupported(element.type);
  }
}

function styled(content: Node | string, { bold, code, ...others }: RichTextElement["style"] = {}): Child {
  const [other] = Object.keys(others);
  if (other) return unsupported(other);
  const inner = code ? make("code", {}, content) : content;
  return bold ? make("b", {}, inner) : inner;
}

/** In the reader's zone, and with hours as this browser counts them. */
function moment({ timestamp, format }: Timestamp): HTMLElement {
  if (format !== DATE_FORMAT) return unsupported(`date ${format}`);
  const at = new Date(timestamp * 1000);
  const day = at.toLocaleDateString("en-US", { month: "short", day: "numeric", year: "numeric" });
  const time = at.toLocaleTimeString("en-US", { hour: "numeric", minute: "2-digit", hour12: usesHour12 });
  const attributes = { datetime: at.toISOString(), title: momentText(at, READERS_ZONE) };
  return make("time", attributes, `${day}, ${time}`);
}

const usesHour12 = new Intl.DateTimeFormat(undefined, { hour: "numeric" }).resolvedOptions().hour12;

/** Plain text, or text in which nothing but links is markup. */
export function smallPrint(part: ContextBlock["elements"][number]): HTMLElement {
  if (part.type === "plain_text") return make("span", {}, part.text);
  return part.type === "mrkdwn" ? make("span", {}, ...linked(part.text)) : unsupported(part.type);
}

function linked(text: string): Node[] {
  const nodes: Node[] = [];
  let end = 0;
  for (const { 0: whole, 1: address = "", 2: title = "", index } of text.matchAll(LINK)) {
    const before = document.createTextNode(unescaped(text.slice(end, index)));
    nodes.push(before, makeLink(unescaped(address), unescaped(title)));
    end = index + whole.length;
  }
  return [...nodes, document.createTextNode(unescaped(text.slice(end)))];
}

function unescaped(text: string): string {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}
