import { DateTime } from "luxon";
import { type Readiness, readiness } from "../criteria/readiness.ts";
import type { Connector } from "./connector.ts";
import { isBefore } from "./stages.ts";
import { liveSinceOf, type Standing } from "./standing.ts";
import type { Step } from "./step-table.ts";
import { findStep, stepsOf } from "./steps.ts";

/** Whether a step is ticked for the version that is on its way now. */
export function isStepDone(step: Step, connector: Connector, current: Standing): boolean {
  if (step.milestone === "pull-request") return current.pullRequestAt !== undefined;
  const done = connector.steps[step.id];
  if (!done) return false;
  // A SAS URI that has expired has to be given anew.
  if (done.expiresAt && DateTime.fromISO(done.expiresAt) <= current.asOf) return false;
  const began = versionBegan(step, current);
  return began === undefined || Date.parse(done.at) >= began;
}

/** The step to take now; undefined when the stage has none left. */
export function nextStep(connector: Connector, current: Standing): Step | undefined {
  return stepsOf(current.stage).find((step) => !isStepDone(step, connector, current));
}

/** Readiness by what is known: the live date follows from the rollout where the publisher gave none. */
export function readinessOf(connector: Connector, current: Standing, now: DateTime): Readiness {
  const liveSince = liveSinceOf(connector, current);
  return readiness({ ...connector.evidence, ...(liveSince && { liveSince }) }, now);
}

/** When the SAS URI of the version on its way expires; undefined when there is none, or when it is of no use any more. */
export function sasExpiry(connector: Connector, current: Standing): DateTime | undefined {
  const step = findStep("sas-uri");
  const expiresAt = connector.steps["sas-uri"]?.expiresAt;
  if (!step || !expiresAt || !isSasNeeded(current) || !isStepDone(step, connector, current)) return undefined;
  return DateTime.fromISO(expiresAt);
}

/** Microsoft fetches the package until it has passed. */
export function isSasNeeded({ stage }: Standing): boolean {
  return isBefore(stage, "testing");
}

/** Before when a tick belongs to an earlier version, in milliseconds: each round of review and testing starts afresh. */
function versionBegan(step: Step, current: Standing): number | undefined {
  if (step.stage === "account") return undefined;
  if (step.stage === "draft") return current.cycleFrom?.toMillis();
  return (step.stage === "testing" ? current.window?.opensAt : current.submittedAt)?.toMillis();
}
