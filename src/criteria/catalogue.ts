import type { Citation } from "../reply.ts";
import { citeGa } from "./sources.ts";

export type CriterionId =
  | "backend"
  | "availability"
  | "slo"
  | "success"
  | "support"
  | "users"
  | "connections";

/** One standard of the GA page. */
export interface Criterion {
  id: CriterionId;
  name: string;
  required: boolean;
  /** The bar in words, with its unit. */
  bar: string;
  /** The bar as a number: percent, users or connections. Absent: a yes or no. */
  threshold?: number;
  /** `threshold` itself is not enough. */
  strictly?: true;
  /** Where a publisher finds the figure: what to do, or who knows. */
  findAt: string;
  /** The evidence to type: key=example. */
  example: string;
  citation: Citation;
}

const TELEMETRY = "see Connector Telemetry in the ISV portal (isvstudio.powerapps.com)";
const CONTACT = "ask your Microsoft contact";
const required = citeGa("Required criteria");
const recommended = citeGa("Recommended criteria");

/** The criteria for moving to GA, in the page's order. */
export const CRITERIA: readonly Criterion[] = [
  {
    id: "backend",
    name: "Backend APIs in production",
    required: true,
    bar: "in production",
    findAt: "your own team knows",
    example: "backend=yes",
    citation: required,
  },
  {
    id: "availability",
    name: "Availability",
    required: true,
    bar: "at least 99.95 %",
    threshold: 99.95,
    findAt: CONTACT,
    example: "availability=99.97",
    citation: required,
  },
  {
    id: "slo",
    name: "Service level objective (SLO)",
    required: true,
    bar: "at least 99.5 %",
    threshold: 99.5,
    findAt: CONTACT,
    example: "slo=99.6",
    citation: required,
  },
  {
    id: "success",
    name: "Success rate",
    required: true,
    bar: "more than 80 %, throttling not counted",
    threshold: 80,
    strictly: true,
    findAt: TELEMETRY,
    example: "responses=2xx:900,4xx:40,429:10",
    citation: required,
  },
  {
    id: "support",
    name: "Support hours match the backend's",
    required: true,
    bar: "the same support model",
    findAt: "your own team knows",
    example: "support=yes",
    citation: required,
  },
  {
    id: "users",
    name: "Weekly active users",
    required: false,
    bar: "at least 500 in each of the last three weeks",
    threshold: 500,
    findAt: `${CONTACT} (the page does not say where it is shown)`,
    example: "users=510,530,505",
    citation: recommended,
  },
  {
    id: "connections",
    name: "Monthly active connections (MAC)",
    required: false,
    bar: "at least 50",
    threshold: 50,
    findAt: TELEMETRY,
    example: "connections=64",
    citation: recommended,
  },
];

/** Six months in preview open an exception for a connector without 50 MAC (GA page, Recommended criteria). */
export const EXCEPTION_MONTHS = 6;
