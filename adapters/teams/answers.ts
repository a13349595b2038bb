import { elsewhereReply, type Reply, tooManyReply, unknownPressReply } from "../../src/index.ts";
import { noteFailure } from "./calls.ts";
import type { AdaptiveCard } from "./card.ts";
import { ask, attempt, type Desk } from "./desk.ts";
import { type Message, messageOf } from "./message.ts";
import { isAlone, post, redraw, whisper } from "./post.ts";
import type { Heard, HeardActivity } from "./read.ts";
import { WORDS } from "./words.ts";

type HeardMessage = Extract<HeardActivity, { kind: "message" }>;
export type HeardPress = Extract<HeardActivity, { kind: "press" }>;

/** What a press is answered with: the card in the place of the pressed one, or a line. */
export type PressAnswer =
  | { statusCode: 200; type: "application/vnd.microsoft.card.adaptive"; value: AdaptiveCard }
  | { statusCode: 200; type: "application/vnd.microsoft.activity.message"; value: string };

/** Teams waits longer for the answer to a press; what takes more than this comes behind it. */
const IN_TIME_MS = 3000;

/** What was typed is answered where it was typed. */
export async function answerMessage(desk: Desk, heard: HeardMessage): Promise<void> {
  const { text } = heard;
  const reply = await ask(desk, heard, { kind: "text", text: text === "" ? "hi" : text });
  if (!reply) return;
  await showOrTell(desk, heard, reply, reply.audience === "everyone");
}

/** Who asked here would wait for the answer here. */
async function showOrTell(desk: Desk, heard: Heard, reply: Reply, isForAll: boolean): Promise<void> {
  const where = await show(desk, heard, reply, isForAll);
  if (where === "chat" || where === "nowhere") await post(desk, heard, elsewhereReply(where));
}

/** Too much was asked: said once, where it was asked. */
export async function refuse(desk: Desk, heard: Heard): Promise<void> {
  await show(desk, heard, tooManyReply(), false);
}

/**
 * A press on a card, one after the other on each: what it shows in the end is what was decided last. What has changed, or was
 * turned, is seen in its place, and so is a form that was not taken; every other answer comes below.
 */
export async function answerPress(desk: Desk, heard: HeardPress): Promise<PressAnswer> {
  const finish = await desk.pressing(keyOf(heard), () => decide(desk, heard));
  return finish();
}

/** What is decided, and drawn, in the order of the presses; the rest may take its time. */
async function decide(desk: Desk, heard: HeardPress): Promise<() => Promise<PressAnswer>> {
  const { pressed, card, isSubmit, isDirect, isSharedOutside } = heard;
  // Looked up first: what is asked may delete that, too.
  const isPrivate = card !== undefined && (await isAlone(desk, heard, card));
  const reply = pressed ? await ask(desk, heard, { kind: "press", ...pressed }) : unknownPressReply();
  if (!reply) return async () => line(WORDS.before);
  const isForAll = !isPrivate && reply.audience === "everyone";
  const isRefused = hasProblem(reply);
  if (!reply.changed && !reply.turned && !isRefused) {
    return async () => {
      const where = await inTime(desk, heard, show(desk, heard, reply, isForAll && isWorthAll(reply)));
      // A client that sent a message shows nothing of what comes back.
      if (isSubmit && (where === "chat" || where === "nowhere"))
        await post(desk, heard, elsewhereReply(where));
      return line(sayingWhere(where));
    };
  }
  const shown = await messageOf(desk.downloads, heard, reply);
  // A form that was not taken is of no interest to the others.
  const isRedrawn = !isPrivate && !isSharedOutside && (isDirect || !isRefused);
  const drawing = isRedrawn && card !== undefined ? redrawBehind(desk, heard, card, shown) : undefined;
  return async () => {
    if (!isSubmit) {
      const { content } = shown.attachments[0];
      return { statusCode: 200, type: "application/vnd.microsoft.card.adaptive", value: content };
    }
    if (!(await drawing)) await showOrTell(desk, heard, reply, isForAll && !isRefused);
    return line(WORDS.here);
  };
}

/** For all who see the card, in the order of the presses. Who has pressed need not wait for it; false: it failed. */
function redrawBehind(desk: Desk, heard: HeardPress, card: string, shown: Message): Promise<boolean> {
  const what = "a card could not be redrawn";
  const drawing = desk.redrawing(keyOf(heard), () =>
    attempt(desk, what, () => redraw(desk, heard, card, shown), { workspace: heard.tenant }),
  );
  desk.turns.follow(drawing);
  return drawing;
}

/** What it comes to, if that is soon; it goes on behind. */
async function inTime(
  desk: Desk,
  { tenant }: Heard,
  showing: Promise<Where>,
): Promise<Where | "failed" | undefined> {
  const told = showing.catch((error: unknown) => {
    noteFailure(desk.log, "a press could not be answered", error, { workspace: tenant });
    return "failed" as const;
  });
  desk.turns.follow(told);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((passed) => {
    timer = setTimeout(() => passed(undefined), IN_TIME_MS);
  });
  const first = await Promise.race([told, late]);
  clearTimeout(timer);
  return first;
}

function sayingWhere(where: Where | "failed" | undefined): string {
  if (where === "chat" || where === "nowhere") return elsewhereReply(where).title;
  return WORDS[where ?? "here"];
}

type Where = "here" | "alone" | "chat" | "nowhere";

/** Puts a reply where it was asked for: for all there, or for the person alone. */
async function show(desk: Desk, heard: Heard, reply: Reply, isForAll: boolean): Promise<Where> {
  const told = heard.isDirect ? reply : withHowToSay(reply);
  if (!heard.isDirect && (!isForAll || heard.isSharedOutside)) return whisper(desk, heard, told);
  await post(desk, heard, told);
  return "here";
}

/** In a channel we hear only what mentions us: an answer that tells what to type says so. */
function withHowToSay(reply: Reply): Reply {
  const tells = !reply.again && !reply.changed && reply.audience === "everyone";
  return tells ? { ...reply, blocks: [...reply.blocks, { kind: "text", spans: [WORDS.howToSay] }] } : reply;
}

/** Presses on the same card have the same. */
function keyOf({ conversation, card, id }: HeardPress): string {
  return `${conversation}/${card ?? id}`;
}

/** It says something of a connector, or asks for something. Refusals, and why a card is old, are for who pressed. */
function isWorthAll({ again, blocks }: Reply): boolean {
  return again !== undefined || blocks.some(({ kind }) => kind === "form");
}

function hasProblem({ blocks }: Reply): boolean {
  return blocks.some((block) => block.kind === "form" && block.form.inputs.some(({ problem }) => problem));
}

export function line(value: string): PressAnswer {
  return { statusCode: 200, type: "application/vnd.microsoft.activity.message", value };
}
