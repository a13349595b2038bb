import { DateTime } from "luxon";
import type { Connector, Milestone } from "../lifecycle/connector.ts";
import { STAGE } from "../lifecycle/stages.ts";
import type { Standing } from "../lifecycle/standing.ts";
import type { Checked, StepProblem, StepWarning } from "../lifecycle/step-checks.ts";
import type { Step } from "../lifecycle/step-table.ts";
import { stepsOf } from "../lifecycle/steps.ts";
import type { Block, Reply, Spans } from "../reply.ts";
import { stepForm } from "./forms.ts";
import { outlook } from "./outlook.ts";
import { outlookNotes, outlookRows } from "./outlook-blocks.ts";
import {
  about,
  buttons,
  capital,
  facts,
  listText,
  markButton,
  reply,
  reported,
  sentence,
  sources,
  stepText,
  text,
  undoButton,
  warning,
} from "./parts.ts";
import { spansText } from "./plain.ts";
import { clip } from "./printable.ts";
import { distance, moment, type View } from "./times.ts";

/** One step of the guidance: what to do, where, and what to say when it is done. */
export function stepReply(
  connector: Connector,
  current: Standing,
  step: Step,
  view: View,
  lead?: Spans,
): Reply {
  const steps = stepsOf(current.stage);
  const position = steps.indexOf(step) + 1;
  const { byWhen, missed } = outlook(connector, current, view);
  const give = step.asks
    ? `done ${connector.name} ${step.id} ${step.example}`
    : `done ${connector.name} ${step.id}`;
  return reply(
    sentence`${lead ? [...lead, " Next"] : `Next for ${connector.name}`}: ${step.title}${step.optional ? " (optional)" : ""}.`,
    facts(
      ["Do", step.todo],
      ["Where", step.where],
      ["Then say", [{ bold: give }]],
      ["By when", byWhen],
      ["If missed", missed],
      ["Progress", `step ${position} of ${steps.length} at ${STAGE[current.stage].name}`],
    ),
    stepForm(connector, step),
    sources(step.citation),
    buttons(...stepButtons(connector, step)),
  );
}

function stepButtons(connector: Connector, step: Step) {
  const done = (label: string, given?: string) =>
    about(
      connector,
      "done",
      label,
      { step: step.id, ...(given && { given }) },
      given ? `${step.id} ${given}` : step.id,
    );
  const mark = (milestone: Milestone, label: string) => markButton(connector, step.stage, milestone, label);
  const undo = undoButton(connector, "Undo the last");
  if (step.id === "read-report")
    return [mark("report-passed", "Report passed"), mark("report-failed", "Report failed")];
  if (step.stage === "account")
    return [
      done("Done"),
      about(connector, "done", "All of it is done", { step: "account" }, "account"),
      undo,
    ];
  if (step.asks === "oauth") return [done("It contains OAuth", "yes"), done("No OAuth", "no"), undo];
  if (step.asks === "eula") return [done("Standard Contract", "standard"), undo];
  if (step.optional) return [done("Not used", "no"), undo];
  if (step.asks) return [done("Done, unchecked", "unchecked"), undo];
  return [done("Done"), undo];
}

/** Said before the next step: what was ticked and what came of the check. */
export function tickedLead(step: Step, checked: Checked | undefined, view: View): Spans {
  if (!checked || !("kept" in checked)) return [`${step.title}: done.`];
  const until: Spans = checked.expiresAt ? [", valid until ", moment(checked.expiresAt, view)] : [];
  return sentence`${step.title}: ${checked.kept}${until}.`;
}

const WARNINGS: Record<StepWarning, string> = {
  "sas-under-15-days":
    "the link has less than 15 days left; publishers report that such links were turned down.",
  "name-without-connector": "Microsoft recommends that the offer's name includes the connector's.",
};

export function withStepWarning(answer: Reply, checked: Checked | undefined): Reply {
  if (!checked || !("kept" in checked) || !checked.warning) return answer;
  return withBlock(answer, warning(WARNINGS[checked.warning]));
}

/** Puts a block before the sources and buttons. */
function withBlock(answer: Reply, block: Block): Reply {
  const end = answer.blocks.findIndex(({ kind }) => kind === "sources" || kind === "buttons");
  const at = end === -1 ? answer.blocks.length : end;
  return { ...answer, blocks: answer.blocks.toSpliced(at, 0, block) };
}

const PROBLEMS: Record<StepProblem, (given: string | Spans) => string | Spans> = {
  empty: () => "nothing was given",
  "not-https": (given) => (given ? sentence`“${given}” is not an HTTPS URL` : "that is not an HTTPS URL"),
  "no-signature": () => "the URL has no signature (sig=), so it is no SAS URI",
  "no-expiry": () => "the URL has no readable expiry (se=), so nobody can tell how long it works",
  "sas-expired": (given) => sentence`the SAS URI expired ${given}; make a new one`,
  "sas-expires-soon": (given) =>
    sentence`the SAS URI expires ${given}, in less than four days: too soon for a review; make one that lasts`,
  "oauth-yes-or-no": () =>
    "only whether the connector contains OAuth settings is wanted: yes or no, never the secret",
  "too-many-categories": (given) => sentence`${given} categories were given, three at most are allowed`,
  "bad-hidekey": (given) => sentence`“${given}” is no HideKey: lowercase letters and digits only`,
  "too-long": () => "that is too long",
};

/** A check that failed. Nothing was ticked. */
export function stepProblemReply(
  connector: Connector,
  step: Step,
  problem: StepProblem,
  given: string,
  typed: string,
  view: View,
): Reply {
  const at = problem.startsWith("sas-expire") ? DateTime.fromISO(given) : undefined;
  const shown = at ? sentence`${moment(at, view)}, ${distance(at, view.now)}` : clip(given, 80);
  const said = PROBLEMS[problem](shown);
  const why = `${capital(typeof said === "string" ? said : spansText(said))}.`;
  const example: Spans = ["Type ", { bold: `done ${connector.name} ${step.id} ${step.example}` }, ", or "];
  return reply(
    sentence`Not ticked: ${said}.`,
    text(...example, { bold: `done ${connector.name} ${step.id} unchecked` }, " to go on without the check."),
    // A SAS URI holds a secret: it is not shown again.
    stepForm(connector, step, { value: step.asks === "sas-uri" ? "" : typed, problem: why }),
    problem === "sas-expires-soon"
      ? reported(
          "a link with less than four days left is turned down; the certification page itself names no least time.",
        )
      : undefined,
    sources(step.citation),
    buttons(about(connector, "next", "Show the step")),
  );
}

export function unknownStepReply(connector: Connector, current: Standing, given: string): Reply {
  const steps = stepsOf(current.stage);
  return reply(
    `“${clip(given, 80)}” is no step at ${STAGE[current.stage].name}; nothing was ticked.`,
    steps.length > 0 ? text(`Steps here: ${listText(steps.map(({ id }) => id))}.`) : undefined,
    buttons(about(connector, "next", "Next step")),
  );
}

export function alreadyDoneReply(connector: Connector, step: Step): Reply {
  return reply(
    `${step.title} is ticked already for ${connector.name}.`,
    buttons(about(connector, "next", "Next step"), undoButton(connector, "Undo the last change")),
  );
}

/** Publish is wanted while other steps are open: the page asks for every tab to be Complete. */
export function notCompleteReply(connector: Connector, current: Standing, open: readonly Step[]): Reply {
  return reply(
    `Not yet: Publish when every tab reads Complete; ${open.length} steps of ${connector.name} are not ticked.`,
    {
      kind: "list",
      heading: "Open",
      items: open.slice(0, 8).map((step) => [stepText(step)]),
    },
    open.length > 8 ? text(`… and ${open.length - 8} more.`) : undefined,
    ...[open[0]].flatMap((step) => (step ? [sources(step.citation)] : [])),
    buttons(
      about(connector, "next", "Next step"),
      markButton(connector, current.stage, "submitted", "It is published"),
    ),
  );
}

/** The stage has no step left: what the stage waits for. */
export function noStepReply(connector: Connector, current: Standing, view: View, lead?: Spans): Reply {
  const ahead = outlook(connector, current, view);
  return reply(
    sentence`${lead ? [...lead, " "] : ""}${connector.name} ${ahead.headline}.`,
    facts(...outlookRows(ahead)),
    ...outlookNotes(ahead),
    buttons(...ahead.buttons),
  );
}
