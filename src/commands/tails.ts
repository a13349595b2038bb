import { readClouds } from "../criteria/clouds.ts";
import { MILESTONES, type Milestone } from "../lifecycle/connector.ts";
import { isStepName } from "../lifecycle/steps.ts";
import { placeToWave } from "../scheduling/places.ts";
import type { CommandName } from "./command.ts";
import { isNearly } from "./typos.ts";

export type Fields = Record<string, string>;

/**
 * Reads what follows a connector's name.
 *
 * @returns the fields it stands for, or undefined when it can't follow a name here: then the name is longer, or shorter
 */
export type Tail = (words: readonly string[]) => Fields | undefined;

/** For commands of the shape "name-and-more". An empty tail is always tried too. */
export const TAILS: Partial<Record<CommandName, Tail>> = {
  status: (words) => (isOne(words, ["history", "log"]) ? { history: "yes" } : undefined),
  untrack: (words) => (isOne(words, ["confirm", "yes"]) ? { confirm: "yes" } : undefined),
  rename: (words) =>
    words[0]?.toLowerCase() === "to" && words.length > 1 ? { to: words.slice(1).join(" ") } : undefined,
  done: (words) => ({ given: words.join(" ") }),
  mark: readMark,
  evidence: (words) => (isEvidenceStart(words.join(" ")) ? { given: words.join(" ") } : undefined),
  request: (words) => ({ clouds: words.join(" ") }),
  eta: readEta,
  reminders: readReminders,
  follow: readFollow,
};

const MILESTONE_WORDS = new Map<string, Milestone>(
  Object.entries({
    ...Object.fromEntries(MILESTONES.map((milestone) => [milestone, milestone])),
    ...Object.fromEntries(MILESTONES.map((milestone) => [milestone.replaceAll("-", " "), milestone])),
    submit: "submitted",
    resubmitted: "submitted",
    published: "submitted",
    failed: "report-failed",
    rejected: "report-failed",
    passed: "report-passed",
    approved: "report-passed",
    golive: "go-live",
    "went live": "go-live",
    "all region": "all-regions",
    "in all regions": "all-regions",
    pr: "pull-request",
    "open-source": "pull-request",
    "ga request": "ga-requested",
    "ga request sent": "ga-requested",
    "start date": "start",
    starts: "start",
  } as const),
);
const LONGEST_MILESTONE = 3;

/** The milestone that words begin with, and what is left of them. */
export function takeMilestone(
  words: readonly string[],
): { milestone: Milestone; rest: string[] } | undefined {
  for (let count = Math.min(LONGEST_MILESTONE, words.length); count > 0; count -= 1) {
    const milestone = MILESTONE_WORDS.get(words.slice(0, count).join(" ").toLowerCase());
    if (milestone) return { milestone, rest: words.slice(count) };
  }
  return undefined;
}

function readMark(words: readonly string[]): Fields | undefined {
  const taken = takeMilestone(words);
  if (!taken) return { milestone: words.join(" ") };
  const isAlready = taken.rest.at(-1)?.toLowerCase() === "already";
  const when = (isAlready ? taken.rest.slice(0, -1) : taken.rest).join(" ");
  return { milestone: taken.milestone, ...(when && { when }), ...(isAlready && { already: "yes" }) };
}

function readEta(words: readonly string[]): Fields | undefined {
  const at = words.findIndex((word) => word.toLowerCase() === "if");
  const place = words
    .slice(0, at === -1 ? words.length : at)
    .join(" ")
    .replace(/^(?:in|for|to)\s+/i, "");
  if (at === -1) return { place };
  const taken = takeMilestone(words.slice(at + 1));
  return {
    ...(place && { place }),
    milestone: taken?.milestone ?? words.slice(at + 1).join(" "),
    when: taken?.rest.join(" ") ?? "",
  };
}

const SILENCE_WORDS = new Map(
  Object.entries({
    mute: "mute",
    unmute: "unmute",
    unsnooze: "unmute",
    snooze: "snooze",
    off: "mute",
    on: "unmute",
    acknowledge: "acknowledge",
    ack: "acknowledge",
    here: "here",
  }),
);

function readReminders(words: readonly string[]): Fields | undefined {
  const does = SILENCE_WORDS.get(words[0]?.toLowerCase() ?? "");
  if (!does) return undefined;
  // "mute until monday" ends by itself.
  const isSnooze =
    does === "snooze" || (does === "mute" && /^(?:until|till|for) ./i.test(words.slice(1).join(" ")));
  if (!isSnooze) return words.length === 1 ? { do: does } : undefined;
  return {
    do: "snooze",
    for: words
      .slice(1)
      .join(" ")
      .replace(/^for\s+/i, ""),
  };
}

const FOLLOW_WORDS = new Map<string, Fields>(
  Object.entries<Fields>({
    all: { only: "all" },
    everything: { only: "all" },
    deadlines: { only: "deadlines" },
    "only deadlines": { only: "deadlines" },
    "deadlines only": { only: "deadlines" },
    here: {},
  }),
);

function readFollow(words: readonly string[]): Fields | undefined {
  const said = words.map((word) => word.toLowerCase()).filter((word, index) => index > 0 || word !== "for");
  const meant = said.map((word) => (isNearly("deadlines", word) ? "deadlines" : word));
  return FOLLOW_WORDS.get(meant.join(" "));
}

/** Whether a tail says by itself which command it belongs to, so that the name before it may be short or left out. */
export function isTellingTail(command: CommandName, fields: Fields): boolean {
  switch (command) {
    case "eta":
      return fields.place ? placeToWave(fields.place) !== undefined : fields.milestone !== undefined;
    case "done":
      return isStepName(fields.given?.split(" ")[0]?.toLowerCase() ?? "");
    case "mark":
      return MILESTONES.some((milestone) => milestone === fields.milestone);
    case "request":
      return readClouds(fields.clouds ?? "") !== undefined;
    default:
      return true;
  }
}

/** "slo=99.6", "success rate = 85 %": whatever has an equals sign after a word or two. */
function isEvidenceStart(text: string): boolean {
  return /^[\p{L}-]+(?: [\p{L}-]+)?\s*=/u.test(text);
}

function isOne(words: readonly string[], of: readonly string[]): boolean {
  return words.length === 1 && of.includes(words[0]?.toLowerCase() ?? "");
}
