import type { DateTime } from "luxon";
import { placeNamed } from "../scheduling/places.ts";
import { wordsIn } from "./features.ts";
import { type Learned, learned, likelihoods, ROUTE, SILENCE } from "./learned.ts";
import { type Recognised, recognise, recogniseStranger } from "./recognise.ts";
import { fillRoute, ROUTES, type Route, type RouteName } from "./route.ts";
import type { TopicId } from "./topic.ts";
import { isTopicId, TOPICS } from "./topics.ts";

/** What a question is answered by. */
export type Match =
  | { kind: "answer"; topic: TopicId; connector?: string; place?: string }
  /** Unsure: at most three, the likeliest first. */
  | { kind: "choices"; topics: TopicId[] }
  | ({ kind: "route" } & Route)
  /** Nothing that the pages answer; `about` says what it asks for where that is clear (silences.ts). */
  | { kind: "none"; about?: string; nearest?: TopicId[] };

export interface MatchContext {
  /** The connectors that are followed, by their names. */
  connectors: readonly string[];
  /** Days in the answer are counted in its zone. */
  now: DateTime;
  /** What was answered last in this conversation: its neighbours are likelier now. */
  after?: TopicId;
}

/**
 * Above which likelihood something is said. `sure` is the lowest at which cross-validation on the tuning sets
 * (`npm run questions -- --thresholds`) answered at most 0.5 % wrong; the others were tried by hand on the same sets.
 */
export const THRESHOLDS = {
  /** A topic is answered with. */
  sure: 0.5,
  /** It is not, where it is this likely that the pages don't tell. */
  doubtful: 0.25,
  /** Nothing is offered. */
  silent: 0.5,
  /** Three topics together are worth being offered. */
  offered: 0.1,
  /** It is taken for a question on a connector that is not named. */
  routed: 0.75,
  /** It is, with a connector's name in it. */
  routedNamed: 0.25,
  /** It is, with a word in it that would be the name of a connector nobody follows. */
  routedStranger: 0.95,
};
const MOST_CHOICES = 3;
/** Topics that are named beside an admission are at least this likely. */
const NEAR = 0.03;
const MOST_NEAREST = 2;
/** How much likelier a neighbour of the last topic becomes. */
const NEIGHBOUR = 4;
/** Longer texts are pasted; what they are about stands in their beginning. */
const LONGEST = 1500;

/**
 * What a question in plain language asks for. Offline, and the same for the same question; never text of its own.
 *
 * @returns a topic to answer with · up to three to choose from · a question for the rules with what it named · nothing
 */
export function match(question: string, context: MatchContext): Match {
  return matchWith(learned(), THRESHOLDS, question, context);
}

/** A question that is known to go a route, with what it names. */
export function asRoute(
  route: RouteName,
  question: string,
  { connectors, now }: Omit<MatchContext, "after">,
): Match {
  const said = question.slice(0, LONGEST);
  const recognised = recognise(said, connectors, (word) => learned().words.has(word));
  return { kind: "route", ...fillRoute(route, { question: said, ...recognised }, now) };
}

/** Whether words can hardly be but a name: there is one among them that no question uses. */
export function isLikeAName(words: string): boolean {
  const said = wordsIn(words);
  return (
    said.length === 0 ||
    said.some((word) => word.length > 2 && !learned().words.has(word) && !placeNamed(word))
  );
}

/** The same with something else learned: for cross-validation. */
export function matchWith(
  from: Learned,
  thresholds: typeof THRESHOLDS,
  question: string,
  { connectors, now, after }: MatchContext,
): Match {
  const said = question.slice(0, LONGEST);
  const isWord = (word: string) => from.words.has(word);
  const recognised = recognise(said, connectors, isWord);
  const weighed = weigh(recognised.text, from, after);
  const routed = (route: RouteName, what: Recognised): Match => ({
    kind: "route",
    ...fillRoute(route, { question: said, ...what }, now),
  });
  if (isRoute(weighed, recognised, thresholds)) return routed(weighed.route.best, recognised);
  const { topics, silence } = weighed;
  const [best] = topics;
  if (best && best.likelihood >= thresholds.sure && silence.total <= thresholds.doubtful)
    return { kind: "answer", topic: best.id, ...named(recognised) };
  // Only beside a place: elsewhere a strange word is more often misspelt than a name.
  const strange = recognised.place && !recognised.name ? recogniseStranger(said, isWord) : undefined;
  const onStranger = strange && weigh(strange.text, from, after).route;
  if (strange && onStranger?.best === "eta" && onStranger.total >= thresholds.routedStranger)
    return routed("eta", strange);
  if (silence.total >= thresholds.silent)
    return {
      kind: "none",
      ...(silence.likelihood >= thresholds.sure && { about: silence.best }),
      nearest: topics
        .filter(({ likelihood }) => likelihood >= NEAR)
        .slice(0, MOST_NEAREST)
        .map(({ id }) => id),
    };
  const likeliest = topics.slice(0, MOST_CHOICES);
  return likeliest.reduce((sum, { likelihood }) => sum + likelihood, 0) >= thresholds.offered
    ? { kind: "choices", topics: likeliest.map(({ id }) => id) }
    : { kind: "none" };
}

function isRoute(
  { topics, route, silence }: Weighed,
  { name }: Recognised,
  thresholds: typeof THRESHOLDS,
): boolean {
  if (!name) return route.total > thresholds.routed;
  const isLikeliest = route.total > silence.total && route.total >= (topics[0]?.likelihood ?? 0);
  return isLikeliest && route.total > thresholds.routedNamed;
}

/** What an answer can be told in particular of. */
function named({ name, place }: Recognised): { connector?: string; place?: string } {
  const [only, ...others] = name?.names ?? [];
  return { ...(only && others.length === 0 && { connector: only }), ...(place && { place: place.name }) };
}

interface Weighed {
  topics: { id: TopicId; likelihood: number }[];
  route: { best: RouteName; total: number };
  silence: { best: string; likelihood: number; total: number };
}

function weigh(text: string, from: Learned, after: TopicId | undefined): Weighed {
  const found = likelihoods(text, from);
  const neighbours = new Set<string>(after ? [after, ...TOPICS[after].related] : []);
  const raised = [...found].map(([label, value]): [string, number] => [
    label,
    neighbours.has(label) ? value * NEIGHBOUR : value,
  ]);
  const total = raised.reduce((sum, [, value]) => sum + value, 0);
  const ranked = raised
    .map(([label, value]) => ({ label, likelihood: value / total }))
    .toSorted((a, b) => b.likelihood - a.likelihood);
  const part = (prefix: string) => ranked.filter(({ label }) => label.startsWith(prefix));
  const [routes, silences] = [part(ROUTE), part(SILENCE)];
  const sum = (of: readonly { likelihood: number }[]) =>
    of.reduce((all, { likelihood }) => all + likelihood, 0);
  const best = ROUTES.find((name) => ROUTE + name === routes[0]?.label) ?? "nextStep";
  return {
    topics: ranked.flatMap(({ label, likelihood }) => (isTopicId(label) ? [{ id: label, likelihood }] : [])),
    route: { best, total: sum(routes) },
    silence: {
      best: silences[0]?.label.slice(SILENCE.length) ?? "",
      likelihood: silences[0]?.likelihood ?? 0,
      total: sum(silences),
    },
  };
}
