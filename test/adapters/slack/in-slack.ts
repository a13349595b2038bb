import type { Button, InputBlock, KnownBlock, PlainTextOption, RichTextElement } from "@slack/types";
import { renderMessage, type SlackMessage } from "../../../adapters/slack/render.ts";
import type { Block } from "../../../src/index.ts";
import { LINKS, replyOf } from "../sample-reply.ts";

export function messageOf(...blocks: Block[]): SlackMessage {
  return renderMessage(replyOf(...blocks), LINKS);
}

/** What a person reads of these blocks. */
export function shown(...blocks: Block[]): string {
  return readingOf(messageOf(...blocks));
}

/** What a person reads in a message, addresses left out. */
export function readingOf({ blocks }: SlackMessage): string {
  return blocks.map((block) => seen(block).join("")).join("\n");
}

/** What a person reads in one block, and what a screen reader says of a picture. */
function seen(part: unknown): string[] {
  if (typeof part !== "object" || part === null) return [];
  const own = Object.entries(part).map(([key, value]) => {
    const isText = ["text", "fallback", "alt_text"].includes(key) && typeof value === "string";
    return isText ? value : seen(value).join("");
  });
  // Items and cells stand apart from each other.
  const apart = ["rich_text_section", "rich_text_preformatted", "plain_text", "rich_text"].includes(
    (part as { type?: string }).type ?? "",
  );
  return apart ? [...own, "\n"] : own;
}

export function blocksOf<Type extends KnownBlock["type"]>(
  { blocks }: SlackMessage,
  type: Type,
): Extract<KnownBlock, { type: Type }>[] {
  return blocks.filter((block): block is Extract<KnownBlock, { type: Type }> => block.type === type);
}

/** What stands in its rich text, one after the other. */
export function elementsIn(message: SlackMessage): RichTextElement[] {
  return blocksOf(message, "rich_text").flatMap(({ elements }) =>
    elements.flatMap((part) =>
      part.type === "rich_text_list" ? part.elements.flatMap((item) => item.elements) : part.elements,
    ),
  );
}

export function buttonsIn(message: SlackMessage): Button[] {
  const elements = blocksOf(message, "actions").flatMap((block) => block.elements);
  return elements.filter((element): element is Button => element.type === "button");
}

/**
 * What Slack posts to us when a button is pressed: the button, and the state of every input in the message.
 *
 * @param typed what a person put into inputs since the message came, by action id: text, the place of an option, or unix
 *   seconds
 */
export function pressed(message: SlackMessage, button: Button, typed: Record<string, string | number> = {}) {
  const inputs = blocksOf(message, "input").map((block) => [
    block.block_id,
    { [block.element.action_id ?? ""]: stateOf(block, typed) },
  ]);
  return JSON.parse(
    JSON.stringify({
      type: "block_actions",
      user: { id: "U012ABCDE" },
      actions: [{ ...button, block_id: "xYz1", action_ts: "1" }],
      state: { values: Object.fromEntries(inputs) },
    }),
  );
}

function stateOf({ element }: InputBlock, typed: Record<string, string | number>) {
  const given = typed[element.action_id ?? ""];
  switch (element.type) {
    case "plain_text_input":
      return { type: element.type, value: given ?? element.initial_value ?? null };
    case "datetimepicker":
      return { type: element.type, selected_date_time: given ?? element.initial_date_time ?? null };
    case "static_select": {
      const chosen = typeof given === "number" ? element.options?.[given] : element.initial_option;
      return { type: element.type, selected_option: (chosen as PlainTextOption | undefined) ?? null };
    }
    default:
      throw new Error(`no input of ours: ${element.type}`);
  }
}
