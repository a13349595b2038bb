import {
  type Button,
  head,
  type Links,
  plainText,
  type Reply,
  type Said,
  withoutSecrets,
} from "../../src/index.ts";
import type { Entry } from "./conversations.ts";

/** What the playground needs of a platform: how a reply looks there, and what a press there means. */
interface Face {
  /** The message as that platform's own JSON. */
  render(reply: Reply, links: Links): object;
  /** Undefined: it is no press of ours. */
  readPress(payload: unknown): { action: string; fields: Record<string, string> } | undefined;
  /** The window that a press opens there before anything is said, as that platform's own JSON. Undefined: it opens none. */
  openWindow?(payload: unknown): object | undefined;
}

export interface Faces {
  slack: Face;
  teams: Face;
}

const MOST_SHOWN = 4000;

/** An entry as JSON: a reply with its looks, and every address in it reached through `links`. */
export function shownEntry(entry: Entry, { slack, teams }: Faces, links: Links): object {
  if (entry.kind === "said") return entry;
  const { reply, ...rest } = entry;
  const looks = { slack: slack.render(reply, links), teams: teams.render(reply, links) };
  return { ...rest, text: plainText(reply), reply, ...looks };
}

/** What a person wrote, as it may be kept and shown: without secrets, and not endless. */
export function shownText(text: string): string {
  const safe = withoutSecrets(text.toWellFormed()).text;
  const start = head(safe, MOST_SHOWN);
  const more = safe.length - start.length;
  return more > 0 ? `${start}… and ${more} more characters` : safe;
}

/** What was said in words: of a press, what is written on the button, where one of these entries (newest first) has it. */
export function wordsOf(said: Said, entries: readonly Entry[]): string {
  if (said.kind === "text") return said.text;
  const pressed = entries
    .flatMap(buttonsOf)
    .find(
      ({ action, fields }) =>
        action === said.action && Object.entries(fields).every(([key, value]) => said.fields[key] === value),
    );
  return pressed?.label ?? said.action;
}

function buttonsOf(entry: Entry): Pick<Button, "label" | "action" | "fields">[] {
  if (entry.kind === "said") return [];
  return entry.reply.blocks.flatMap((block): Pick<Button, "label" | "action" | "fields">[] => {
    if (block.kind === "buttons") return block.buttons;
    return block.kind === "form" ? [{ ...block.form, label: block.form.submit }] : [];
  });
}
