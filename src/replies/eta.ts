import { DateTime } from "luxon";
import { citeCertification } from "../criteria/sources.ts";
import type { Connector } from "../lifecycle/connector.ts";
import type { Block, Reply, Spans } from "../reply.ts";
import { pacificDay, toDay, toIso } from "../scheduling/calendar.ts";
import { type CutOff, nextWave, type Rollout } from "../scheduling/rollout.ts";
import { about, buttons, facts, reply, say, sentence, settled, sources, text, warning } from "./parts.ts";
import { rolloutPicture, waveMark } from "./pictures.ts";
import { remarkBlocks } from "./remarks.ts";
import {
  cutOffText,
  dayAndDistance,
  daysAway,
  dayText,
  moment,
  nearDay,
  otherDayText,
  shortDay,
  type View,
} from "./times.ts";

/** A place that was asked for: the wave it is in, or that no wave lists it. */
export type PlaceAsked = { wave: number; asked: string } | { unlisted: string };

export interface EtaFacts {
  connector?: Connector;
  rollout: Rollout;
  goLiveAt: DateTime;
  place?: PlaceAsked;
  /** Why the dates are supposed and not known. */
  supposed?: { milestone: string; at: DateTime; isWholeDay: boolean } | "go-live-today";
  cutOff?: CutOff;
  /** When the test link dies that Go live needs. */
  linkExpiresAt?: DateTime;
}

/** The rollout's waves with their dates, the place asked for, and beside it the window for all regions. */
export function etaReply(eta: EtaFacts, view: View): Reply {
  const { connector, rollout, place } = eta;
  const due = dueRows(eta, view);
  return reply(
    titleOf(eta, view),
    eta.supposed
      ? text(...supposition(eta, view))
      : text("Go live was confirmed ", moment(eta.goLiveAt, view), "."),
    facts(
      [
        "All regions",
        `about ${dayText(rollout.allRegions.from)} to ${dayText(rollout.allRegions.to)} (3 to 4 weeks)`,
      ],
      ["By when", due?.byWhen ?? "nothing is due from you"],
      ["If missed", due?.missed ?? "the dates are Microsoft's; a freeze or a holiday moves them"],
    ),
    tooLate(eta, view),
    waveTable(rollout, place, view),
    rolloutPicture(rollout, view, everywhereOn(eta)),
    ...remarkBlocks(rollout.remarks),
    otherDayNote(eta.supposed),
    settled(
      "the page gives both one region a day and three to four weeks for all regions, so both are shown.",
    ),
    place && "unlisted" in place
      ? settled(
          `the page names no wave for ${place.unlisted}; the time for all regions is all that can be said.`,
        )
      : undefined,
    sources(
      citeCertification("Production deployment"),
      citeCertification("Region deployment"),
      citeCertification("Wait for deployment"),
    ),
    connector
      ? buttons(
          about(connector, "status", "Status"),
          about(connector, "forecast", "Forecast"),
          // What is only supposed has no place in a calendar.
          eta.supposed ? undefined : about(connector, "calendar", "Calendar file"),
        )
      : buttons(say("Follow a connector", "help track", "help", { words: "track" })),
  );
}

/** Until when Go live must be confirmed: a link that dies before the cut-off is the date that counts. */
function dueRows(
  { cutOff, linkExpiresAt }: EtaFacts,
  view: View,
): { byWhen: Spans; missed: string } | undefined {
  if (linkExpiresAt && (!cutOff || linkExpiresAt <= cutOff.safeUntil)) {
    return {
      byWhen: sentence`confirm Go live before the test link expires, ${moment(linkExpiresAt, view)}`,
      missed: "the link dies, the offer is rejected, and the package must be resubmitted for review",
    };
  }
  const words = cutOff && cutOffText(cutOff, view, linkExpiresAt);
  return words && { byWhen: [words.byWhen], missed: words.missed };
}

/** A Go live is supposed for when the link is dead. */
function tooLate({ cutOff, goLiveAt, linkExpiresAt }: EtaFacts, view: View): Block | undefined {
  if (!cutOff || !linkExpiresAt || goLiveAt < linkExpiresAt) return undefined;
  return warning(
    "the test link expires ",
    moment(linkExpiresAt, view),
    ": Go live after that is not possible before the package is resubmitted.",
  );
}

function otherDayNote(supposed: EtaFacts["supposed"]): Block | undefined {
  const words = supposed && supposed !== "go-live-today" && supposed.isWholeDay && otherDayText(supposed.at);
  return words ? settled(words) : undefined;
}

/** The day on which this rollout was reported to have reached all regions. */
function everywhereOn({ connector, goLiveAt, supposed }: EtaFacts): string | undefined {
  const reported = connector?.moves.findLast(({ milestone }) => milestone === "all-regions");
  if (!reported || supposed || Date.parse(reported.at) < goLiveAt.toMillis()) return undefined;
  return toIso(pacificDay(DateTime.fromISO(reported.at)));
}

function titleOf({ connector, rollout, place, supposed }: EtaFacts, view: View): string {
  const who = connector?.name ?? "It";
  const all = `all regions about ${shortDay(rollout.allRegions.from)} to ${shortDay(rollout.allRegions.to)}`;
  if (place && "unlisted" in place) {
    return `${place.unlisted} is in no wave that the page lists; ${connector ? `${who}: ` : ""}${all}.`;
  }
  const wave = rollout.waves.find(({ number }) => place && "wave" in place && number === place.wave);
  if (wave && place && "asked" in place) {
    const reaches = verb(["would reach", "reached", "reaches"], wave.on, supposed, view);
    return `${who} ${reaches} ${place.asked} ${dayAndDistance(wave.on, view)} (wave ${wave.number}, ${wave.name}); ${all}.`;
  }
  const last = rollout.waves.at(-1)?.on ?? rollout.startsOn;
  const starts = verb(["would start", "started", "starts"], rollout.startsOn, supposed, view);
  return `${who} ${starts} rolling out ${dayAndDistance(rollout.startsOn, view)}, the last wave ${shortDay(last)}; ${all}.`;
}

function verb(
  [would, past, future]: [string, string, string],
  day: string,
  supposed: EtaFacts["supposed"],
  view: View,
): string {
  if (supposed) return would;
  return toDay(day) < pacificDay(view.now) ? past : future;
}

function supposition({ supposed, connector }: EtaFacts, view: View): Spans {
  if (supposed === "go-live-today" || supposed === undefined) {
    return [
      connector
        ? "Go live is not confirmed yet; these are the dates as if it were confirmed now, "
        : "If Go live is confirmed now, ",
      moment(view.now, view),
      ".",
    ];
  }
  const start: Spans = [
    `Supposing ${SUPPOSED[supposed.milestone] ?? supposed.milestone} `,
    moment(supposed.at, view),
  ];
  const latest = "and Go live at the end of the test window: the latest dates. Nothing is recorded.";
  if (supposed.milestone === "submitted") return [...start, `, a report after 48 hours ${latest}`];
  if (supposed.milestone === "report-passed") return [...start, ` ${latest}`];
  return [...start, ". Nothing is recorded."];
}

const SUPPOSED: Record<string, string> = {
  submitted: "submission",
  "report-passed": "a passed report",
  "go-live": "Go live confirmed",
  start: "a start",
};

function waveTable(rollout: Rollout, place: PlaceAsked | undefined, view: View): Block {
  const next = nextWave(rollout, pacificDay(view.now));
  return {
    kind: "table",
    columns: ["Wave", "Regions", "Day (Pacific)", "From today"],
    rows: rollout.waves.map((wave) => {
      const isAsked = place && "wave" in place && place.wave === wave.number;
      return {
        mark: waveMark(wave, next),
        cells: [
          [`${wave.number}`],
          [isAsked ? { bold: `${wave.name} (${place.asked})` } : wave.name],
          [nearDay(wave.on, view)],
          [daysAway(wave.on, view)],
        ],
      };
    }),
  };
}

/** The connector's way to Go live is closed or past, so no waves can be told. */
export function noRolloutReply(connector: Connector, place: PlaceAsked | undefined): Reply {
  const where = place ? ("wave" in place ? place.asked : place.unlisted) : "any region";
  return reply(
    `When ${connector.name} reached ${where} is not known: its rollout happened before it was tracked here.`,
    text(
      "Should a wave date matter, say when Go live was confirmed for a what-if: ",
      { bold: `eta ${connector.name} if go-live 5 Nov` },
      ".",
    ),
    buttons(about(connector, "status", "Status")),
  );
}

export function unknownPlaceReply(given: string, connector?: Connector): Reply {
  return reply(
    `“${given}” is no place I know; name a country or a region, such as Germany, Brazil or US preview.`,
    connector
      ? buttons(about(connector, "eta", "All waves"))
      : buttons(say("All waves", "eta if go-live today", "eta", { milestone: "go-live", when: "today" })),
  );
}

/** A what-if on a milestone from which no rollout follows. */
export function noWhatIfReply(milestone: string, view: View): Reply {
  const example = shortDay(view.now.setZone(view.zone).toISODate() ?? "").slice(0, 3);
  return reply(
    `A rollout can't be worked out from ${milestone ? `“${milestone}”` : "that"}; submitted, report-passed, go-live and start can.`,
    text("Type ", { bold: `eta if go-live ${example}` }, "."),
    buttons(say("If Go live were now", "eta if go-live now", "eta", { milestone: "go-live", when: "now" })),
  );
}
