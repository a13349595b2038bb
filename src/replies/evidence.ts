import type { Evidence } from "../criteria/evidence.ts";
import type { EvidenceProblem, FigureRefused } from "../criteria/read-evidence.ts";
import type { Readiness } from "../criteria/readiness.ts";
import { successRate } from "../criteria/success-rate.ts";
import type { Connector } from "../lifecycle/connector.ts";
import type { Reply, Spans } from "../reply.ts";
import { evidenceForm, FIGURE_NAMES, FIGURES } from "./figures.ts";
import { verdictText } from "./outlook.ts";
import {
  about,
  buttons,
  capital,
  listText,
  percentText,
  plural,
  reply,
  settled,
  text,
  undoButton,
} from "./parts.ts";
import { clip } from "./printable.ts";
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
    `Noted for ${connector.name}: ${listText(changed.map((key) => `${figureName(key)} ${figureText(now, key)}`))}; ${verdict}.`,
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
      : `Known of ${connector.name}: ${plural(known.length, "figure")}.`,
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

/** What is wrong with a figure: the end of "Availability: …", and at its field a sentence. */
const PROBLEMS: Record<EvidenceProblem, (given: string) => string> = {
  "unknown-key": () => "no figure of that name",
  "not-a-pair": () => "not written as key=value",
  twice: () => "given twice",
  "not-a-percent": (given) => `not a percentage: “${given}”`,
  "over-100": (given) => `more than 100 %: “${given}”`,
  fraction: (given) => `a share of one, not percent: “${given}”`,
  "not-a-count": (given) => `not a whole number of 0 or more: “${given}”`,
  "one-or-three-weeks": (given) => `neither one number nor three, one a week: “${given}”`,
  "not-responses": (given) => `not counts by status, each once: “${given}”`,
  "not-yes-or-no": (given) => `neither yes nor no: “${given}”`,
  "not-a-date": (given) => `not a date I understand: “${given}”`,
  "date-ahead": (given) => `still ahead: “${given}”`,
  contradiction: (given) => `contradicts the success rate (${given}); give one of them`,
};

/** So many reasons fit into a headline. */
const FEW = 3;
const MOST_LISTED = 10;

/** Figures that can't be read; nothing was changed. All that was given stands in the form, with what is wrong beside it. */
export function evidenceProblemReply(
  connector: Connector,
  refused: readonly FigureRefused[],
  again: { typed: Record<string, string>; shown?: string },
): Reply {
  const reasons = refused.map((one) => `${nameIn(one)} (${PROBLEMS[one.problem](short(one.given))})`);
  const isFew = refused.length <= FEW;
  const said = `${plural(refused.length, "figure was", "figures were")} not taken`;
  const keys = [...new Set(refused.map(({ key }) => key))];
  const examples = keys.flatMap((key) => EXAMPLES.filter((one) => one.startsWith(`${key}=`)));
  const typeThis = examples.length > 0 ? examples.join(" ") : "availability=99.97 slo=99.6";
  return reply(
    isFew
      ? `${said}: ${listText(reasons)}. Nothing was changed for ${connector.name}.`
      : `${said}, and nothing was changed for ${connector.name}.`,
    isFew
      ? undefined
      : { kind: "list", items: reasons.slice(0, MOST_LISTED).map((reason) => [capital(reason)]) },
    refused.length > MOST_LISTED ? text(`… and ${refused.length - MOST_LISTED} more.`) : undefined,
    text("Type ", { bold: `evidence ${connector.name} ${typeThis}` }, "."),
    keys.includes("")
      ? text(`Keys: ${FIGURE_NAMES.map((name) => FIGURES[name].key).join(", ")}.`)
      : undefined,
    evidenceForm(connector, { ...again, problems: fieldProblems(refused) }),
    buttons(about(connector, "ready", "Readiness")),
  );
}

/** What is wrong at each field, by its key. */
function fieldProblems(refused: readonly FigureRefused[]): Record<string, string> {
  return Object.fromEntries(
    [...Map.groupBy(refused, ({ key }) => key)].map(([key, ones]) => [key, ones.map(sentenceOf).join(" ")]),
  );
}

function sentenceOf({ problem, key, given }: FigureRefused): string {
  const name = nameOfKey(key);
  if (problem === "unknown-key") return `“${short(given)}” is no figure; is it this one?`;
  const isExampleHelpful = name && FIGURES[name].hint && problem !== "twice" && problem !== "contradiction";
  const example = isExampleHelpful ? ` Such as ${FIGURES[name].example}.` : "";
  return `${capital(PROBLEMS[problem](short(given)))}.${example}`;
}

/** The figure in a sentence; what is none, as it was said. */
function nameIn({ problem, key, given }: FigureRefused): string {
  const name = problem === "unknown-key" ? undefined : nameOfKey(key);
  return name ? figureName(name) : `“${short(given)}”`;
}

function nameOfKey(key: string): keyof Evidence | undefined {
  return FIGURE_NAMES.find((name) => FIGURES[name].key === key);
}

function figureName(name: keyof Evidence): string {
  const { label } = FIGURES[name];
  return label === "SLO" ? label : label.charAt(0).toLowerCase() + label.slice(1);
}

function short(given: string): string {
  return clip(given, 24);
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
