import { citeCertification } from "../../criteria/sources.ts";
import type { Topic, TopicId } from "../topic.ts";

/** From Publish to Go live: review, report, test. */
export const TESTING_TOPICS = {
  "post.review": {
    title: "Review time",
    answer: "24 to 48 hours: that is how long Microsoft takes to review an offer after you submit it.",
    more: [
      "Your certification report is on the Product overview tab within 48 hours.",
      "The page does not say whether weekends count, nor what to do if nothing comes. It names no other time for a resubmission.",
    ],
    citations: [citeCertification("Post-submission steps")],
    related: ["post.report", "post.status", "post.pass"],
    yours: "status",
  },
  "post.status": {
    title: "Submission status",
    answer:
      "Open your offer in Partner Center and go to Product overview: it shows how far certification has come.",
    more: [
      "You can also choose an audience that is told the status, before you select Publish.",
      "Live there means pushed for deployment, not in all regions yet.",
    ],
    citations: [
      citeCertification("Post-submission steps"),
      citeCertification("Specify availability parameters"),
      citeCertification("Test your connector"),
    ],
    related: ["post.report", "post.review", "deploy.duration"],
    yours: "status",
  },
  "post.report": {
    title: "Certification report",
    answer: "The report is on the Product overview tab of your offer, within 48 hours of your submission.",
    more: [
      "Passed: you're asked to go on to testing. Not passed: the report says what to change before you resubmit.",
      "The page does not say what a report looks like, nor what to do when it is late.",
    ],
    citations: [citeCertification("Post-submission steps")],
    related: ["post.fail", "post.pass", "post.review"],
    yours: "status",
  },
  "post.fail": {
    title: "If certification fails",
    answer: "Change the package as the certification report says, and resubmit it.",
    more: [
      "The report: your offer > Product overview.",
      "The page sets no limit to the tries and no date for the next one, and names no way to contest the result.",
    ],
    settled: "The page does not say how long a second review takes; this assumes 24 to 48 hours again.",
    citations: [citeCertification("Post-submission steps")],
    related: ["post.report", "pkg.prepare", "post.review"],
    yours: "next",
  },
  "post.pass": {
    title: "If certification passes",
    answer:
      "You're asked to go on: test the connector in a preview environment, linked under Publisher signoff on Product overview, then select Go live.",
    more: [
      "The link lives 48 business hours.",
      "Passing does not publish it by itself: deployment is scheduled only after Go live.",
    ],
    citations: [
      citeCertification("Post-submission steps"),
      citeCertification("Test your connector"),
      citeCertification("Production deployment"),
    ],
    related: ["test.where", "test.48h", "test.golive"],
    yours: "next",
  },
  "test.where": {
    title: "Preview environment link",
    answer:
      "In your offer, Product overview > Publisher signoff holds the link to preview the environment as Power Platform Connector.",
    more: [
      "It comes when the package has passed certification, and lives 48 business hours.",
      "After testing, Go live is in the same place.",
    ],
    citations: [citeCertification("Test your connector")],
    related: ["test.48h", "test.guidelines", "test.golive"],
    yours: "window",
  },
  "test.48h": {
    title: "Preview link lifetime",
    answer: "The preview link lives 48 business hours: test, and select Go live before it dies.",
    more: ["The page names no way to extend a link."],
    settled:
      "The page does not say what a business hour is, nor what an expired link means; this counts two business days of 24 hours, without weekends and US holidays (opened Friday 15:00, expired Tuesday 15:00), and takes the offer as rejected when the link has died: resubmit the package, and a new link comes when it passes the review.",
    citations: [citeCertification("Test your connector")],
    related: ["test.golive", "test.guidelines", "test.where"],
    yours: "window",
  },
  "test.guidelines": {
    title: "Testing guidelines",
    answer:
      "The guidelines are on another page, “Test your connector in certification”; you're expected to test by them while the preview link lives.",
    more: [
      "You have 48 business hours. Then select Go live in Product overview > Publisher signoff.",
      "This page lists no test cases, and does not say what to do when a test fails.",
    ],
    citations: [citeCertification("Test your connector")],
    related: ["test.where", "test.48h", "test.golive"],
  },
  "test.golive": {
    title: "Confirm with Go live",
    answer:
      "Select Go live in your offer, Product overview > Publisher signoff; it tells Microsoft that you have finished testing.",
    more: [
      "Do it before the preview link's 48 business hours are over.",
      "Deployment is then scheduled for the upcoming Friday, Pacific time, and you open-source the connector.",
      "The page names no way to take it back.",
    ],
    citations: [
      citeCertification("Test your connector"),
      citeCertification("Production deployment"),
      citeCertification("How to Open-source the connector and plugin"),
    ],
    related: ["test.after", "deploy.friday", "oss.how"],
    yours: "next",
  },
  "test.after": {
    title: "After Go live",
    answer:
      "The connector enters the Publish phase; once it is pushed for deployment the offer is Live, and all regions have it in about 3 to 4 weeks.",
    more: [
      "Deployment is scheduled for the upcoming Friday. Live does not mean that it is in all regions.",
      "Your part now: a pull request that open-sources the connector and plugin.",
    ],
    citations: [
      citeCertification("Test your connector"),
      citeCertification("Production deployment"),
      citeCertification("How to Open-source the connector and plugin"),
    ],
    related: ["deploy.friday", "oss.how", "mkt.blog"],
    yours: "eta",
  },
} satisfies Partial<Record<TopicId, Topic>>;
