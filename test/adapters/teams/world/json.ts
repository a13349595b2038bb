import { createHash } from "node:crypto";

/** JSON of which nothing is known: an activity, a card, a part of one. */
export type Fields = Record<string, unknown>;

export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function fieldsOf(value: unknown): Fields {
  return isFields(value) ? value : {};
}

/** The objects in a list; none where there is no list. */
export function partsOf(value: unknown): Fields[] {
  return Array.isArray(value) ? value.filter(isFields) : [];
}

export function stringOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** As JSON; what is none stays a string. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** The same names give the same digits, so that ids are the same in every run. */
export function digitsOf(...names: string[]): string {
  return createHash("sha256").update(names.join("\n")).digest("hex");
}

export function guidOf(...names: string[]): string {
  const digits = digitsOf("guid", ...names);
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    `4${digits.slice(13, 16)}`,
    `a${digits.slice(17, 20)}`,
    digits.slice(20, 32),
  ].join("-");
}

/** Letters of which nothing can be read, as in the ids of people and chats. */
export function opaqueOf(...names: string[]): string {
  return createHash("sha512").update(names.join("\n")).digest("base64url");
}
