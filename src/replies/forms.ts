import type { Connector, Milestone } from "../lifecycle/connector.ts";
import { MOVES } from "../lifecycle/stages.ts";
import { possibleMilestones, type Standing } from "../lifecycle/standing.ts";
import type { Step } from "../lifecycle/step-table.ts";
import type { Block, Form, Input } from "../reply.ts";

/** What was typed into a form and not taken, and why. */
export interface NotTaken {
  value: string;
  problem: string;
}

export const YES_NO = [
  { value: "yes", label: "Yes" },
  { value: "no", label: "No" },
];

/** The name of a connector that is to be followed. */
export function trackForm(rejected?: NotTaken): Block {
  return form({
    label: "Follow a connector",
    action: "track",
    fields: {},
    submit: "Follow it",
    inputs: [{ id: "name", label: "Name of the connector", sort: "text", ...rejected }],
  });
}

export function renameForm(connector: Connector, rejected?: NotTaken): Block {
  return form({
    label: `Rename ${connector.name}`,
    action: "rename",
    fields: { connector: connector.id },
    submit: "Rename it",
    inputs: [{ id: "to", label: "New name", sort: "text", ...rejected }],
  });
}

/** What a step asks for. A step that asks for nothing has no form. */
export function stepForm(connector: Connector, step: Step, rejected?: NotTaken): Block | undefined {
  if (!step.asks) return undefined;
  const input: Input = {
    id: "given",
    label: step.title,
    sort: step.asks === "oauth" ? "choice" : "text",
    ...(step.asks === "oauth" && { options: YES_NO }),
    hint: step.asks === "oauth" ? "Never the secret itself." : `For example ${step.example}`,
    ...(step.optional && { isOptional: true }),
    ...rejected,
  };
  return form({
    label: step.title,
    action: "done",
    fields: { connector: connector.id, step: step.id },
    submit: "Check and tick off",
    inputs: [input],
  });
}

/** A milestone with the moment it happened. `milestone`: the one that was meant. */
export function markForm(
  connector: Connector,
  current: Standing,
  meant: { milestone?: Milestone; when?: string; problem?: string } = {},
): Block | undefined {
  // A start is a day that Microsoft names, which a moment in the reader's zone is not.
  const possible = possibleMilestones(current).filter((one) => one !== "start");
  if (possible.length === 0) return undefined;
  const chosen = possible.find((one) => one === meant.milestone);
  return form({
    label: `What happened to ${connector.name}, and when?`,
    action: "mark",
    fields: { connector: connector.id, from: current.stage },
    submit: "Record it",
    inputs: [
      {
        id: "milestone",
        label: "What happened",
        sort: "choice",
        options: possible.map((one) => ({ value: one, label: MOVES[one].name })),
        ...(chosen && { value: chosen }),
      },
      {
        id: "when",
        label: "When",
        sort: "moment",
        isOptional: true,
        hint: "In your own time zone; empty means now.",
        ...(meant.when && { value: meant.when }),
        ...(meant.problem && { problem: meant.problem }),
      },
    ],
  });
}

/** The day Microsoft named for the start of a rollout. */
export function startForm(connector: Connector, example: string, rejected?: NotTaken): Block {
  return form({
    label: `Start of the rollout of ${connector.name}`,
    action: "mark",
    fields: { connector: connector.id, milestone: "start" },
    submit: "Record it",
    inputs: [
      {
        id: "when",
        label: "Day that Microsoft named",
        sort: "text",
        hint: `A Pacific date, such as ${example}`,
        ...rejected,
      },
    ],
  });
}

export function zoneForm(zone: string, problem?: string): Block {
  return form({
    label: "Time zone of this workspace",
    action: "settings",
    fields: {},
    submit: "Set the zone",
    inputs: [
      {
        id: "zone",
        label: "Time zone",
        sort: "text",
        value: zone,
        hint: "Area/City, such as Europe/Berlin",
        ...(problem && { problem }),
      },
    ],
  });
}

export function freezeForm(): Block {
  return form({
    label: "Add a freeze",
    action: "settings",
    fields: {},
    submit: "Add the freeze",
    inputs: [
      { id: "from", label: "First day", sort: "text", hint: "Such as 2026-12-21" },
      { id: "to", label: "Last day", sort: "text", hint: "Such as 2027-01-04" },
      { id: "why", label: "Why", sort: "text", isOptional: true, hint: "Such as year end" },
    ],
  });
}

export function form(fields: Form): Block {
  return { kind: "form", form: fields };
}
