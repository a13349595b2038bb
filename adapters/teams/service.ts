import type { Meter, SendingWay } from "../../src/index.ts";
import type { InFlight } from "../in-flight.ts";
import type { Pace } from "../pace.ts";
import { doUnhurried } from "../unhurried.ts";
import { type Place, threadless } from "./address.ts";
import { failureLater, failureOf, TeamsFailure } from "./calls.ts";
import { send } from "./http.ts";
import { conversationLane, lanesOf, tenantLane } from "./pace.ts";
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
type Side = Pick<Place, "tenant" | "serviceUrl" | "conversation">;

interface Call {
  method: "GET" | "POST" | "PUT";
  /** Below "v3/", its parts encoded. */
  path: string;
  body?: unknown;
}

/**
 * `waits`: somebody waits for the answer, so that trouble is given time to pass. Otherwise it is tried once, when there is room
 * for it, as another time is as good.
 */
export type Patience = "waits" | SendingWay;

/** Asks the Bot Connector. Rejects with `TeamsFailure`. */
export type Service = (side: Side, call: Call, patience?: Patience) => Promise<unknown>;

/** Our own word beside Teams': it was not asked. */
export const PACED = "Paced";
/** Trouble that passes while somebody waits; botbuilder itself would give up on 412. */
const PASSING = new Set<number | undefined>([412, 429, 502, 503, 504]);
/** No connection was made, so that nothing can have been done. */
const UNCONNECTED = "unconnected";
const UNCONNECTED_CODES = new Set<unknown>(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN"]);
const BACK_OFF_MS = [500, 2000, 5000];
/** Who asks us to wait longer is not worth waiting for. */
const MOST_ASKED_MS = 30_000;
/** An answer that would have to wait longer for its turn is not sent. */
const MOST_WAIT_MS = 60_000;

export interface ServiceNeeds {
  signer: Signer;
  pace: Pace;
  /** How many are sent at once of what nobody waits for. */
  inFlight: InFlight;
  meter: Meter;
  isAnonymous: boolean;
}

export function openService(needs: ServiceNeeds): Service {
  const { signer, pace, inFlight, meter, isAnonymous } = needs;

  async function tryCall(
    { tenant, serviceUrl, conversation }: Side,
    call: Call,
    patience: Patience,
    backOff = 0,
  ): Promise<unknown> {
    // Teams counts a channel's threads together.
    const counted = threadless(conversation);
    const lanes = lanesOf(tenant, counted);
    const callNow = async () => {
      try {
        return await callOnce(signer, serviceUrl, call);
      } catch (error) {
        if (error instanceof TeamsFailure && error.status === 429) {
          meter.rateLimited("teams");
          await pace.hold(conversationLane(tenant, counted), error.asked ?? backOff);
        }
        throw error;
      }
    };
    if (patience === "waits") {
      const turn = await pace.turn(lanes, MOST_WAIT_MS);
      if (!turn.hasCome) throw paced(turn.wait);
      return callNow();
    }
    const outcome = await doUnhurried(
      { pace, inFlight, lanes, whole: tenantLane(tenant), ...patience },
      callNow,
    );
    if ("wait" in outcome) throw paced(outcome.wait);
    return outcome.done;
  }

  return async (side, call, patience = "waits") => {
    if (!isTrusted(side.serviceUrl, isAnonymous))
      throw new TeamsFailure({ kind: "never", why: "the address is not Microsoft's" }, "NotTrusted");
    for (const wait of patience === "waits" ? BACK_OFF_MS : []) {
      try {
        return await tryCall(side, call, patience, wait);
      } catch (error) {
        if (!(error instanceof TeamsFailure) || !isWorthWaiting(error)) throw error;
        // After 429 the pace holds the conversation.
        if (error.status !== 429) await new Promise((passed) => setTimeout(passed, wait));
      }
    }
    return tryCall(side, call, patience);
  };
}

/** By what we count ourselves it is too much. */
function paced(wait: number): TeamsFailure {
  return new TeamsFailure({ kind: "later", retryAfter: wait }, PACED, { status: 429, asked: wait });
}

function isWorthWaiting({ status, code, asked = 0 }: TeamsFailure): boolean {
  return (PASSING.has(status) && asked <= MOST_ASKED_MS) || code === UNCONNECTED;
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
  const sent = body === undefined ? undefined : JSON.stringify(body);
  const { status, text, retryAfter } = await send(url, { method, headers, body: sent }).catch(
    (cause: unknown) => {
      const isUnsent = cause instanceof Error && "code" in cause && UNCONNECTED_CODES.has(cause.code);
      throw failureLater(isUnsent ? UNCONNECTED : "unanswered", cause);
    },
  );
  // Redirects are not followed: our token is for the address that was looked at, and for no other.
  if (status < 200 || status > 299) throw failureOf(status, text, retryAfter);
  return readable(text);
}

/** What was done is done, whatever is told of it. */
function readable(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
