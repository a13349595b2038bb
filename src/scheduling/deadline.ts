import type { DateTime } from "luxon";
import { EXCEPTION_MONTHS } from "../criteria/catalogue.ts";
import type { Connector } from "../lifecycle/connector.ts";
import { sasExpiry } from "../lifecycle/progress.ts";
import { STAGES } from "../lifecycle/stages.ts";
import { liveSinceOf, type Standing } from "../lifecycle/standing.ts";
import { addMonths, pacificDay, pacificTime, toDay } from "./calendar.ts";
import { nextWave } from "./rollout.ts";

/** The next moment a connector waits for, or that its publisher must not miss. */
export interface Deadline {
  kind: "sas-expires" | "report-due" | "link-expires" | "wave" | "all-regions" | "six-months" | "ga-due";
  at: DateTime;
  /** Only its Pacific day means something. */
  dayOnly: boolean;
  /** The publisher loses something by missing it; the others come without them. */
  isDue: boolean;
  /** `wave` only: its name. */
  name?: string;
}

/** When the certification report is there at the latest. Source: certification page, Post-submission steps (24 to 48 hours). */
export function reportDueAt({ submittedAt }: Pick<Standing, "submittedAt">): DateTime | undefined {
  return submittedAt?.plus({ hours: 48 });
}

export function nextDeadline(connector: Connector, current: Standing, now: DateTime): Deadline | undefined {
  const { window, rollout, gaRequestedAt } = current;
  switch (current.stage) {
    case "account":
    case "draft":
    case "changes-requested":
      return sasDeadline(connector, current);
    case "review":
      return inReview(connector, current, now);
    case "testing":
      return window && { kind: "link-expires", at: window.expiresAt, dayOnly: false, isDue: true };
    case "publishing":
    case "deploying":
      return rollout && waveDeadline(rollout, now);
    case "public-preview":
      return sixMonthsDeadline(connector, current, now);
    case "ga-requested":
      return gaRequestedAt && comes("ga-due", gaRequestedAt.plus({ months: 1 }));
    case "ga":
      return undefined;
  }
}

/** Microsoft fetches the package until it has passed: a link that dies before the report, or while it is late, comes first. */
function inReview(connector: Connector, current: Standing, now: DateTime): Deadline | undefined {
  const sas = sasDeadline(connector, current);
  const due = reportDueAt(current);
  if (!due || (sas && (sas.at <= due || due <= now))) return sas;
  return comes("report-due", due, { dayOnly: false });
}

function sasDeadline(connector: Connector, current: Standing): Deadline | undefined {
  const at = sasExpiry(connector, current);
  return at && { kind: "sas-expires", at, dayOnly: false, isDue: true };
}

function waveDeadline(rollout: NonNullable<Standing["rollout"]>, now: DateTime): Deadline {
  const wave = nextWave(rollout, pacificDay(now));
  if (wave) return { ...comes("wave", pacificTime(toDay(wave.on))), name: wave.name };
  return comes("all-regions", pacificTime(toDay(rollout.allRegions.to)));
}

function sixMonthsDeadline(connector: Connector, current: Standing, now: DateTime): Deadline | undefined {
  const since = liveSinceOf(connector, current);
  if (!since) return undefined;
  const at = pacificTime(addMonths(toDay(since), EXCEPTION_MONTHS));
  return at > now ? comes("six-months", at) : undefined;
}

function comes(kind: Deadline["kind"], at: DateTime, { dayOnly } = { dayOnly: true }): Deadline {
  return { kind, at, dayOnly, isDue: false };
}

/** How a connector stands, and what it waits for. */
interface Waiting {
  connector: Pick<Connector, "name">;
  current: Standing;
  deadline?: Deadline;
}

const BY_NAME = new Intl.Collator("en", { numeric: true });

/** A lapsed link is most urgent; then what the publisher may miss; then the earliest date; then the longest way ahead; then by name. */
export function byUrgency(a: Waiting, b: Waiting): number {
  const expired = Number(b.current.expired) - Number(a.current.expired);
  const due = Number(b.deadline?.isDue ?? false) - Number(a.deadline?.isDue ?? false);
  const earlier = (a.deadline?.at.toMillis() ?? Infinity) - (b.deadline?.at.toMillis() ?? Infinity);
  return (
    expired ||
    due ||
    (Number.isNaN(earlier) ? 0 : earlier) ||
    STAGES.indexOf(a.current.stage) - STAGES.indexOf(b.current.stage) ||
    BY_NAME.compare(a.connector.name, b.connector.name)
  );
}
