import { distance } from "fastest-levenshtein";
import { remembering } from "../remembering.ts";

/** A connector's name within a sentence. `names` has several where what was said fits more than one. */
export interface NameSaid {
  names: readonly string[];
  /** What was said, without the possessive, and where it stands. */
  words: string;
  index: number;
}

interface Word {
  folded: string;
  index: number;
  end: number;
}

interface Hit {
  names: string[];
  first: number;
  last: number;
  /** How sure and how long: whole names before parts, right spelling before wrong. */
  rank: number;
}

/** Shorter words are not taken for misspelt names. */
const MIN_TYPO_LENGTH = 5;
const TWO_TYPOS_LENGTH = 8;
const MIN_PART_LENGTH = 4;

/**
 * Finds which of `connectors` a sentence speaks of: by its whole name, its beginning ("contoso"), another word that no other
 * name has, without its blanks, and with a letter or two wrong.
 *
 * @param isWord whether a folded word is one that people use without meaning a name
 */
export function findName(
  text: string,
  connectors: readonly string[],
  isWord: (folded: string) => boolean,
): NameSaid | undefined {
  const words = wordsOf(text);
  const index = indexOf(connectors);
  const hitsOf = (find: typeof wholeOrBegun) =>
    words.map((_, first) => find(text, words, first, index, isWord)).filter((hit) => hit !== undefined);
  const exact = hitsOf(wholeOrBegun);
  const hits = exact.length > 0 ? exact : hitsOf(loosely);
  const best = hits.toSorted((a, b) => b.rank - a.rank)[0];
  if (!best) return undefined;
  // Two connectors in one sentence: which is meant has to be asked.
  const others = hits.filter(({ first, last }) => first > best.last || last < best.first);
  const names = [...new Set([best, ...others].flatMap((hit) => hit.names))];
  const start = words[best.first]?.index ?? 0;
  return { names, words: text.slice(start, words[best.last]?.end), index: start };
}

/** The name in full, or as many of its words as follow one another. */
function wholeOrBegun(
  text: string,
  words: readonly Word[],
  first: number,
  { byFirst }: NameIndex,
  isWord: (folded: string) => boolean,
): Hit | undefined {
  let best: Hit | undefined;
  for (const { name, parts } of byFirst.get(words[first]?.folded ?? "") ?? []) {
    let count = 1;
    while (count < parts.length && parts[count] === words[first + count]?.folded) count += 1;
    const isWhole = count === parts.length;
    const said = parts.slice(0, count);
    // "Ahead" and "Live Metrics" are names, "go ahead" and "is it live" are not.
    const isPlain = said.every(isWord) || said.join("").length < 3;
    const begins = words[first]?.index ?? 0;
    if (isPlain && !(isWhole && (count > 1 || text.startsWith(name, begins)))) continue;
    if (!isWhole && isAfterStranger(words, first, isWord)) continue;
    const rank = count * 4 + (isWhole ? 2 : 0);
    if (best && best.rank === rank) best.names.push(name);
    else if (!best || rank > best.rank) best = { names: [name], first, last: first + count - 1, rank };
  }
  return best;
}

/** "crm" in "contoso crm" is a part of another name than "CRM Bot". */
function isAfterStranger(
  words: readonly Word[],
  first: number,
  isWord: (folded: string) => boolean,
): boolean {
  const before = words[first - 1]?.folded ?? "";
  return before.length >= MIN_TYPO_LENGTH && !/\d/.test(before) && !isWord(before);
}

/** Another word of the name than its first, the name without blanks, or either with wrong letters. */
function loosely(
  _text: string,
  words: readonly Word[],
  first: number,
  { byWord }: NameIndex,
  isWord: (folded: string) => boolean,
): Hit | undefined {
  const [word = "", next = ""] = [words[first]?.folded, words[first + 1]?.folded];
  if (isAfterStranger(words, first, isWord)) return undefined;
  const exact = word.length >= MIN_PART_LENGTH && !isWord(word) ? byWord.get(word) : undefined;
  if (exact) return { names: [...exact], ...reach(words, first, byWord, exact), rank: 3 };
  const joined = next && byWord.get(word + next);
  if (joined && !(isWord(word) && isWord(next)))
    return { names: [...joined], first, last: first + 1, rank: 3 };
  if (word.length < MIN_TYPO_LENGTH || isWord(word)) return undefined;
  const near = nearest(word, byWord);
  return near && { names: [...near], ...reach(words, first, byWord, near), rank: 2 };
}

/** The words after it that belong to the same names. */
function reach(
  words: readonly Word[],
  first: number,
  byWord: NameIndex["byWord"],
  names: ReadonlySet<string>,
): { first: number; last: number } {
  let last = first;
  for (let at = first + 1; at < words.length; at += 1) {
    const of = byWord.get(words[at]?.folded ?? "");
    if (!of || ![...of].some((name) => names.has(name))) break;
    last = at;
  }
  return { first, last };
}

function nearest(word: string, byWord: NameIndex["byWord"]): ReadonlySet<string> | undefined {
  const most = word.length >= TWO_TYPOS_LENGTH ? 2 : 1;
  let found: { names: ReadonlySet<string>; edits: number } | undefined;
  for (const [other, names] of byWord) {
    if (other.length < MIN_TYPO_LENGTH - 1 || Math.abs(other.length - word.length) > most) continue;
    if (other[0] !== word[0] && other[1] !== word[1]) continue;
    const edits = distance(other, word);
    // Two letters exchanged are one slip.
    const isExchange = edits === 2 && [...other].toSorted().join("") === [...word].toSorted().join("");
    if ((edits <= most || isExchange) && (!found || edits < found.edits)) found = { names, edits };
  }
  return found?.names;
}

/** The one word of a sentence that is neither used otherwise nor a followed name: perhaps the name of another connector. */
export function findStranger(text: string, isWord: (folded: string) => boolean): NameSaid | undefined {
  const strange = wordsOf(text).filter(
    ({ folded }) => folded.length >= MIN_PART_LENGTH && !/\d/.test(folded) && !isWord(folded),
  );
  const [only, ...others] = strange;
  if (!only || others.length > 0) return undefined;
  const words = text.slice(only.index, only.end);
  return { names: [], words, index: only.index };
}

interface NameIndex {
  byFirst: ReadonlyMap<string, readonly { name: string; parts: readonly string[] }[]>;
  /** Names by each of their words, and by all of them without blanks. */
  byWord: ReadonlyMap<string, ReadonlySet<string>>;
}

const INDEXES_KEPT = 20;

/** By the names, since each question brings its own list of the same ones. */
const indexOf = (connectors: readonly string[]) => indexOfJoined(connectors.join("\n"));

const indexOfJoined = remembering(makeIndex, INDEXES_KEPT);

function makeIndex(joined: string): NameIndex {
  const connectors = joined.split("\n");
  const byFirst = new Map<string, { name: string; parts: string[] }[]>();
  const byWord = new Map<string, Set<string>>();
  for (const name of connectors) {
    const parts = wordsOf(name).map(({ folded }) => folded);
    const [first = ""] = parts;
    byFirst.set(first, [...(byFirst.get(first) ?? []), { name, parts }]);
    for (const word of [...parts, parts.join("")])
      byWord.set(word, (byWord.get(word) ?? new Set()).add(name));
  }
  return { byFirst, byWord };
}

/** The words of a text as they are compared: no case, no accents, no possessive; "doesn't" is one. */
function wordsOf(text: string): Word[] {
  return [...text.matchAll(/[\p{L}\p{N}][\p{L}\p{N}\p{M}]*(?:['’](?!s\b)\p{L}+)?/gu)]
    .map((match) => ({
      folded: match[0]
        .normalize("NFKD")
        .replace(/[\p{M}'’]/gu, "")
        .toLowerCase(),
      index: match.index,
      end: match.index + match[0].length,
    }))
    .filter(({ folded, index }) => !(folded === "s" && /['’]/.test(text[index - 1] ?? "")));
}
