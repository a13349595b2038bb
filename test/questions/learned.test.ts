import { readFileSync } from "node:fs";
import { gunzipSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { allExamples } from "../../bench/questions/learn.ts";
import { digestOf, learn } from "../../bench/questions/learning.ts";
import { readQuestions, TUNING } from "../../bench/questions/sets.ts";
import { wordsIn } from "../../src/questions/features.ts";
import {
  type Learned,
  learned,
  likelihoods,
  packLearned,
  unpackLearned,
} from "../../src/questions/learned.ts";
import { SILENCES } from "../../src/questions/silences.ts";
import { TOPIC_IDS } from "../../src/questions/topics.ts";

const SEED = { seed: 20261118 };
const FILE = readFileSync("src/questions/learned.bin");
const { examples, words } = allExamples();

describe("what was learned", () => {
  let again: Learned;
  beforeAll(() => {
    again = learn(examples, words);
  });

  it("was learned from the phrasings and tuning sets as they are now", () => {
    expect(learned().examples).toBe(digestOf(examples));
    expect(learned().words).toEqual(words);
  });

  it("has every topic among its labels", () => {
    expect(learned().labels).toEqual(expect.arrayContaining(TOPIC_IDS));
    expect(new Set(learned().labels).size).toBe(learned().labels.length);
  });

  it("is the same when it is learned again", () => {
    const { weights, rarity, unit, labels } = learned();
    expect({ labels: again.labels, rarity: again.rarity }).toEqual({ labels, rarity });
    expect(again.unit).toBeCloseTo(unit, 4);
    const near = weights.filter((weight, at) => Math.abs(weight - (again.weights[at] ?? 99)) <= 1);
    expect(again.weights.length).toBe(weights.length);
    expect(near.length / weights.length).toBeGreaterThanOrEqual(0.999);
  });

  it("changes its mark with any example", () => {
    const [first, ...others] = examples;
    if (!first) throw new Error("no examples");
    const { text, label } = first;
    const marks = [examples, others, [{ text: `${text} `, label }, ...others], [...others, first]].map(
      digestOf,
    );
    expect(new Set(marks).size).toBe(marks.length);
  });
});

describe("the file of what was learned", () => {
  it("holds all of it", () => {
    expect(unpackLearned(FILE)).toEqual(learned());
    expect(unpackLearned(packLearned(learned()))).toEqual(learned());
  });

  it.each([0, 1, 100, FILE.length / 2, FILE.length - 1])("is refused when cut off after %d bytes", (end) => {
    expect(() => unpackLearned(FILE.subarray(0, end))).toThrow();
  });

  it.each([1, 1000])("is refused when packed with %d weights less", (less) => {
    const bytes = gunzipSync(FILE);
    expect(() => unpackLearned(gzipSync(bytes.subarray(0, bytes.length - less)))).toThrow("cut off");
    expect(() => unpackLearned(gzipSync(Buffer.concat([bytes, Buffer.alloc(less)])))).toThrow("cut off");
  });

  it.each(["", "{}\n", "[]\n", "nothing of ours", '{"labels":[]}\n'])("is refused when it is %j", (text) => {
    expect(() => unpackLearned(gzipSync(text))).toThrow();
    expect(() => unpackLearned(Buffer.from(text))).toThrow();
  });
});

describe("likelihoods", () => {
  it("are one for all labels together, whatever the text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const found = [...likelihoods(text, learned()).values()];
        expect(found).toHaveLength(learned().labels.length);
        expect(found.every((value) => value >= 0 && value <= 1)).toBe(true);
        expect(found.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 9);
      }),
      SEED,
    );
  });
});

describe("the frozen questions", () => {
  // They are not to be seen: only how many there are.
  it("hold nothing that was taught", () => {
    const plain = (text: string) => wordsIn(text).join(" ");
    const phrasings = ["topics", "routes", "silences"].flatMap((kind) => {
      const texts: Record<string, string[]> = JSON.parse(
        readFileSync(`src/questions/phrasings/${kind}.json`, "utf8"),
      );
      return Object.values(texts).flat();
    });
    const tuned = TUNING.flatMap((file) => readQuestions(file)).map(({ q }) => q);
    const taught = new Set([...phrasings, ...tuned, ...examples.map(({ text }) => text)].map(plain));
    const shared = readQuestions("bench/questions/frozen.json").filter(({ q }) => taught.has(plain(q)));
    expect(shared.length).toBe(0);
  });
});

it("what was learned of silences has a line for each, and no line is for none", () => {
  const learnedOf = learned().labels.filter((label) => label.startsWith("none:"));
  expect(learnedOf.map((label) => label.slice("none:".length)).toSorted()).toEqual(
    Object.keys(SILENCES).toSorted(),
  );
});
