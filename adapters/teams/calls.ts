import { type Delivery, factsOf, type Log, StoreError } from "../../src/index.ts";

/** What became of a call that did not succeed: to be tried again, or final. */
type Refused = Exclude<Delivery, { kind: "sent" }>;

/** A call that Teams refused, or that never reached it. */
export class TeamsFailure extends Error {
  readonly refused: Refused;
  /** Teams' own word for it, such as "ConversationNotFound", or the HTTP status. */
  readonly code: string;
  /** Of HTTP; absent: there was no answer. */
  readonly status: number | undefined;
  /** How many milliseconds Teams asked to wait. */
  readonly asked: number | undefined;
  constructor(
    refused: Refused,
    code: string,
    { status, asked, cause }: { status?: number; asked?: number | undefined; cause?: unknown } = {},
  ) {
    super(`Teams: ${code}`, { cause });
    this.name = "TeamsFailure";
    this.refused = refused;
    this.code = code;
    this.status = status;
    this.asked = asked;
  }

  /** The conversation itself is gone or closed to us: nothing else can be sent there either. */
  get isClosed(): boolean {
    return this.status === 403 || this.status === 404;
  }
}

const AGAIN_MS = 60_000;
/** Whoever asks for more is asked again by then. */
const MOST_ASKED_MS = 3_600_000;

/** One that may succeed when it is tried again. */
export function failureLater(code: string, cause?: unknown): TeamsFailure {
  return new TeamsFailure({ kind: "later", retryAfter: AGAIN_MS }, code, { cause });
}

/** What an answer other than a success means. */
export function failureOf(status: number, body: string, retryAfter: string | undefined): TeamsFailure {
  const code = wordOf(body) ?? `${status}`;
  // 412: two wrote at once. 401: our own token was refused, which says nothing of the conversation.
  const isPassing = [401, 408, 412, 429].includes(status) || status >= 500;
  const asked = waitOf(retryAfter);
  const refused: Refused = isPassing
    ? { kind: "later", retryAfter: asked ?? AGAIN_MS }
    : { kind: "never", why: code };
  return new TeamsFailure(refused, code, { status, asked });
}

/** Retry-After in milliseconds: seconds, or a date. */
function waitOf(retryAfter: string | undefined): number | undefined {
  if (retryAfter === undefined) return undefined;
  const seconds = Number(retryAfter);
  const wait = Number.isNaN(seconds) ? Date.parse(retryAfter) - Date.now() : seconds * 1000;
  return Number.isNaN(wait) ? undefined : Math.min(MOST_ASKED_MS, Math.max(1000, wait));
}

/** Words only: anything else in its place is not Teams', such as a page of a proxy. */
function wordOf(body: string): string | undefined {
  const [, word] = /"code"\s*:\s*"([A-Za-z]{1,60})"/.exec(body.slice(0, 2000)) ?? [];
  return word;
}

/** Tells the log what Teams refused. `what`: the work, as a fixed message. */
export function noteFailure(
  log: Log,
  what: string,
  error: unknown,
  facts: Record<string, unknown> = {},
): void {
  if (error instanceof TeamsFailure) {
    const level = error.refused.kind === "never" ? "error" : "warn";
    log[level](what, { ...facts, teams: error.code, status: error.status });
  } else if (error instanceof StoreError) {
    log.error(what, { ...facts, reason: error.reason, why: error.message });
  } else log.error(what, { ...facts, ...factsOf(error) });
}
