import { randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { DateTime } from "luxon";
import {
  type Address,
  createAssistant,
  type Incoming,
  standingClock,
  type WorkspaceId,
} from "../src/index.ts";
import { type Connector, foldName } from "../src/lifecycle/connector.ts";
import { openStore } from "../src/store/sql-store.ts";
import { seededRandom } from "./measure.ts";

/** When everything in the benchmark happens: every stage is taken at this moment. */
const NOW = DateTime.fromISO("2026-12-10T10:00", { zone: "America/Los_Angeles" });

export const CONNECTORS_A_WORKSPACE = 1000;

const SUBMITTED = ["done @ account", "mark @ submitted 2026-12-07 10:00"];
const TESTING = [...SUBMITTED, "mark @ report-passed 2026-12-09 10:00"];
const LIVE = [
  "done @ account",
  "mark @ submitted 2026-11-02 10:00",
  "mark @ report-failed 2026-11-03 10:00",
  "mark @ submitted 2026-11-10 10:00",
  "mark @ report-passed 2026-11-12 10:00",
  "mark @ go-live 2026-11-13 15:00",
  "mark @ pull-request 2026-11-16 10:00",
];
const EVIDENCE =
  "evidence @ availability=99.97 slo=99.6 responses=2xx:900,4xx:40,429:10 users=510,530,505 connections=64";
const PREVIEW = [...LIVE, EVIDENCE, "mark @ all-regions 2026-12-08 10:00"];

/** What was said about a connector on the way to each stage. */
const JOURNEYS: Record<string, string[]> = {
  account: [],
  draft: ["done @ account", "done @ sign-in", "done @ offer-name Contoso CRM connector"],
  review: [...SUBMITTED.slice(0, 1), "mark @ submitted 2026-12-09 10:00"],
  "changes requested": [...SUBMITTED, "mark @ report-failed 2026-12-09 10:00"],
  testing: TESTING,
  publishing: [...TESTING, "mark @ go-live 2026-12-09 15:00"],
  deploying: [...LIVE, EVIDENCE],
  "public preview": PREVIEW,
  "GA requested": [...PREVIEW, "mark @ ga-requested 2026-12-09 10:00"],
};

function incoming(workspace: string, text: string): Incoming {
  return {
    id: randomUUID(),
    workspace: workspace as WorkspaceId,
    from: { id: "U1", name: "Ana", zone: "Europe/Berlin" },
    where: "bench:C1" as Address,
    setting: "shared",
    said: { kind: "text", text },
  };
}

/** The assistant over a database file, with a clock that stands and nobody who listens. */
export async function openAssistant(file: string) {
  const clock = standingClock(NOW);
  const { store, shelf } = await openStore(file, clock);
  const log = { info() {}, warn() {}, error: complain };
  const messenger = { send: async () => ({ kind: "sent" as const }) };
  const assistant = createAssistant({
    store,
    settings: shelf("settings"),
    clock,
    messenger,
    log,
    zone: "UTC",
  });
  async function say(workspace: string, text: string): Promise<string> {
    const reply = await assistant.answer(incoming(workspace, text));
    if (!reply) throw new Error("no answer");
    return reply.title;
  }
  return { store, say };
}

function complain(message: string, facts?: Record<string, unknown>): void {
  throw new Error(`${message}: ${JSON.stringify(facts)}`);
}

/** A connector at each stage, made by what people say. */
async function makeConnectors(file: string): Promise<Connector[]> {
  const { store, say } = await openAssistant(file);
  for (const [name, lines] of Object.entries(JOURNEYS)) {
    for (const line of [`track ${name}`, ...lines]) await say("bench", line.replace("@", name));
  }
  const made = await store.list("bench" as WorkspaceId);
  await store.close();
  for (const { name, moves } of made) {
    const marked = JOURNEYS[name]?.filter((line) => line.startsWith("mark")).length;
    if (moves.length !== marked) throw new Error(`${name} was not brought to its stage`);
  }
  rmSync(file);
  return made;
}

/** Names of a workspace's connectors: real ones, and as many made up as are missing. */
function namesOf(real: readonly string[], count: number): string[] {
  return Array.from({ length: count }, (_, index) => real[index] ?? `Contoso ${index}`);
}

/**
 * A database of that many workspaces, each with the same names. One connector at each stage goes the way of every
 * other; its copies, which differ in workspace, id and name, are laid down in one transaction.
 */
export async function fill(
  file: string,
  workspaces: number,
  real: readonly string[],
  each: number,
): Promise<void> {
  const templates = await makeConnectors(file);
  const { store } = await openAssistant(file);
  await store.close();

  const random = seededRandom(workspaces);
  const names = namesOf(real, each);
  const database = new DatabaseSync(file);
  database.exec("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -524288; BEGIN");
  const insert = database.prepare(
    `INSERT INTO connector (workspace, id, name, name_key, revision, due_at, lease_until, untracked, record)
     VALUES (?, ?, ?, ?, ?, ?, NULL, 0, ?)`,
  );
  const folded = names.map(foldName);
  for (let number = 0; number < workspaces; number += 1) {
    const workspace = workspaceNamed(number);
    for (const [index, name] of names.entries()) {
      const template = templates[(index + number) % templates.length];
      if (!template) throw new Error("no connector to copy");
      const id = idFrom(random);
      const record = JSON.stringify({ ...template, workspace, id, name });
      const due = template.dueAt === undefined ? null : Date.parse(template.dueAt);
      insert.run(workspace, id, name, folded[index] ?? "", template.revision, due, record);
    }
  }
  database.exec("COMMIT; PRAGMA journal_mode = WAL; PRAGMA optimize");
  database.close();
}

export function workspaceNamed(number: number): string {
  return `T-${number}`;
}

export function nameAt(real: readonly string[], index: number): string {
  return namesOf(real, CONNECTORS_A_WORKSPACE)[index] ?? "";
}

/** As spread out as a random UUID, but the same in every run. */
function idFrom(random: () => number): string {
  const hex = Array.from({ length: 4 }, () =>
    Math.floor(random() * 2 ** 32)
      .toString(16)
      .padStart(8, "0"),
  ).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
