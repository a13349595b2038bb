import { webApi } from "@slack/bolt";
import { type Delivery, factsOf, type Log, StoreError } from "../../src/index.ts";

/** What became of a call that did not succeed: to be tried again, or final. */
export type Refused = Exclude<Delivery, { kind: "sent" }>;

/** A call that Slack refused, or that never reached it. */
export class SlackFailure extends Error {
  readonly refused: Refused;
  /** Slack's own word for it, such as "channel_not_found". */
  readonly code: string;
  constructor(refused: Refused, code: string, options?: ErrorOptions) {
    super(`Slack: ${code}`, options);
    this.name = "SlackFailure";
    this.refused = refused;
    this.code = code;
  }
}

/** Nothing is wrong with what was asked; Slack has trouble of its own. */
const PASSING = new Set([
  "accesslimited",
  "fatal_error",
  "internal_error",
  "ratelimited",
  "rate_limited",
  "request_timeout",
  "service_unavailable",
  "team_added_to_org",
]);
const AGAIN_MS = 60_000;

/** Someone waits for the answer: no longer than this for a rate limit to pass, and once. */
const MOST_PATIENCE_MS = 30_000;

/** Asks Slack. Rejects with `SlackFailure`. */
export async function call<Result>(run: () => Promise<Result>): Promise<Result> {
  try {
    return await run();
  } catch (error) {
    throw failureOf(error);
  }
}

/** The same, waiting once for a rate limit. */
export async function callPatiently<Result>(run: () => Promise<Result>): Promise<Result> {
  try {
    return await call(run);
  } catch (error) {
    if (!isWorthWaiting(error)) throw error;
    await new Promise((passed) => setTimeout(passed, rateLimitOf(error)));
    return call(run);
  }
}

/** Whether someone who waits for the answer waits for that to pass. */
export function isWorthWaiting(error: unknown): boolean {
  return (rateLimitOf(error) ?? Infinity) <= MOST_PATIENCE_MS;
}

/** How many milliseconds Slack asked to wait; undefined: it asked for nothing like that. */
export function rateLimitOf(error: unknown): number | undefined {
  if (!(error instanceof SlackFailure) || error.code !== "ratelimited") return undefined;
  return error.refused.kind === "later" ? error.refused.retryAfter : undefined;
}

function failureOf(error: unknown): unknown {
  const { ErrorCode } = webApi;
  if (!(error instanceof Error) || !("code" in error)) return error;
  switch (error.code) {
    case ErrorCode.PlatformError: {
      const code = wordOf(error);
      return PASSING.has(code)
        ? failureLater(code, error)
        : new SlackFailure({ kind: "never", why: code }, code, { cause: error });
    }
    case ErrorCode.RateLimitedError: {
      const seconds = "retryAfter" in error && typeof error.retryAfter === "number" ? error.retryAfter : 0;
      return failureLater("ratelimited", error, Math.max(1, seconds) * 1000);
    }
    case ErrorCode.RequestError:
      return failureLater("unreachable", error);
    case ErrorCode.HTTPError:
      return failureLater(`http_${"statusCode" in error ? error.statusCode : "error"}`, error);
    default:
      return error;
  }
}

/** One that may succeed when it is tried again, after so many milliseconds. */
export function failureLater(code: string, cause?: unknown, retryAfter = AGAIN_MS): SlackFailure {
  return new SlackFailure({ kind: "later", retryAfter }, code, { cause });
}

/** Words only: anything else in its place is not Slack's, such as a page of a proxy. */
function wordOf(error: Error): string {
  const data = "data" in error && typeof error.data === "object" ? error.data : undefined;
  const word = data && "error" in data ? `${data.error}` : "";
  return /^[\w.:-]{1,80}$/.test(word) ? word : "unreadable";
}

/** Tells the log what Slack refused. `what`: the work, as a fixed message. */
export function noteFailure(
  log: Log,
  what: string,
  error: unknown,
  facts: Record<string, unknown> = {},
): void {
  if (error instanceof SlackFailure) {
    const level = error.refused.kind === "never" ? "error" : "warn";
    log[level](what, { ...facts, slack: error.code });
  } else if (error instanceof StoreError) {
    log.error(what, { ...facts, reason: error.reason, why: error.message });
  } else log.error(what, { ...facts, ...factsOf(error) });
}
