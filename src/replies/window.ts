import { citeCertification } from "../criteria/sources.ts";
import type { Connector } from "../lifecycle/connector.ts";
import { isBefore } from "../lifecycle/stages.ts";
import type { Standing } from "../lifecycle/standing.ts";
import type { Reply } from "../reply.ts";
import { businessTimeBetween } from "../scheduling/calendar.ts";
import { about, buttons, facts, markButton, reply, sentence, settled, sources } from "./parts.ts";
import { distance, hoursText, moment, type View } from "./times.ts";

const READING =
  "the page says 48 business hours; this counts two business days of 24 hours, from 00:00 of the next business day when the link opens on a closed day.";

/** The preview-test link: opened, expires, business time left, what happens then. */
export function windowReply(connector: Connector, current: Standing, view: View): Reply {
  const { window, goLiveAt } = current;
  if (!window) return noWindowReply(connector, current);
  const { opensAt, countsFrom, expiresAt } = window;
  const left = businessTimeBetween(view.now, expiresAt, view.calendar);
  const headline = goLiveAt
    ? sentence`${connector.name}'s test window ended with Go live on ${moment(goLiveAt, view)}.`
    : current.expired
      ? sentence`${connector.name}'s test link expired ${moment(expiresAt, view)}, ${distance(expiresAt, view.now)}.`
      : sentence`${connector.name}'s test link expires ${moment(expiresAt, view)}: ${hoursText(left)} of business time left.`;
  return reply(
    headline,
    facts(
      ["Opened", moment(opensAt, view)],
      countsFrom > opensAt ? ["Counts from", moment(countsFrom, view)] : undefined,
      [
        goLiveAt ? "Would have expired" : current.expired ? "Expired" : "Expires",
        [moment(expiresAt, view), `, ${distance(expiresAt, view.now)}`],
      ],
      goLiveAt || current.expired ? undefined : ["Business time left", hoursText(left)],
      goLiveAt
        ? ["Next", "Watch the rollout."]
        : current.expired
          ? ["Next", "Resubmit the package; it is reviewed again."]
          : ["Next", "Test every action and trigger, then select Go live."],
      goLiveAt || current.expired
        ? undefined
        : ["If missed", "The offer is rejected, and the package must be resubmitted for review."],
    ),
    settled(READING),
    sources(citeCertification("Test your connector")),
    goLiveAt
      ? buttons(about(connector, "eta", "Wave dates"), about(connector, "calendar", "Calendar file"))
      : current.expired
        ? buttons(markButton(connector, current.stage, "submitted", "Resubmitted"))
        : buttons(
            markButton(connector, current.stage, "go-live", "Go live confirmed"),
            about(connector, "reminders", "Reminders"),
            about(connector, "calendar", "Calendar file"),
          ),
  );
}

function noWindowReply(connector: Connector, current: Standing): Reply {
  const isAhead = isBefore(current.stage, "testing");
  return reply(
    isAhead
      ? `${connector.name} has no test link yet: it comes when the certification report has passed.`
      : `When ${connector.name}'s test link lived is not known: it passed before it was tracked here.`,
    settled(READING),
    sources(citeCertification("Test your connector")),
    buttons(
      ...(isAhead
        ? [
            markButton(connector, current.stage, "report-passed", "Report passed"),
            about(connector, "forecast", "Forecast"),
          ]
        : []),
      about(connector, "status", "Status"),
    ),
  );
}
