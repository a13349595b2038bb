import { z } from "zod";
import type { Button } from "../../src/index.ts";

/** What a pressed button says, and with what. */
type Press = Pick<Button, "action" | "fields">;

/** Names that mean something to Teams or to `readPress`: a field of such a name gets an underscore on its way. */
const RESERVED = /^(?:verb|inputs|msteams|.*\.(?:date|time))_*$/s;
const UNDERSCORED = /^(?:verb|inputs|msteams|.*\.(?:date|time))_+$/s;
const MOMENT_PART = /^(.*)\.(?:date|time)$/s;

const Data = z.record(z.string(), z.unknown());
const Executed = z.object({
  action: z.object({ type: z.literal("Action.Execute"), verb: z.string().min(1), data: Data.nullish() }),
});
const Submitted = z.looseObject({ verb: z.string().min(1) });
const Inputs = z.array(z.string());

/**
 * The data of an action. `inputs`: the ids of a form's inputs, since Teams leaves out those that are empty.
 */
export function dataOf(
  fields: Record<string, string>,
  inputs?: readonly string[],
): Record<string, string | string[]> {
  const kept = Object.entries(fields).map(([name, value]) => [keyOf(name), value] as const);
  return { ...Object.fromEntries(kept), ...(inputs && { inputs: [...inputs] }) };
}

/** The name under which a field or an input travels. */
export function keyOf(name: string): string {
  return RESERVED.test(name) ? `${name}_` : name;
}

/**
 * What a press in Teams says: the value of an `adaptiveCard/action` invoke, or that of a message made by an
 * Action.Submit. Day and time of a moment are one field again ("2026-11-03 09:15"); empty inputs are "". Only texts are
 * taken. Never throws; undefined when the payload is not one of ours.
 */
export function readPress(payload: unknown): Press | undefined {
  const executed = Executed.safeParse(payload);
  if (executed.success) {
    const { verb, data } = executed.data.action;
    return { action: verb, fields: fieldsOf(data ?? {}) };
  }
  const submitted = Submitted.safeParse(payload);
  if (!submitted.success) return undefined;
  const { verb, ...data } = submitted.data;
  return { action: verb, fields: fieldsOf(data) };
}

function fieldsOf(data: Record<string, unknown>): Record<string, string> {
  const fields = new Map<string, string>();
  const ids = Inputs.safeParse(data.inputs);
  for (const id of ids.success ? ids.data : []) fields.set(id, "");
  for (const [key, value] of Object.entries(data)) {
    if (typeof value !== "string") continue;
    const [, moment] = MOMENT_PART.exec(key) ?? [];
    if (moment === undefined) fields.set(UNDERSCORED.test(key) ? key.slice(0, -1) : key, value);
    else fields.set(moment, momentOf(data, moment));
  }
  return Object.fromEntries(fields);
}

function momentOf(data: Record<string, unknown>, id: string): string {
  const parts = [data[`${id}.date`], data[`${id}.time`]];
  return parts.filter((part) => typeof part === "string" && part !== "").join(" ");
}
