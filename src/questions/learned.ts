import { readFileSync } from "node:fs";
import { gunzipSync, gzipSync } from "node:zlib";
import { z } from "zod";
import { FEATURES, featuresOf } from "./features.ts";

/** The labels of what the pages don't tell begin like this, those of questions on a connector like that. */
export const SILENCE = "none:";
export const ROUTE = "route:";

/** What was learned from the phrasings (bench/questions/learning.ts): how much each feature speaks for each label. */
export interface Learned {
  labels: readonly string[];
  /** Tells from which examples it was learned. */
  examples: string;
  /** Words that people use without meaning a name. */
  words: ReadonlySet<string>;
  /** How rare each feature is. */
  rarity: Uint8Array;
  /** By feature, then by label. */
  weights: Int8Array;
  /** What a weight of 1 is worth. */
  unit: number;
}

const Head = z.object({
  labels: z.array(z.string()),
  examples: z.string(),
  words: z.string(),
  unit: z.number(),
});

/** As one file: a line of JSON, the rarities, the weights; compressed. */
export function packLearned({ rarity, weights, words, ...head }: Learned): Uint8Array {
  const line = `${JSON.stringify({ ...head, words: [...words].toSorted().join(" ") })}\n`;
  return gzipSync(Buffer.concat([Buffer.from(line), rarity, new Uint8Array(weights.buffer)]), { level: 9 });
}

/** @throws Error when the file is not one of ours, or cut off */
export function unpackLearned(file: Uint8Array): Learned {
  const bytes = gunzipSync(file);
  const end = bytes.indexOf("\n");
  const { words, ...head } = Head.parse(JSON.parse(bytes.toString("utf8", 0, end)));
  const rarity = new Uint8Array(bytes.subarray(end + 1, end + 1 + FEATURES));
  const weights = new Int8Array(bytes.subarray(end + 1 + FEATURES));
  if (weights.length !== FEATURES * head.labels.length) throw new Error("what was learned is cut off");
  return { ...head, words: new Set(words.split(" ")), rarity, weights };
}

let known: Learned | undefined;

/** What the project has learned, read at the first question. */
export function learned(): Learned {
  known ??= unpackLearned(readFileSync(new URL("./learned.bin", import.meta.url)));
  return known;
}

/** The features of a text, rare ones heavier, at length 1. */
export function vectorOf(
  text: string,
  rarityOf: (feature: number) => number,
): [feature: number, value: number][] {
  const weighed = [...featuresOf(text)].map(([feature, weight]): [number, number] => [
    feature,
    weight * rarityOf(feature),
  ]);
  const length = Math.hypot(...weighed.map(([, value]) => value)) || 1;
  return weighed.map(([feature, value]) => [feature, value / length]);
}

/** How likely each label is for a text: 0 to 1, together 1. */
export function likelihoods(text: string, from: Learned): Map<string, number> {
  const { labels, weights, unit } = from;
  const sums = new Float64Array(labels.length);
  const vector = vectorOf(text, (feature) => from.rarity[feature] ?? 0);
  for (const [feature, value] of vector) {
    const row = feature * labels.length;
    for (let at = 0; at < sums.length; at += 1) sums[at] = (sums[at] ?? 0) + (weights[row + at] ?? 0) * value;
  }
  const powers = sums.map((sum) => Math.exp(sum * unit));
  const total = powers.reduce((a, b) => a + b, 0);
  return new Map(labels.map((label, at) => [label, (powers[at] ?? 0) / total]));
}
