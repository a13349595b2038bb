import { type Fields, isFields, partsOf, stringOf } from "./json.ts";

/** Who reads a card: Teams fills in {{DATE()}} and {{TIME()}} for their zone and language. */
export interface Reader {
  zone: string;
  locale: string;
}

/** What is in a part, in the order in which it is shown; not what is sent, nor what stands in for it elsewhere. */
const INSIDE = ["body", "items", "columns", "rows", "cells", "inlines", "inlineAction", "actions", "card"];

/** Everything that can be read in a card, a line for each text, row and button. */
export function textOf(card: unknown, reader?: Reader): string {
  return linesOf(card, (text) => (reader ? withTimes(text, reader) : text)).join("\n");
}

type Read = (text: string) => string;

function linesOf(part: unknown, read: Read): string[] {
  if (Array.isArray(part)) return part.flatMap((one) => linesOf(one, read));
  if (!isFields(part) || part.isVisible === false) return [];
  const { type } = part;
  const line = (...texts: unknown[]) => texts.map(stringOf).filter(Boolean).map(read);
  if (type === "TextBlock") return line(part.text);
  if (type === "RichTextBlock") return line(inlinesOf(part).map(runOf).join(""));
  if (type === "FactSet") {
    return partsOf(part.facts).map(({ title, value }) => line(title, value).join(": "));
  }
  if (type === "Image" || type === "Media") return line(part.altText);
  if (type === "Table") return partsOf(part.rows).map((row) => rowOf(row, read));
  const kind = stringOf(type);
  if (kind.startsWith("Input."))
    return line(part.label, ...boxOf(part)).concat(linesOf(part.inlineAction, read));
  if (kind.startsWith("Action.")) return line(part.title).map((title) => `[${title}]`);
  const shown = [part.body, part.items, part.columns, part.images, part.actions];
  return shown.flatMap((inside) => linesOf(inside, read));
}

function rowOf({ cells }: Fields, read: Read): string {
  return partsOf(cells)
    .map(({ items }) => linesOf(items, read).join(" "))
    .join(" | ");
}

function inlinesOf({ inlines }: Fields): unknown[] {
  return Array.isArray(inlines) ? inlines : [];
}

function runOf(run: unknown): string {
  return isFields(run) ? stringOf(run.text) : stringOf(run);
}

/** What stands in the box of an input. */
function boxOf({ type, value, placeholder, title, choices, style, isMultiSelect }: Fields): string[] {
  if (type === "Input.Toggle") return [stringOf(title)];
  const written = typeof value === "number" ? `${value}` : stringOf(value);
  if (type !== "Input.ChoiceSet") return [written || stringOf(placeholder)];
  const all = partsOf(choices);
  if (style === "expanded" || isMultiSelect === true) return all.map((choice) => stringOf(choice.title));
  const chosen = all.find((choice) => choice.value === value);
  return [stringOf(chosen?.title) || stringOf(placeholder)];
}

const FUNCTION = /\{\{(DATE|TIME)\(([^,)]+)(?:,\s*(COMPACT|SHORT|LONG))?\)\}\}/g;
const DATES: Record<string, Intl.DateTimeFormatOptions> = {
  COMPACT: { dateStyle: "short" },
  SHORT: { weekday: "short", month: "short", day: "numeric", year: "numeric" },
  LONG: { weekday: "long", month: "long", day: "numeric", year: "numeric" },
};

function withTimes(text: string, { zone: timeZone, locale }: Reader): string {
  return text.replaceAll(FUNCTION, (written, name: string, moment: string, style = "COMPACT") => {
    const at = new Date(moment.trim());
    if (Number.isNaN(at.getTime())) return written;
    const format: Intl.DateTimeFormatOptions =
      name === "DATE" ? (DATES[style] ?? {}) : { timeStyle: "short" };
    return new Intl.DateTimeFormat(locale, { ...format, timeZone }).format(at);
  });
}

function allParts(part: unknown): Fields[] {
  if (Array.isArray(part)) return part.flatMap(allParts);
  if (!isFields(part)) return [];
  return [part, ...INSIDE.flatMap((key) => allParts(part[key]))];
}

/** The buttons: in sets of actions, in cards within the card, in its own row. */
export function actionsIn(card: unknown): Fields[] {
  return allParts(card).filter(({ type }) => stringOf(type).startsWith("Action."));
}

/** What opens when it is pressed: buttons, texts and areas; a text without a title is called by its words. */
export function linksIn(card: unknown): { title: string; url: string }[] {
  const parts = allParts(card);
  const areas = parts.flatMap(({ selectAction, text }) =>
    partsOf([selectAction]).map((one) => ({ text, ...one })),
  );
  return [...actionsIn(card), ...areas]
    .filter(({ type }: Fields) => type === "Action.OpenUrl")
    .flatMap((one: Fields) => {
      const names = [one.title, one.text].map(stringOf).filter(Boolean);
      return [...new Set(names)].map((title) => ({ title, url: stringOf(one.url) }));
    });
}

/** The titles of the buttons. */
export function buttonsOf(card: unknown): string[] {
  return actionsIn(card).map(({ title }) => stringOf(title));
}

/** An input as it is before anyone types. */
export interface Input {
  id: string;
  /** "Input.Text" */
  type: string;
  label: string;
  value: string;
  placeholder: string;
  isRequired: boolean;
  choices: { title: string; value: string }[];
  /** As it stands in the card. */
  part: Fields;
}

export function inputsOf(card: unknown): Input[] {
  return allParts(card)
    .filter(({ type, id }) => stringOf(type).startsWith("Input.") && stringOf(id) !== "")
    .map((part) => ({
      id: stringOf(part.id),
      type: stringOf(part.type),
      label: stringOf(part.label) || stringOf(part.title),
      value: typeof part.value === "number" ? `${part.value}` : stringOf(part.value),
      placeholder: stringOf(part.placeholder),
      isRequired: part.isRequired === true,
      choices: partsOf(part.choices).map(({ title, value }) => ({
        title: stringOf(title),
        value: stringOf(value),
      })),
      part,
    }));
}
