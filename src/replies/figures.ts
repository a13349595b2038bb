import type { Evidence } from "../criteria/evidence.ts";
import type { Connector } from "../lifecycle/connector.ts";
import type { Block, Input } from "../reply.ts";
import { form, YES_NO } from "./forms.ts";

interface Figure {
  /** What people type before the equals sign. */
  key: string;
  label: string;
  /** A value as it is typed. */
  example: string;
  /** What a value is, for a form; figures without one are a yes or a no. */
  hint?: string;
}

export const FIGURES: Record<keyof Evidence, Figure> = {
  availability: {
    key: "availability",
    label: "Availability",
    example: "99.97",
    hint: "Percent, such as 99.97",
  },
  slo: { key: "slo", label: "SLO", example: "99.6", hint: "Percent, such as 99.6" },
  success: {
    key: "success",
    label: "Success rate",
    example: "92.5",
    hint: "Percent, such as 92.5; or give the responses",
  },
  responses: {
    key: "responses",
    label: "Responses",
    example: "2xx:900,4xx:40,429:10",
    hint: "Counts by status, such as 2xx:900,4xx:40,429:10",
  },
  users: {
    key: "users",
    label: "Weekly active users",
    example: "510,530,505",
    hint: "Of three weeks, such as 510,530,505",
  },
  connections: {
    key: "connections",
    label: "Monthly active connections",
    example: "64",
    hint: "Of the last month, such as 64",
  },
  backend: { key: "backend", label: "Backend in production", example: "yes" },
  support: { key: "support", label: "Support matches", example: "yes" },
  liveSince: {
    key: "live-since",
    label: "Live since",
    example: "2026-05-20",
    hint: "The day it became Live, such as 2026-05-20",
  },
  customerRequires: { key: "customer-requires", label: "A customer requires production", example: "no" },
};

export const FIGURE_NAMES = Object.keys(FIGURES) as (keyof Evidence)[];

const NOTHING_TYPED = { typed: {}, problems: {} };

/**
 * All figures, with what is known filled in, and over it what was typed before. `problems`: by key. `shown` travels with it,
 * so that a figure nobody touched is not put back over what someone else has given meanwhile.
 */
export function evidenceForm(
  connector: Connector,
  again: { typed: Record<string, string>; shown?: string; problems: Record<string, string> } = NOTHING_TYPED,
): Block {
  const known = typedValues(connector.evidence);
  const values = { ...known, ...again.typed };
  return form({
    label: `Figures of ${connector.name}`,
    action: "evidence",
    fields: { connector: connector.id, shown: again.shown ?? JSON.stringify(known) },
    submit: "Save the figures",
    inputs: FIGURE_NAMES.map((name): Input => {
      const { key, label, hint } = FIGURES[name];
      const value = values[key];
      return {
        id: key,
        label,
        isOptional: true,
        ...(hint ? { sort: "text" } : { sort: "choice", options: YES_NO }),
        ...(value && { value }),
        // What is wrong comes with an example of its own.
        ...(again.problems[key] ? { problem: again.problems[key] } : hint && { hint }),
      };
    }),
  });
}

/** What is known, as it would be typed, by key. */
function typedValues(evidence: Evidence): Record<string, string> {
  const known = FIGURE_NAMES.filter((name) => evidence[name] !== undefined);
  return Object.fromEntries(known.map((name) => [FIGURES[name].key, typedValue(evidence[name])]));
}

function typedValue(value: Evidence[keyof Evidence]): string {
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (Array.isArray(value)) return value.join(",");
  if (typeof value === "object") {
    const counts = Object.entries(value).map(([status, count]) => `${status}:${count}`);
    return counts.toSorted((a, b) => a.localeCompare(b, "en")).join(",");
  }
  return `${value ?? ""}`;
}
