import type { DateTime } from "luxon";
import { ROUTE, SILENCE } from "./examples.ts";
import { type Learned, learned, likelihoods } from "./learned.ts";
import { recognise } from "./recognise.ts";
import { fillRoute, ROUTES, type Route, type RouteName } from "./route.ts";
import type { TopicId } from "./topic.ts";
import { TOPICS } from "./topics.ts";

/** What a question is answered by. */
export type Match =
  | { kind: "answer"; topic: TopicId }
  /** Unsure: at most three, the likeliest first. */
  | { kind: "choices"; topics: TopicId[] }
  | ({ kind: "route" } & Route)
  /** Nothing that the pages answer; `about` says what it asks for where that is clear (silences.ts). */
  | { kind: "none"; about?: string };

export interface MatchContext {
  /** The connectors that are followed, by their names. */
  connectors: readonly string[];
  /** Days in the answer are counted in its zone. */
  now: DateTime;
  /** What was answered last in this conversation: its neighbours are likelier now. */
  after?: TopicId;
}

/**
 * From which likelihood on something is said. Chosen by cross-validation on the tuning sets
 * (`npm run questions -- --thresholds`).
 */
export const THRESHOLDS = {
  /** A topic is answered with. */
  sure: 0.5,
  /** It is not, where it is this likely that the pages don't tell. */
  doubtful: 0.25,
  /** Nothing is offered. */
  silent: 0.5,
  /** It is taken for a question on a connector that is not named. */
  routed: 0.6,
  /** It is, with a connector's name in it. */
  routedNamed: 0.25,
};
const MOST_CHOICES = 3;
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

/** The same with something else learned: for cross-validation. */
export function matchWith(
  from: Learned,
  thresholds: typeof THRESHOLDS,
  question: string,
  { connectors, now, after }: MatchContext,
): Match {
  const { sure, doubtful, silent, routed, routedNamed } = thresholds;
  const said = question.slice(0, LONGEST);
  const recognised = recognise(said, connectors, (word) => from.words.has(word));
  const { topics, route, silence } = weigh(recognised.text, from, after);
  const [best] = topics;
  const isRoute = recognised.name
    ? route.total > routedNamed && route.total > silence.total && route.total >= (best?.likelihood ?? 0)
    : route.total > routed;
  if (isRoute) return { kind: "route", ...fillRoute(route.best, { question: said, ...recognised }, now) };
  if (best && best.likelihood >= sure && silence.total <= doubtful) return { kind: "answer", topic: best.id };
  if (silence.total >= silent)
    return { kind: "none", ...(silence.likelihood >= sure && { about: silence.best }) };
  return { kind: "choices", topics: topics.slice(0, MOST_CHOICES).map(({ id }) => id) };
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
    topics: ranked
      .filter(({ label }) => label in TOPICS)
      .map(({ label, likelihood }) => ({ id: label as TopicId, likelihood })),
    route: { best, total: sum(routes) },
    silence: {
      best: silences[0]?.label.slice(SILENCE.length) ?? "",
      likelihood: silences[0]?.likelihood ?? 0,
      total: sum(silences),
    },
  };
}
