import { appendFileSync, mkdtempSync, rmSync } from "node:fs";
import { cpus, loadavg, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { startServer, type TestServer } from "../../test/postgres.ts";
import { type Figure, medianOf, print, printTable } from "../measure.ts";
import { type Base, openPostgresBase, openSqliteBase } from "./base.ts";
import { drain, drainFigures } from "./drain.ts";
import { killAmidst, killFigures } from "./kill.ts";
import { outageFigures, outlast, platformOutage, postgresOutage } from "./outage.ts";
import { openPlatform } from "./platform.ts";
import { openTemplate } from "./rows.ts";
import { rush, rushFigures, type Shape } from "./rush.ts";
import { dueToSent, dueToSentFigure, future, tickCosts, tickFigures } from "./tick.ts";

const USAGE = `npm run bench:reminders -- [kill] [outage] [tick] [drain] [rush] [--json FILE] [--processes 2,3] [--scale 0.25] [--at-once 16] [--profile FOLDER]
  kill    processes are killed in the middle of 10,000 due reminders
  outage  PostgreSQL is killed, and the platform is cut off in each way
  tick    what a tick costs among 10,000 and among 1,000,000 connectors; from due to sent
  drain   reminders a second, against a bare loop
  rush    20,000 reminders due within one minute, with commands meanwhile; --scale: of that and of the channels`;
const DEFAULT_AT_ONCE = 16;
const CPUS = cpus();

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    "at-once": { type: "string" },
    json: { type: "string" },
    processes: { type: "string", default: "2,3" },
    profile: { type: "string" },
    scale: { type: "string", default: "1" },
    seed: { type: "string", default: "7" },
  },
});
const seed = Number(values.seed);
const folder = mkdtempSync(join(tmpdir(), "shepherd-bench-"));
const template = await openTemplate(folder);
let server: TestServer | undefined;
let bases = 0;

async function fresh(kind: Base["kind"]): Promise<Base> {
  bases += 1;
  if (kind === "SQLite") return openSqliteBase(folder, `bench-${bases}`);
  // With the settings PostgreSQL comes with: it waits for the disk.
  server ??= await startServer("-c fsync=on");
  return openPostgresBase(server);
}

async function on<T>(kind: Base["kind"], work: (base: Base) => Promise<T>): Promise<T> {
  const base = await fresh(kind);
  try {
    return await work(base);
  } finally {
    await base.close();
  }
}

const PROOFS: Record<string, () => AsyncGenerator<Figure[]>> = {
  async *kill() {
    for (const [kind, processes, workspaces, atOnce] of [
      ["PostgreSQL", 3, 1, undefined],
      ["PostgreSQL", 3, 100, 1],
      ["PostgreSQL", 3, 100, undefined],
      ["SQLite", 1, 1, undefined],
      ["SQLite", 1, 100, undefined],
    ] as const) {
      const kills = 30;
      const wishes = {
        template,
        reminders: 10_000,
        channels: 2000,
        workspaces,
        processes,
        kills,
        atOnce,
        seed,
      };
      const outcome = await on(kind, (base) => killAmidst({ ...wishes, base }));
      const what = `kill -9, ${kind}, ${processes} of the program, ${workspaces} Slack workspaces, ${atOnce ?? DEFAULT_AT_ONCE} at once`;
      yield killFigures(what, kills, atOnce ?? DEFAULT_AT_ONCE, outcome);
    }
  },

  async *outage() {
    const platform = await openPlatform({ answerTime: 20 });
    const base = await fresh("PostgreSQL");
    if (!server) throw new Error("no server");
    const outages = [
      postgresOutage(server, 20),
      platformOutage(platform, "connections refused", { kind: "refuses" }, 20),
      platformOutage(platform, "nothing answered", { kind: "hangs" }, 30),
      platformOutage(platform, "HTTP 500", { kind: "fails" }, 20),
      platformOutage(platform, "429, Retry-After 10", { kind: "limits", seconds: 10 }, 20),
    ];
    try {
      const outcome = await outlast({
        base,
        template,
        platform,
        outages,
        processes: 2,
        aSecond: 20,
        calm: 15,
      });
      for (const [message, count] of outcome.logged) print(`  logged ${count} times: ${message}`);
      yield outageFigures("outage, 2 processes", outcome);
    } finally {
      platform.close();
    }
  },

  async *tick() {
    const [few, many, rounds] = [10_000, 1_000_000, 15];
    for (const kind of ["SQLite", "PostgreSQL"] as const) {
      const [small, large] = [await fresh(kind), await fresh(kind)];
      await small.lay(future(template, few));
      await large.lay(future(template, many));
      await small.settle();
      await large.settle();
      const [one, other] = await tickCosts([small, large], template, rounds);
      if (one && other) yield tickFigures(kind, few, many, [one, other]);
      yield [dueToSentFigure(kind, many, await dueToSent(large, template, 300))];
      await small.close();
      await large.close();
    }
  },

  async *drain() {
    const speeds = { ours: [] as number[], bare: [] as number[] };
    await on("PostgreSQL", async (base) => {
      const reminders = 3000;
      // The first round is warm-up.
      for (let round = 0; round <= 3; round += 1) {
        for (const who of ["bare", "ours"] as const) {
          const first = (round * 2 + (who === "ours" ? 1 : 0)) * reminders;
          const profile = who === "ours" ? values.profile : undefined;
          const speed = await drain({ base, template, reminders, who, first, profile });
          if (round > 0) speeds[who].push(speed);
        }
      }
    });
    const ratios = speeds.ours.map((ours, index) => ours / (speeds.bare[index] ?? Number.NaN));
    yield drainFigures(medianOf(speeds.ours), medianOf(speeds.bare), ratios, medianOf(ratios));
  },

  async *rush() {
    for (const processes of values.processes.split(",").map(Number)) {
      for (const shape of ["spread", "skewed"] satisfies Shape[]) {
        const { profile } = values;
        const scale = Number(values.scale);
        const [reminders, channels] = [20_000 * scale, 2000 * scale];
        const wishes = {
          template,
          shape,
          reminders,
          channels,
          over: 60_000,
          processes,
          profile,
          atOnce: values["at-once"] === undefined ? undefined : Number(values["at-once"]),
        };
        const outcome = await on("PostgreSQL", (base) => rush({ ...wishes, base, commands: 5 }));
        for (const [message, count] of outcome.logged) print(`  logged ${count} times: ${message}`);
        yield rushFigures(`rush of ${reminders}, ${shape}, ${processes} processes`, outcome);
      }
    }
  },
};

const asked = positionals.length === 0 ? Object.keys(PROOFS) : positionals;
const unknown = asked.filter((name) => !(name in PROOFS));
if (unknown.length > 0) {
  print(`There is no proof called ${unknown.join(", ")}.\n\n${USAGE}`);
  process.exit(2);
}
const machine = `Node ${process.version} on ${CPUS.length} × ${CPUS[0]?.model ?? "an unknown processor"}, ${(totalmem() / 2 ** 30).toFixed(0)} GB; the platform, PostgreSQL and all processes share it`;
print(machine);
const all: Figure[] = [];
for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.once(signal, () => void tidy().finally(() => process.exit(1)));
try {
  for (const name of asked) {
    process.stderr.write(`${name} …\n`);
    try {
      for await (const figures of PROOFS[name]?.() ?? []) {
        printTable(figures);
        all.push(...figures);
        note(name, figures);
      }
    } catch (error) {
      const measured = error instanceof Error ? error.message : String(error);
      all.push({ what: name, measured, met: false });
      printTable(all.slice(-1));
    }
  }
} finally {
  await tidy();
}
const missed = all.filter(({ met }) => met === false).length;
const load = loadavg()[0] ?? 0;
print(`Load ${load.toFixed(1)} of ${CPUS.length}.`);
print(missed === 0 ? "Every target is met." : `MISSED: ${missed} of the targets above.`);
if (missed > 0) process.exitCode = 1;

async function tidy(): Promise<void> {
  await server?.remove();
  rmSync(folder, { recursive: true, force: true });
}

function note(proof: string, figures: readonly Figure[]): void {
  const { json } = values;
  if (json === undefined) return;
  const at = new Date().toISOString();
  for (const figure of figures)
    appendFileSync(json, `${JSON.stringify({ at, proof, machine, load: loadavg()[0], ...figure })}\n`);
}
