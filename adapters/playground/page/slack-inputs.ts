import type { Button, InputBlock, PlainTextOption } from "@slack/types";
import { make } from "./dom.ts";
import { unsupported } from "./slack-text.ts";

/** What Slack sends back for one input. */
type InputValue =
  | { type: "plain_text_input"; value: string | null }
  | { type: "datetimepicker"; selected_date_time: number | null }
  | { type: "static_select"; selected_option: PlainTextOption | null };

/** One message, or window, on the page: collects its inputs, and is told of a press as Slack would send it. */
export interface SlackMessage {
  /** Tells apart the ids of one message from another's on the same page. */
  id: string;
  readers: { block: string; action: string; read: () => InputValue }[];
  press(payload: object, label: string): void;
  /** A press that opens a window. */
  open(payload: object, label: string): void;
  /** Slack sends a window only when what is not optional is filled in; a message, as it is. */
  isWindow?: true;
}

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

export function slackButton(button: Button, blockId: string, message: SlackMessage): HTMLElement {
  if (button.url) return unsupported("button with an address");
  const label = button.text.text;
  const look = `slack-button ${button.style ?? ""}`.trim();
  const opens = button.action_id?.startsWith("open!") === true;
  const attributes = { type: "button", class: look, "aria-haspopup": opens && "dialog" };
  const element = make("button", attributes, label);
  element.addEventListener("click", () => {
    const payload = pressPayload(button, blockId, message);
    if (opens) message.open(payload, label);
    else message.press(payload, label);
  });
  return element;
}

/** A block_actions payload with what the inputs of this message hold. */
function pressPayload(button: Button, blockId: string, message: SlackMessage): object {
  const { type, text, action_id, value, style } = button;
  return {
    type: "block_actions",
    actions: [{ type, block_id: blockId, action_id, text, value, style }],
    state: { values: valuesIn(message) },
  };
}

/** What the inputs hold, as Slack sends it. */
export function valuesIn({ readers }: SlackMessage): Record<string, Record<string, InputValue>> {
  const values: Record<string, Record<string, InputValue>> = {};
  for (const { block, action, read } of readers) values[block] = { ...values[block], [action]: read() };
  return values;
}

/** Label, control and hint, joined for a screen reader. */
export function slackInput(block: InputBlock, blockId: string, message: SlackMessage): HTMLElement {
  const id = `slack-${message.id}-${message.readers.length}`;
  const field = slackControl(block.element);
  if (!field) return unsupported(block.element.type);
  const { control, read } = field;
  control.id = id;
  control.required = message.isWindow === true && !block.optional;
  const action = block.element.action_id ?? "";
  message.readers.push({ block: blockId, action, read });
  const hint = block.hint ? make("p", { class: "hint", id: `${id}-hint` }, block.hint.text) : undefined;
  if (hint) control.setAttribute("aria-describedby", hint.id);
  const optional = block.optional ? make("span", { class: "optional" }, " (optional)") : undefined;
  return make(
    "div",
    { class: "field" },
    make("label", { for: id }, block.label.text, optional),
    control,
    hint,
  );
}

function slackControl(
  element: InputBlock["element"],
): { control: Control; read: () => InputValue } | undefined {
  switch (element.type) {
    case "plain_text_input": {
      const control = element.multiline
        ? make("textarea", { rows: "3" })
        : make("input", { type: "text", autocomplete: "off" });
      control.value = element.initial_value ?? "";
      return { control, read: () => ({ type: element.type, value: control.value || null }) };
    }
    case "datetimepicker": {
      const control = make("input", { type: "datetime-local" });
      if (element.initial_date_time !== undefined) control.value = wallTime(element.initial_date_time);
      const read = () => ({ type: element.type, selected_date_time: secondsOf(control.value) });
      return { control, read };
    }
    case "static_select": {
      const { options = [] } = element;
      const control = make("select", {}, make("option", { value: "" }, "Choose"));
      for (const { value, text } of options) control.append(make("option", { value }, text.text));
      control.value = element.initial_option?.value ?? "";
      const chosen = () => options.find(({ value }) => value === control.value) ?? null;
      return { control, read: () => ({ type: element.type, selected_option: chosen() }) };
    }
    default:
      return undefined;
  }
}

/** Unix seconds as a browser's input has them: "2026-11-03T18:15", in the reader's zone. */
function wallTime(seconds: number): string {
  const at = new Date(seconds * 1000);
  const two = (part: number) => String(part).padStart(2, "0");
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day}T${two(at.getHours())}:${two(at.getMinutes())}`;
}

function secondsOf(wallTime: string): number | null {
  const at = new Date(wallTime).getTime();
  return Number.isNaN(at) ? null : Math.floor(at / 1000);
}
