import type { DateTime } from "luxon";
import type { Block, Input, Reply } from "../reply.ts";
import { DEFAULT_DAYS, DEFAULT_QUIET, type DigestTime, type Settings } from "../settings.ts";
import { form } from "./forms.ts";
import { buttons, listText, reply, say, sentence, text } from "./parts.ts";
import { clip } from "./printable.ts";
import { moment, type View } from "./times.ts";

export const WEEKDAYS = [
  "Monday",
  "Tuesday",
  "Wednesday",
  "Thursday",
  "Friday",
  "Saturday",
  "Sunday",
] as const;
const NO_WEEKDAY = "no day of the week";

/** Quiet hours as someone gave them. */
export interface QuietTyped {
  from: string;
  to: string;
}

/** When the weekly digest should come, as someone gave it. */
export interface DigestTyped {
  day: string;
  at: string;
}

type TimeProblem = "missing" | "no-time";
export type QuietProblems = { from?: TimeProblem; to?: TimeProblem | "same" };
export type DigestProblems = { day?: "missing" | "no-day"; at?: TimeProblem };

/** "20:00 to 08:00", or "off". */
export function quietText({ quiet = DEFAULT_QUIET }: Settings): string {
  return quiet === "off" ? "off" : `${quiet.from} to ${quiet.to}`;
}

/** "Monday to Friday", "every day", "Monday, Tuesday and Thursday". */
export function daysText(settings: Settings): string {
  const days: readonly number[] = settings.days ?? DEFAULT_DAYS;
  if (days.length === 7) return "every day";
  const firsts = days.filter((day) => !days.includes(((day + 5) % 7) + 1));
  const first = firsts[0] ?? 1;
  const names = days
    .toSorted((a, b) => ((a - first + 7) % 7) - ((b - first + 7) % 7))
    .map((day) => WEEKDAYS[day - 1] ?? "");
  return firsts.length === 1 && names.length > 2 ? `${names[0]} to ${names.at(-1)}` : listText(names);
}

/** "Mondays at 09:00 (Europe/Berlin)", or "off". */
export function digestText(digest: DigestTime | undefined): string {
  return digest ? `${WEEKDAYS[digest.weekday - 1]}s at ${digest.at} (${digest.zone})` : "off";
}

/** When people want to hear nothing. `lead`: what has just been changed. */
export function quietReply(settings: Settings, lead = "Quiet hours"): Reply {
  const { quiet = DEFAULT_QUIET } = settings;
  return reply(
    quiet === "off" ? `${lead}: off.` : `${lead}: ${quietText(settings)}, where each owner is.`,
    text(rule(quiet === "off" ? "on a day off" : "then, or on a day off,")),
    text(whereText(settings)),
    text("Type ", { bold: "settings quiet 20:00-8:00" }, "; also off or default."),
    quietForm(quiet === "off" ? { from: "", to: "" } : quiet),
    buttons(
      say("Working days", "settings days", "settings", { words: "days" }),
      say("Settings", "settings", "settings"),
    ),
  );
}

/** The days on which people work. `lead`: what has just been changed. */
export function daysReply(settings: Settings, lead = "Working days"): Reply {
  return reply(
    `${lead}: ${daysText(settings)}.`,
    text(rule("on another day")),
    text(whereText(settings)),
    text("Type ", { bold: "settings days mon-fri" }, "; also all or default."),
    daysForm(daysText(settings)),
    buttons(
      say("Quiet hours", "settings quiet", "settings", { words: "quiet" }),
      say("Settings", "settings", "settings"),
    ),
  );
}

function rule(when: string): string {
  return `A reminder that would come ${when} comes before when it warns of a deadline, and else in the next working morning.`;
}

function whereText({ zone }: Settings): string {
  return zone
    ? `For owners whose zone is not known, it is ${zone} that counts.`
    : "For owners whose zone is not known, nothing is moved until the workspace has a zone.";
}

export function quietRefusedReply(typed: QuietTyped, wrong: QuietProblems): Reply {
  const problems = {
    ...(wrong.from && { from: timeProblemText("The first time", typed.from, wrong.from) }),
    ...(wrong.to && {
      to:
        wrong.to === "same"
          ? "Quiet hours end at another time than they begin."
          : timeProblemText("The last time", typed.to, wrong.to),
    }),
  };
  return reply(
    refusal(problems),
    text("Type ", { bold: "settings quiet 20:00-8:00" }, ", or 8pm to 8am, off or default."),
    quietForm(typed, problems),
    buttons(say("Settings", "settings", "settings")),
  );
}

export function daysRefusedReply(given: string): Reply {
  const problem = given === "" ? "The days are missing." : `“${clip(given, 60)}” are no days of the week.`;
  return reply(
    refusal({ problem }),
    text("Type ", { bold: "settings days mon-fri" }, ", or sun-thu, monday tuesday, all or default."),
    daysForm(given, problem),
    buttons(say("Settings", "settings", "settings")),
  );
}

/** When the weekly digest comes, and where. `isHere`: where this is said. `next`: when it comes next. */
export function digestTimeReply(
  digest: DigestTime | undefined,
  isHere: boolean,
  next: DateTime | undefined,
  view: View,
): Reply {
  const place = digest?.setting === "shared" ? "channel" : "chat";
  const where = isHere ? `this ${place}` : `another ${place}`;
  return reply(
    digest && next
      ? sentence`Weekly digest: ${digestText(digest)}, to ${where}; the next one ${moment(next, view)}.`
      : "Weekly digest: off.",
    text("It tells what moved, what is due and who owes what."),
    digest
      ? text(
          "Type ",
          { bold: "settings digest monday 9:00" },
          " where it should go, or ",
          { bold: "settings digest off" },
          ".",
        )
      : text("Type ", { bold: "settings digest monday 9:00" }, " where it should go."),
    digestForm(digest && { day: WEEKDAYS[digest.weekday - 1] ?? "", at: digest.at }),
    buttons(
      say("Show it now", "digest", "digest"),
      digest && say("Switch it off", "settings digest off", "settings", { words: "digest off" }),
      say("Settings", "settings", "settings"),
    ),
  );
}

export function digestRefusedReply(typed: DigestTyped, wrong: DigestProblems): Reply {
  const problems = {
    ...(wrong.day && {
      day: wrong.day === "missing" ? "The day is missing." : `“${clip(typed.day, 60)}” is ${NO_WEEKDAY}.`,
    }),
    ...(wrong.at && { at: timeProblemText("The time", typed.at, wrong.at) }),
  };
  return reply(
    refusal(problems),
    text("Type ", { bold: "settings digest monday 9:00" }, ", or friday 3pm, or off."),
    digestForm(typed, problems),
    buttons(say("Settings", "settings", "settings")),
  );
}

function timeProblemText(what: string, given: string, problem: TimeProblem): string {
  return problem === "missing" ? `${what} is missing.` : `“${clip(given, 60)}” is no time of day.`;
}

function refusal(problems: Record<string, string>): string {
  return `${[...new Set(Object.values(problems))].join(" ")} Nothing was changed.`;
}

function quietForm({ from, to }: QuietTyped, problems: { from?: string; to?: string } = {}): Block {
  return settingForm("Set quiet hours", "Set the hours", [
    input("quietFrom", "From", "Such as 20:00, or off", from, problems.from),
    // "off" says all.
    { ...input("quietTo", "To", "Such as 8:00", to, problems.to), isOptional: true },
  ]);
}

function daysForm(days: string, problem?: string): Block {
  return settingForm("Set working days", "Set the days", [
    input("days", "Working days", "Such as mon-fri, or all", days, problem),
  ]);
}

function digestForm(typed?: DigestTyped, problems: { day?: string; at?: string } = {}): Block {
  const { value = "", ...day } = input("digestDay", "Day", "", typed?.day ?? "", problems.day);
  const chosen = WEEKDAYS.find((name) => name.toLowerCase() === value.toLowerCase());
  return settingForm("Set the weekly digest", "Send it here", [
    {
      ...day,
      sort: "choice",
      options: WEEKDAYS.map((name) => ({ value: name, label: name })),
      ...(chosen && { value: chosen }),
    },
    input("digestAt", "Time", "Such as 9:00 or 3pm", typed?.at ?? "", problems.at),
  ]);
}

function settingForm(label: string, submit: string, inputs: Input[]): Block {
  return form({ label, action: "settings", fields: {}, submit, inputs });
}

function input(id: string, label: string, hint: string, value: string, problem?: string): Input {
  return {
    ...{ id, label, sort: "text" },
    ...(hint && { hint }),
    ...(value && { value }),
    ...(problem && { problem }),
  };
}
