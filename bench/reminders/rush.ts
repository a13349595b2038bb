import { monitorEventLoopDelay } from "node:perf_hooks";
import { type Figure, inMs, seededRandom, shuffled, spreadOf } from "../measure.ts";
import { arrivalsOf } from "./arrivals.ts";
import type { Base } from "./base.ts";
import { type Asked, askSteadily } from "./commands.ts";
import { earliestEnd } from "./limit.ts";
import { openPlatform, TEAM, workspaceOf } from "./platform.ts";
import { type Program, startProgram } from "./program.ts";
import { nameOf, type Planned, type Row } from "./rows.ts";
import { until } from "./waiting.ts";

/** `spread`: each channel's moments lie evenly over the time. `skewed`: all in one moment, and channels of different sizes. */
export type Shape = "spread" | "skewed";

export interface RushWishes {
  base: Base;
  template(planned: Planned): Row;
  shape: Shape;
  reminders: number;
  channels: number;
  /** Over how many milliseconds what is due is spread. */
  over: number;
  processes: number;
  atOnce?: number | undefined;
  /** Commands a second to each process. */
  commands: number;
  profile?: string | undefined;
}

export interface Rushed {
  lost: number;
  doubles: number;
  /** Seconds from the first due moment to the last message, and the fewest that the pacing allows. */
  drained: number;
  limit: number;
  tooSoon: number;
  closeness: { count: number; shortest: number };
  /** Milliseconds from the due moment to the message, of all. */
  waits: number[];
  asked: Asked[];
  /** How late this process itself was at its work, in milliseconds at the 99th percentile. */
  ownDelay: number;
  memory: number[];
  logged: Map<string, number>;
}

const ANSWER_MS = 50;
/** Starting processes takes a while. */
const LEAD_MS = 8000;
const TEXTS = ["status @", "eta if go-live friday", "next @", "help"];

export async function rush(wishes: RushWishes): Promise<Rushed> {
  const { base, template, processes, atOnce, commands, profile } = wishes;
  const platform = await openPlatform({ answerTime: ANSWER_MS, isPaced: true });
  const programs: Program[] = [];
  try {
    // Laid down far ahead, so that laying and starting takes as long as it takes.
    const planned = planOf(wishes);
    const lay = (from: number) =>
      base.lay(planned.map((one) => template({ ...one, dueAt: from + one.dueAt })));
    for (let count = 0; count < processes; count += 1)
      programs.push(
        await startProgram({ name: `p${count}`, databaseUrl: base.url, platform, atOnce, profile }),
      );
    const layingBegan = Date.now();
    await lay(Date.now() + 3_600_000);
    const from = Math.round(Date.now() + (Date.now() - layingBegan) * 1.5 + LEAD_MS);
    await lay(from);
    await base.settle();
    if (Date.now() > from) throw new Error("the rows took too long to lay down");

    const limitEnd = earliestEnd(planned);
    const names = planned.map(({ number }) => nameOf(number));
    await until(() => Date.now() >= from - 2000, Number.POSITIVE_INFINITY);
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    const over = new AbortController();
    const own = planned.find(({ workspace }) => workspace === TEAM);
    const texts = TEXTS.map((text) => text.replace("@", nameOf(own?.number ?? 0)));
    const asking = askSteadily(programs, platform, commands, texts, over.signal);
    const most = limitEnd * 4 + 60_000;
    await until(() => platform.heard.size >= names.length, most, 100);
    over.abort();
    const asked = await asking;
    delay.disable();
    const memory = programs.map((program) => program.memory());
    const dueAt = new Map(planned.map((one) => [nameOf(one.number), from + one.dueAt]));
    const last = Math.max(...platform.accepted.map(({ at }) => at));
    const { lost, doubles } = arrivalsOf(names, platform.accepted);
    return {
      lost,
      doubles,
      drained: (last - from) / 1000,
      limit: (limitEnd + ANSWER_MS) / 1000,
      tooSoon: platform.tooSoon(),
      closeness: platform.closeness(),
      waits: platform.accepted.map(({ name, at }) => at - (dueAt.get(name) ?? 0)),
      asked,
      ownDelay: delay.percentile(99) / 1e6,
      memory,
      logged: loggedBy(programs),
    };
  } finally {
    for (const program of programs) await program.stop();
    platform.close();
  }
}

/** What is due in which channel, in milliseconds after the beginning. */
function planOf({ shape, reminders, channels, over }: RushWishes): Planned[] {
  const random = seededRandom(channels);
  if (shape === "spread") {
    const each = Math.ceil(reminders / channels);
    return Array.from({ length: reminders }, (_, number) => {
      const channel = number % channels;
      // Channels begin at different moments of the first interval.
      const moment = ((Math.floor(number / channels) + channel / channels) / each) * over;
      return { number, ...placeOf(channel), dueAt: Math.round(moment) };
    });
  }
  const sizes = sizesOf(reminders, channels, Math.round(over / 1000));
  const places = sizes.flatMap((size, channel) => Array<number>(size).fill(channel));
  return shuffled(places, random).map((channel, number) => ({ number, ...placeOf(channel), dueAt: 0 }));
}

/** All connectors of a channel are of one workspace. */
function placeOf(channel: number): Pick<Planned, "workspace" | "channel"> {
  return { workspace: workspaceOf(channel), channel: `C${1000 + channel}` };
}

/** From the largest channel with `most` down to those with one, so that it makes `reminders` in all. */
function sizesOf(reminders: number, channels: number, most: number): number[] {
  // The steeper the curve, the fewer there are: the right one is found by halving.
  let [flat, steep] = [0, 200];
  const along = (power: number) =>
    Array.from({ length: channels }, (_, index) =>
      Math.max(1, Math.round(most * (1 - index / channels) ** power)),
    );
  const sum = (sizes: number[]) => sizes.reduce((total, size) => total + size, 0);
  for (let round = 0; round < 60; round += 1) {
    const middle = (flat + steep) / 2;
    if (sum(along(middle)) > reminders) flat = middle;
    else steep = middle;
  }
  const sizes = along(steep);
  // What rounding left over goes to the small ones.
  for (let index = channels - 1; sum(sizes) < reminders; index -= 1) sizes[index] = (sizes[index] ?? 0) + 1;
  return sizes;
}

export function loggedBy(programs: readonly Program[]): Map<string, number> {
  const all = new Map<string, number>();
  for (const { logged } of programs)
    for (const [message, count] of logged) all.set(message, (all.get(message) ?? 0) + count);
  return all;
}

export function rushFigures(what: string, outcome: Rushed): Figure[] {
  const { lost, doubles, drained, limit, tooSoon, closeness, asked, waits, ownDelay } = outcome;
  const ratio = limit / drained;
  const acknowledged = spreadOf(asked.map((one) => one.acknowledged));
  const answered = spreadOf(asked.map((one) => one.answered));
  const told = ({ median, p99 }: { median: number; p99: number }) => `p50 ${inMs(median)}, p99 ${inMs(p99)}`;
  return [
    {
      what: `${what}: lost, doubles`,
      measured: `${lost}, ${doubles}`,
      target: "0, 0",
      met: lost + doubles === 0,
    },
    {
      what: `${what}: drained, against the limit of the pacing`,
      measured: `${drained.toFixed(1)} s, limit ${limit.toFixed(1)} s, ratio ${ratio.toFixed(2)}`,
      target: ">= 0.9",
      met: ratio >= 0.9,
    },
    { what: `${what}: from due to sent`, measured: told(spreadOf(waits)) },
    {
      what: `${what}: refused with 429`,
      measured: `${tooSoon} (${closeness.count} came less than a second apart, the closest ${closeness.count === 0 ? "–" : inMs(closeness.shortest)})`,
      target: "0",
      met: tooSoon === 0,
    },
    {
      what: `${what}: ${asked.length} commands meanwhile, acknowledged`,
      measured: told(acknowledged),
      target: "p99 < 250 ms",
      met: acknowledged.p99 < 250,
    },
    {
      what: `${what}: the same, answered in full`,
      measured: `${told(answered)} (this program itself was up to ${inMs(ownDelay)} late, p99)`,
      target: "p99 < 250 ms",
      met: answered.p99 < 250,
    },
  ];
}
