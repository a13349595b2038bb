import { statSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import {
  collectGarbage,
  type Figure,
  inMs,
  medianOf,
  seededRandom,
  shuffled,
  spreadOf,
  timed,
} from "./measure.ts";
import { CONNECTORS_A_WORKSPACE, fill, nameAt, openAssistant, workspaceNamed } from "./portfolio.ts";

const ROUNDS = 5;
/** Of each round, as the store was just opened. The first round is warm-up altogether. */
const WARM_UP = 200;
const LISTS = 40;
const MOST_STATUS_MS = 5;
const MOST_GROWTH = 1.5;
const MOST_LIST_MS = 50;

interface Sized {
  file: string;
  workspaces: number;
}

/** `status` with few and with many connectors stored, in turns, each connector asked for once since the store was opened. */
export async function benchStatus(
  folder: string,
  names: readonly string[],
  many: number | undefined,
): Promise<Figure[]> {
  const sizes: Sized[] = [];
  for (const workspaces of many === undefined ? [1] : [1, many]) {
    const file = join(folder, `status-${workspaces}.db`);
    await fill(file, workspaces, names, CONNECTORS_A_WORKSPACE);
    sizes.push({ file, workspaces });
  }
  const samples = sizes.map(() => [] as number[]);
  for (let round = 0; round <= ROUNDS; round += 1) await measureRound(sizes, samples, names, round);

  const spreads = samples.map(spreadOf);
  const figures = spreads.map(({ median, p99, worst }, index): Figure => {
    const { file, workspaces } = sizes[index] ?? { file: "", workspaces: 0 };
    const stored = (workspaces * CONNECTORS_A_WORKSPACE).toLocaleString("en-US");
    const size = (statSync(file).size / 1e6).toLocaleString("en-US", { maximumFractionDigits: 0 });
    return {
      what: `status with ${stored} connectors stored (${size} MB)`,
      measured: `median ${inMs(median)}, p99 ${inMs(p99)}, worst ${inMs(worst)}`,
      target: `p99 < ${MOST_STATUS_MS} ms`,
      met: p99 < MOST_STATUS_MS,
    };
  });
  const [few, lots] = spreads;
  if (few && lots) {
    const growth = { median: lots.median / few.median, p99: lots.p99 / few.p99 };
    figures.push({
      what: "growth of status from the first to the second",
      measured: `median ${growth.median.toFixed(2)} times, p99 ${growth.p99.toFixed(2)} times`,
      target: `<= ${MOST_GROWTH} times`,
      met: growth.median <= MOST_GROWTH && growth.p99 <= MOST_GROWTH,
    });
  }
  figures.push({
    what: "a bare insert that waits for this disk, for comparison",
    measured: bareInsert(join(folder, "bare.db")),
  });
  return figures;
}

async function measureRound(
  sizes: readonly Sized[],
  samples: readonly number[][],
  names: readonly string[],
  round: number,
): Promise<void> {
  const random = seededRandom(round);
  const open = await Promise.all(sizes.map(({ file }) => openAssistant(file)));
  const asked = sizes.map(({ workspaces }) =>
    shuffled(
      Array.from({ length: CONNECTORS_A_WORKSPACE }, (_, index) => nameAt(names, index)),
      random,
    ).map((name) => ({
      name,
      workspace: workspaceNamed(Math.floor(random() * workspaces)),
    })),
  );
  collectGarbage();
  for (let turn = 0; turn < CONNECTORS_A_WORKSPACE; turn += 1) {
    for (const [index, { say }] of open.entries()) {
      const { name, workspace } = asked[index]?.[turn] ?? { name: "", workspace: "" };
      let title = "";
      const took = await timed(async () => {
        title = await say(workspace, `status ${name}`);
      });
      if (!title.includes(name.replace(/\s+/g, " ").trim()))
        throw new Error(`status ${name} was answered with: ${title}`);
      if (round > 0 && turn >= WARM_UP) samples[index]?.push(took);
    }
  }
  for (const { store } of open) await store.close();
}

/** The least that an answer waits for: it writes down which delivery it answers, and the disk says it has it. */
function bareInsert(file: string): string {
  const database = new DatabaseSync(file);
  database.exec(
    "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE seen (id TEXT PRIMARY KEY)",
  );
  const insert = database.prepare("INSERT INTO seen VALUES (?)");
  const samples = Array.from({ length: 1000 }, (_, index) => {
    const began = performance.now();
    insert.run(`delivery ${index}`);
    return performance.now() - began;
  });
  database.close();
  const { median, p99, worst } = spreadOf(samples);
  return `median ${inMs(median)}, p99 ${inMs(p99)}, worst ${inMs(worst)}`;
}

/** `list` in a workspace of every published connector. */
export async function benchList(folder: string, names: readonly string[]): Promise<Figure[]> {
  const file = join(folder, "list.db");
  await fill(file, 1, names, names.length);
  const { store, say } = await openAssistant(file);
  const first = await timed(() => say(workspaceNamed(0), "list"));
  const samples: number[] = [];
  for (let count = 0; count < LISTS; count += 1)
    samples.push(await timed(() => say(workspaceNamed(0), "list")));
  await store.close();
  const median = medianOf(samples);
  return [
    {
      what: `list of ${names.length} connectors`,
      measured: `median ${inMs(median)}, the first ${inMs(first)}`,
      target: `median < ${MOST_LIST_MS} ms`,
      met: median < MOST_LIST_MS,
    },
  ];
}
