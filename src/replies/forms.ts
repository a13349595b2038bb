import type { Connector, Milestone } from "../lifecycle/connector.ts";
import { MOVES } from "../lifecycle/stages.ts";
import { possibleMilestones, type Standing } from "../lifecycle/standing.ts";
import type { Step } from "../lifecycle/step-table.ts";
import type { Block, Form, Input } from "../reply.ts";
import { REMINDER_TOPICS, type ReminderTopic } from "../settings.ts";

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

export function renameForm(connector: Pick<Connector, "id" | "name">, rejected?: NotTaken): Block {
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

/** What was meant by a mark, and what is wrong with it. */
export interface MarkMeant {
  milestone?: string;
  when?: string;
  problems?: { milestone?: string; when?: string };
}

/** A milestone with the moment it happened. */
export function markForm(
  connector: Connector,
  current: Standing,
  { milestone, when, problems = {} }: MarkMeant = {},
): Block | undefined {
  // A start is a day that Microsoft names, which a moment in the reader's zone is not. Go live may have been confirmed in time.
  const late: Milestone[] = current.expired ? ["go-live"] : [];
  const possible = [...possibleMilestones(current).filter((one) => one !== "start"), ...late];
  if (possible.length === 0) return undefined;
  const chosen = possible.find((one) => one === milestone);
  return form({
    label: `Record a milestone of ${connector.name}`,
    action: "mark",
    fields: { connector: connector.id, from: current.stage },
    submit: "Record it",
    inputs: [
      {
        id: "milestone",
        label: "Milestone",
        sort: "choice",
        options: possible.map((one) => ({ value: one, label: MOVES[one].name })),
        ...(chosen && { value: chosen }),
        ...(problems.milestone && { problem: problems.milestone }),
      },
      {
        id: "when",
        label: "When",
        sort: "moment",
        isOptional: true,
        hint: "In your own time zone; empty means now.",
        ...(when && { value: when }),
        ...(problems.when && { problem: problems.when }),
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

/** A freeze as someone gave it. */
export interface FreezeTyped {
  from: string;
  to: string;
  why: string;
}

export function freezeForm(again?: FreezeTyped & { problems: { from?: string; to?: string } }): Block {
  const kept = (id: "from" | "to" | "why") => (again?.[id] ? { value: again[id] } : {});
  const wrong = (problem?: string) => (problem ? { problem } : {});
  const { from, to } = again?.problems ?? {};
  return form({
    label: "Add a freeze",
    action: "settings",
    fields: {},
    submit: "Add the freeze",
    inputs: [
      {
        id: "from",
        label: "First day",
        sort: "text",
        hint: "Such as 2026-12-21",
        ...kept("from"),
        ...wrong(from),
      },
      { id: "to", label: "Last day", sort: "text", hint: "Such as 2027-01-04", ...kept("to"), ...wrong(to) },
      { id: "why", label: "Why", sort: "text", isOptional: true, hint: "Such as year end", ...kept("why") },
    ],
  });
}

/** What the reminders are about, as it is also understood when typed. */
export const TOPICS: Record<ReminderTopic, string> = {
  report: "Report",
  "test-link": "Test link",
  "cut-off": "Cut-off",
  waves: "Waves",
  "all-regions": "All regions",
  "six-months": "Six months",
  "ga-request": "GA request",
  "sas-uri": "SAS URI",
};

/** The times of a reminder as someone gave them. */
export interface RemindTyped {
  topic: string;
  times: string;
}

export function remindForm(again?: RemindTyped & { problems: { topic?: string; times?: string } }): Block {
  const { topic, times } = again?.problems ?? {};
  const chosen = REMINDER_TOPICS.find((one) => one === again?.topic);
  return form({
    label: "Set reminder times",
    action: "settings",
    fields: {},
    submit: "Set the times",
    inputs: [
      {
        id: "topic",
        label: "Kind of reminder",
        sort: "choice",
        options: REMINDER_TOPICS.map((one) => ({ value: one, label: TOPICS[one] })),
        ...(chosen && { value: chosen }),
        ...(topic && { problem: topic }),
      },
      {
        id: "times",
        label: "Times",
        sort: "text",
        hint: "Such as “24 4”, “off” or “default”",
        ...(again?.times && { value: again.times }),
        ...(times && { problem: times }),
      },
    ],
  });
}

export function form(fields: Form): Block {
  return { kind: "form", form: fields };
}
