import type { DateTime } from "luxon";
import { addMonths, pacificDay, toDay, toIso } from "../scheduling/calendar.ts";
import { CRITERIA, type Criterion, type CriterionId, EXCEPTION_MONTHS } from "./catalogue.ts";
import type { Evidence } from "./evidence.ts";
import { type SuccessRate, successRate } from "./success-rate.ts";

export type Verdict = "ready" | "eligible" | "ask-microsoft" | "not-yet" | "unknown";

/** One criterion held against the evidence. */
export interface Finding {
  id: CriterionId;
  criterion: Criterion;
  state: "met" | "unmet" | "unknown";
  /** The figure that was compared (percent, users in the weakest week, connections); absent for yes or no. */
  figure?: number;
  /** How much is missing to the bar, in the figure's unit; for a strict bar at it, 0. Only when unmet. */
  missing?: number;
}

export interface Readiness {
  verdict: Verdict;
  criteria: Finding[];
  exceptions: {
    /** No 50 MAC, six months in preview, and every required criterion met: all three hold. */
    sixMonths: boolean;
    /** The day on which six months in preview are complete (ISO, Pacific); known when `liveSince` is. */
    sixMonthsOn?: string;
    customer: boolean;
  };
  /** How the success rate came about, when it was counted from responses. */
  success?: SuccessRate;
}

/**
 * Whether a connector may ask for general availability.
 *
 * @param evidence percents as 99.95; what is absent is unknown and never passes
 * @param now decides whether six months have passed
 *
 * Rule: GA page, Required criteria and Recommended criteria. Settled: docs/decisions.md, Readiness.
 */
export function readiness(evidence: Evidence, now: DateTime): Readiness {
  const success = evidence.responses && successRate(evidence.responses);
  const criteria = CRITERIA.map((criterion) => find(criterion, evidence, success));
  const required = criteria.filter(({ criterion }) => criterion.required);
  const recommended = criteria.filter(({ criterion }) => !criterion.required);
  const allRequiredMet = required.every(isMet);

  const sixMonthsOn = evidence.liveSince && toIso(addMonths(toDay(evidence.liveSince), EXCEPTION_MONTHS));
  const lacksConnections = criteria.some(({ id, state }) => id === "connections" && state === "unmet");
  const sixMonthsOver = sixMonthsOn !== undefined && toDay(sixMonthsOn) <= pacificDay(now);

  return {
    verdict: judge(),
    criteria,
    exceptions: {
      sixMonths: allRequiredMet && lacksConnections && sixMonthsOver,
      ...(sixMonthsOn && { sixMonthsOn }),
      customer: evidence.customerRequires === true,
    },
    ...(success && { success }),
  };

  function judge(): Verdict {
    if (required.some(({ state }) => state === "unmet")) {
      return evidence.customerRequires ? "ask-microsoft" : "not-yet";
    }
    if (!allRequiredMet) return "unknown";
    return recommended.every(isMet) ? "ready" : "eligible";
  }
}

function isMet({ state }: Finding): boolean {
  return state === "met";
}

function find(criterion: Criterion, evidence: Evidence, success: SuccessRate | undefined): Finding {
  const { id, threshold } = criterion;
  const value = id === "success" && success ? success.rate : weakest(evidence[id]);
  if (value === undefined) return { id, criterion, state: "unknown" };
  if (typeof value === "boolean") return { id, criterion, state: value ? "met" : "unmet" };
  const bar = threshold ?? 0;
  const met = criterion.strictly ? value > bar : value >= bar;
  if (met) return { id, criterion, state: "met", figure: value };
  return { id, criterion, state: "unmet", figure: value, missing: bar - value };
}

/** Three weeks are as good as the weakest of them. */
function weakest(value: boolean | number | number[] | undefined): boolean | number | undefined {
  return Array.isArray(value) ? Math.min(...value) : value;
}
