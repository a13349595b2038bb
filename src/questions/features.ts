import { stemmer } from "stemmer";
import { remembering } from "../remembering.ts";

/** Features are hashed into so many places; two that share one are told apart by the others of a text. */
export const FEATURES = 1 << 14;

/** Words that say little beside others. */
const SMALL_WORDS = new Set(
  `a an the of to in on at for and or is are be do does did was were it its we our us i my me you your this that with by as if so
  can will would should could have has had there here im ive hi hey hello team please pls thanks`.split(
    /\s+/,
  ),
);
const WEIGHT = { word: 1, smallWord: 0.5, pair: 0.6, letters: 0.3 };
const MIN_LETTERS = 3;
const MAX_LETTERS = 4;

/** The words of a text as they are compared: small letters, no accents, "M.A.C." in one, numbers whole. */
export function wordsIn(text: string): string[] {
  const folded = text
    .normalize("NFKD")
    .replace(/[\p{M}'’‘`]/gu, "")
    .replace(/\b(?:[a-z]\.){2,}/gi, (initials) => initials.replaceAll(".", ""))
    .toLowerCase();
  return (folded.match(/[a-z]+|\d+(?:[.,]\d+)*/g) ?? []).map((word) => word.replace(",", "."));
}

/**
 * What a text is recognised by: its stemmed words, each two that follow one another, and runs of letters, which survive wrong
 * spelling. Sparse: places below `FEATURES` with their weights.
 */
export function featuresOf(text: string): Map<number, number> {
  const words = wordsIn(text);
  const stems = words.map(stem);
  const features = new Map<number, number>();
  for (const feature of new Set(stems))
    add(features, `u:${feature}`, SMALL_WORDS.has(feature) ? WEIGHT.smallWord : WEIGHT.word);
  const bounded = ["^", ...stems, "$"];
  const pairs = bounded.slice(1).map((word, index) => `b:${bounded[index]}_${word}`);
  for (const pair of new Set(pairs)) add(features, pair, WEIGHT.pair);
  for (const letters of new Set(words.flatMap(lettersOf))) add(features, `c:${letters}`, WEIGHT.letters);
  return features;
}

function add(features: Map<number, number>, feature: string, weight: number): void {
  const place = placeOf(feature);
  features.set(place, (features.get(place) ?? 0) + weight);
}

function lettersOf(word: string): string[] {
  if (word.length <= MIN_LETTERS || SMALL_WORDS.has(word)) return [];
  const bounded = `<${word}>`;
  const lengths = [MIN_LETTERS, MAX_LETTERS];
  return lengths.flatMap((length) =>
    Array.from({ length: Math.max(0, bounded.length - length + 1) }, (_, at) =>
      bounded.slice(at, at + length),
    ),
  );
}

const stem = remembering((word: string) => (/\d/.test(word) ? word : stemmer(word)), 20_000);

/** FNV-1a with its bits mixed once more. */
function placeOf(feature: string): number {
  let hash = 2166136261;
  for (let at = 0; at < feature.length; at += 1) hash = Math.imul(hash ^ feature.charCodeAt(at), 16777619);
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
  return ((hash ^ (hash >>> 13)) >>> 0) % FEATURES;
}
