import { createHmac } from "node:crypto";
import { once } from "node:events";
import { type IncomingHttpHeaders, type IncomingMessage, request } from "node:http";
import { text } from "node:stream/consumers";

/** A request as it goes over the wire. */
export interface Written {
  url: string;
  headers: Record<string, string>;
  body: string;
}

export interface Exchange {
  /** 0 when there was no answer. */
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
  /** From opening the connection until the whole answer was there. */
  ackMs: number;
}

export interface Signing {
  contentType?: string;
  /** `null`: the request has no signature. */
  secret?: string | null;
  /** Seconds since 1970; now unless given. */
  timestamp?: number;
  /** Changes the body after it was signed. */
  tamper?: (body: string) => string;
  headers?: Record<string, string>;
}

/** As Slack signs: https://docs.slack.dev/authentication/verifying-requests-from-slack */
export function signed(url: string, secret: string, body: string, how: Signing = {}): Written {
  const timestamp = how.timestamp ?? Math.floor(Date.now() / 1000);
  const key = how.secret === undefined ? secret : how.secret;
  const proof =
    key === null
      ? undefined
      : `v0=${createHmac("sha256", key).update(`v0:${timestamp}:${body}`).digest("hex")}`;
  return {
    url,
    headers: {
      "user-agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
      "content-type": how.contentType ?? "application/json",
      ...(proof !== undefined && {
        "x-slack-request-timestamp": String(timestamp),
        "x-slack-signature": proof,
      }),
      ...how.headers,
    },
    body: how.tamper?.(body) ?? body,
  };
}

/** Posts on a connection of its own; an app that hangs up or is silent answers with status 0. */
export async function post({ url, headers, body }: Written, patienceMs = 15_000): Promise<Exchange> {
  const began = performance.now();
  const asking = request(url, {
    method: "POST",
    agent: false,
    headers: { ...headers, "content-length": String(Buffer.byteLength(body)) },
    timeout: patienceMs,
  });
  asking.on("timeout", () => asking.destroy(new Error(`silent for ${patienceMs} ms`)));
  const failed = new Promise<Error>((done) => asking.on("error", done));
  asking.end(body);
  const answered = once(asking, "response").then(([response]) => response as IncomingMessage);
  answered.catch(() => undefined);
  const first = await Promise.race([answered, failed]);
  if (first instanceof Error) {
    return { status: 0, headers: {}, text: first.message, ackMs: performance.now() - began };
  }
  const said = await text(first).catch((error: Error) => `(broken off: ${error.message})`);
  return {
    status: first.statusCode ?? 0,
    headers: first.headers,
    text: said,
    ackMs: performance.now() - began,
  };
}
