import { setTimeout } from "node:timers/promises";
import { type Figure, seededRandom } from "../measure.ts";
import { arrivalsOf } from "./arrivals.ts";
import type { Base } from "./base.ts";
import { openPlatform, workspaceOf } from "./platform.ts";
import { type Program, startProgram } from "./program.ts";
import { nameOf, type Planned, type Row } from "./rows.ts";
import { until } from "./waiting.ts";

export interface KillWishes {
  base: Base;
  template(planned: Planned): Row;
  reminders: number;
  channels: number;
  workspaces: number;
  processes: number;
  kills: number;
  atOnce: number | undefined;
  seed: number;
  /** Leases of the dead are not waited for. With one process only. */
  isHurried?: boolean;
}

export interface Killed {
  lost: number;
  doubles: number;
  /** The most doubles that one kill made. */
  mostAtOne: number;
  /** The most that one kill made in one workspace. */
  mostInOne: number;
  /** Doubles whose first message came from a process that was not killed. */
  unexplained: number;
  kills: number;
  seconds: number;
}

const ANSWER_MS = 20;
/** Between the first and the last kill so much of the work is done. */
const FIRST_KILL = 0.02;
const LAST_KILL = 0.9;
const MOST_WAIT_MS = 200_000;

/** Kills processes at random moments while they send what is due, and waits until nothing is due any more. */
export async function killAmidst(wishes: KillWishes): Promise<Killed> {
  const { base, template, reminders, processes, kills, atOnce, seed, isHurried } = wishes;
  const random = seededRandom(seed);
  const platform = await openPlatform({ answerTime: ANSWER_MS });
  const dueAt = Date.now() - 1000;
  const numbers = Array.from({ length: reminders }, (_, number) => number);
  const placeOf = (number: number) => ({
    workspace: workspaceOf(number, wishes.workspaces),
    channel: `C${1000 + (number % wishes.channels)}`,
  });
  await base.lay(numbers.map((number) => template({ number, ...placeOf(number), dueAt })));
  await base.settle();

  let started = 0;
  const killed = new Set<string>();
  const start = () => startProgram({ name: `p${started++}`, databaseUrl: base.url, platform, atOnce });
  const began = performance.now();
  const running: Program[] = [];
  try {
    for (let count = 0; count < processes; count += 1) running.push(await start());
    const moments = Array.from({ length: kills }, () => FIRST_KILL + random() * (LAST_KILL - FIRST_KILL));
    for (const moment of moments.sort((a, b) => a - b)) {
      const wanted = Math.ceil(moment * reminders);
      const came = await until(() => platform.heard.size >= wanted, MOST_WAIT_MS, 1);
      if (came === undefined) break;
      // Not always right after a message has come.
      await setTimeout(random() * ANSWER_MS * 2);
      const index = Math.floor(random() * running.length);
      const [victim] = running.splice(index, 1);
      await victim?.kill();
      if (victim) killed.add(victim.name);
      if (isHurried) await base.endLeases();
      running.push(await start());
    }
    // What was sent and not noted is sent again when the lease of the dead is over: that is waited for, too.
    await until(async () => (await base.open()) === 0, MOST_WAIT_MS, 500);
  } finally {
    for (const program of running) await program.stop();
    platform.close();
  }
  const { lost, doubles, doublesOf, mostInOne } = arrivalsOf(numbers.map(nameOf), platform.accepted);
  const ofKilled = [...doublesOf].filter(([name]) => killed.has(name)).map(([, count]) => count);
  return {
    lost,
    doubles,
    mostAtOne: Math.max(0, ...ofKilled),
    mostInOne,
    unexplained: doubles - ofKilled.reduce((sum, count) => sum + count, 0),
    kills: killed.size,
    seconds: (performance.now() - began) / 1000,
  };
}

export function killFigures(what: string, wanted: number, atOnce: number, outcome: Killed): Figure[] {
  const { lost, doubles, mostAtOne, mostInOne, unexplained, kills, seconds } = outcome;
  return [
    {
      what: `${what}: lost, with ${kills} kills in ${seconds.toFixed(0)} s`,
      measured: `${lost}`,
      target: `0, with ${wanted} kills`,
      met: lost === 0 && kills === wanted,
    },
    {
      what: `${what}: doubles in all`,
      measured: `${doubles}, of which ${unexplained} without a kill`,
      target: `<= ${kills}, one a kill`,
      met: doubles <= kills && unexplained === 0,
    },
    {
      what: `${what}: the most doubles at one kill in one workspace`,
      measured: `${mostInOne}`,
      target: "<= 1",
      met: mostInOne <= 1,
    },
    {
      what: `${what}: the most doubles at one kill`,
      measured: `${mostAtOne}`,
      target: `<= ${atOnce}, what may be in flight`,
      met: mostAtOne <= atOnce,
    },
  ];
}
