import type { Event, Told } from "./deeds.ts";
import { moment } from "./life.ts";
import type { Played } from "./play.ts";
import type { Year } from "./story.ts";

/** So many connectors whose year went otherwise are described. */
const MOST_SHOWN = 3;

/** What was told otherwise than it should have been, with everything that happened to the connector; empty: nothing. */
export function differences(seed: number, year: Year, played: Played): string[] {
  const names = new Set([...year.told, ...played.told].map(({ name }) => name));
  const wrong = [...names].filter((name) => first(year.told, played.told, name) !== undefined);
  const byTime = wrong.toSorted(
    (a, b) => (first(year.told, played.told, a) ?? 0) - (first(year.told, played.told, b) ?? 0),
  );
  const shown = byTime.slice(0, MOST_SHOWN).map((name) => story(seed, year, played, name));
  const refused = played.refused.map(({ event, answer }) => `${said(event)}: not taken: ${answer}`);
  const rest = wrong.length > MOST_SHOWN ? [`… and ${wrong.length - MOST_SHOWN} more connectors`] : [];
  return [...refused.slice(0, 2 * MOST_SHOWN), ...shown, ...rest];
}

/** The moment of the first difference. */
function first(wanted: readonly Told[], got: readonly Told[], name: string): number | undefined {
  const [should, did] = [linesOf(wanted, name), linesOf(got, name)];
  const differing = [
    ...should.filter(({ line }) => !did.some((one) => one.line === line)),
    ...did.filter(({ line }) => !should.some((one) => one.line === line)),
    ...(should.length === did.length ? [] : [...did, ...should].slice(-1)),
  ];
  return differing.length === 0 ? undefined : Math.min(...differing.map(({ at }) => at));
}

function linesOf(told: readonly Told[], name: string): { at: number; line: string }[] {
  return told
    .filter((one) => one.name === name)
    .map((one) => ({ at: one.at, line: lineOf(one) }))
    .toSorted((a, b) => a.at - b.at || a.line.localeCompare(b.line));
}

function lineOf({ at, where, topics, late, refused }: Told): string {
  return `${when(at)} ${where} ${topics.join(" + ")}${late ? " late" : ""}${refused ? " refused" : ""}`;
}

function story(seed: number, year: Year, played: Played, name: string): string {
  const at = first(year.told, played.told, name) ?? 0;
  const [should, did] = [linesOf(year.told, name), linesOf(played.told, name)];
  const workspace = [...year.told, ...played.told].find((one) => one.name === name)?.workspace;
  const happened = year.events.filter(
    (event) => event.name === name || (event.name === undefined && event.who.workspace === workspace),
  );
  const lines = [
    ...happened.filter((event) => event.at <= at + DAY).map((event) => ({ at: event.at, line: said(event) })),
    ...should.map((one) => mark(one, did.some(({ line }) => line === one.line) ? "both" : "should")),
    ...did.filter(({ line }) => !should.some((one) => one.line === line)).map((one) => mark(one, "DID")),
    ...year.world.outages
      .filter((one) => one.workspace === workspace)
      .map((one) => ({
        at: one.from,
        line: `${when(one.from)} outage until ${when(one.until)} ${JSON.stringify(one)}`,
      })),
    ...year.world.downtimes.map(({ from, until }) => ({
      at: from,
      line: `${when(from)} down until ${when(until)}`,
    })),
  ];
  const around = lines.filter((one) => one.at > at - 60 * DAY && one.at <= at + DAY);
  const body = around.toSorted((a, b) => a.at - b.at).map(({ line }) => line);
  return [`seed ${seed}: ${name} in ${workspace}, first difference ${when(at)}`, ...body].join("\n  ");
}

const DAY = 86_400_000;

function mark({ at, line }: { at: number; line: string }, how: string): { at: number; line: string } {
  return { at, line: `${line}   <= ${how}` };
}

function said(event: Event): string {
  const { zone, id } = event.who;
  const what = event.name === undefined ? event.rule : event.deed;
  const back = "at" in what && what.at !== undefined ? ` (${when(what.at)})` : "";
  return `${when(event.at)} ${event.where} ${id} (${zone ?? "no zone"}): ${event.name ?? ""} ${JSON.stringify(what)}${back}`;
}

function when(at: number): string {
  return moment(at).toFormat("yyyy-MM-dd ccc HH:mm:ss.SSS");
}
