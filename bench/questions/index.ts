import { parseArgs } from "node:util";
import { z } from "zod";
import { match, THRESHOLDS } from "../../src/questions/match.ts";
import { examplesWith } from "./learn.ts";
import { learn } from "./learning.ts";
import { DAY, type Score, score } from "./score.ts";
import { namesIn, type Question, readQuestions, TUNING } from "./sets.ts";

const FOLDS = 5;
const SURE = [0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6];
const USAGE = "npm run questions -- FILE.json [--missed]   or   npm run questions -- --thresholds\n";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { missed: { type: "boolean" }, thresholds: { type: "boolean" } },
});
if (values.thresholds) trySureness();
else if (positionals[0]) printFile(positionals[0]);
else {
  process.stderr.write(USAGE);
  process.exitCode = 1;
}

function printFile(file: string): void {
  try {
    printTable(readQuestions(file), values.missed === true);
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : (error as Error).message;
    process.stderr.write(`${file} can't be read as questions: ${why}\n${USAGE}`);
    process.exitCode = 1;
  }
}

/** How questions are answered. */
function printTable(questions: readonly Question[], withMissed: boolean): void {
  const counts = score(questions);
  print(`${questions.length} questions, ${namesIn(questions).length} connectors`);
  printScore(counts);
  print(`  time            ${times(questions)}`);
  if (withMissed) printMissed(counts);
}

function printMissed({ missed }: Score): void {
  for (const { question, got, how } of missed) print(`${how}: ${question.q}  ->  ${JSON.stringify(got)}`);
}

function printScore({ facts, data, abstain }: Score): void {
  const found = facts.right + facts.offered;
  print(
    `  answerable      ${facts.all}: answered right ${share(facts.right, facts.all)}, answered wrong ${share(
      facts.wrong,
      facts.all,
    )}, right in answer or choices ${share(found, facts.all)}`,
  );
  print(`  on a connector  ${data.all}: routed right, slots included ${share(data.right, data.all)}`);
  print(
    `  unanswerable    ${abstain.all}: answered or routed ${share(abstain.answered, abstain.all)}, silent ${share(
      abstain.silent,
      abstain.all,
    )}, the rest choices`,
  );
}

/** Each fifth of the tuning sets answered by what the phrasings and the other fifths teach. */
function trySureness(): void {
  const tuning = TUNING.flatMap(readQuestions);
  const connectors = namesIn(tuning);
  const folds = Array.from({ length: FOLDS }, (_, fold) => {
    const { examples, words } = examplesWith(tuning.filter((_, index) => index % FOLDS !== fold));
    return { asked: tuning.filter((_, index) => index % FOLDS === fold), from: learn(examples, words) };
  });
  for (const sure of SURE) {
    const scores = folds.map(({ asked, from }) => score(asked, connectors, from, { ...THRESHOLDS, sure }));
    print(`sure from ${sure}${sure === THRESHOLDS.sure ? " (in use)" : ""}`);
    const all = scores.reduce(added);
    printScore(all);
    if (values.missed === true && sure === THRESHOLDS.sure) printMissed(all);
  }
}

function added(one: Score, other: Score): Score {
  const sum = <Counts extends Record<string, number>>(a: Counts, b: Counts) =>
    Object.fromEntries(Object.entries(a).map(([key, value]) => [key, value + (b[key] ?? 0)])) as Counts;
  return {
    facts: sum(one.facts, other.facts),
    data: sum(one.data, other.data),
    abstain: sum(one.abstain, other.abstain),
    missed: [...one.missed, ...other.missed],
  };
}

/** The first question reads what was learned. */
function times(questions: readonly Question[]): string {
  const connectors = namesIn(questions);
  const each = questions.map(({ q }) => {
    const before = performance.now();
    match(q, { connectors, now: DAY });
    return performance.now() - before;
  });
  const sorted = each.toSorted((a, b) => a - b);
  const at = (part: number) =>
    (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0).toFixed(2);
  return `median ${at(0.5)} ms, p99 ${at(0.99)} ms`;
}

function share(part: number, whole: number): string {
  return whole === 0 ? "–" : `${((100 * part) / whole).toFixed(1)} % (${part})`;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
