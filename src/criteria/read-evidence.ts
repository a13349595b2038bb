import { distance } from "fastest-levenshtein";
import type { DateTime } from "luxon";
import { readWhen } from "../scheduling/when.ts";
import { PACIFIC } from "../scheduling/zones.ts";
import type { Evidence } from "./evidence.ts";
import { successRate } from "./success-rate.ts";

/** Why a figure was not taken; replies/evidence.ts has the sentences. */
export type EvidenceProblem =
  | "unknown-key"
  | "not-a-pair"
  | "twice"
  | "not-a-percent"
  | "over-100"
  | "fraction"
  | "not-a-count"
  | "one-or-three-weeks"
  | "not-responses"
  | "not-yes-or-no"
  | "not-a-date"
  | "date-ahead"
  | "contradiction";

/** `key`: the figure it is about, or the one that was nearly said; empty when there is none. */
export interface FigureRefused {
  problem: EvidenceProblem;
  key: string;
  given: string;
}

/** `typed`: what was given, by the keys of the figures, to be shown again. */
export type EvidenceRead =
  | { patch: Evidence; cleared: (keyof Evidence)[] }
  | { problems: FigureRefused[]; typed: Record<string, string> };

type Reader = (given: string, now: DateTime, zone: string) => Evidence | EvidenceProblem;

const YES = /^(?:yes|y|true|on|1|production|prod)$/i;
const NO = /^(?:no|n|false|off|0|preview)$/i;
/** Takes a figure back. */
const NOTHING = /^(?:|\?|unknown|none)$/i;
const WEEKS = 3;
const FAR_TYPO = 2;
/** Two figures for the success rate that differ by more than rounding contradict each other. */
const ROUNDING = 0.1;

const READERS: Record<string, { field: keyof Evidence; read: Reader }> = {
  availability: { field: "availability", read: percent("availability") },
  slo: { field: "slo", read: percent("slo") },
  success: { field: "success", read: percent("success") },
  responses: { field: "responses", read: readResponses },
  users: { field: "users", read: readUsers },
  connections: { field: "connections", read: readConnections },
  backend: { field: "backend", read: yesOrNo("backend") },
  support: { field: "support", read: yesOrNo("support") },
  "live-since": { field: "liveSince", read: readLiveSince },
  "customer-requires": { field: "customerRequires", read: yesOrNo("customerRequires") },
};

const SYNONYMS: Record<string, string> = {
  mac: "connections",
  wau: "users",
  uptime: "availability",
  "success-rate": "success",
  livesince: "live-since",
  customerrequires: "customer-requires",
  customer: "customer-requires",
};

/**
 * Reads "availability=99.97 users=510,530,505 live-since=1 May". A value reaches to the next key; an empty one takes the
 * figure back. When something can't be read nothing is taken, and all that can't be is told.
 */
export function readEvidence(text: string, now: DateTime, zone: string): EvidenceRead {
  return readPairs(splitPairs(text), now, zone);
}

/** The same from figures by their keys, as a form gives them. */
export function readFigures(figures: Record<string, string>, now: DateTime, zone: string): EvidenceRead {
  const pairs = Object.entries(figures).map(([key, value]) => ({ key, value: value.trim() }));
  return readPairs(pairs, now, zone);
}

function readPairs(
  pairs: readonly { key: string; value: string }[],
  now: DateTime,
  zone: string,
): EvidenceRead {
  const patch: Evidence = {};
  const cleared: (keyof Evidence)[] = [];
  const problems: FigureRefused[] = [];
  const typed: Record<string, string> = {};
  const seen = new Set<string>();
  for (const { key: said, value } of pairs) {
    const key = synonymOf(said.toLowerCase());
    const known = Object.hasOwn(READERS, key) ? READERS[key] : undefined;
    if (!known) {
      const near = nearKey(key);
      problems.push(
        said === ""
          ? { problem: "not-a-pair", key: "", given: value }
          : { problem: "unknown-key", key: near, given: said },
      );
      if (near) typed[near] ??= value;
      continue;
    }
    typed[key] = value;
    if (seen.has(key)) problems.push({ problem: "twice", key, given: value });
    else if (NOTHING.test(value)) cleared.push(known.field);
    else {
      const read = known.read(value, now, zone);
      if (typeof read === "string") problems.push({ problem: read, key, given: value });
      else Object.assign(patch, read);
    }
    seen.add(key);
  }
  const found = problems.length > 0 ? problems : contradictions(patch);
  return found.length > 0 ? { problems: found, typed } : { patch, cleared };
}

function nearKey(key: string): string {
  const near = key === "" ? undefined : EVIDENCE_KEYS.find((one) => distance(one, key) <= FAR_TYPO);
  return near ? synonymOf(near) : "";
}

function synonymOf(key: string): string {
  return (Object.hasOwn(SYNONYMS, key) ? SYNONYMS[key] : undefined) ?? key;
}

/** Every key that can be typed. */
const EVIDENCE_KEYS: readonly string[] = [...Object.keys(READERS), ...Object.keys(SYNONYMS)];

/** "a=1 b=2 3" as a: "1", b: "2 3"; what stands before the first pair has an empty key. */
function splitPairs(given: string): { key: string; value: string }[] {
  const text = given.replace(/\bsuccess rate(?=\s*=)/gi, "success");
  const marks = [...text.matchAll(/(?<=^|[\s,;])([\p{L}][\p{L}-]*)\s*=\s*/gu)];
  const before = text.slice(0, marks[0]?.index ?? text.length).trim();
  const pairs = marks.map((mark, index) => ({
    key: mark[1] ?? "",
    value: text
      .slice(mark.index + mark[0].length, marks[index + 1]?.index ?? text.length)
      .trim()
      .replace(/[,;]$/, ""),
  }));
  return before === "" && pairs.length > 0 ? pairs : [{ key: "", value: before }, ...pairs];
}

function contradictions({ success, responses }: Evidence): FigureRefused[] {
  if (success === undefined || !responses) return [];
  const { rate } = successRate(responses);
  if (rate === undefined || Math.abs(rate - success) <= ROUNDING) return [];
  const given = `${success} % and ${Number(rate.toFixed(2))} %`;
  return [{ problem: "contradiction", key: "responses", given }];
}

function percent(field: "availability" | "slo" | "success"): Reader {
  return (given) => {
    const text = given.replace(/\s*(?:%|percent)$/i, "").replace(",", ".");
    // 99,95 is how many write it; 9,995 could be thousands.
    if (!/^\d+(?:\.\d+)?$/.test(text) || /,\d{3}$/.test(given)) return "not-a-percent";
    const value = Number(text);
    if (value > 100) return "over-100";
    // Nobody runs at 0.9995 percent: that is a share of one.
    if (value > 0 && value <= 1) return "fraction";
    return { [field]: value };
  };
}

function yesOrNo(field: "backend" | "support" | "customerRequires"): Reader {
  return (given) => {
    if (YES.test(given)) return { [field]: true };
    return NO.test(given) ? { [field]: false } : "not-yes-or-no";
  };
}

function readUsers(given: string): Evidence | EvidenceProblem {
  const weeks = given.split(/\s*[,/;]\s*|\s+/).map(countOf);
  if (weeks.some((week) => week === undefined)) return "not-a-count";
  const [first, second, third] = weeks;
  if (weeks.length === 1 && first !== undefined) return { users: first };
  if (weeks.length !== WEEKS || first === undefined || second === undefined || third === undefined) {
    return "one-or-three-weeks";
  }
  return { users: [first, second, third] };
}

function readConnections(given: string): Evidence | EvidenceProblem {
  const connections = countOf(given.replace(/(?<=^\d{1,3}(?:,\d{3})*),(?=\d{3}(?:,|$))/g, ""));
  return connections === undefined ? "not-a-count" : { connections };
}

function readResponses(given: string): Evidence | EvidenceProblem {
  const responses: Record<string, number> = {};
  for (const part of given.split(/[,;\s]+/).filter((one) => one !== "")) {
    const [, status, count] = /^([1-5](?:\d\d|xx))[:=](\d+)$/i.exec(part) ?? [];
    const read = countOf(count ?? "");
    if (!status || read === undefined || responses[status.toLowerCase()] !== undefined)
      return "not-responses";
    responses[status.toLowerCase()] = read;
  }
  return Object.keys(responses).length > 0 ? { responses } : "not-responses";
}

function readLiveSince(given: string, now: DateTime, zone: string): Evidence | EvidenceProblem {
  const read = readWhen(given, now, zone, "past");
  if ("refused" in read) return "not-a-date";
  return read.at > now
    ? "date-ahead"
    : { liveSince: (read.hasTime ? read.at.setZone(PACIFIC) : read.at).toISODate() ?? "" };
}

function countOf(text: string): number | undefined {
  const count = /^\d{1,12}$/.test(text) ? Number(text) : Number.NaN;
  return Number.isSafeInteger(count) ? count : undefined;
}
