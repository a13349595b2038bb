import { DateTime } from "luxon";
import type { Connector } from "../lifecycle/connector.ts";
import { MOVES, STAGE, STAGE_LINE, type StageId } from "../lifecycle/stages.ts";
import { inOrder, type Standing } from "../lifecycle/standing.ts";
import type { Block, Mark, Reply, Spans } from "../reply.ts";
import { refusedNote } from "./failed.ts";
import { outlook } from "./outlook.ts";
import { outlookNotes, outlookRows } from "./outlook-blocks.ts";
import { about, buttons, facts, plural, reply, sentence, text, undoButton, warning } from "./parts.ts";
import { silenceText } from "./silence.ts";
import { dayText, distance, moment, type View } from "./times.ts";

/** Where a connector is, what is next, by when, and what if that is missed. */
export function statusReply(connector: Connector, current: Standing, view: View): Reply {
  const ahead = outlook(connector, current, view);
  const silenced = silenceText(connector, view);
  return reply(
    sentence`${connector.name} ${ahead.headline}.`,
    stageLine(current.stage),
    facts(
      ["Stage", stageName(current)],
      ...outlookRows(ahead),
      ["Owner", connector.owner.name],
      silenced && ["Reminders", silenced],
    ),
    refusedNote(connector, view),
    ...outlookNotes(ahead),
    buttons(...ahead.buttons, about(connector, "mark", "Record with a date")),
  );
}

/** Everything that happened, oldest first. */
export function historyReply(connector: Connector, current: Standing, view: View): Reply {
  const moves = inOrder(connector.moves);
  const items = moves.map((move): Spans => {
    const at = DateTime.fromISO(move.at);
    return [
      { bold: MOVES[move.milestone].name },
      ...(move.startsOn ? [` ${dayText(move.startsOn)}`] : []),
      " · ",
      moment(at, view),
      " · ",
      move.by.name,
      ...(move.already ? [" · already so when it was first tracked"] : []),
    ];
  });
  const tracked = DateTime.fromISO(connector.trackedAt);
  return reply(
    `${connector.name}: ${moves.length === 0 ? "nothing has happened yet" : `${plural(moves.length, "milestone")} so far`}; it is at ${STAGE[current.stage].name}.`,
    moves.length > 0 ? { kind: "list", items } : undefined,
    text(
      "Tracked since ",
      moment(tracked, view),
      `, ${distance(tracked, view.now)}, by ${connector.owner.name}.`,
    ),
    current.expired ? warning("The test link expired without Go live.") : undefined,
    buttons(about(connector, "status", "Status"), undoButton(connector, "Undo the last change")),
  );
}

/** "Testing (Partner Center: Preview)", with the tag where it matters. */
export function stageName({ stage, updating, tag }: Standing): string {
  const { name, partnerCenter } = STAGE[stage];
  const update = updating ? `, an update; its tag stays ${tag === "ga" ? "GA" : "preview"}` : "";
  return partnerCenter ? `${name} (Partner Center shows: ${partnerCenter})${update}` : `${name}${update}`;
}

/** Where a stage is among all of them. */
export function stageLine(stage: StageId): Block {
  // Changes requested is a way back: it stands where review does.
  const at = STAGE_LINE.indexOf(stage === "changes-requested" ? "review" : stage);
  const markOf = (index: number): Mark => (index < at ? "done" : index === at ? "now" : "ahead");
  return {
    kind: "progress",
    label: "Stages",
    points: STAGE_LINE.map((id, index) => ({
      name: STAGE[index === at ? stage : id].name,
      mark: markOf(index),
    })),
  };
}
