import { setTimeout } from "node:timers/promises";
import type { TestServer } from "../../test/postgres.ts";
import type { Figure } from "../measure.ts";
import { type Arrivals, arrivalsOf } from "./arrivals.ts";
import type { Base } from "./base.ts";
import { type Platform, type Trouble, workspaceOf } from "./platform.ts";
import { type Program, startProgram } from "./program.ts";
import { nameOf, type Planned, type Row } from "./rows.ts";
import { loggedBy } from "./rush.ts";
import { until } from "./waiting.ts";

/** Something that is down for a while. */
export interface Outage {
  what: string;
  begin(): Promise<void> | void;
  end(): Promise<void> | void;
  seconds: number;
}

export interface OutageWishes {
  base: Base;
  template(planned: Planned): Row;
  platform: Platform;
  outages: readonly Outage[];
  processes: number;
  /** So many reminders fall due every second, all the time. */
  aSecond: number;
  /** For how long all is well before the first outage, in seconds. */
  calm: number;
}

interface Survived {
  what: string;
  seconds: number;
  /** Seconds from its end until nothing was late any more; undefined: that took longer than `MOST_CATCHING_UP_MS`. */
  caughtUp: number | undefined;
  /** Megabytes of all processes together: before, at its end, and when all had been caught up. */
  memory: [number, number, number];
}

export interface Outlasted extends Arrivals {
  due: number;
  survived: Survived[];
  logged: Map<string, number>;
  /** Milliseconds that each process took to end when it was asked to. */
  stops: number[];
}

const CHANNELS = 50;
const LATE_MS = 3000;
const MOST_CATCHING_UP_MS = 240_000;
const MOST_WAIT_MS = 200_000;
/** Rows are laid down for so many seconds, which is more than all can take. */
const MOST_SECONDS = 3000;
const AHEAD_MS = 6000;

/** Reminders fall due all the time while one thing after the other is down. */
export async function outlast(wishes: OutageWishes): Promise<Outlasted> {
  const { base, template, platform, outages, processes, aSecond, calm } = wishes;
  const from = Date.now() + AHEAD_MS;
  const dueAt = (number: number) => Math.round(from + (number * 1000) / aSecond);
  const row = (number: number) =>
    template({
      number,
      workspace: workspaceOf(number % CHANNELS),
      channel: `C${1000 + (number % CHANNELS)}`,
      dueAt: dueAt(number),
    });
  const all = Math.min(MOST_SECONDS, secondsOf(wishes)) * aSecond;
  await base.lay(Array.from({ length: all }, (_, number) => row(number)));
  const countDue = () =>
    Math.min(all, Math.max(0, Math.floor(((Date.now() - LATE_MS - from) * aSecond) / 1000) + 1));

  const programs: Program[] = [];
  const stops: number[] = [];
  const survived: Survived[] = [];
  let due = 0;
  try {
    for (let count = 0; count < processes; count += 1)
      programs.push(await startProgram({ name: `p${count}`, databaseUrl: base.url, platform }));
    const memory = () => programs.reduce((sum, program) => sum + program.memory(), 0);
    const isCaughtUp = () => {
      const wanted = countDue();
      for (let number = 0; number < wanted; number += 1)
        if (!platform.heard.has(nameOf(number))) return false;
      return true;
    };
    await setTimeout(AHEAD_MS + calm * 1000);
    for (const { what, begin, end, seconds } of outages) {
      await until(isCaughtUp, MOST_CATCHING_UP_MS, 100);
      const before = memory();
      await begin();
      await setTimeout(seconds * 1000);
      const during = memory();
      await end();
      const caughtUp = await until(isCaughtUp, MOST_CATCHING_UP_MS, 100);
      survived.push({
        what,
        seconds,
        caughtUp: caughtUp === undefined ? undefined : caughtUp / 1000,
        memory: [before, during, memory()],
      });
    }
    due = countDue();
    const names = () => Array.from({ length: due }, (_, number) => nameOf(number));
    await until(() => names().every((name) => platform.heard.has(name)), MOST_WAIT_MS, 500);
  } finally {
    for (const program of programs) stops.push(await program.stop());
  }
  const names = Array.from({ length: due }, (_, number) => nameOf(number));
  return { ...arrivalsOf(names, platform.accepted), due, survived, stops, logged: loggedBy(programs) };
}

/** At most: each outage, and what may be needed to catch up. */
function secondsOf({ outages, calm }: OutageWishes): number {
  return outages.reduce(
    (sum, { seconds }) => sum + seconds + MOST_CATCHING_UP_MS / 1000,
    calm + AHEAD_MS / 1000,
  );
}

/** PostgreSQL is killed, and started again. */
export function postgresOutage(server: TestServer, seconds: number): Outage {
  return { what: "PostgreSQL killed", begin: () => server.kill(), end: () => server.start(), seconds };
}

export function platformOutage(platform: Platform, what: string, trouble: Trouble, seconds: number): Outage {
  return {
    what,
    begin: () => platform.suffer(trouble),
    end: () => platform.suffer({ kind: "none" }),
    seconds,
  };
}

export function outageFigures(what: string, outcome: Outlasted): Figure[] {
  const { lost, doubles, due, survived, stops } = outcome;
  const mb = (number: number) => number.toFixed(0);
  const first = survived[0]?.memory[0] ?? 0;
  const last = survived.at(-1)?.memory[2] ?? Number.POSITIVE_INFINITY;
  return [
    ...survived.map((one): Figure => {
      const [before, during, after] = one.memory;
      return {
        what: `${what}: ${one.what} for ${one.seconds} s: caught up after`,
        measured: `${one.caughtUp?.toFixed(1) ?? "too long:"} s; memory ${mb(before)}, ${mb(during)}, ${mb(after)} MB before, during, after`,
        target: "by itself",
        met: one.caughtUp !== undefined,
      };
    }),
    { what: `${what}: lost of ${due}`, measured: `${lost}`, target: "0", met: lost === 0 },
    { what: `${what}: doubles`, measured: `${doubles}` },
    {
      what: `${what}: memory of all processes from beginning to end`,
      measured: `${mb(first)} → ${mb(last)} MB`,
      target: "<= 1.5 times",
      met: last <= first * 1.5,
    },
    {
      what: `${what}: asked to end, a process took at most`,
      measured: `${(Math.max(...stops) / 1000).toFixed(1)} s`,
      target: "<= 10 s",
      met: Math.max(...stops) <= 10_000,
    },
  ];
}
