import type { Block, Reply } from "../reply.ts";
import { offsetsOf, REMINDER_UNITS } from "../scheduling/reminder-offsets.ts";
import { type Freeze, REMINDER_TOPICS, type ReminderTopic, type Settings } from "../settings.ts";
import { type FreezeTyped, freezeForm, type RemindTyped, remindForm, TOPICS, zoneForm } from "./forms.ts";
import {
  beforeText,
  buttons,
  facts,
  listText,
  plural,
  problemsText,
  reply,
  reported,
  say,
  text,
} from "./parts.ts";
import { clip } from "./printable.ts";
import { type Refusal, whenProblemText } from "./refusals.ts";
import { daysText, digestText, quietText } from "./settings-hours.ts";
import { dayText } from "./times.ts";

const FREEZE_EXAMPLE = "settings freeze add 2026-12-21 to 2027-01-04 year end";

/** Everything a workspace decides for itself. `zone`: the reader's. */
export function settingsReply(settings: Settings, zone: string): Reply {
  return reply(
    `Settings: zone ${settings.zone ?? "not set"}, ${plural(settings.freezes.length, "freeze")}, reminders ${Object.keys(settings.remind).length === 0 ? "at their defaults" : "changed"}.`,
    facts(
      ["Seller account", settings.accountReady ? "ready" : "not said to be ready"],
      ["Zone", settings.zone ?? `not set; times are shown to each in their own zone, to you in ${zone}`],
      ["Freezes", freezesText(settings.freezes)],
      ["Quiet hours", quietText(settings)],
      ["Working days", daysText(settings)],
      ["Weekly digest", digestText(settings.digest)],
    ),
    remindFacts(settings),
    text(
      "Change them: ",
      { bold: "settings zone Europe/Berlin" },
      ", ",
      { bold: FREEZE_EXAMPLE },
      ", ",
      { bold: "settings remind test-link 24 4" },
      ".",
    ),
    zoneForm(settings.zone ?? zone),
    buttons(
      say("Freezes", "settings freeze", "settings", { words: "freeze" }),
      say("Reminder times", "settings remind", "settings", { words: "remind" }),
      say("Quiet hours", "settings quiet", "settings", { words: "quiet" }),
      say("Weekly digest", "settings digest", "settings", { words: "digest" }),
      say("More on settings", "help settings", "help", { words: "settings" }),
    ),
  );
}

/** `now`: the time there. `before`: the zone until then. */
export function zoneSetReply(zone: string, now: string, before: string | undefined): Reply {
  return reply(
    `The zone of this workspace is ${zone}; it is ${now} there.`,
    text("It is used for people whose platform does not tell their zone."),
    before ? beforeText(`settings zone ${before}`, `settings zone ${zone}`) : text("Before: none was set."),
  );
}

export function zoneProblemReply(given: string): Reply {
  return reply(
    given ? `“${clip(given, 60)}” is no time zone; nothing was changed.` : "Which zone? Nothing was changed.",
    text(
      "Zones are written Area/City: ",
      { bold: "settings zone Europe/Berlin" },
      ", America/New_York, Asia/Kolkata, UTC.",
    ),
    zoneForm(given, given ? `“${clip(given, 60)}” is no time zone.` : "A zone is missing."),
  );
}

/** `lead`: what has just been changed; `removed` is not among them any more. */
export function freezesReply(freezes: readonly Freeze[], lead?: string, removed?: Freeze): Reply {
  return reply(
    lead ??
      (freezes.length === 0 ? "No freeze is configured." : `${plural(freezes.length, "freeze")} configured.`),
    freezes.length > 0
      ? { kind: "list", items: freezes.map((freeze, index) => [`${index + 1}. ${freezeText(freeze)}`]) }
      : undefined,
    removed && beforeText(freezeTyped(removed), ""),
    text(
      "Add one: ",
      { bold: FREEZE_EXAMPLE },
      freezes.length > 0 ? "; remove one: " : "",
      freezes.length > 0 ? { bold: "settings freeze remove 1" } : "",
      ".",
    ),
    freezeForm(),
    reported("Microsoft has frozen deployments around Thanksgiving and from late November to early January."),
    buttons(say("Settings", "settings", "settings")),
  );
}

function freezeTyped({ from, to, why }: Freeze): string {
  return `settings freeze add ${from} to ${to} ${why}`;
}

export function freezeAddedText(freeze: Freeze): string {
  return `Freeze added: ${freezeText(freeze)}. No business days in it; all dates follow.`;
}

export function freezeRemovedText(freeze: Freeze): string {
  return `Freeze removed: ${freezeText(freeze)}; all dates follow.`;
}

/** Why a freeze was not added: its day can't be read, or something about the two days. */
export type FreezeProblem =
  | { refused: Refusal; understood?: string }
  | "order"
  | "too-long"
  | "twice"
  | "too-many";

const FREEZE_PROBLEMS: Record<Extract<FreezeProblem, string>, string> = {
  order: "A freeze ends on the day it begins or later.",
  "too-long": "A freeze of more than a year is hardly meant.",
  twice: "That freeze is there already.",
  "too-many": "No more freezes can be kept; remove one first.",
};

/** A freeze that can't be added. What was given stands in the form, with what is wrong beside it. */
export function freezeRefusedReply(
  typed: FreezeTyped,
  { from, to }: { from?: FreezeProblem; to?: FreezeProblem },
): Reply {
  const problems = {
    ...(from && { from: freezeProblemText("first", typed.from, from) }),
    ...(to && { to: freezeProblemText("last", typed.to, to) }),
  };
  return reply(
    `${problemsText(Object.values(problems))} Nothing was changed.`,
    text("Type ", { bold: FREEZE_EXAMPLE }, "."),
    freezeForm({ ...typed, problems }),
    buttons(say("Freezes", "settings freeze", "settings", { words: "freeze list" })),
  );
}

function freezeProblemText(which: "first" | "last", given: string, problem: FreezeProblem): string {
  if (typeof problem === "string") return FREEZE_PROBLEMS[problem];
  const { refused, understood } = problem;
  return refused === "empty" ? `The ${which} day is missing.` : whenProblemText(given, refused, understood);
}

export function freezeProblemReply(problem: "number" | "words", given: string): Reply {
  return reply(
    problem === "words"
      ? `“${given}” is not add, remove or list. Nothing was changed.`
      : `There is no freeze “${given}”. Nothing was changed.`,
    text("Type ", { bold: problem === "number" ? "settings freeze remove 1" : FREEZE_EXAMPLE }, "."),
    buttons(say("Freezes", "settings freeze", "settings", { words: "freeze list" })),
  );
}

/** When the reminders of this workspace come. */
export function reminderTimesReply(settings: Settings): Reply {
  const changed = REMINDER_TOPICS.filter((topic) => settings.remind[topic] !== undefined);
  return reply(
    changed.length === 0
      ? "Reminder times: all at their defaults."
      : `Reminder times: changed for ${listText(changed.map((topic) => TOPICS[topic]))}.`,
    remindFacts(settings),
    text("Type ", { bold: "settings remind test-link 24 4" }, "; instead of numbers also off or default."),
    remindForm(),
    buttons(say("Settings", "settings", "settings")),
  );
}

function remindFacts(settings: Settings): Block {
  return facts(
    ...REMINDER_TOPICS.map((topic): [string, string] => [
      TOPICS[topic],
      offsetsText(topic, offsetsOf(topic, settings)),
    ]),
  );
}

/** `before`: it has just been changed from these. */
export function remindSetReply(topic: ReminderTopic, settings: Settings, before: Settings): Reply {
  return reply(
    `${TOPICS[topic]} reminders: ${offsetsText(topic, offsetsOf(topic, settings))}.`,
    beforeText(remindTyped(topic, before), remindTyped(topic, settings)),
    buttons(say("Settings", "settings", "settings")),
  );
}

function remindTyped(topic: ReminderTopic, { remind }: Settings): string {
  const offsets = remind[topic];
  return `settings remind ${topic} ${offsets === undefined ? "default" : offsets.join(" ") || "off"}`;
}

/** A time that can't be taken. What was given stands in the form. `topic`: the kind of reminder, where it is one. */
export function remindRefusedReply(typed: RemindTyped, topic?: ReminderTopic): Reply {
  const example = `settings remind ${topic ?? "test-link"} ${topic === "waves" || topic === "cut-off" ? "9" : "24 4"}`;
  const problems = remindProblems(typed, topic);
  const title = `${problemsText(Object.values(problems))} Nothing was changed.`;
  const back = buttons(say("Reminder times", "settings remind", "settings", { words: "remind" }));
  if (!topic) {
    return reply(
      title,
      text("Type ", { bold: example }, `. Kinds: ${listText(Object.values(TOPICS))}.`),
      remindForm({ ...typed, problems }),
      back,
    );
  }
  const { max, unit } = REMINDER_UNITS[topic];
  const takes = `It takes off, default, or numbers from 0 to ${max}: ${unit}.`;
  return reply(
    title,
    text(`${takes} Type `, { bold: example }, "."),
    // A platform may show a field's problem and nothing else.
    remindForm({ topic, times: typed.times, problems: { times: `${problems.times} ${takes}` } }),
    back,
  );
}

function remindProblems({ topic: given, times }: RemindTyped, topic?: ReminderTopic) {
  if (topic) {
    const name = `“${TOPICS[topic]}”`;
    return {
      times: times === "" ? `Which times for ${name}?` : `“${clip(times, 60)}” is no time for ${name}.`,
    };
  }
  return {
    topic: given === "" ? "The kind of reminder is missing." : `“${clip(given, 60)}” is no kind of reminder.`,
    ...(times === "" && { times: "The times are missing." }),
  };
}

export function unknownSettingReply(given: string): Reply {
  return reply(
    `“${clip(given, 60)}” is no setting; nothing was changed.`,
    text(
      "There are zone, freeze, remind, quiet, days and digest: ",
      { bold: "settings zone Europe/Berlin" },
      ".",
    ),
    buttons(say("Settings", "settings", "settings")),
  );
}

function freezesText(freezes: readonly Freeze[]): string {
  return freezes.length === 0 ? "none" : listText(freezes.map(freezeText));
}

function freezeText({ from, to, why }: Freeze): string {
  return `${dayText(from)} to ${dayText(to)} (${why})`;
}

function offsetsText(topic: ReminderTopic, offsets: readonly number[]): string {
  const { unit } = REMINDER_UNITS[topic];
  return offsets.length === 0 ? "off" : `${listText(offsets.map(String))} ${unit}`;
}
