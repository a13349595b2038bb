import type { Block, Input } from "../reply.ts";
import { form } from "./forms.ts";

export const WEEKDAYS = [
  "Monday",
  "Tuesday",
  "Wednesday",
  "Thursday",
  "Friday",
  "Saturday",
  "Sunday",
] as const;
/** Quiet hours as someone gave them. */
export interface QuietTyped {
  from: string;
  to: string;
}

/** When the weekly digest should come, as someone gave it. */
export interface DigestTyped {
  day: string;
  at: string;
}

export function quietForm({ from, to }: QuietTyped, problems: { from?: string; to?: string } = {}): Block {
  return settingForm("Set quiet hours", "Set the hours", [
    input("quietFrom", "From", "Such as 20:00, or off", from, problems.from),
    // "off" says all.
    { ...input("quietTo", "To", "Such as 8:00", to, problems.to), isOptional: true },
  ]);
}

export function daysForm(days: string, problem?: string): Block {
  return settingForm("Set working days", "Set the days", [
    input("days", "Working days", "Such as mon-fri, or all", days, problem),
  ]);
}

export function digestForm(typed?: DigestTyped, problems: { day?: string; at?: string } = {}): Block {
  const { value = "", ...day } = input("digestDay", "Day", "", typed?.day ?? "", problems.day);
  const chosen = WEEKDAYS.find((name) => name.toLowerCase() === value.toLowerCase());
  return settingForm("Set the weekly digest", "Send it here", [
    {
      ...day,
      sort: "choice",
      options: WEEKDAYS.map((name) => ({ value: name, label: name })),
      ...(chosen && { value: chosen }),
    },
    input("digestAt", "Time", "Such as 9:00 or 3pm", typed?.at ?? "", problems.at),
  ]);
}

function settingForm(label: string, submit: string, inputs: Input[]): Block {
  return form({ label, action: "settings", fields: {}, submit, inputs });
}

function input(id: string, label: string, hint: string, value: string, problem?: string): Input {
  return {
    id,
    label,
    sort: "text",
    ...(hint && { hint }),
    ...(value && { value }),
    ...(problem && { problem }),
  };
}
