import {
  type Block,
  type Button,
  type Form,
  type Links,
  plainText,
  type Reply,
  spansText,
} from "../../src/index.ts";
import type { Action, AdaptiveCard, Element } from "./card.ts";
import { LIMITS, ROOMIEST, type Room, TAKEN, TIGHTER } from "./limits.ts";
import { buttonAction, bytesOf, formElements, formInWords, typedElements } from "./pressable.ts";
import {
  copyElements,
  criteriaElements,
  factElements,
  listElements,
  noteElements,
  pictureElements,
  progressElements,
  sourceElements,
} from "./readable.ts";
import { fallbackString, moreLine, richText, visibleString, webAddress } from "./rich-text.ts";
import { tableElements } from "./table.ts";

/** What Teams is sent. `text` is the headline, for the notification. */
export interface TeamsMessage {
  text: string;
  card: AdaptiveCard;
}

type File = Extract<Block, { kind: "file" }>;

/** What can be pressed in a card. */
interface Pressable {
  /** The one form a card has: the inputs of a second would be sent, and demanded, with those of the first. */
  form: { block: Form; elements: Element[] } | undefined;
  actions: Action[];
  /** The files that are among the actions. */
  files: Set<File>;
  /** Buttons there is no place for. */
  typed: Button[];
}

/**
 * A reply as Teams shows it. The card is always within Teams' limits: what does not fit is counted in "… and N more", and
 * buttons beyond the sixth are told in words.
 */
export function renderMessage(reply: Reply, links: Links): TeamsMessage {
  const words = plainText(reply);
  let card = cardOf(reply, links, ROOMIEST, words);
  for (const room of TIGHTER) {
    if (bytesOf(card) <= LIMITS.cardBytes) break;
    card = cardOf(reply, links, room, words);
  }
  return { text: visibleString([reply.title, words], TAKEN.headline), card };
}

function cardOf(reply: Reply, links: Links, room: Room, words: string): AdaptiveCard {
  const pressable = pressableOf(reply.blocks, links, room);
  // Many links take more bytes than letters.
  const spans = room.blocks > 0 ? reply.headline : [spansText(reply.headline)];
  const headline = richText(spans, room.text, { size: "Medium", weight: "Bolder" });
  const { actions, typed } = pressable;
  const body = bodyOf(reply.blocks, links, room, pressable);
  const hasPicture = body.some(({ type }) => type === "Image");
  return {
    type: "AdaptiveCard",
    $schema: "https://adaptivecards.io/schemas/adaptive-card.json",
    version: "1.5",
    fallbackText: fallbackString(words, room.fallback),
    body: [...headline, ...body, ...typedElements(typed, room)],
    ...(actions.length > 0 && { actions }),
    // As wide as a window, a picture would push everything else off the screen.
    ...(!hasPicture && { msteams: { width: "Full" as const } }),
  };
}

/** What can be pressed is always there; of what can be read, as many blocks as there is room for. */
function bodyOf(blocks: readonly Block[], links: Links, room: Room, pressable: Pressable): Element[] {
  const drawn = blocks
    .map((block) => ({ block, elements: elementsOf(block, links, room, pressable) }))
    .filter(({ elements }) => elements.length > 0);
  const readable = drawn.filter(({ elements }) => elements !== pressable.form?.elements);
  const left = new Set(readable.slice(room.blocks));
  return [
    ...drawn.filter((one) => !left.has(one)).flatMap(({ elements }) => elements),
    ...moreLine(left.size, left.size === 1 ? "part" : "parts"),
  ];
}

function elementsOf(block: Block, links: Links, room: Room, { form, files }: Pressable): Element[] {
  switch (block.kind) {
    case "text":
      return richText(block.spans, room.text);
    case "facts":
      return factElements(block, room);
    case "list":
      return listElements(block, room);
    case "progress":
      return progressElements(block, room);
    case "table":
      return tableElements(block, room);
    case "criteria":
      return criteriaElements(block, room);
    case "copy":
      return copyElements(block, room);
    case "note":
      return noteElements(block, room);
    case "sources":
      return sourceElements(block, room);
    case "picture":
      return pictureElements(block, links);
    case "file":
      return files.has(block) ? [] : fileElements(block, links, room);
    case "form":
      return block.form === form?.block ? form.elements : formInWords(block.form, room);
    case "buttons":
      return [];
    default:
      return block satisfies never;
  }
}

/** The first six, in their order; the form's own button is one of them. */
function pressableOf(blocks: readonly Block[], links: Links, room: Room): Pressable {
  const block = blocks.find(({ kind }) => kind === "form");
  const asked = block?.kind === "form" ? block.form : undefined;
  const elements = asked && formElements(asked, room);
  const found: Pressable = {
    form: elements && { block: asked, elements },
    actions: [],
    files: new Set(),
    typed: [],
  };
  const most = LIMITS.actions - (elements ? 1 : 0);
  for (const block of blocks) {
    if (block.kind === "file") {
      const action = found.actions.length < most ? fileAction(block, links) : undefined;
      if (action) {
        found.actions.push(action);
        found.files.add(block);
      }
    }
    for (const button of block.kind === "buttons" ? block.buttons : []) {
      const action = found.actions.length < most ? buttonAction(button, elements !== undefined) : undefined;
      if (action) found.actions.push(action);
      else found.typed.push(button);
    }
  }
  return { ...found, actions: elements ? found.actions : likelyFirst(found.actions) };
}

/** The first is the likely next step and looks like it, where no other does. */
function likelyFirst(actions: Action[]): Action[] {
  const [first, ...others] = actions;
  if (!first || actions.some(({ style }) => style)) return actions;
  const style = "positive";
  return first.type === "Action.OpenUrl"
    ? [{ ...first, style }, ...others]
    : [{ ...first, style, fallback: { ...first.fallback, style } }, ...others];
}

function fileAction({ label, file }: File, links: Links): Action | undefined {
  const url = webAddress(links.file(file) ?? "");
  return url
    ? { type: "Action.OpenUrl", title: visibleString([label, file.name], TAKEN.title), url }
    : undefined;
}

function fileElements({ label, file }: File, links: Links, { text }: Room): Element[] {
  const href = links.file(file);
  return richText([`${label}: `, href ? { link: file.name, href } : file.name], text);
}
