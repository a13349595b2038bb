import {
  type Reply,
  sharedOutsideReply,
  tooManyReply,
  unseenChannelReply,
  type WorkspaceId,
} from "../../src/index.ts";
import { hasFile, hasPicture, mayBeShared, renderForChannel, renderForOne } from "./again.ts";
import { tellAlone } from "./alone.ts";
import { SlackFailure } from "./calls.ts";
import { type Answered, ask, type Desk, isDirect, type Question } from "./desk.ts";
import type { Connection } from "./installations.ts";
import { readersOf } from "./people.ts";
import { attach, openChat, post, respond, type Target, turnIn, whisper } from "./post.ts";
import type { HeardCommand, HeardMessage, PressedMessage } from "./read.ts";
import { renderMessage, type SlackMessage } from "./render.ts";

/** A slash command: the answer is for who asked alone. */
export async function answerCommand(desk: Desk, heard: HeardCommand): Promise<void> {
  const { channel, respondTo, text, speaker } = heard;
  const answered = await ask(desk, {
    ...heard,
    said: { kind: "text", text: text.trim() === "" ? "help" : text },
  });
  if (!answered) return;
  const message = renderForOne(answered.reply, !isDirect(channel));
  await tellAlone(answered.connection, { channel, respondTo }, speaker.id, message);
  await attachInChat(desk, answered, speaker.id);
}

/** A mention is answered in its thread, and a message to us where it was written. */
export async function answerMessage(desk: Desk, heard: HeardMessage): Promise<void> {
  const { channel, text, speaker, thread, ts, isSharedOutside } = heard;
  const said = { kind: "text", text: text.trim() === "" ? "hi" : text } as const;
  const beneath = isDirect(channel) ? thread : (thread ?? ts);
  const { thread: _, ...asked } = heard;
  const answered = await ask(desk, { ...asked, said, ...(beneath && { thread: beneath }) });
  if (!answered?.connection) return;
  const { connection, reply } = answered;
  const target: Target = { channel, ...(beneath && { thread: beneath }) };
  const isPrivate = !isDirect(channel) && (reply.audience === "asker" || isSharedOutside);
  if (!isPrivate) {
    const message = isDirect(channel) ? renderMessage(reply) : renderForChannel(reply);
    await post(connection, target, message, desk);
    await attach(connection, reply, target, desk);
    return;
  }
  await whisper(connection, target, speaker.id, renderForOne(reply, !isSharedOutside));
  await attachInChat(desk, answered, speaker.id);
}

/** Too much was asked: said once, where it was asked. */
export async function refuseMessage(
  desk: Desk,
  { tenant, channel, speaker, ts, thread }: HeardMessage,
): Promise<void> {
  const connection = await desk.installations.connect(tenant.id);
  if (!connection) return;
  const message = renderMessage(tooManyReply());
  if (isDirect(channel)) return post(connection, { channel, ...(thread && { thread }) }, message, desk);
  await whisper(connection, { channel, thread: thread ?? ts }, speaker.id, message);
}

/** Shows all of a channel what one person has seen. What has become of it since, they are told alone. */
export async function shareAnswer(desk: Desk, question: Question, pressed: PressedMessage): Promise<void> {
  const { tenant, channel, speaker } = question;
  const { respondTo } = pressed;
  const answered = await ask(desk, question);
  if (!answered) return;
  const { connection, reply } = answered;
  const message = renderMessage(reply);
  if (!connection || !mayBeShared(reply)) return tellAlone(connection, pressed, speaker.id, message);
  const readers = await readersOf(connection, desk.shelfOf(tenant.id), channel);
  if (readers !== "own") {
    const why = readers === "outside" ? sharedOutsideReply() : unseenChannelReply();
    return tellAlone(connection, pressed, speaker.id, renderMessage(why));
  }
  if (respondTo && (await isSharedBy(desk, tenant.id, respondTo, channel, message))) {
    await respond(respondTo, { delete_original: true });
  } else if (!(await isPostedIn(desk, connection, channel, message))) {
    return tellAlone(connection, pressed, speaker.id, renderMessage(unseenChannelReply()));
  }
  if (hasFile(reply)) await attach(connection, reply, { channel }, desk);
}

/** By the address of the press, which is good also where we are no member; false: it may be used up. */
async function isSharedBy(
  desk: Desk,
  workspace: WorkspaceId,
  respondTo: string,
  channel: string,
  message: SlackMessage,
): Promise<boolean> {
  try {
    await turnIn(desk, workspace, channel);
    await respond(respondTo, { response_type: "in_channel", replace_original: false, ...message });
    return true;
  } catch (error) {
    if (!(error instanceof SlackFailure)) throw error;
    return false;
  }
}

/** False: the channel is closed to us. */
async function isPostedIn(
  desk: Desk,
  connection: Connection,
  channel: string,
  message: SlackMessage,
): Promise<boolean> {
  try {
    await post(connection, { channel }, message, desk);
    return true;
  } catch (error) {
    if (error instanceof SlackFailure && error.refused.kind === "never") return false;
    throw error;
  }
}

/** Sends the picture of an answer that one person has seen into the chat with them. */
export async function sendPicture(desk: Desk, question: Question, pressed: PressedMessage): Promise<void> {
  const answered = await ask(desk, question);
  if (!answered) return;
  const { connection, reply } = answered;
  if (connection && hasPicture(reply)) await attachIn(desk, connection, reply, question.speaker.id);
  else await tellAlone(connection, pressed, question.speaker.id, renderMessage(reply));
}

/** Files can't be shown to one person of a channel: they come into the chat with them. */
export async function attachInChat(desk: Desk, { connection, reply }: Answered, user: string): Promise<void> {
  if (connection && hasFile(reply)) await attachIn(desk, connection, reply, user);
}

async function attachIn(desk: Desk, connection: Connection, reply: Reply, user: string): Promise<void> {
  await attach(connection, reply, await openChat(connection, user), desk);
}
