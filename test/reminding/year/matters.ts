import { DateTime } from "luxon";
import { PACIFIC, pacificDay } from "../../../src/index.ts";
import { after, before, type Hours } from "./awake.ts";
import { calendarOf, type Freeze, type Known, type Life, lifeOf, moment } from "./life.ts";

/** The settings of a workspace, as far as reminders depend on them. */
export interface House {
  zone?: string;
  freezes: readonly Freeze[];
  offsets: Readonly<Record<string, readonly number[]>>;
  hours: Hours;
}

/** The table of the rules (domain, section 5). */
const USUAL_OFFSETS: Readonly<Record<string, readonly number[]>> = {
  report: [24, 48],
  "test-link": [24, 8, 2, 0],
  "cut-off": [9],
  waves: [9],
  "all-regions": [21, 28],
  "six-months": [7, 0],
  "ga-request": [30],
  "sas-uri": [3, 1],
};

/** Something that a connector's people should be told. Moments are milliseconds. */
export interface Matter {
  /** What it is, as it can be heard: "wave 3". */
  topic: string;
  /** The same for as long as it is the same thing to tell. */
  key: string;
  /** What "Got it" is said of. */
  subject: string;
  /** Later ones of one line make earlier ones needless. */
  line: string;
  nominal: number;
  /** After people's hours. */
  due: number;
  uselessAt: number;
  /** The publisher may miss something. */
  isDeadline: boolean;
  /** It warns of what is still to come. */
  warns: boolean;
}

const HOUR = 3_600_000;
const NEWS_FOR = 30 * 24 * HOUR;

type Raw = Omit<Matter, "due">;

/** All that is to be told of a connector as things stand, in the order of its moments. */
export function mattersOf(known: Known, house: House, ownZone: string | undefined, now: number): Matter[] {
  const life = lifeOf(known, house.freezes, now);
  const raw = [
    ...ofReview(life, house),
    ...ofTesting(life, known, house),
    ...ofRollout(life, house),
    ...ofPreview(life, known, house),
    ...ofPackage(life, known, house, now),
  ];
  const zone = ownZone ?? house.zone;
  return raw
    .map((one) => ({ ...one, due: zone === undefined ? one.nominal : inHours(one, zone, house.hours) }))
    .toSorted((a, b) => a.due - b.due || a.nominal - b.nominal);
}

function inHours({ nominal, uselessAt, warns }: Raw, zone: string, hours: Hours): number {
  if (warns) return before(nominal, zone, hours);
  const moved = after(nominal, zone, hours);
  return moved < uselessAt ? moved : nominal;
}

function news(topic: string, key: string, subject: string, nominal: number): Raw {
  const uselessAt = nominal + NEWS_FOR;
  return {
    topic,
    key,
    subject,
    line: subject,
    nominal,
    uselessAt,
    isDeadline: false,
    warns: false,
  };
}

function warning(topic: string, key: string, subject: string, nominal: number, uselessAt: number): Raw {
  return {
    topic,
    key,
    subject,
    line: subject,
    nominal,
    uselessAt,
    isDeadline: true,
    warns: true,
  };
}

function offsets(house: House, topic: string): readonly number[] {
  return house.offsets[topic] ?? USUAL_OFFSETS[topic] ?? [];
}

function ofReview({ stage, submittedAt }: Life, house: House): Raw[] {
  if (stage !== "review" || submittedAt === undefined) return [];
  return offsets(house, "report").map((hours) =>
    news("report", `report ${hours} ${submittedAt}`, `report ${submittedAt}`, submittedAt + hours * HOUR),
  );
}

function ofTesting(life: Life, known: Known, house: House): Raw[] {
  const { stage, window, expired } = life;
  if (!window || !(stage === "testing" || expired)) return [];
  const { opensAt, expiresAt } = window;
  const subject = `link ${expiresAt}`;
  const link = offsets(house, "test-link").map((hours) =>
    hours === 0
      ? { ...news("link expired", `${subject} 0`, `${subject} expired`, expiresAt), isDeadline: true }
      : warning("link", `${subject} ${hours}`, subject, businessBefore(expiresAt, hours, house), expiresAt),
  );
  const isTested = known.testedAt !== undefined && known.testedAt >= opensAt;
  return stage === "testing" && isTested ? [...link, ...cutOffs(window, house)] : link;
}

/** On each Wednesday in the life of the link before a Friday on which a rollout can start. */
function cutOffs({ opensAt, expiresAt }: { opensAt: number; expiresAt: number }, house: House): Raw[] {
  const calendar = calendarOf(house.freezes);
  const found: Raw[] = [];
  for (
    let day = moment(opensAt).startOf("day").minus({ days: 1 });
    day.toMillis() < expiresAt;
    day = day.plus({ days: 1 })
  ) {
    const friday = day.plus({ days: 2 });
    const endOfDay = day.plus({ days: 1 }).toMillis();
    if (day.weekday !== 3 || !calendar.isBusinessDay(pacificDay(friday)) || expiresAt <= endOfDay) continue;
    const subject = `cut-off ${friday.toISODate()}`;
    for (const hour of offsets(house, "cut-off")) {
      const at = day.set({ hour }).toMillis();
      // On Thursday it is at risk, and not yet too late.
      const tooLate = Math.min(friday.toMillis(), expiresAt);
      found.push(warning(subject, `${subject} ${hour}`, subject, at, tooLate));
    }
  }
  return found;
}

/** Counts back, day by day, only what lies in business days. */
function businessBefore(at: number, hours: number, house: House): number {
  const calendar = calendarOf(house.freezes);
  let left = hours * HOUR;
  let end = at;
  while (left > 0) {
    const midnight = moment(end - 1).startOf("day");
    const length = calendar.isBusinessDay(pacificDay(midnight)) ? end - midnight.toMillis() : 0;
    if (length >= left) return end - left;
    left -= length;
    end = midnight.toMillis();
  }
  return end;
}

function ofRollout({ stage, waves, goLiveAt }: Life, house: House): Raw[] {
  const first = waves?.[0]?.on;
  if (!waves || !first || !["publishing", "deploying", "asked"].includes(stage)) return [];
  const reached = waves.flatMap(({ number, on }, index) =>
    offsets(house, "waves").map((hour): Raw => {
      const subject = `wave ${number} ${on}`;
      const told = news(`wave ${number}`, `${subject} ${hour}`, subject, pacific(on, hour));
      // Nobody wants to hear of a wave when the next one is there.
      const next = waves[index + 1]?.on;
      return {
        ...told,
        line: `waves ${goLiveAt}`,
        ...(next !== undefined && { uselessAt: pacific(next, hour) }),
      };
    }),
  );
  const expected = offsets(house, "all-regions").map((days) => {
    const on = pacific(first, 9, days);
    return news(`day ${days}`, `day ${days} ${first}`, `regions ${first}`, on);
  });
  return [...reached, ...expected];
}

function ofPreview({ askedAt, isGa, firstDay }: Life, known: Known, house: House): Raw[] {
  if (isGa) return [];
  if (askedAt !== undefined) {
    const on = moment(askedAt).toISODate() ?? "";
    return offsets(house, "ga-request").map((days) =>
      news("ga request", `ga request ${days} ${askedAt}`, `ga request ${askedAt}`, pacific(on, 9, days)),
    );
  }
  const since = known.liveSince ?? firstDay;
  if (since === undefined) return [];
  const complete = DateTime.fromISO(since, { zone: PACIFIC }).plus({ months: 6 }).toISODate() ?? "";
  return offsets(house, "six-months").map((days) => {
    return news("six months", `six ${days} ${complete}`, `six ${complete}`, pacific(complete, 9, -days));
  });
}

function ofPackage({ stage, versionAt }: Life, { sas }: Known, house: House, now: number): Raw[] {
  const isWanted = ["draft", "review", "changes"].includes(stage);
  if (!sas || !isWanted || sas.at < (versionAt ?? 0) || sas.expiresAt <= now) return [];
  const { expiresAt } = sas;
  return offsets(house, "sas-uri").map((days) =>
    warning("sas", `sas ${days} ${expiresAt}`, `sas ${expiresAt}`, expiresAt - days * 24 * HOUR, expiresAt),
  );
}

function pacific(on: string, hour: number, days = 0): number {
  return DateTime.fromISO(on, { zone: PACIFIC }).plus({ days }).set({ hour }).toMillis();
}
