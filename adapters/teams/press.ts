import { z } from "zod";
import type { Button } from "../../src/index.ts";
import type { SentData } from "./card.ts";

/** What a pressed button says, and with what. */
type Press = Pick<Button, "action" | "fields">;

const Verb = z.string().min(1);
/** `SentData`; Teams puts what was filled in beside it. */
const Data = z.looseObject({
  fields: z.record(z.string(), z.string()),
  inputs: z.array(z.string()).default([]),
});
const Executed = z.object({
  action: z.object({ type: z.literal("Action.Execute"), verb: Verb, data: Data }),
});
const Submitted = Data.extend({ verb: Verb });

/** The data of an action. `inputs`: the ids of a form's inputs, since Teams leaves out those that are empty. */
export function dataOf(fields: Record<string, string>, inputs?: string[]): SentData {
  return { fields, ...(inputs && { inputs }) };
}

/** The names under which Teams sends what was filled in: of an input, and of the two that a moment is asked with. */
export function keysOf(id: string): { input: string; day: string; time: string } {
  return { input: `in:${id}`, day: `day:${id}`, time: `time:${id}` };
}

/**
 * What a press in Teams says: the value of an `adaptiveCard/action` invoke, or that of a message made by an
 * Action.Submit. Day and time of a moment are one field again ("2026-11-03 09:15"); empty inputs are "". Never throws;
 * undefined when the payload is not one of ours.
 */
export function readPress(payload: unknown): Press | undefined {
  const executed = Executed.safeParse(payload).data?.action;
  if (executed) return { action: executed.verb, fields: fieldsOf(executed.data) };
  const submitted = Submitted.safeParse(payload).data;
  return submitted && { action: submitted.verb, fields: fieldsOf(submitted) };
}

function fieldsOf(data: z.infer<typeof Data>): Record<string, string> {
  const filled = data.inputs.map((id) => {
    const { input, day, time } = keysOf(id);
    const parts = [data[input], data[day], data[time]];
    return [id, parts.filter((part) => typeof part === "string" && part !== "").join(" ")];
  });
  return Object.fromEntries([...Object.entries(data.fields), ...filled]);
}
