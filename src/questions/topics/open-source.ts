import { citeCertification } from "../../criteria/sources.ts";
import type { Topic, TopicId } from "../topic.ts";

/** Open-sourcing the connector's files. */
export const OPEN_SOURCE_TOPICS = {
  "oss.must": {
    title: "Open-sourcing is required",
    answer:
      "Open-sourcing is a must, for the connector and the plugin; Microsoft asks for it to keep inconsistencies down.",
    more: [
      "Only the connector's files become public, not your API.",
      "It is done by a pull request after Go live. The page names no exception, no deadline and no consequence.",
    ],
    citations: [
      citeCertification("Open-source the connector"),
      citeCertification("Essential program notes"),
      citeCertification("How to Open-source the connector and plugin"),
    ],
    related: ["oss.how", "oss.notapi", "oss.benefits"],
  },
  "oss.benefits": {
    title: "Benefits of open-sourcing",
    answer:
      "Functions are easier to add, the developer community can help and suggest features, changes are easier to trace, and several developers can work together.",
    more: ["It is required in any case, for the connector and the plugin."],
    citations: [
      citeCertification("Benefits to open-source your connector"),
      citeCertification("Open-source the connector"),
    ],
    related: ["oss.how", "oss.notapi", "oss.codeowners"],
  },
  "oss.notapi": {
    title: "Only connector files, not the API",
    answer:
      "Only the connector's files are made public, not your API; what they contain can already be read through Power Platform's public APIs.",
    more: ["Neither personal data (PII) nor intellectual property is kept in the repository."],
    citations: [citeCertification("Essential program notes")],
    related: ["oss.pii", "oss.repo", "oss.must"],
  },
  "oss.repo": {
    title: "Where connector files are stored",
    answer: "Connector files are stored in Microsoft's own repository on GitHub, where anyone can see them.",
    more: [
      "You can look at the connectors of other publishers there.",
      "They get there by your pull request, after Go live.",
    ],
    citations: [
      citeCertification("Essential program notes"),
      citeCertification("How to Open-source the connector and plugin"),
    ],
    related: ["oss.how", "oss.codeowners", "oss.pii"],
  },
  "oss.pii": {
    title: "No PII or intellectual property",
    answer:
      "The public repository holds no personal data (PII) and no intellectual property, only the connector's files.",
    more: [
      "The page does not say who checks that; look through your files before the pull request.",
      "Your API itself is not published.",
    ],
    citations: [citeCertification("Essential program notes")],
    related: ["oss.notapi", "oss.how", "oss.repo"],
  },
  "oss.codeowners": {
    title: "CODEOWNERS",
    answer:
      "Microsoft enters you in the connector's CODEOWNERS file on GitHub, and you manage every change made to the connector.",
    more: [
      "That covers changes which others propose, too.",
      "The page does not say when you are entered, nor how to name another person.",
    ],
    citations: [citeCertification("Essential program notes")],
    related: ["oss.merge", "oss.how", "oss.repo"],
  },
  "oss.how": {
    title: "How to open-source",
    answer:
      "After you have confirmed Go live, create a pull request with your connector and plugin in the open-source repository on GitHub.",
    more: [
      "Connector files only: no API, no personal data (PII), no intellectual property.",
      "One of Microsoft's engineers approves and merges it. The page sets no deadline.",
    ],
    citations: [
      citeCertification("How to Open-source the connector and plugin"),
      citeCertification("Essential program notes"),
    ],
    related: ["oss.merge", "oss.pii", "deploy.friday"],
    yours: "next",
  },
  "oss.merge": {
    title: "Who merges the pull request",
    answer: "Microsoft does both: one of its engineers approves the pull request, then merges it.",
    more: [
      "The page names no time for it, and does not say whether deployment waits for it.",
      "Later changes to the connector are managed by you, as its code owner.",
    ],
    citations: [
      citeCertification("How to Open-source the connector and plugin"),
      citeCertification("Essential program notes"),
    ],
    related: ["oss.codeowners", "oss.how", "deploy.friday"],
  },
} satisfies Partial<Record<TopicId, Topic>>;
