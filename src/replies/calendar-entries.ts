import { citeCertification, citeGa } from "../criteria/sources.ts";
import type { Standing } from "../lifecycle/standing.ts";
import type { Citation } from "../reply.ts";
import type { AgendaEntry, Matter } from "../scheduling/agenda.ts";
import { cutOffText, dayText, momentText, PLAIN_LOCALE, type View } from "./times.ts";

/** What the date is, after the connector's name and a colon. */
export function titleOf({ matter, isSettled }: AgendaEntry, { goLiveAt }: Standing): string {
  switch (matter.kind) {
    case "sas-uri":
      return isSettled ? "SAS URI of the package not needed any more" : "SAS URI of the package expires";
    case "report":
      return isSettled ? "certification report is there" : "certification report due";
    case "cut-off":
      if (isSettled) return goLiveAt ? "Go live confirmed" : "no Go live to confirm: testing failed";
      return `confirm Go live for the rollout of ${dayText(matter.cutOff.friday)}`;
    case "test-link":
      return isSettled ? "test window over" : "test link expires";
    case "wave":
      return `wave ${matter.number} of 6, ${matter.name}`;
    case "all-regions":
      return isSettled ? "in all regions" : "all regions expected";
    case "six-months":
      return isSettled ? "GA came before six months in preview" : "six months in preview complete";
    case "ga":
      return isSettled ? "generally available" : "GA expected about now";
  }
}

interface Says {
  next: string;
  missed: string;
  reading?: string;
  citation: Citation;
}

/** What to do, what if it is missed, and where it comes from. */
export function saysOf(matter: Matter, view: View): Says {
  switch (matter.kind) {
    case "sas-uri":
      return {
        next: "make a new SAS URI and enter it on Packages before then.",
        missed: "the link no longer opens the package.",
        citation: citeCertification("Package your connector and plugin"),
      };
    case "report":
      return {
        next: "read it on Product overview and mark whether it passed.",
        missed: "the wait is Microsoft's, 24 to 48 hours after submission; nothing of yours lapses.",
        citation: citeCertification("Post-submission steps"),
      };
    case "cut-off": {
      const { byWhen, missed } = cutOffText(matter.cutOff, view, matter.linkExpiresAt);
      return {
        next: `${byWhen}.`,
        missed: `${missed}.`,
        citation: citeCertification("Production deployment"),
      };
    }
    case "test-link":
      return {
        next: "test every action and trigger in the preview environment, then select Go live before then.",
        missed: "the link dies, the offer is rejected, and the package must be resubmitted for review.",
        reading: "the page says 48 business hours; this counts two business days.",
        citation: citeCertification("Test your connector"),
      };
    case "wave":
      return {
        next: "check whether the connector is there.",
        missed: "the date is Microsoft's, and nothing of yours lapses; a freeze or a holiday moves it.",
        reading: BOTH_ARE_GIVEN,
        citation: citeCertification("Region deployment"),
      };
    case "all-regions":
      return {
        next: "mark it when the connector is in all regions.",
        missed: "the dates are Microsoft's, and nothing of yours lapses; a freeze or a holiday moves them.",
        reading: BOTH_ARE_GIVEN,
        citation: citeCertification("Wait for deployment"),
      };
    case "six-months":
      return {
        next: "from this day a connector without 50 MAC may ask for GA if all required criteria are met; collect the figures before.",
        missed: "nothing lapses; it stays in preview until you ask.",
        reading: "the page does not say from when six months count; this counts from the day it became Live.",
        citation: citeGa("Recommended criteria"),
      };
    case "ga":
      return {
        next: "mark GA when the preview tag is gone, or ask your Microsoft contact.",
        missed: "no deadline of yours; the page says that the move takes about a month.",
        citation: citeGa("Request the move to GA"),
      };
  }
}

const BOTH_ARE_GIVEN =
  "the page gives both one region a day and three to four weeks for all regions, so both are here.";

/** What the entry of a calendar says: read weeks later and without us, so it is complete. */
export function detailsOf({ matter, when, isSettled }: AgendaEntry, view: View): string {
  const { next, missed, reading, citation } = saysOf(matter, view);
  const lines = [
    "at" in when
      ? `Exactly ${momentUtc(when.at)}: this entry ends at that moment.`
      : "All day, by Pacific dates.",
    ...(isSettled
      ? ["Settled: nothing is left to do here."]
      : [`Next: ${next}`, `If missed: ${missed}`, ...(reading ? [`Our reading: ${reading}`] : [])]),
    `Source: ${citation.document}, “${citation.section}”`,
    citation.href,
    `Connector Shepherd made this file ${momentUtc(view.now)}; a newer one moves this entry.`,
  ];
  return lines.join("\n");
}

/** Whoever opens the file may be in any zone. */
function momentUtc(at: View["now"]): string {
  return momentText(at.setZone("utc").setLocale(PLAIN_LOCALE));
}
