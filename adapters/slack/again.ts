import type { Reply } from "../../src/index.ts";
import { LIMITS } from "./limits.ts";
import { encodeAgain } from "./press.ts";
import { actions, plainText } from "./pressable.ts";
import { renderMessage, type SlackMessage } from "./render.ts";
import { WORDS } from "./words.ts";

/** An answer that one person sees: with buttons that show it to all, and its picture, where it has one. */
export function renderForOne(reply: Reply, mayShare = true): SlackMessage {
  const message = renderMessage(reply);
  const { again } = reply;
  if (!again || message.blocks.length >= LIMITS.blocks) return message;
  const hasPicture = reply.blocks.some(({ kind }) => kind === "picture");
  const kinds = [
    ...(mayShare && reply.audience === "everyone" ? ["share" as const] : []),
    ...(hasPicture ? ["picture" as const] : []),
  ];
  const buttons = kinds.flatMap((kind) => {
    const sent = encodeAgain(kind, again);
    return sent
      ? [{ type: "button" as const, text: plainText([WORDS[kind]], LIMITS.buttonText), ...sent }]
      : [];
  });
  return buttons.length === 0 ? message : { ...message, blocks: [...message.blocks, actions(buttons)] };
}
