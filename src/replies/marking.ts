import { DateTime } from "luxon";
import type { Connector, Milestone, Move } from "../lifecycle/connector.ts";
import { MOVES, STAGE, STAGES } from "../lifecycle/stages.ts";
import { type Impossible, inOrder, possibleMilestones, type Standing } from "../lifecycle/standing.ts";
import type { Block, Reply, Spans } from "../reply.ts";
import { type MarkMeant, markForm, startForm } from "./forms.ts";
import { outlook } from "./outlook.ts";
import { outlookNotes, outlookRows } from "./outlook-blocks.ts";
import {
  about,
  buttons,
  facts,
  listText,
  markButton,
  reply,
  sentence,
  settled,
  sources,
  text,
  undoButton,
} from "./parts.ts";
import { clip } from "./printable.ts";
import { stageLine, stageName } from "./status.ts";
import { dayAndDistance, dayText, distance, moment, otherDayText, type View } from "./times.ts";

/** Makes the form to try again with, everything typed in it, from what is wrong. */
export type FormWith = (problems: NonNullable<MarkMeant["problems"]>) => Block | undefined;

/** What was recorded, echoed as an absolute time, and what follows from it. */
export function markedReply(
  connector: Connector,
  move: Move,
  current: Standing,
  view: View,
  hasTime: boolean,
): Reply {
  const at = DateTime.fromISO(move.at);
  const ahead = outlook(connector, current, view);
  const echoed = move.startsOn ? dayAndDistance(move.startsOn, view) : moment(at, view);
  return reply(
    sentence`${connector.name}: ${MOVES[move.milestone].name}, ${echoed}. It ${ahead.headline}.`,
    stageLine(current.stage),
    facts(["Stage", stageName(current)], ...outlookRows(ahead)),
    ...(hasTime || move.startsOn ? [] : assumedTime(move.milestone, at.setZone(view.zone))),
    ...outlookNotes(ahead),
    buttons(...ahead.buttons, undoButton(connector)),
  );
}

function assumedTime(milestone: Milestone, at: DateTime): Block[] {
  const otherDay = milestone === "go-live" ? otherDayText(at) : undefined;
  return [
    settled("no clock time was given, so the time of day is assumed; undo and say the time if it matters."),
    ...(otherDay ? [settled(otherDay)] : []),
  ];
}

/** A milestone that can't be there. Nothing was recorded. `formWith`: it was said in a form. */
export function impossibleReply(
  connector: Connector,
  wanted: Move,
  { move, standing: there }: Impossible,
  current: Standing,
  view: View,
  formWith?: FormWith,
): Reply {
  const at = DateTime.fromISO(move.at);
  const possible = possibleMilestones(there);
  const isWanted = move === wanted;
  const since = current.cycleFrom?.toMillis() ?? 0;
  const before = inOrder(connector.moves).findLast(
    (one) => one.milestone === wanted.milestone && Date.parse(one.at) >= since,
  );
  if (before && move.milestone === wanted.milestone) return againReply(connector, before, view, formWith);
  const stage = STAGE[there.stage].name;
  const isNow = Math.abs(at.diff(view.now).toMillis()) < 60_000;
  const wantedAt = moment(DateTime.fromISO(wanted.at), view);
  return reply(
    isWanted
      ? sentence`Not recorded: ${connector.name} ${isNow ? "is" : "was"} at ${stage}${isNow ? "" : [" at ", moment(at, view)]}, and “${MOVES[move.milestone].name}” does not follow from there.`
      : sentence`Not recorded: with “${MOVES[wanted.milestone].name}” at ${wantedAt}, “${MOVES[move.milestone].name}” at ${moment(at, view)} could not have followed.`,
    stageLine(current.stage),
    text(
      possible.length > 0
        ? `Possible from ${stage}: ${listText(possible, "or")}.`
        : `Nothing can be marked from ${stage}.`,
      ...hint(connector, wanted, there, view),
    ),
    formWith?.(
      isWanted && isNow
        ? { milestone: `It does not follow from ${stage}.` }
        : {
            when: isWanted
              ? `It was at ${stage} then.`
              : `“${MOVES[move.milestone].name}” could not have followed.`,
          },
    ),
    sources(STAGE[there.stage].citation),
    buttons(
      ...possibleMilestones(current)
        .slice(0, 3)
        .map((one) => markButton(connector, current.stage, one, MOVES[one].name)),
      about(connector, "status", "Status"),
    ),
  );
}

/** What to type when the milestone did happen, but not as it was said. */
function hint(connector: Connector, { milestone, at }: Move, there: Standing, view: View): Spans {
  if (there.expired && milestone === "go-live") {
    const before = there.since?.minus({ hours: 1 }).setZone(view.zone).setLocale("en-US");
    return [
      ` Its link expired; if Go live was confirmed before that, say when, such as “${before?.toFormat("d LLL yyyy, HH:mm")}”.`,
    ];
  }
  if (there.stage === "publishing" && there.rollout) {
    return [` It becomes Deploying by itself on ${dayText(there.rollout.startsOn)}.`];
  }
  if (connector.moves.length > 0 || !MOVES[milestone].alreadyAt) return [];
  const day = dayText(DateTime.fromISO(at).toISODate() ?? "").slice(4);
  return [
    " If it was there before you tracked it here, say: ",
    { bold: `mark ${connector.name} ${milestone} ${day} already` },
    ".",
  ];
}

function againReply(connector: Connector, before: Move, view: View, formWith?: FormWith): Reply {
  const at = moment(DateTime.fromISO(before.at), view);
  return reply(
    sentence`Not recorded: ${connector.name} was marked “${MOVES[before.milestone].name}” before, at ${at}.`,
    text(
      "Was it at another time? Take it back first (",
      { bold: `undo ${connector.name}` },
      "), then mark it again.",
    ),
    formWith?.({ milestone: "It was marked before." }),
    buttons(
      undoButton(connector, "Undo the last change"),
      about(connector, "status", "History", { history: "yes" }, "history"),
    ),
  );
}

/** Which milestone? `near` is the one that was nearly said; `isForm`: a form was sent without one. */
export function noMilestoneReply(
  connector: Connector,
  current: Standing,
  said: { given: string; near?: string; isForm: boolean },
  formWith: FormWith,
): Reply {
  const possible = possibleMilestones(current);
  const { title, problem } = milestoneMissing(connector.name, said);
  const example = possible.find((one) => one !== "start");
  return reply(
    title,
    text(
      `Possible now: ${listText(possible, "or")}. Type `,
      { bold: `mark ${connector.name} ${example ? `${example} yesterday 15:00` : "start 2026-12-11"}` },
      ".",
    ),
    formWith(problem ? { milestone: problem } : {}),
    buttons(...possible.slice(0, 4).map((one) => markButton(connector, current.stage, one, nowLabel(one)))),
  );
}

/** Beside a form that asks when, a button says that it takes the present; a start lies ahead and has a day of its own. */
function nowLabel(milestone: Milestone): string {
  const { name } = MOVES[milestone];
  return milestone === "start" ? name : `${name} now`;
}

function milestoneMissing(
  name: string,
  { given, near, isForm }: { given: string; near?: string; isForm: boolean },
): { title: string; problem?: string } {
  if (given === "") {
    return isForm
      ? { title: `Choose what happened to ${name}; nothing was recorded.`, problem: "Choose one." }
      : { title: `Choose what happened to ${name}, and when.` };
  }
  const shown = clip(given, 60);
  if (/\blive\b/i.test(given)) {
    return {
      title: `Which “live” for ${name}? Nothing was recorded. go-live: you selected Go live; all-regions: it is everywhere. Live in Partner Center lies between.`,
      problem: `“${shown}” could be either of two.`,
    };
  }
  const problem = `“${shown}” is no milestone${near ? `; did you mean ${near}?` : "."}`;
  return { title: `${problem} Nothing was recorded for ${name}.`, problem };
}

/** Milestones have happened; what is to come is a what-if. */
export function inFutureReply(
  connector: Connector,
  current: Standing,
  milestone: Move["milestone"],
  at: DateTime,
  view: View,
): Reply {
  const day = at.setZone(view.zone).toISODate() ?? "";
  return reply(
    sentence`Not recorded: ${moment(at, view)} is still ahead (${distance(at, view.now)}), and a milestone is marked when it has happened.`,
    text("To see what it would mean, ask ", { bold: `eta ${connector.name} if ${milestone} ${day}` }, "."),
    markForm(connector, current, {
      milestone,
      when: at.setZone(view.zone).toISO() ?? "",
      problems: { when: "This is still ahead." },
    }),
    buttons(
      about(connector, "eta", "What if", { milestone, when: at.toISO() ?? day }, `if ${milestone} ${day}`),
      markButton(connector, current.stage, milestone, "It happened now"),
    ),
  );
}

/** `start` needs a date that Microsoft named, and not one before Go live. `when`: what was given for it in a form. */
export function startDateReply(
  connector: Connector,
  problem: "missing" | "before-go-live",
  current: Standing,
  when?: string,
): Reply {
  const example = current.rollout?.startsOn ?? "2026-11-06";
  const isMissing = problem === "missing";
  const goLive = current.goLiveAt ? dayText(current.goLiveAt.toISODate() ?? "") : "not yet";
  const wrong = isMissing ? "The day is missing." : "It is before Go live was confirmed.";
  return reply(
    isMissing
      ? `Which start date did Microsoft name for ${connector.name}? Nothing was recorded.`
      : `Not recorded: that start is before Go live was confirmed (${goLive}).`,
    text("Type ", { bold: `mark ${connector.name} start ${example}` }, "."),
    startForm(connector, example, when === undefined ? undefined : { value: when, problem: wrong }),
    buttons(about(connector, "eta", "Wave dates")),
  );
}

/** A button, or with `formWith` a form, from when the connector stood elsewhere. */
export function staleReply(
  connector: Connector,
  milestone: Milestone,
  from: string,
  current: Standing,
  formWith?: FormWith,
): Reply {
  const there = STAGES.find((stage) => stage === from);
  return reply(
    `Not recorded: that ${formWith ? "form" : "button"} is from when ${connector.name} was ${there ? `at ${STAGE[there].name}` : "elsewhere"}; it is at ${stageName(current)} now.`,
    text("If it did happen again, say so: ", { bold: `mark ${connector.name} ${milestone}` }, "."),
    formWith?.({ milestone: `${connector.name} is at ${STAGE[current.stage].name} now.` }),
    buttons(about(connector, "status", "Status")),
  );
}

/** "already" tells where a connector stood before it was followed: only a fresh record can take it. */
export function notFreshReply(connector: Connector, milestone: Move["milestone"]): Reply {
  const possible = MOVES[milestone].alreadyAt !== undefined;
  return reply(
    possible
      ? `Not recorded: “already” is for a connector without milestones, and ${connector.name} has ${connector.moves.length}.`
      : `Not recorded: “already” does not go with ${milestone}; name the stage it had reached, such as all-regions or ga.`,
    text("Leave the word out, or undo first: ", { bold: `undo ${connector.name}` }, "."),
    buttons(about(connector, "status", "History", { history: "yes" }, "history"), undoButton(connector)),
  );
}
