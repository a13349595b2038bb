import { isFields, type Part, plainOf } from "./json.ts";

/** In the order in which they are read. */
const READ = [
  ...["title", "subtitle", "label", "text", "body", "fields", "rows", "elements", "element", "accessory"],
  ...["hint", "description", "placeholder", "initial_value", "initial_option", "blocks", "actions"],
  ...["submit", "close", "attachments"],
];

const INLINE = new Set(["rich_text_section", "rich_text_quote", "rich_text_preformatted"]);

/** Everything that can be read in a message, a view or blocks, a line for each part. */
export function wordsOf(shown: Part | Part[] | undefined): string {
  return linesOf(shown).join("\n");
}

function linesOf(shown: unknown): string[] {
  if (typeof shown === "string") return shown === "" ? [] : [shown];
  if (Array.isArray(shown)) return shown.flatMap(linesOf);
  if (!isFields(shown)) return [];
  const part: Part = shown;
  const { type } = part;
  if (type === "plain_text" || type === "raw_text") return linesOf(plainOf(part));
  if (type === "mrkdwn") return linesOf(readable(plainOf(part)));
  if (type === "image") return [...linesOf(part.title), ...linesOf(part.alt_text)];
  if (type === "table") return rowsOf(part);
  if (INLINE.has(type ?? "")) return linesOf((part.elements ?? []).map(inline).join(""));
  if (isMessage(part)) {
    const body = part.blocks?.length ? part.blocks : readable(plainOf(part.text));
    return [...linesOf(body), ...linesOf(part.attachments)];
  }
  return READ.flatMap((key) => linesOf(part[key]));
}

function isMessage(part: Part): boolean {
  return typeof part.ts === "string" || part.response_type !== undefined || part.type === "message";
}

function rowsOf({ rows }: Part): string[] {
  if (!Array.isArray(rows)) return [];
  return rows.map((cells) =>
    Array.isArray(cells) ? cells.map((cell) => linesOf(cell).join(" ")).join(" | ") : "",
  );
}

/** A piece of rich text as it stands in the line. */
function inline(piece: Part): string {
  if (piece.type === "link") return plainOf(piece.text) || (piece.url ?? "");
  if (piece.type === "date") return piece.fallback ?? "";
  if (piece.type === "user") return `<@${piece.user_id}>`;
  if (piece.type === "channel") return `<#${piece.channel_id}>`;
  if (piece.type === "emoji") return `:${piece.name}:`;
  if (piece.type === "broadcast") return `@${piece.range}`;
  if (piece.type === "color") return String(piece.value);
  return plainOf(piece.text);
}

/** mrkdwn: links and dates as they are shown; the marks of emphasis stay. */
function readable(text: string): string {
  return text
    .replace(/<[^@#>][^>|]*\|([^>]*)>/g, "$1")
    .replace(/<(https?:[^>]*|mailto:[^>]*)>/g, "$1")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}

/** Something that can be clicked. */
export interface Clickable {
  label: string;
  block: Part;
  element: Part;
  /** The choice in a menu. */
  option?: Part;
}

/** The blocks as Slack keeps them: each with an id, each of its elements with one. */
export function withIds(blocks: Part[] = []): Part[] {
  return blocks.map((block, at) => {
    const named = (element: Part, index: number): Part =>
      element.type !== "image" && block.type !== "rich_text" && block.type !== "context"
        ? { ...element, action_id: element.action_id ?? `action${at}.${index}` }
        : element;
    return {
      ...block,
      block_id: block.block_id ?? `block${at}`,
      ...(block.elements && { elements: block.elements.map(named) }),
      ...(block.accessory && { accessory: named(block.accessory, 0) }),
      ...(block.element && { element: named(block.element, 0) }),
    };
  });
}

/** The buttons, and the choices of menus that act at once. */
export function clickablesOf(blocks: Part[]): Clickable[] {
  return blocks.flatMap((block) => elementsOf(block).flatMap((element) => choicesOf(block, element)));
}

function elementsOf(block: Part): Part[] {
  const { type = "", accessory, element } = block;
  if (type === "input") return element ? [element] : [];
  if (type === "carousel") return listOf(block.elements).flatMap((card) => listOf(card.actions));
  if (type === "card") return listOf(block.actions);
  if (type === "actions" || type === "context_actions") return listOf(block.elements);
  return accessory ? [accessory] : [];
}

function listOf(value: unknown): Part[] {
  return Array.isArray(value) ? value : [];
}

function choicesOf(block: Part, element: Part): Clickable[] {
  if (element.type === "button") return [{ label: plainOf(element.text), block, element }];
  const isAtOnce = block.type !== "input" || block.dispatch_action === true;
  if (!isAtOnce || !["overflow", "static_select", "radio_buttons"].includes(element.type ?? "")) return [];
  return optionsOf(element).map((option) => ({ label: plainOf(option.text), block, element, option }));
}

export function optionsOf({ options = [], option_groups = [] }: Part): Part[] {
  return [...options, ...option_groups.flatMap((group) => group.options)];
}

/** The words on the buttons of a message, a view or blocks. */
export function labelsOf(shown: Part | Part[] | undefined): string[] {
  const blocks = Array.isArray(shown) ? shown : (shown?.blocks ?? []);
  return clickablesOf(blocks).map(({ label }) => label);
}
