import type { Evidence } from "../criteria/evidence.ts";
import type { EvidenceProblem } from "../criteria/read-evidence.ts";
import type { Readiness } from "../criteria/readiness.ts";
import { successRate } from "../criteria/success-rate.ts";
import type { Connector } from "../lifecycle/connector.ts";
import type { Reply, Spans } from "../reply.ts";
import { evidenceForm, FIGURE_NAMES, FIGURES } from "./figures.ts";
import { verdictText } from "./outlook.ts";
import { about, buttons, capital, listText, percentText, reply, settled, text, undoButton } from "./parts.ts";
import { dayText } from "./times.ts";

/** What changed, and what it does to the verdict. */
export function evidenceReply(connector: Connector, before: Evidence, found: Readiness): Reply {
  const now = connector.evidence;
  const changed = FIGURE_NAMES.filter((key) => JSON.stringify(before[key]) !== JSON.stringify(now[key]));
  const verdict = verdictText(found.verdict);
  if (changed.length === 0) {
    return reply(
      `Nothing new: ${connector.name} has these figures already; ${verdict}.`,
      buttons(about(connector, "ready", "Readiness")),
    );
  }
  const rows = changed.map((key) => ({
    label: FIGURES[key].label,
    value: [figureText(before, key), " → ", { bold: figureText(now, key) }] as Spans,
  }));
  const overruled = now.responses && now.success !== undefined;
  return reply(
    `Noted for ${connector.name}: ${listText(changed.map((key) => `${FIGURES[key].label.toLowerCase().replace("slo", "SLO")} ${figureText(now, key)}`))}; ${verdict}.`,
    { kind: "facts", facts: rows },
    now.responses && (changed.includes("responses") || changed.includes("success"))
      ? settled(
          `429 counts beside 4xx, not within it: success rate ${rateText(now.responses)}${overruled ? `, which wins over the success rate of ${percentText(now.success ?? 0)}` : ""}.`,
        )
      : undefined,
    buttons(about(connector, "ready", "Readiness"), undoButton(connector)),
  );
}

/** What is known so far, when nothing was given. */
export function evidenceSoFarReply(connector: Connector): Reply {
  const known = FIGURE_NAMES.filter((key) => connector.evidence[key] !== undefined);
  return reply(
    known.length === 0
      ? `No figures of ${connector.name} are known yet.`
      : `${known.length} figures of ${connector.name} are known.`,
    known.length > 0
      ? {
          kind: "facts",
          facts: known.map((key) => ({
            label: FIGURES[key].label,
            value: [figureText(connector.evidence, key)],
          })),
        }
      : undefined,
    evidenceForm(connector),
    text(
      "In words, several at once: ",
      { bold: `evidence ${connector.name} availability=99.97 slo=99.6 backend=yes` },
      `. Keys: ${EXAMPLES.join("  ")}. An empty value (slo=) takes one back.`,
    ),
    buttons(about(connector, "ready", "Readiness")),
  );
}

/** "slo=99.6" of every figure. */
const EXAMPLES = FIGURE_NAMES.map((name) => `${FIGURES[name].key}=${FIGURES[name].example}`);

const PROBLEMS: Record<EvidenceProblem, (given: string, key: string) => string> = {
  "unknown-key": (given) => `“${given}” is no figure I know`,
  "not-a-pair": (given) => `“${given}” is not of the form key=value`,
  twice: (given) => `${given} is given twice`,
  "not-a-percent": (given, key) => `${key} is a percentage, and “${given}” is none`,
  "over-100": (given, key) => `${key} can't be ${given}: a percentage is at most 100`,
  fraction: (given, key) =>
    `${key} of ${given} % looks like a share of one; write percents, such as ${key}=99.97`,
  "not-a-count": (given, key) => `${key} is a whole number of zero or more, and “${given}” is none`,
  "one-or-three-weeks": (given) =>
    `users takes one number for all three weeks or three weekly numbers, not “${given}”`,
  "not-responses": (given) =>
    `responses are counts by status or class, each once, such as 2xx:900,429:10; “${given}” is not`,
  "not-yes-or-no": (given, key) => `${key} is yes or no, not “${given}”`,
  "not-a-date": (given) => `“${given}” is no date I understand`,
  "date-ahead": (given) => `${given} is still ahead; live-since is a day in the past`,
  contradiction: (given) => `success and responses contradict each other (${given}); give one of them`,
};

/** A figure that can't be read. Nothing was changed. */
export function evidenceProblemReply(
  connector: Connector,
  { problem, key, given }: { problem: EvidenceProblem; key: string; given: string },
  filled?: { typed: Record<string, string>; shown: string },
): Reply {
  const example = EXAMPLES.find((one) => one.startsWith(`${key}=`)) ?? "availability=99.97 slo=99.6";
  const short = given.length > 60 ? `${given.slice(0, 60)}…` : given;
  const why = PROBLEMS[problem](short, key);
  return reply(
    `Nothing was changed for ${connector.name}: ${why}.`,
    text("Type ", { bold: `evidence ${connector.name} ${example}` }, "."),
    key ? undefined : text(`Keys: ${FIGURE_NAMES.map((name) => FIGURES[name].key).join(", ")}.`),
    filled && evidenceForm(connector, { ...filled, key, problem: capital(why).replace(/^Slo\b/, "SLO") }),
    buttons(about(connector, "ready", "Readiness")),
  );
}

function figureText(evidence: Evidence, key: keyof Evidence): string {
  const value = evidence[key];
  if (value === undefined) return "unknown";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "string") return dayText(value);
  if (Array.isArray(value)) return value.join(", ");
  if (typeof value === "number")
    return key === "users" || key === "connections" ? `${value}` : percentText(value);
  return `${Object.entries(value)
    .toSorted(([a], [b]) => a.localeCompare(b, "en"))
    .map(([status, count]) => `${status}: ${count}`)
    .join(", ")} (${rateText(value)})`;
}

function rateText(responses: Record<string, number>): string {
  const { rate } = successRate(responses);
  return rate === undefined ? "no traffic" : percentText(rate);
}
