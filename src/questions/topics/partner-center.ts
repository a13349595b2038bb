import { citeCertification } from "../../criteria/sources.ts";
import type { Topic, TopicId } from "../topic.ts";

/** Who the process is for, its course, the account, and the offer. */
export const PARTNER_CENTER_TOPICS = {
  "cert.scope": {
    title: "Who the process is for",
    answer:
      "Verified publishers: they hand in their package of connector and plugin through Partner Center, and Microsoft certifies it.",
    more: [
      "The page does not say who counts as a verified publisher, nor what others do instead.",
      "A package holds a connector, a plugin or both.",
    ],
    citations: [citeCertification("Introduction"), citeCertification("Package your connector and plugin")],
    related: ["cert.workflow", "acct.seller", "submit.offer"],
  },
  "cert.workflow": {
    title: "Certification workflow",
    answer:
      "Set up the Seller account, publish an offer, wait 24 to 48 hours for the review, test, select Go live, and wait three to four weeks for all regions.",
    more: [
      "A package that fails the review is changed by the certification report and resubmitted.",
      "After Go live you open-source the connector; later you can ask for the GA tag.",
      "The page has a flowchart; the magnifying glass at its bottom right enlarges it.",
    ],
    citations: [
      citeCertification("Certification process workflow"),
      citeCertification("Post-submission steps"),
      citeCertification("Test your connector"),
      citeCertification("Wait for deployment"),
    ],
    related: ["acct.seller", "submit.offer", "post.review"],
    yours: "next",
  },
  "acct.seller": {
    title: "Seller account",
    answer:
      "You need a Seller account in Partner Center; you set it up once, and it is vetted before it can publish offers.",
    more: [
      "Whoever has one already only has to enroll in the Microsoft 365 and Copilot program.",
      "The page names no fee, and no time for the vetting.",
    ],
    citations: [citeCertification("Set up your Partner Center Seller account")],
    related: ["acct.new", "acct.enroll", "acct.verify"],
  },
  "acct.enroll": {
    title: "Enroll in the program",
    answer:
      "Enroll in the Microsoft 365 and Copilot program, whether your Seller account is an existing one or new.",
    more: [
      "It is where connector offers are made: Home > Marketplace offers > Microsoft 365 and Copilot program.",
      "The page names no fee for it, and no time that it takes.",
    ],
    citations: [
      citeCertification("Set up your Partner Center Seller account"),
      citeCertification("Submit your package for certification"),
    ],
    related: ["submit.offer", "acct.verify", "acct.new"],
  },
  "acct.new": {
    title: "Create a Seller account",
    answer:
      "Sign in to Partner Center with your developer account if you have one, or create a Microsoft AI Cloud Partner Program account; then verify it and enroll.",
    more: [
      "The program to enroll in is Microsoft 365 and Copilot.",
      "The steps for the account are on another page, “Create a Microsoft AI Cloud Partner Program account in Partner Center”.",
      "Every Seller account is vetted before it can publish; no fee and no time are named.",
    ],
    citations: [citeCertification("Set up your Partner Center Seller account")],
    related: ["acct.verify", "acct.enroll", "submit.offer"],
  },
  "acct.verify": {
    title: "Verify the account",
    answer: "Your account information must be verified in Partner Center before you can publish.",
    more: [
      "The steps are on another page, “Verify your account information when you enroll in a new Partner Center program”.",
      "This page does not say which documents are needed, nor how long it takes.",
    ],
    citations: [citeCertification("Set up your Partner Center Seller account")],
    related: ["acct.enroll", "acct.seller", "submit.offer"],
  },
  "submit.offer": {
    title: "Create the offer",
    answer:
      "In Partner Center, open Marketplace offers > Microsoft 365 and Copilot program, then select New offer > Power Platform Connector and name it.",
    more: [
      "Marketplace offers is a card under Home. The account must be enrolled in the program.",
      "Then come Product setup (nothing to enter), Packages, Properties and Availability.",
    ],
    citations: [
      citeCertification("Submit your package for certification"),
      citeCertification("Set up your Partner Center Seller account"),
    ],
    related: ["submit.name", "pkg.sas", "acct.enroll"],
    yours: "next",
  },
  "submit.name": {
    title: "Offer name",
    answer:
      "Enter a unique name, by which you find the offer in Partner Center; Microsoft recommends the connector's and the plugin's name in it.",
    more: [
      "It goes into the Name field of the New Power Platform Connector screen.",
      "The page does not say whether customers see it, nor whether it can be changed later.",
    ],
    citations: [citeCertification("Submit your package for certification")],
    related: ["submit.setup", "pkg.sas", "submit.offer"],
  },
  "submit.setup": {
    title: "Product setup page",
    answer:
      "Leave it as it is: the Product setup page asks for nothing, and its Status reads Complete by itself.",
    more: ["It opens once the offer has a name. Go on with Packages in the navigation bar on the left."],
    citations: [
      citeCertification("Submit your package for certification"),
      citeCertification("Package your connector and plugin"),
    ],
    related: ["pkg.sas", "props.categories", "avail.publish"],
    yours: "next",
  },
} satisfies Partial<Record<TopicId, Topic>>;
