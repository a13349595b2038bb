import type { ModalView } from "@slack/types";
import { type Form, type Reply, type Said, type Shelf, tooManyReply } from "../../src/index.ts";
import { renderForOne } from "./again.ts";
import { tellAlone } from "./alone.ts";
import { attachInChat, sendPicture, shareAnswer } from "./answers.ts";
import { SlackFailure } from "./calls.ts";
import { type Answered, ask, type Desk, isDirect, meet } from "./desk.ts";
import type { Connection } from "./installations.ts";
import {
  belongsInModal,
  fieldErrors,
  formModal,
  formOf,
  type Metadata,
  readMetadata,
  replyModal,
  workingModal,
} from "./modal.ts";
import { openModal, updateModal } from "./opening.ts";
import { type Readers, readersOf } from "./people.ts";
import { attach, openChat, post, redraw } from "./post.ts";
import { encodeSubmission, readOwnPress, readPress, readSubmitted } from "./press.ts";
import type { HeardPress, HeardSubmission, PressedMessage } from "./read.ts";
import { renderMessage } from "./render.ts";

/** Slack waits three seconds for what a modal shows next; a trigger lives as long. */
const IN_TIME_MS = 700;

/** What comes back to a modal that was sent: nothing closes it. */
export type ModalAnswer =
  | undefined
  | { response_action: "errors"; errors: Record<string, string> }
  | { response_action: "update"; view: ModalView };

/**
 * A press on a button, wherever it is. In one message after the other: what it shows in the end is what was decided last. Counts
 * within this process.
 */
export async function answerPress(desk: Desk, heard: HeardPress): Promise<void> {
  const { on } = heard;
  if (!("message" in on)) return answer(desk, heard);
  await desk.pressing(`${on.message.channel}/${on.message.ts}`, () => answer(desk, heard));
}

async function answer(desk: Desk, heard: HeardPress): Promise<void> {
  const { on, payload, id, tenant, speaker } = heard;
  const channel = "message" in on ? on.message.channel : speaker.id;
  const own = readOwnPress(payload);
  if (own?.kind === "open") return openForm(desk, heard, own.form);
  if (own) {
    const question = { id, tenant, speaker, channel, said: { kind: "press", ...own.again } } as const;
    if (!("message" in on)) return;
    return own.kind === "share"
      ? shareAnswer(desk, question, on.message)
      : sendPicture(desk, question, on.message);
  }
  const pressed = readPress(payload);
  if (!pressed) return desk.log.warn("a press was none of ours", { action: heard.actionId.slice(0, 40) });
  if (pressed.action === "portfolio") return desk.home.show(tenant, speaker, id, pressed.fields.page);
  const said = { kind: "press", ...pressed } as const;
  if ("view" in on) return answerInView(desk, heard, on.view, said);
  const { thread } = on.message;
  const answered = await ask(desk, { id, tenant, speaker, channel, ...(thread && { thread }), said });
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
  const { channel, isEphemeral, thread } = pressed;
  if (!connection) return tellAlone(undefined, pressed, heard.speaker.id, renderMessage(reply));
  const isInPlace = reply.changed || reply.turned;
  if (
    !isInPlace &&
    belongsInModal(reply) &&
    (await openModal(connection, heard.trigger, replyModal(reply, pressed)))
  ) {
    return;
  }
  if (isInPlace) return redrawPressed(desk, connection, heard, reply, pressed);
  if (!isEphemeral && isDirect(channel)) {
    const target = { channel, ...(thread && { thread }) };
    await post(connection, target, renderMessage(reply), desk);
    return attach(connection, reply, target, desk);
  }
  await answerAlone(connection, pressed, heard.speaker.id, reply);
  await attachInChat(desk, answered, heard.speaker.id);
}

/** Below where it was pressed or, where only they see that, in its place. */
function answerAlone(
  connection: Connection | undefined,
  pressed: PressedMessage,
  user: string,
  reply: Reply,
): Promise<void> {
  const message = renderForOne(reply, !isDirect(pressed.channel));
  return tellAlone(connection, pressed, user, message, pressed.isEphemeral);
}

/** What has changed is seen where it was pressed; by who pressed alone where others than the tenant's people read along. */
async function redrawPressed(
  desk: Desk,
  connection: Connection,
  { tenant, speaker }: Pick<HeardPress, "tenant" | "speaker">,
  reply: Reply,
  pressed: PressedMessage,
): Promise<void> {
  const shelf = desk.shelfOf(tenant.id);
  const isForAll = !pressed.isEphemeral && (await readersNow(connection, shelf, pressed.channel)) === "own";
  if (isForAll) return redraw(connection, pressed, renderMessage(reply));
  await answerAlone(connection, pressed, speaker.id, reply);
}

async function readersNow(connection: Connection, shelf: Shelf, channel: string): Promise<Readers> {
  try {
    return await readersOf(connection, shelf, channel);
  } catch (error) {
    if (!(error instanceof SlackFailure)) throw error;
    return "unseen";
  }
}

/** In the Home and in modals an answer is a modal. */
async function answerInView(
  desk: Desk,
  heard: HeardPress,
  view: { id: string; type: string; metadata: string },
  said: Said,
): Promise<void> {
  const { id, tenant, speaker, trigger } = heard;
  const { from } = view.type === "modal" ? readMetadata(view.metadata) : {};
  const channel = from?.channel ?? speaker.id;
  const connection = await desk.installations.connect(tenant.id);
  if (!connection) return;
  const answering = ask(desk, { id, tenant, speaker, channel, said });
  if (view.type === "modal") return showInModal(desk, await answering, view.id, heard, from);
  const early = await within(IN_TIME_MS, answering);
  if (!early) {
    const working = await openModal(connection, trigger, workingModal());
    return showInModal(desk, await answering, working, heard);
  }
  if (!early.value) return;
  const shown = await openModal(connection, trigger, replyModal(early.value.reply));
  if (!shown) return showInModal(desk, early.value, undefined, heard);
  await attachInChat(desk, early.value, speaker.id);
}

/** Puts an answer into a modal that is open; what does not fit, or finds no modal, comes into the chat. */
async function showInModal(
  desk: Desk,
  answered: Answered | undefined,
  modal: string | undefined,
  heard: Pick<HeardPress, "tenant" | "speaker">,
  from?: PressedMessage,
): Promise<void> {
  if (!answered?.connection) return;
  const { connection, reply } = answered;
  const user = heard.speaker.id;
  const view = replyModal(reply, from);
  const isShown = modal !== undefined && view && (await updateModal(connection, modal, view));
  if (reply.changed && from) await redrawPressed(desk, connection, heard, reply, from);
  else if (!isShown) await post(connection, await openChat(connection, user), renderMessage(reply), desk);
  await attachInChat(desk, answered, user);
}

/** A modal was sent. `ack` may be called once, and soon. */
export async function answerSubmission(
  desk: Desk,
  heard: HeardSubmission,
  ack: (answer: ModalAnswer) => Promise<void>,
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
    await ack({ response_action: "update", view: workingModal(from) });
    return showInModal(desk, await answering, view.id, heard, from);
  }
  const answered = early.value;
  await ack(answered && modalAnswer(answered.reply, metadata));
  if (answered?.connection && answered.reply.changed && from) {
    await redrawPressed(desk, answered.connection, heard, answered.reply, from);
  }
  if (answered) await attachInChat(desk, answered, speaker.id);
}

/** Problems stand at their fields; what was done is seen in the message it was begun in, or in the modal. */
function modalAnswer(reply: Reply, { form: sent, from }: Metadata): ModalAnswer {
  const form = formOf(reply);
  // After someone else's change it is another form: with errors alone the old one would stay, and be refused again and again.
  const errors = form && encodeSubmission(form)?.form === sent ? fieldErrors(form) : {};
  if (Object.keys(errors).length > 0) return { response_action: "errors", errors };
  if (reply.changed && from) return undefined;
  const view = replyModal(reply, from);
  return view && { response_action: "update", view };
}

/** Shows a form that a button carries; to the tenant's people only, as it may carry what was filled in before. */
async function openForm(desk: Desk, heard: HeardPress, form: Form): Promise<void> {
  const { tenant, speaker, trigger, on } = heard;
  const met = await meet(desk, tenant, speaker);
  const { connection } = met;
  if (!connection) return;
  const from = "message" in on ? on.message : readMetadata(on.view.metadata).from;
  const view = "reply" in met ? replyModal(met.reply) : formModal(form, from);
  if (await openModal(connection, trigger, view, howOn(on))) return;
  // Too late: it can be opened from here, where a press is not so long on its way.
  const asked: Reply = {
    headline: [form.label],
    title: form.label,
    blocks: [{ kind: "form", form }],
    audience: "asker",
  };
  const reply = "reply" in met ? met.reply : asked;
  if ("message" in on)
    await answerAlone(connection, { ...on.message, isEphemeral: false }, speaker.id, reply);
}

/** Too much was asked: said once, where it was pressed. */
export async function refusePress(desk: Desk, heard: HeardPress): Promise<void> {
  const { tenant, trigger, on, speaker } = heard;
  const connection = await desk.installations.connect(tenant.id);
  if (!connection) return;
  if ("message" in on) return tellAlone(connection, on.message, speaker.id, renderMessage(tooManyReply()));
  await openModal(connection, trigger, replyModal(tooManyReply()), howOn(on));
}

/** A modal that was pressed in stays beneath. */
function howOn(on: HeardPress["on"]): "open" | "push" {
  return "view" in on && on.view.type === "modal" ? "push" : "open";
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
