import { setTimeout } from "node:timers/promises";

/** JSON of which nothing is known. */
export type Fields = Record<string, unknown>;

/** Any part of Block Kit: an object of text, an element, a block, a message, a view. */
export interface Part {
  type?: string;
  block_id?: string;
  action_id?: string;
  text?: string | Part;
  title?: string | Part;
  label?: string | Part;
  value?: string | number;
  name?: string;
  url?: string;
  fallback?: string;
  optional?: boolean;
  accessory?: Part;
  element?: Part;
  hint?: Part;
  placeholder?: Part;
  elements?: Part[];
  options?: Part[];
  option_groups?: { options: Part[] }[];
  blocks?: Part[];
  [more: string]: unknown;
}

export interface View extends Part {
  id: string;
  hash: string;
  blocks: Part[];
  callback_id: string;
  private_metadata: string;
}

export interface Message extends Part {
  text: string;
  ts: string;
  channel: string;
  user: string;
  thread_ts?: string;
}

export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The text of something that is a string or an object of text. */
export function plainOf(text: string | Part | undefined): string {
  if (typeof text === "string") return text;
  return typeof text?.text === "string" ? text.text : "";
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

const HOLDS_JSON = new Set(["blocks", "view", "attachments", "metadata", "files", "payload"]);

/** The body of a call to Slack, whichever way it is written. */
export function readBody(raw: string, type: string): Fields {
  if (type.includes("application/json")) {
    const body = parsed(raw);
    return isFields(body) ? body : {};
  }
  return Object.fromEntries(
    [...new URLSearchParams(raw)].map(([key, value]) => [key, HOLDS_JSON.has(key) ? parsed(value) : value]),
  );
}

export function writeForm(fields: Fields): string {
  const form = new URLSearchParams();
  for (const [key, value] of Object.entries(fields)) {
    if (value !== undefined) form.append(key, typeof value === "string" ? value : JSON.stringify(value));
  }
  return form.toString();
}

type Nothing = undefined | null | false | 0 | "";

/** Looks again and again until there is something. */
export async function until<T>(
  what: string,
  look: () => T | Promise<T>,
  deadlineMs = 10_000,
): Promise<Exclude<T, Nothing>> {
  const end = performance.now() + deadlineMs;
  for (;;) {
    const found = await look();
    if (found) return found as Exclude<T, Nothing>;
    if (performance.now() > end) throw new Error(`waited ${deadlineMs} ms in vain for ${what}`);
    await setTimeout(5);
  }
}
