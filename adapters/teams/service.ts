import type { Place } from "./address.ts";
import { failureLater, failureOf, TeamsFailure } from "./calls.ts";
import type { Pace } from "./pace.ts";
import { isTrusted } from "./trust.ts";

/** A request that is about to be sent. */
interface Outgoing {
  url: string;
  headers: Headers;
}

/** Puts our token on what we send. Rejects when there is none to be had. */
export interface Signer {
  signRequest(request: Outgoing): Promise<unknown>;
}

/** Microsoft's side of a conversation. */
export type Side = Pick<Place, "tenant" | "serviceUrl" | "conversation">;

interface Call {
  method: "GET" | "POST" | "PUT";
  /** Below "v3/", its parts encoded. */
  path: string;
  body?: unknown;
}

/** `waits`: somebody waits for the answer, so that trouble is given time to pass. `tries`: once; another time is as good. */
export type Patience = "waits" | "tries";

/** Asks the Bot Connector. Rejects with `TeamsFailure`. */
export type Service = (side: Side, call: Call, patience?: Patience) => Promise<unknown>;

const TIMEOUT_MS = 10_000;
/** Trouble that passes while somebody waits; botbuilder itself would give up on 412. */
const PASSING = new Set<number | undefined>([412, 429, 502, 504]);
const BACK_OFF_MS = [500, 2000, 5000];
/** Who asks us to wait longer is not worth waiting for. */
const MOST_WAIT_MS = 30_000;

export function openService(needs: { signer: Signer; pace: Pace; isAnonymous: boolean }): Service {
  const { signer, pace, isAnonymous } = needs;

  async function tryCall(side: Side, call: Call): Promise<unknown> {
    await pace.turn(side.tenant, side.conversation);
    try {
      return await callOnce(signer, side.serviceUrl, call);
    } catch (error) {
      if (error instanceof TeamsFailure && error.status === 429 && error.refused.kind === "later")
        pace.hold(side.conversation, Math.min(error.refused.retryAfter, MOST_WAIT_MS));
      throw error;
    }
  }

  return async (side, call, patience = "waits") => {
    if (!isTrusted(side.serviceUrl, isAnonymous))
      throw new TeamsFailure({ kind: "never", why: "the address is not Microsoft's" }, "NotTrusted");
    for (const wait of patience === "waits" ? BACK_OFF_MS : []) {
      try {
        return await tryCall(side, call);
      } catch (error) {
        if (!(error instanceof TeamsFailure) || !PASSING.has(error.status)) throw error;
        // After 429 the pace holds the conversation for as long as Teams asked.
        if (error.status !== 429) await new Promise((passed) => setTimeout(passed, wait));
      }
    }
    return tryCall(side, call);
  };
}

async function callOnce(signer: Signer, serviceUrl: string, { method, path, body }: Call): Promise<unknown> {
  const request = {
    url: `${serviceUrl.replace(/\/*$/, "")}/v3/${path}`,
    headers: new Headers({ "Content-Type": "application/json", Accept: "application/json" }),
  };
  await signer.signRequest(request).catch((cause: unknown) => {
    throw failureLater("no-token", cause);
  });
  const { url, headers } = request;
  try {
    const answer = await fetch(url, {
      method,
      headers,
      ...(body !== undefined && { body: JSON.stringify(body) }),
      // Our token is for the address that was looked at, and for no other.
      redirect: "error",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const text = await answer.text();
    if (!answer.ok) throw failureOf(answer.status, text, answer.headers.get("Retry-After"));
    return text === "" ? undefined : JSON.parse(text);
  } catch (error) {
    if (error instanceof TeamsFailure) throw error;
    throw failureLater(error instanceof SyntaxError ? "unreadable" : "unreachable", error);
  }
}
