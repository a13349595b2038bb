import { citeCertification, citeGa } from "../../criteria/sources.ts";
import type { Topic, TopicId } from "../topic.ts";

/** Preview and GA, other clouds, and the first of the required criteria. */
export const GA_TOPICS = {
  "ga.preview": {
    title: "What “preview” means",
    answer:
      "Every new connector starts in preview: customers can evaluate it, on service terms that are reduced or differ from those of GA.",
    more: [
      "The preview tag comes off when you ask for GA by e-mail and the criteria are met.",
      "The page does not say which terms differ, nor how long a connector may stay in preview.",
      "It is not the preview environment in which you test before Go live, nor the US preview region of the rollout.",
    ],
    citations: [
      citeGa("Introduction"),
      citeGa("Request the move to GA"),
      citeCertification("Test your connector"),
      citeCertification("Region deployment"),
    ],
    related: ["ga.meaning", "ga.why", "ga.criteria"],
  },
  "ga.meaning": {
    title: "What general availability means",
    answer:
      "General availability (GA) marks a connector as stable and ready for production, open to all customers and backed by SLA guarantees.",
    more: [
      "The GA tag takes the place of the preview tag; you ask for it by e-mail.",
      "The page does not spell out the SLA. Its 99.95 % availability and 99.5 % SLO are criteria that you meet before GA.",
    ],
    citations: [
      citeGa("Benefits of moving your connector to GA"),
      citeGa("Required criteria"),
      citeGa("Request the move to GA"),
    ],
    related: ["ga.why", "ga.criteria", "ga.request"],
  },
  "ga.why": {
    title: "Why move from preview to GA",
    answer:
      "Many enterprises use a connector only once it is in production; GA shows that yours is stable, open to everyone and backed by an SLA.",
    more: [
      "Asking for other clouds (GCC, DoD and more) with the same move can bring further use by enterprises.",
      "The page sets no deadline for the move.",
    ],
    citations: [
      citeGa("Benefits of moving your connector to GA"),
      citeGa("Release your connector to other clouds"),
    ],
    related: ["ga.criteria", "ga.request", "ga.clouds"],
  },
  "ga.clouds": {
    title: "Clouds besides public",
    answer: "Besides the public cloud the page names five: GCC, GCC-H, DoD, Azure Government and Mooncake.",
    more: [
      "A release there makes a connector more visible and more used. It happens when you ask for it, by e-mail, with the GA criteria met.",
      "The list is given as examples; ask Microsoft about any other cloud.",
      "The page gives no time for a release there, and no conditions of the single clouds.",
    ],
    settled: "The page does not explain Mooncake; this takes it for the cloud in China.",
    citations: [citeGa("Release your connector to other clouds")],
    related: ["ga.clouds-how", "ga.clouds-when", "ga.criteria"],
  },
  "ga.clouds-when": {
    title: "When to release to other clouds",
    answer:
      "Best together with the move from preview to GA, which can raise use by enterprises; the connector must meet the GA criteria first.",
    more: [
      "Both requests go to the same address, so one e-mail can hold both.",
      "It is an offer, not a duty. The page does not say whether clouds can be added later.",
    ],
    citations: [citeGa("Release your connector to other clouds"), citeGa("Request the move to GA")],
    related: ["ga.clouds-how", "ga.clouds", "ga.criteria"],
  },
  "ga.clouds-how": {
    title: "Ask for other clouds and endpoints",
    answer:
      "Once the GA criteria are met, e-mail ConnectorPartnerMgmtTeam@service.microsoft.com: name the clouds you want, and any endpoints made for them.",
    more: [
      "Give each endpoint with its cloud, if your service has one there.",
      "It is the address of the GA request, so one e-mail can hold both.",
      "The page gives no time for other clouds; about a month is its figure for the move to GA.",
    ],
    citations: [citeGa("Release your connector to other clouds"), citeGa("Request the move to GA")],
    related: ["ga.clouds", "ga.request", "ga.criteria"],
    yours: "request",
  },
  "ga.criteria": {
    title: "Required criteria for GA (overview)",
    answer:
      "Five are required: backend APIs in production, 99.95 % availability, 99.5 % SLO, more than 80 % success, and support to match your backend's.",
    more: [
      "Recommended, not required: 500 weekly active users over the last three weeks, and 50 monthly active connections (MAC).",
      "MAC and success rate stand in Connector Telemetry in the ISV portal; for availability and SLO ask your Microsoft contact.",
      "Then ask for GA by e-mail; the move takes about a month.",
    ],
    citations: [
      citeGa("Required criteria"),
      citeGa("Recommended criteria"),
      citeGa("Find your connector criteria"),
      citeGa("Request the move to GA"),
    ],
    related: ["ga.recommended", "ga.exceptions", "ga.request"],
    yours: "ready",
  },
  "ga.backend-prod": {
    title: "Backend APIs in production",
    answer: "The backend APIs that your connector calls must be in production before it can move to GA.",
    more: [
      "It is one of the five required criteria. The connector itself may still carry the preview tag when you ask.",
      "The page does not say how Microsoft checks this.",
    ],
    citations: [citeGa("Required criteria")],
    related: ["ga.criteria", "ga.support", "ga.availability"],
    yours: "ready",
  },
  "ga.availability": {
    title: "Availability requirement",
    answer:
      "99.95 % availability is required for GA; only issues of the connector count, not those of your backend service.",
    more: [
      "The ISV portal does not show the figure; ask your Microsoft contact.",
      "The page names no period over which it is measured.",
    ],
    settled: "The page does not say whether exactly 99.95 % is enough; this counts it as met.",
    citations: [citeGa("Required criteria"), citeGa("Find your connector criteria")],
    related: ["ga.availability-backend", "ga.slo", "ga.telemetry-missing"],
    yours: "ready",
  },
  "ga.availability-backend": {
    title: "Backend issues and availability",
    answer:
      "Backend outages don't count against your 99.95 % availability: it is made up of issues of the connector alone.",
    more: [
      "The success rate is another matter: there the page leaves out throttling only.",
      "The ISV portal does not show availability; ask your Microsoft contact.",
    ],
    citations: [citeGa("Required criteria"), citeGa("Find your connector criteria")],
    related: ["ga.availability", "ga.success-calc", "ga.slo"],
    yours: "ready",
  },
  "ga.slo": {
    title: "Service level objective (SLO)",
    answer:
      "An SLO of 99.5 % is required for GA: that share of your connections must meet the service level bar.",
    more: [
      "The page calls it the bar “mentioned previously”; the only figure before it is the 99.95 % of availability.",
      "The ISV portal does not show the SLO; ask your Microsoft contact. No period is named.",
    ],
    settled: "The page does not say whether exactly 99.5 % is enough; this counts it as met.",
    citations: [citeGa("Required criteria"), citeGa("Find your connector criteria")],
    related: ["ga.availability", "ga.telemetry-missing", "ga.success"],
    yours: "ready",
  },
  "ga.success": {
    title: "Success rate requirement",
    answer:
      "More than 80 % is required for GA, so exactly 80 % is not enough; failures due to throttling aren't counted.",
    more: [
      "See your own in Connector Telemetry in the ISV portal (isvstudio.powerapps.com/home).",
      "The page names no period over which it is measured, and says nothing of a connector without traffic.",
    ],
    reported: "Microsoft has treated a connector without traffic as 0 %.",
    citations: [citeGa("Required criteria"), citeGa("Find your connector criteria")],
    related: ["ga.success-calc", "ga.telemetry", "ga.criteria"],
    yours: "ready",
  },
} satisfies Partial<Record<TopicId, Topic>>;
