import type { KnownBlock } from "@slack/types";
import { type Block, isBlank, type Links, type Reply } from "../../src/index.ts";
import { LIMITS, SHOWN } from "./limits.ts";
import { buttonBlocks, formBlocks, type NextNumber } from "./pressable.ts";
import {
  copyBlocks,
  criteriaBlocks,
  factBlocks,
  fileBlocks,
  listBlocks,
  noteBlocks,
  pictureBlocks,
  progressBlocks,
  sourceBlocks,
  textBlocks,
} from "./readable.ts";
import { lineOf, plain, richText, section, shorten, TAIL } from "./rich-text.ts";
import { tableBlocks } from "./table.ts";
import { topText } from "./top-text.ts";

/** What Slack is sent. `text` says all of it for notifications, and wherever blocks can't be shown. */
export interface SlackMessage {
  text: string;
  blocks: KnownBlock[];
}

/** `modal`: a modal or the app's Home, which take no table. */
type Surface = "message" | "view";

/** Files are sent beside a message, not fetched. */
const NOWHERE: Links = { picture: () => undefined, file: () => undefined };

/** What the blocks of one message share. */
interface Message {
  links: Links;
  next: NextNumber;
  mayTable: boolean;
  /** Blocks that may still be added, and units of text. */
  room: { blocks: number; text: number };
}

/** A reply as Slack shows it, always within Slack's limits: what does not fit is counted in "… and N more". */
export function renderMessage(reply: Reply, links: Links = NOWHERE): SlackMessage {
  return { text: topText(reply), blocks: renderBlocks(reply, "message", links) };
}

/** The same where there is no text beside the blocks. */
export function renderBlocks(reply: Reply, surface: Surface, links: Links = NOWHERE): KnownBlock[] {
  const headline = headlineBlock(reply);
  const message: Message = {
    links,
    next: numbers(),
    mayTable: surface === "message",
    // Two blocks are given: the headline, and what says that something is missing.
    room: {
      blocks: LIMITS.blocks - 2,
      text: LIMITS.messageText - 2 * LIMITS.blockCost - TAIL - textIn(headline),
    },
  };
  const parts: KnownBlock[][] = reply.blocks.map(() => []);
  let missing = 0;
  // Where room is short, what can be pressed comes before what can be read.
  const inTurn = [...reply.blocks.entries()].toSorted(([, a], [, b]) => rank(a) - rank(b));
  for (const [index, block] of inTurn) {
    const blocks = message.room.text < SHOWN.least ? undefined : blocksOf(block, message);
    if (blocks && takeRoom(message, blocks)) parts[index] = blocks;
    else missing += 1;
  }
  const rest = plain(`… and ${missing} more parts of this answer`);
  return [headline, ...parts.flat(), ...(missing > 0 ? [richText(section(rest))] : [])];
}

function rank({ kind }: Block): number {
  return kind === "buttons" || kind === "form" ? 0 : 1;
}

/** Bold text and not a header: a header holds no date in the reader's own zone. */
function headlineBlock(reply: Reply): KnownBlock {
  const line = shorten(lineOf(reply.headline, "bold"), SHOWN.headline);
  const isSeen = line.some((one) => one.type !== "text" || !isBlank(one.text));
  return richText(section(isSeen ? line : plain("…")));
}

function blocksOf(block: Block, message: Message): KnownBlock[] {
  const { links, next } = message;
  const room = message.room.text - LIMITS.blockCost;
  switch (block.kind) {
    case "text":
      return textBlocks(lineOf(block.spans), room);
    case "facts":
      return factBlocks(block, room);
    case "list":
      return listBlocks(block, room);
    case "progress":
      return progressBlocks(block);
    case "table":
      return tableBlocks(block, room, message.mayTable);
    case "criteria":
      return criteriaBlocks(block, room);
    case "copy":
      return copyBlocks(block, room);
    case "note":
      return noteBlocks(block, room);
    case "sources":
      return sourceBlocks(block, room);
    case "buttons":
      return buttonBlocks(block.buttons, next);
    case "picture":
      return pictureBlocks(block, links);
    case "file":
      return fileBlocks(block, links);
    case "form":
      return formBlocks(block.form, next);
    default:
      return block satisfies never;
  }
}

function numbers(): NextNumber {
  let last = 0;
  return () => {
    last += 1;
    return last;
  };
}

/** Takes the room that blocks need, if there is as much. */
function takeRoom(message: Message, blocks: KnownBlock[]): boolean {
  const { room } = message;
  const text = blocks.length * LIMITS.blockCost + textIn(blocks);
  if (blocks.length > room.blocks || text > room.text) return false;
  message.room = { blocks: room.blocks - blocks.length, text: room.text - text };
  if (blocks.some(({ type }) => type === "table")) message.mayTable = false;
  return true;
}

const COUNTED = new Set(["text", "url", "image_url", "alt_text", "format", "fallback", "initial_value"]);

/** All text and addresses in a part of a message, wherever they stand. */
function textIn(part: unknown): number {
  if (typeof part !== "object" || part === null) return 0;
  let sum = 0;
  // A message has a thousand parts: a list of entries made for each took most of the counting's time.
  if (Array.isArray(part)) for (const one of part) sum += textIn(one);
  else
    for (const key in part) {
      const value = part[key as keyof typeof part] as unknown;
      if (typeof value === "object") sum += textIn(value);
      else if (typeof value === "string" && COUNTED.has(key)) sum += value.length;
    }
  return sum;
}
