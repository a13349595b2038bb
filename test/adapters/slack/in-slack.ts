import type {
  Button,
  InputBlock,
  KnownBlock,
  ModalView,
  PlainTextOption,
  RichTextElement,
} from "@slack/types";
import { formModal, readMetadata } from "../../../adapters/slack/modal.ts";
import { readOwnPress, readPress, readSubmitted } from "../../../adapters/slack/press.ts";
import { renderMessage, type SlackMessage } from "../../../adapters/slack/render.ts";
import type { Block, Pressed } from "../../../src/index.ts";
import { LINKS, replyOf } from "../sample-reply.ts";

export function messageOf(...blocks: Block[]): SlackMessage {
  return renderMessage(replyOf(...blocks), LINKS);
}

/** What a person reads of these blocks. */
export function shown(...blocks: Block[]): string {
  return readingOf(messageOf(...blocks));
}

/** What a person reads in a message, addresses left out. */
export function readingOf({ blocks }: Surface): string {
  return blocks.map((block) => seen(block).join("")).join("\n");
}

/** The same with what the windows say that its buttons open. */
export function readingThrough(message: SlackMessage): string {
  const windows = buttonsIn(message).map((button) => seen(windowOf(message, button)).join(""));
  return [readingOf(message), ...windows].join("\n");
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

/** A message, or a window. */
interface Surface {
  blocks: readonly { type: string }[];
}

export function blocksOf<Type extends KnownBlock["type"]>(
  { blocks }: Surface,
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

/** What a person put into inputs since they came, by action id: text, the place of an option, or unix seconds. */
type Typed = Record<string, string | number>;

/** The window that a button opens, where it opens one. */
export function windowOf(message: SlackMessage, button: Button): ModalView | undefined {
  const own = readOwnPress(pressed(message, button));
  return own?.kind === "open" ? formModal(own.form) : undefined;
}

/** The inputs whose content a button sends: of the window that it opens, or beside it in the message. */
export function inputsOf(message: SlackMessage, button: Button): InputBlock[] {
  return blocksOf(windowOf(message, button) ?? message, "input");
}

/** What a button says once its inputs are filled in: at once, or by the window that it opens. */
export function sent(message: SlackMessage, button: Button, typed: Typed = {}): Pressed | undefined {
  const view = windowOf(message, button);
  if (!view) return readPress(pressed(message, button, typed));
  return readSubmitted(readMetadata(view.private_metadata ?? "").form ?? "", submitted(view, typed));
}

/** What Slack posts to us when a window is sent. */
export function submitted(view: ModalView, typed: Typed = {}) {
  return JSON.parse(
    JSON.stringify({ type: "view_submission", view: { ...view, id: "V1", state: stateIn(view, typed) } }),
  );
}

/** What Slack posts to us when a button is pressed: the button, and the state of every input in the message. */
export function pressed(message: SlackMessage, button: Button, typed: Typed = {}) {
  return JSON.parse(
    JSON.stringify({
      type: "block_actions",
      user: { id: "U012ABCDE" },
      actions: [{ ...button, block_id: "xYz1", action_ts: "1" }],
      state: stateIn(message, typed),
    }),
  );
}

function stateIn(surface: Surface, typed: Typed) {
  const inputs = blocksOf(surface, "input").map((block) => [
    block.block_id,
    { [block.element.action_id ?? ""]: stateOf(block, typed) },
  ]);
  return { values: Object.fromEntries(inputs) };
}

function stateOf({ element }: InputBlock, typed: Typed) {
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
