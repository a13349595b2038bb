import { distance } from "fastest-levenshtein";
import { foldName } from "../lifecycle/connector.ts";
import type { ConnectorName } from "../ports.ts";
import type { CommandName } from "./command.ts";
import type { Split } from "./parse.ts";
import { type Fields, isTellingTail } from "./tails.ts";
import { isNearly } from "./typos.ts";

/** Which connector is meant, with what else was said. `name` is what was said of it; empty: it went unnamed. */
export type Resolved =
  | { kind: "one"; connector: ConnectorName; fields: Fields; name: string }
  | { kind: "several"; connectors: readonly ConnectorName[]; fields: Fields; name: string }
  /** No connector was named, and the command can do without. */
  | { kind: "any"; fields: Fields }
  /** A name nobody follows; `name` is empty when none was given and nothing is followed. */
  | {
      kind: "none";
      name: string;
      fields: Fields;
      near: readonly ConnectorName[];
      /** What was said beside the name belongs to this command and to no other. */
      isTold?: true;
    };

/**
 * Picks the reading of what was said in which the name is one of `names`: exactly, the longest first; then a unique
 * beginning; then one wrong letter; then, with no name said, the only connector there is.
 */
export function resolve(
  command: CommandName,
  splits: readonly Split[],
  names: readonly ConnectorName[],
): Resolved {
  return (
    resolveExactly(splits, names) ??
    resolvePlace(command, splits, names) ??
    resolveLoosely(command, splits, names) ??
    resolveUnnamed(command, splits, names) ??
    nothing(command, splits, names)
  );
}

/** Whether a command's words fit: a connector was named, or what was said of the one that went unnamed can be said of it. */
export function isMeant(command: CommandName, resolved: Resolved): boolean {
  if (resolved.kind === "none") return resolved.name === "";
  const isNamed = resolved.kind !== "any" && resolved.name !== "";
  return isNamed || !saysMore(resolved.fields) || isTellingTail(command, resolved.fields);
}

/** What was said beside the name. A connector may be called "What's next"; but in "mute contoso?" the mark is not taken for a slip in its name. */
export function withoutName(text: string, resolved: Resolved): string {
  if (resolved.kind !== "one") return text;
  const { name, connector } = resolved;
  return text.replace(connector.name.endsWith("?") ? name : name.replace(/[?？]+$/, ""), "x");
}

/** Letter case does not matter, unless two names differ in nothing else. */
export function resolveExactly(
  splits: readonly Split[],
  names: readonly ConnectorName[],
): Resolved | undefined {
  for (const { name, fields } of splits) {
    const folded = foldName(name);
    const alike = names.filter((one) => foldName(one.name) === folded);
    const identical = alike.find((one) => one.name === name);
    const found = pick(identical ? [identical] : alike, fields, name);
    if (found) return found;
  }
  return undefined;
}

/** "done no" answers the step; it does not call Northwind. */
const ANSWER = /^(?:yes|y|no|n|none|skip|standard(?: contract)?|unchecked)$/i;
/** Names this far away are offered, never taken. */
const FAR_TYPO = 3;
/** So many names can be offered whether they are alike or not. */
const FEW = 5;

function resolveLoosely(
  command: CommandName,
  splits: readonly Split[],
  names: readonly ConnectorName[],
): Resolved | undefined {
  const folded = names.map((connector) => ({ connector, folded: foldName(connector.name) }));
  for (const matches of [isBeginning, isNearly]) {
    for (const { name, fields } of splits) {
      if (name === "" || (command === "done" && ANSWER.test(name))) continue;
      // "done a lot": any word may follow there, so only whole words are taken for the beginning of a name.
      const mayBeShort = !saysMore(fields) || isTellingTail(command, fields);
      const wanted = matches === isBeginning && !mayBeShort ? `${foldName(name)} ` : foldName(name);
      const hits = folded.filter((one) => matches(one.folded, wanted)).map(({ connector }) => connector);
      const found = pick(hits, fields, name);
      if (found) return found;
    }
  }
  return undefined;
}

/** "eta UK" asks for the country, also beside a connector called UK Bank Holidays. */
function resolvePlace(
  command: CommandName,
  splits: readonly Split[],
  names: readonly ConnectorName[],
): Resolved | undefined {
  const place = splits.find(({ name, fields }) => name === "" && fields.place);
  const isPlace = command === "eta" && place !== undefined && isTellingTail(command, place.fields);
  return isPlace ? resolveUnnamed(command, splits, names) : undefined;
}

function resolveUnnamed(
  command: CommandName,
  splits: readonly Split[],
  names: readonly ConnectorName[],
): Resolved | undefined {
  const unnamed = splits.find(({ name }) => name === "");
  if (!unnamed) return undefined;
  const { fields } = unnamed;
  // Words that could be anything are taken for what is said of the only connector, unless they look like a name.
  const tells = !saysMore(fields) || isTellingTail(command, fields);
  const named = splits.some(
    (one) => one.name !== "" && saysMore(one.fields) && isTellingTail(command, one.fields),
  );
  if (!tells && (names.length !== 1 || named)) return undefined;
  if (command === "eta" && (fields.milestone !== undefined || names.length !== 1))
    return { kind: "any", fields };
  return pick(names, fields, "");
}

function pick(hits: readonly ConnectorName[], fields: Fields, name: string): Resolved | undefined {
  const [only, ...others] = hits;
  if (!only) return undefined;
  return others.length === 0
    ? { kind: "one", connector: only, fields, name }
    : { kind: "several", connectors: hits, fields, name };
}

function nothing(command: CommandName, splits: readonly Split[], names: readonly ConnectorName[]): Resolved {
  const named = splits.filter(({ name }) => name !== "");
  const told = named.find(({ fields }) => saysMore(fields) && isTellingTail(command, fields));
  const { name, fields } = told ?? named[0] ?? { name: "", fields: {} };
  // What is no name may be what was said of a connector that went unnamed.
  const unnamed = splits.find((one) => one.name === "");
  return {
    kind: "none",
    name,
    fields: told ? fields : (unnamed?.fields ?? fields),
    near: nearest(name, names),
    ...(told && { isTold: true }),
  };
}

function isBeginning(folded: string, wanted: string): boolean {
  return folded.startsWith(wanted);
}

function nearest(name: string, names: readonly ConnectorName[]): ConnectorName[] {
  const wanted = foldName(name);
  const isNear = ({ name: other }: ConnectorName) => {
    const folded = foldName(other);
    return folded.includes(wanted) || distance(folded, wanted) <= FAR_TYPO;
  };
  return names.length <= FEW ? [...names] : names.filter(isNear).slice(0, FEW);
}

/** Something was said beside the name. */
function saysMore(fields: Fields): boolean {
  return Object.values(fields).some((value) => value !== "");
}
