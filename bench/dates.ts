import { DateTime } from "luxon";
import business from "luxon-business-days";
import { businessCalendar, rollout, testWindow } from "../src/index.ts";
import { toIso } from "../src/scheduling/calendar.ts";
import { collectGarbage, type Figure, medianOf, seededRandom } from "./measure.ts";

const PACIFIC = "America/Los_Angeles";
const INSTANTS = 400;
const ROUNDS = 60;
const WARM_UP_ROUNDS = 10;
const TIMES_FASTER = 5;

type BusinessDateTime = ReturnType<typeof business.DateTime.now>;

/** `rollout` and `testWindow` beside the same dates worked out with luxon-business-days, in turns. */
export function benchDates(): Figure[] {
  const calendar = businessCalendar();
  setUpHolidays();
  const random = seededRandom(20261104);
  const begin = Date.UTC(2021, 0, 2);
  const end = Date.UTC(2039, 10, 1);
  const millis = Array.from({ length: INSTANTS }, () => Math.floor(begin + random() * (end - begin)));
  const ours = millis.map((each) => DateTime.fromMillis(each, { zone: "utc" }));
  const theirs = millis.map((each) => business.DateTime.fromMillis(each, { zone: "utc" }));

  for (const [index, at] of ours.entries()) {
    const other = theirs[index];
    if (!other) throw new Error("not as many instants");
    const waves = rollout(at, calendar)
      .waves.map(({ on }) => on)
      .join();
    if (waves !== theirRollout(other).join()) throw new Error(`the rollouts of ${at.toISO()} disagree`);
    const expiry = testWindow(at, calendar).expiresAt.toMillis();
    if (expiry !== theirExpiry(other).toMillis())
      throw new Error(`the test windows of ${at.toISO()} disagree`);
  }
  return [
    figureOf(
      "rollout",
      over(ours, (at) => rollout(at, calendar)),
      over(theirs, theirRollout),
    ),
    figureOf(
      "testWindow",
      over(ours, (at) => testWindow(at, calendar)),
      over(theirs, theirExpiry),
    ),
  ];
}

function over<T>(instants: readonly T[], work: (instant: T) => unknown): () => void {
  return () => {
    for (const instant of instants) work(instant);
  };
}

function figureOf(name: string, our: () => void, their: () => void): Figure {
  const samples = { our: [] as number[], their: [] as number[] };
  for (let round = 0; round < WARM_UP_ROUNDS + ROUNDS; round += 1) {
    collectGarbage();
    // Who goes first has the cleaner heap: they take turns.
    const turns = round % 2 === 0 ? (["our", "their"] as const) : (["their", "our"] as const);
    for (const who of turns) {
      const began = performance.now();
      (who === "our" ? our : their)();
      if (round >= WARM_UP_ROUNDS) samples[who].push((1000 * (performance.now() - began)) / INSTANTS);
    }
  }
  const [ours, theirs] = [medianOf(samples.our), medianOf(samples.their)];
  return {
    what: `${name} beside luxon-business-days`,
    measured: `${(theirs / ours).toFixed(1)} times faster (${ours.toFixed(1)} µs, ${theirs.toFixed(1)} µs)`,
    target: `>= ${TIMES_FASTER} times`,
    met: theirs / ours >= TIMES_FASTER,
  };
}

/** Our holidays as one matcher that only looks a day up: the least that the package can be asked to do. */
function setUpHolidays(): void {
  const calendar = businessCalendar();
  const closed = new Set<number>();
  for (let day = Date.UTC(2020, 0, 1) / 86_400_000; day < Date.UTC(2041, 0, 1) / 86_400_000; day += 1) {
    if (calendar.closedBecause(day)?.kind === "holiday") closed.add(Number(toIso(day).replaceAll("-", "")));
  }
  business.DateTime.now().setupBusiness({
    holidayMatchers: [({ year, month, day }) => closed.has(year * 10_000 + month * 100 + day)],
  });
}

function theirRollout(goLiveAt: BusinessDateTime): (string | null)[] {
  const confirmed = goLiveAt.setZone(PACIFIC).startOf("day");
  let day = confirmed.plus({ days: (5 - confirmed.weekday + 7) % 7 || 7 });
  while (day.isHoliday()) day = day.plus({ days: 7 });
  const waves = [day.toISODate()];
  while (waves.length < 6) {
    day = day.plusBusiness();
    waves.push(day.toISODate());
  }
  return waves;
}

function theirExpiry(opensAt: BusinessDateTime): BusinessDateTime {
  const opened = opensAt.setZone(PACIFIC);
  const isOpen = opened.isBusinessDay() && !opened.isHoliday();
  const from = isOpen ? opened : opened.startOf("day").plusBusiness();
  // A window from midnight is used up with the last of its days, not when the next business day begins.
  const isFromMidnight = from.toMillis() === from.startOf("day").toMillis();
  return isFromMidnight ? from.plusBusiness({ days: 1 }).plus({ days: 1 }) : from.plusBusiness({ days: 2 });
}
