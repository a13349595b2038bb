import { DateTime } from "luxon";
import { businessCalendar, type Calendar, PACIFIC, rollout, testWindow } from "../../../src/index.ts";

/** What happened to a connector. Moments are milliseconds. */
interface Mark {
  milestone: string;
  at: number;
  startsOn?: string;
}

/** What is known of a connector besides its milestones. */
export interface Known {
  marks: readonly Mark[];
  testedAt?: number;
  sas?: { at: number; expiresAt: number };
  liveSince?: string;
}

export interface Freeze {
  from: string;
  to: string;
}

/** Where a connector is, as far as reminders depend on it. */
export interface Life {
  stage: "draft" | "review" | "changes" | "testing" | "publishing" | "deploying" | "preview" | "asked" | "ga";
  submittedAt?: number;
  window?: { opensAt: number; expiresAt: number };
  /** The link died without Go live. */
  expired: boolean;
  goLiveAt?: number;
  waves?: readonly { number: number; on: string }[];
  inAllRegions: boolean;
  askedAt?: number;
  isGa: boolean;
  isUpdating: boolean;
  /** When the version on its way was begun; undefined: it is the first. */
  versionAt?: number;
  /** The first day of the first version's rollout. */
  firstDay?: string;
}

const calendars = new Map<string, Calendar>();

export function calendarOf(freezes: readonly Freeze[]): Calendar {
  const key = JSON.stringify(freezes);
  const known = calendars.get(key);
  if (known) return known;
  const made = businessCalendar({ freezes: freezes.map((one) => ({ ...one, why: "a freeze" })) });
  calendars.set(key, made);
  return made;
}

/** Tells a life from its milestones, in the order in which they happened; what was recorded is a fact. */
export function lifeOf({ marks }: Known, freezes: readonly Freeze[], now: number): Life {
  const ordered = marks.toSorted((a, b) => a.at - b.at);
  let life: Life = { stage: "draft", expired: false, inAllRegions: false, isGa: false, isUpdating: false };
  for (const [index, mark] of ordered.entries()) {
    life = happened(withTime(life, mark.at), mark, ordered.slice(index + 1), calendarOf(freezes));
  }
  return withTime(life, now);
}

function happened(life: Life, mark: Mark, later: readonly Mark[], calendar: Calendar): Life {
  const { at } = mark;
  switch (mark.milestone) {
    case "submitted": {
      const isPublic = ["preview", "asked", "ga"].includes(life.stage);
      const version = isPublic ? newVersion(life, at) : life;
      return { ...version, stage: "review", submittedAt: at, window: undefined, expired: false };
    }
    case "update":
      return { ...newVersion(life, at), stage: "draft" };
    case "report-failed":
      return { ...life, stage: "changes" };
    case "report-passed": {
      return { ...life, stage: "testing", window: { opensAt: at, expiresAt: expiryOf(at, calendar) } };
    }
    case "go-live": {
      const { waves, startsOn } = rolloutOf(at, calendar, startNamed(later));
      const firstDay = life.firstDay ?? startsOn;
      return { ...life, stage: "publishing", expired: false, goLiveAt: at, waves, firstDay };
    }
    case "all-regions":
      return { ...life, stage: resting(life), waves: undefined, inAllRegions: true, isUpdating: false };
    case "ga-requested": {
      const isOut = life.stage === "deploying" || life.stage === "preview";
      return { ...life, askedAt: at, ...(isOut && { stage: "asked" as const }) };
    }
    case "ga":
      return { ...life, isGa: true, ...(life.stage === "asked" && { stage: "ga" as const }) };
    default:
      return life;
  }
}

const expiries = new WeakMap<Calendar, Map<number, number>>();

function expiryOf(at: number, calendar: Calendar): number {
  const known = expiries.get(calendar) ?? new Map<number, number>();
  expiries.set(calendar, known);
  const expiry = known.get(at) ?? testWindow(moment(at), calendar).expiresAt.toMillis();
  known.set(at, expiry);
  return expiry;
}

type Rollout = ReturnType<typeof rollout>;
const rollouts = new WeakMap<Calendar, Map<string, Rollout>>();

function rolloutOf(at: number, calendar: Calendar, startsOn: string | undefined): Rollout {
  const known = rollouts.get(calendar) ?? new Map<string, Rollout>();
  rollouts.set(calendar, known);
  const key = `${at} ${startsOn}`;
  const found = known.get(key) ?? rollout(moment(at), calendar, startsOn);
  known.set(key, found);
  return found;
}

function newVersion(life: Life, at: number): Life {
  const { submittedAt: _submitted, window: _window, goLiveAt: _live, waves: _waves, ...rest } = life;
  return { ...rest, expired: false, inAllRegions: false, isUpdating: true, versionAt: at };
}

function resting(life: Life): Life["stage"] {
  if (life.isGa) return "ga";
  return life.askedAt === undefined ? "preview" : "asked";
}

/** What happens without being told: a link dies, a rollout begins. */
function withTime(life: Life, now: number): Life {
  if (life.stage === "testing" && life.window && now >= life.window.expiresAt) {
    return { ...life, stage: "changes", expired: true };
  }
  const first = life.waves?.[0]?.on;
  if (life.stage === "publishing" && first && (moment(now).toISODate() ?? "") >= first) {
    return { ...life, stage: "deploying" };
  }
  return life;
}

/** The last start date that Microsoft named for this version. */
function startNamed(later: readonly Mark[]): string | undefined {
  const end = later.findIndex(({ milestone }) => milestone === "submitted" || milestone === "update");
  const same = end < 0 ? later : later.slice(0, end);
  return same.findLast(({ milestone }) => milestone === "start")?.startsOn;
}

/** In Pacific time. */
export function moment(at: number): DateTime {
  return DateTime.fromMillis(at, { zone: PACIFIC });
}
