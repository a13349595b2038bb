import { randomUUID } from "node:crypto";
import type { Front } from "./front.ts";
import { type Fields, parsed, writeForm } from "./json.ts";
import { post, type Signing, signed, type Written } from "./signing.ts";
import type { Envelope, EnvelopeType } from "./sockets.ts";

/** How the app took a delivery. */
export interface Acked {
  /** 0: none in time. Over a socket any ack is 200. */
  status: number;
  ackMs: number;
  /** JSON when it is some; undefined when it is empty. */
  ackBody: unknown;
  sent: Written | Envelope;
}

/** How deliveries come to the app: by signed requests, or over its socket. */
export interface Transport {
  /** Deliveries go to this address from here on, or over the app's socket. */
  connect(to: string | "socket"): Promise<void>;
  deliver(type: EnvelopeType, payload: Fields): Promise<Acked>;
  /** The very same once more, signature and all. */
  redeliver(
    last: Acked,
    how?: { headers?: Record<string, string>; attempt?: number; reason?: string },
  ): Promise<Acked>;
  /** Anything at all, signed unless told otherwise. */
  send(body: string | Fields, how?: Signing & { path?: string }): Promise<Acked>;
}

export function openTransport(front: Front, signingSecret: string): Transport {
  let isSocket = false;

  async function request(written: Written): Promise<Acked> {
    const { status, ackMs, text } = await post(written);
    return { status, ackMs, ackBody: text === "" ? undefined : parsed(text), sent: written };
  }

  async function envelop(envelope: Envelope): Promise<Acked> {
    const { status, payload, ackMs } = await front.sockets.deliver(envelope);
    const isEmpty = typeof payload === "object" && payload !== null && Object.keys(payload).length === 0;
    return { status, ackMs, ackBody: isEmpty ? undefined : payload, sent: envelope };
  }

  const address = (path: string) => {
    if (front.appUrl === "") throw new Error("where is the app? world.connect(its address) tells");
    return `${front.appUrl}${path}`;
  };

  return {
    async connect(to) {
      isSocket = to === "socket";
      if (isSocket) return front.sockets.connected();
      front.appUrl = to.replace(/\/$/, "");
    },
    deliver(type, payload) {
      if (isSocket) {
        const accepts_response_payload = type !== "events_api";
        return envelop({ type, envelope_id: randomUUID(), payload, accepts_response_payload });
      }
      const contentType = type === "events_api" ? "application/json" : "application/x-www-form-urlencoded";
      const form = type === "interactive" ? { payload: JSON.stringify(payload) } : payload;
      const body = type === "events_api" ? JSON.stringify(payload) : writeForm(form);
      return request(signed(address("/slack/events"), signingSecret, body, { contentType }));
    },
    redeliver({ sent }, { headers, attempt = 1, reason = "timeout" } = {}) {
      return "envelope_id" in sent
        ? envelop({ ...sent, retry_attempt: attempt, retry_reason: reason })
        : request({ ...sent, headers: { ...sent.headers, ...headers } });
    },
    send(body, { path = "/slack/events", ...how } = {}) {
      const text = typeof body === "string" ? body : JSON.stringify(body);
      return request(signed(address(path), signingSecret, text, how));
    },
  };
}
