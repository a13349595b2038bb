import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { type BufferedIncomingMessage, HTTPModuleFunctions } from "@slack/bolt";

/** A request's time may be off by so much, in either direction; Bolt itself looks at the past only. */
const MOST_SKEW_S = 300;
/** Far more than any body of Slack's: a message has 40,000 characters at most. */
export const MOST_BYTES = 256 * 1024;
export const ENDPOINT = "/slack/events";

/** Bolt's listener behind what it does not check. */
export function guarded(listener: RequestListener): RequestListener {
  return (request, response) => {
    pass(listener, request, response).catch((error: unknown) => {
      // No address, or one that Bolt does not serve; or a body that is too large.
      refuse(response, HTTPModuleFunctions.isRawBodyError(error) ? error.statusCode : 404);
    });
  };
}

async function pass(
  listener: RequestListener,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { method, url = "", headers } = request;
  if (method === "POST" && new URL(url, "http://slack").pathname === ENDPOINT) {
    const status = refusalOf(request);
    if (status !== undefined) return refuse(response, status);
    // Bolt takes the bare type only.
    const type = headers["content-type"];
    if (type) headers["content-type"] = type.split(";")[0]?.trim().toLowerCase();
    const buffered = await HTTPModuleFunctions.bufferIncomingMessage(request, MOST_BYTES);
    if (!isObject(buffered)) return refuse(response, 400);
  }
  listener(request, response);
}

/** Bolt would look into anything, and end the program over null. What can't be read at all it refuses itself. */
function isObject(request: BufferedIncomingMessage): boolean {
  try {
    const body: unknown = HTTPModuleFunctions.parseHTTPRequestBody(request);
    return typeof body === "object" && body !== null;
  } catch {
    return true;
  }
}

function refusalOf({ headers }: IncomingMessage): number | undefined {
  if (Number(headers["content-length"]) > MOST_BYTES) return 413;
  const skew = Math.abs(Date.now() / 1000 - Number(headers["x-slack-request-timestamp"]));
  // A request without a time is left to Bolt, which knows the one kind that has none.
  if (headers["x-slack-request-timestamp"] !== undefined && !(skew <= MOST_SKEW_S)) return 401;
  return undefined;
}

function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status, { Connection: "close" }).end();
}
