import { citeCertification } from "../../criteria/sources.ts";
import type { Topic, TopicId } from "../topic.ts";

/** What is entered on the tabs Packages, Properties and Availability. */
export const PACKAGE_TOPICS = {
  "pkg.sas": {
    title: "Provide the package by SAS URI",
    answer:
      "Put the link to your package's SAS URI into the SAS URI field of the Packages tab; the package holds the connector, the plugin or both.",
    more: [
      "Your offer > Packages > SAS URI, then Save draft.",
      "A SAS URI contains a secret signature: enter it in Partner Center only, never in a channel.",
    ],
    settled:
      "The page does not say how long the link must live; this refuses one that expires in under 4 days, and warns under 15.",
    reported: "Links with less than 15 days left have been turned down.",
    citations: [citeCertification("Package your connector and plugin")],
    related: ["pkg.prepare", "pkg.oauth", "props.categories"],
    yours: "next",
  },
  "pkg.prepare": {
    title: "Package guidelines",
    answer:
      "The packaging guidelines are on another page, “Prepare Power Platform connector and plugin files for certification”.",
    more: [
      "The page on certification says only that the package holds a connector, a plugin or both, and that you link to it by a SAS URI.",
      "A package that doesn't pass is changed by the certification report and resubmitted.",
    ],
    citations: [
      citeCertification("Package your connector and plugin"),
      citeCertification("Post-submission steps"),
    ],
    related: ["pkg.sas", "post.fail", "pkg.oauth"],
  },
  "pkg.oauth": {
    title: "OAuth client ID and secret",
    answer:
      "Only a connector with OAuth settings needs them: fill in Client ID and Secret on the Packages tab; otherwise leave them out.",
    more: [
      "Your offer > Packages > Client ID and Secret, then Save draft.",
      "The secret belongs in Partner Center only; don't write it here.",
    ],
    citations: [citeCertification("Package your connector and plugin")],
    related: ["pkg.sas", "props.categories", "pkg.prepare"],
  },
  "props.categories": {
    title: "Categories",
    answer:
      "Choose up to 3 categories that fit your connector and plugin best, in General Info on the Properties tab.",
    more: ["Your offer > Properties > General Info, then Save.", "The page does not list the categories."],
    settled: "The page does not say that one must be chosen; this asks for at least one.",
    citations: [citeCertification("Set properties")],
    related: ["props.legal", "props.eula", "pkg.sas"],
  },
  "props.legal": {
    title: "Legal and support info",
    answer:
      "Three things are needed: your licence agreement (EULA) or the Standard Contract, a privacy policy link and a support document link.",
    more: [
      "Your offer > Properties > Legal and support info, then Save.",
      "After that comes the Availability tab.",
    ],
    citations: [citeCertification("Set properties"), citeCertification("Specify availability parameters")],
    related: ["props.eula", "props.privacy", "props.support"],
  },
  "props.eula": {
    title: "EULA or Standard Contract",
    answer:
      "Either will do: the Microsoft commercial marketplace Standard Contract, which Microsoft recommends, or an HTTPS URL of your own EULA.",
    more: [
      "Your offer > Properties > Legal and support info, first field; the Standard Contract is a checkbox.",
      "The page does not say what the contract contains, nor whether you can switch later.",
    ],
    citations: [citeCertification("Set properties")],
    related: ["props.privacy", "props.support", "props.legal"],
  },
  "props.privacy": {
    title: "Privacy policy",
    answer: "Give a link to your policies on users' personal information, in the Privacy policy link field.",
    more: [
      "Your offer > Properties > Legal and support info. It is one of the three entries needed there.",
      "The page does not say what the policy must contain.",
    ],
    settled: "The page does not say that this link must be HTTPS, as it does for the EULA; this assumes so.",
    citations: [citeCertification("Set properties")],
    related: ["props.support", "props.eula", "avail.publish"],
  },
  "props.support": {
    title: "Support document link",
    answer:
      "Give a link that customers can turn to when they have issues, in the Support document link field.",
    more: [
      "Your offer > Properties > Legal and support info. It is one of the three entries needed there.",
      "The page does not say what the document must contain.",
    ],
    settled: "The page does not say that this link must be HTTPS, as it does for the EULA; this assumes so.",
    citations: [citeCertification("Set properties")],
    related: ["avail.hidekey", "avail.publish", "ga.support"],
  },
  "avail.hidekey": {
    title: "HideKey",
    answer:
      "HideKey is optional and limits your product to certain users: a string you make up from lowercase letters and digits.",
    more: [
      "Your offer > Availability > HideKey. Capitals, spaces and other signs don't fit.",
      "The page names no length, and does not say how users come by the product with it, nor how to lift it later.",
    ],
    citations: [citeCertification("Specify availability parameters")],
    related: ["avail.publish", "avail.notify", "submit.offer"],
  },
  "avail.publish": {
    title: "Review and publish",
    answer:
      "On the Availability tab select Review and publish at the top right, check what you entered, and select Publish once every tab is Complete.",
    more: [
      "Complete shows with a green check beside each tab; one without it has to be finished first.",
      "Microsoft's review takes 24 to 48 hours from then.",
    ],
    citations: [
      citeCertification("Specify availability parameters"),
      citeCertification("Post-submission steps"),
    ],
    related: ["post.review", "avail.notify", "post.status"],
    yours: "next",
  },
  "avail.notify": {
    title: "Who is notified",
    answer:
      "You decide: when you review the offer before Publish, you can pick the audience that is told its status.",
    more: [
      "It is optional: Availability > Review and publish.",
      "The page does not say who hears of it otherwise, nor in what form. The status also stands on Product overview.",
    ],
    citations: [
      citeCertification("Specify availability parameters"),
      citeCertification("Post-submission steps"),
    ],
    related: ["post.status", "avail.publish", "post.report"],
  },
} satisfies Partial<Record<TopicId, Topic>>;
