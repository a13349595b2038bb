import type { ModalView } from "@slack/types";
import { call, SlackFailure } from "./calls.ts";
import type { Connection } from "./installations.ts";

/** The modal's id; nothing when it came too late, is too large, or Slack has trouble. */
export async function openModal(
  { client }: Connection,
  trigger: string,
  view: ModalView | undefined,
  how: "open" | "push" = "open",
): Promise<string | undefined> {
  if (!view) return undefined;
  try {
    return (await call(() => client.views[how]({ trigger_id: trigger, view }))).view?.id;
  } catch (error) {
    // Whatever the reason, the answer finds another way.
    if (error instanceof SlackFailure) return undefined;
    throw error;
  }
}

/** False: the person has closed it. */
export async function updateModal({ client }: Connection, modal: string, view: ModalView): Promise<boolean> {
  try {
    await call(() => client.views.update({ view_id: modal, view }));
    return true;
  } catch (error) {
    if (error instanceof SlackFailure && error.code === "not_found") return false;
    throw error;
  }
}
