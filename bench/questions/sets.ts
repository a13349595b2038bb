import { readFileSync } from "node:fs";
import { z } from "zod";
import { type Learned, likelihoods, ROUTE, SILENCE } from "../../src/questions/learned.ts";
import { recognise, withoutPlaces } from "../../src/questions/recognise.ts";
import { examplesFrom, type Phrasings } from "./examples.ts";
import type { Example } from "./learning.ts";

const Slots = z.object({
  connector: z.string().optional(),
  region: z.string().nullable().optional(),
  goLive: z.string().nullable().optional(),
});

/** A question with what it should get. */
export const Question = z
  .object({ q: z.string(), also: z.array(z.string()).default([]) })
  .and(
    z.discriminatedUnion("kind", [
      z.object({ kind: z.literal("fact"), expect: z.string() }),
      z.object({ kind: z.literal("data"), expect: z.object({ route: z.string(), slots: Slots }) }),
      z.object({ kind: z.literal("abstain") }),
    ]),
  );
export type Question = z.infer<typeof Question>;

/** Sets that thresholds are chosen with and that are learned from, beside the phrasings. */
export const TUNING = ["dev", "tuning-1", "tuning-2"].map(
  (name) => new URL(`./${name}.json`, import.meta.url),
);

/** A file of questions. Throws where it can't be read or has another form, and says what is wrong. */
export function readQuestions(file: string | URL): Question[] {
  return z.array(Question).parse(JSON.parse(readFileSync(file, "utf8")));
}

function readPhrasings(name: string): Phrasings {
  const file = new URL(`../../src/questions/phrasings/${name}.json`, import.meta.url);
  return z.record(z.string(), z.array(z.string())).parse(JSON.parse(readFileSync(file, "utf8")));
}

/** What the phrasings beside the topics teach. */
export function phrased(): Example[] {
  return examplesFrom({
    topics: readPhrasings("topics"),
    routes: readPhrasings("routes"),
    silences: readPhrasings("silences"),
  });
}

/** From here on a theme is likely enough. */
const LIKELY = 0.3;

/** The theme that an unanswerable question has by what the phrasings alone teach; "near" where that is not clear. */
function themeOf(text: string, from: Learned): string {
  const [best] = [...likelihoods(text, from)]
    .filter(([label]) => label.startsWith(SILENCE))
    .toSorted((a, b) => b[1] - a[1]);
  return best && best[1] >= LIKELY ? best[0] : `${SILENCE}near`;
}

/**
 * What questions teach. Their connectors' names are taken out, whatever words they are made of.
 *
 * @param phrasings what the phrasings alone teach
 */
export function taught(questions: readonly Question[], phrasings: Learned): Example[] {
  return questions.map((question) => {
    if (question.kind === "fact") return { text: withoutPlaces(question.q).text, label: question.expect };
    if (question.kind === "abstain") {
      const { text } = withoutPlaces(question.q);
      return { text, label: themeOf(text, phrasings) };
    }
    const { text } = recognise(question.q, namesIn([question]), (word) => phrasings.words.has(word));
    return { text, label: ROUTE + question.expect.route };
  });
}

/** The connectors that questions are about. */
export function namesIn(questions: readonly Question[]): string[] {
  const names = questions.map((question) =>
    question.kind === "data" ? question.expect.slots.connector : undefined,
  );
  return [...new Set(names)].filter((name) => name !== undefined);
}
