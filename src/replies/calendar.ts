import type { Connector } from "../lifecycle/connector.ts";
import { isBefore, STAGE } from "../lifecycle/stages.ts";
import { liveSinceOf, type Standing } from "../lifecycle/standing.ts";
import type { Block, CalendarFile, Mark, Reply, Spans } from "../reply.ts";
import type { AgendaEntry, When } from "../scheduling/agenda.ts";
import { pacificDay, toDay } from "../scheduling/calendar.ts";
import { detailsOf, saysOf, titleOf } from "./calendar-entries.ts";
import { fileName } from "./file-name.ts";
import { outlook } from "./outlook.ts";
import { outlookRows } from "./outlook-blocks.ts";
import { about, buttons, capital, facts, plural, reply, sentence, settled, sources, text } from "./parts.ts";
import { remarkBlocks } from "./remarks.ts";
import { stageName } from "./status.ts";
import { daysAway, dayText, distance, moment, shortDay, type View } from "./times.ts";

const GET_IT_AGAIN =
  "After a change, get it again: a program that keeps to the standard moves these entries and adds none twice.";

/** The dates of a connector as a calendar file, and what is in it. */
export function calendarReply(
  connector: Connector,
  current: Standing,
  agenda: readonly AgendaEntry[],
  view: View,
): Reply {
  const dates = agenda.filter(({ isSettled }) => !isSettled);
  if (agenda.length === 0) return noDatesReply(connector, current, view);
  const stands = outlook(connector, current, view);
  const says = dates.map(({ matter }) => saysOf(matter, view));
  const readings = new Set(says.flatMap(({ reading }) => reading ?? []));
  const hasWaves = current.rollout !== undefined || isBefore(current.stage, "deploying");
  return reply(
    headlineOf(connector, current, dates, view),
    { kind: "file", label: "Calendar file", file: calendarFile(connector, current, agenda, view) },
    facts(["Stage", stageName(current)], ...outlookRows(stands)),
    dates.length > 0 ? agendaTable(dates, current, view) : undefined,
    text(`${GET_IT_AGAIN}${settledText(agenda, current)}`),
    ...[...readings].map((reading) => settled(reading)),
    ...remarkBlocks(stands.remarks ?? []),
    sources(STAGE[current.stage].citation, ...says.map(({ citation }) => citation)),
    buttons(
      about(connector, "status", "Status"),
      hasWaves ? about(connector, "eta", "Wave dates") : undefined,
    ),
  );
}

function headlineOf(
  { name }: Connector,
  current: Standing,
  dates: readonly AgendaEntry[],
  view: View,
): Spans {
  const next = dates.find(({ isPast }) => !isPast);
  const shown = next ?? dates.at(-1);
  if (!shown)
    return [`${name}: no date is ahead; the file sets right what an earlier one told your calendar.`];
  const place = sentence`${whenSpans(shown.when, view)}, ${distanceText(shown.when, view)}: ${titleOf(shown, current)}.`;
  return next
    ? sentence`${name}: ${plural(dates.length, "date")} for your calendar; the next, ${place}`
    : sentence`${name}: no date for your calendar is ahead; the last, ${place}`;
}

/** What an earlier file may have put into a calendar for a day still ahead. */
function settledText(agenda: readonly AgendaEntry[], current: Standing): string {
  const titles = agenda.flatMap((entry) => (entry.isSettled ? [titleOf(entry, current)] : []));
  return titles.length === 0 ? "" : ` What an earlier file held is set right: ${titles.join("; ")}.`;
}

function noDatesReply(connector: Connector, current: Standing, view: View): Reply {
  const stands = outlook(connector, current, view);
  const isDone = current.stage === "ga";
  return reply(
    `${connector.name} has no date to put into a calendar${isDone ? "" : " yet"}: it is at ${STAGE[current.stage].name}.`,
    text(bringsDates(connector, current)),
    facts(["Stage", stageName(current)], ...outlookRows(stands)),
    sources(STAGE[current.stage].citation),
    buttons(
      ...stands.buttons.slice(0, 2),
      isDone ? undefined : about(connector, "forecast", "Forecast"),
      about(connector, "status", "Status"),
    ),
  );
}

/** What it takes until there is a date; what only the forecast knows is none. */
function bringsDates(connector: Connector, current: Standing): string {
  const { stage } = current;
  if (isBefore(stage, "testing"))
    return "Mark it submitted, and the file holds when the report is due; a SAS URI brings its expiry. The forecast's dates hang on steps not taken yet, so they stay out of calendars.";
  if (stage === "ga") return "Its dates are over. Those of a new version begin with its submission.";
  return liveSinceOf(connector, current)
    ? "The e-mail that asks Microsoft for GA brings the date on which GA is expected."
    : "The day on which it became Live (live-since, in the evidence) brings the end of six months in preview; the e-mail that asks Microsoft for GA brings the date on which GA is expected.";
}

function agendaTable(dates: readonly AgendaEntry[], current: Standing, view: View): Block {
  const next = dates.find(({ isPast }) => !isPast);
  const markOf = (entry: AgendaEntry): Mark =>
    entry === next || isOverdue(entry) ? "now" : entry.isPast ? "done" : "ahead";
  return {
    kind: "table",
    columns: ["Date", "When", "From now"],
    rows: dates.map((entry) => ({
      mark: markOf(entry),
      cells: [
        [capital(titleOf(entry, current))],
        whenSpans(entry.when, view),
        [`${distanceText(entry.when, view)}${isOverdue(entry) ? ", overdue" : ""}`],
      ],
    })),
  };
}

/** Microsoft's time is over, and nobody marked what it brings. A wave is taken to come on its day. */
function isOverdue({ isPast, isSettled, matter }: AgendaEntry): boolean {
  return isPast && !isSettled && matter.kind !== "wave";
}

function calendarFile(
  connector: Connector,
  current: Standing,
  agenda: readonly AgendaEntry[],
  view: View,
): CalendarFile {
  return {
    name: fileName(connector.name, ".ics"),
    calendar: `${connector.name} (Connector Shepherd)`,
    madeAt: view.now,
    events: agenda.map((entry) => ({
      id: `${connector.id}-${entry.id}`,
      title: `${connector.name}: ${titleOf(entry, current)}`,
      details: detailsOf(entry, view),
      when: entry.when,
    })),
  };
}

function whenSpans(when: When, view: View): Spans {
  if ("at" in when) return [moment(when.at, view)];
  return [when.from === when.to ? dayText(when.from) : `${shortDay(when.from)} to ${dayText(when.to)}`];
}

function distanceText(when: When, view: View): string {
  if ("at" in when) return distance(when.at, view.now);
  const today = pacificDay(view.now);
  return toDay(when.from) < today && today <= toDay(when.to) ? "now" : daysAway(when.from, view);
}
