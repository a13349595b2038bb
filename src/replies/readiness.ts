import type { Criterion } from "../criteria/catalogue.ts";
import type { Finding, Readiness } from "../criteria/readiness.ts";
import { citeGa } from "../criteria/sources.ts";
import type { Connector } from "../lifecycle/connector.ts";
import type { Block, Reply, Spans } from "../reply.ts";
import {
  about,
  buttons,
  listText,
  percentText,
  plural,
  reply,
  reported,
  settled,
  sources,
  text,
} from "./parts.ts";
import { dayAndDistance, type View } from "./times.ts";

/** The verdict, each criterion against its bar, exceptions with their dates. */
export function readinessReply(connector: Connector, found: Readiness, view: View): Reply {
  const open = found.criteria.filter(({ state }) => state !== "met");
  const unknown = open.filter(({ state }) => state === "unknown");
  const mayAsk = !["not-yet", "unknown"].includes(found.verdict);
  return reply(
    titleOf(connector, found),
    { kind: "criteria", items: found.criteria.map(item) },
    unknown.length > 0
      ? text(
          "Tell me a figure like this: ",
          { bold: `evidence ${connector.name} ${unknown[0]?.criterion.example}` },
          ".",
        )
      : undefined,
    ...exceptionBlocks(connector, found, view),
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

function titleOf(connector: Connector, { verdict, criteria, exceptions }: Readiness): string {
  const required = criteria.filter(({ criterion }) => criterion.required);
  const names = (state: Finding["state"], among = required) =>
    listText(among.filter((one) => one.state === state).map(({ criterion }) => nameInText(criterion)));
  const recommended = criteria.filter(({ criterion }) => !criterion.required);
  switch (verdict) {
    case "ready":
      return `${connector.name} is ready for GA: every required and recommended criterion is met.`;
    case "eligible": {
      const open = recommended.filter(({ state }) => state !== "met");
      const exception = exceptions.sixMonths
        ? "; the six-month exception holds"
        : exceptions.customer
          ? "; the customer exception holds"
          : "";
      return `${connector.name} is eligible for GA: all required criteria are met; recommended but not shown: ${listText(open.map(({ criterion }) => nameInText(criterion)))}${exception}.`;
    }
    case "ask-microsoft":
      return `Ask Microsoft about ${connector.name}: ${names("unmet")} ${isAre(required, "unmet")} short of the bar, but a customer requires production.`;
    case "not-yet":
      return `${connector.name} is not yet ready for GA: ${names("unmet")} ${isAre(required, "unmet")} short of the bar.`;
    case "unknown": {
      const count = required.filter(({ state }) => state === "unknown").length;
      return `Readiness of ${connector.name} is unknown: ${plural(count, "required figure")} missing (${names("unknown")}).`;
    }
  }
}

function nameInText({ name }: Criterion): string {
  return /^[A-Z][a-z]/.test(name) ? name.charAt(0).toLowerCase() + name.slice(1) : name;
}

function isAre(findings: Finding[], state: Finding["state"]): string {
  return findings.filter((one) => one.state === state).length === 1 ? "is" : "are";
}

function item({ criterion, state, figure, missing }: Finding) {
  const bar = `bar: ${criterion.bar}${criterion.required ? "" : " (recommended)"}`;
  const { threshold } = criterion;
  const spans: Spans =
    state === "unknown"
      ? [`${bar}; find it: ${criterion.findAt}`]
      : figure === undefined
        ? [state === "met" ? `yes; ${bar}` : `no; ${bar}`]
        : [
            { bold: amount(criterion, figure) },
            `; ${bar}${missing === undefined ? "" : `; ${farOff(criterion, missing)}`}`,
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

function readings({ verdict, success, exceptions, criteria }: Readiness): Block[] {
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
        `success is (1xx + 2xx + 3xx) ÷ all but throttled: ${success.succeeded} of ${success.counted}; ${success.throttled} throttled (429) left out.`,
      ),
    );
  }
  if (success && success.rate === undefined) {
    blocks.push(
      reported("Microsoft has treated a connector without traffic as 0 %; here it counts as unknown."),
    );
  }
  const met = criteria.some(({ id, state }) => id === "success" && state === "met");
  if (met && success?.stricter !== undefined && success.stricter <= 80) {
    blocks.push(
      reported(
        `the telemetry page counts more strictly, (1xx + 2xx + 3xx − 4xx − 5xx) ÷ all: ${percentText(success.stricter)}, which would not pass.`,
      ),
    );
  }
  return blocks;
}
