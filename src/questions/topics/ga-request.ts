import { citeGa } from "../../criteria/sources.ts";
import type { Topic, TopicId } from "../topic.ts";

/** Usage, exceptions, where figures are found, the request itself, and feedback. */
export const GA_REQUEST_TOPICS = {
  "ga.success-calc": {
    title: "How success rate is calculated",
    answer:
      "Success rate is a percentage of responses by class (100s, 200s, 300s and so on), with failures due to throttling left out.",
    more: [
      "A class runs up to the next hundred: 100 takes in everything from 100 to below 200.",
      "GA needs more than 80 %.",
    ],
    settled:
      "The page does not say which classes are successes, nor how throttling is recognised; this counts (1xx + 2xx + 3xx) ÷ (all − throttled), with 429 as throttled.",
    reported:
      "The telemetry page takes a stricter figure, (1xx + 2xx + 3xx − 4xx − 5xx) ÷ all, and Microsoft has treated no traffic as 0 %.",
    citations: [citeGa("Required criteria")],
    related: ["ga.success", "ga.telemetry", "ga.availability-backend"],
    yours: "ready",
  },
  "ga.support": {
    title: "Support availability",
    answer:
      "Support the connector as you support its backend service: 5 days a week, 8am-5pm PT for the service means the same for the connector.",
    more: [
      "It is required for GA. Those hours are only an example; the page sets no minimum, and no support around the clock.",
      "The page does not say how Microsoft checks this.",
    ],
    citations: [citeGa("Required criteria")],
    related: ["ga.criteria", "props.support", "ga.backend-prod"],
    yours: "ready",
  },
  "ga.recommended": {
    title: "Recommended criteria (overview)",
    answer:
      "Two are strongly recommended, not required: 500 weekly active users over the last three weeks, and 50 monthly active connections (MAC).",
    more: [
      "They are a further sign that the connector will work.",
      "MAC is shown in Connector Telemetry in the ISV portal; the page does not say where to see weekly active users.",
      "Missing them does not close the way to GA: six months in preview, or a customer who needs production, open it.",
    ],
    settled:
      "The page does not say how “not required” fits with its list of exceptions; this takes a connector that meets all required criteria as eligible, and names the exception that holds as well.",
    citations: [
      citeGa("Recommended criteria"),
      citeGa("Recommended criteria (Important)"),
      citeGa("Find your connector criteria"),
    ],
    related: ["ga.exceptions", "ga.criteria", "ga.telemetry"],
    yours: "ready",
  },
  "ga.wau": {
    title: "Weekly active users",
    answer: "500 or more weekly active users over the last three weeks; recommended for GA, not required.",
    more: [
      "The page does not say where this figure is shown; ask your Microsoft contact.",
      "The exception after six months in preview speaks of MAC only, not of weekly users.",
    ],
    settled:
      "The page does not say whether each of the three weeks must reach 500; this assumes so, and takes one number for all three.",
    citations: [
      citeGa("Recommended criteria"),
      citeGa("Recommended criteria (Important)"),
      citeGa("Find your connector criteria"),
    ],
    related: ["ga.mac", "ga.exceptions", "ga.telemetry"],
    yours: "ready",
  },
  "ga.mac": {
    title: "Monthly active connections (MAC)",
    answer: "50 monthly active connections (MAC), at any given time; recommended for GA, not required.",
    more: [
      "See yours in Connector Telemetry in the ISV portal (isvstudio.powerapps.com/home).",
      "With fewer than 50, six months in preview with every required criterion met open the way, too.",
      "The page does not say what makes a connection active.",
    ],
    settled: "The page does not say “at least”; this counts 50 or more as met.",
    citations: [
      citeGa("Recommended criteria"),
      citeGa("Recommended criteria (Important)"),
      citeGa("Find your connector criteria"),
    ],
    related: ["ga.telemetry", "ga.exc-6months", "ga.wau"],
    yours: "ready",
  },
  "ga.exceptions": {
    title: "GA without the usage figures",
    answer:
      "There are two ways: 6 months in preview without 50 MAC but with all required criteria met, or a customer who needs the connector in production.",
    more: [
      "One of the two is enough. You still ask for GA by e-mail, and the move takes about a month.",
      "Neither way mentions the 500 weekly active users.",
    ],
    settled:
      "The page does not say whether the required criteria still hold when a customer needs production; this answers “ask Microsoft” when one of them fails.",
    citations: [citeGa("Recommended criteria (Important)"), citeGa("Request the move to GA")],
    related: ["ga.exc-6months", "ga.exc-customer", "ga.request"],
    yours: "ready",
  },
  "ga.exc-6months": {
    title: "Exception: six months in preview",
    answer:
      "After 6 months in preview a connector without 50 MAC can still move to GA, if it meets all required criteria.",
    more: [
      "All three must hold together; time in preview alone is not enough.",
      "Nothing happens by itself after six months: you ask for GA by e-mail.",
    ],
    settled:
      "The page does not say from when the 6 months count; this counts calendar months from the Pacific date on which the connector became Live.",
    citations: [citeGa("Recommended criteria (Important)"), citeGa("Request the move to GA")],
    related: ["ga.exc-customer", "ga.criteria", "ga.request"],
    yours: "ready",
  },
  "ga.exc-customer": {
    title: "Exception: customer needs production",
    answer:
      "If a customer can use the connector only in production, you can move to GA without meeting the usage figures.",
    more: [
      "The page sets no waiting time here, no number of customers and no proof to send; name the need in your e-mail.",
    ],
    settled:
      "The page does not say whether the required criteria still hold in this case; this answers “ask Microsoft” when one of them fails.",
    citations: [citeGa("Recommended criteria (Important)"), citeGa("Request the move to GA")],
    related: ["ga.request", "ga.criteria", "ga.exc-6months"],
    yours: "ready",
  },
  "ga.telemetry": {
    title: "Where to see MAC and success rate",
    answer:
      "Connector Telemetry in the ISV portal (isvstudio.powerapps.com/home) shows your connector's MAC and success rate.",
    more: [
      "Availability and SLO aren't there; ask your Microsoft contact.",
      "The page does not say where to see weekly active users, nor who gets access to the portal.",
    ],
    citations: [citeGa("Find your connector criteria")],
    related: ["ga.telemetry-missing", "ga.success-calc", "ga.mac"],
    yours: "ready",
  },
  "ga.telemetry-missing": {
    title: "Where to get reliability and SLO",
    answer: "Ask your Microsoft contact: the ISV portal shows neither reliability nor SLO.",
    more: [
      "The bars are 99.95 % availability and 99.5 % SLO.",
      "The page does not say who that contact is, nor how to find one.",
    ],
    settled:
      "The page does not say what reliability is, a word the criteria don't use; this takes it for availability.",
    citations: [citeGa("Find your connector criteria"), citeGa("Required criteria")],
    related: ["ga.telemetry", "ga.availability", "ga.slo"],
    yours: "ready",
  },
  "ga.request": {
    title: "How to request GA",
    answer:
      "With the criteria met, e-mail ConnectorPartnerMgmtTeam@service.microsoft.com and ask for the GA tag in place of the preview tag.",
    more: [
      "Other clouds, and their own endpoints, can be asked for at the same address.",
      "The move then takes about a month.",
      "The page does not say whether to wait until the connector is in all regions.",
    ],
    settled:
      "The page does not say what the e-mail must contain; this assumes your figure for each criterion helps.",
    citations: [citeGa("Request the move to GA"), citeGa("Release your connector to other clouds")],
    related: ["ga.duration", "ga.criteria", "ga.clouds-how"],
    yours: "request",
  },
  "ga.duration": {
    title: "How long the move to GA takes",
    answer: "About a month from preview to GA, provided that the connector meets the criteria.",
    more: [
      "The page gives no time for a connector that doesn't, and does not say what to do if it takes longer.",
    ],
    settled: "The page does not say when the month begins; this counts from the day of your e-mail.",
    citations: [citeGa("Request the move to GA")],
    related: ["ga.request", "ga.criteria", "ga.clouds-when"],
    yours: "forecast",
  },
  feedback: {
    title: "Feedback on the platform",
    answer:
      "Problems with the connector platform and ideas for features both go to “Submit issues or get help with connectors”: choose your type of feedback there.",
    more: [
      "Both pages link to it at their end; they don't say when you'll hear back.",
      "A request for GA goes by e-mail instead.",
    ],
    citations: [citeGa("Provide feedback"), citeGa("Request the move to GA")],
    related: ["ga.request", "ga.telemetry-missing"],
  },
} satisfies Partial<Record<TopicId, Topic>>;
