import { z } from "zod";
import { wordsIn } from "./features.ts";
import { learned } from "./learned.ts";
import { type Match, type MatchContext, match } from "./match.ts";
import { recognise } from "./recognise.ts";
import { fillRoute, ROUTES, type RouteName } from "./route.ts";
import type { TopicId, Yours } from "./topic.ts";
import { isTopicId, TOPICS } from "./topics.ts";

/** What a conversation was about last: what was understood, and never what was written. */
export const LastAsked = z.object({
  topic: z.string().optional(),
  route: z.enum(ROUTES).optional(),
  connector: z.string().optional(),
  place: z.string().optional(),
  goLive: z.string().optional(),
  /** We asked which connector is meant; the question waits for it. */
  isOpen: z.literal(true).optional(),
});
export type LastAsked = z.infer<typeof LastAsked>;

/** The words of "and what about …?" beside the thing itself. */
const LINKS = new Set(
  `and or but what whats about how hows the a an for in to at of on with is are it its then also same now so ok okay please our my
  one connector if when we go live confirm sign off instead rather maybe customers users region there connectorname placename`.split(
    /\s+/,
  ),
);
const ROUTE_OF: Readonly<Record<Yours, RouteName>> = {
  next: "nextStep",
  window: "linkExpiry",
  eta: "eta",
  forecast: "nextStep",
  ready: "readiness",
  request: "readiness",
};

/** The connector that was spoken of. */
const PRONOUN = /\b(?:it|this one|that one|that connector|this connector|our connector|my connector)\b/i;

/** What a message asks for after what was asked before: "and the UK?", "what about litware?", or the name we asked for. */
export function matchAfter(
  question: string,
  last: LastAsked | undefined,
  context: Omit<MatchContext, "after">,
): Match {
  if (!last) return match(question, context);
  const topic = last.topic !== undefined && isTopicId(last.topic) ? last.topic : undefined;
  const found = match(question, { ...context, ...(topic && { after: topic }) });
  const from = learned();
  const said = recognise(question, context.connectors, (word) => from.words.has(word));
  const changed = fillRoute("eta", { question, ...said }, context.now);
  const isLink = isOnlyLinks(said.text, changed.goLive !== undefined);
  const isChanged = said.name ?? said.place ?? changed.goLive;
  if (isLink && isChanged !== undefined) return { kind: "route", ...merged(last, topic, changed) };
  if (last.isOpen && last.route && changed.connector && found.kind !== "answer")
    return { kind: "route", ...merged(last, topic, changed) };
  // "Is it ready?": it is the one that was spoken of.
  if (found.kind === "route" && !found.connector && !found.connectors && last.connector)
    return context.connectors.includes(last.connector) ? { ...found, connector: last.connector } : found;
  if (found.kind === "answer" || !last.connector || !context.connectors.includes(last.connector))
    return found;
  const named = match(question.replace(PRONOUN, last.connector), context);
  return named.kind === "route" ? named : found;
}

function merged(last: LastAsked, topic: TopicId | undefined, changed: ReturnType<typeof fillRoute>) {
  const yours = topic && TOPICS[topic].yours;
  const before = last.route ?? (yours ? ROUTE_OF[yours] : "nextStep");
  // A place or a day asks for dates, whatever was asked before.
  const route: RouteName = changed.place || changed.goLive ? "eta" : before;
  const { connector, place, goLive } = last;
  const kept = { ...(connector && { connector }), ...(place && { place }), ...(goLive && { goLive }) };
  const { connectors, ...single } = changed;
  return connectors ? { place, ...single, connectors, route } : { ...kept, ...single, route };
}

/** Nothing is said beside names, places, days and the words that link them. */
function isOnlyLinks(text: string, hasDay: boolean): boolean {
  const left = wordsIn(text).filter((word) => !LINKS.has(word));
  return left.length === 0 || (hasDay && left.length <= 3);
}
