import type {
  ActionsBlock,
  InputBlock,
  InputBlockElement,
  KnownBlock,
  PlainTextElement,
  PlainTextOption,
  Button as SlackButton,
} from "@slack/types";
import { type Button, clip, type Form, type Input, isBlank, oneLine, printable } from "../../src/index.ts";
import { LIMITS, SHOWN } from "./limits.ts";
import { encodeButton, encodeForm, encodeOpen, encodeSubmission, type Sent } from "./press.ts";
import { bold, type Line, plain, richText, section } from "./rich-text.ts";

/** Numbers the buttons and forms of one message, from 1. */
export type NextNumber = () => number;

/** The first few as buttons, the first of the message green; those left over as words to type. */
export function buttonBlocks(buttons: readonly Button[], next: NextNumber): KnownBlock[] {
  const shown: SlackButton[] = [];
  const typed: Button[] = [];
  for (const button of buttons) {
    const number = next();
    const sent = shown.length < SHOWN.buttons ? encodeButton(button, number) : undefined;
    if (sent) {
      const style = button.style ?? styleOf(number);
      const text = plainText([button.label, button.says, button.action], LIMITS.buttonText);
      shown.push({ type: "button", text, ...sent, ...(style && { style }) });
    } else typed.push(button);
  }
  return [
    ...(shown.length > 0 ? [actions(shown)] : []),
    ...(typed.length > 0 ? [richText(section(typedLine(typed)))] : []),
  ];
}

/** Slack asks for one green button at most. */
function styleOf(number: number): "primary" | undefined {
  return number === 1 ? "primary" : undefined;
}

function typedLine(buttons: readonly Button[]): Line {
  const words = buttons.slice(0, SHOWN.typed).flatMap(({ says, label }, index): Line => {
    const text = clip(oneLine(isBlank(says) ? label : says), SHOWN.cell);
    return [...plain(index === 0 ? "" : ", "), ...(text === "" ? [] : [code(text)])];
  });
  const missing = buttons.length - SHOWN.typed;
  return [...plain("Or type: "), ...words, ...plain(missing > 0 ? ` … and ${missing} more` : "")];
}

function code(text: string): Line[number] {
  return { type: "text", text, style: { code: true } };
}

/** One input stands in the message itself, with a button that sends it; more of them open in a modal of their own. */
export function formBlocks(form: Form, next: NextNumber): KnownBlock[] {
  const number = next();
  const opened = form.inputs.length > 1 ? encodeOpen(form, number) : undefined;
  return opened ? [actions([openButton(form, opened, number)])] : inputBlocks(form, number);
}

function openButton({ label, action }: Form, sent: Sent, number: number): SlackButton {
  const style = styleOf(number);
  const text = plainText([`${label} …`, action], LIMITS.buttonText);
  return { type: "button", text, ...sent, ...(style && { style }) };
}

/** For a modal: its own button sends what is filled in. Nothing when it can't be sent. */
export function modalBlocks(form: Form): { blocks: KnownBlock[]; sent: string } | undefined {
  const sent = encodeSubmission(form);
  return (
    sent && {
      blocks: [
        ...headingBlocks(form),
        ...form.inputs.map((input, index) => inputBlock(input, sent.ids[index] ?? input.id)),
      ],
      sent: sent.form,
    }
  );
}

function headingBlocks({ label }: Form): KnownBlock[] {
  const heading = clip(oneLine(label), SHOWN.line);
  return isBlank(heading) ? [] : [richText(section(bold(heading)))];
}

function inputBlocks(form: Form, number: number): KnownBlock[] {
  const sent = encodeForm(form, number);
  const label = clip(oneLine(form.label), SHOWN.line);
  if (!sent)
    return [richText(section(plain(`${label}: this can't be asked here; type the command instead.`)))];
  const style = styleOf(number);
  const submit: SlackButton = {
    type: "button",
    text: plainText([form.submit, form.label, form.action], LIMITS.buttonText),
    ...sent.submit,
    ...(style && { style }),
  };
  const inputs = form.inputs.map((input, index) => inputBlock(input, sent.ids[index] ?? input.id));
  return [...headingBlocks(form), ...inputs, actions([submit])];
}

function inputBlock(input: Input, id: string): InputBlock {
  const { element, note } = elementOf(input, id);
  const problem = input.problem ? `⚠ ${input.problem}` : "";
  const hint = [problem, note, input.hint ?? ""].filter((part) => !isBlank(part)).join(" ");
  return {
    type: "input",
    block_id: id,
    label: plainText([input.label, input.id], LIMITS.inputLabel),
    element,
    ...(hint !== "" && { hint: plainText([hint], LIMITS.inputHint) }),
    ...(input.isOptional && { optional: true }),
  };
}

/** `note`: what the element has no place for. */
function elementOf(input: Input, action_id: string): { element: InputBlockElement; note: string } {
  const { sort, value = "", options = [] } = input;
  const before = value === "" ? "" : `Before: “${clip(oneLine(value), SHOWN.cell)}”.`;
  if (sort === "moment") {
    const seconds = secondsOf(value);
    return seconds === undefined
      ? { element: { type: "datetimepicker", action_id }, note: before }
      : { element: { type: "datetimepicker", action_id, initial_date_time: seconds }, note: "" };
  }
  if (sort === "choice" && options.length > 0) {
    const shown = options.slice(0, LIMITS.options).map(
      (option): PlainTextOption => ({
        text: plainText([option.label, option.value], LIMITS.optionText),
        value: option.value,
      }),
    );
    const chosen = shown.find((option) => option.value === value);
    const missing = options.length - shown.length;
    return {
      element: {
        type: "static_select",
        action_id,
        options: shown,
        ...(chosen && { initial_option: chosen }),
      },
      note: `${chosen ? "" : before}${missing > 0 ? ` … and ${missing} more, to be typed.` : ""}`,
    };
  }
  const initial = printable(value);
  return initial.length > LIMITS.inputValue
    ? { element: { type: "plain_text_input", action_id }, note: before }
    : {
        element: {
          type: "plain_text_input",
          action_id,
          ...(initial.includes("\n") && { multiline: true }),
          ...(initial !== "" && { initial_value: initial }),
        },
        note: "",
      };
}

/** Slack's picker begins at an instant; words without a zone are none. */
function secondsOf(value: string): number | undefined {
  if (!/T.*(?:Z|[+-]\d\d:?\d\d)$/.test(value)) return undefined;
  const seconds = Math.floor(Date.parse(value) / 1000);
  return seconds >= 1_000_000_000 && seconds <= 9_999_999_999 ? seconds : undefined;
}

export function actions(elements: SlackButton[]): ActionsBlock {
  return { type: "actions", elements };
}

/** The first of the texts that can be seen, as Slack's plain text: no markup, and no ":smile:" turned into a picture. */
export function plainText(texts: string[], most: number): PlainTextElement {
  const text = texts.map(oneLine).find((one) => !isBlank(one)) ?? "…";
  return { type: "plain_text", text: clip(text, most), emoji: false };
}
