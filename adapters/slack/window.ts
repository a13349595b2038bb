import type { HomeView, KnownBlock, ModalView } from "@slack/types";
import { z } from "zod";
import { type Form, isBlank, type Reply } from "../../src/index.ts";
import { LIMITS } from "./limits.ts";
import { plainText, windowBlocks } from "./pressable.ts";
import type { PressedMessage } from "./read.ts";
import { renderBlocks } from "./render.ts";
import { plain, richText, section } from "./rich-text.ts";
import { WORDS } from "./words.ts";

/** What a window remembers. `from`: the message in which it was opened. */
const Metadata = z.object({
  form: z.string().optional(),
  from: z
    .object({
      channel: z.string(),
      ts: z.string(),
      thread: z.string().exactOptional(),
      isEphemeral: z.boolean(),
      respondTo: z.string().exactOptional(),
    })
    .optional(),
});
export type Metadata = { form?: string | undefined; from?: PressedMessage | undefined };

export function readMetadata(text: string): Metadata {
  try {
    return Metadata.parse(JSON.parse(text));
  } catch {
    return {};
  }
}

/** A form alone. Nothing when it is too large for a window. */
export function formWindow(form: Form, from?: PressedMessage): ModalView | undefined {
  const shown = windowBlocks(form);
  return shown && windowOf(shown.blocks, { form: shown.sent, from }, form.submit);
}

/** A reply in a window; its form, if it has one, is sent by the window's own button. Nothing when it is too large. */
export function replyWindow(reply: Reply, from?: PressedMessage): ModalView | undefined {
  const form = formOf(reply);
  const shown = form && windowBlocks(form);
  // The form comes last, next to the button that sends it.
  const rest = shown
    ? { ...reply, blocks: reply.blocks.filter(({ kind }) => kind !== "form" && kind !== "buttons") }
    : reply;
  const blocks = [...renderBlocks(rest, "window"), ...(shown?.blocks ?? [])];
  return windowOf(blocks, { form: shown?.sent, from }, form?.submit);
}

/** Shown while the answer is being worked out. */
export function workingWindow(from?: PressedMessage): ModalView {
  return bare([richText(section(plain(WORDS.working)))], { from });
}

export function homeView(reply: Reply): HomeView {
  return { type: "home", blocks: renderBlocks(reply, "window") };
}

export function formOf({ blocks }: Reply): Form | undefined {
  const forms = blocks.flatMap((block) => (block.kind === "form" ? [block.form] : []));
  return forms.length === 1 ? forms[0] : undefined;
}

/** Whether a reply is a question that a window asks better than a message: it has several fields, or nothing else to read. */
export function isDialog(reply: Reply): boolean {
  const form = formOf(reply);
  const isAlone = reply.blocks.every(({ kind }) => ["form", "text", "buttons", "note"].includes(kind));
  return form !== undefined && (form.inputs.length > 1 || isAlone);
}

/** What is wrong at which field of a form that was sent, by the ids that Slack knows the fields by. */
export function fieldErrors(form: Form): Record<string, string> {
  const ids =
    windowBlocks(form)?.blocks.flatMap((block) => (block.type === "input" ? [block.block_id ?? ""] : [])) ??
    [];
  return Object.fromEntries(
    form.inputs.flatMap(({ problem }, index) =>
      isBlank(problem ?? "") ? [] : [[ids[index] ?? "", problem ?? ""]],
    ),
  );
}

function windowOf(
  blocks: KnownBlock[],
  metadata: Metadata,
  submit: string | undefined,
): ModalView | undefined {
  const view = bare(blocks, metadata, submit);
  return (view.private_metadata ?? "").length <= LIMITS.metadata ? view : undefined;
}

function bare(blocks: KnownBlock[], metadata: Metadata, submit?: string): ModalView {
  return {
    type: "modal",
    callback_id: "form",
    title: plainText([WORDS.app], LIMITS.windowTitle),
    close: plainText([submit === undefined ? WORDS.close : WORDS.cancel], LIMITS.windowTitle),
    ...(submit !== undefined && metadata.form && { submit: plainText([submit], LIMITS.windowTitle) }),
    private_metadata: JSON.stringify(metadata),
    blocks,
  };
}
