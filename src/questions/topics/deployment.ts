import { citeCertification, citeGa } from "../../criteria/sources.ts";
import type { Topic, TopicId } from "../topic.ts";

const FREEZES =
  "Microsoft has frozen deployments around Thanksgiving and from late November to early January; ask your Microsoft contact.";

/** The rollout, and what follows it: marketing, updates, the preview tag. */
export const DEPLOYMENT_TOPICS = {
  "deploy.duration": {
    title: "Deployment time",
    answer:
      "About three to four weeks until a connector is in all regions; the status Live says only that it was pushed for deployment.",
    more: [
      "Three to four weeks are an average, the same for every size and for updates.",
      "A region that comes early has it sooner: they follow each other daily, Testing first, Australia, the United Kingdom and the United States last.",
    ],
    settled:
      "The page does not say how six daily regions fit with three to four weeks; answers here give both, and count 21 to 28 days from the first region's date.",
    reported: `Later reports speak of 10–14 days. ${FREEZES}`,
    citations: [
      citeCertification("Wait for deployment"),
      citeCertification("Test your connector"),
      citeCertification("Region deployment"),
    ],
    related: ["deploy.regions", "deploy.friday", "deploy.nodays"],
    yours: "eta",
  },
  "deploy.anysize": {
    title: "Same for every size and update",
    answer:
      "Size, complexity and new or update make no difference: every deployment is validated in the same way, three to four weeks on average.",
    more: [
      "Functionality and content are tested each time, to protect integrity.",
      "The page offers no quicker way, neither for small changes nor for urgent ones.",
    ],
    citations: [citeCertification("Wait for deployment")],
    related: ["deploy.duration", "update.offer", "deploy.friday"],
    yours: "eta",
  },
  "deploy.friday": {
    title: "Production deployment starts Fridays",
    answer:
      "On Friday mornings, Pacific time (PST/PDT): Microsoft takes the upcoming Friday after you confirm with Go live.",
    more: [
      "Missing a Friday means waiting a week for the next.",
      "The regions follow day by day; all of them take about 3 to 4 weeks.",
    ],
    settled:
      "The page does not say what holds for Go live on a Friday, nor for a Friday that is a US holiday; this takes the next week's Friday in both cases, though after a holiday the start could also be the next business day.",
    reported: `The page once asked for 24 hours' notice, so Go live on a Thursday is at risk. ${FREEZES}`,
    citations: [
      citeCertification("Production deployment"),
      citeCertification("Region deployment"),
      citeCertification("Wait for deployment"),
    ],
    related: ["deploy.regions", "deploy.nodays", "test.golive"],
    yours: "eta",
  },
  "deploy.regions": {
    title: "Region order",
    answer:
      "In this order: Testing; US preview; Asia (not Japan, India); Europe (not the United Kingdom); Brazil, Canada, Japan, India; Australia, United Kingdom, United States.",
    more: [
      "One after the other, day by day. All regions have it in about 3 to 4 weeks.",
      "The order is fixed; the page offers no choice of regions.",
    ],
    settled:
      "The page does not say when places it doesn't name get it (South Africa, the UAE, Mexico and others); this gives them the time for all regions only.",
    citations: [citeCertification("Region deployment"), citeCertification("Test your connector")],
    related: ["deploy.daily", "deploy.duration", "deploy.friday"],
    yours: "eta",
  },
  "deploy.daily": {
    title: "One region per day",
    answer:
      "One of the six regions a day, in a fixed order: Testing on day 1, US preview on day 2, and so on through to Australia, the United Kingdom and the United States.",
    more: [
      "Saturdays, Sundays and US holidays are left out of the count.",
      "The page also gives about 3 to 4 weeks for all regions, so give customers both dates.",
    ],
    settled:
      "The page does not say how its example of a Monday as day 1 fits with starts on Fridays; this counts the rollout's Friday as day 1.",
    citations: [
      citeCertification("Region deployment"),
      citeCertification("Production deployment"),
      citeCertification("Test your connector"),
    ],
    related: ["deploy.regions", "deploy.nodays", "deploy.duration"],
    yours: "eta",
  },
  "deploy.nodays": {
    title: "No deployment days",
    answer: "Saturdays, Sundays and United States holidays: on these Microsoft deploys nothing.",
    more: [
      "The next region then follows on the first day that is neither.",
      "Holidays of other countries aren't mentioned.",
    ],
    settled:
      "The page does not list the holidays; this takes the eleven US federal ones on their observed days, by Pacific time, and passes over a Friday that is one.",
    reported: FREEZES,
    citations: [citeCertification("Region deployment")],
    related: ["deploy.friday", "deploy.daily", "deploy.duration"],
    yours: "eta",
  },
  "mkt.blog": {
    title: "Marketing opportunity",
    answer:
      "Microsoft gets in touch with you as certification ends, about presenting the connector on the Power Automate blog.",
    more: [
      "The page asks nothing of you before, and does not say what it costs, what to prepare or when a post appears.",
    ],
    citations: [citeCertification("Region deployment")],
    related: ["test.after", "ga.why", "deploy.duration"],
  },
  "update.offer": {
    title: "Update a certified offer",
    answer:
      "Open the certified offer's Product overview tab and select the update beside the section you want to change; the same rules apply again.",
    more: [
      "This holds for new versions of the connector or plugin, too.",
      "Deployment takes three to four weeks on average again, however small the change.",
    ],
    settled:
      "The page does not say what becomes of the tag; this assumes that an update goes from draft to deployment again and keeps the preview or GA tag.",
    citations: [citeCertification("Region deployment (Note)"), citeCertification("Wait for deployment")],
    related: ["deploy.anysize", "update.previewtag", "pkg.sas"],
  },
  "update.previewtag": {
    title: "Preview tag after certification",
    answer:
      "Certification leaves the preview tag on: ask for its removal once the connector has been public for some time and meets the GA criteria.",
    more: [
      "Ask by e-mail to ConnectorPartnerMgmtTeam@service.microsoft.com; the move takes about a month.",
      "“Some time” has no figure. The only waiting time on the GA page is 6 months in preview, for a connector without 50 MAC.",
    ],
    citations: [
      citeCertification("Region deployment (Note)"),
      citeGa("Request the move to GA"),
      citeGa("Recommended criteria (Important)"),
    ],
    related: ["ga.criteria", "ga.request", "ga.preview"],
    yours: "ready",
  },
} satisfies Partial<Record<TopicId, Topic>>;
