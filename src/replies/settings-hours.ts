import type { DateTime } from "luxon";
import { type Address, samePlace } from "../incoming.ts";
import type { Block, Reply } from "../reply.ts";
import { timeOfDay } from "../scheduling/hours.ts";
import { DEFAULT_DAYS, DEFAULT_QUIET, type DigestTime, type QuietHours, type Settings } from "../settings.ts";
import { beforeText, buttons, listText, plural, problemsText, reply, say, sentence, text } from "./parts.ts";
import { clip } from "./printable.ts";
import {
  type DigestTyped,
  daysForm,
  digestForm,
  type QuietTyped,
  quietForm,
  WEEKDAYS,
} from "./settings-hours-forms.ts";
import { hoursText, moment, type View } from "./times.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const NO_WEEKDAY = "no day of the week";

type TimeProblem = "missing" | "no-time";
export type QuietProblems = { from?: TimeProblem; to?: TimeProblem | "same" };
export type DigestProblems = { day?: "missing" | "no-day"; at?: TimeProblem | { behind: string } };

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

/** When people want to hear nothing. `before`: it has just been changed from these. */
export function quietReply(settings: Settings, before?: Settings): Reply {
  const { quiet = DEFAULT_QUIET } = settings;
  const lead = before ? "Quiet hours set" : "Quiet hours";
  return reply(
    quiet === "off" ? `${lead}: off.` : `${lead}: ${quietText(settings)}, where each owner is.`,
    before && quiet !== "off" ? text(`That is ${lengthText(quiet)} of each day.`) : undefined,
    text(rule(quiet === "off" ? "on a day off" : "then, or on a day off,")),
    text(whereText(settings)),
    before && beforeText(quietTyped(before), quietTyped(settings)),
    text("Type ", { bold: "settings quiet 20:00-8:00" }, "; also off or default."),
    quietForm(quiet === "off" ? { from: "", to: "" } : quiet),
    buttons(
      say("Working days", "settings days", "settings", { words: "days" }),
      say("Settings", "settings", "settings"),
    ),
  );
}

function quietTyped({ quiet }: Settings): string {
  const typed = quiet === undefined || quiet === "off" ? (quiet ?? "default") : `${quiet.from}-${quiet.to}`;
  return `settings quiet ${typed}`;
}

/** "21 hours", "8 h 30 min". */
function lengthText({ from, to }: QuietHours): string {
  const ms = (timeOfDay(to) - timeOfDay(from) + DAY_MS) % DAY_MS;
  return ms % HOUR_MS === 0 ? plural(ms / HOUR_MS, "hour") : hoursText(ms);
}

/** The days on which people work. `before`: they have just been changed from these. */
export function daysReply(settings: Settings, before?: Settings): Reply {
  const count = (settings.days ?? DEFAULT_DAYS).length;
  return reply(
    `${before ? "Working days set" : "Working days"}: ${daysText(settings)}.`,
    before && text(`That is ${plural(count, "day")} a week.`),
    text(rule("on another day")),
    text(whereText(settings)),
    before && beforeText(daysTyped(before), daysTyped(settings)),
    text("Type ", { bold: "settings days mon-fri" }, "; also all or default."),
    daysForm(daysText(settings)),
    buttons(
      say("Quiet hours", "settings quiet", "settings", { words: "quiet" }),
      say("Settings", "settings", "settings"),
    ),
  );
}

function daysTyped(settings: Settings): string {
  return `settings days ${settings.days ? daysText(settings).toLowerCase() : "default"}`;
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

/** When the weekly digest comes, and where. `here`: where this is said. `next`: when it comes next. `before`: it has just been changed from this. */
export function digestTimeReply(
  digest: DigestTime | undefined,
  here: Address,
  next: DateTime | undefined,
  view: View,
  before?: DigestTime,
): Reply {
  return reply(
    digest && next
      ? sentence`Weekly digest: ${digestAndPlace(digest, here)}; the next one ${moment(next, view)}.`
      : "Weekly digest: off.",
    text("It tells what moved, what is due and who owes what."),
    before && digestBefore(before, digest, here),
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

function digestAndPlace(digest: DigestTime, here: Address): string {
  const place = digest.setting === "shared" ? "channel" : "chat";
  return `${digestText(digest)}, to ${samePlace(digest.where, here) ? "this" : "another"} ${place}`;
}

function digestBefore(before: DigestTime, digest: DigestTime | undefined, here: Address): Block | undefined {
  const told = digestAndPlace(before, here);
  if (digest && digestAndPlace(digest, here) === told && samePlace(digest.where, before.where))
    return undefined;
  return text(
    `Before: ${told}; for that again, type ${samePlace(before.where, here) ? "" : "there "}`,
    { bold: `settings digest ${(WEEKDAYS[before.weekday - 1] ?? "").toLowerCase()} ${before.at}` },
    ".",
  );
}

/** `zone`: in which a digest's time would be counted. */
export function digestRefusedReply(typed: DigestTyped, wrong: DigestProblems, zone: string): Reply {
  const problems = {
    ...(wrong.day && {
      day: wrong.day === "missing" ? "The day is missing." : `“${clip(typed.day, 60)}” is ${NO_WEEKDAY}.`,
    }),
    ...(wrong.at && {
      at:
        typeof wrong.at === "object"
          ? `“${clip(wrong.at.behind, 60)}” can't stand behind the time, which is counted in ${zone}.`
          : timeProblemText("The time", typed.at, wrong.at),
    }),
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
  return `${problemsText(Object.values(problems))} Nothing was changed.`;
}
