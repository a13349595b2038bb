import { DateTime } from "luxon";
import { type Calendar, pacificDay, pacificTime, toDay, toIso } from "../scheduling/calendar.ts";
import { type Rollout, rollout } from "../scheduling/rollout.ts";
import { type TestWindow, testWindow } from "../scheduling/test-window.ts";
import { PACIFIC } from "../scheduling/zones.ts";
import { type Connector, MILESTONES, type Milestone, type Move } from "./connector.ts";
import { MOVES, type StageId } from "./stages.ts";
import { isAccountReady } from "./steps.ts";

const FAR_AHEAD = DateTime.fromISO("9999-01-01", { zone: PACIFIC });

/** Where a connector stands, worked out from what happened and what time it is. Instants are Pacific. */
export interface Standing {
  stage: StageId;
  /** When it entered the stage; absent when nobody knows. */
  since?: DateTime;
  tag: "preview" | "ga";
  /** An update of a connector that is already public is on its way. */
  updating: boolean;
  /** The moment this is the standing of. */
  asOf: DateTime;
  /** When the present submission cycle began: steps ticked before it belong to an earlier version. */
  cycleFrom?: DateTime;
  submittedAt?: DateTime;
  window?: TestWindow;
  /** The window closed without Go live. */
  expired: boolean;
  goLiveAt?: DateTime;
  rollout?: Rollout;
  /** The first day it was Live (ISO, Pacific), of the first version. */
  liveSince?: string;
  allRegionsAt?: DateTime;
  pullRequestAt?: DateTime;
  gaRequestedAt?: DateTime;
  gaAt?: DateTime;
}

/** A move that cannot follow on what stood before it. */
export interface Impossible {
  move: Move;
  standing: Standing;
}

/**
 * Replays the moves in the order in which they happened, letting time do its part between them.
 *
 * @param now up to when; moves are never after it
 * @param wanted the move to be judged by the calendar of today; those that were stored before are facts, also when a freeze
 *   that came or went since would have let a link expire, or a rollout begin, at another time
 * @returns the standing at `now`, or the first move that is impossible where it stands
 */
export function standing(
  connector: Connector,
  calendar: Calendar,
  now: DateTime,
  wanted?: Move,
): Standing | Impossible {
  let current: Standing = {
    stage: isAccountReady(connector) ? "draft" : "account",
    tag: "preview",
    updating: false,
    expired: false,
    asOf: now.setZone(PACIFIC),
  };
  const moves = inOrder(connector.moves);
  for (const [index, move] of moves.entries()) {
    const timely = passTime(current, pacific(move.at));
    const held = move === wanted ? [timely] : [timely, current, passTime(current, FAR_AHEAD)];
    const fitting = held.find((one) => (move.already ? index === 0 : isPossible(move.milestone, one)));
    if (!fitting) return { move, standing: timely };
    current = applyMove(fitting, move, calendar, moves.slice(index + 1));
  }
  return passTime(current, now.setZone(PACIFIC));
}

/** The standing of a stored connector, whose moves were judged when they were stored. */
export function standingOf(connector: Connector, calendar: Calendar, now: DateTime): Standing {
  const found = standing(connector, calendar, now);
  return "move" in found ? found.standing : found;
}

/** Since when it is Live: what the publisher says, else what the rollout says. ISO, Pacific. */
export function liveSinceOf(connector: Connector, current: Standing): string | undefined {
  return connector.evidence.liveSince ?? current.liveSince ?? current.rollout?.startsOn;
}

/** What can be marked from here. */
export function possibleMilestones(current: Standing): Milestone[] {
  return MILESTONES.filter((milestone) => isPossible(milestone, current));
}

/** Moves as they happened; two at the same moment stay as they were recorded. */
export function inOrder(moves: readonly Move[]): Move[] {
  return moves.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

function isPossible(milestone: Milestone, current: Standing): boolean {
  const rule = MOVES[milestone];
  const recorded: Partial<Record<Milestone, DateTime>> = {
    "pull-request": current.pullRequestAt,
    "all-regions": current.allRegionsAt,
    "ga-requested": current.gaRequestedAt,
    ga: current.gaAt,
  };
  if (recorded[milestone]) return false;
  if (milestone === "start" && !current.goLiveAt) return false;
  if (milestone === "ga-requested" && current.tag === "ga") return false;
  if (rule.from.includes(current.stage)) return true;
  // A request and its answer may come while an update of the public connector is on its way.
  if (rule.alsoWhile !== "updating") return false;
  return milestone === "ga" ? current.gaRequestedAt !== undefined : current.updating;
}

/** Time's own moves. */
function passTime(current: Standing, at: DateTime): Standing {
  const { stage, window, rollout: planned } = current;
  if (stage === "testing" && window && at >= window.expiresAt) {
    return { ...current, stage: "changes-requested", since: window.expiresAt, expired: true };
  }
  if (stage === "publishing" && planned && toIso(pacificDay(at)) >= planned.startsOn) {
    const since = pacificTime(toDay(planned.startsOn));
    return { ...current, stage: "deploying", since, liveSince: current.liveSince ?? planned.startsOn };
  }
  return current;
}

function applyMove(current: Standing, move: Move, calendar: Calendar, later: readonly Move[]): Standing {
  const at = pacific(move.at);
  const rule = MOVES[move.milestone];
  const reached = { ...current, ...factsOf(move, at, current, calendar, later) };
  if (move.already && rule.alreadyAt) return { ...reached, stage: rule.alreadyAt, since: at };
  if (rule.to === "stay" || !rule.from.includes(current.stage)) return reached;
  if (rule.to !== "rest") return { ...reached, stage: rule.to, since: at };
  const stage = restingStage(reached);
  return stage === current.stage ? reached : { ...reached, stage, since: at, updating: false };
}

/** Where a connector belongs that is in all regions. */
function restingStage(current: Standing): StageId {
  if (current.tag === "ga") return "ga";
  return current.gaRequestedAt ? "ga-requested" : "public-preview";
}

/** What a move adds to the standing beside its stage. */
function factsOf(
  move: Move,
  at: DateTime,
  current: Standing,
  calendar: Calendar,
  later: readonly Move[],
): Partial<Standing> {
  switch (move.milestone) {
    case "update":
      return newCycle(at);
    case "submitted": {
      const isPublic = MOVES.update.from.includes(current.stage);
      return { ...(isPublic && newCycle(at)), submittedAt: at, expired: false, window: undefined };
    }
    case "report-passed":
      return { window: testWindow(at, calendar) };
    case "go-live":
      return { goLiveAt: at, rollout: rollout(at, calendar, startNamed(later)) };
    case "all-regions":
      return { allRegionsAt: at };
    case "pull-request":
      return { pullRequestAt: at };
    case "ga-requested":
      return { gaRequestedAt: at };
    case "ga":
      return { gaAt: at, tag: "ga" };
    case "report-failed":
    case "start":
      return {};
  }
}

/** A new version starts over; the tag, the first live day and a pending GA request stay. */
function newCycle(at: DateTime): Partial<Standing> {
  return {
    updating: true,
    cycleFrom: at,
    submittedAt: undefined,
    window: undefined,
    expired: false,
    goLiveAt: undefined,
    rollout: undefined,
    allRegionsAt: undefined,
    pullRequestAt: undefined,
  };
}

/** Microsoft may name the start, and correct it, at any time before the next version. */
function startNamed(later: readonly Move[]): string | undefined {
  const end = later.findIndex(({ milestone }) => milestone === "submitted" || milestone === "update");
  const sameVersion = end === -1 ? later : later.slice(0, end);
  return sameVersion.findLast(({ milestone }) => milestone === "start")?.startsOn;
}

function pacific(iso: string): DateTime {
  return DateTime.fromMillis(Date.parse(iso), { zone: PACIFIC });
}
