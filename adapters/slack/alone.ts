import { SlackFailure } from "./calls.ts";
import type { Connection } from "./installations.ts";
import { respond, type Target, whisper } from "./post.ts";
import type { SlackMessage } from "./render.ts";

/** Where someone did something. `respondTo`: the address that came with it. */
interface Origin extends Target {
  respondTo?: string;
}

/**
 * Tells one person something that nobody else sees. Rejects with `SlackFailure`.
 *
 * @param isInPlace of the message in which they pressed, which only they see
 */
export async function tellAlone(
  connection: Connection | undefined,
  { channel, thread, respondTo }: Origin,
  user: string,
  message: SlackMessage,
  isInPlace = false,
): Promise<void> {
  try {
    if (respondTo) {
      const answer = { response_type: "ephemeral", replace_original: isInPlace, ...message } as const;
      return await respond(respondTo, answer);
    }
  } catch (error) {
    // The address may be used up.
    if (!connection || !(error instanceof SlackFailure)) throw error;
  }
  if (connection) await whisper(connection, { channel, ...(thread && { thread }) }, user, message);
}
