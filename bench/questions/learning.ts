import { createHash } from "node:crypto";
import { FEATURES, wordsIn } from "../../src/questions/features.ts";
import { type Learned, vectorOf } from "../../src/questions/learned.ts";

/** A text with the label it should get. */
export interface Example {
  text: string;
  label: string;
}

/** More rounds learn the examples by heart and answer unseen questions worse. */
const ROUNDS = 10;
const RATE = 0.1;
const SHARPNESS = 6;
/** Weights are kept as whole numbers up to this one: finer ones answered no better. */
const STEPS = 31;
const RARITY_STEPS = 255;

/**
 * Learns to tell the labels apart: multinomial logistic regression, Adagrad, without randomness but a fixed shuffle.
 * Some seconds for 6,700 examples; the outcome is kept in learned.bin.
 *
 * @param words what people say without meaning a connector's name
 */
export function learn(examples: readonly Example[], words: ReadonlySet<string>): Learned {
  const labels = [...new Set(examples.map(({ label }) => label))];
  const rarities = rarityIn(examples);
  const rarest = Math.max(...rarities);
  const rarity = Uint8Array.from(rarities, (value) => Math.round((value / rarest) * RARITY_STEPS));
  const vectors = examples.map(({ text }) => vectorOf(text, (feature) => rarity[feature] ?? 0));
  const wanted = examples.map(({ label }) => labels.indexOf(label));
  const exact = descend(vectors, wanted, labels.length);
  const unit = exact.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0) / STEPS;
  return {
    labels,
    examples: digestOf(examples),
    words,
    rarity,
    weights: Int8Array.from(exact, (weight) => Math.round(weight / unit)),
    unit: unit * SHARPNESS,
  };
}

/** Every word of some examples. */
export function vocabularyOf(examples: readonly Example[]): Set<string> {
  return new Set(examples.flatMap(({ text }) => wordsIn(text)));
}

/** Changes with the examples. */
export function digestOf(examples: readonly Example[]): string {
  return createHash("sha256").update(JSON.stringify(examples)).digest("hex").slice(0, 16);
}

/** The fewer texts have a feature, the more it tells. */
function rarityIn(examples: readonly Example[]): Float64Array {
  const counts = new Float64Array(FEATURES);
  for (const { text } of examples)
    for (const [feature] of vectorOf(text, () => 1)) counts[feature] = (counts[feature] ?? 0) + 1;
  return counts.map((count) => (count === 0 ? 0 : Math.log(1 + examples.length / count)));
}

function descend(
  vectors: readonly (readonly [number, number][])[],
  wanted: readonly number[],
  labels: number,
): Float32Array {
  const weights = new Float32Array(FEATURES * labels);
  const moved = new Float32Array(FEATURES * labels).fill(1e-3);
  const errors = new Float32Array(labels);
  const order = vectors.map((_, index) => index);
  const next = shuffler();
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const at of next(order)) {
      const vector = vectors[at] ?? [];
      errorsOf(vector, weights, errors);
      errors[wanted[at] ?? 0] = (errors[wanted[at] ?? 0] ?? 0) - 1;
      for (const [feature, value] of vector) {
        const row = feature * labels;
        for (let label = 0; label < labels; label += 1) {
          const step = (errors[label] ?? 0) * value;
          const sum = (moved[row + label] ?? 0) + step * step;
          moved[row + label] = sum;
          weights[row + label] = (weights[row + label] ?? 0) - (RATE * step) / Math.sqrt(sum);
        }
      }
    }
  }
  return weights;
}

/** How likely each label seems now. */
function errorsOf(
  vector: readonly (readonly [number, number])[],
  weights: Float32Array,
  into: Float32Array,
): void {
  into.fill(0);
  for (const [feature, value] of vector) {
    const row = feature * into.length;
    for (let label = 0; label < into.length; label += 1)
      into[label] = (into[label] ?? 0) + (weights[row + label] ?? 0) * value * SHARPNESS;
  }
  let total = 0;
  for (let label = 0; label < into.length; label += 1) total += into[label] = Math.exp(into[label] ?? 0);
  for (let label = 0; label < into.length; label += 1) into[label] = (into[label] ?? 0) / total;
}

/** The same order in every run. */
function shuffler(): (order: number[]) => number[] {
  let seed = 1;
  const below = (count: number) => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return Math.floor((seed / 2 ** 32) * count);
  };
  return (order) => {
    for (let last = order.length - 1; last > 0; last -= 1) {
      const other = below(last + 1);
      [order[last], order[other]] = [order[other] ?? 0, order[last] ?? 0];
    }
    return order;
  };
}
