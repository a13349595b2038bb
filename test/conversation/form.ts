import type { Form, Reply } from "../../src/reply.ts";
import type { Chat } from "../support.ts";

/** The form of a reply; there must be one. */
export function formOf(reply: Reply): Form {
  const block = reply.blocks.find(({ kind }) => kind === "form");
  if (block?.kind !== "form") throw new Error(`no form in: ${reply.title}`);
  return block.form;
}

/** Submits a form as a platform does: every input comes back, touched or not. */
export function submit(chat: Chat, reply: Reply, filled: Record<string, string>): Promise<Reply> {
  const { action, fields, inputs } = formOf(reply);
  const shown = Object.fromEntries(inputs.map(({ id, value = "" }) => [id, value]));
  return chat.press({ action, fields: { ...fields, ...shown, ...filled } });
}

export function inputOf(reply: Reply, id: string) {
  return formOf(reply).inputs.find((input) => input.id === id);
}

/** What stands in each input. */
export function valuesOf(reply: Reply): Record<string, string> {
  return Object.fromEntries(formOf(reply).inputs.map(({ id, value = "" }) => [id, value]));
}

/** What is said to be wrong, by input; inputs with nothing wrong are left out. */
export function problemsOf(reply: Reply): Record<string, string> {
  const wrong = formOf(reply).inputs.flatMap(({ id, problem }) => (problem ? [[id, problem] as const] : []));
  return Object.fromEntries(wrong);
}
