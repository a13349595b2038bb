import { DateTime } from "luxon";
import { EXCEPTION_MONTHS } from "../criteria/catalogue.ts";
import type { Connector } from "../lifecycle/connector.ts";
import { sasExpiry } from "../lifecycle/progress.ts";
import { liveSinceOf, type Standing, standingOf } from "../lifecycle/standing.ts";
import type { ReminderTopic, Settings } from "../settings.ts";
import {
  addMonths,
  businessCalendar,
  businessHoursBefore,
  type Calendar,
  type Day,
  pacificDay,
  pacificTime,
  toDay,
  toIso,
} from "./calendar.ts";
import { type Hours, toldAt } from "./hours.ts";
import { isOfDeadline, offsetsOf } from "./reminder-offsets.ts";
import { type CutOff, cutOff } from "./rollout.ts";

/** What a reminder tells, as data; replies/reminder.ts has the sentences. */
export type Telling =
  | { kind: "report-due"; submittedAt: DateTime; hours: number }
  | { kind: "link-expires"; expiresAt: DateTime; hours: number }
  | { kind: "link-expired"; expiresAt: DateTime }
  | { kind: "cut-off"; cutOff: CutOff; linkExpiresAt: DateTime }
  | { kind: "wave"; number: number; name: string; on: string }
  | { kind: "all-regions"; startsOn: string; day: number; from: string; to: string }
  | { kind: "six-months"; on: string; days: number }
  | { kind: "ga-request"; sentAt: DateTime; days: number }
  | { kind: "sas-expires"; expiresAt: DateTime; days: number };

export interface Reminder {
  /** Stable: the same matter at the same moment of the same connector always has the same. */
  id: string;
  topic: ReminderTopic;
  /** Reminders of one matter replace each other: only the latest that is due is sent. */
  matter: string;
  /** When it is told: `nominalAt`, or as near as people want to hear something (hours.ts). */
  dueAt: DateTime;
  /** When the offsets say that it comes. */
  nominalAt: DateTime;
  /** It is about something that the publisher may miss. */
  isDeadline: boolean;
  /** From then on it tells nothing that is still of use. */
  uselessAt: DateTime;
  telling: Telling;
}

const HOUR_MS = 3_600_000;
const MORNING = 9 * HOUR_MS;
/** News stays news for a while; then it is history. */
const NEWS_DAYS = 30;

/**
 * Every reminder that the record gives rise to, past and future, earliest first: the plan. What was told or silenced is in it
 * too; plan.ts tells what became of each. Settled: docs/decisions.md, Reminders; offsets: reminder-offsets.ts. `hours`: those of
 * who is told; undefined: none is moved.
 */
export function remindersFor(
  connector: Connector,
  settings: Settings,
  now: DateTime,
  hours: Hours | undefined,
): Reminder[] {
  if (connector.untrackedAt) return [];
  const calendar = businessCalendar(settings);
  const current = standingOf(connector, calendar, now);
  const found = [
    ...aboutReport(current),
    ...aboutLink(current, calendar),
    ...aboutCutOff(connector, current, calendar),
    ...aboutWaves(current),
    ...aboutAllRegions(current),
    ...aboutSixMonths(connector, current),
    ...aboutGaRequest(current),
    ...aboutSas(connector, current),
  ];
  return found
    .flatMap((draft) => withOffsets(draft, offsetsOf(draft.topic, settings), hours))
    .toSorted(
      (a, b) => a.dueAt.toMillis() - b.dueAt.toMillis() || a.nominalAt.toMillis() - b.nominalAt.toMillis(),
    );
}

/** A matter with its reminders still to be placed by the topic's offsets. */
interface Draft {
  topic: ReminderTopic;
  /** What the matter hangs on, so that a changed date makes a new matter. */
  basis: string;
  place(offset: number): Placed;
}

type Placed = Pick<Reminder, "nominalAt" | "uselessAt" | "telling"> & { matter?: string };

function withOffsets(
  { topic, basis, place }: Draft,
  offsets: readonly number[],
  hours: Hours | undefined,
): Reminder[] {
  return offsets.map((offset) => {
    const { matter = `${topic}@${basis}`, ...placed } = place(offset);
    const { nominalAt, uselessAt, telling } = placed;
    const isDeadline = isOfDeadline(topic);
    // A link that has expired is nothing any more that could be missed.
    const isWarning = isDeadline && telling.kind !== "link-expired";
    const dueAt = hours ? toldAt(nominalAt, uselessAt, isWarning ? "warning" : "news", hours) : nominalAt;
    return { ...placed, id: `${topic}:${offset}@${basis}`, topic, matter, dueAt, isDeadline };
  });
}

function aboutReport({ stage, submittedAt }: Standing): Draft[] {
  if (stage !== "review" || !submittedAt) return [];
  return [
    {
      topic: "report",
      basis: basisOf(submittedAt),
      place: (hours) => ({
        nominalAt: submittedAt.plus({ hours }),
        uselessAt: submittedAt.plus({ hours, days: NEWS_DAYS }),
        telling: { kind: "report-due", submittedAt, hours },
      }),
    },
  ];
}

function aboutLink({ stage, window, expired }: Standing, calendar: Calendar): Draft[] {
  const isOpen = stage === "testing" || (stage === "changes-requested" && expired);
  if (!window || !isOpen) return [];
  const { expiresAt } = window;
  const basis = basisOf(expiresAt);
  return [
    {
      topic: "test-link",
      basis,
      place: (hours) =>
        hours === 0
          ? {
              nominalAt: expiresAt,
              uselessAt: expiresAt.plus({ days: NEWS_DAYS }),
              telling: { kind: "link-expired", expiresAt },
              matter: `test-link-expired@${basis}`,
            }
          : {
              nominalAt: businessHoursBefore(expiresAt, hours, calendar),
              uselessAt: expiresAt,
              telling: { kind: "link-expires", expiresAt, hours },
            },
    },
  ];
}

/** Settled: testing counts as done when its step is ticked. A link that dies before the cut-off is the date that counts. */
function aboutCutOff(connector: Connector, { stage, window }: Standing, calendar: Calendar): Draft[] {
  const tested = connector.steps.test;
  if (stage !== "testing" || !window || !tested) return [];
  const testedAt = DateTime.fromISO(tested.at);
  if (testedAt < window.opensAt) return [];
  const linkExpiresAt = window.expiresAt;
  const drafts: Draft[] = [];
  let next = cutOff(testedAt, calendar);
  while (next.safeUntil < linkExpiresAt) {
    const one = next;
    drafts.push({
      topic: "cut-off",
      basis: one.friday,
      place: (hour) => ({
        nominalAt: pacificTime(toDay(one.friday) - 2, hour * HOUR_MS),
        uselessAt: DateTime.min(one.atRiskUntil, linkExpiresAt),
        telling: { kind: "cut-off", cutOff: one, linkExpiresAt },
      }),
    });
    next = cutOff(one.atRiskUntil, calendar);
  }
  return drafts;
}

function aboutWaves({ stage, rollout, allRegionsAt }: Standing): Draft[] {
  if (!rollout || allRegionsAt || !isRollingOut(stage)) return [];
  return rollout.waves.map(({ number, name, on }, index) => {
    const next = rollout.waves[index + 1];
    return {
      topic: "waves",
      basis: `${number}/${on}`,
      place: (hour) => ({
        nominalAt: pacificTime(toDay(on), hour * HOUR_MS),
        uselessAt: pacificTime(next ? toDay(next.on) : toDay(on) + NEWS_DAYS, hour * HOUR_MS),
        telling: { kind: "wave", number, name, on },
      }),
    };
  });
}

function aboutAllRegions({ stage, rollout, allRegionsAt }: Standing): Draft[] {
  if (!rollout || allRegionsAt || !isRollingOut(stage)) return [];
  const { startsOn, allRegions } = rollout;
  return [
    morningDraft(
      "all-regions",
      startsOn,
      (days) => toDay(startsOn) + days,
      (day) => ({
        kind: "all-regions",
        startsOn,
        day,
        ...allRegions,
      }),
    ),
  ];
}

function aboutSixMonths(connector: Connector, current: Standing): Draft[] {
  const liveSince = liveSinceOf(connector, current);
  const isOpen = current.tag === "preview" && !current.gaRequestedAt;
  if (!liveSince || !isOpen) return [];
  const complete = addMonths(toDay(liveSince), EXCEPTION_MONTHS);
  const on = toIso(complete);
  return [
    morningDraft(
      "six-months",
      on,
      (days) => complete - days,
      (days) => ({ kind: "six-months", on, days }),
    ),
  ];
}

function aboutGaRequest({ tag, gaRequestedAt: sentAt }: Standing): Draft[] {
  if (!sentAt || tag === "ga") return [];
  return [
    morningDraft(
      "ga-request",
      basisOf(sentAt),
      (days) => pacificDay(sentAt) + days,
      (days) => ({
        kind: "ga-request",
        sentAt,
        days,
      }),
    ),
  ];
}

function aboutSas(connector: Connector, current: Standing): Draft[] {
  const expiresAt = sasExpiry(connector, current);
  if (!expiresAt) return [];
  return [
    {
      topic: "sas-uri",
      basis: basisOf(expiresAt),
      place: (days) => ({
        nominalAt: expiresAt.minus({ hours: 24 * days }),
        uselessAt: expiresAt,
        telling: { kind: "sas-expires", expiresAt, days },
      }),
    },
  ];
}

function morningDraft(
  topic: ReminderTopic,
  basis: string,
  dayOf: (offset: number) => Day,
  tell: (offset: number) => Telling,
): Draft {
  return {
    topic,
    basis,
    place: (offset) => ({
      nominalAt: pacificTime(dayOf(offset), MORNING),
      uselessAt: pacificTime(dayOf(offset) + NEWS_DAYS, MORNING),
      telling: tell(offset),
    }),
  };
}

function isRollingOut(stage: Standing["stage"]): boolean {
  return stage === "publishing" || stage === "deploying" || stage === "ga-requested";
}

function basisOf(at: DateTime): string {
  return at.toUTC().toISO({ suppressMilliseconds: true }) ?? "";
}
