import { distance } from "fastest-levenshtein";

const MIN_TYPO_LENGTH = 4;

/** One letter wrong, missing or too many, or two neighbours exchanged. */
export function isNearly(word: string, wanted: string): boolean {
  if (wanted.length < MIN_TYPO_LENGTH || Math.abs(word.length - wanted.length) > 1) return false;
  const edits = distance(word, wanted);
  return edits <= 1 || (edits === 2 && areNeighboursExchanged(word, wanted));
}

function areNeighboursExchanged(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  let at = 0;
  while (a[at] === b[at]) at += 1;
  return a[at] === b[at + 1] && a[at + 1] === b[at] && a.slice(at + 2) === b.slice(at + 2);
}
