import { z } from "zod";
import type { Form, Pressed } from "../../src/index.ts";
import { LIMITS } from "./limits.ts";

/** What a Slack button carries so that `readPress` knows what it says. */
export interface Sent {
  action_id: string;
  value: string;
}

/** `ids`: of the inputs of a form, in their order. */
interface SentForm {
  submit: Sent;
  ids: string[];
}

const Fields = z.record(z.string(), z.string());

/** The value of a form's submit button. */
const FormValue = z.strictObject({ form: z.number(), fields: Fields, inputs: z.array(z.string()) });

/** What a person left in an input; nothing in one that is empty. */
const Filled = z.object({
  value: z.string().nullish(),
  selected_option: z.object({ value: z.string() }).nullish(),
  // Ten digits, as Slack gives them: a moment that can be written as a date.
  selected_date_time: z.int().min(0).max(9_999_999_999).nullish(),
});

type Filled = z.infer<typeof Filled>;

const Payload = z.object({
  actions: z.array(z.object({ action_id: z.string(), value: z.string() })).min(1),
  state: z.object({ values: z.record(z.string(), z.record(z.string(), Filled)) }).nullish(),
});

/**
 * What a button is sent with, and comes back with. Nothing when it does not fit.
 *
 * @param number of the button in its message: there an id may stand only once
 */
export function encodeButton({ action, fields }: Pressed, number: number): Sent | undefined {
  const sent = { action_id: `${action}#${number}`, value: inAscii(fields) };
  return fits(sent, action) ? sent : undefined;
}

/**
 * The same for a form. Its inputs keep their ids whatever stands above them in the message, so that Slack keeps what was
 * typed when a message is shown anew. The values of options travel as they are.
 */
export function encodeForm({ action, fields, inputs }: Form, number: number): SentForm | undefined {
  const value = inAscii({ form: number, fields, inputs: inputs.map(({ id }) => id) });
  const submit = { action_id: `${action}#${number}`, value };
  const ids = inputs.map(({ id }) => inputId(id, number));
  const values = inputs.flatMap(({ options = [] }) => options.slice(0, LIMITS.options));
  const isSendable =
    fits(submit, action) &&
    ids.every((id) => isPlain(id, LIMITS.blockId)) &&
    new Set(ids).size === ids.length &&
    values.every((option) => isPlain(option.value, LIMITS.optionValue));
  return isSendable ? { submit, ids } : undefined;
}

const Opened = z.object({
  label: z.string(),
  action: z.string(),
  fields: Fields,
  submit: z.string(),
  inputs: z.array(
    z.object({
      id: z.string(),
      label: z.string(),
      sort: z.enum(["text", "moment", "choice"]),
      options: z.array(z.object({ value: z.string(), label: z.string() })).exactOptional(),
      value: z.string().exactOptional(),
      hint: z.string().exactOptional(),
      isOptional: z.literal(true).exactOptional(),
      problem: z.string().exactOptional(),
    }),
  ),
});

const Again = z.object({ action: z.string(), fields: Fields });

/** What this adapter does by itself, without asking the core first. */
type OwnPress = { kind: "open"; form: Form } | { kind: "share" | "picture"; again: Pressed };

/** A button that opens a form in a modal of its own. Nothing when the form does not fit into it. */
export function encodeOpen(form: Form, number: number): Sent | undefined {
  const isSendable = encodeForm(form, number) !== undefined;
  return isSendable ? encodeOwn("open", form, number) : undefined;
}

/** A button that shows an answer again: to all of a channel, or its picture. Nothing when it does not fit. */
export function encodeAgain(kind: "share" | "picture", again: Pressed): Sent | undefined {
  return encodeOwn(kind, again, 0);
}

function encodeOwn(kind: OwnPress["kind"], value: object, number: number): Sent | undefined {
  const sent = { action_id: `${kind}!${number}`, value: inAscii(value) };
  return sent.value.length <= LIMITS.buttonValue ? sent : undefined;
}

/** Undefined: it is a press for the core, or none of ours. */
export function readOwnPress(payload: unknown): OwnPress | undefined {
  const pressed = Payload.safeParse(payload).data?.actions[0];
  const [, kind] = /^(open|share|picture)!\d+$/.exec(pressed?.action_id ?? "") ?? [];
  const value = readJson(pressed?.value ?? "");
  if (kind === "open") {
    const form = Opened.safeParse(value).data;
    return form && { kind, form };
  }
  if (kind !== "share" && kind !== "picture") return undefined;
  const again = Again.safeParse(value).data;
  return again && { kind, again };
}

/** The part of a modal that comes back with what was filled in. Nothing when the form can't be sent. */
export function encodeSubmission(form: Form): { form: string; ids: string[] } | undefined {
  const sent = encodeForm(form, FORM_IN_MODAL);
  return sent && { form: `${form.action}#${sent.submit.value}`, ids: sent.ids };
}

const FORM_IN_MODAL = 1;
const Submitted = z.object({ view: z.object({ state: Payload.shape.state }) });

/** What was filled into a modal. `form`: as `encodeSubmission` gave it; `payload`: of `view_submission`. */
export function readSubmitted(form: string, payload: unknown): Pressed | undefined {
  const [, action = "", value = ""] = /^(.+?)#(\{"form":.*)$/s.exec(form) ?? [];
  const read = Submitted.safeParse(payload).data;
  const actions = [{ action_id: `${action}#${FORM_IN_MODAL}`, value }];
  return read && readPress({ actions, state: read.view.state });
}

/**
 * What a press in Slack says: the payload of `block_actions`, its first action. An emptied input is "", a moment is ISO in
 * UTC. Never throws; nothing when the payload is not one of ours.
 */
export function readPress(payload: unknown): Pressed | undefined {
  const read = Payload.safeParse(payload);
  const pressed = read.data?.actions[0];
  const [, action] = /^(.+)#\d+$/s.exec(pressed?.action_id ?? "") ?? [];
  if (action === undefined) return undefined;
  const value = readJson(pressed?.value ?? "");
  const form = FormValue.safeParse(value).data;
  if (!form) {
    const fields = Fields.safeParse(value).data;
    return fields && { action, fields };
  }
  const fields = Object.entries(form.fields);
  for (const id of form.inputs) {
    const key = inputId(id, form.form);
    const filled = read.data?.state?.values[key]?.[key];
    // Not told at all is not emptied: it stays as it was.
    if (!filled) continue;
    fields.push([id, textOf(filled)]);
  }
  return { action, fields: Object.fromEntries(fields) };
}

function textOf({ value, selected_option: option, selected_date_time: seconds }: Filled): string {
  if (option) return option.value;
  if (typeof seconds === "number") return new Date(seconds * 1000).toISOString().replace(".000", "");
  return value ?? "";
}

/** Also the id of the element in the block. */
function inputId(id: string, form: number): string {
  return `${id}@${form}`;
}

function fits({ action_id, value }: Sent, action: string): boolean {
  return action !== "" && isPlain(action_id, LIMITS.actionId) && value.length <= LIMITS.buttonValue;
}

/** Letters, digits and signs that Slack does not fold, escape or take for an emoji: it comes back as it was sent. */
function isPlain(text: string, most: number): boolean {
  return text.length <= most && /^[!-%'-;=?-~]+$/.test(text);
}

/** JSON that comes back as it was sent. */
function inAscii(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
