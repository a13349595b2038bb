import type { Verdict } from "../criteria/readiness.ts";
import type { Connector } from "../lifecycle/connector.ts";
import { isBefore, STAGE } from "../lifecycle/stages.ts";
import type { Standing } from "../lifecycle/standing.ts";
import type { ConnectorName } from "../ports.ts";
import type { Block, Button, Reply, Spans } from "../reply.ts";
import { pacificDay } from "../scheduling/calendar.ts";
import type { Deadline } from "../scheduling/deadline.ts";
import type { Settings } from "../settings.ts";
import { deadlineText } from "./deadline.ts";
import { fileName } from "./file-name.ts";
import {
  about,
  buttons,
  facts,
  listText,
  nameLabel,
  plural,
  privately,
  reply,
  say,
  sentence,
  text,
  warning,
  withMore,
} from "./parts.ts";
import { clip } from "./printable.ts";
import { silenceMark } from "./silence.ts";
import type { View } from "./times.ts";

/** One line of the portfolio. `verdict` is asked for only where the line is shown. */
export interface Entry {
  connector: Connector;
  current: Standing;
  verdict(): Verdict;
  deadline?: Deadline;
}

/** How many connectors a page of the portfolio shows. */
export const PAGE = 10;

/** The portfolio, most urgent first: stage, next deadline, verdict. */
export function listReply(entries: readonly Entry[], page: number, view: View): Reply {
  const pages = Math.max(1, Math.ceil(entries.length / PAGE));
  const shown = entries.slice((page - 1) * PAGE, page * PAGE);
  const [urgent] = entries;
  const [first] = shown;
  if (!urgent) {
    return reply(
      "No connector is tracked here yet.",
      text("Begin with ", { bold: "track Contoso CRM" }, " (your connector's name)."),
      buttons(say("How to track one", "help track", "help", { words: "track" })),
    );
  }
  const left = entries.length - page * PAGE;
  const rows = shown.map(({ connector, current, deadline, verdict }) => [
    sentence`${{ bold: connector.name }}${silenceMark(connector, view)}`,
    [`${STAGE[current.stage].name}${current.updating ? " (update)" : ""}`],
    current.expired ? ["resubmit"] : deadline ? deadlineText(deadline, view) : ["none"],
    [gaText(current, verdict)],
  ]);
  const columns = ["Connector", "Stage", "Next date", "GA"];
  // Long before GA there is nothing to tell of it.
  const count = rows.every(([, , , ga]) => ga?.[0] === NO_GA) ? 3 : 4;
  return reply(
    sentence`${plural(entries.length, "connector")}; ${urgencyText(urgent, view)}.`,
    {
      kind: "table",
      columns: columns.slice(0, count),
      rows: rows.map((cells) => ({ cells: cells.slice(0, count) })),
    },
    left > 0 ? text(`… and ${left} more (page ${page} of ${pages}).`) : undefined,
    buttons(
      first && about(first.connector, "status", `Status of ${nameLabel(first.connector)}`),
      page > 1 ? turnTo("Before", page - 1) : undefined,
      left > 0 ? turnTo("More", page + 1) : undefined,
      turnTo("Refresh", page),
    ),
  );
}

/** Pressed, it turns the list where it stands. */
function turnTo(label: string, page: number): Button {
  return say(label, `list ${page}`, "list", { page: String(page), turn: "yes" });
}

export function urgencyText({ connector, current, deadline }: Entry, view: View): Spans {
  if (current.expired) return sentence`most urgent: ${connector.name}, whose test link expired: resubmit it`;
  if (!deadline) return ["nothing is due"];
  if (deadline.isDue) return sentence`most urgent: ${connector.name}, ${deadlineText(deadline, view)}`;
  const isOver = deadline.dayOnly ? pacificDay(deadline.at) < pacificDay(view.now) : deadline.at < view.now;
  const next = isOver ? "overdue" : "next";
  return sentence`nothing is due from you; ${next}, ${connector.name}: ${deadlineText(deadline, view)}`;
}

const NO_GA = "–";

/** How it stands with the criteria, once there is something to ask for. */
export function gaText({ tag, stage }: Standing, verdict: () => Verdict): string {
  if (tag === "ga") return "has the tag";
  return isBefore(stage, "public-preview") ? NO_GA : SHORT[verdict()];
}

const SHORT: Record<Verdict, string> = {
  ready: "ready",
  eligible: "eligible",
  "ask-microsoft": "ask Microsoft",
  "not-yet": "not yet ready",
  unknown: "figures missing",
};

export function noSuchPageReply(given: string, pages: number): Reply {
  return reply(
    `“${clip(given, 60)}” is no page of the list; there ${pages === 1 ? "is 1 page" : `are ${pages} pages`}.`,
    buttons(say("First page", "list", "list")),
  );
}

/** Everything kept for the workspace, as a file. Private: it names people. `damaged`: what can't be read. */
export function exportAllReply(
  connectors: readonly Connector[],
  damaged: readonly ConnectorName[],
  settings: Settings,
  view: View,
): Reply {
  const back = say("List", "list", "list");
  const whole = damaged.length === 0 ? "Everything kept for" : "What can be read of";
  const title = `${whole} this workspace is in this file, as JSON.`;
  const copy = copyReply(title, "workspace", { settings, connectors }, connectors, back, view);
  return withMore(copy, damagedNote(damaged));
}

/** The same for one connector. */
export function exportReply(connector: Connector, view: View): Reply {
  const { name } = connector;
  const title = `Everything kept for ${name} is in this file, as JSON.`;
  return copyReply(title, name, connector, [connector], about(connector, "status", "Status"), view);
}

function copyReply(
  title: string,
  name: string,
  json: object,
  connectors: readonly Connector[],
  back: Button,
  view: View,
): Reply {
  const day = view.now.setZone(view.zone).toISODate();
  const milestones = connectors.reduce((sum, { moves }) => sum + moves.length, 0);
  const changes = connectors.reduce((sum, one) => sum + one.changes.length, 0);
  return privately(
    title,
    { kind: "file", label: "JSON file", file: { name: fileName(`${name} ${day}`, ".json"), json } },
    facts(
      ["Connectors", `${connectors.length}`],
      ["Milestones", `${milestones}`],
      ["Changes", `${changes} that can be undone`],
    ),
    text("It holds names and ids of your colleagues: keep it as you keep such data."),
    buttons(back),
  );
}

/** What an answer from all connectors lacks; undefined: nothing. */
export function damagedNote(damaged: readonly ConnectorName[]): Block | undefined {
  if (damaged.length === 0) return undefined;
  const what =
    damaged.length === 1
      ? "1 connector can't be read and is"
      : `${damaged.length} connectors can't be read and are`;
  return warning(`${what} missing here: ${namesText(damaged)}. ${WHOM_TO_TELL}`);
}

/** In the place of any answer from all connectors. */
export function noneReadableReply(damaged: readonly ConnectorName[]): Reply {
  const what =
    damaged.length === 1
      ? "The only connector can't be read"
      : `None of the ${damaged.length} connectors can be read`;
  return reply(`${what}: ${namesText(damaged)}.`, text(WHOM_TO_TELL));
}

const WHOM_TO_TELL =
  "Tell whoever runs me: the record is damaged, and what to do stands in docs/operating.md under “A damaged record”.";
const DAMAGED_SHOWN = 5;

function namesText(named: readonly ConnectorName[]): string {
  const sorted = named.map(({ name }) => name).toSorted((a, b) => a.localeCompare(b, "en"));
  const names = sorted.slice(0, DAMAGED_SHOWN);
  const more = sorted.length - names.length;
  return listText(more > 0 ? [...names, `${more} more`] : names);
}

/** Why the question is asked again: the number of connectors is another, or it was asked long ago. */
export type ForgetOutdated = "count" | "late";

const FORGET_OUTDATED: Record<ForgetOutdated, string> = {
  count: "the number of connectors has changed meanwhile",
  late: "the question was more than an hour old",
};

/** Its button holds for as many connectors, and for an hour. `at`: the ISO instant of the question. */
export function forgetQuestion(count: number, at: string, outdated?: ForgetOutdated): Reply {
  return privately(
    `${outdated ? `Nothing was deleted, because ${FORGET_OUTDATED[outdated]}. ` : ""}Delete everything kept for this workspace: ${plural(count, "connector")} and the settings? This can't be undone.`,
    text(
      "To stop tracking one connector only: ",
      { bold: "untrack" },
      " and its name. A copy first: ",
      { bold: "export" },
      ".",
    ),
    buttons(
      {
        ...say("Delete everything", "forget everything", "forget", {
          words: "everything",
          count: String(count),
          asked: at,
        }),
        style: "danger",
      },
      say("Keep it", "list", "list", { turn: "yes" }),
    ),
  );
}

export function forgottenReply(count: number): Reply {
  return privately(
    `Deleted: ${plural(count, "connector")} and the settings. Nothing is kept for this workspace any more.`,
    buttons(say("Start anew", "hi", "hello")),
  );
}
