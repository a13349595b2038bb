import { DateTime } from "luxon";
import type { Connector } from "../lifecycle/connector.ts";
import { MOVES, STAGE, type StageId } from "../lifecycle/stages.ts";
import { inOrder, type Standing, standingOf } from "../lifecycle/standing.ts";
import type { Block, Reply, Spans } from "../reply.ts";
import { pacificDay, pacificTime, toDay } from "../scheduling/calendar.ts";
import { byUrgency, type Deadline, nextDeadline } from "../scheduling/deadline.ts";
import { deadlineText } from "./deadline.ts";
import { type Outlook, outlook } from "./outlook.ts";
import {
  about,
  buttons,
  listSpans,
  nameLabel,
  plural,
  reply,
  say,
  sentence,
  settled,
  sources,
  text,
} from "./parts.ts";
import { lateText } from "./reminder.ts";
import { silenceText } from "./silence.ts";
import { moment, type View } from "./times.ts";

const DAYS = 7;
/** Lines of each list, so that the whole stays within a screen. */
const SHOWN = 5;

/** A connector with what a week's look at it needs. */
interface Line {
  connector: Connector;
  current: Standing;
  deadline?: Deadline;
  isOverdue: boolean;
}

/**
 * A workspace's week until `view.now`: what moved, what is due in the next seven days or overdue, who owes what.
 *
 * @param connectors those that are followed (`listFollowed`)
 * @param lateBy how many milliseconds after its time it is sent
 */
export function digestReply(connectors: readonly Connector[], view: View, lateBy = 0): Reply {
  const lines = connectors.map((connector) => lineOf(connector, view)).toSorted(byUrgency);
  const [first] = lines;
  const track = say("How to track one", "help track", "help", { words: "track" });
  if (!first) return reply("No connector is tracked here yet.", buttons(track));

  const moved = lines.flatMap((line) => movedItem(line, view));
  const due = lines.filter((line) => isDueSoon(line, view));
  const owing = inOwnersOrder(lines.filter(({ current }) => !WAITING.has(current.stage)));
  const late = lateText(lateBy);
  const isQuiet = moved.length === 0 && due.length === 0;
  const outlooks = due.slice(0, SHOWN).map(({ connector, current }) => outlook(connector, current, view));
  return reply(
    isQuiet
      ? `A quiet week: nothing moved for ${plural(lines.length, "connector")}, and nothing is due in the next ${DAYS} days${late}.`
      : sentence`The week: ${moved.length === 0 ? "nothing" : plural(moved.length, "connector")} moved; ${dueText(due, view)}${late}.`,
    list("What moved", moved, (item) => item),
    list(`Due in the next ${DAYS} days, or overdue`, due, (line) => dueItem(line, view)),
    list("Who owes what", owing, (line) => owingItem(line, view)),
    silencedText(lines, view),
    ...readingsOf(outlooks),
    outlooks.length > 0 ? sources(...outlooks.flatMap(({ citations }) => citations)) : undefined,
    view.settings.digest
      ? undefined
      : text("To have this here every week, type ", { bold: "settings digest monday 9:00" }, "."),
    buttons(
      say("All connectors", "list", "list"),
      isQuiet ? undefined : about(first.connector, "status", `Status of ${nameLabel(first.connector)}`),
    ),
  );
}

/** Microsoft's turn, or nobody's. */
const WAITING: ReadonlySet<StageId> = new Set(["review", "ga-requested", "ga"]);

function lineOf(connector: Connector, view: View): Line {
  const current = standingOf(connector, view.calendar, view.now);
  const deadline = nextDeadline(connector, current, view.now);
  const isOverdue = current.expired || (deadline !== undefined && isOver(deadline, view));
  return { connector, current, isOverdue, ...(deadline && { deadline }) };
}

function isOver({ dayOnly, at }: Deadline, view: View): boolean {
  return dayOnly ? pacificDay(at) < pacificDay(view.now) : at < view.now;
}

/** "Contoso CRM: Submitted, Report passed, 3 steps done; now Testing"; nothing where nothing moved. */
function movedItem({ connector, current }: Line, view: View): Spans[] {
  const isOfWeek = (at: DateTime) => at > view.now.minus({ days: DAYS }) && at <= view.now;
  const wasNoted = (iso: string) => isOfWeek(DateTime.fromISO(iso));
  // What was ticked with the first words about it was done before.
  const steps = Object.values(connector.steps).filter(({ at }) => at !== connector.trackedAt && wasNoted(at));
  const happened = [
    ...(wasNoted(connector.trackedAt) ? ["tracked since this week"] : []),
    ...inOrder(connector.moves)
      .filter(({ recordedAt }) => wasNoted(recordedAt))
      .map(({ milestone }) => MOVES[milestone].name),
    ...byItself(current).flatMap(({ what, at }) => (isOfWeek(at) ? [what] : [])),
    ...(steps.length > 0 ? [`${plural(steps.length, "step")} done`] : []),
  ];
  if (happened.length === 0) return [];
  return [sentence`${{ bold: connector.name }}: ${happened.join(", ")}; now ${STAGE[current.stage].name}`];
}

/** The stages that began without anybody's word. */
function byItself({ expired, window, rollout, stage }: Standing): { what: string; at: DateTime }[] {
  return [
    ...(expired && window ? [{ what: "the test link expired", at: window.expiresAt }] : []),
    ...(rollout && stage !== "publishing"
      ? [{ what: "the rollout began", at: pacificTime(toDay(rollout.startsOn)) }]
      : []),
  ];
}

function isDueSoon({ deadline, isOverdue }: Line, view: View): boolean {
  return isOverdue || (deadline !== undefined && deadline.at <= view.now.plus({ days: DAYS }));
}

function dueText([first, ...others]: readonly Line[], view: View): Spans {
  if (!first) return [`nothing is due in the next ${DAYS} days`];
  const { connector, current, deadline, isOverdue } = first;
  const isYours = current.expired || deadline?.isDue;
  const lead = isYours ? "most urgent" : isOverdue ? "overdue" : "next";
  const more = others.length > 0 ? ` (and ${others.length} more)` : "";
  return sentence`${lead}: ${connector.name}, ${whatIsDue(first, view)}${more}`;
}

function dueItem(line: Line, view: View): Spans {
  const overdue = line.isOverdue && !line.current.expired ? "overdue: " : "";
  return sentence`${{ bold: line.connector.name }}: ${overdue}${whatIsDue(line, view)}`;
}

function whatIsDue({ current, deadline }: Line, view: View): Spans {
  const { expired, window } = current;
  if (expired && window)
    return sentence`its test link expired ${moment(window.expiresAt, view)}: resubmit it`;
  return deadline ? deadlineText(deadline, view) : ["resubmit it"];
}

/** Everyone's together; first whoever owes the most urgent. */
function inOwnersOrder(lines: readonly Line[]): Line[] {
  return [...Map.groupBy(lines, ({ connector }) => connector.owner.id).values()].flat();
}

function owingItem({ connector, current, deadline }: Line, view: View): Spans {
  const { next } = outlook(connector, current, view);
  const byWhen = deadline?.isDue ? sentence` (${deadlineText(deadline, view)})` : [];
  return sentence`${connector.owner.name} · ${{ bold: connector.name }}${byWhen}: ${next}`;
}

/** Whose reminders nobody gets just now. */
function silencedText(lines: readonly Line[], view: View): Block | undefined {
  const all = lines.flatMap(({ connector }): Spans[] => {
    const silenced = silenceText(connector, view);
    return silenced ? [sentence`${connector.name} (${silenced})`] : [];
  });
  if (all.length === 0) return undefined;
  const more: Spans[] = all.length > SHOWN ? [[`${all.length - SHOWN} more`]] : [];
  return text("No reminders come of ", ...listSpans([...all.slice(0, SHOWN), ...more]), ".");
}

function list<One>(heading: string, all: readonly One[], itemOf: (one: One) => Spans): Block | undefined {
  if (all.length === 0) return undefined;
  const more: Spans[] = all.length > SHOWN ? [[`… and ${all.length - SHOWN} more`]] : [];
  return { kind: "list", heading, items: [...all.slice(0, SHOWN).map(itemOf), ...more] };
}

/** Each reading that the dates rest on, once. */
function readingsOf(outlooks: readonly Outlook[]): Block[] {
  const readings = new Set(outlooks.flatMap(({ reading }) => (reading ? [reading] : [])));
  return [...readings].map((reading) => settled(reading));
}
