import { writeFileSync } from "node:fs";
import { learn, wordsOf } from "../../src/questions/learn.ts";
import { packLearned } from "../../src/questions/learned.ts";
import { phrased, readQuestions, TUNING, taught } from "./sets.ts";

/** All there is to learn from: the phrasings and the tuning sets, never the frozen one. */
export function allExamples() {
  const examples = phrased();
  const words = wordsOf(examples);
  const phrasings = learn(examples, words);
  return {
    examples: [...examples, ...TUNING.flatMap((file) => taught(readQuestions(file), phrasings))],
    words,
  };
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
