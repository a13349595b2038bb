import { USUAL_HOURS } from "./awake.ts";
import { changed, decided } from "./changes.ts";
import { type Deed, type Event, outageAt, type Rule, spanAt, type Told, type World } from "./deeds.ts";
import {
  type Change,
  dueAt,
  type Ledger,
  NO_SILENCE,
  type Place,
  placeOf,
  replan,
  type Waiting,
  waitingAt,
} from "./ledger.ts";
import { lifeOf } from "./life.ts";
import type { House } from "./matters.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const UNTRACKED_KEPT = 30 * 24 * HOUR;
const LATE = 10 * MINUTE;
const MOST_CHANGES = 10;

/** Says by the rules in words what is told where and when, while people do what they do. */
export interface Oracle {
  told: Told[];
  houseOf(workspace: string): House;
  ledgerOf(workspace: string, name: string): Ledger | undefined;
  /** What was told last of a connector in a place, and is still what its button is about. */
  lastHeard(workspace: string, name: string, where: string): Waiting | undefined;
  /** Lets time pass, telling what is due on the way. */
  pass(until: number): void;
  happen(event: Event): void;
}

interface Follow extends Ledger {
  workspace: string;
  /** When something is to be done with it next. */
  next: number;
  /** When something changes that nobody says: a link dies. */
  turn: number;
  heard: Map<string, Waiting>;
}

export function createOracle(world: World): Oracle {
  const told: Told[] = [];
  const houses = new Map<string, House>();
  const ledgers = new Map<string, Follow>();
  let now = 0;

  function houseOf(workspace: string): House {
    const house = houses.get(workspace) ?? { freezes: [], offsets: {}, hours: USUAL_HOURS };
    houses.set(workspace, house);
    return house;
  }

  const keyOf = (workspace: string, name: string) => `${workspace}/${name}`;

  function pass(until: number): void {
    for (;;) {
      let first: Follow | undefined;
      for (const one of ledgers.values()) if (!first || one.next < first.next) first = one;
      if (!first || first.next > until) break;
      now = Math.max(now, first.next);
      if (now >= first.turn)
        change(first, "record", houseOf(first.workspace), () => undefined, first.turn - 1);
      else {
        const down = spanAt(world.downtimes, now);
        // Time does its part also while nothing runs.
        if (down) first.next = Math.min(down.until, first.turn);
        else tick(first);
      }
    }
    now = until;
  }

  function tick(ledger: Follow): void {
    const house = houseOf(ledger.workspace);
    const { untrackedAt } = ledger.state;
    if (untrackedAt !== undefined && now >= untrackedAt + UNTRACKED_KEPT) {
      ledgers.delete(keyOf(ledger.workspace, ledger.name));
      return;
    }
    for (const place of ledger.places) {
      if (place.retryAt <= now) tellIn(ledger, place, house);
    }
    plan(ledger);
  }

  function tellIn(ledger: Follow, place: Place, house: House): void {
    const { tell, needless } = dueAt(waitingAt(ledger, place, house, now), now);
    const [lead] = tell;
    if (!lead) return;
    const { workspace, name } = ledger;
    const outage = outageAt(world, now, workspace, place.where);
    if (outage?.retryAfter !== undefined) {
      place.retryAt = now + outage.retryAfter;
      return;
    }
    for (const { matter } of [...tell, ...needless])
      place.done.set(matter.key, { at: now, heard: outage === undefined });
    const topics = tell.map(({ matter }) => matter.topic).toSorted();
    told.push({
      at: now,
      workspace,
      name,
      where: place.where,
      topics,
      late: now - lead.at > LATE && lead.matter.nominal <= now,
      refused: outage !== undefined,
    });
    if (!outage) ledger.heard.set(place.where, lead);
    // Which of two comes first that are told for the same moment, nobody said.
    if (tell.length > 1) ledger.heard.delete(place.where);
  }

  /** When it is looked at next. */
  function plan(ledger: Follow): void {
    const house = houseOf(ledger.workspace);
    const { untrackedAt } = ledger.state;
    const moments = ledger.places.flatMap((place) =>
      waitingAt(ledger, place, house, now).map(({ at }) => Math.max(at, place.retryAt)),
    );
    const { stage, window } = lifeOf(ledger.state, house.freezes, now);
    ledger.turn = stage === "testing" && window ? window.expiresAt : Number.POSITIVE_INFINITY;
    ledger.next = Math.min(
      ledger.turn,
      ...moments,
      ...(untrackedAt === undefined ? [] : [untrackedAt + UNTRACKED_KEPT]),
    );
  }

  /** Does something to a connector, and plans it anew. */
  function change(ledger: Follow, by: Change, house: House, does: () => void, asOf = now): void {
    const waited = new Map(ledger.places.map((place) => [place, waitingAt(ledger, place, house, asOf)]));
    does();
    replan(ledger, waited, houseOf(ledger.workspace), now, by);
    plan(ledger);
  }

  function happen(event: Event): void {
    pass(event.at);
    if (event.name === undefined) decide(event.who.workspace, event.rule);
    else act(event, event.name, event.deed);
  }

  function decide(workspace: string, rule: Rule): void {
    const before = houseOf(workspace);
    houses.set(workspace, decided(before, rule));
    for (const ledger of ledgers.values()) {
      if (ledger.workspace === workspace) change(ledger, "settings", before, () => undefined);
    }
  }

  function act({ who, where }: Event, name: string, deed: Deed): void {
    const key = keyOf(who.workspace, name);
    if (deed.do === "track") {
      ledgers.set(key, {
        workspace: who.workspace,
        name,
        next: Number.POSITIVE_INFINITY,
        turn: Number.POSITIVE_INFINITY,
        heard: new Map(),
        places: [placeOf(where)],
        takeBack: [],
        state: { marks: [], silence: NO_SILENCE },
        ...(who.zone !== undefined && { ownZone: who.zone }),
      });
      return;
    }
    const ledger = ledgers.get(key);
    if (!ledger) throw new Error(`the story is wrong: nobody follows ${name}`);
    change(ledger, "record", houseOf(who.workspace), () => {
      if (deed.do === "undo") {
        ledger.takeBack.pop()?.();
        return;
      }
      const takeBack = movePlaces(ledger, where, deed) ?? changeState(ledger, where, deed);
      ledger.takeBack = [...ledger.takeBack, takeBack].slice(-MOST_CHANGES);
    });
  }

  /** Returns what takes it back; undefined: it is about no place. */
  function movePlaces(ledger: Follow, where: string, deed: Deed): (() => void) | undefined {
    const [home, ...followers] = ledger.places;
    if (!home) return undefined;
    const same = followers.find((one) => one.where === where);
    const leave = (gone: Place | undefined) => {
      ledger.places = ledger.places.filter((one) => one !== gone);
    };
    const comeBack = (gone: Place | undefined) => {
      if (gone) ledger.places = [...ledger.places, gone];
    };
    switch (deed.do) {
      case "here": {
        const before = home.where;
        home.where = where;
        leave(same);
        return () => {
          home.where = before;
          comeBack(same);
        };
      }
      case "follow": {
        const { only } = deed;
        if (same) {
          const before = same.only;
          same.only = only;
          return () => {
            same.only = before;
          };
        }
        const fresh = placeOf(where, only);
        comeBack(fresh);
        return () => leave(fresh);
      }
      case "unfollow":
        leave(same);
        return () => comeBack(same);
      default:
        return undefined;
    }
  }

  function changeState(ledger: Follow, where: string, deed: Deed): () => void {
    const { state } = ledger;
    ledger.state = { ...state, ...changed(state, deed, now, ledger.heard.get(where)) };
    return () => {
      ledger.state = state;
    };
  }

  function lastHeard(workspace: string, name: string, where: string): Waiting | undefined {
    return ledgers.get(keyOf(workspace, name))?.heard.get(where);
  }

  const ledgerOf = (workspace: string, name: string) => ledgers.get(keyOf(workspace, name));
  return { told, houseOf, ledgerOf, lastHeard, pass, happen };
}
