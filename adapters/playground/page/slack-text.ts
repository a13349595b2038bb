import type { RichTextBlock, RichTextElement, TextObject } from "@slack/types";
import { type Child, make, makeLink } from "./dom.ts";
import { slackDate } from "./slack-dates.ts";
import { mrkdwn } from "./slack-mrkdwn.ts";

type RichTextPart = RichTextBlock["elements"][number];
type Style = { bold?: boolean; italic?: boolean; strike?: boolean; code?: boolean; underline?: boolean };

/** What the page can't show is said, so that nothing of a message is lost unseen. */
export function unsupported(type: string): HTMLElement {
  return make("span", { class: "unsupported" }, `unsupported: ${type}`);
}

export function richText(block: RichTextBlock, now: Date): HTMLElement {
  return make("div", { class: "rich-text" }, ...block.elements.map((part) => richTextPart(part, now)));
}

/** Plain text, or Slack's small markup. */
export function textObject(object: TextObject, now: Date): Node[] {
  return object.type === "mrkdwn" ? mrkdwn(object.text, now) : [document.createTextNode(object.text)];
}

function richTextPart(part: RichTextPart, now: Date): HTMLElement {
  const inline = (elements: readonly RichTextElement[]) => elements.map((one) => richTextElement(one, now));
  switch (part.type) {
    case "rich_text_section":
      return make("p", {}, ...inline(part.elements));
    case "rich_text_list": {
      const items = part.elements.map((item) => make("li", {}, ...inline(item.elements)));
      const attributes = { class: `indent-${Math.min(part.indent ?? 0, 4)}` };
      return make(part.style === "ordered" ? "ol" : "ul", attributes, ...items);
    }
    case "rich_text_preformatted":
      return make(
        "pre",
        { tabindex: "0", role: "region", "aria-label": "To copy" },
        ...inline(part.elements),
      );
    case "rich_text_quote":
      return make("blockquote", {}, ...inline(part.elements));
    default:
      return unsupported((part satisfies never as { type: string }).type);
  }
}

function richTextElement(element: RichTextElement, now: Date): Child {
  switch (element.type) {
    case "text":
      return styled(element.text, element.style);
    case "link":
      return styled(makeLink(element.url, element.text ?? element.url), element.style);
    case "date":
      return styled(slackDate(element.timestamp, element.format, element.fallback, now), element.style);
    case "user":
      return make("span", { class: "mention" }, `@${element.user_id}`);
    case "broadcast":
      return make("span", { class: "mention" }, `@${element.range}`);
    case "emoji":
      return emoji(element.name, element.unicode);
    default:
      return unsupported(element.type);
  }
}

function emoji(name: string, unicode: string | undefined): HTMLElement {
  const points = unicode?.split("-").map((point) => Number.parseInt(point, 16)) ?? [];
  if (points.length === 0 || points.some((point) => !(point <= 0x10ffff)))
    return make("span", {}, `:${name}:`);
  return make("span", { role: "img", "aria-label": name }, String.fromCodePoint(...points));
}

function styled(content: Node | string, style: Style | undefined): Node | string {
  const tags = [
    style?.code ? "code" : undefined,
    style?.strike ? "s" : undefined,
    style?.italic ? "i" : undefined,
    style?.underline ? "u" : undefined,
    style?.bold ? "b" : undefined,
  ] as const;
  return tags.reduce<Node | string>((inner, tag) => (tag ? make(tag, {}, inner) : inner), content);
}
