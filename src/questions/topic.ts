import type { Citation } from "../reply.ts";

/** What the two pages answer; the ids are stable. */
export type TopicId =
  | "ga.preview"
  | "ga.meaning"
  | "ga.why"
  | "ga.clouds"
  | "ga.clouds-when"
  | "ga.clouds-how"
  | "ga.criteria"
  | "ga.backend-prod"
  | "ga.availability"
  | "ga.availability-backend"
  | "ga.slo"
  | "ga.success"
  | "ga.success-calc"
  | "ga.support"
  | "ga.recommended"
  | "ga.wau"
  | "ga.mac"
  | "ga.exceptions"
  | "ga.exc-6months"
  | "ga.exc-customer"
  | "ga.telemetry"
  | "ga.telemetry-missing"
  | "ga.request"
  | "ga.duration"
  | "feedback"
  | "cert.scope"
  | "cert.workflow"
  | "acct.seller"
  | "acct.enroll"
  | "acct.new"
  | "acct.verify"
  | "submit.offer"
  | "submit.name"
  | "submit.setup"
  | "pkg.sas"
  | "pkg.prepare"
  | "pkg.oauth"
  | "props.categories"
  | "props.legal"
  | "props.eula"
  | "props.privacy"
  | "props.support"
  | "avail.hidekey"
  | "avail.publish"
  | "avail.notify"
  | "post.review"
  | "post.status"
  | "post.report"
  | "post.fail"
  | "post.pass"
  | "test.where"
  | "test.48h"
  | "test.guidelines"
  | "test.golive"
  | "test.after"
  | "deploy.duration"
  | "deploy.anysize"
  | "deploy.friday"
  | "deploy.regions"
  | "deploy.daily"
  | "deploy.nodays"
  | "mkt.blog"
  | "update.offer"
  | "update.previewtag"
  | "oss.must"
  | "oss.benefits"
  | "oss.notapi"
  | "oss.repo"
  | "oss.pii"
  | "oss.codeowners"
  | "oss.how"
  | "oss.merge";

/** What a connector's own record adds to an answer ("For Contoso CRM that means Tue 3 Nov"): what would tell it. */
export type Yours = "next" | "status" | "window" | "eta" | "forecast" | "ready" | "request";

/** A question that the pages answer, with the answer in our words. */
export interface Topic {
  /** What it is about, as a choice to press: at most 40 characters. */
  title: string;
  /** The answer in one sentence, complete enough for a phone's notification. */
  answer: string;
  /** What else there is to know: what is next, by when, what if it is missed. A sentence or two each. */
  more?: readonly string[];
  /** Where the pages are silent or contradict each other: how it is read here, in one sentence. */
  settled?: string;
  /** What publishers or later pages report: never the answer. */
  reported?: string;
  citations: readonly [Citation, ...Citation[]];
  /** Topics that people ask about next, the likeliest first. */
  related: readonly TopicId[];
  yours?: Yours;
}
