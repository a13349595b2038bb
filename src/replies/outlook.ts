import type { Verdict } from "../criteria/readiness.ts";
import { citeCertification, citeGa } from "../criteria/sources.ts";
import type { Connector, Milestone } from "../lifecycle/connector.ts";
import { nextStep, readinessOf, sasExpiry } from "../lifecycle/progress.ts";
import { STAGE } from "../lifecycle/stages.ts";
import type { Standing } from "../lifecycle/standing.ts";
import type { Button, Citation, Span, Spans } from "../reply.ts";
import { businessTimeBetween } from "../scheduling/calendar.ts";
import { nextDeadline, reportDueAt } from "../scheduling/deadline.ts";
import { cutOff, type Remark } from "../scheduling/rollout.ts";
import { dayOfDeadline } from "./deadline.ts";
import { about, markButton, sentence, stepText } from "./parts.ts";
import {
  cutOffText,
  dayAndDistance,
  dayText,
  distance,
  hoursText,
  moment,
  pacificDayText,
  type View,
} from "./times.ts";

/** The four questions of every answer: where am I, what is next, by when, what if I miss it. */
export interface Outlook {
  /** The end of the sentence "Contoso CRM …". */
  headline: Spans;
  next: Spans;
  byWhen: Spans;
  missed: Spans;
  /** The settled reading it rests on. */
  reading?: string;
  /** What endangers or moves the dates. */
  remarks?: readonly Remark[];
  citations: Citation[];
  buttons: Button[];
}

const VERDICT: Record<Verdict, string> = {
  ready: "ready for GA",
  eligible: "eligible for GA",
  "ask-microsoft": "GA: ask Microsoft",
  "not-yet": "not yet ready for GA",
  unknown: "GA readiness unknown",
};

export function verdictText(verdict: Verdict): string {
  return VERDICT[verdict];
}

export function outlook(connector: Connector, current: Standing, view: View): Outlook {
  const { stage } = current;
  const base = { citations: [STAGE[stage].citation] };
  const step = nextStep(connector, current);
  const doStep: Spans = step ? [`${stepText(step)}.`] : [];
  const nextButton = about(connector, "next", "Next step");
  const mark: MarkButton = (milestone, label) => markButton(connector, current.stage, milestone, label);
  switch (stage) {
    case "account":
      return {
        ...base,
        headline: ["is at the account stage: the publisher's Seller account comes first"],
        next: doStep,
        byWhen: sasOrNothing(connector, current, view),
        missed: sasMissed(
          connector,
          current,
          "Nothing lapses, but nothing can be published before the account is verified.",
        ),
        buttons: [nextButton, about(connector, "done", "Account is ready", { step: "account" }, "account")],
      };
    case "draft":
      return {
        ...base,
        headline: [current.updating ? "is a draft of an update" : "is a draft: it is not submitted yet"],
        next: doStep,
        byWhen: sasOrNothing(connector, current, view),
        missed: sasMissed(connector, current, "Nothing lapses."),
        buttons: [nextButton, mark("submitted", "Submitted"), about(connector, "forecast", "Forecast")],
      };
    case "review":
      return inReview(connector, current, view, mark);
    case "changes-requested":
      return {
        ...base,
        headline: current.expired
          ? sentence`needs resubmitting: its test link expired ${when(current.since, view)}`
          : ["needs changes: the certification report did not pass"],
        next: [
          current.expired
            ? "Resubmit the package; it is reviewed again."
            : "Update the package by the certification report on Product overview and resubmit it.",
        ],
        byWhen: sasOrNothing(connector, current, view),
        missed: ["The offer stays as it is, with Attention needed, until it is resubmitted."],
        ...(current.expired && {
          reading:
            "these pages do not say what an expired link means; Microsoft's page on testing says that the offer is rejected.",
        }),
        buttons: [mark("submitted", "Resubmitted"), nextButton, about(connector, "forecast", "Forecast")],
      };
    case "testing":
      return inTesting(connector, current, view, mark);
    case "publishing":
    case "deploying":
      return rollingOut(connector, current, view, mark);
    case "public-preview":
      return inPreview(connector, current, view, mark);
    case "ga-requested":
      return {
        ...base,
        headline: [`waits for its GA tag, requested ${dateOf(current.gaRequestedAt)}`],
        next: ["Answer Microsoft's questions; mark it when the preview tag is gone."],
        byWhen: [`About a month: around ${dateOf(current.gaRequestedAt?.plus({ months: 1 }))}.`],
        missed: [
          "No deadline of yours; the page does not say what to do after a month. Ask your Microsoft contact.",
        ],
        buttons: [mark("ga", "GA tag is there"), about(connector, "ready", "Readiness")],
      };
    case "ga":
      return {
        ...base,
        headline: [`has been generally available${current.gaAt ? ` since ${dateOf(current.gaAt)}` : ""}`],
        next: ["Nothing is due. A new version begins on Product overview and goes through the same stages."],
        byWhen: ["No deadline."],
        missed: ["Nothing lapses."],
        buttons: [
          mark("update", "Start an update"),
          about(connector, "status", "History", { history: "yes" }, "history"),
        ],
      };
  }
}

type MarkButton = (milestone: Milestone, label: string) => Button;

function inReview(connector: Connector, current: Standing, view: View, mark: MarkButton): Outlook {
  const due = reportDueAt(current);
  const isLate = due !== undefined && due < view.now;
  const sas = sasExpiry(connector, current);
  return {
    headline: isLate
      ? sentence`is in review; its report has been overdue since ${moment(due, view)}`
      : sentence`is in review: the report is due by ${when(due, view)}`,
    next: ["Wait; then read the certification report on Product overview."],
    byWhen: [
      ...(due
        ? ["24 to 48 hours after submission: by ", moment(due, view), `, ${distance(due, view.now)}.`]
        : ["24 to 48 hours after submission."]),
      ...(sas
        ? sentence` The package's SAS URI expires ${moment(sas, view)}, ${distance(sas, view.now)}; Microsoft fetches the package until it has passed.`
        : []),
    ],
    missed: isLate
      ? ["Microsoft's page does not say what to do when the report is late; ask your Microsoft contact."]
      : sasMissed(connector, current, "The wait is Microsoft's; nothing of yours lapses."),
    citations: [citeCertification("Post-submission steps")],
    buttons: [
      mark("report-passed", "Report passed"),
      mark("report-failed", "Report failed"),
      about(connector, "forecast", "Forecast"),
    ],
  };
}

function inTesting(connector: Connector, current: Standing, view: View, mark: MarkButton): Outlook {
  const expiresAt = current.window?.expiresAt ?? view.now;
  const isTested = nextStep(connector, current)?.id === "confirm-go-live";
  const left = hoursText(businessTimeBetween(view.now, expiresAt, view.calendar));
  const friday = cutOff(view.now, view.calendar);
  const { byWhen, missed } = cutOffText(friday, view, expiresAt);
  // A link that dies before the cut-off is the deadline that counts.
  const rest =
    friday.safeUntil < expiresAt
      ? `; ${byWhen}. Otherwise: ${missed}.`
      : `, in time for ${dayText(friday.friday)}.`;
  return {
    headline: sentence`is in testing: the link expires ${moment(expiresAt, view)}, ${distance(expiresAt, view.now)}`,
    next: [
      isTested
        ? "Testing is done: select Go live."
        : "Test every action and trigger in the preview environment, then select Go live.",
    ],
    byWhen: [moment(expiresAt, view), `, ${left} of business time left${rest}`],
    missed: ["The link dies, the offer is rejected, and the package must be resubmitted for review."],
    reading:
      "the page says 48 business hours; this counts two business days, and takes from Microsoft's page on testing that an expired link means resubmitting.",
    citations: [citeCertification("Test your connector"), citeCertification("Production deployment")],
    buttons: [
      mark("go-live", "Go live confirmed"),
      ...(isTested ? [] : [about(connector, "done", "Testing is done", { step: "test" }, "test")]),
      about(connector, "window", "Test window"),
    ],
  };
}

function rollingOut(connector: Connector, current: Standing, view: View, mark: MarkButton): Outlook {
  const deadline = nextDeadline(connector, current, view.now);
  const { rollout } = current;
  const window = rollout
    ? `about ${dayText(rollout.allRegions.from)} to ${dayText(rollout.allRegions.to)}`
    : "about 3 to 4 weeks after the first wave";
  const isPublishing = current.stage === "publishing";
  const starts = rollout ? dayAndDistance(rollout.startsOn, view) : "on a Friday";
  return {
    headline: [
      isPublishing
        ? `is waiting for its rollout, which starts ${starts}`
        : `is deploying: ${deadline?.kind === "wave" ? `it reaches ${deadline.name} ${dayOfDeadline(deadline, view)}` : `all waves are out by the plan; all regions ${deadline && deadline.at < view.now ? "were expected" : "are expected"} by ${dateOf(deadline?.at)}`}`,
    ],
    next: [
      current.pullRequestAt
        ? "Watch the waves; mark it when the connector is in all regions."
        : "Open-source the connector with a pull request while the waves go out.",
    ],
    byWhen: [
      ...(isPublishing ? [`First wave ${starts}; `] : []),
      `${isPublishing ? "all" : "All"} regions ${window}. Live in Partner Center means pushed for deployment, not in all regions.`,
    ],
    missed: ["The dates are Microsoft's; nothing of yours lapses. A freeze or holiday moves the waves."],
    remarks: rollout?.remarks.filter(({ kind }) => kind !== "day-skipped") ?? [],
    citations: [
      citeCertification(isPublishing ? "Production deployment" : "Region deployment"),
      citeCertification("Wait for deployment"),
    ],
    buttons: [
      about(connector, "eta", "Wave dates"),
      ...(current.pullRequestAt ? [] : [mark("pull-request", "Pull request created")]),
      ...(isPublishing ? [] : [mark("all-regions", "In all regions")]),
    ],
  };
}

function inPreview(connector: Connector, current: Standing, view: View, mark: MarkButton): Outlook {
  const { verdict, exceptions } = readinessOf(connector, current, view.now);
  const step = nextStep(connector, current);
  const mayAsk = verdict === "ready" || verdict === "eligible" || verdict === "ask-microsoft";
  const { sixMonthsOn } = exceptions;
  return {
    headline: [`is in public preview, ${verdictText(verdict)}`],
    next: [
      mayAsk
        ? "Send the e-mail that asks Microsoft to remove the preview tag."
        : `Gather usage and the figures of the GA criteria${step ? `; meanwhile: ${stepText(step)}` : ""}.`,
    ],
    byWhen: [
      sixMonthsOn
        ? `No deadline. Six months in preview are complete ${dayAndDistance(sixMonthsOn, view)}; from then on fewer than 50 MAC need not stop it.`
        : "No deadline. When it became Live is not known, so neither is the end of six months in preview.",
    ],
    missed: ["Nothing lapses: it stays in preview until you ask."],
    ...(sixMonthsOn && {
      reading: "the page does not say from when six months count; this counts from the day it became Live.",
    }),
    citations: [citeGa("Recommended criteria"), citeGa("Request the move to GA")],
    buttons: [
      mayAsk ? about(connector, "request", "GA e-mail") : about(connector, "ready", "Readiness"),
      mark("ga-requested", "E-mail sent"),
      mark("update", "Start an update"),
    ],
  };
}

function sasOrNothing(connector: Connector, current: Standing, view: View): Spans {
  const deadline = nextDeadline(connector, current, view.now);
  if (!deadline) return ["No deadline; Microsoft's page names none."];
  return [
    "The package's SAS URI expires ",
    moment(deadline.at, view),
    `, ${distance(deadline.at, view.now)}.`,
  ];
}

function sasMissed(connector: Connector, current: Standing, otherwise: string): Spans {
  return [
    sasExpiry(connector, current) ? "The link no longer opens the package; give a new SAS URI." : otherwise,
  ];
}

function when(at: Standing["since"], view: View): Span {
  return at ? moment(at, view) : "at a time nobody noted";
}

function dateOf(at: Standing["since"]): string {
  return at ? pacificDayText(at) : "on a day nobody noted";
}
