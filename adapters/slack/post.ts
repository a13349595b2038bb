import type { MessageMetadata } from "@slack/types";
import {
  type Block,
  type Log,
  type Reply,
  type ReplyFile,
  type Timeline,
  uploadFailedReply,
  type WorkspaceId,
  type WrittenFile,
} from "../../src/index.ts";
import type { Pace } from "../pace.ts";
import {
  call,
  callPatiently,
  failureLater,
  isWorthWaiting,
  noteFailure,
  rateLimitOf,
  SlackFailure,
} from "./calls.ts";
import type { Connection } from "./installations.ts";
import { channelLane } from "./pace.ts";
import type { PressedMessage } from "./read.ts";
import { renderMessage, type SlackMessage } from "./render.ts";

/** Where a message is put. */
export interface Target {
  channel: string;
  thread?: string;
}

/** How a reply is made something that Slack can hold. */
interface Write {
  png(picture: Timeline): Buffer;
  file(file: ReplyFile): WrittenFile;
}

export interface PostNeeds {
  pace: Pace;
  write: Write;
  log: Log;
}

/** Nothing that a person wrote becomes a link, a mention or a preview. */
const PLAIN = { unfurl_links: false, unfurl_media: false, link_names: false } as const;
/** An answer that would come later is of no use. */
const MOST_WAIT_MS = 600_000;
const RESPOND_MS = 10_000;
/** Trouble of Slack's own is given this long to pass, once. */
const RESPOND_AGAIN_MS = 500;

/** Puts an answer where everyone there reads it: whoever asked waits for a rate limit to pass, once. Rejects with `SlackFailure`. */
export async function post(
  connection: Connection,
  target: Target,
  message: SlackMessage,
  needs: Pick<PostNeeds, "pace">,
): Promise<void> {
  const { workspace } = connection;
  const { channel, thread } = target;
  const sayInTurn = async () => {
    await turnIn(needs, workspace, channel);
    await say(connection, needs, { channel, ...message, ...(thread && { thread_ts: thread }) });
  };
  try {
    await sayInTurn();
  } catch (error) {
    if (!isWorthWaiting(error)) throw error;
    await sayInTurn();
  }
}

/** What is said, and where. */
type Said = { channel: string; thread_ts?: string; metadata?: MessageMetadata } & SlackMessage;

/** Puts a message where everyone there reads it, now. What Slack has no room for holds the channel. Rejects with `SlackFailure`. */
export async function say(
  { workspace, client }: Connection,
  { pace }: Pick<PostNeeds, "pace">,
  said: Said,
): Promise<void> {
  try {
    await call(() => client.chat.postMessage({ ...said, ...PLAIN }));
  } catch (error) {
    const wait = rateLimitOf(error);
    if (wait !== undefined) await pace.hold(channelLane(workspace, said.channel), wait);
    throw error;
  }
}

/** Waits until the channel takes one more answer. Rejects with `SlackFailure` when that is too long. */
export async function turnIn(
  { pace }: Pick<PostNeeds, "pace">,
  workspace: WorkspaceId,
  channel: string,
): Promise<void> {
  const turn = await pace.turn([channelLane(workspace, channel)], MOST_WAIT_MS);
  if (!turn.hasCome) throw failureLater("paced", undefined, turn.wait);
}

/** Puts a message where only one person reads it. Rejects with `SlackFailure`. */
export async function whisper(
  { client }: Connection,
  { channel, thread }: Target,
  user: string,
  message: SlackMessage,
) {
  await callPatiently(() =>
    client.chat.postEphemeral({
      channel,
      user,
      ...message,
      link_names: false,
      ...(thread && { thread_ts: thread }),
    }),
  );
}

/** Replaces a message of ours. Rejects with `SlackFailure`. */
export async function redraw(
  connection: Connection,
  pressed: PressedMessage,
  message: SlackMessage,
): Promise<void> {
  const { channel, ts, isEphemeral, respondTo } = pressed;
  if (isEphemeral && respondTo) return respond(respondTo, { ...message, replace_original: true });
  try {
    await callPatiently(() => connection.client.chat.update({ channel, ts, ...message, link_names: false }));
  } catch (error) {
    // What was shared into a channel that we are not in can only be reached by the address of the press.
    if (!(error instanceof SlackFailure) || error.refused.kind === "later" || !respondTo) throw error;
    await respond(respondTo, { ...message, replace_original: true });
  }
}

/** What an address for answers takes. */
interface Response extends Partial<SlackMessage> {
  response_type?: "ephemeral" | "in_channel";
  replace_original?: boolean;
  delete_original?: true;
}

/**
 * Answers a command or a press by the address that came with it: for half an hour, and five times. Trouble of Slack's own is
 * given a moment to pass, once. Rejects with `SlackFailure`.
 */
export async function respond(address: string, response: Response): Promise<void> {
  try {
    await respondOnce(address, response);
  } catch (error) {
    if (!(error instanceof SlackFailure) || error.refused.kind === "never") throw error;
    await new Promise((passed) => setTimeout(passed, RESPOND_AGAIN_MS));
    await respondOnce(address, response);
  }
}

async function respondOnce(address: string, response: Response): Promise<void> {
  const answer = await fetch(address, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(response),
    redirect: "error",
    signal: AbortSignal.timeout(RESPOND_MS),
  }).catch((cause: unknown) => {
    throw failureLater("unreachable", cause);
  });
  // Read to its end, so that the connection can be used again.
  await answer.text();
  if (answer.ok) return;
  const code = `response_url_${answer.status}`;
  throw answer.status >= 500 ? failureLater(code) : new SlackFailure({ kind: "never", why: code }, code);
}

/** The files and pictures of a reply, as people open them, below where it stands. Says so where that fails. */
export async function attach(
  connection: Connection,
  reply: Reply,
  target: Target,
  needs: PostNeeds,
): Promise<void> {
  const { write, log } = needs;
  const uploads = reply.blocks.flatMap((block) => uploadOf(block, write));
  if (uploads.length === 0) return;
  const { channel, thread } = target;
  try {
    await turnIn(needs, connection.workspace, channel);
    const place = { channel_id: channel, ...(thread && { thread_ts: thread }) };
    await callPatiently(() =>
      connection.client.filesUploadV2({
        file_uploads: uploads,
        ...(place as { channel_id: string; thread_ts: string }),
      }),
    );
  } catch (error) {
    noteFailure(log, "a file could not be sent", error);
    await post(connection, target, renderMessage(uploadFailedReply()), needs);
  }
}

interface Upload {
  filename: string;
  title: string;
  file: Buffer;
  alt_text?: string;
}

function uploadOf(block: Block, write: Write): Upload[] {
  switch (block.kind) {
    case "file": {
      const { name, text } = write.file(block.file);
      return [{ filename: name, title: name, file: Buffer.from(text) }];
    }
    case "picture": {
      const { picture, alt } = block;
      return [{ filename: "timeline.png", title: picture.heading, alt_text: alt, file: write.png(picture) }];
    }
    default:
      return [];
  }
}

/** The chat with a person. Rejects with `SlackFailure`. */
export async function openChat({ client }: Connection, user: string): Promise<Target> {
  const { channel } = await call(() => client.conversations.open({ users: user }));
  if (!channel?.id) throw new SlackFailure({ kind: "never", why: "no chat" }, "no_channel");
  return { channel: channel.id };
}
