import { DateTime } from "luxon";
import { createAssistant, standingClock } from "../../src/index.ts";
import { openStore } from "../../src/store/sql-store.ts";
import { collectGarbage, type Figure, inMs, medianOf, spreadOf, timed } from "../measure.ts";
import type { Base } from "./base.ts";
import { openPlatform, workspaceOf } from "./platform.ts";
import { type Program, startProgram } from "./program.ts";
import { nameOf, type Planned, type Row } from "./rows.ts";
import { until } from "./waiting.ts";

const DUE = 100;
const LEASE_MS = 60_000;
const HOUR_MS = 3_600_000;
const FUTURE_WORKSPACES = 1000;
/** Those that are due in the measurements are numbered from here. */
const FIRST_DUE = 5_000_000;

/** Connectors whose reminders are days ahead, in many workspaces. */
export function* future(template: (planned: Planned) => Row, count: number): Generator<Row> {
  const begin = Date.now() + 3 * 24 * HOUR_MS;
  for (let number = 0; number < count; number += 1)
    yield template({
      number,
      workspace: `T-${number % FUTURE_WORKSPACES}`,
      channel: `C${number % 5000}`,
      dueAt: begin + (number % 1000) * 600_000,
    });
}

/** The tick over one database, with a messenger that takes everything at once. */
async function openTicker(base: Base, template: (planned: Planned) => Row) {
  const clock = standingClock(DateTime.utc().plus({ hours: 1 }));
  const { store, shelf } = await openStore(base.url, clock);
  let sent = 0;
  const log = { info() {}, warn() {}, error: complain };
  const messenger = {
    async send() {
      sent += 1;
      return { kind: "sent" as const };
    },
  };
  const assistant = createAssistant({
    store,
    settings: shelf("settings"),
    clock,
    messenger,
    log,
    zone: "UTC",
  });
  return {
    /** Has so many fall due now; the same connectors each time, at another moment. */
    async layDue() {
      clock.push(clock.now().plus({ minutes: 1 }));
      const dueAt = clock.now().toMillis() - 1000;
      await base.lay(
        Array.from({ length: DUE }, (_, index) =>
          template({ number: FIRST_DUE + index, workspace: workspaceOf(index), channel: `C${index}`, dueAt }),
        ),
      );
    },
    async claim() {
      const claimed = await store.claimDue(clock.now(), DUE, LEASE_MS);
      if (claimed.length !== DUE) throw new Error(`${claimed.length} were claimed`);
      return async () => store.giveBack(claimed, clock.now().plus(LEASE_MS));
    },
    async tick(): Promise<number> {
      const before = sent;
      await assistant.remind();
      return sent - before;
    },
    close: () => store.close(),
  };
}

function complain(message: string, facts?: Record<string, unknown>): void {
  throw new Error(`${message}: ${JSON.stringify(facts)}`);
}

/** Milliseconds each, by what was measured. */
interface Samples {
  claim: number[];
  tick: number[];
  idle: number[];
}

/** The same work on each database in turns, so that what else the machine does meets all of them. */
export async function tickCosts(
  bases: readonly Base[],
  template: (planned: Planned) => Row,
  rounds: number,
): Promise<Samples[]> {
  const tickers = await Promise.all(bases.map((base) => openTicker(base, template)));
  const samples = tickers.map((): Samples => ({ claim: [], tick: [], idle: [] }));
  const warmUp = 3;
  try {
    for (let round = -warmUp; round < rounds; round += 1) {
      for (const [index, ticker] of tickers.entries()) {
        await ticker.layDue();
        collectGarbage();
        let giveBack = async () => {};
        const claim = await timed(async () => {
          giveBack = await ticker.claim();
        });
        await giveBack();
        let sent = 0;
        const tick = await timed(async () => {
          sent = await ticker.tick();
        });
        if (sent !== DUE) throw new Error(`${sent} reminders were sent in a tick`);
        const idle = await timed(() => ticker.tick());
        if (round < 0) continue;
        samples[index]?.claim.push(claim);
        samples[index]?.tick.push(tick);
        samples[index]?.idle.push(idle);
      }
    }
  } finally {
    for (const ticker of tickers) await ticker.close();
  }
  return samples;
}

export function tickFigures(kind: string, few: number, many: number, samples: [Samples, Samples]): Figure[] {
  const names = { claim: `claim of ${DUE} due`, tick: `tick with ${DUE} due`, idle: "tick with nothing due" };
  return Object.entries(names).map(([what, name]): Figure => {
    const [small = Number.NaN, large = Number.NaN] = samples.map((one) =>
      medianOf(one[what as keyof Samples]),
    );
    return {
      what: `${kind}: ${name} among ${told(few)} and among ${told(many)}`,
      measured: `${inMs(small)} and ${inMs(large)} (medians), ${(large / small).toFixed(2)} times`,
      target: "<= 1.5 times",
      met: large / small <= 1.5,
    };
  });
}

const told = (count: number) => count.toLocaleString("en-US");

const FROM_NOW_MS = 8000;
const EVERY_MS = 100;

/** From the due moment until the platform has it, through the real program. Returns milliseconds of each. */
export async function dueToSent(
  base: Base,
  template: (planned: Planned) => Row,
  count: number,
): Promise<number[]> {
  const platform = await openPlatform({ answerTime: 50 });
  const from = Date.now() + FROM_NOW_MS;
  const dueAt = (number: number) => from + number * EVERY_MS + (number % 10) * 7;
  const numbers = Array.from({ length: count }, (_, number) => number);
  await base.lay(
    numbers.map((number) =>
      template({
        number: FIRST_DUE + 1000 + number,
        workspace: workspaceOf(number % 40),
        channel: `C${number % 40}`,
        dueAt: dueAt(number),
      }),
    ),
  );
  let program: Program | undefined;
  try {
    program = await startProgram({ name: "p0", databaseUrl: base.url, platform });
    const came = await until(() => platform.heard.size >= count, count * EVERY_MS + 90_000);
    if (came === undefined) throw new Error(`only ${platform.heard.size} of ${count} reminders came`);
  } finally {
    await program?.stop();
    platform.close();
  }
  const moments = new Map(numbers.map((number) => [nameOf(FIRST_DUE + 1000 + number), dueAt(number)]));
  return platform.accepted.map(({ name, at }) => at - (moments.get(name) ?? 0));
}

export function dueToSentFigure(kind: string, stored: number, waits: readonly number[]): Figure {
  const { median, p99, worst } = spreadOf(waits);
  return {
    what: `${kind}: due to sent with ${told(stored)} future ones, the program itself (50 ms of it the platform's)`,
    measured: `median ${inMs(median)}, p99 ${inMs(p99)}, worst ${inMs(worst)}`,
    target: "median < 2000 ms",
    met: median < 2000,
  };
}
