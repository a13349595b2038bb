import { citeCertification, citeGa } from "../criteria/sources.ts";
import type { Citation } from "../reply.ts";
import type { Milestone } from "./connector.ts";

export const STAGES = [
  "account",
  "draft",
  "review",
  "changes-requested",
  "testing",
  "publishing",
  "deploying",
  "public-preview",
  "ga-requested",
  "ga",
] as const;
export type StageId = (typeof STAGES)[number];

/** Whether a stage comes before another on the way. */
export function isBefore(stage: StageId, other: StageId): boolean {
  return STAGES.indexOf(stage) < STAGES.indexOf(other);
}

interface Stage {
  name: string;
  /** What Partner Center shows; absent before there is an offer. */
  partnerCenter?: string;
  citation: Citation;
}

/** The stages a connector goes through, in order. Names in Partner Center: certification page. */
export const STAGE: Record<StageId, Stage> = {
  account: { name: "Account", citation: citeCertification("Set up your Partner Center Seller account") },
  draft: {
    name: "Draft",
    partnerCenter: "Draft",
    citation: citeCertification("Submit your package for certification"),
  },
  review: {
    name: "Review",
    partnerCenter: "Publish in progress",
    citation: citeCertification("Post-submission steps"),
  },
  "changes-requested": {
    name: "Changes requested",
    partnerCenter: "Attention needed",
    citation: citeCertification("Post-submission steps"),
  },
  testing: { name: "Testing", partnerCenter: "Preview", citation: citeCertification("Test your connector") },
  publishing: {
    name: "Publishing",
    partnerCenter: "Publish in progress",
    citation: citeCertification("Production deployment"),
  },
  deploying: {
    name: "Deploying",
    partnerCenter: "Live",
    citation: citeCertification("Region deployment"),
  },
  "public-preview": {
    name: "Public preview",
    partnerCenter: "Live",
    citation: citeGa("Criteria for moving to GA"),
  },
  "ga-requested": {
    name: "GA requested",
    partnerCenter: "Live",
    citation: citeGa("Request the move to GA"),
  },
  ga: {
    name: "General availability",
    partnerCenter: "Live",
    citation: citeGa("Benefits of moving your connector to GA"),
  },
};

/** The line a person sees: `changes-requested` is a way back from review, not a station on it. */
export const STAGE_LINE: readonly StageId[] = STAGES.filter((stage) => stage !== "changes-requested");

interface MoveRule {
  /** What it is called in a sentence. */
  name: string;
  from: readonly StageId[];
  /** `stay`: recorded beside the stage. `rest`: where a connector that is in all regions belongs. */
  to: StageId | "stay" | "rest";
  /** Where "already" puts a connector whose history nobody knows; absent: it can't be said so. */
  alreadyAt?: StageId;
  /** It can also be recorded while the stage is another one. */
  alsoWhile?: "updating";
}

/**
 * Which milestone leads where. Two moves need no milestone, only time: testing falls back to changes requested when the
 * link expires, and publishing becomes deploying on the day of the first wave.
 */
export const MOVES: Record<Milestone, MoveRule> = {
  submitted: {
    name: "Submitted",
    from: ["account", "draft", "changes-requested", "public-preview", "ga-requested", "ga"],
    to: "review",
    alreadyAt: "review",
  },
  "report-failed": { name: "Report failed", from: ["review", "testing"], to: "changes-requested" },
  "report-passed": { name: "Report passed", from: ["review"], to: "testing", alreadyAt: "testing" },
  "go-live": { name: "Go live confirmed", from: ["testing"], to: "publishing", alreadyAt: "publishing" },
  start: {
    name: "Start date from Microsoft",
    from: ["publishing", "deploying", "public-preview", "ga-requested", "ga"],
    to: "stay",
  },
  "all-regions": {
    name: "In all regions",
    from: ["deploying", "ga-requested"],
    to: "rest",
    alreadyAt: "public-preview",
  },
  "pull-request": {
    name: "Open-source pull request created",
    from: ["publishing", "deploying", "public-preview", "ga-requested", "ga"],
    to: "stay",
  },
  "ga-requested": {
    name: "GA requested",
    from: ["deploying", "public-preview"],
    to: "ga-requested",
    alreadyAt: "ga-requested",
    alsoWhile: "updating",
  },
  ga: {
    name: "General availability",
    from: ["ga-requested"],
    to: "ga",
    alreadyAt: "ga",
    alsoWhile: "updating",
  },
  update: { name: "Update started", from: ["public-preview", "ga-requested", "ga"], to: "draft" },
};
