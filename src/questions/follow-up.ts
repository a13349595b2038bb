import { z } from "zod";
import { findWhen } from "../scheduling/when-in-text.ts";
import { wordsIn } from "./features.ts";
import { learned } from "./learned.ts";
import { type Match, type MatchContext, match } from "./match.ts";
import { A_CONNECTOR, A_PLACE, type Recognised, recognise, recogniseStranger } from "./recognise.ts";
import { fillRoute, ROUTE_OF, ROUTES, type Route, type RouteName } from "./route.ts";
import type { TopicId } from "./topic.ts";
import { isTopicId, TOPICS } from "./topics.ts";

/** What a conversation was about last: what was understood, and never what was written. */
export const LastAsked = z.object({
  topic: z.string().optional(),
  route: z.enum(ROUTES).optional(),
  /** Its id where it is kept; its name as it is now where it is recalled. */
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
  one connector if when we go live confirm sign off instead rather maybe customers users region there ${A_CONNECTOR} ${A_PLACE}`
    .trim()
    .split(/\s+/),
);

/** How a message begins that changes a part of what was asked before. */
const BEGINNING = /^(?:and|or|but|ok(?:ay)?|what(?:s| is)? (?:about|if)|how about|same for|then|also|if)\b/i;
const SHORT = 30;
/** Longer texts are pasted, and ask for themselves. */
const LONGEST = 300;

/** The connector that was spoken of. */
const PRONOUN = /\b(?:it|this one|that one|that connector|this connector|our connector|my connector)\b/i;

/** What a message asks for after what was asked before: "and the UK?", "what about litware?", or the name we asked for. */
export function matchAfter(
  question: string,
  last: LastAsked | undefined,
  context: Omit<MatchContext, "after">,
): Match {
  if (!last) return match(question, context);
  const said = question.slice(0, LONGEST);
  const topic = last.topic !== undefined && isTopicId(last.topic) ? last.topic : undefined;
  const found = match(question, { ...context, ...(topic && { after: topic }) });
  const isWord = (word: string) => learned().words.has(word);
  const recognised = recognise(said, context.connectors, isWord);
  const begins = BEGINNING.test(said);
  const day =
    begins || said.length <= SHORT ? findWhen(said, context.now, context.now.zoneName ?? "utc") : undefined;
  const changed: Route = {
    ...fillRoute("eta", { question: said, ...recognised }, context.now),
    ...(day && { goLive: day.at.toISODate() ?? "" }),
  };
  const isLink = isOnlyLinks(day ? said.replace(day.words, " ") : recognised.text, recognised);
  const isWhole = found.kind === "route" && found.connector !== undefined && !begins;
  const isName = recognised.text.trim() === A_CONNECTOR.trim();
  // A name alone is asked for where we asked which; elsewhere it asks for its status.
  if (isName && !last.isOpen && changed.connector)
    return { kind: "route", route: "nextStep", connector: changed.connector };
  const isChanged = recognised.name ?? recognised.place ?? changed.goLive;
  if (isLink && !isWhole && isChanged !== undefined)
    return { kind: "route", ...merged(last, topic, changed) };
  if (last.isOpen && last.route && changed.connector && found.kind !== "answer")
    return { kind: "route", ...merged(last, topic, changed) };
  const stranger = begins && last.route && !isChanged ? recogniseStranger(said, isWord) : undefined;
  if (last.route && stranger?.name && isOnlyLinks(stranger.text, {}))
    return { kind: "route", route: last.route, stranger: stranger.name.words };
  if (!last.connector || found.kind === "answer") return found;
  // "Is it ready?": it is the one that was spoken of.
  if (found.kind === "route")
    return found.connector || found.connectors || found.stranger
      ? found
      : { ...found, connector: last.connector };
  const named = PRONOUN.test(said) ? match(said.replace(PRONOUN, last.connector), context) : found;
  return named.kind === "route" ? named : found;
}

function merged(last: LastAsked, topic: TopicId | undefined, changed: Route): Route {
  const yours = topic && TOPICS[topic].yours;
  const before = last.route ?? (yours ? ROUTE_OF[yours] : "nextStep");
  // A place or a day asks for dates, whatever was asked before.
  const route: RouteName = changed.place || changed.goLive ? "eta" : before;
  const { connector, place, goLive } = last;
  const kept = { ...(connector && { connector }), ...(place && { place }), ...(goLive && { goLive }) };
  const { connectors, ...single } = changed;
  return connectors ? { ...single, connectors, route } : { ...kept, ...single, route };
}

/** Nothing is said beside names, places, days and the words that link them. */
function isOnlyLinks(text: string, { name, place }: Partial<Recognised>): boolean {
  const said = [name?.words, place?.words].filter((words) => words !== undefined).flatMap(wordsIn);
  return wordsIn(text).every((word) => LINKS.has(word) || said.includes(word));
}
