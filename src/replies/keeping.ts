import { DateTime } from "luxon";
import { CHANGES_KEPT, type Change, type Connector } from "../lifecycle/connector.ts";
import type { Standing } from "../lifecycle/standing.ts";
import type { Reply } from "../reply.ts";
import { UNTRACKED_KEPT_DAYS } from "../scheduling/replan.ts";
import { renameForm, trackForm } from "./forms.ts";
import { outlook } from "./outlook.ts";
import { outlookRows } from "./outlook-blocks.ts";
import { about, buttons, facts, markButton, reply, sentence, text, undoButton, warning } from "./parts.ts";
import { stageLine, stageName } from "./status.ts";
import { distance, type View } from "./times.ts";

/** Following a connector has begun. `twin`: another one whose name differs only in its letters' case. */
export function trackedReply(connector: Connector, current: Standing, view: View, twin?: string): Reply {
  const ahead = outlook(connector, current, view);
  return reply(
    sentence`Now following ${connector.name}, which ${ahead.headline}.`,
    stageLine(current.stage),
    facts(...outlookRows(ahead)),
    text(
      "Further along already? Say what happened last and when, for example ",
      { bold: `mark ${connector.name} all-regions 20 May already` },
      ".",
    ),
    twin ? warning(`You also track “${twin}”: the two names are nearly the same.`) : undefined,
    buttons(
      about(connector, "next", "Next step"),
      markButton(connector, current.stage, "submitted", "Submitted"),
      about(connector, "forecast", "Forecast"),
    ),
  );
}

export function whichToTrackReply(): Reply {
  return reply(
    "Which connector shall I follow?",
    text(
      "Its reminders come to where you say so; type ",
      { bold: "track" },
      " and its name, or fill this in.",
    ),
    trackForm(),
  );
}

export function alreadyTrackedReply(connector: Connector, current: Standing): Reply {
  return reply(
    `${connector.name} is tracked already; it is at ${stageName(current)}.`,
    buttons(about(connector, "status", "Status"), about(connector, "next", "Next step")),
  );
}

export function backAgainReply(connector: Connector, current: Standing): Reply {
  return reply(
    `Tracking ${connector.name} again, with everything it had; it is at ${stageName(current)}.`,
    buttons(
      about(connector, "status", "Status"),
      about(connector, "status", "History", { history: "yes" }, "history"),
    ),
  );
}

export function untrackQuestion(connector: Connector, current: Standing): Reply {
  return reply(
    `Stop tracking ${connector.name}? It is at ${stageName(current)}.`,
    text(
      `Its reminders end. For ${UNTRACKED_KEPT_DAYS} days `,
      { bold: `undo ${connector.name}` },
      " brings it back with its history; then it is deleted.",
    ),
    buttons(
      { ...about(connector, "untrack", "Stop tracking", { confirm: "yes" }, "confirm"), style: "danger" },
      about(connector, "status", "Keep it", { turn: "yes" }),
    ),
  );
}

export function untrackedReply(connector: Connector): Reply {
  return reply(
    `${connector.name} is no longer tracked; its reminders have ended.`,
    text(`It can be brought back for ${UNTRACKED_KEPT_DAYS} days; then it is deleted.`),
    buttons(undoButton(connector)),
  );
}

export function renamedReply(connector: Connector, before: string): Reply {
  return reply(
    `${before} is now called ${connector.name}.`,
    buttons(about(connector, "status", "Status"), undoButton(connector)),
  );
}

export function sameNameReply(connector: Connector): Reply {
  return reply(
    `${connector.name} has that name already; nothing changed.`,
    renameForm(connector, { value: connector.name, problem: "It has that name already." }),
    buttons(about(connector, "status", "Status")),
  );
}

/** `renamed`: the connector that was to be called so. */
export function nameTakenReply(name: string, renamed?: Pick<Connector, "id" | "name">): Reply {
  return reply(
    `Another connector is called ${name} already; nothing changed.`,
    text("Choose a name of its own, or follow that one: ", { bold: `status ${name}` }, "."),
    renamed && renameForm(renamed, { value: name, problem: "Another connector is called so." }),
  );
}

export function undoneReply(connector: Connector, change: Change, current: Standing, view: View): Reply {
  return reply(
    `Undone for ${connector.name}: ${change.what} (${distance(DateTime.fromISO(change.at), view.now)}). It is at ${stageName(current)}.`,
    stageLine(current.stage),
    buttons(
      about(connector, "status", "Status"),
      connector.changes.length > 0 ? undoButton(connector, "Undo one more") : undefined,
    ),
  );
}

export function nothingToUndoReply(connector: Connector): Reply {
  return reply(
    `There is nothing left to undo for ${connector.name}.`,
    text(`The last ${CHANGES_KEPT} changes can be taken back.`),
    buttons(about(connector, "status", "History", { history: "yes" }, "history")),
  );
}

/** The change was made by a process of a later version that runs beside this one. */
export function laterChangeReply(connector: Connector, { what }: Change): Reply {
  return reply(
    `“${what}” can be taken back for ${connector.name} when my new version runs everywhere; nothing was changed.`,
    text("Type ", { bold: `undo ${connector.name}` }, " again in some minutes."),
    buttons(about(connector, "status", "Status")),
  );
}

export function alreadyUndoneReply(connector: Connector): Reply {
  return reply(
    `That was undone, or something else has changed since; nothing was done to ${connector.name} now.`,
    buttons(about(connector, "status", "Status")),
  );
}
