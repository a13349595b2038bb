import { type Input, inputsOf } from "./cards.ts";
import type { Fields } from "./json.ts";

/** What someone puts into a card, by an input's label or id. A choice may be told by its title; "" empties. */
export type Filled = Record<string, string | number | boolean | string[]>;

const refuse = (why: string): never => {
  throw new Error(`Teams would not send this: ${why}`);
};

/** What Teams sends of a card's inputs: those left empty are absent, and what is prefilled is sent. */
export function valuesOf(card: Fields, filled: Filled = {}): Fields {
  const inputs = inputsOf(card);
  const given = new Map(Object.entries(filled).map(([name, value]) => [inputCalled(inputs, name), value]));
  const values = inputs.map((input) => [input.id, sentOf(input, given.get(input))] as const);
  return Object.fromEntries(values.filter(([, value]) => value !== ""));
}

/** Fails for a name that no input of the card has, or several. */
export function inputCalled(inputs: Input[], name: string): Input {
  const byId = inputs.filter(({ id }) => id === name);
  const [one, another] = byId.length > 0 ? byId : inputs.filter(({ label }) => label === name);
  if (one && !another) return one;
  const all = inputs.map(({ label, id }) => `"${label}" (${id})`).join(" · ") || "none";
  throw new Error(`${one ? "several inputs are" : "no input is"} called "${name}"; there are: ${all}`);
}

function sentOf(input: Input, given: Filled[string] | undefined): string {
  const { label, id, type, isRequired, part } = input;
  const name = label || id;
  if (type === "Input.Toggle") return toggled(input, given);
  const value = type === "Input.ChoiceSet" ? chosen(input, given) : written(input, given);
  if (value === "") return isRequired ? refuse(`${name} is required`) : "";
  if (type === "Input.Date" && !isDay(value)) refuse(`${name} is no date: ${value}`);
  if (type === "Input.Time" && !/^([01]\d|2[0-3]):[0-5]\d$/.test(value))
    refuse(`${name} is no time: ${value}`);
  if (type === "Input.Number" && !Number.isFinite(Number(value))) refuse(`${name} is no number: ${value}`);
  const { min, max, maxLength, regex } = part;
  if (min !== undefined && under(type, value, min)) refuse(`${name} is less than ${min}`);
  if (max !== undefined && under(type, max, value)) refuse(`${name} is more than ${max}`);
  if (typeof maxLength === "number" && value.length > maxLength)
    refuse(`${name} is longer than ${maxLength}`);
  if (typeof regex === "string" && !new RegExp(regex).test(value)) refuse(`${name} is not like ${regex}`);
  return value;
}

function written({ value, part }: Input, given: Filled[string] | undefined): string {
  const text = given === undefined ? value : `${given}`;
  return part.type === "Input.Text" && part.isMultiline !== true ? text.replace(/\r?\n/g, " ") : text;
}

function toggled({ value, part }: Input, given: Filled[string] | undefined): string {
  const { valueOn = "true", valueOff = "false" } = part;
  if (given === undefined) return value || `${valueOff}`;
  return given === true || given === valueOn ? `${valueOn}` : `${valueOff}`;
}

function chosen({ label, id, value, choices, part }: Input, given: Filled[string] | undefined): string {
  if (given === undefined || given === "") return given ?? value;
  const names = Array.isArray(given) ? given : [`${given}`];
  if (names.length > 1 && part.isMultiSelect !== true) refuse(`${label || id} takes one choice`);
  const values = names.map((name) => {
    const hit = choices.find((one) => one.value === name) ?? choices.find(({ title }) => title === name);
    const all = choices.map(({ title }) => title).join(" · ") || "none";
    return hit?.value ?? refuse(`${label || id} has no choice "${name}" among: ${all}`);
  });
  return values.join(",");
}

function isDay(text: string): boolean {
  const at = new Date(`${text}T00:00:00Z`);
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}

function under(type: string, one: unknown, other: unknown): boolean {
  return type === "Input.Number" ? Number(one) < Number(other) : `${one}` < `${other}`;
}
