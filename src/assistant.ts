import { isCommandName } from "./commands/command.ts";
import { parse } from "./commands/parse.ts";
import { converse } from "./conversation.ts";
import type { Incoming, Said, WorkspaceId } from "./incoming.ts";
import { StoreError } from "./ports.ts";
import { faultReply, secretReply, storeDownReply, withSignatureWarning } from "./replies/refusals.ts";
import type { Reply } from "./reply.ts";
import { type SecretKind, withoutSecrets } from "./secrets.ts";
import { createReminding, type Reminding } from "./tick.ts";
import { forget, type Needs } from "./workspace.ts";

/** Platforms deliver again for an hour or so; a day is safe. */
const DELIVERIES_KEPT_MS = 24 * 3_600_000;

export interface Assistant extends Reminding {
  /** Answers one message or press; undefined when that delivery was answered before. Never rejects. */
  answer(incoming: Incoming): Promise<Reply | undefined>;
  /** Deletes all that is kept for a workspace, which has removed us. Rejects with `StoreError`. */
  forget(workspace: WorkspaceId): Promise<void>;
}

/** The core, joined to the world it needs. */
export function createAssistant(needs: Needs): Assistant {
  return {
    answer: (incoming) => answerTimed(needs, incoming),
    ...createReminding(needs),
    forget: (workspace) => forget(needs, workspace),
  };
}

async function answerTimed(needs: Needs, incoming: Incoming): Promise<Reply | undefined> {
  const { clock, meter } = needs;
  const begin = clock.now();
  const reply = await answer(needs, incoming);
  if (reply) meter?.answered(kindOf(incoming.said), clock.now().diff(begin).toMillis());
  return reply;
}

/** The command that was given, as far as that can be told at once: what is counted. */
function kindOf(said: Said): string {
  if (said.kind === "press") return isCommandName(said.action) ? said.action : "press";
  const parsed = parse(said.text);
  if (parsed.kind === "unreadable") return "unreadable";
  return parsed.kind === "unknown" ? "question" : parsed.command;
}

async function answer(needs: Needs, incoming: Incoming): Promise<Reply | undefined> {
  const { store, clock, log, meter } = needs;
  const delivery = `${incoming.workspace}/${incoming.id}`;
  try {
    if (!(await store.firstSight(delivery, clock.now(), DELIVERIES_KEPT_MS))) return undefined;
    return await answerWithoutSecrets(needs, incoming);
  } catch (error) {
    meter?.failed(error instanceof StoreError ? error.reason : "fault");
    if (error instanceof StoreError) {
      log.error("the store failed", { delivery, reason: error.reason, why: error.message });
      return storeDownReply(error.reason);
    }
    log.error("a fault of ours", { delivery, ...factsOf(error) });
    return faultReply(incoming.id);
  }
}

/** Takes secrets out before anything else sees the message. */
async function answerWithoutSecrets(needs: Needs, incoming: Incoming): Promise<Reply> {
  const { said, found } = cleaned(incoming.said);
  if (found.length === 0) return converse(needs, incoming, said);
  if (!isAskedFor(said, found)) return secretReply(found);
  return withSignatureWarning(await converse(needs, incoming, said), incoming.setting);
}

function cleaned(said: Said): { said: Said; found: SecretKind[] } {
  if (said.kind === "text") {
    const { text, found } = withoutSecrets(said.text);
    return { said: { kind: "text", text }, found };
  }
  const fields = Object.entries(said.fields).map(([key, text]) => ({ key, ...withoutSecrets(text) }));
  return {
    said: { ...said, fields: Object.fromEntries(fields.map(({ key, text }) => [key, text])) },
    found: [...new Set(fields.flatMap(({ found }) => found))],
  };
}

/** A step asks for the package's SAS URI, whose host, path and expiry are of use without the signature. */
function isAskedFor(said: Said, found: readonly SecretKind[]): boolean {
  if (found.some((kind) => kind !== "sas")) return false;
  if (said.kind === "press") return said.action === "done";
  const parsed = parse(said.text);
  return parsed.kind === "named" && parsed.command === "done";
}

/** Where an unknown error happened. Its message is left out: it may hold what a person wrote. */
function factsOf(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { error: typeof error };
  // A line of the message may begin with "at" as well.
  const at = error.stack?.match(/^ +at .*:\d+:\d+\)?$/gm);
  return { error: error.name, at: at?.slice(0, 4).map((line) => line.trim()) };
}
