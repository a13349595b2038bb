import { type Chance, chanceOf } from "./chance.ts";
import type { Deed, Event, Person, Told, World } from "./deeds.ts";
import type { Ledger } from "./ledger.ts";
import { type Known, type Life, lifeOf, moment } from "./life.ts";
import { mattersOf } from "./matters.ts";
import { createOracle, type Oracle } from "./oracle.ts";
import { ruleOf } from "./rules.ts";
import {
  awakeAt,
  type Company,
  company,
  DAY,
  FROM,
  HOUR,
  LENGTH,
  MINUTE,
  makeWorld,
  PER_WORKSPACE,
  SECOND,
  somebody,
} from "./world.ts";

/** A year in the lives of some connectors, and what should have been told in it. */
export interface Year {
  from: number;
  until: number;
  events: readonly Event[];
  world: World;
  told: readonly Told[];
}

interface Subject {
  name: string;
  company: Company;
  next: number;
}

/** Makes up a year. */
export function makeYear(seed: number, connectors: number): Year {
  const chance = chanceOf(seed);
  const count = Math.ceil(connectors / PER_WORKSPACE);
  const companies = Array.from({ length: count }, (_, index) => company(chance, index + 1));
  const until = FROM + LENGTH;
  const world = makeWorld(chance, companies);
  const oracle = createOracle(world);
  const events: Event[] = [];
  const happen = (event: Event) => {
    oracle.happen(event);
    events.push(event);
  };
  const subjects = Array.from({ length: connectors }, (_, index): Subject => {
    const name = `Contoso ${String(index + 1).padStart(4, "0")}`;
    const next = FROM + HOUR + chance.between(0, chance.likely(0.6) ? 20 * DAY : 300 * DAY);
    return { name, company: chance.pick(companies), next };
  });
  const rules = companies.map((one) => ({ company: one, next: FROM + chance.between(HOUR, 20 * DAY) }));
  for (;;) {
    const [subject] = subjects.toSorted((a, b) => a.next - b.next);
    const [rule] = rules.toSorted((a, b) => a.next - b.next);
    if (!subject || !rule) break;
    const isRule = rule.next < subject.next;
    const at = awakeAt(world, isRule ? rule.next : subject.next);
    if (at > until) break;
    oracle.pass(at);
    if (isRule) {
      const wanted = ruleOf(chance, oracle.houseOf(rule.company.workspace), at);
      happen({ at, ...somebody(chance, rule.company), rule: wanted });
      rule.next = at + chance.between(2 * DAY, 40 * DAY);
    } else {
      const event = doing(chance, oracle, subject, at);
      if (event) happen(event);
      subject.next = at + pauseOf(chance, oracle, subject, at);
    }
  }
  oracle.pass(until);
  return { from: FROM, until, events, world, told: oracle.told };
}

function pauseOf(chance: Chance, oracle: Oracle, { name, company }: Subject, at: number): number {
  const ledger = oracle.ledgerOf(company.workspace, name);
  if (!ledger) return 400 * DAY;
  if (chance.likely(0.1)) return chance.between(SECOND, HOUR);
  const { stage } = lifeOf(ledger.state, oracle.houseOf(company.workspace).freezes, at);
  const days = { draft: 6, review: 2, changes: 3, testing: 1.2, publishing: 3, deploying: 9 };
  const usual = stage in days ? days[stage as keyof typeof days] : 35;
  return chance.between(0.1, 4) * usual * DAY;
}

function doing(chance: Chance, oracle: Oracle, subject: Subject, at: number): Event | undefined {
  const { name, company } = subject;
  const ledger = oracle.ledgerOf(company.workspace, name);
  const said = { at, ...somebody(chance, company) };
  if (!ledger) return { ...said, name, deed: { do: "track" } };
  if (ledger.state.untrackedAt !== undefined) {
    return chance.likely(0.7) ? { ...said, name, deed: { do: "undo" } } : undefined;
  }
  if (chance.likely(0.3)) {
    const where = chance.pick(ledger.places).where;
    if (isPressable(oracle, ledger, company.workspace, where, at)) {
      const button = chance.likely(0.6) ? "snooze" : "acknowledge";
      return { ...said, where, name, deed: { do: "press", button } };
    }
  }
  const deed = chance.likely(0.3)
    ? aside(chance, ledger, said.where)
    : onTheWay(chance, oracle, ledger, said);
  return deed && { ...said, name, deed };
}

/** What a button is about must still be ahead of its end. */
function isPressable(oracle: Oracle, ledger: Ledger, workspace: string, where: string, at: number): boolean {
  const heard = oracle.lastHeard(workspace, ledger.name, where)?.matter;
  if (!heard || ledger.state.silence.acknowledged.has(heard.subject)) return false;
  const now = mattersOf(ledger.state, oracle.houseOf(workspace), ledger.ownZone, at);
  return now.some(({ key, uselessAt }) => key === heard.key && uselessAt > at + 5 * HOUR);
}

function aside(chance: Chance, ledger: Ledger, where: string): Deed | undefined {
  const [home, ...followers] = ledger.places;
  const isHome = home?.where === where;
  const isFollowed = followers.some((one) => one.where === where);
  const { muted, snoozedUntil } = ledger.state.silence;
  const chosen = chance.weigh({
    mute: muted ? 0 : 1,
    unmute: muted || snoozedUntil > 0 ? 4 : 0,
    snooze: 3,
    undo: ledger.takeBack.length > 0 ? 2 : 0,
    untrack: 0.6,
    here: isHome ? 0 : 2,
    follow: isHome ? 0 : 3,
    unfollow: isFollowed ? 2 : 0,
  });
  switch (chosen) {
    case undefined:
      return undefined;
    case "snooze":
      return { do: "snooze", hours: chance.whole(1, chance.likely(0.8) ? 40 : 200) };
    case "follow":
      return { do: "follow", only: otherOf(chance, followers.find((one) => one.where === where)?.only) };
    default:
      return { do: chosen };
  }
}

function otherOf(chance: Chance, only: "all" | "deadlines" | undefined): "all" | "deadlines" {
  return only === "all" || (only === undefined && chance.likely(0.5)) ? "deadlines" : "all";
}

function onTheWay(
  chance: Chance,
  oracle: Oracle,
  { state }: Ledger,
  { at, who }: { at: number; who: Person },
): Deed | undefined {
  const house = oracle.houseOf(who.workspace);
  const last = Math.max(0, ...state.marks.map((mark) => mark.at));
  const back = chance.likely(0.3)
    ? backdated(chance, at, last, who.zone ?? house.zone ?? "America/Los_Angeles")
    : undefined;
  const life = lifeOf(state, house.freezes, back ?? at);
  const chosen = chance.weigh(possible(life, state, back !== undefined, at));
  switch (chosen) {
    case undefined:
      return undefined;
    case "tested":
      return { do: "tested" };
    case "sas":
      return { do: "sas", expiresAt: sasEnd(chance, at) };
    case "live-since":
      return { do: "live-since", on: moment(at - chance.between(10, 250) * DAY).toISODate() ?? "" };
    case "start":
      return { do: "mark", milestone: "start", startsOn: startDay(chance, life, at) };
    default:
      return { do: "mark", milestone: chosen, ...(back !== undefined && { at: back }) };
  }
}

/** What may come next from a stage, the likelier with the greater number. */
function possible(life: Life, state: Known, isBack: boolean, at: number): Record<string, number> {
  const now = (weight: number) => (isBack ? 0 : weight);
  const isTested = (state.testedAt ?? 0) >= (life.window?.opensAt ?? 0);
  const isAsked = life.askedAt !== undefined;
  const update = { submitted: 0.7, update: 0.7 };
  const ask: Record<string, number> = isAsked || life.isGa ? {} : { "ga-requested": 1 };
  const answer: Record<string, number> = isAsked && !life.isGa ? { ga: 0.5 } : {};
  const asides = life.isUpdating ? { ...ask, ...answer } : {};
  const hasSas = state.sas !== undefined && state.sas.expiresAt > at;
  const sas = now(hasSas ? 0.5 : 2);
  switch (life.stage) {
    case "draft":
      return { ...asides, submitted: 5, sas };
    case "review":
      return { ...asides, "report-passed": 6, "report-failed": 2, sas: sas / 2 };
    case "changes":
      return { ...asides, submitted: 5, sas };
    case "testing":
      return { ...asides, tested: now(isTested ? 0 : 6), "go-live": 4, "report-failed": 1 };
    case "publishing":
      return { ...asides, start: now(1.5) };
    case "deploying":
      return { ...asides, "all-regions": 4, "ga-requested": ask["ga-requested"] ?? 0, start: now(0.7) };
    case "preview":
      return { ...ask, ...update, "live-since": now(1) };
    case "asked":
      return { ...update, ga: isAsked ? 3 : 0, "all-regions": life.inAllRegions ? 0 : 4 };
    case "ga":
      return update;
  }
}

/** A minute between the last milestone and now that is said and understood in one way only. */
function backdated(chance: Chance, at: number, last: number, zone: string): number | undefined {
  const earliest = Math.max(last + MINUTE, at - 3 * DAY);
  const back = Math.floor(chance.between(earliest, at) / MINUTE) * MINUTE;
  const around = [back - 2 * HOUR, back, back + 2 * HOUR].map((one) => moment(one).setZone(zone).offset);
  return back > last && back < at && new Set(around).size === 1 ? back : undefined;
}

function sasEnd(chance: Chance, at: number): number {
  const day = moment(at).plus({ days: chance.whole(6, 25) });
  return day
    .set({ hour: chance.whole(4, 23), minute: chance.whole(0, 59), second: 0, millisecond: 0 })
    .toMillis();
}

/** Not before Go live, and where it can't be taken for last year's. */
function startDay(chance: Chance, life: Life, at: number): string {
  const live = moment(life.goLiveAt ?? at).startOf("day");
  const day = moment(at)
    .startOf("day")
    .plus({ days: chance.whole(1, 14) });
  return (day < live ? live : day).toISODate() ?? "";
}
