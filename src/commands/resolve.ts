import { distance } from "fastest-levenshtein";
import { foldName } from "../lifecycle/connector.ts";
import type { ConnectorName } from "../ports.ts";
import type { CommandName } from "./command.ts";
import type { Split } from "./parse.ts";
import { type Fields, isTellingTail } from "./tails.ts";

/** Which connector is meant, with what else was said; or which several it could be. */
export type Resolved =
  | { kind: "one"; connector: ConnectorName; fields: Fields }
  | { kind: "several"; connectors: ConnectorName[]; fields: Fields; name: string }
  | { kind: "none"; name: string; fields: Fields; near: ConnectorName[] };

/** Picks the reading whose name is followed, the longest name first. Undefined: no name is exactly one of these. */
export function resolveExactly(
  splits: readonly Split[],
  found: readonly ConnectorName[],
): Resolved | undefined {
  for (const { name, fields } of splits) {
    const folded = foldName(name);
    const same = found.filter((one) => foldName(one.name) === folded);
    const identical = same.find((one) => one.name === name);
    const [only, ...others] = same;
    if (identical) return { kind: "one", connector: identical, fields };
    if (only && others.length === 0) return { kind: "one", connector: only, fields };
    if (only) return { kind: "several", connectors: same, fields, name };
  }
  return undefined;
}

const MIN_TYPO_LENGTH = 4;
/** Names this far away are offered, never taken. */
const FAR_TYPO = 3;
/** So many names can be offered whether they are alike or not. */
const FEW = 5;

/** Picks a reading by a unique beginning of a name, or by a name one letter away. */
export function resolveLoosely(
  command: CommandName,
  splits: readonly Split[],
  names: readonly ConnectorName[],
): Resolved {
  const folded = names.map((connector) => ({ connector, folded: foldName(connector.name) }));
  const usable = splits.filter(({ name }) => name !== "");
  for (const matches of [isBeginning, isNearly]) {
    for (const { name, fields } of usable) {
      // "done a lot": any word may follow there, so "a" is not taken for the beginning of a name.
      if (matches === isBeginning && !isBare(fields) && !isTellingTail(command, fields)) continue;
      const wanted = foldName(name);
      const hits = folded.filter((one) => matches(one.folded, wanted)).map(({ connector }) => connector);
      const [only, ...others] = hits;
      if (only && others.length === 0) return { kind: "one", connector: only, fields };
      if (only) return { kind: "several", connectors: hits, fields, name };
    }
  }
  const nameless = splits.find(({ name }) => name === "");
  const told = usable.find(({ fields }) => !isBare(fields) && isTellingTail(command, fields));
  const chosen = told ?? usable[0] ?? nameless ?? { name: "", fields: {} };
  // What is no name may be what was given for the step of a connector that went unnamed.
  const fields = command === "done" && !told ? { given: chosen.name } : chosen.fields;
  return { kind: "none", name: chosen.name, fields, near: nearest(chosen.name, folded) };
}

function isBeginning(folded: string, wanted: string): boolean {
  return folded.startsWith(wanted);
}

/** One letter wrong, missing or too many, or two neighbours exchanged. */
function isNearly(folded: string, wanted: string): boolean {
  if (wanted.length < MIN_TYPO_LENGTH || Math.abs(folded.length - wanted.length) > 1) return false;
  const edits = distance(folded, wanted);
  return edits <= 1 || (edits === 2 && areNeighboursExchanged(folded, wanted));
}

function areNeighboursExchanged(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  const at = [...a].findIndex((letter, index) => letter !== b[index]);
  return a[at] === b[at + 1] && a[at + 1] === b[at] && a.slice(at + 2) === b.slice(at + 2);
}

function nearest(
  name: string,
  folded: readonly { connector: ConnectorName; folded: string }[],
): ConnectorName[] {
  const wanted = foldName(name);
  const near =
    folded.length <= FEW
      ? folded
      : folded.filter((one) => one.folded.includes(wanted) || distance(one.folded, wanted) <= FAR_TYPO);
  return near.slice(0, FEW).map(({ connector }) => connector);
}

function isBare(fields: Fields): boolean {
  return Object.keys(fields).length === 0;
}
