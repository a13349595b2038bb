import { citeCertification } from "../criteria/sources.ts";
import type { Citation } from "../reply.ts";
import type { Milestone } from "./connector.ts";
import type { StageId } from "./stages.ts";

/** What a step asks of the person, and so which check is made of it (lifecycle/step-checks.ts). */
export type Asks =
  | "offer-name"
  | "sas-uri"
  | "oauth"
  | "categories"
  | "eula"
  | "https-url"
  | "hidekey"
  | "audience";

/** One instruction of the certification page. */
export interface Step {
  id: string;
  stage: StageId;
  title: string;
  /** What to do, in our words; names of pages and buttons as Partner Center writes them. */
  todo: string;
  /** Where in Partner Center. */
  where: string;
  citation: Citation;
  asks?: Asks;
  /** What to give, as an example to type. */
  example?: string;
  /** The offer can be published without it. */
  optional?: true;
  /** Doing the step is this milestone. */
  milestone?: Milestone;
}

const account = {
  stage: "account",
  citation: citeCertification("Set up your Partner Center Seller account"),
} as const;
const offer = {
  stage: "draft",
  citation: citeCertification("Submit your package for certification"),
} as const;
const packages = {
  stage: "draft",
  where: "Packages",
  citation: citeCertification("Package your connector and plugin"),
} as const;
const properties = {
  stage: "draft",
  where: "Properties",
  citation: citeCertification("Set properties"),
} as const;
const availability = {
  stage: "draft",
  where: "Availability",
  citation: citeCertification("Specify availability parameters"),
} as const;
const afterSubmission = {
  stage: "review",
  where: "your offer > Product overview",
  citation: citeCertification("Post-submission steps"),
} as const;
const signoff = {
  stage: "testing",
  where: "your offer > Product overview > Publisher signoff",
  citation: citeCertification("Test your connector"),
} as const;

/** The numbered instructions of the certification page, in its order. */
export const STEPS: readonly Step[] = [
  {
    ...account,
    id: "seller-account",
    title: "Have a Seller account",
    todo: "Sign in with your existing developer account, or create a Microsoft AI Cloud Partner Program account. It is vetted once before you can publish.",
    where: "Partner Center",
  },
  {
    ...account,
    id: "verify-account",
    title: "Verify your account information",
    todo: "Complete the verification of your account; you can't publish before it.",
    where: "Partner Center",
  },
  {
    ...account,
    id: "enroll",
    title: "Enroll in the Microsoft 365 and Copilot program",
    todo: "Enroll the account in the program under which connectors are published.",
    where: "Partner Center",
  },
  {
    ...offer,
    id: "sign-in",
    title: "Sign in to Partner Center",
    todo: "Sign in with the account that is enrolled.",
    where: "Partner Center",
  },
  {
    ...offer,
    id: "marketplace-offers",
    title: "Open Marketplace offers",
    todo: "Select the Marketplace offers card.",
    where: "Home > Marketplace offers",
  },
  {
    ...offer,
    id: "program",
    title: "Choose the program",
    todo: "Select Microsoft 365 and Copilot program.",
    where: "Marketplace offers | Overview",
  },
  {
    ...offer,
    id: "new-offer",
    title: "Create the offer",
    todo: "Select New offer > Power Platform Connector.",
    where: "Microsoft 365 and Copilot",
  },
  {
    ...offer,
    id: "offer-name",
    title: "Name the offer",
    todo: "Enter a unique name; Microsoft recommends that it includes the connector's name. The Product setup page that follows needs nothing: it reads Complete by itself.",
    where: "New Power Platform Connector > Name",
    asks: "offer-name",
    example: "Contoso CRM connector",
  },
  {
    ...packages,
    id: "open-packages",
    title: "Open Packages",
    todo: "Select Packages in the navigation bar on the left.",
  },
  {
    ...packages,
    id: "sas-uri",
    title: "Give the package's SAS URI",
    todo: "Enter the SAS URI of the package in the SAS URI field.",
    where: "Packages > SAS URI",
    asks: "sas-uri",
    example: "https://account.blob.core.windows.net/packages/contoso.zip?se=…&sig=…",
  },
  {
    ...packages,
    id: "oauth",
    title: "Give the OAuth client, if there is one",
    todo: "If the connector contains OAuth settings, enter Client ID and Secret in Partner Center. Tell me only whether it does; never the secret.",
    where: "Packages > Client ID, Secret",
    asks: "oauth",
    example: "yes",
  },
  { ...packages, id: "save-package", title: "Save the package", todo: "Select Save draft." },
  {
    ...properties,
    id: "open-properties",
    title: "Open Properties",
    todo: "Select Properties in the navigation bar on the left.",
  },
  {
    ...properties,
    id: "categories",
    title: "Choose categories",
    todo: "Choose the categories that fit best, three at most.",
    where: "Properties > General Info",
    asks: "categories",
    example: "Productivity, Sales and CRM",
  },
  {
    ...properties,
    id: "eula",
    title: "Give the licence agreement",
    todo: "Enter an HTTPS URL of your End User Licensing Agreement, or select the checkbox of the Standard Contract, which Microsoft recommends.",
    where: "Properties > Legal and support info",
    asks: "eula",
    example: "standard",
  },
  {
    ...properties,
    id: "privacy-policy",
    title: "Give the privacy policy",
    todo: "Enter the link to your policies on personal information.",
    where: "Properties > Legal and support info > Privacy policy link",
    asks: "https-url",
    example: "https://contoso.com/privacy",
  },
  {
    ...properties,
    id: "support-document",
    title: "Give the support document",
    todo: "Enter the link that customers turn to with issues.",
    where: "Properties > Legal and support info > Support document link",
    asks: "https-url",
    example: "https://contoso.com/support",
  },
  { ...properties, id: "save-properties", title: "Save the properties", todo: "Select Save." },
  {
    ...availability,
    id: "open-availability",
    title: "Open Availability",
    todo: "Select Availability in the navigation bar on the left.",
  },
  {
    ...availability,
    id: "hidekey",
    title: "Limit the audience with a HideKey",
    todo: "Only if the product is for limited users: choose a HideKey of lowercase letters and digits.",
    where: "Availability > HideKey",
    asks: "hidekey",
    example: "contosobeta7",
    optional: true,
  },
  {
    ...availability,
    id: "review-and-publish",
    title: "Open Review and publish",
    todo: "Select Review and publish at the top right.",
  },
  {
    ...availability,
    id: "notification-audience",
    title: "Review, and choose who is notified",
    todo: "Read through what you entered. You can also choose the audience that is told of the submission's status.",
    where: "Review and publish",
    asks: "audience",
    example: "connectors@contoso.com",
    optional: true,
  },
  {
    ...availability,
    id: "publish",
    title: "Publish",
    todo: "When every tab reads Complete with a green check, select Publish.",
    where: "Review and publish",
    milestone: "submitted",
  },
  {
    ...afterSubmission,
    id: "wait-for-review",
    title: "Wait for the review",
    todo: "Microsoft reviews for 24 to 48 hours; the offer's status shows on Product overview.",
  },
  {
    ...afterSubmission,
    id: "read-report",
    title: "Read the certification report",
    todo: "If the package passed, you're asked to move to the next stage. If not, change the package by the report and resubmit it.",
  },
  {
    ...afterSubmission,
    stage: "changes-requested",
    id: "resubmit",
    title: "Resubmit the package",
    todo: "Submit the package again; after a failed report, change it by the report first.",
    milestone: "submitted",
  },
  {
    ...signoff,
    id: "test",
    title: "Test every action and trigger",
    todo: "Open the link to preview the environment as Power Platform Connector, and test by the guidelines. The link lives 48 business hours.",
  },
  {
    ...signoff,
    id: "confirm-go-live",
    title: "Confirm with Go live",
    todo: "When testing is done, select Go live. Microsoft schedules the deployment for the Friday that follows.",
    milestone: "go-live",
  },
  {
    id: "open-source",
    stage: "publishing",
    title: "Open-source the connector",
    todo: "Create a pull request with the connector's files (not the API; no personal data or intellectual property) in the open-source repository. A Microsoft engineer approves and merges it.",
    where: "GitHub, not Partner Center",
    citation: citeCertification("How to Open-source the connector and plugin"),
    milestone: "pull-request",
  },
];
