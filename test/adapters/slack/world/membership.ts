import { type Fields, stringOf } from "./json.ts";
import type { Workspace } from "./workspace.ts";

const NEEDS_MEMBERSHIP = new Set([
  ...["chat.postMessage", "chat.postEphemeral", "conversations.history", "conversations.replies"],
  ...["files.completeUploadExternal"],
]);

/** The emulator lets a bot into every public channel; Slack doesn't, without chat:write.public. */
export async function membershipProblem(
  { emulator, reader, bot, channels, app }: Workspace,
  method: string,
  body: Fields,
): Promise<string | undefined> {
  const channel = stringOf(body.channel) || stringOf(body.channel_id);
  if (!NEEDS_MEMBERSHIP.has(method) || !channels.has(channel)) return undefined;
  const { members } = await emulator.must("conversations.members", reader, { channel });
  if (Array.isArray(members) && members.includes(bot.userId)) return undefined;
  const isPrivate = channels.get(channel)?.isPrivate ?? false;
  const mayAnyway = method.startsWith("chat.") && app.scopes.includes("chat:write.public");
  if (mayAnyway && !isPrivate) return undefined;
  return isPrivate ? "channel_not_found" : "not_in_channel";
}
