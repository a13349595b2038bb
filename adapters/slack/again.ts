import type { Reply } from "../../src/index.ts";
import { LIMITS } from "./limits.ts";
import { encodeAgain } from "./press.ts";
import { actions, plainText } from "./pressable.ts";
import { smallPrint } from "./readable.ts";
import { renderMessage, type SlackMessage } from "./render.ts";
import { plain, richText, section } from "./rich-text.ts";
import { WORDS } from "./words.ts";

/** An answer that one person sees: with buttons that show it to all, and its picture, where it has one. */
export function renderForOne(reply: Reply, mayShare = true): SlackMessage {
  const message = mayShare ? renderForChannel(reply) : renderMessage(reply);
  const { again } = reply;
  // Two blocks may come to it.
  if (message.blocks.length > LIMITS.blocks - 2) return message;
  const where = hasFile(reply) ? [richText(section(plain(WORDS.fileInChat)))] : [];
  const blocks = [...message.blocks, ...where];
  if (!again) return { ...message, blocks };
  const kinds = [
    ...(mayShare && mayBeShared(reply) ? ["share" as const] : []),
    // A picture beside a file is sent with it.
    ...(hasPicture(reply) && !hasFile(reply) ? ["picture" as const] : []),
  ];
  const buttons = kinds.flatMap((kind) => {
    const sent = encodeAgain(kind, again);
    return sent
      ? [{ type: "button" as const, text: plainText([WORDS[kind]], LIMITS.buttonText), ...sent }]
      : [];
  });
  return { ...message, blocks: buttons.length === 0 ? blocks : [...blocks, actions(buttons)] };
}

/** In a channel a command is heard only when it is one, or mentions us: an answer that tells what to type says so. */
export function renderForChannel(reply: Reply): SlackMessage {
  const message = renderMessage(reply);
  const tells = !reply.again && !reply.changed && reply.audience === "everyone";
  if (!tells || message.blocks.length >= LIMITS.blocks) return message;
  return { ...message, blocks: [...message.blocks, smallPrint(WORDS.howToSay)] };
}

/** A refusal, and what is for one person, is not for all. */
export function mayBeShared({ again, audience }: Reply): boolean {
  return again !== undefined && audience === "everyone";
}

export function hasPicture({ blocks }: Reply): boolean {
  return blocks.some(({ kind }) => kind === "picture");
}

export function hasFile({ blocks }: Reply): boolean {
  return blocks.some(({ kind }) => kind === "file");
}
