import { DateTime } from "luxon";
import { EXCEPTION_MONTHS } from "../criteria/catalogue.ts";
import type { Connector } from "../lifecycle/connector.ts";
import { isSasNeeded, sasExpiry } from "../lifecycle/progress.ts";
import { liveSinceOf, type Standing } from "../lifecycle/standing.ts";
import { addMonths, type Calendar, pacificDay, pacificTime, toDay, toIso } from "./calendar.ts";
import { reportDueAt } from "./deadline.ts";
import { type CutOff, cutOff } from "./rollout.ts";
import { PACIFIC } from "./zones.ts";

/** What a date is about, as data; replies/calendar.ts has the sentences. */
export type Matter =
  | { kind: "sas-uri" }
  | { kind: "report" }
  | { kind: "cut-off"; cutOff: CutOff; linkExpiresAt: DateTime }
  | { kind: "test-link" }
  | { kind: "wave"; number: number; name: string }
  | { kind: "all-regions" }
  | { kind: "six-months" }
  | { kind: "ga" };

/** A moment, or Pacific days (ISO, both included). */
export type When = { at: DateTime } | { from: string; to: string };

export interface AgendaEntry {
  /** The same matter of the same connector always has the same, also in its next version. */
  id: string;
  matter: Matter;
  when: When;
  isPast: boolean;
  /** It came before its time, or can't come any more: `when` is the moment at which that was so. */
  isSettled?: true;
}

interface Draft {
  id: string;
  matter: Matter;
  when: When;
  settledAt?: DateTime | undefined;
}

/** So long a settled matter is told: who had its date in a calendar imports a newer file while it is news. */
const NEWS_DAYS = 30;

/**
 * The dates of a connector that are certain or follow from what happened, earliest first: nothing that hangs on a step not
 * taken yet (those are the forecast's). A matter that was settled while its date was still ahead is in it too, so that a
 * calendar that holds the date can learn of it.
 */
export function agendaOf(
  connector: Connector,
  current: Standing,
  calendar: Calendar,
  now: DateTime,
): AgendaEntry[] {
  const drafts = [
    ...aboutSas(connector, current),
    ...aboutReport(current),
    ...aboutTesting(current, calendar, now),
    ...aboutRollout(current),
    ...aboutGa(connector, current, now),
  ];
  return drafts.flatMap((draft) => enter(draft, now)).toSorted((a, b) => beginOf(a.when) - beginOf(b.when));
}

function enter({ settledAt, ...entry }: Draft, now: DateTime): AgendaEntry[] {
  const isPast = isOver(entry.when, now);
  if (!settledAt) return [{ ...entry, isPast }];
  // A date that had passed before it was settled, or has since, does no harm where it stands.
  if (isPast || settledAt < now.minus({ days: NEWS_DAYS })) return [];
  const day = toIso(pacificDay(settledAt));
  const when = "at" in entry.when ? { at: settledAt } : { from: day, to: day };
  return [{ ...entry, when, isPast: true, isSettled: true }];
}

function aboutSas(connector: Connector, current: Standing): Draft[] {
  const expiresAt = sasExpiry(connector, current);
  if (expiresAt) return [{ id: "sas-uri", matter: { kind: "sas-uri" }, when: { at: expiresAt } }];
  const kept = connector.steps["sas-uri"]?.expiresAt;
  const settledAt = current.window?.opensAt;
  if (!kept || !settledAt || isSasNeeded(current)) return [];
  return [{ id: "sas-uri", matter: { kind: "sas-uri" }, when: { at: DateTime.fromISO(kept) }, settledAt }];
}

function aboutReport(current: Standing): Draft[] {
  const due = reportDueAt(current);
  if (!due) return [];
  const settledAt = current.stage === "review" ? undefined : (current.window?.opensAt ?? current.since);
  return [{ id: "report", matter: { kind: "report" }, when: { at: due }, settledAt }];
}

function aboutTesting(
  { stage, window, goLiveAt, since }: Standing,
  calendar: Calendar,
  now: DateTime,
): Draft[] {
  if (!window) return [];
  const settledAt = stage === "testing" ? undefined : (goLiveAt ?? since);
  const asked = settledAt ?? now;
  const next = cutOff(asked, calendar);
  const until = asked < next.safeUntil ? next.safeUntil : next.atRiskUntil;
  const link: Draft = {
    id: "test-link",
    matter: { kind: "test-link" },
    when: { at: window.expiresAt },
    settledAt,
  };
  // A link that dies before the cut-off is the date that counts.
  if (until >= window.expiresAt) return [link];
  return [
    {
      id: "cut-off",
      matter: { kind: "cut-off", cutOff: next, linkExpiresAt: window.expiresAt },
      when: { at: until },
      settledAt,
    },
    link,
  ];
}

function aboutRollout({ stage, rollout, allRegionsAt, gaAt }: Standing): Draft[] {
  if (!rollout) return [];
  const settledAt = allRegionsAt ?? (stage === "ga" ? gaAt : undefined);
  return [
    ...rollout.waves.map(
      ({ number, name, on }): Draft => ({
        id: `wave-${number}`,
        matter: { kind: "wave", number, name },
        when: { from: on, to: on },
        settledAt,
      }),
    ),
    { id: "all-regions", matter: { kind: "all-regions" }, when: rollout.allRegions, settledAt },
  ];
}

function aboutGa(connector: Connector, current: Standing, now: DateTime): Draft[] {
  const { gaRequestedAt, gaAt } = current;
  const liveSince = liveSinceOf(connector, current);
  const drafts: Draft[] = [];
  if (liveSince) {
    const on = toIso(addMonths(toDay(liveSince), EXCEPTION_MONTHS));
    const when = { from: on, to: on };
    // Once it is over it is no date any more, but a state.
    if (!isOver(when, now)) {
      drafts.push({ id: "six-months", matter: { kind: "six-months" }, when, settledAt: gaAt });
    }
  }
  if (gaRequestedAt) {
    const on = toIso(pacificDay(gaRequestedAt.setZone(PACIFIC).plus({ months: 1 })));
    drafts.push({ id: "ga", matter: { kind: "ga" }, when: { from: on, to: on }, settledAt: gaAt });
  }
  return drafts;
}

function isOver(when: When, now: DateTime): boolean {
  return "at" in when ? when.at <= now : toDay(when.to) < pacificDay(now);
}

function beginOf(when: When): number {
  return ("at" in when ? when.at : pacificTime(toDay(when.from))).toMillis();
}
