import { type Reply, tooManyReply, unknownPressReply } from "../../src/index.ts";
import type { AdaptiveCard } from "./card.ts";
import { ask, attempt, type Desk } from "./desk.ts";
import { messageOf } from "./message.ts";
import { post, redraw, whisper } from "./post.ts";
import type { Heard, HeardActivity } from "./read.ts";
import { WORDS } from "./words.ts";

type HeardMessage = Extract<HeardActivity, { kind: "message" }>;
export type HeardPress = Extract<HeardActivity, { kind: "press" }>;

/** What a press is answered with: the card in the place of the pressed one, or a line. */
export type PressAnswer =
  | { statusCode: 200; type: "application/vnd.microsoft.card.adaptive"; value: AdaptiveCard }
  | { statusCode: 200; type: "application/vnd.microsoft.activity.message"; value: string };

/** What was typed is answered where it was typed. */
export async function answerMessage(desk: Desk, heard: HeardMessage): Promise<void> {
  const { text } = heard;
  const reply = await ask(desk, heard, { kind: "text", text: text === "" ? "hi" : text });
  if (reply) await show(desk, heard, reply, reply.audience === "everyone");
}

/** Too much was asked: said once, where it was asked. */
export async function refuse(desk: Desk, heard: Heard): Promise<void> {
  await show(desk, heard, tooManyReply(), false);
}

/**
 * A press on a card, one after the other on each: what it shows in the end is what was decided last. What has changed, or was
 * turned, is seen in its place; every other answer comes below.
 */
export async function answerPress(desk: Desk, heard: HeardPress): Promise<PressAnswer> {
  const { conversation, card } = heard;
  return desk.pressing(`${conversation}/${card ?? heard.id}`, () => answer(desk, heard));
}

async function answer(desk: Desk, heard: HeardPress): Promise<PressAnswer> {
  const { pressed, isDirect, isSubmit } = heard;
  const reply = pressed ? await ask(desk, heard, { kind: "press", ...pressed }) : unknownPressReply();
  if (!reply) return line(WORDS.before);
  if (!reply.changed && !reply.turned) {
    const isForAll = reply.audience === "everyone" && (reply.again !== undefined || hasForm(reply));
    await show(desk, heard, reply, isForAll);
    return line(isDirect || isForAll ? WORDS.below : WORDS.alone);
  }
  const isRedrawn = await redrawPressed(desk, heard, reply);
  // A client that sent a message shows nothing of what comes back.
  if (isSubmit) {
    if (!isRedrawn) await show(desk, heard, reply, reply.audience === "everyone");
    return line(WORDS.done);
  }
  const { attachments } = await messageOf(desk.downloads, heard, reply);
  return { statusCode: 200, type: "application/vnd.microsoft.card.adaptive", value: attachments[0].content };
}

/** For all who see the card; who has pressed gets it at once, with the answer to the press. */
async function redrawPressed(desk: Desk, heard: HeardPress, reply: Reply): Promise<boolean> {
  const { card } = heard;
  if (card === undefined || heard.isSharedOutside) return false;
  return attempt(desk, "a card could not be redrawn", () => redraw(desk, heard, card, reply));
}

/** Puts a reply where it was asked for: for all there, or for the person alone. */
async function show(desk: Desk, heard: Heard, reply: Reply, isForAll: boolean): Promise<void> {
  if (heard.isDirect || (isForAll && !heard.isSharedOutside)) return post(desk, heard, reply);
  await whisper(desk, heard, reply);
}

function hasForm({ blocks }: Reply): boolean {
  return blocks.some(({ kind }) => kind === "form");
}

export function line(value: string): PressAnswer {
  return { statusCode: 200, type: "application/vnd.microsoft.activity.message", value };
}
