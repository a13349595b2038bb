import type { DateTime } from "luxon";
import type { PlaceSaid } from "../scheduling/places-in-text.ts";
import { findWhen } from "../scheduling/when-in-text.ts";
import type { NameSaid } from "./names.ts";
import type { Yours } from "./topic.ts";

/** What is asked of a connector's own record. */
export const ROUTES = ["readiness", "eta", "linkExpiry", "nextStep"] as const;
export type RouteName = (typeof ROUTES)[number];

/** The command that answers a route. */
export const COMMAND_OF = {
  readiness: "ready",
  eta: "eta",
  linkExpiry: "window",
  nextStep: "status",
} as const;

/** The route that a command's question goes. */
export const ROUTE_OF: Readonly<Record<Yours, RouteName>> = {
  next: "nextStep",
  status: "nextStep",
  window: "linkExpiry",
  eta: "eta",
  forecast: "nextStep",
  ready: "readiness",
  request: "readiness",
};

/** A question for the rules, with what it named. */
export interface Route {
  route: RouteName;
  /** Its name, as it is followed. */
  connector?: string;
  /** Where what was said could be several of them. */
  connectors?: readonly string[];
  /** What seems to be the name of a connector that is not followed. */
  stranger?: string;
  /** The place's proper name. */
  place?: string;
  /** When Go live was, or would be, confirmed: an ISO date in the zone of `now`. */
  goLive?: string;
}

/** What a day is said of that is the day of Go live; "submitted yesterday" is none. */
const OF_GO_LIVE =
  /\bgo(?:es|ing)?[- ]?live|\bwent live|\blive since|\bsign(?:ed|ing|s)?[- ]?off|\bconfirm|\bwait|\blaunch|\bpress|\bclick|\bpush|\bif\b/i;
/** A day of something before it. */
const OF_REVIEW = /\b(?:re)?submi|\breport|\bpass(?:es|ed)?\b/i;
/** Said of the day by which somebody wants it, not of Go live. */
const WANTED_BY = /\b(?:by|before)\s+(?:the\s+)?$/i;

/** Fills in what the question says: the connector, and for a rollout the place and the day of Go live. */
export function fillRoute(
  route: RouteName,
  said: { question: string; name?: NameSaid; place?: PlaceSaid },
  now: DateTime,
): Route {
  const [only, ...others] = said.name?.names ?? [];
  const several = others.length > 0 ? { connectors: said.name?.names ?? [] } : undefined;
  const stranger = said.name && !only ? { stranger: said.name.words } : undefined;
  const named = several ?? stranger ?? { ...(only && { connector: only }) };
  if (route !== "eta") return { route, ...named };
  const goLive = goLiveIn(said.question, now);
  return { route, ...named, ...(said.place && { place: said.place.name }), ...(goLive && { goLive }) };
}

/** The day of Go live that a question speaks of: an ISO date in the zone of `now`. */
function goLiveIn(question: string, now: DateTime): string | undefined {
  const when = findWhen(question, now, now.zoneName ?? "utc");
  if (
    !when ||
    !OF_GO_LIVE.test(question) ||
    OF_REVIEW.test(question) ||
    WANTED_BY.test(question.slice(0, when.index))
  )
    return undefined;
  return when.at.toISODate() ?? undefined;
}
