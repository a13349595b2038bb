import { type Fields, isFields, stringOf } from "./json.ts";

/** What Slack refuses in a view beside its blocks; its documentation says how much of each it takes. */
export function viewProblems(view: Fields): string[] {
  const { type, blocks } = view;
  const problems: string[] = [];
  for (const part of ["title", "submit", "close"]) {
    const text = isFields(view[part]) ? stringOf(view[part].text) : "";
    if (text.length > 24) problems.push(`${part}: more than 24 characters`);
    if (view[part] !== undefined && text === "") problems.push(`${part}: empty`);
    if (type === "home" && view[part] !== undefined) problems.push(`${part}: a Home has none`);
  }
  if (type === "modal" && view.title === undefined) problems.push("title: missing");
  if (stringOf(view.private_metadata).length > 3000)
    problems.push("private_metadata: more than 3000 characters");
  if (stringOf(view.callback_id).length > 255) problems.push("callback_id: more than 255 characters");
  if (!Array.isArray(blocks) || blocks.length > 100) problems.push("blocks: none, or more than 100");
  const hasInput = Array.isArray(blocks) && blocks.some((block) => isFields(block) && block.type === "input");
  if (type === "modal" && hasInput && view.submit === undefined)
    problems.push("submit: missing, with inputs");
  return problems;
}
