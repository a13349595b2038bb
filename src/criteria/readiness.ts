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
 * @throws RangeError when `liveSince` is no ISO date
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
  const value = id === "success" && success ? success.rate : evidence[id];
  if (threshold === undefined) {
    return { id, criterion, state: value === true ? "met" : value === false ? "unmet" : "unknown" };
  }
  const figure = figureOf(value, id === "users" || id === "connections" ? Number.MAX_SAFE_INTEGER : 100);
  if (figure === undefined) return { id, criterion, state: "unknown" };
  const met = criterion.strictly ? figure > threshold : figure >= threshold;
  return met
    ? { id, criterion, state: "met", figure }
    : { id, criterion, state: "unmet", figure, missing: threshold - figure };
}

const WEEKS = 3;

/** Three weeks are as good as the weakest of them. What is no figure within its range is unknown. */
function figureOf(value: unknown, most: number): number | undefined {
  const figure = Array.isArray(value) && value.length === WEEKS ? Math.min(...value) : value;
  return typeof figure === "number" && figure >= 0 && figure <= most ? figure : undefined;
}
