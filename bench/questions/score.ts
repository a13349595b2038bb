import { DateTime } from "luxon";
import { type Learned, learned } from "../../src/questions/learned.ts";
import { type Match, matchWith, THRESHOLDS } from "../../src/questions/match.ts";
import { namesIn, type Question } from "./sets.ts";

/** What was counted over a set of questions. */
export interface Score {
  facts: { all: number; right: number; wrong: number; offered: number };
  data: { all: number; right: number };
  abstain: { all: number; answered: number; silent: number };
  /** Those that went wrong, with what they got. */
  missed: { question: Question; got: Match; how: "wrong" | "not offered" | "routed wrong" | "answered" }[];
}

/** The day for which the sets name their dates. */
export const DAY = DateTime.fromISO("2026-11-18T10:00", { zone: "America/Los_Angeles" });

/** Asks every question and counts. `from` is what was learned, the project's own by default. */
export function score(
  questions: readonly Question[],
  connectors = namesIn(questions),
  from: Learned = learned(),
  thresholds = THRESHOLDS,
): Score {
  const counts: Score = {
    facts: { all: 0, right: 0, wrong: 0, offered: 0 },
    data: { all: 0, right: 0 },
    abstain: { all: 0, answered: 0, silent: 0 },
    missed: [],
  };
  for (const question of questions) {
    const got = matchWith(from, thresholds, question.q, { connectors, now: DAY });
    const how = count(counts, question, got);
    if (how) counts.missed.push({ question, got, how });
  }
  return counts;
}

function count(counts: Score, question: Question, got: Match): Score["missed"][number]["how"] | undefined {
  const isAnswered = got.kind === "answer" || got.kind === "route";
  if (question.kind === "abstain") {
    counts.abstain.all += 1;
    if (got.kind === "none") counts.abstain.silent += 1;
    if (isAnswered) counts.abstain.answered += 1;
    return isAnswered ? "answered" : undefined;
  }
  if (question.kind === "data") {
    counts.data.all += 1;
    if (!isRightRoute(question.expect, got)) return "routed wrong";
    counts.data.right += 1;
    return undefined;
  }
  counts.facts.all += 1;
  const right = new Set([question.expect, ...question.also]);
  if (got.kind === "answer" && right.has(got.topic)) {
    counts.facts.right += 1;
    return undefined;
  }
  if (isAnswered) {
    counts.facts.wrong += 1;
    return "wrong";
  }
  if (got.kind !== "choices" || !got.topics.some((topic) => right.has(topic))) return "not offered";
  counts.facts.offered += 1;
  return undefined;
}

function isRightRoute({ route, slots }: Extract<Question, { kind: "data" }>["expect"], got: Match): boolean {
  if (got.kind !== "route" || got.route !== route) return false;
  const same = (wanted: string | null | undefined, found: string | undefined) =>
    (wanted ?? undefined) === found;
  return (
    same(slots.connector, got.connector) &&
    (route !== "eta" || (same(slots.region, got.place) && same(slots.goLive, got.goLive)))
  );
}
