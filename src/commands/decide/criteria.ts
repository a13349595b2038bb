import { z } from "zod";
import { readClouds } from "../../criteria/clouds.ts";
import type { Evidence } from "../../criteria/evidence.ts";
import { readEvidence, readFigures } from "../../criteria/read-evidence.ts";
import { readinessOf } from "../../lifecycle/progress.ts";
import { isBefore } from "../../lifecycle/stages.ts";
import { standingOf } from "../../lifecycle/standing.ts";
import { evidenceProblemReply, evidenceReply, evidenceSoFarReply } from "../../replies/evidence.ts";
import { readinessReply } from "../../replies/readiness.ts";
import {
  noRequestReply,
  requestReply,
  requestTooEarlyReply,
  unknownCloudReply,
} from "../../replies/request.ts";
import type { DecideConnector } from "../asked.ts";
import { changed } from "../changed.ts";
import type { Fields } from "../tails.ts";

export const decideEvidence: DecideConnector = (asked, connector, view) => {
  const { given = "", shown, ...rest } = asked.fields;
  const isForm = shown !== undefined || (given === "" && Object.keys(rest).length > 0);
  if (given === "" && !isForm) return { reply: evidenceSoFarReply(connector) };
  const touched = isForm ? touchedFigures(rest, shown) : {};
  const read = isForm ? readFigures(touched, view.now, view.zone) : readEvidence(given, view.now, view.zone);
  if ("problems" in read) {
    const again = isForm ? { typed: rest, ...(shown && { shown }) } : { typed: read.typed };
    return { reply: evidenceProblemReply(connector, read.problems, again) };
  }
  const evidence: Evidence = { ...connector.evidence, ...read.patch };
  for (const field of read.cleared) delete evidence[field];
  const isNew = JSON.stringify(evidence) !== JSON.stringify(connector.evidence);
  const what = isForm
    ? Object.entries(touched)
        .map(([key, value]) => `${key}=${value}`)
        .join(" ")
    : given;
  const next = isNew ? changed(connector, { evidence }, `evidence ${what}`, asked.from, view.now) : connector;
  const current = standingOf(next, view.calendar, view.now);
  const reply = evidenceReply(next, connector.evidence, readinessOf(next, current, view.now));
  return isNew ? { reply, next } : { reply };
};

/** The figures of a form that are not as the form showed them. */
function touchedFigures(typed: Fields, shown = "{}"): Fields {
  const before = readShown(shown);
  return Object.fromEntries(
    Object.entries(typed).filter(([key, value]) => value.trim() !== (before[key] ?? "")),
  );
}

const Shown = z.record(z.string(), z.string());

/** What a form showed came back from a platform: it may be anything. */
function readShown(shown: string): Fields {
  try {
    return Shown.parse(JSON.parse(shown));
  } catch {
    return {};
  }
}

export const decideReady: DecideConnector = (_asked, connector, view) => {
  const current = standingOf(connector, view.calendar, view.now);
  return { reply: readinessReply(connector, readinessOf(connector, current, view.now), current, view) };
};

export const decideRequest: DecideConnector = (asked, connector, view) => {
  const current = standingOf(connector, view.calendar, view.now);
  const given = asked.fields.clouds ?? "";
  const clouds = readClouds(given);
  if (!clouds) return { reply: unknownCloudReply(connector, given) };
  const isFirstVersion = !current.updating && isBefore(current.stage, "deploying");
  if (current.tag === "ga" || isFirstVersion) return { reply: requestTooEarlyReply(connector, current) };
  const found = readinessOf(connector, current, view.now);
  const supports = found.verdict !== "not-yet" && found.verdict !== "unknown";
  return {
    reply: supports
      ? requestReply(connector, found, current, clouds)
      : noRequestReply(connector, found, current),
  };
};
