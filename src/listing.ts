import { carryOut } from "./deciding.ts";
import type { Decision } from "./decision.ts";
import type { Connector } from "./lifecycle/connector.ts";
import type { ConnectorName } from "./ports.ts";
import { withMore } from "./replies/parts.ts";
import { damagedNote, noneReadableReply } from "./replies/workspace.ts";
import type { Reply } from "./reply.ts";
import { listAll, listFollowed, type Talk } from "./workspace.ts";

/** What undo can be said of: it can bring back what is not followed any more, but what is followed comes first. */
export async function namesToUndo(talk: Talk): Promise<ConnectorName[]> {
  const { readable, damaged } = await listAll(talk.needs, talk.workspace);
  return [...readable.map((one) => ({ ...one, isUntracked: !!one.untrackedAt })), ...damaged].toSorted(
    (a, b) => Number(a.isUntracked) - Number(b.isUntracked),
  );
}

/** Answers from all that are followed. One that can't be read is named there: nobody must think that they have seen all. */
export async function answerOfAll(
  talk: Talk,
  decide: (followed: readonly Connector[]) => Decision,
): Promise<Reply> {
  const { followed, damaged } = await listFollowed(talk.needs, talk.workspace, talk.view.settings);
  if (damaged.length > 0 && followed.length === 0) return noneReadableReply(damaged);
  return withMore(await carryOut(talk, decide(followed)), damagedNote(damaged));
}
