import { expect } from "vitest";
import { rowsOf } from "../../store/rows.ts";
import type { Live } from "./live.ts";
import { type Fields, isFields } from "./world/json.ts";

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
