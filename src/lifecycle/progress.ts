import type { Connector } from "./connector.ts";
import type { Standing } from "./standing.ts";
import type { Step } from "./step-table.ts";
import { stepsOf } from "./steps.ts";

/** Whether a step is ticked for the version that is on its way now. */
export function isStepDone(step: Step, connector: Connector, current: Standing): boolean {
  if (step.milestone === "pull-request") return current.pullRequestAt !== undefined;
  const done = connector.steps[step.id];
  if (!done) return false;
  const began = versionBegan(step, current);
  return began === undefined || Date.parse(done.at) >= began;
}

/** The step to take now; undefined when the stage has none left. */
export function nextStep(connector: Connector, current: Standing): Step | undefined {
  return stepsOf(current.stage).find((step) => !isStepDone(step, connector, current));
}

/** Before when a tick belongs to an earlier version, in milliseconds: each round of review and testing starts afresh. */
function versionBegan(step: Step, current: Standing): number | undefined {
  if (step.stage === "account") return undefined;
  if (step.stage === "draft") return current.cycleFrom?.toMillis();
  return (step.stage === "testing" ? current.window?.opensAt : current.submittedAt)?.toMillis();
}
