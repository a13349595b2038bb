import { writeFileSync } from "node:fs";
import { packLearned } from "../../src/questions/learned.ts";
import { type Example, learn, vocabularyOf } from "./learning.ts";
import { phrased, type Question, readQuestions, TUNING, taught } from "./sets.ts";

/** What the phrasings teach, and `questions` beside them. `words`: those of the phrasings alone, which hold no names. */
export function examplesWith(questions: readonly Question[]): { examples: Example[]; words: Set<string> } {
  const examples = phrased();
  const words = vocabularyOf(examples);
  return { examples: [...examples, ...taught(questions, learn(examples, words))], words };
}

/** All there is to learn from: the phrasings and the tuning sets, never the frozen one. */
export function allExamples(): { examples: Example[]; words: Set<string> } {
  return examplesWith(TUNING.flatMap(readQuestions));
}

if (import.meta.main) {
  const file = new URL("../../src/questions/learned.bin", import.meta.url);
  const { examples, words } = allExamples();
  const outcome = learn(examples, words);
  writeFileSync(file, packLearned(outcome));
  process.stdout.write(
    `${examples.length} examples, ${outcome.labels.length} labels: src/questions/learned.bin\n`,
  );
}
