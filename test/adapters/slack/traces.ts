import { DatabaseSync } from "node:sqlite";
import { expect } from "vitest";
import type { Live } from "./live.ts";
import { type Fields, isFields } from "./world/json.ts";

/** Every row of a database, as text. */
function rowsOf(file: string): string {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    const tables = ["connector", "seen", "shelf"];
    return JSON.stringify(tables.map((table) => database.prepare(`SELECT * FROM ${table}`).all()));
  } finally {
    database.close();
  }
}

/** What has been done until now; `nothingMore` fails when anything was done since: a row, a call, an answer. */
export function tracesOf({ world }: Pick<Live, "world">, file: string) {
  const look = () => ({ rows: rowsOf(file), calls: world.front.calls.length });
  const before = look();
  return { nothingMore: () => expect(look()).toEqual(before) };
}

/** Every object in it, however deep. */
export function partsIn(sent: unknown): Fields[] {
  if (Array.isArray(sent)) return sent.flatMap(partsIn);
  if (!isFields(sent)) return [];
  return [sent, ...Object.values(sent).flatMap(partsIn)];
}
