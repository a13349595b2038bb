import type { Freeze } from "./life.ts";

export interface Person {
  id: string;
  workspace: string;
  /** What the platform tells of them. */
  zone?: string;
}

/** What people do with a connector. Moments are milliseconds. */
export type Deed =
  | { do: "track" }
  /** `at`: when it happened, where that is not now. `startsOn`: the day that Microsoft named. */
  | { do: "mark"; milestone: string; at?: number; startsOn?: string; already?: true }
  | { do: "tested" }
  | { do: "sas"; expiresAt: number }
  | { do: "live-since"; on: string }
  | { do: "mute" | "unmute" | "undo" | "untrack" | "here" | "unfollow" }
  | { do: "snooze"; hours: number }
  | { do: "follow"; only: "all" | "deadlines" }
  /** A button under the last message about it in that place. */
  | { do: "press"; button: "snooze" | "acknowledge" };

/** What people decide for their workspace. */
export type Rule =
  | { do: "zone"; zone: string }
  | { do: "freeze"; freeze: Freeze }
  | { do: "unfreeze"; number: number }
  | { do: "offsets"; topic: string; offsets: readonly number[] | "default" }
  | { do: "quiet"; quiet: { from: number; to: number } | "off" | "default" }
  | { do: "days"; days: readonly number[] | "default" };

/** Somebody says something somewhere. */
interface Said {
  at: number;
  who: Person;
  where: string;
}

export type Event = Said & ({ name: string; deed: Deed } | { name?: undefined; rule: Rule });

/** What is heard in a place. */
export interface Told {
  at: number;
  workspace: string;
  name: string;
  where: string;
  /** What it is about, sorted. */
  topics: readonly string[];
  late: boolean;
  /** The platform refused it for good. */
  refused: boolean;
}

/** A time in which a platform takes nothing for a workspace, or only for a place. */
export interface Outage extends Span {
  workspace: string;
  where?: string;
  /** After so many milliseconds it may be tried again; undefined: it refuses for good. */
  retryAfter?: number;
}

export interface Span {
  from: number;
  until: number;
}

/** How the world goes in the year, whatever people do. */
export interface World {
  outages: readonly Outage[];
  /** No process runs. */
  downtimes: readonly Span[];
  /** Two processes run on one store. */
  doubles: readonly Span[];
}

/** What keeps a platform from taking a message at that moment. */
export function outageAt(world: World, at: number, workspace: string, where: string): Outage | undefined {
  return world.outages.find(
    (one) => one.workspace === workspace && (one.where ?? where) === where && isWithin(one, at),
  );
}

export function spanAt(spans: readonly Span[], at: number): Span | undefined {
  return spans.find((one) => isWithin(one, at));
}

function isWithin({ from, until }: Span, at: number): boolean {
  return at >= from && at < until;
}
