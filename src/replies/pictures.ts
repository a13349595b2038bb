import type { Block, Mark, Timeline } from "../reply.ts";
import { type Calendar, type Day, pacificDay, toDay, toIso } from "../scheduling/calendar.ts";
import type { Ahead } from "../scheduling/forecast.ts";
import { nextWave, type Rollout } from "../scheduling/rollout.ts";
import { listText } from "./parts.ts";
import { dayText, type View } from "./times.ts";

type Row = Timeline["rows"][number];
type Closed = Timeline["closed"][number];
type Wave = Rollout["waves"][number];

/** Regions as short as a picture wants them. */
const REGIONS: Record<Wave["number"], string> = {
  1: "Testing",
  2: "US preview",
  3: "Asia except Japan, India",
  4: "Europe except the UK",
  5: "Brazil, Canada, Japan, India",
  6: "Australia, UK, US",
};

/** Today is shown when it is at most so many days away from what is drawn. */
const NEAR = 21;
/** Over more days than this a single day is too narrow to be seen. */
const DAYS_SEEN = 105;
/** The words beside a picture stay short. */
const MOST_NAMED = 8;

/**
 * The waves of a rollout on their days, and the time for all regions.
 *
 * @param everywhereOn the day on which it was reported to be in all regions (ISO, Pacific), when it is
 */
export function rolloutPicture(rollout: Rollout, view: View, everywhereOn?: string): Block | undefined {
  const today = pacificDay(view.now);
  const next = nextWave(rollout, today);
  const rows = rollout.waves.map(
    (wave): Row => ({
      label: `Wave ${wave.number}: ${REGIONS[wave.number]}`,
      from: wave.on,
      to: wave.on,
      mark: waveMark(wave, next),
    }),
  );
  if (rows.length === 0) return undefined;
  const everywhere: Row = everywhereOn
    ? { label: "All regions: as reported", from: everywhereOn, to: everywhereOn, mark: "done" }
    : { label: "All regions: 3 to 4 weeks", ...rollout.allRegions, mark: next ? "ahead" : "now" };
  const all = [...rows, everywhere];
  const [first, last] = [
    Math.min(...all.map(({ from }) => toDay(from))),
    Math.max(...all.map(({ to }) => toDay(to))),
  ];
  const isNear = today >= first - NEAR && today <= last + NEAR;
  return picture("Rollout, wave by wave", all, isNear, view);
}

/** Reached, the next one or ahead. `next`: none when all waves are out. */
export function waveMark(wave: Wave, next: Wave | undefined): Mark {
  if (wave === next) return "now";
  return next && wave.number > next.number ? "ahead" : "done";
}

/** Every milestone still ahead, from its earliest to its latest day. The waves are one row: over months they lie too close. */
export function forecastPicture(ahead: readonly Ahead[], view: View): Block | undefined {
  if (ahead.length === 0) return undefined;
  const waves = ahead.filter(isWave);
  const rows = ahead.flatMap((one, index): Row[] => {
    const mark: Mark = index === 0 ? "now" : "ahead";
    if (!isWave(one)) return [{ label: labelOf(one), ...daysOf(one, one), mark }];
    return one === waves[0] ? [{ label: wavesLabel(waves), ...daysOf(one, waves.at(-1) ?? one), mark }] : [];
  });
  return picture("Forecast, from the earliest to the latest day", rows, true, view);
}

function isWave({ id }: Ahead): boolean {
  return id.startsWith("wave-");
}

function wavesLabel(waves: readonly Ahead[]): string {
  const [first, ...more] = waves.map(({ id }) => id.slice("wave-".length));
  const last = more.at(-1);
  return last ? `Rollout: waves ${first} to ${last}` : `Rollout: wave ${first}`;
}

function labelOf({ name, because }: Ahead): string {
  switch (because) {
    case "submit-today":
    case "resubmit-today":
      return `${name}: if done today`;
    case "report-overdue":
    case "all-regions-overdue":
    case "ga-month-overdue":
      return `${name}: overdue`;
    case "ga-asked-when-possible":
      return `${name}: if criteria are met`;
    default:
      return name;
  }
}

function daysOf(first: Ahead, last: Ahead): Pick<Row, "from" | "to"> {
  return { from: toIso(pacificDay(first.earliest)), to: toIso(pacificDay(last.latest)) };
}

function picture(heading: string, rows: Row[], showsToday: boolean, view: View): Block {
  const today = pacificDay(view.now);
  const days = rows.flatMap(({ from, to }) => [toDay(from), toDay(to)]).concat(showsToday ? [today] : []);
  const [begin, end] = [Math.min(...days), Math.max(...days)];
  const edge = Math.max(1, Math.round((end - begin) / 50));
  const [from, to] = [begin - edge, end + edge];
  const closed = closedDays(from, to, view);
  const timeline = { heading, from: toIso(from), to: toIso(to), today: toIso(today), closed, rows };
  return { kind: "picture", picture: timeline, alt: altText(timeline) };
}

/** Freezes by their days alone: why is a person's text, which no picture holds. */
function closedDays(from: Day, to: Day, { calendar, settings }: View): Closed[] {
  const freezes = settings.freezes
    .filter((freeze) => toDay(freeze.from) <= to && toDay(freeze.to) >= from)
    .map((freeze): Closed => ({ from: freeze.from, to: freeze.to, sort: "freeze", name: "Freeze" }));
  return to - from < DAYS_SEEN ? [...singleDays(from, to, calendar), ...freezes] : freezes;
}

function singleDays(from: Day, to: Day, calendar: Calendar): Closed[] {
  const spans: Closed[] = [];
  for (let day = from; day <= to; day += 1) {
    const closed = calendar.closedBecause(day);
    if (!closed || closed.kind === "freeze") continue;
    const last = spans.at(-1);
    const isSame = closed.kind === "weekend" && last?.sort === "weekend" && last.to === toIso(day - 1);
    if (isSame) last.to = toIso(day);
    else {
      const name = closed.kind === "holiday" ? closed.name : "Weekend";
      spans.push({ from: toIso(day), to: toIso(day), sort: closed.kind, name });
    }
  }
  return spans;
}

const MARKED: Record<Mark, string> = { done: ", reached", now: ", next", ahead: "" };

/** The picture in words, for who does not see it. */
function altText({ heading, today, rows, closed }: Timeline): string {
  const said = rows.map(({ label, from, to, mark }) => {
    const [name, detail] = label.split(": ");
    return `${name}${detail ? ` (${detail})` : ""} ${daysText(from, to)}${MARKED[mark]}`;
  });
  const named = closed.filter(({ sort }) => sort !== "weekend");
  const shaded = [
    ...(named.length < closed.length ? ["weekends"] : []),
    ...named.slice(0, MOST_NAMED).map(({ sort, name, from, to }) => {
      return `${sort === "holiday" ? name : "a freeze"} (${daysText(from, to)})`;
    }),
    ...(named.length > MOST_NAMED ? [`${named.length - MOST_NAMED} more`] : []),
  ];
  const end = shaded.length > 0 ? ` Shaded, as nothing is deployed then: ${listText(shaded)}.` : "";
  return `${heading}, as of ${dayText(today)}: ${said.join("; ")}.${end}`;
}

function daysText(from: string, to: string): string {
  return from === to ? dayText(from) : `${dayText(from)} to ${dayText(to)}`;
}
