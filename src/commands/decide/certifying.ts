import { distance } from "fastest-levenshtein";
import { DateTime } from "luxon";
import type { Decision } from "../../decision.ts";
import {
  type Connector,
  isoOf,
  MILESTONES,
  type Milestone,
  type Move,
  type StepDone,
} from "../../lifecycle/connector.ts";
import { isSasNeeded, isStepDone, nextStep } from "../../lifecycle/progress.ts";
import { MOVES } from "../../lifecycle/stages.ts";
import {
  type Impossible,
  possibleMilestones,
  type Standing,
  standing,
  standingOf,
} from "../../lifecycle/standing.ts";
import { type Checked, checkStep } from "../../lifecycle/step-checks.ts";
import type { Step } from "../../lifecycle/step-table.ts";
import { findStep, isAccountReady, isStepName, stepsOf, WHOLE_ACCOUNT } from "../../lifecycle/steps.ts";
import { markForm, startForm } from "../../replies/forms.ts";
import {
  type FormWith,
  impossibleReply,
  inFutureReply,
  markedReply,
  noMilestoneReply,
  notFreshReply,
  staleReply,
  startDateReply,
} from "../../replies/marking.ts";
import { whenProblemReply } from "../../replies/refusals.ts";
import {
  alreadyDoneReply,
  noStepReply,
  notCompleteReply,
  stepProblemReply,
  stepReply,
  tickedLead,
  unknownStepReply,
  withStepWarning,
} from "../../replies/steps.ts";
import type { View } from "../../replies/times.ts";
import { pacificDay, toDay } from "../../scheduling/calendar.ts";
import { readWhen, type When } from "../../scheduling/when.ts";
import { PACIFIC } from "../../scheduling/zones.ts";
import type { Settings } from "../../settings.ts";
import type { Asked, DecideConnector } from "../asked.ts";
import { changed } from "../changed.ts";

export const decideNext: DecideConnector = (_asked, connector, view) => {
  const current = standingOf(connector, view.calendar, view.now);
  const step = nextStep(connector, current);
  return { reply: step ? stepReply(connector, current, step, view) : noStepReply(connector, current, view) };
};

const FAR_DAYS = 180;
const NEAR_DAYS = 31;
const FAR_TYPO = 2;
const UNCHECKED = /^unchecked$/i;

export const decideDone: DecideConnector = (asked, connector, view) => {
  const current = standingOf(connector, view.calendar, view.now);
  const { step: named, given } = readStep(asked, current);
  if (named === WHOLE_ACCOUNT) {
    return tick(asked, connector, stepsOf("account"), undefined, view);
  }
  const step = named === undefined ? nextStep(connector, current) : findStep(named);
  if (!step && named !== undefined) return { reply: unknownStepReply(connector, current, named) };
  if (!step) return { reply: noStepReply(connector, current, view) };
  const isHere = stepsOf(current.stage).includes(step) || (step.id === "sas-uri" && isSasNeeded(current));
  if (!isHere) {
    // A button names a step by its id, which nobody typed.
    const said = asked.fields.step === step.id ? step.title : step.id;
    return { reply: unknownStepReply(connector, current, said) };
  }
  if (isStepDone(step, connector, current) && given === "")
    return { reply: alreadyDoneReply(connector, step) };
  if (step.id === "publish") {
    const open = stepsOf("draft").filter(
      (one) => !one.optional && one !== step && !isStepDone(one, connector, current),
    );
    if (open.length > 0) return { reply: notCompleteReply(connector, current, open) };
  }
  if (step.milestone)
    return decideMark({ ...asked, fields: { milestone: step.milestone, when: given } }, connector, view);
  if (step.id === "read-report") return { reply: stepReply(connector, current, step, view) };

  if (!step.asks && given !== "") return { reply: unknownStepReply(connector, current, given) };
  const isChecked = step.asks !== undefined && !UNCHECKED.test(given) && !(step.optional && given === "");
  const checked = isChecked && step.asks ? checkStep(step.asks, given, connector.name, view.now) : undefined;
  if (checked && "problem" in checked) {
    return { reply: stepProblemReply(connector, step, checked.problem, checked.given ?? "", given, view) };
  }
  return tick(asked, connector, [step], checked, view);
};

/** A step by its id or its number in the stage; what is left was given for it. */
function readStep(asked: Asked, current: Standing): { step?: string; given: string } {
  const { step, given = "" } = asked.fields;
  if (step !== undefined) return { step, given };
  const [first = "", ...rest] = given.split(" ");
  const id = first.toLowerCase();
  if (isStepName(id)) return { step: id, given: rest.join(" ") };
  // A SAS URI is only ever given for one step, whichever is due.
  if (/^https:\S+[?&]sig=/i.test(given) && isSasNeeded(current)) return { step: "sas-uri", given };
  const numbered = /^\d{1,2}$/.test(first) ? stepsOf(current.stage)[Number(first) - 1] : undefined;
  return numbered ? { step: numbered.id, given: rest.join(" ") } : { given };
}

function tick(
  asked: Asked,
  connector: Connector,
  steps: readonly Step[],
  checked: Checked | undefined,
  view: View,
): Decision {
  const at = isoOf(view.now);
  const done: StepDone = {
    at,
    by: { id: asked.from.id, name: asked.from.name },
    ...(checked && "kept" in checked && { kept: checked.kept }),
    ...(checked && "kept" in checked && checked.expiresAt && { expiresAt: isoOf(checked.expiresAt) }),
  };
  const ticked = Object.fromEntries(steps.map(({ id }) => [id, done]));
  const what = steps.length === 1 ? `done ${steps[0]?.id}` : `done ${WHOLE_ACCOUNT}`;
  const next = changed(connector, { steps: { ...connector.steps, ...ticked } }, what, asked.from, view.now);
  const current = standingOf(next, view.calendar, view.now);
  const following = nextStep(next, current);
  const [first] = steps;
  const lead =
    steps.length === 1 && first ? tickedLead(first, checked, view) : ["The Seller account is ready."];
  const answer = following
    ? stepReply(next, current, following, view, lead)
    : noStepReply(next, current, view, lead);
  return {
    reply: withStepWarning(answer, checked),
    next,
    ...(isAccountReady(next) && !view.settings.accountReady && { settings: withAccountReady }),
  };
}

export const decideMark: DecideConnector = (asked, connector, view) => {
  const current = standingOf(connector, view.calendar, view.now);
  const { milestone: given = "", when = "", already, from } = asked.fields;
  // A form sends the moment also where it is empty; a button has none.
  const isForm = from !== undefined && asked.fields.when !== undefined;
  const formWith: FormWith = (problems) => markForm(connector, current, { milestone: given, when, problems });
  const milestone = MILESTONES.find((one) => one === given);
  if (!milestone) {
    const near = MILESTONES.find((one) => distance(one, given.split(" ")[0] ?? "") <= FAR_TYPO);
    const said = { given, isForm, ...(near && { near }) };
    return { reply: noMilestoneReply(connector, current, said, formWith) };
  }
  const again = isForm ? formWith : undefined;
  if (from && from !== current.stage)
    return { reply: staleReply(connector, milestone, from, current, again) };
  if (already && (connector.moves.length > 0 || !MOVES[milestone].alreadyAt)) {
    return { reply: notFreshReply(connector, milestone) };
  }
  if (milestone === "start") return decideStart(asked, connector, current, view);

  const read = when === "" ? { at: view.now, hasTime: true } : readWithinReach(when, view, "past");
  if ("refused" in read) {
    const example = `mark ${connector.name} ${milestone} yesterday 15:00`;
    const withProblem = (problem: string) => formWith({ when: problem });
    return { reply: whenProblemReply(when, read.refused, read.understood, example, withProblem) };
  }
  if (read.at > view.now) return { reply: inFutureReply(connector, current, milestone, read.at, view) };
  const at = read.hasTime ? read.at : afterMovesOfDay(connector, read.at);
  const move = moveOf(asked, milestone, at, view, already !== undefined);
  return record(asked, connector, move, view, read.hasTime, again);
};

function decideStart(asked: Asked, connector: Connector, current: Standing, view: View): Decision {
  const { when = "" } = asked.fields;
  // Where no start can be, the day does not matter: it is refused as any would be.
  const isPossible = possibleMilestones(current).includes("start");
  if (isPossible && when === "")
    return { reply: startDateReply(connector, "missing", current, asked.fields.when) };
  const read = isPossible ? readWithinReach(when, view, "future") : { at: view.now, hasTime: true };
  if ("refused" in read) {
    const example = current.rollout?.startsOn ?? "2026-12-11";
    const formWith = (problem: string) => startForm(connector, example, { value: when, problem });
    const typed = `mark ${connector.name} start ${example}`;
    return { reply: whenProblemReply(when, read.refused, read.understood, typed, formWith) };
  }
  // A day without a time is Microsoft's own day; a time is an instant whose Pacific day counts.
  const startsOn = (read.hasTime ? read.at.setZone(PACIFIC) : read.at).toISODate() ?? "";
  if (current.goLiveAt && toDay(startsOn) < pacificDay(current.goLiveAt)) {
    return { reply: startDateReply(connector, "before-go-live", current, when) };
  }
  return record(asked, connector, { ...moveOf(asked, "start", view.now, view, false), startsOn }, view, true);
}

/** A day without a time means noon, or later when something else is known to have happened after noon of that day. */
function afterMovesOfDay(connector: Connector, noon: DateTime): DateTime {
  const sameDay = connector.moves
    .map(({ at }) => DateTime.fromISO(at, { zone: noon.zoneName ?? "utc" }))
    .filter((at) => at.hasSame(noon, "day"));
  return DateTime.max(noon, ...sameDay);
}

/** "18 Nov" said on the 16th is in two days, not a year ago: a date far away in one direction and near in the other. */
function readWithinReach(when: string, view: View, prefer: "past" | "future"): When {
  const read = readWhen(when, view.now, view.zone, prefer);
  const turned = readWhen(when, view.now, view.zone, prefer === "past" ? "future" : "past");
  if ("refused" in read || "refused" in turned) return read;
  const daysTo = (at: DateTime) => Math.abs(at.diff(view.now, "days").days);
  return daysTo(read.at) > FAR_DAYS && daysTo(turned.at) <= NEAR_DAYS ? turned : read;
}

function moveOf(asked: Asked, milestone: Milestone, at: DateTime, view: View, already: boolean): Move {
  return {
    milestone,
    at: isoOf(at),
    by: { id: asked.from.id, name: asked.from.name },
    recordedAt: isoOf(view.now),
    ...(already && { already }),
  };
}

function record(
  asked: Asked,
  connector: Connector,
  move: Move,
  view: View,
  hasTime: boolean,
  formWith?: FormWith,
): Decision {
  const next = changed(
    connector,
    { moves: [...connector.moves, move] },
    `mark ${move.milestone}${move.startsOn ? ` ${move.startsOn}` : ""}`,
    asked.from,
    view.now,
  );
  const found = standing(next, view.calendar, view.now, move);
  if (isImpossible(found)) {
    const current = standingOf(connector, view.calendar, view.now);
    return { reply: impossibleReply(connector, move, found, current, view, formWith) };
  }
  return {
    reply: markedReply(next, move, found, view, hasTime),
    next,
    // What is submitted has an account.
    ...(!view.settings.accountReady && { settings: withAccountReady }),
  };
}

function withAccountReady(settings: Settings): Settings {
  return { ...settings, accountReady: true };
}

function isImpossible(found: Standing | Impossible): found is Impossible {
  return "move" in found;
}
