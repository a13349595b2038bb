import { createRequire } from "node:module";
import type * as AdaptiveCardsLibrary from "adaptivecards";

// Its modules are written for bundlers; the bundle is what Node can load. It parses without a page to draw on.
const AdaptiveCards: typeof AdaptiveCardsLibrary = createRequire(import.meta.url)(
  "adaptivecards/dist/adaptivecards.js",
);

type Part = Record<string, unknown>;

/** Version 1.5 of the schema, as far as it is used here: what each element may have, and what it must. */
const COMMON = ["type", "spacing", "separator"];
const INPUT = [...COMMON, "id", "label", "isRequired", "errorMessage", "value"];
const SENT = ["type", "title", "style", "associatedInputs", "data"];
const SCHEMA: Record<string, { may: string[]; must: string[] }> = {
  AdaptiveCard: {
    may: ["type", "$schema", "version", "fallbackText", "body", "actions", "msteams"],
    must: ["version", "fallbackText", "body"],
  },
  RichTextBlock: { may: [...COMMON, "inlines"], must: ["inlines"] },
  TextRun: {
    may: ["type", "text", "size", "weight", "color", "isSubtle", "fontType", "selectAction"],
    must: ["text"],
  },
  Container: { may: [...COMMON, "style", "items"], must: ["items"] },
  ColumnSet: { may: [...COMMON, "columns"], must: ["columns"] },
  Column: { may: [...COMMON, "width", "items"], must: ["width", "items"] },
  Table: { may: [...COMMON, "columns", "rows", "showGridLines"], must: ["columns", "rows"] },
  TableRow: { may: ["type", "cells"], must: ["cells"] },
  TableCell: { may: ["type", "items"], must: ["items"] },
  Image: { may: [...COMMON, "url", "altText", "size", "msteams"], must: ["url", "altText"] },
  ActionSet: { may: [...COMMON, "actions"], must: ["actions"] },
  "Input.Text": { may: [...INPUT, "placeholder", "isMultiline"], must: ["id", "label"] },
  "Input.Date": { may: INPUT, must: ["id", "label"] },
  "Input.Time": { may: INPUT, must: ["id", "label"] },
  "Input.ChoiceSet": {
    may: [...INPUT, "style", "choices", "placeholder"],
    must: ["id", "label", "choices"],
  },
  "Action.Execute": { may: [...SENT, "verb", "fallback"], must: ["title", "verb", "data", "fallback"] },
  "Action.Submit": { may: SENT, must: ["title", "data"] },
  "Action.OpenUrl": { may: ["type", "title", "url", "style"], must: ["title", "url"] },
};

const MOST_BYTES = 25_000;
const MOST_ACTIONS = 6;
const OURS =
  /^(?:Before: )?\{\{DATE\((\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ), SHORT\)\}\} \{\{TIME\(\1\)\}\}(?: \(\w{3} \d{1,2} \w{3}, (?:\d\d:\d\d|\d{1,2}:\d\d [AP]M) P[SD]T\))?$/;

/** Everything that Teams, or a reader, would find wrong with a card; empty when it is good. */
export function problemsOf(card: unknown): string[] {
  const json = JSON.stringify(card);
  const sent: Part = JSON.parse(json);
  const parts = partsOf(sent);
  return [
    ...libraryProblems(sent),
    ...(Buffer.byteLength(json) > MOST_BYTES ? [`${Buffer.byteLength(json)} bytes`] : []),
    ...parts.flatMap(partProblems),
    ...actionProblems(parts),
    ...inputProblems(parts),
    ...(sent.type === "AdaptiveCard" && sent.version === "1.5" ? [] : ["not a card of version 1.5"]),
  ];
}

/** Every element, run and action, those in fallbacks too. */
function partsOf(value: unknown): Part[] {
  if (Array.isArray(value)) return value.flatMap(partsOf);
  if (typeof value !== "object" || value === null) return [];
  const part = value as Part;
  // Data is the core's, not a part of the card.
  const inner = Object.entries(part).flatMap(([key, one]) => (key === "data" ? [] : partsOf(one)));
  return typeof part.type === "string" ? [part, ...inner] : inner;
}

/** What Microsoft's own parser and validator say. */
function libraryProblems(sent: Part): string[] {
  const context = new AdaptiveCards.SerializationContext(AdaptiveCards.Versions.v1_5);
  const card = new AdaptiveCards.AdaptiveCard();
  card.hostConfig = new AdaptiveCards.HostConfig({ actions: { maxActions: MOST_ACTIONS } });
  card.parse(sent, context);
  const events = Array.from({ length: context.eventCount }, (_, index) => context.getEventAt(index));
  return [...events, ...card.validateProperties().validationEvents].map(({ message }) => message);
}

function partProblems(part: Part): string[] {
  const type = `${part.type}`;
  const schema = SCHEMA[type];
  if (!schema) return [`unknown: ${type}`];
  const filled = (key: string) => Array.isArray(part[key]) || typeof part[key] === "object" || part[key];
  return [
    ...schema.must.filter((key) => !filled(key)).map((key) => `${type} without ${key}`),
    ...Object.keys(part)
      .filter((key) => !schema.may.includes(key))
      .map((key) => `${type} with ${key}`),
    ...addressProblems(part),
    ...textProblems(part),
  ];
}

function addressProblems({ type, url }: Part): string[] {
  if (type !== "Action.OpenUrl" && type !== "Image") return [];
  const isSafe = /^(?:https:\/\/|http:\/\/(?:127\.0\.0\.1|localhost|\[::1\])[:/])/.test(`${url}`);
  return isSafe ? [] : [`${type} to ${url}`];
}

/** Only our own times may be functions, and Markdown may not find a link where it is read. */
function textProblems(part: Part): string[] {
  const texts = ["text", "title", "label", "placeholder", "altText", "fallbackText", "errorMessage"]
    .map((key) => part[key])
    .filter((text) => typeof text === "string");
  return texts.flatMap((text) => [
    ...(/\{\{(?:DATE|TIME)\(/.test(text) && !(part.type === "TextRun" && OURS.test(text))
      ? [`a function that is not ours: ${text}`]
      : []),
    ...(part.type !== "TextRun" && /\]\(|\]:|<\w/.test(text) ? [`markup: ${text}`] : []),
    ...(/(?![\n\t])[\p{Cc}\u202a-\u202e\u2066-\u2069]/u.test(text) ? [`a control: ${text}`] : []),
  ]);
}

function actionProblems(parts: Part[]): string[] {
  const fallbacks = new Set(parts.map(({ fallback }) => fallback));
  const linked = new Set(parts.map(({ selectAction }) => selectAction));
  const buttons = parts.filter(
    (part) => `${part.type}`.startsWith("Action.") && !fallbacks.has(part) && !linked.has(part),
  );
  return [
    ...(buttons.length > MOST_ACTIONS ? [`${buttons.length} actions`] : []),
    ...buttons.flatMap(({ type, verb, data, fallback }) => {
      if (type === "Action.OpenUrl") return [];
      const expected = JSON.stringify({ ...(data as Part), verb });
      const other = (fallback ?? {}) as Part;
      const isSame = type === "Action.Execute" && other.type === "Action.Submit";
      return isSame && JSON.stringify(other.data) === expected
        ? []
        : [`${verb}: the fallback says something else`];
    }),
  ];
}

function inputProblems(parts: Part[]): string[] {
  const inputs = parts.filter(({ type }) => `${type}`.startsWith("Input."));
  const ids = inputs.map(({ id }) => id);
  return [
    ...(new Set(ids).size < ids.length ? [`the same input twice: ${ids.join(", ")}`] : []),
    ...inputs
      .filter(({ isRequired, errorMessage }) => isRequired && !errorMessage)
      .map(({ id }) => `${id} does not say that it is needed`),
    ...inputs
      .filter(({ choices, value }) => {
        const known = choices as { value: string }[] | undefined;
        return known && value !== undefined && !known.some((one) => one.value === value);
      })
      .map(({ id }) => `${id} holds what is no choice`),
  ];
}
