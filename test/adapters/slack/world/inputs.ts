import { optionsOf, withIds } from "./blocks.ts";
import { type Fields, type Part, plainOf } from "./json.ts";

/** What a person types, picks or leaves. */
export type Value = string | number | Date | string[] | null;

/** What is in the inputs, by block and element. */
export type State = Record<string, Record<string, Fields>>;

interface Input {
  label: string;
  block: Part;
  element: Part;
  isRequired: boolean;
}

const ONE_FIELD: Record<string, [initial: string, field: string]> = {
  plain_text_input: ["initial_value", "value"],
  email_text_input: ["initial_value", "value"],
  url_text_input: ["initial_value", "value"],
  number_input: ["initial_value", "value"],
  datepicker: ["initial_date", "selected_date"],
  timepicker: ["initial_time", "selected_time"],
  datetimepicker: ["initial_date_time", "selected_date_time"],
  users_select: ["initial_user", "selected_user"],
  channels_select: ["initial_channel", "selected_channel"],
  conversations_select: ["initial_conversation", "selected_conversation"],
  multi_users_select: ["initial_users", "selected_users"],
  multi_conversations_select: ["initial_conversations", "selected_conversations"],
};
const ONE_OPTION = ["static_select", "radio_buttons"];
const MANY_OPTIONS = ["multi_static_select", "checkboxes"];

function inputsOf(blocks: Part[]): Input[] {
  return withIds(blocks).flatMap((block) => {
    if (block.type === "input" && block.element) {
      const label = plainOf(block.label);
      return [{ label, block, element: block.element, isRequired: block.optional !== true }];
    }
    const loose = [
      ...(block.type === "actions" ? (block.elements ?? []) : []),
      ...(block.accessory ? [block.accessory] : []),
    ];
    return loose.filter(keepsState).map((element) => {
      const label = plainOf(element.placeholder) || (element.action_id ?? "");
      return { label, block, element, isRequired: false };
    });
  });
}

function keepsState({ type = "" }: Part): boolean {
  return type in ONE_FIELD || ONE_OPTION.includes(type) || MANY_OPTIONS.includes(type);
}

/** The state after a person has put these values into the inputs of those labels. */
export function filled(blocks: Part[], values: Record<string, Value> = {}, before: State = {}): State {
  const inputs = inputsOf(blocks);
  const labels = inputs.map(({ label }) => label);
  for (const label of Object.keys(values)) {
    if (!labels.includes(label))
      throw new Error(`no input "${label}" among: ${labels.join(" · ") || "none"}`);
  }
  const state: State = {};
  for (const { label, block, element } of inputs) {
    const [inBlock, id] = [block.block_id ?? "", element.action_id ?? ""];
    const value = values[label];
    state[inBlock] = {
      ...state[inBlock],
      [id]: value === undefined ? (before[inBlock]?.[id] ?? initial(element)) : held(element, value),
    };
  }
  return state;
}

function initial(element: Part): Fields {
  const type = element.type ?? "";
  const [first, field] = ONE_FIELD[type] ?? [];
  if (first && field) return { type, [field]: element[first] ?? null };
  if (ONE_OPTION.includes(type)) return { type, selected_option: element.initial_option ?? null };
  return { type, selected_options: element.initial_options ?? [] };
}

function held(element: Part, value: Value): Fields {
  const type = element.type ?? "";
  const [, field] = ONE_FIELD[type] ?? [];
  if (value === null || value === "") {
    return { ...initial({ type }), ...(field !== undefined && { [field]: null }) };
  }
  if (type === "datetimepicker") {
    return { type, selected_date_time: value instanceof Date ? Math.floor(value.getTime() / 1000) : value };
  }
  if (field) return { type, [field]: type === "number_input" ? String(value) : value };
  const picked = [value].flat().map((one) => optionOf(element, String(one)));
  return ONE_OPTION.includes(type)
    ? { type, selected_option: picked[0] ?? null }
    : { type, selected_options: picked };
}

function optionOf(element: Part, wanted: string): Part {
  const options = optionsOf(element);
  const found =
    options.find(({ text }) => plainOf(text) === wanted) ?? options.find(({ value }) => value === wanted);
  if (found) return found;
  throw new Error(
    `no choice "${wanted}" among: ${options.map(({ text }) => plainOf(text)).join(" · ") || "none"}`,
  );
}

/** Why Slack's client would not send the form; empty when it would. */
export function complaints(blocks: Part[], state: State): string[] {
  return inputsOf(blocks).flatMap(({ label, block, element, isRequired }) => {
    const kept = state[block.block_id ?? ""]?.[element.action_id ?? ""] ?? {};
    const { type: _type, ...rest } = kept;
    const [value] = Object.values(rest);
    const isEmpty = value === null || value === undefined || value === "" || [value].flat().length === 0;
    if (isEmpty) return isRequired ? [`"${label}" is required`] : [];
    return limits(element, value).map((problem) => `"${label}" ${problem}`);
  });
}

function limits(element: Part, value: unknown): string[] {
  const { min_length: shortest, max_length: longest, min_value: least, max_value: most } = element;
  if (typeof value !== "string") return [];
  const isNumber = element.type === "number_input";
  return [
    ...(typeof shortest === "number" && value.length < shortest ? [`needs ${shortest} characters`] : []),
    ...(typeof longest === "number" && value.length > longest ? [`takes ${longest} characters`] : []),
    ...(isNumber && !Number.isFinite(Number(value)) ? ["is no number"] : []),
    ...(isNumber && least !== undefined && Number(value) < Number(least) ? [`is at least ${least}`] : []),
    ...(isNumber && most !== undefined && Number(value) > Number(most) ? [`is at most ${most}`] : []),
    ...(element.type === "url_text_input" && !URL.canParse(value) ? ["is no address"] : []),
    ...(element.type === "email_text_input" && !value.includes("@") ? ["is no mail address"] : []),
  ];
}
