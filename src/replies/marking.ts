import { DateTime } from "luxon";
import { type Connector, MILESTONES, type Milestone, type Move } from "../lifecycle/connector.ts";
import { MOVES, STAGE, STAGES } from "../lifecycle/stages.ts";
import { type Impossible, inOrder, possibleMilestones, type Standing } from "../lifecycle/standing.ts";
import type { Reply } from "../reply.ts";
import { remarkBlocks } from "./eta.ts";
import { outlook } from "./outlook.ts";
import {
  about,
  buttons,
  facts,
  listText,
  markButton,
  reply,
  settled,
  sources,
  text,
  undoButton,
} from "./parts.ts";
import { stageLine, stageName } from "./status.ts";
import { dayAndDistance, dayText, distance, momentIn, type View } from "./times.ts";

/** What was recorded, echoed as an absolute time, and what follows from it. */
export function markedReply(
  connector: Connector,
  move: Move,
  current: Standing,
  view: View,
  hasTime: boolean,
): Reply {
  const at = DateTime.fromISO(move.at);
  const {
    headline,
    next,
    byWhen,
    missed,
    reading,
    remarks,
    citations,
    buttons: moves,
  } = outlook(connector, current, view);
  const echoed = move.startsOn ? dayAndDistance(move.startsOn, view) : momentIn(at, view);
  return reply(
    `${connector.name}: ${MOVES[move.milestone].name}, ${echoed}. It ${headline}.`,
    stageLine(current.stage),
    facts(["Stage", stageName(current)], ["Next", next], ["By when", byWhen], ["If missed", missed]),
    hasTime || move.startsOn
      ? undefined
      : settled(
          "you gave a day without a time, so the time of day is assumed; undo and say the time if it matters.",
        ),
    reading ? settled(reading) : undefined,
    ...remarkBlocks(remarks ?? []),
    sources(...citations),
    buttons(...moves, undoButton(connector)),
  );
}

/** A milestone that can't be there. Nothing was recorded. */
export function impossibleReply(
  connector: Connector,
  wanted: Move,
  { move, standing: there }: Impossible,
  current: Standing,
  view: View,
): Reply {
  const at = DateTime.fromISO(move.at);
  const possible = possibleMilestones(there);
  const isWanted = move === wanted;
  const before = inOrder(connector.moves).findLast(({ milestone }) => milestone === wanted.milestone);
  if (before && move.milestone === wanted.milestone) return againReply(connector, before, view);
  const cause = there.expired
    ? `its test link had expired ${there.since ? momentIn(there.since, view) : ""}`
    : `it was at ${STAGE[there.stage].name} then`;
  const now = possibleMilestones(current);
  return reply(
    isWanted
      ? `Not recorded: ${MOVES[move.milestone].name} at ${momentIn(at, view)} can't be, because ${cause}.`
      : `Not recorded: with ${MOVES[wanted.milestone].name} at ${momentIn(DateTime.fromISO(wanted.at), view)}, ${MOVES[move.milestone].name} at ${momentIn(at, view)} could not have followed.`,
    stageLine(current.stage),
    text(
      possible.length > 0
        ? `Possible from ${STAGE[there.stage].name}: ${listText(possible, "or")}.`
        : `Nothing can be marked from ${STAGE[there.stage].name}.`,
      there.expired
        ? " If Go live was confirmed before that, say when: "
        : connector.moves.length === 0
          ? " If it was there before you followed it here, say: "
          : " If the time is wrong, say when it was: ",
      {
        bold:
          connector.moves.length === 0 && MOVES[wanted.milestone].alreadyAt
            ? `mark ${connector.name} ${wanted.milestone} ${dayText(at.toISODate() ?? "").slice(4)} already`
            : `mark ${connector.name} ${wanted.milestone} yesterday 15:00`,
      },
      ".",
    ),
    sources(STAGE[there.stage].citation),
    buttons(
      ...now.slice(0, 3).map((one) => markButton(connector, current.stage, one, MOVES[one].name)),
      about(connector, "status", "Status"),
    ),
  );
}

function againReply(connector: Connector, before: Move, view: View): Reply {
  const at = momentIn(DateTime.fromISO(before.at), view);
  return reply(
    `Not recorded: ${MOVES[before.milestone].name} is there already for ${connector.name}, at ${at}.`,
    text(
      "Was it at another time? Take it back first (",
      { bold: `undo ${connector.name}` },
      "), then mark it again.",
    ),
    buttons(
      undoButton(connector, "Undo the last change"),
      about(connector, "status", "History", { history: "yes" }, "history"),
    ),
  );
}

export function noMilestoneReply(connector: Connector, current: Standing, given: string): Reply {
  const possible = possibleMilestones(current);
  return reply(
    given
      ? `“${given}” is no milestone I know; nothing was recorded for ${connector.name}.`
      : `What happened to ${connector.name}? Nothing was recorded yet.`,
    text(
      `Milestones: ${listText([...MILESTONES], "or")}. `,
      "Type ",
      { bold: `mark ${connector.name} ${possible[0] ?? "submitted"} yesterday 15:00` },
      ".",
    ),
    buttons(...possible.slice(0, 4).map((one) => markButton(connector, current.stage, one, MOVES[one].name))),
  );
}

/** Milestones have happened; what is to come is a what-if. */
export function inFutureReply(
  connector: Connector,
  current: Standing,
  milestone: Move["milestone"],
  at: DateTime,
  view: View,
): Reply {
  const day = at.setZone(view.zone).toISODate() ?? "";
  return reply(
    `Not recorded: ${momentIn(at, view)} is still ahead (${distance(at, view.now)}), and a milestone is marked when it has happened.`,
    text("To see what it would mean, ask ", { bold: `eta ${connector.name} if ${milestone} ${day}` }, "."),
    buttons(
      about(connector, "eta", "What if", { milestone, when: at.toISO() ?? day }, `if ${milestone} ${day}`),
      markButton(connector, current.stage, milestone, "It happened now"),
    ),
  );
}

/** `start` needs a date that Microsoft named, and not one before Go live. */
export function startDateReply(
  connector: Connector,
  problem: "missing" | "before-go-live",
  current: Standing,
): Reply {
  const example = current.rollout?.startsOn ?? "2026-11-06";
  return reply(
    problem === "missing"
      ? `Which start date did Microsoft name for ${connector.name}? Nothing was recorded yet.`
      : `Not recorded: that start is before Go live was confirmed (${current.goLiveAt ? dayText(current.goLiveAt.toISODate() ?? "") : "not yet"}).`,
    text("Type ", { bold: `mark ${connector.name} start ${example}` }, "."),
    buttons(about(connector, "eta", "Wave dates")),
  );
}

/** A button from when the connector stood elsewhere. */
export function staleReply(
  connector: Connector,
  milestone: Milestone,
  from: string,
  current: Standing,
): Reply {
  const there = STAGES.find((stage) => stage === from);
  return reply(
    `Not recorded: that button is from when ${connector.name} was ${there ? `at ${STAGE[there].name}` : "elsewhere"}; it is at ${stageName(current)} now.`,
    text("If it did happen again, say so: ", { bold: `mark ${connector.name} ${milestone}` }, "."),
    buttons(about(connector, "status", "Status")),
  );
}

/** "already" tells where a connector stood before it was followed: only a fresh record can take it. */
export function notFreshReply(connector: Connector, milestone: Move["milestone"]): Reply {
  const possible = MOVES[milestone].alreadyAt !== undefined;
  return reply(
    possible
      ? `Not recorded: “already” is for a connector without milestones, and ${connector.name} has ${connector.moves.length}.`
      : `Not recorded: “already” does not go with ${milestone}; name the stage it had reached, such as all-regions or ga.`,
    text("Leave the word out, or undo first: ", { bold: `undo ${connector.name}` }, "."),
    buttons(about(connector, "status", "History", { history: "yes" }, "history"), undoButton(connector)),
  );
}
