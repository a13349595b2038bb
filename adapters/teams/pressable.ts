import { type Button, clip, type Form, type Input, oneLine } from "../../src/index.ts";
import type { ChoiceInput, Element, Execute, RichTextBlock } from "./card.ts";
import { type Room, TAKEN } from "./limits.ts";
import { dataOf, keysOf } from "./press.ts";
import { plainString, richText, SMALL, timeFunctions, visibleString } from "./rich-text.ts";

const CHOOSE = "Choose";
/** Room for a text that was cut before. */
const ALL = Number.POSITIVE_INFINITY;
const PROBLEM = { size: "Small", weight: "Bolder", color: "Attention" } as const;

/** A button, unless its fields are too big to be sent to and fro. `isBesideForm`: it leaves the form's inputs alone. */
export function buttonAction(button: Button, isBesideForm: boolean): Execute | undefined {
  const { label, says, action, fields, style } = button;
  if (action === "" || bytesOf([action, fields]) > TAKEN.fieldBytes) return undefined;
  return execute(action, {
    title: visibleString([label, says, action], TAKEN.title),
    data: dataOf(fields),
    ...(style && { style: style === "danger" ? "destructive" : "positive" }),
    ...(isBesideForm && { associatedInputs: "none" }),
  });
}

function execute(verb: string, sent: Omit<Execute, "type" | "verb" | "fallback">): Execute {
  return {
    type: "Action.Execute",
    verb,
    ...sent,
    fallback: { type: "Action.Submit", ...sent, data: { ...sent.data, verb } },
  };
}

/** Buttons there is no place for, in the words that say the same. */
export function typedElements(buttons: readonly Button[], { rows }: Room): Element[] {
  const shown = buttons.slice(0, Math.min(rows, TAKEN.typed));
  const words = shown.flatMap(({ says, label }, index) => [
    index === 0 ? "Or type: " : ", ",
    { bold: clip(says === "" ? label : says, TAKEN.says) },
  ]);
  const missing = buttons.length - shown.length;
  return richText([...words, ...(missing > 0 ? [` … and ${missing} more`] : [])], ALL, SMALL);
}

/** What is said where a form can't be shown. */
export function formInWords({ label }: Form, { text }: Room): Element[] {
  return richText([{ bold: label }, ": this can't be asked here; type the command instead."], text);
}

/** Inputs, each with what was wrong with it, and the button that sends them. Undefined where they are too much for a card. */
export function formElements(form: Form, room: Room): Element[] | undefined {
  const { label, action, fields, submit, inputs } = form;
  const ids = inputs.map(({ id }) => id);
  if (action === "" || new Set(ids).size < ids.length) return undefined;
  const send = execute(action, {
    title: visibleString([submit, label, action], TAKEN.title),
    style: "positive",
    associatedInputs: "auto",
    data: dataOf(fields, ids),
  });
  // One input that is called like the form needs no second line to say so.
  const isNamed = inputs.length === 1 && inputs[0]?.label === label;
  const elements: Element[] = [
    ...(isNamed ? [] : richText([label], room.text, { weight: "Bolder" })),
    ...inputs.flatMap((input) => inputElements(input, room)),
    { type: "ActionSet", actions: [send] },
  ];
  return bytesOf(elements) <= TAKEN.formBytes
    ? [{ type: "Container", separator: true, spacing: "Medium", items: elements }]
    : undefined;
}

function inputElements(input: Input, { text }: Room): Element[] {
  const { value = "", problem, hint = "" } = input;
  const { element, isFilled, missing = 0 } = inputOf(input, value);
  const small = (words: string) => richText([words], text, SMALL);
  const isInBox = "placeholder" in element && element.placeholder !== CHOOSE;
  return [
    element,
    ...[
      ...richText(problem ? [`⚠ ${problem}`] : [], text, PROBLEM),
      ...(value === "" || isFilled ? [] : beforeElements(value, text)),
      ...small(missing > 0 ? `… and ${missing} more, to be typed` : ""),
      ...small(isInBox ? "" : hint),
    ].map((line): Element => ({ ...line, spacing: "Small" })),
  ];
}

/** A value that the input itself can't show. */
function beforeElements(value: string, text: number): RichTextBlock[] {
  const [, utc] = INSTANT.exec(value) ?? [];
  if (!utc || Number.isNaN(Date.parse(value))) return richText([`Before: “${value}”`], text, SMALL);
  const inlines = [{ type: "TextRun" as const, text: `Before: ${timeFunctions(`${utc}Z`)}`, ...SMALL }];
  return [{ type: "RichTextBlock", inlines }];
}

interface Made {
  element: Element;
  /** The value stands in it. */
  isFilled: boolean;
  /** Choices left out. */
  missing?: number;
}

function inputOf(input: Input, value: string): Made {
  const { sort, options = [], hint = "" } = input;
  const parts = {
    id: keysOf(input.id).input,
    label: visibleString([input.label, input.id], TAKEN.title),
    // Not the label: an error message is Markdown.
    ...(!input.isOptional && { isRequired: true as const, errorMessage: "This is needed." }),
  };
  if (sort === "moment") return momentInput(input, parts, value);
  const choices = options.slice(0, TAKEN.choices).filter((one) => isSendable(one.value));
  if (sort === "choice" && choices.length > 0) {
    return { ...choiceInput(choices, parts, value), missing: options.length - choices.length };
  }
  const isFilled = isSendable(value);
  const element: Element = {
    type: "Input.Text",
    ...parts,
    // A short hint stands in the box as long as that is empty.
    ...(hint !== "" &&
      hint.length <= TAKEN.hint &&
      value === "" && { placeholder: plainString(oneLine(hint), TAKEN.hint) }),
    ...(isFilled && { value, ...(value.includes("\n") && { isMultiline: true }) }),
  };
  return { element, isFilled, missing: sort === "choice" ? options.length : 0 };
}

type Parts = Pick<ChoiceInput, "id" | "label" | "isRequired" | "errorMessage">;

function choiceInput(options: NonNullable<Input["options"]>, parts: Parts, value: string): Made {
  const isFilled = options.some((one) => one.value === value);
  const choices = options.map((one) => ({
    title: visibleString([one.label, one.value], TAKEN.title),
    value: one.value,
  }));
  const element: Element = {
    type: "Input.ChoiceSet",
    ...parts,
    style: "compact",
    choices,
    placeholder: CHOOSE,
    ...(isFilled && { value }),
  };
  return { element, isFilled };
}

/** It comes back as it was sent. */
function isSendable(value: string): boolean {
  return value !== "" && value.length <= TAKEN.value && value.isWellFormed();
}

/** A day and, if it is known, a time on it, as the reader's clock shows them. */
const ON_THE_CLOCK =
  /^(\d{4}-\d\d-\d\d)(?:[T ]((?:[01]\d|2[0-3]):[0-5]\d)(?::\d\d(?:\.\d+)?)?(?:[+-]\d\d:\d\d)?)?$/;
/** An instant in UTC: what the reader's clock shows then isn't known here. */
const INSTANT = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d+)?Z$/;

function momentInput(input: Input, { label, id: _, ...required }: Parts, value: string): Made {
  const [, written, time] = ON_THE_CLOCK.exec(value) ?? [];
  const day = written && isDay(written) ? written : undefined;
  const keys = keysOf(input.id);
  const date: Element = {
    type: "Input.Date",
    id: keys.day,
    label,
    ...required,
    ...(day && { value: day }),
  };
  const clock: Element = {
    type: "Input.Time",
    id: keys.time,
    label: "Time",
    ...(day && time && { value: time }),
  };
  const columns = [
    { type: "Column" as const, width: "1", items: [date] },
    { type: "Column" as const, width: "1", items: [clock] },
  ];
  return { element: { type: "ColumnSet", columns }, isFilled: day !== undefined };
}

function isDay(written: string): boolean {
  const at = new Date(`${written}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(written);
}

/** As it is sent. */
export function bytesOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}
