import type { ModalView } from "@slack/types";
import type { Form, Reply } from "../../src/index.ts";
import { renderForOne } from "./again.ts";
import { attachInChat, sendPicture, shareAnswer } from "./answers.ts";
import { call, SlackFailure } from "./calls.ts";
import { type Answered, ask, type Desk, isDirect } from "./desk.ts";
import type { Connection } from "./installations.ts";
import { attach, openChat, post, redraw, respond, whisper } from "./post.ts";
import { encodeSubmission, readOwnPress, readPress, readSubmitted } from "./press.ts";
import type { HeardPress, HeardSubmission, PressedMessage } from "./read.ts";
import { renderMessage } from "./render.ts";
import {
  fieldErrors,
  formOf,
  formWindow,
  isDialog,
  type Metadata,
  readMetadata,
  replyWindow,
  workingWindow,
} from "./window.ts";

/** Slack waits three seconds for what a window shows next; a trigger lives as long. */
const IN_TIME_MS = 700;

/** What comes back to a window that was sent: nothing closes it. */
export type WindowAnswer =
  | undefined
  | { response_action: "errors"; errors: Record<string, string> }
  | { response_action: "update"; view: ModalView };

/** A press on a button, wherever it is. */
export async function answerPress(desk: Desk, heard: HeardPress): Promise<void> {
  const { on, payload, id, tenant, speaker } = heard;
  const channel = "message" in on ? on.message.channel : speaker.id;
  const own = readOwnPress(payload);
  if (own?.kind === "open") return openForm(desk, heard, own.form);
  if (own) {
    const question = { id, tenant, speaker, channel, said: { kind: "press", ...own.again } } as const;
    const respondTo = "message" in on ? on.message.respondTo : undefined;
    if (own.kind === "picture") return sendPicture(desk, question, respondTo);
    return respondTo ? shareAnswer(desk, question, respondTo) : undefined;
  }
  const pressed = readPress(payload);
  if (!pressed) return desk.log.warn("a press was none of ours", { action: heard.actionId.slice(0, 40) });
  if (pressed.action === "portfolio") return desk.home.show(tenant, speaker, id, pressed.fields.page);
  if ("view" in on) return answerInWindow(desk, heard, on.view);
  const said = { kind: "press", ...pressed } as const;
  const answered = await ask(desk, { id, tenant, speaker, channel, said });
  if (answered) await showBeside(desk, answered, heard, on.message);
}

/** Where a button of a message was pressed: a change redraws it; an answer comes below it, or to who pressed alone. */
async function showBeside(
  desk: Desk,
  answered: Answered,
  heard: HeardPress,
  pressed: PressedMessage,
): Promise<void> {
  const { reply, connection } = answered;
  const { channel, isEphemeral, respondTo, thread } = pressed;
  if (!connection) return respondTo ? respond(respondTo, forOne(reply, channel)) : undefined;
  if (
    !reply.changed &&
    isDialog(reply) &&
    (await openWindow(connection, heard.trigger, replyWindow(reply, pressed)))
  ) {
    return;
  }
  if (reply.changed && !isEphemeral) return redraw(connection, pressed, renderMessage(reply));
  if (isEphemeral) await redraw(connection, pressed, renderForOne(reply, !isDirect(channel)));
  else if (isDirect(channel)) {
    const target = { channel, ...(thread && { thread }) };
    await post(connection, target, renderMessage(reply), desk);
    return attach(connection, reply, target, desk);
  } else if (respondTo) await respond(respondTo, forOne(reply, channel));
  else
    await whisper(connection, { channel, ...(thread && { thread }) }, heard.speaker.id, renderForOne(reply));
  await attachInChat(desk, answered, heard.speaker.id);
}

function forOne(reply: Reply, channel: string) {
  const message = renderForOne(reply, !isDirect(channel));
  return { response_type: "ephemeral", replace_original: false, ...message } as const;
}

/** In the Home and in windows an answer is a window. */
async function answerInWindow(
  desk: Desk,
  { id, tenant, speaker, trigger, payload }: HeardPress,
  view: { id: string; type: string; metadata: string },
): Promise<void> {
  const pressed = readPress(payload);
  if (!pressed) return;
  const { from } = view.type === "modal" ? readMetadata(view.metadata) : {};
  const channel = from?.channel ?? speaker.id;
  const connection = await desk.installations.connect(tenant);
  if (!connection) return;
  const answering = ask(desk, { id, tenant, speaker, channel, said: { kind: "press", ...pressed } });
  if (view.type === "modal") return showInWindow(desk, await answering, view.id, speaker.id, from);
  const early = await within(IN_TIME_MS, answering);
  if (early) {
    const shown = early.value && replyWindow(early.value.reply);
    if (shown && (await openWindow(connection, trigger, shown)) && early.value) {
      await attachInChat(desk, early.value, speaker.id);
    }
    return;
  }
  const opened = await call(() =>
    connection.client.views.open({ trigger_id: trigger, view: workingWindow() }),
  );
  await showInWindow(desk, await answering, opened.view?.id ?? "", speaker.id, undefined);
}

/** Puts an answer into a window that is open; what does not fit comes into the chat. */
async function showInWindow(
  desk: Desk,
  answered: Answered | undefined,
  viewId: string,
  user: string,
  from: PressedMessage | undefined,
): Promise<void> {
  if (!answered?.connection) return;
  const { connection, reply } = answered;
  const view = replyWindow(reply, from);
  if (view) await call(() => connection.client.views.update({ view_id: viewId, view }));
  else await post(connection, await openChat(connection, user), renderMessage(reply), desk);
  if (reply.changed && from) await redrawFrom(connection, reply, from);
  await attachInChat(desk, answered, user);
}

/** A window was sent. `ack` may be called once, and soon. */
export async function answerSubmission(
  desk: Desk,
  heard: HeardSubmission,
  ack: (answer: WindowAnswer) => Promise<void>,
): Promise<void> {
  const { id, tenant, speaker, view, payload } = heard;
  const metadata = readMetadata(view.metadata);
  const { form, from } = metadata;
  const pressed = form === undefined ? undefined : readSubmitted(form, payload);
  if (!pressed) return ack(undefined);
  const channel = from?.channel ?? speaker.id;
  const answering = ask(desk, { id, tenant, speaker, channel, said: { kind: "press", ...pressed } });
  const early = await within(IN_TIME_MS, answering);
  if (!early) {
    await ack({ response_action: "update", view: workingWindow(from) });
    return showInWindow(desk, await answering, view.id, speaker.id, from);
  }
  const answered = early.value;
  await ack(answered && windowAnswer(answered.reply, metadata));
  if (answered?.connection && answered.reply.changed && from) {
    await redrawFrom(answered.connection, answered.reply, from);
  }
  if (answered) await attachInChat(desk, answered, speaker.id);
}

/** Problems stand at their fields; what was done is seen in the message it was begun in, or in the window. */
function windowAnswer(reply: Reply, { form: sent, from }: Metadata): WindowAnswer {
  const form = formOf(reply);
  // After someone else's change it is another form: with errors alone the old one would stay, and be refused again and again.
  const errors = form && encodeSubmission(form)?.form === sent ? fieldErrors(form) : {};
  if (Object.keys(errors).length > 0) return { response_action: "errors", errors };
  if (reply.changed && from) return undefined;
  const view = replyWindow(reply, from);
  return view && { response_action: "update", view };
}

async function redrawFrom(connection: Connection, reply: Reply, from: PressedMessage): Promise<void> {
  await redraw(connection, from, from.isEphemeral ? renderForOne(reply) : renderMessage(reply));
}

async function openForm(desk: Desk, { tenant, trigger, on }: HeardPress, form: Form): Promise<void> {
  const connection = await desk.installations.connect(tenant);
  const from = "message" in on ? on.message : readMetadata(on.view.metadata).from;
  const view = formWindow(form, from);
  if (!connection || !view) return;
  const { views } = connection.client;
  const isWithin = "view" in on && on.view.type === "modal";
  await call(() =>
    isWithin ? views.push({ trigger_id: trigger, view }) : views.open({ trigger_id: trigger, view }),
  );
}

/** False: it came too late, or is too large. */
async function openWindow(
  { client }: Connection,
  trigger: string,
  view: ModalView | undefined,
): Promise<boolean> {
  if (!view) return false;
  try {
    await call(() => client.views.open({ trigger_id: trigger, view }));
    return true;
  } catch (error) {
    if (error instanceof SlackFailure && error.code.endsWith("trigger_id")) return false;
    throw error;
  }
}

/** What comes of the work if it is there in time. */
async function within<Result>(
  milliseconds: number,
  work: Promise<Result>,
): Promise<{ value: Result } | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((passed) => {
    timer = setTimeout(() => passed(undefined), milliseconds);
  });
  try {
    return await Promise.race([work.then((value) => ({ value })), late]);
  } finally {
    clearTimeout(timer);
  }
}
