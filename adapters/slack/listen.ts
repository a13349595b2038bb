import type { App } from "@slack/bolt";
import { type Admission, createFloodGate, tooManyReply } from "../../src/index.ts";
import { surely } from "../surely.ts";
import { createTurns } from "../turns.ts";
import { answerCommand, answerMessage, refuseMessage } from "./answers.ts";
import { attempt, type Desk } from "./desk.ts";
import { replyModal } from "./modal.ts";
import { answerPress, answerSubmission, refusePress } from "./presses.ts";
import {
  type HeardCommand,
  type HeardEvent,
  readCommand,
  readEvent,
  readMessage,
  readPressed,
  readSubmission,
} from "./read.ts";
import { renderMessage } from "./render.ts";

/** How to wait for what was begun. */
interface Begun {
  /** Forms are acknowledged when they are answered. */
  forms(): Promise<void>;
  all(): Promise<void>;
}

/** Acknowledges what comes, reads it, and has it answered in its turn. */
export function listen(app: App, desk: Desk): Begun {
  const admitted = createFloodGate(desk.clock);
  const turns = createTurns();
  const submitting = new Set<Promise<void>>();

  /** False: too much is waiting already. */
  function later(what: string, work: () => Promise<void>): boolean {
    return turns.take(async () => void (await attempt(desk, what, work)));
  }

  /** Has it answered, or refused where too much is asked. */
  function take(
    { tenant, speaker }: Pick<HeardCommand, "tenant" | "speaker">,
    what: string,
    work: () => Promise<void>,
    refuse?: () => Promise<void>,
  ): Admission {
    const admission = admitted(tenant.id, speaker.id);
    if (admission === "admit") return later(what, work) ? "admit" : "tell";
    if (admission === "tell" && refuse) later("nobody could be told that it was too much", refuse);
    return admission;
  }

  app.command(/.*/, async ({ ack, body }) => {
    const heard = readCommand(body);
    const taken = heard && take(heard, "a command could not be answered", () => answerCommand(desk, heard));
    if (taken === "tell") await ack({ response_type: "ephemeral", ...renderMessage(tooManyReply()) });
    else await ack();
  });
  app.action(/.*/, async ({ ack, body }) => {
    await ack();
    const heard = readPressed(body);
    if (!heard) return;
    const what = "a press could not be answered";
    take(
      heard,
      what,
      () => answerPress(desk, heard),
      () => refusePress(desk, heard),
    );
  });
  app.view("form", async ({ ack, body }) => {
    const heard = readSubmission(body);
    if (!heard) return ack();
    if (admitted(heard.tenant.id, heard.speaker.id) !== "admit") {
      // Above the form, which keeps what was filled in.
      const view = replyModal(tooManyReply());
      return view ? ack({ response_action: "push", view }) : ack();
    }
    const work = attempt(desk, "a form could not be answered", () =>
      answerSubmission(desk, heard, (answer) => (answer ? ack(answer) : ack())),
    ).then(() => void submitting.delete(work));
    submitting.add(work);
    await work;
  });
  for (const type of ["app_mention", "message"] as const) {
    app.event(type, async ({ body }) => {
      const heard = readMessage(body);
      if (!heard) return;
      const what = "a message could not be answered";
      take(
        heard,
        what,
        () => answerMessage(desk, heard),
        () => refuseMessage(desk, heard),
      );
    });
  }
  app.event("app_home_opened", async ({ body, event }) => {
    const heard = readEvent(body);
    if (!heard || event.tab !== "home") return;
    const speaker = { id: event.user, name: event.user };
    take({ ...heard, speaker }, "the Home could not be shown", () =>
      desk.home.show(heard.tenant, speaker, heard.id),
    );
  });
  app.event("app_uninstalled", async ({ body }) => {
    const heard = readEvent(body);
    if (!heard) return;
    await surely(() => attempt(desk, "a workspace could not be deleted", () => purge(desk, heard)));
  });
  app.event("tokens_revoked", async ({ body, event }) => {
    const heard = readEvent(body);
    if (!heard || !event.tokens.bot?.length) return;
    const revoke = () => desk.installations.revoke(heard);
    await surely(() => attempt(desk, "a token could not be marked as revoked", revoke));
  });
  const forms = async () => void (await Promise.all(submitting));
  return {
    forms,
    async all() {
      await forms();
      await turns.settled();
      await desk.home.settled();
    },
  };
}

/** Uninstalled: nothing of the workspace is kept. */
async function purge(desk: Desk, event: HeardEvent): Promise<void> {
  const { id } = event.tenant;
  if (!(await desk.installations.isCurrent(event))) {
    return desk.log.warn("an uninstallation was of an installation before this one", { workspace: id });
  }
  await desk.assistant.forget(id);
  await desk.installations.forget(id);
  desk.log.info("the app was uninstalled in Slack, and all of the workspace was deleted", { workspace: id });
}
