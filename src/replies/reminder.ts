import type { DateTime } from "luxon";
import { citeCertification, citeGa } from "../criteria/sources.ts";
import type { Connector } from "../lifecycle/connector.ts";
import type { Button, Citation, Reply, Spans } from "../reply.ts";
import { businessTimeBetween, pacificDay, toDay, toIso } from "../scheduling/calendar.ts";
import type { Due } from "../scheduling/plan.ts";
import type { Reminder, Telling } from "../scheduling/reminders.ts";
import { about, buttons, markButton, reply, sentence, settled, sources, text, warning } from "./parts.ts";
import {
  cutOffText,
  dayAndDistance,
  dayText,
  distance,
  durationText,
  hoursText,
  moment,
  pacificDayText,
  type View,
} from "./times.ts";

/** A reminder that comes more than this after its time says that it is late. */
const LATE_AFTER_MS = 10 * 60_000;

/** Whether what is told now comes late, and will say so. */
export function isLate([lead]: Due["tell"], { now }: View): boolean {
  return lead !== undefined && lateText(now.toMillis() - lead.at.toMillis()) !== "";
}

/** " (late: this was due 2 h ago)"; nothing when it is not late by so many milliseconds. */
export function lateText(lateness: number): string {
  return lateness > LATE_AFTER_MS ? ` (late: this was due ${durationText(lateness)} ago)` : "";
}

/** One message for everything that is due for a connector, the latest first. */
export function reminderReply(connector: Connector, tell: Due["tell"], view: View): Reply | undefined {
  const [lead, ...more] = tell;
  if (!lead) return undefined;
  const late = lateText(view.now.toMillis() - lead.at.toMillis());
  const told = [lead, ...more];
  return reply(
    sentence`${connector.name}: ${sentenceOf(lead.reminder.telling, view)}${late}`,
    text(
      ...whatNow(lead.reminder.telling, view),
      " Owner: ",
      { person: connector.owner.name, id: connector.owner.id },
      ".",
    ),
    more.length > 0
      ? {
          kind: "list",
          heading: "Also due",
          items: more.map(({ reminder }) => sentenceOf(reminder.telling, view)),
        }
      : undefined,
    ["link-expired", "link-expires"].includes(lead.reminder.telling.kind)
      ? settled(
          "these pages do not say what an expired link means; Microsoft's page on testing says that the offer is rejected.",
        )
      : undefined,
    sources(...told.map(({ reminder }) => citationOf(reminder.telling))),
    buttons(...buttonsOf(connector, lead.reminder)),
  );
}

/** The same for its owner alone, because it can't be put into the channel where it should be. */
export function withoutChannel(reminder: Reply, why: "closed" | "shared-outside"): Reply {
  const reason =
    why === "closed"
      ? "The channel in which this connector is registered can't be written to any more"
      : "The channel in which this connector is registered is shared with another organisation";
  const told = warning(
    `${reason}, so its reminders come to you. For another one say there `,
    { bold: "reminders" },
    ", its name, and ",
    { bold: "here" },
    ".",
  );
  return { ...reminder, blocks: [told, ...reminder.blocks] };
}

/** What a reminder is about, for the plan, where its moment stands beside it. */
export function labelOf(telling: Telling): string {
  switch (telling.kind) {
    case "report-due":
      return `certification report, ${telling.hours} hours after submission`;
    case "link-expires":
      return `test link expires in ${telling.hours} business hours`;
    case "link-expired":
      return "test link has expired";
    case "cut-off":
      return `Go live is wanted for the rollout of ${dayText(telling.cutOff.friday)}`;
    case "wave":
      return `wave ${telling.number} of 6, ${telling.name}`;
    case "all-regions":
      return `day ${telling.day} since the first wave: all regions are expected`;
    case "six-months":
      return telling.days === 0
        ? "six months in preview are complete"
        : `six months in preview, complete in ${telling.days} days`;
    case "ga-request":
      return `${telling.days} days since the GA e-mail`;
    case "sas-expires":
      return `SAS URI expires in ${telling.days === 1 ? "1 day" : `${telling.days} days`}`;
  }
}

/** The matter of a reminder, which it shares with those that replace it: "the reminder about …". */
export function matterText(telling: Telling): string {
  switch (telling.kind) {
    case "report-due":
      return "the certification report";
    case "link-expires":
      return "the end of the test link";
    case "link-expired":
      return "the expired test link";
    case "cut-off":
      return `Go live for the rollout of ${dayText(telling.cutOff.friday)}`;
    case "wave":
      return `wave ${telling.number} of 6`;
    case "all-regions":
      return "the arrival in all regions";
    case "six-months":
      return "six months in preview";
    case "ga-request":
      return "the GA e-mail";
    case "sas-expires":
      return "the end of the SAS URI";
  }
}

/** What a reminder says, as one sentence without the connector's name. */
function sentenceOf(telling: Telling, view: View): Spans {
  switch (telling.kind) {
    case "report-due":
      return telling.hours < 48
        ? sentence`the certification report may be there; it was submitted ${distance(telling.submittedAt, view.now)}.`
        : sentence`the certification report is due; it was submitted ${distance(telling.submittedAt, view.now)}.`;
    case "link-expires":
      return sentence`the test link expires ${moment(telling.expiresAt, view)}, in ${hoursText(businessTimeBetween(view.now, telling.expiresAt, view.calendar))} of business time.`;
    case "link-expired":
      return sentence`the test link expired ${moment(telling.expiresAt, view)}.`;
    case "cut-off":
      return [`${cutOffText(telling.cutOff, view, telling.linkExpiresAt).byWhen}.`];
    case "wave":
      return sentence`wave ${telling.number} of 6, ${telling.name}, ${isOver(telling.on, view) ? "was" : "is"} planned for ${dayAndDistance(telling.on, view)}.`;
    case "all-regions":
      return sentence`day ${telling.day} since the first wave: all regions are expected ${dayText(telling.from)} to ${dayText(telling.to)}${countedText(telling, view)}.`;
    case "six-months":
      return telling.days === 0 || isOver(telling.on, view)
        ? sentence`six months in preview are complete ${dayAndDistance(telling.on, view)}.`
        : sentence`six months in preview will be complete ${dayAndDistance(telling.on, view)}.`;
    case "ga-request":
      return sentence`${daysSince(telling.sentAt, view)} days since the GA e-mail of ${pacificDayText(telling.sentAt)}; the move takes about a month.`;
    case "sas-expires":
      return sentence`the package's SAS URI expires ${moment(telling.expiresAt, view)}, ${distance(telling.expiresAt, view.now)}.`;
  }
}

/** What the owner should do, and what happens otherwise. */
function whatNow(telling: Telling, view: View): Spans {
  switch (telling.kind) {
    case "report-due":
      return [
        "Read it on Product overview and mark whether it passed. The page promises it within 48 hours of submission.",
      ];
    case "link-expires":
      return [
        "Finish testing and select Go live; otherwise the link dies and the package must be resubmitted.",
      ];
    case "link-expired":
      return ["Resubmit the package; it is reviewed again for 24 to 48 hours."];
    case "cut-off":
      return [
        `Testing is done, so select Go live. Otherwise: ${cutOffText(telling.cutOff, view, telling.linkExpiresAt).missed}.`,
      ];
    case "wave":
      return ["Check whether the connector is there. The day follows from the page's daily order."];
    case "all-regions":
      return ["Mark it when the connector is in all regions; the page says three to four weeks."];
    case "six-months":
      return [
        telling.days === 0 || isOver(telling.on, view)
          ? "From now on a connector without 50 MAC may ask for GA if all required criteria are met."
          : "Then a connector without 50 MAC may ask for GA if all required criteria are met. Collect the figures now.",
      ];
    case "ga-request":
      return ["Mark GA when the preview tag is gone, or ask your Microsoft contact."];
    case "sas-expires":
      return sentence`Make a new SAS URI and enter it on Packages; the old one no longer opens the package after ${moment(telling.expiresAt, view)}.`;
  }
}

function buttonsOf(connector: Connector, { telling, id }: Reminder): Button[] {
  const snooze = about(
    connector,
    "reminders",
    "Snooze 4 h",
    { do: "snooze", for: "4h", reminder: id },
    "snooze 4h",
  );
  const seen = about(connector, "reminders", "Got it", { do: "acknowledge", reminder: id }, "acknowledge");
  const act: Record<Telling["kind"], Button[]> = {
    "report-due": [
      markButton(connector, "review", "report-passed", "Report passed"),
      markButton(connector, "review", "report-failed", "Report failed"),
    ],
    "link-expires": [markButton(connector, "testing", "go-live", "Go live confirmed")],
    "link-expired": [markButton(connector, "changes-requested", "submitted", "Resubmitted")],
    "cut-off": [markButton(connector, "testing", "go-live", "Go live confirmed")],
    wave: [about(connector, "eta", "Wave dates")],
    "all-regions": [about(connector, "mark", "In all regions", { milestone: "all-regions" }, "all-regions")],
    "six-months": [about(connector, "ready", "Readiness")],
    "ga-request": [about(connector, "mark", "GA tag is there", { milestone: "ga" }, "ga")],
    "sas-expires": [about(connector, "next", "Next step")],
  };
  return [...act[telling.kind], snooze, seen];
}

function citationOf({ kind }: Telling): Citation {
  switch (kind) {
    case "report-due":
      return citeCertification("Post-submission steps");
    case "link-expires":
    case "link-expired":
      return citeCertification("Test your connector");
    case "cut-off":
      return citeCertification("Production deployment");
    case "wave":
      return citeCertification("Region deployment");
    case "all-regions":
      return citeCertification("Wait for deployment");
    case "six-months":
      return citeGa("Recommended criteria");
    case "ga-request":
      return citeGa("Request the move to GA");
    case "sas-expires":
      return citeCertification("Package your connector and plugin");
  }
}

/** What people's hours have moved may be told when its day is over. */
function isOver(iso: string, view: View): boolean {
  return toDay(iso) < pacificDay(view.now);
}

function countedText({ startsOn, day }: Extract<Telling, { kind: "all-regions" }>, view: View): string {
  const on = toIso(toDay(startsOn) + day);
  return isOver(on, view) ? `; day ${day} was ${dayText(on)}` : "";
}

function daysSince(at: DateTime, view: View): number {
  return pacificDay(view.now) - pacificDay(at);
}

/** A moment at which something will be said again. */
export function untilText(at: DateTime, view: View): Spans {
  return sentence`${moment(at, view)}, ${distance(at, view.now)}`;
}
