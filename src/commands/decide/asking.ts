import { type Connector, MILESTONES } from "../../lifecycle/connector.ts";
import { isBefore } from "../../lifecycle/stages.ts";
import { type Standing, standingOf } from "../../lifecycle/standing.ts";
import {
  etaReply,
  noRolloutReply,
  noWhatIfReply,
  type PlaceAsked,
  unknownPlaceReply,
} from "../../replies/eta.ts";
import { forecastReply } from "../../replies/forecast.ts";
import { whenProblemReply } from "../../replies/refusals.ts";
import { historyReply, statusReply } from "../../replies/status.ts";
import type { View } from "../../replies/times.ts";
import { windowReply } from "../../replies/window.ts";
import type { Reply } from "../../reply.ts";
import { forecast, goLiveIf } from "../../scheduling/forecast.ts";
import { PACIFIC } from "../../scheduling/pacific-zone.ts";
import { placeToWave } from "../../scheduling/places.ts";
import { cutOff, rollout } from "../../scheduling/rollout.ts";
import { readWhen } from "../../scheduling/when.ts";
import type { DecideConnector } from "../asked.ts";
import type { Fields } from "../tails.ts";

export const decideStatus: DecideConnector = (asked, connector, view) => {
  const current = standingOf(connector, view.calendar, view.now);
  const make = asked.fields.history ? historyReply : statusReply;
  return { reply: make(connector, current, view) };
};

export const decideForecast: DecideConnector = (_asked, connector, view) => {
  const current = standingOf(connector, view.calendar, view.now);
  return {
    reply: forecastReply(connector, current, forecast(connector, current, view.calendar, view.now), view),
  };
};

export const decideWindow: DecideConnector = (_asked, connector, view) => ({
  reply: windowReply(connector, standingOf(connector, view.calendar, view.now), view),
});

export const decideEta: DecideConnector = (asked, connector, view) => {
  const current = standingOf(connector, view.calendar, view.now);
  return { reply: eta(asked.fields, view, connector, current) };
};

/** The rollout of a connector, or of any: what is known, or what would be. */
export function eta(fields: Fields, view: View, connector?: Connector, current?: Standing): Reply {
  const place = readPlace(fields.place ?? "");
  if (place === "unknown") return unknownPlaceReply(fields.place ?? "", connector);
  const about = { ...(connector && { connector }), ...(place && { place }) };
  if (fields.milestone !== undefined) return whatIf(fields, view, about);

  if (current?.rollout && current.goLiveAt) {
    return etaReply({ ...about, rollout: current.rollout, goLiveAt: current.goLiveAt }, view);
  }
  const isPast = current && !isBefore(current.stage, "deploying");
  if (isPast && connector) return noRolloutReply(connector, place);
  return etaReply(
    {
      ...about,
      rollout: rollout(view.now, view.calendar),
      goLiveAt: view.now,
      supposed: "go-live-today",
      cutOff: cutOff(view.now, view.calendar),
    },
    view,
  );
}

function whatIf(fields: Fields, view: View, about: { connector?: Connector; place?: PlaceAsked }): Reply {
  const milestone = MILESTONES.find((one) => one === fields.milestone);
  const when = fields.when || "now";
  const read = readWhen(when, view.now, view.zone, "future");
  if ("refused" in read) {
    return whenProblemReply(when, read.refused, read.understood, `eta if ${milestone ?? "go-live"} friday`);
  }
  const { at } = read;
  const goLiveAt = milestone && goLiveIf(milestone, at, view.calendar);
  if (!milestone || !goLiveAt) return noWhatIfReply(fields.milestone ?? "", view);
  const startsOn = milestone === "start" ? (at.setZone(PACIFIC).toISODate() ?? "") : undefined;
  return etaReply(
    {
      ...about,
      goLiveAt,
      rollout: rollout(goLiveAt, view.calendar, startsOn),
      supposed: { milestone, at, isWholeDay: !read.hasTime },
      cutOff: cutOff(goLiveAt, view.calendar),
    },
    view,
  );
}

function readPlace(text: string): PlaceAsked | undefined | "unknown" {
  if (text.trim() === "") return undefined;
  const found = placeToWave(text);
  if (!found) return "unknown";
  return "unlisted" in found ? found : { wave: found.wave, asked: capital(text.trim()) };
}

/** "germany" as people write it, and "uk". */
function capital(text: string): string {
  if (/^u\.?(?:k|s|s\.?a)\.?$/.test(text)) return text.toUpperCase();
  return text.replace(/(?<=^| )[a-z](?=[a-z]{3})/g, (letter) => letter.toUpperCase());
}
