import type { AdaptiveCard } from "../../../adapters/teams/card.ts";
import { renderMessage } from "../../../adapters/teams/render.ts";
import type { Block, Reply, Span } from "../../../src/index.ts";
import { buttonOf, LINKS, NO_LINKS, replyOf } from "../sample-reply.ts";

type Part = Record<string, unknown>;

/** Something to press: an action of a card as Teams knows it. */
export interface Pressable extends Part {
  type: "Action.Execute" | "Action.Submit" | "Action.OpenUrl";
  title: string;
  data: Record<string, unknown>;
  verb?: string;
  fallback?: Pressable;
}

export function cardOf(reply: Reply, links = LINKS): AdaptiveCard {
  return renderMessage(reply, links).card;
}

export function textOf(...spans: Span[]): AdaptiveCard {
  return cardOf(replyOf({ kind: "text", spans }));
}

export function buttons(...labels: string[]): Block {
  return { kind: "buttons", buttons: labels.map((label) => buttonOf(label)) };
}

/** What a person reads of this block, line by line. */
export function shown(block: Block): string[] {
  return readingOf(cardOf(replyOf(block), NO_LINKS))
    .split("\n")
    .slice(1);
}

/** What a person reads in a card, a line for each text, and what a screen reader says of a picture. */
export function readingOf(card: AdaptiveCard): string {
  return [...linesOf(card.body), ...actionsIn(card).map(({ title }) => title)].join("\n");
}

function linesOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(linesOf);
  if (typeof value !== "object" || value === null) return [];
  const { type, inlines, altText, label, placeholder, choices, ...part } = value as Part;
  if (`${type}`.startsWith("Action.")) return [];
  if (Array.isArray(inlines)) return [inlines.map(({ text }) => text).join("")];
  const titles = Array.isArray(choices) ? choices.map(({ title }) => title) : [];
  const own = [label, placeholder, altText, ...titles].filter((text) => typeof text === "string");
  return [...own, ...Object.values(part).flatMap(linesOf)];
}

/** Every part of a kind, in the order in which they are shown. */
export function partsIn(card: AdaptiveCard, type: string): Part[] {
  return allParts(card).filter((part) => part.type === type);
}

/** The inputs of a card, in the order in which they are shown. A moment is two of them. */
export function inputsIn(card: AdaptiveCard): Part[] {
  return allParts(card.body).filter((part) => `${part.type}`.startsWith("Input."));
}

function allParts(value: unknown): Part[] {
  if (Array.isArray(value)) return value.flatMap(allParts);
  if (typeof value !== "object" || value === null) return [];
  return [value as Part, ...Object.values(value).flatMap(allParts)];
}

/** The runs of a card that hold a text. */
export function runsWith(card: AdaptiveCard, text: string): Part[] {
  return partsIn(card, "TextRun").filter((run) => `${run.text}`.includes(text));
}

/** The buttons of a card, the form's own first. */
export function actionsIn(card: AdaptiveCard): Pressable[] {
  const inBody = partsIn(card, "ActionSet").flatMap(({ actions }) => actions);
  return JSON.parse(JSON.stringify([...inBody, ...(card.actions ?? [])]));
}

export function actionCalled(card: AdaptiveCard, title: string): Pressable {
  const found = actionsIn(card).find((action) => action.title === title);
  if (!found) throw new Error(`no button ${title}`);
  return found;
}

/**
 * What Teams sends when an action is pressed: its data, over which it puts the inputs that are not empty.
 *
 * @param typed what a person put into inputs since the card came, by id
 */
export function pressed(card: AdaptiveCard, action: Pressable, typed: Record<string, string> = {}): unknown {
  const { type, verb, associatedInputs } = action;
  const filled = inputsIn(card)
    .map(({ id, value }) => [`${id}`, typed[`${id}`] ?? value] as const)
    .filter(([, value]) => value !== undefined && value !== "");
  const data = { ...action.data, ...(associatedInputs === "none" ? {} : Object.fromEntries(filled)) };
  return type === "Action.Execute" ? { action: { type, verb, data }, trigger: "manual" } : data;
}
