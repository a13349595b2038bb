import type { Connector } from "./connector.ts";
import { isBefore, type StageId } from "./stages.ts";
import { STEPS, type Step } from "./step-table.ts";

/** The steps of the page's part that a stage belongs to. From Go live on, only open-sourcing remains. */
export function stepsOf(stage: StageId): readonly Step[] {
  const part = isBefore(stage, "publishing") ? stage : "publishing";
  return STEPS.filter((step) => step.stage === part);
}

/** The Seller account's steps at once, for a publisher who has one. */
export const WHOLE_ACCOUNT = "account";

export function isStepName(word: string): boolean {
  return word === WHOLE_ACCOUNT || findStep(word) !== undefined;
}

export function findStep(id: string): Step | undefined {
  return STEPS.find((step) => step.id === id);
}

/** A connector of a publisher whose Seller account is ready, whichever connector that was said of. */
export function withAccount(connector: Connector, accountReady: boolean): Connector {
  if (!accountReady || isAccountReady(connector)) return connector;
  const { id: ownerId, name } = connector.owner;
  const done = { at: connector.trackedAt, by: { id: ownerId, name } };
  const ticked = Object.fromEntries(stepsOf("account").map(({ id }) => [id, done]));
  return { ...connector, steps: { ...ticked, ...connector.steps } };
}

/** The Seller account is set up once; its steps hold for every version. */
export function isAccountReady(connector: Connector): boolean {
  return stepsOf("account").every((step) => connector.steps[step.id]);
}
