import { rmSync } from "node:fs";
import { join } from "node:path";
import type { WorkspaceId } from "../../src/index.ts";
import { foldName } from "../../src/lifecycle/connector.ts";
import { openAssistant } from "../portfolio.ts";

/** One connector to be laid down: its next reminder is due at `dueAt`, in milliseconds, in a channel such as "C12". */
export interface Planned {
  number: number;
  workspace: string;
  channel: string;
  dueAt: number;
}

/** A row of the table of connectors. */
export interface Row {
  workspace: string;
  id: string;
  name: string;
  name_key: string;
  revision: number;
  due_at: number;
  record: string;
}

const NAME = "NameToBeReplaced";
const WORKSPACE = "workspace-to-be-replaced";
const ID = "id-to-be-replaced";
const WHERE = "where-to-be-replaced";
/** The first reminder of a connector in review comes this long after it was submitted. */
const REPORT_MS = 24 * 3_600_000;
const MOMENT = /\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)/g;
const MOST_MOMENTS = 2000;

/**
 * Makes rows of connectors in review, whose report is due 24 hours after they were submitted. The first is made by what people say;
 * the others are copies that differ in name, place and time.
 */
export async function openTemplate(folder: string): Promise<(planned: Planned) => Row> {
  const file = join(folder, "template.db");
  const { store, say } = await openAssistant(file);
  for (const line of [`track ${NAME}`, `done ${NAME} account`, `mark ${NAME} submitted 2026-12-10 09:00`])
    await say("bench", line);
  const [made] = await store.list("bench" as WorkspaceId);
  await store.close();
  rmSync(file);
  const submitted = made?.moves[0];
  if (!made || !submitted) throw new Error("no connector was made to copy");
  const replaced = { ...made, id: ID, workspace: WORKSPACE as WorkspaceId, where: WHERE, setting: "shared" };
  const text = JSON.stringify({ ...replaced, dueAt: undefined });
  const nominal = Date.parse(submitted.at) + REPORT_MS;
  const shifted = new Map<number, string>();

  function at(dueAt: number): string {
    const known = shifted.get(dueAt);
    if (known !== undefined) return known;
    const by = dueAt - nominal;
    const moved = text.replace(MOMENT, (iso) => new Date(Date.parse(iso) + by).toISOString());
    if (shifted.size >= MOST_MOMENTS) shifted.clear();
    shifted.set(dueAt, moved);
    return moved;
  }

  return ({ number, workspace, channel, dueAt }) => {
    const name = nameOf(number);
    const id = idOf(number);
    const record = at(dueAt)
      .replaceAll(NAME, name)
      .replace(WORKSPACE, workspace)
      .replace(ID, id)
      .replace(WHERE, `slack:${workspace}/${channel}/U1`)
      .replace(/\}$/, `,"dueAt":"${new Date(dueAt).toISOString()}"}`);
    return { workspace, id, name, name_key: foldName(name), revision: made.revision, due_at: dueAt, record };
  };
}

export function nameOf(number: number): string {
  return `Bench ${`${number}`.padStart(7, "0")}`;
}

/** As spread out as a random UUID, but the same in every run. */
function idOf(number: number): string {
  const mixed = [1, 2, 3, 4].map((round) => {
    let state = Math.imul(number + 1, 0x9e3779b1) ^ Math.imul(round, 0x85ebca6b);
    state = Math.imul(state ^ (state >>> 16), 0x7feb352d);
    state = Math.imul(state ^ (state >>> 15), 0x846ca68b);
    return ((state ^ (state >>> 16)) >>> 0).toString(16).padStart(8, "0");
  });
  return mixed.join("").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
