import { DateTime } from "luxon";
import { type Connector, MILESTONES, type Milestone } from "../../lifecycle/connector.ts";
import { isBefore } from "../../lifecycle/stages.ts";
import { type Standing, standingOf } from "../../lifecycle/standing.ts";
import {
  type EtaFacts,
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
import { placeToWave } from "../../scheduling/places.ts";
import { cutOff, rollout } from "../../scheduling/rollout.ts";
import { readWhen } from "../../scheduling/when.ts";
import { PACIFIC } from "../../scheduling/zones.ts";
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
  const named = placeText(fields.place ?? "");
  const place = readPlace(named);
  if (place === "unknown") return unknownPlaceReply(named, connector);
  const about = { ...(connector && { connector }), ...(place && { place }) };
  if (fields.milestone !== undefined) return whatIf(fields, view, about, current);

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
      ...dueBy("go-live", view.now, view, current),
    },
    view,
  );
}

type About = Pick<EtaFacts, "connector" | "place">;

function whatIf(fields: Fields, view: View, about: About, current?: Standing): Reply {
  const milestone = MILESTONES.find((one) => one === fields.milestone);
  const when = fields.when || "now";
  const read = readWhen(when, view.now, view.zone, "future");
  if ("refused" in read) {
    const parted = about.place ? undefined : partPlace(when, view);
    if (parted) return eta({ ...fields, ...parted }, view, about.connector, current);
    return whenProblemReply(when, read.refused, read.understood, `eta if ${milestone ?? "go-live"} friday`);
  }
  // Today is now where its noon is still to come, as in a mark.
  const isToday = !read.hasTime && read.at.hasSame(view.now.setZone(view.zone), "day");
  const at = isToday ? DateTime.min(read.at, view.now.setZone(view.zone)) : read.at;
  const goLiveAt = milestone && goLiveIf(milestone, at, view.calendar);
  if (!milestone || !goLiveAt) return noWhatIfReply(fields.milestone ?? "", view);
  const startsOn = milestone === "start" ? (at.setZone(PACIFIC).toISODate() ?? "") : undefined;
  return etaReply(
    {
      ...about,
      goLiveAt,
      rollout: rollout(goLiveAt, view.calendar, startsOn),
      supposed: { milestone, at, isWholeDay: !read.hasTime },
      ...dueBy(milestone, goLiveAt, view, current),
    },
    view,
  );
}

/** "friday in Germany": the longest date that can be read, and what is left as a place. */
function partPlace(text: string, view: View): { when: string; place: string } | undefined {
  const words = text.split(" ");
  for (let count = words.length - 1; count >= 0; count -= 1) {
    const [when, place] = [words.slice(0, count).join(" "), words.slice(count).join(" ")];
    const isReadable =
      count > 0
        ? !("refused" in readWhen(when, view.now, view.zone, "future"))
        : placeToWave(placeText(place)) !== undefined;
    if (isReadable) return { when, place };
  }
  return undefined;
}

/** A place without what stands around it in a question. */
function placeText(text: string): string {
  return text
    .trim()
    .replace(/^(?:in|for|to)\s+/i, "")
    .replace(/^["'“«]+|["'”».,;:!?]+$/gu, "");
}

/** Until when Go live must be confirmed for this rollout; nothing for what is past or named by Microsoft. */
function dueBy(
  milestone: Milestone,
  goLiveAt: DateTime,
  view: View,
  current?: Standing,
): Pick<EtaFacts, "cutOff" | "linkExpiresAt"> {
  // The latest dates: they hang on the link that the supposition begins.
  if (milestone === "submitted" || milestone === "report-passed") {
    // `goLiveIf` gives the last moment before.
    return { linkExpiresAt: goLiveAt.plus({ milliseconds: 1 }) };
  }
  if (milestone !== "go-live" || goLiveAt < view.now) return {};
  const linkExpiresAt = current?.stage === "testing" ? current.window?.expiresAt : undefined;
  return { cutOff: cutOff(goLiveAt, view.calendar), ...(linkExpiresAt && { linkExpiresAt }) };
}

function readPlace(text: string): PlaceAsked | undefined | "unknown" {
  if (text === "") return undefined;
  const found = placeToWave(text);
  if (!found) return "unknown";
  return "unlisted" in found ? found : { wave: found.wave, asked: capital(text) };
}

/** "germany" as people write it, and "uk". */
function capital(text: string): string {
  if (/^u\.?(?:k|s|s\.?a)\.?$/.test(text)) return text.toUpperCase();
  return text.replace(/(?<=^| )[a-z](?=[a-z]{3})/g, (letter) => letter.toUpperCase());
}
