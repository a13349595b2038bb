import type { Evidence } from "../criteria/evidence.ts";
import type { Readiness } from "../criteria/readiness.ts";
import { citeGa } from "../criteria/sources.ts";
import type { Connector } from "../lifecycle/connector.ts";
import type { Standing } from "../lifecycle/standing.ts";
import type { Reply } from "../reply.ts";
import { verdictText } from "./outlook.ts";
import {
  about,
  buttons,
  facts,
  listText,
  markButton,
  percentText,
  plural,
  reply,
  settled,
  sources,
  text,
} from "./parts.ts";
import { stageName } from "./status.ts";
import { dayText } from "./times.ts";

const ADDRESS = "ConnectorPartnerMgmtTeam@service.microsoft.com";

/** Another cloud to release to, with the endpoint to use there if it is a different one. */
export interface CloudWanted {
  name: string;
  endpoint?: string;
}

/** The e-mail that asks Microsoft to remove the preview tag, ready to send. */
export function requestReply(
  connector: Connector,
  found: Readiness,
  current: Standing,
  clouds: CloudWanted[],
): Reply {
  const subject = `Move ${connector.name} from preview to general availability`;
  const mail = [
    `To: ${ADDRESS}`,
    `Subject: ${subject}`,
    "",
    found.verdict === "ask-microsoft"
      ? `A customer requires our connector ${connector.name} to be in production. Please tell us whether you can remove the preview tag and assign the GA tag although not every required criterion is met yet:`
      : `Please remove the preview tag from our connector ${connector.name} and assign the GA tag. It stands like this:`,
    "",
    ...found.criteria.map((finding) => evidenceLine(finding, connector.evidence)),
    ...exceptionLines(found),
    ...cloudLines(clouds),
    "",
    "Please tell us if anything is missing.",
    "",
    connector.owner.name,
  ].join("\n");
  return reply(
    `The GA e-mail for ${connector.name} is ready to send.`,
    { kind: "copy", label: "Copy this", text: mail },
    facts(
      ["Verdict", verdictText(found.verdict)],
      ["Next", ["Send it, then say ", { bold: `mark ${connector.name} ga-requested` }, "."]],
      ["Then", "Microsoft takes about a month, once the criteria are met."],
      ["If missed", "Nothing lapses; the connector stays in preview until you ask."],
    ),
    clouds.length === 0
      ? text(
          "Other clouds at the same time: ",
          { bold: `request ${connector.name} GCC DoD=https://api.contoso.us` },
          " (GCC, GCC-H, DoD, Azure Government, Mooncake).",
        )
      : undefined,
    current.allRegionsAt || current.stage === "public-preview"
      ? undefined
      : settled(
          "the page does not say whether to wait for all regions before asking; this does not hold you back.",
        ),
    sources(citeGa("Request the move to GA"), citeGa("Release your connector to other clouds")),
    buttons(
      markButton(connector, current.stage, "ga-requested", "E-mail sent"),
      about(connector, "ready", "Readiness"),
    ),
  );
}

function evidenceLine(
  { criterion, state, figure }: Readiness["criteria"][number],
  evidence: Evidence,
): string {
  const users = Array.isArray(evidence.users) ? evidence.users.join(", ") : evidence.users;
  const shown =
    state === "unknown"
      ? "not known to us"
      : figure === undefined
        ? state === "met"
          ? "yes"
          : "no"
        : criterion.id === "users"
          ? `${users}`
          : criterion.id === "connections"
            ? `${figure}`
            : percentText(figure);
  return `- ${criterion.name}: ${shown} (${criterion.required ? "required" : "recommended"}: ${criterion.bar})`;
}

function exceptionLines({ exceptions, verdict }: Readiness): string[] {
  if (verdict === "ready") return [];
  const lines = [
    ...(exceptions.sixMonths && exceptions.sixMonthsOn
      ? [
          `- Exception: fewer than 50 MAC, but six months in preview (complete ${dayText(exceptions.sixMonthsOn)}) and all required criteria met`,
        ]
      : []),
    ...(exceptions.customer
      ? ["- Exception: a customer requires the connector to be in production in order to use it"]
      : []),
  ];
  return lines;
}

function cloudLines(clouds: CloudWanted[]): string[] {
  if (clouds.length === 0) return [];
  return [
    "",
    "Please also release it to these clouds:",
    ...clouds.map(({ name, endpoint }) => `- ${name}${endpoint ? `, endpoint ${endpoint}` : ""}`),
  ];
}

/** Nothing supports the request yet. */
export function noRequestReply(connector: Connector, found: Readiness, current: Standing): Reply {
  const open = found.criteria.filter(({ criterion, state }) => criterion.required && state !== "met");
  const gaps = open.map(({ criterion, state }) => `${criterion.name} (${state})`);
  return reply(
    `No e-mail yet for ${connector.name}: ${plural(open.length, "required criterion is", "required criteria are")} not shown to be met.`,
    text(`Open: ${listText(gaps)}.`),
    facts(
      ["Stage", stageName(current)],
      [
        "Next",
        ["Tell me the figures: ", { bold: `evidence ${connector.name} ${open[0]?.criterion.example}` }, "."],
      ],
      ["By when", "No deadline; the page names none."],
      ["If missed", "Nothing lapses; the connector stays in preview."],
    ),
    text(
      "If a customer requires it in production, say so: ",
      { bold: `evidence ${connector.name} customer-requires=yes` },
      ".",
    ),
    sources(citeGa("Required criteria"), citeGa("Request the move to GA")),
    buttons(about(connector, "ready", "Readiness"), about(connector, "status", "Status")),
  );
}

/** It is not in preview yet, or has the tag already. */
export function requestTooEarlyReply(connector: Connector, current: Standing): Reply {
  const hasTag = current.tag === "ga";
  return reply(
    hasTag
      ? `${connector.name} has the GA tag already; there is nothing to ask for.`
      : `No e-mail yet for ${connector.name}: it is at ${stageName(current)}, and a connector moves to GA from preview.`,
    sources(citeGa("Request the move to GA")),
    buttons(
      about(connector, "status", "Status"),
      hasTag ? undefined : about(connector, "forecast", "Forecast"),
    ),
  );
}

export function unknownCloudReply(connector: Connector, given: string): Reply {
  return reply(
    `“${given}” is no cloud the page names, so no e-mail was written.`,
    text(
      "Clouds: GCC, GCC-H, DoD, Azure Government, Mooncake; an endpoint goes after an equals sign and starts with https. Type ",
      {
        bold: `request ${connector.name} GCC DoD=https://api.contoso.us`,
      },
      ".",
    ),
    sources(citeGa("Release your connector to other clouds")),
    buttons(about(connector, "request", "Without other clouds")),
  );
}
