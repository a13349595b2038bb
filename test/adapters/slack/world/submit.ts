import { withIds } from "./blocks.ts";
import type { Front } from "./front.ts";
import { complaints, filled, type Value } from "./inputs.ts";
import { type Fields, isFields, stringOf, type View } from "./json.ts";
import type { Modal } from "./modals.ts";
import { closing, type Overrides, overridden, submission, viewPayload } from "./payloads.ts";
import type { Acked, Transport } from "./transport.ts";
import type { Workspace } from "./workspace.ts";

type Check = Pick<Front, "problemsOf">["problemsOf"];

export interface Submitted extends Acked {
  payload: Fields;
  /** What is said under each input, by its visible label. */
  errors?: Record<string, string>;
  /** The modal as it is shown now; undefined when none is. */
  view?: View;
  /** Why the person sees "We had some trouble connecting": no 200, too late, or a body that is no answer. */
  trouble?: string;
}

/** Slack waits so long. */
const PATIENCE_MS = 3000;

/** Fills in the topmost modal and sends it, unless Slack's own client would not let it go. */
export async function submit(
  workspace: Workspace,
  transport: Transport,
  trigger: (user: string, view?: string) => Promise<string>,
  user: string,
  values: Record<string, Value>,
  { hash, overrides, check }: { hash?: string; overrides?: Overrides; check: Check },
): Promise<Submitted> {
  const { modals } = workspace;
  const modal = modals.top(user);
  if (!modal) throw new Error(`${user} has no modal open`);
  const { blocks } = modal.view;
  if (!modal.view.submit) throw new Error("this modal has no button to submit it");
  const state = filled(blocks, values, modal.typed);
  const problems = complaints(blocks, state);
  if (problems.length > 0) throw new Error(`Slack would not send this: ${problems.join("; ")}`);
  modal.typed = state;
  const view = { ...modal.view, hash: hash ?? modal.view.hash };
  const made = submission(workspace, user, await trigger(user, view.id), viewPayload(workspace, view, state));
  const payload = overridden(made, overrides);
  const acked = await transport.deliver("interactive", payload);
  const result = { ...acked, payload };
  const trouble = troubleOf(acked) ?? problemOf(acked.ackBody, check);
  const outcome = trouble === undefined ? await applied(workspace, user, modal, acked.ackBody) : { trouble };
  const shown = modals.top(user)?.view;
  return { ...result, ...outcome, ...(shown && { view: shown }) };
}

function troubleOf({ status, ackMs, ackBody }: Acked): string | undefined {
  if (status !== 200) return `the answer was ${status}`;
  if (ackMs > PATIENCE_MS) return `the answer took ${Math.round(ackMs)} ms`;
  if (ackBody !== undefined && !isFields(ackBody)) return `the answer was no JSON: ${String(ackBody)}`;
  return undefined;
}

/** What a view in the answer holds that Slack does not take. */
function problemOf(body: unknown, check: Check): string | undefined {
  if (!isFields(body) || !isFields(body.view)) return undefined;
  const [problem] = check(`views.${stringOf(body.response_action)}`, { view: body.view });
  return problem && `the new view: ${problem}`;
}

async function applied(
  { modals, emulator, hand }: Workspace,
  user: string,
  { view: { id, blocks } }: Modal,
  body: unknown,
): Promise<Pick<Submitted, "errors" | "trouble">> {
  if (!isFields(body) || body.response_action === undefined) {
    modals.popped(user);
    return {};
  }
  const { response_action: action, view } = body;
  if (action === "clear") {
    modals.cleared(user);
    return {};
  }
  if (action === "errors") return errorsOf(blocks, body.errors);
  if (action === "update") {
    const answer = await emulator.call("views.update", hand, { view_id: id, view });
    if (answer.ok !== true) return { trouble: `the new view: ${stringOf(answer.error)}` };
    modals.updated(answer.view as unknown as View);
    return {};
  }
  if (action === "push") {
    const { trigger_id } = await emulator.must("views.generateTriggerId", hand, {
      view_id: id,
      user_id: user,
    });
    const answer = await emulator.call("views.push", hand, { trigger_id, view });
    if (answer.ok !== true) return { trouble: `the new view: ${stringOf(answer.error)}` };
    modals.pushed(user, answer.view as unknown as View);
    return {};
  }
  return { trouble: `no such response_action: ${String(action)}` };
}

/** Slack shows an error only at an input block; any other makes the whole answer void. */
function errorsOf(blocks: View["blocks"], errors: unknown): Pick<Submitted, "errors" | "trouble"> {
  if (!isFields(errors) || Object.keys(errors).length === 0) return { trouble: "errors without any" };
  const inputs = withIds(blocks).filter(({ type }) => type === "input");
  const named: Record<string, string> = {};
  for (const [id, problem] of Object.entries(errors)) {
    const block = inputs.find(({ block_id }) => block_id === id);
    if (!block) return { trouble: `an error at ${id}, which is no input` };
    const label = typeof block.label === "object" ? stringOf(block.label.text) : "";
    named[label] = stringOf(problem);
  }
  return { errors: named };
}

/** Closes the topmost modal; what was delivered, if the app wants to know. */
export async function dismiss(
  workspace: Workspace,
  transport: Transport,
  user: string,
): Promise<Acked | undefined> {
  const modal = workspace.modals.top(user);
  if (!modal) throw new Error(`${user} has no modal open`);
  workspace.modals.popped(user);
  if (modal.view.notify_on_close !== true) return undefined;
  const view = viewPayload(workspace, modal.view, modal.typed);
  return transport.deliver("interactive", closing(workspace, user, view));
}
