import type { Criterion } from "../criteria/catalogue.ts";
import type { Finding, Readiness } from "../criteria/readiness.ts";
import { citeGa } from "../criteria/sources.ts";
import type { Connector } from "../lifecycle/connector.ts";
import { isBefore, STAGE } from "../lifecycle/stages.ts";
import type { Standing } from "../lifecycle/standing.ts";
import type { Block, Reply, Spans } from "../reply.ts";
import {
  about,
  buttons,
  percentText,
  plural,
  reply,
  reported,
  settled,
  sources,
  text,
  warning,
} from "./parts.ts";
import { dayAndDistance, type View } from "./times.ts";

/** The verdict, each criterion against its bar, exceptions with their dates. */
export function readinessReply(connector: Connector, found: Readiness, current: Standing, view: View): Reply {
  const unknown = found.criteria.find(({ state }) => state === "unknown");
  const isFirstVersion = !current.updating && isBefore(current.stage, "deploying");
  const mayAsk = current.tag !== "ga" && !isFirstVersion && !["not-yet", "unknown"].includes(found.verdict);
  const nothingDue = nothingDueText(connector, current);
  return reply(
    nothingDue ?? titleOf(connector, found),
    nothingDue ? text(`So far: ${countsText(found)}.`) : undefined,
    { kind: "criteria", items: found.criteria.map(item) },
    ...stricterBlocks(found),
    unknown
      ? text(
          "Tell me a figure like this: ",
          { bold: `evidence ${connector.name} ${unknown.criterion.example}` },
          ".",
        )
      : undefined,
    ...(isFirstVersion || current.tag === "ga" ? [] : exceptionBlocks(connector, found, view)),
    ...readings(found),
    sources(
      ...new Set(found.criteria.map(({ criterion }) => criterion.citation)),
      citeGa("Find your connector criteria"),
    ),
    buttons(
      mayAsk ? about(connector, "request", "GA e-mail") : undefined,
      about(connector, "evidence", "Enter figures"),
      about(connector, "status", "Status"),
    ),
  );
}

/** The criteria matter from public preview on, until the tag is there. */
function nothingDueText({ name }: Connector, { stage, tag, updating }: Standing): string | undefined {
  if (tag === "ga") return `${name} has the GA tag already; nothing is due.`;
  return !updating && isBefore(stage, "public-preview")
    ? `Nothing is due before public preview; ${name} is at ${STAGE[stage].name}.`
    : undefined;
}

/** Which criteria they are stands right below. */
function titleOf({ name }: Connector, found: Readiness): string {
  const counts = countsText(found);
  switch (found.verdict) {
    case "ready":
      return `${name} is ready for GA: ${counts}.`;
    case "eligible":
      return `${name} is eligible for GA: ${counts}.`;
    case "ask-microsoft":
      return `Ask Microsoft about ${name}: ${counts}, but a customer requires production.`;
    case "not-yet":
      return `${name} is not yet ready for GA: ${counts}.`;
    case "unknown":
      return `${name}: ${counts}.`;
  }
}

function countsText({ verdict, criteria }: Readiness): string {
  const required = criteria.filter(({ criterion }) => criterion.required);
  const recommended = criteria.filter(({ criterion }) => !criterion.required);
  const count = (among: Finding[], state: Finding["state"]) =>
    among.filter((one) => one.state === state).length;
  const [unmet, unknown] = [count(required, "unmet"), count(required, "unknown")];
  switch (verdict) {
    case "ready":
      return "every required and recommended criterion is met";
    case "eligible": {
      const states = [
        [count(recommended, "unmet"), "not met"],
        [count(recommended, "unknown"), "not known"],
      ] as const;
      const open = states.filter(([many]) => many > 0).map(([many, how]) => `${many} ${how}`);
      return `all required are met; recommended: ${open.join(", ")}`;
    }
    case "ask-microsoft":
    case "not-yet":
      return `${unmet} of ${required.length} required criteria ${isAre(unmet)} unmet${unknown > 0 ? `, ${unknown} ${isAre(unknown)} unknown` : ""}`;
    case "unknown":
      return `${plural(unknown, "required figure is", "required figures are")} still missing`;
  }
}

function isAre(count: number): string {
  return count === 1 ? "is" : "are";
}

function item({ criterion, state, figure, missing }: Finding) {
  const { threshold } = criterion;
  const needs = `needs ${criterion.bar}${criterion.required ? "" : " (recommended)"}`;
  const spans: Spans =
    state === "unknown"
      ? [`${threshold === undefined ? "yes or no" : needs}; ${criterion.findAt}`]
      : figure === undefined
        ? [state === "met" ? "yes" : "no"]
        : [
            { bold: amount(criterion, figure) },
            `; ${needs}${missing === undefined ? "" : `; ${farOff(criterion, missing)}`}`,
          ];
  return {
    name: criterion.name,
    state,
    spans,
    ...(figure !== undefined && threshold ? { share: Math.min(1, figure / threshold) } : {}),
  };
}

function amount({ id }: Criterion, figure: number): string {
  if (id === "users") return `${figure} in the weakest week`;
  return id === "connections" ? `${figure}` : percentText(figure);
}

function farOff({ id }: Criterion, missing: number): string {
  if (missing === 0) return "exactly at the bar, which is not enough";
  if (id === "users" || id === "connections") return `${missing} short`;
  return `${Number(missing.toPrecision(2))} percentage points short`;
}

function exceptionBlocks(
  connector: Connector,
  { verdict, exceptions, criteria }: Readiness,
  view: View,
): Block[] {
  const blocks: Block[] = [];
  const { sixMonthsOn } = exceptions;
  if (exceptions.sixMonths) {
    blocks.push(
      text(
        "Exception: without 50 MAC, six months in preview are enough; they were complete ",
        dayAndDistance(sixMonthsOn ?? "", view),
        ".",
      ),
    );
  } else if (sixMonthsOn && verdict !== "ready") {
    const connections = criteria.find(({ id }) => id === "connections");
    const needs =
      connections?.state === "met" ? ", which this one has" : ", once all required criteria are met";
    blocks.push(
      text(
        "Six months in preview, which open an exception for a connector without 50 MAC",
        needs,
        ": ",
        dayAndDistance(sixMonthsOn, view),
        ".",
      ),
    );
  } else if (!sixMonthsOn && verdict !== "ready") {
    blocks.push(
      text(
        "When it became Live is not known, so neither is the six-month exception: ",
        { bold: `evidence ${connector.name} live-since=2026-05-20` },
        ".",
      ),
    );
  }
  if (exceptions.customer) {
    blocks.push(text("Exception: a customer requires the connector in production."));
  }
  return blocks;
}

function readings({ verdict, success, exceptions }: Readiness): Block[] {
  const blocks: Block[] = [];
  if (verdict === "ask-microsoft") {
    blocks.push(
      settled(
        "the page does not say whether the required criteria still apply when a customer requires production.",
      ),
    );
  }
  if (exceptions.sixMonthsOn && verdict !== "ready") {
    blocks.push(
      settled(
        "the page does not say from when six months count; this counts calendar months from the day it became Live.",
      ),
    );
  }
  if (success && success.rate !== undefined) {
    blocks.push(
      settled(
        `success is (1xx + 2xx + 3xx) ÷ all but throttled: ${success.succeeded} of ${success.counted}; ${success.throttled} throttled (429) left out, as 4xx is taken without them.`,
      ),
    );
  }
  if (success && success.rate === undefined) {
    blocks.push(
      reported("Microsoft has treated a connector without traffic as 0 %; here it counts as unknown."),
    );
  }
  return blocks;
}

/** The success rate passes, but not as another page counts it: whoever asks for GA should know before. */
function stricterBlocks({ success, criteria }: Readiness): Block[] {
  const rate = criteria.find(({ id }) => id === "success");
  const stricter = success?.stricter;
  if (rate?.state !== "met" || stricter === undefined || stricter > (rate.criterion.threshold ?? 0))
    return [];
  return [
    warning(
      `publishers report that the telemetry page counts more strictly, (1xx + 2xx + 3xx − 4xx − 5xx) ÷ all: ${percentText(stricter)}, which would not pass.`,
    ),
  ];
}
