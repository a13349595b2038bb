import type { HomeView, KnownBlock, ModalView } from "@slack/types";
import { z } from "zod";
import { type Block, type Form, isBlank, type Reply } from "../../src/index.ts";
import { LIMITS } from "./limits.ts";
import { modalBlocks, plainText } from "./pressable.ts";
import type { PressedMessage } from "./read.ts";
import { renderBlocks } from "./render.ts";
import { plain, richText, section } from "./rich-text.ts";
import { WORDS } from "./words.ts";

/** What a modal remembers. `from`: the message in which it was opened. */
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

/** A form alone. Nothing when it is too large for a modal. */
export function formModal(form: Form, from?: PressedMessage): ModalView | undefined {
  const shown = modalBlocks(form);
  return shown && modalOf(shown.blocks, { form: shown.sent, from }, form.submit);
}

/** A reply in a modal; its form, if it has one, is sent by the modal's own button. Nothing when it is too large. */
export function replyModal(reply: Reply, from?: PressedMessage): ModalView | undefined {
  const form = formOf(reply);
  const shown = form && modalBlocks(form);
  // The form comes last, next to the button that sends it; what to type instead, and ways elsewhere, would lead away from it.
  const left: Block["kind"][] = belongsInModal(reply) ? ["form", "text", "buttons"] : ["form"];
  const rest = shown ? { ...reply, blocks: reply.blocks.filter(({ kind }) => !left.includes(kind)) } : reply;
  const blocks = [...renderBlocks(rest, "view"), ...(shown?.blocks ?? [])];
  return modalOf(blocks, { form: shown?.sent, from }, form?.submit);
}

/** Shown while the answer is being worked out. */
export function workingModal(from?: PressedMessage): ModalView {
  return bare([richText(section(plain(WORDS.working)))], { from });
}

export function homeView(reply: Reply): HomeView {
  return { type: "home", blocks: renderBlocks(reply, "view") };
}

export function formOf({ blocks }: Reply): Form | undefined {
  const forms = blocks.flatMap((block) => (block.kind === "form" ? [block.form] : []));
  return forms.length === 1 ? forms[0] : undefined;
}

/** Whether a reply is a question that a modal asks better than a message: it has several fields, or nothing else to read. */
export function belongsInModal(reply: Reply): boolean {
  const form = formOf(reply);
  const isAlone = reply.blocks.every(({ kind }) => ["form", "text", "buttons", "note"].includes(kind));
  return form !== undefined && (form.inputs.length > 1 || isAlone);
}

/** What is wrong at which field of a form that was sent, by the ids that Slack knows the fields by. */
export function fieldErrors(form: Form): Record<string, string> {
  const ids =
    modalBlocks(form)?.blocks.flatMap((block) => (block.type === "input" ? [block.block_id ?? ""] : [])) ??
    [];
  return Object.fromEntries(
    form.inputs.flatMap(({ problem }, index) =>
      isBlank(problem ?? "") ? [] : [[ids[index] ?? "", problem ?? ""]],
    ),
  );
}

function modalOf(
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
    title: plainText([WORDS.app], LIMITS.modalTitle),
    close: plainText([submit === undefined ? WORDS.close : WORDS.cancel], LIMITS.modalTitle),
    ...(submit !== undefined && metadata.form && { submit: plainText([submit], LIMITS.modalTitle) }),
    private_metadata: JSON.stringify(metadata),
    blocks,
  };
}
