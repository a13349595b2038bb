import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";

/** Slack sends small bodies at once; who is slower is someone else. Node itself looks for them twice a minute only. */
const PATIENCE = { headersTimeout: 5_000, requestTimeout: 10_000, connectionsCheckingInterval: 1_000 };
/** A request's time may be off by so much, in either direction; Bolt itself looks at the past only. */
const MOST_SKEW_S = 300;
/** Far more than any body of Slack's: a message has 40,000 characters at most. */
export const MOST_BYTES = 256 * 1024;
export const ENDPOINT = "/slack/events";

/** Bolt's listener behind what it does not check. Rejects when the port can't be had. */
export async function serve(
  listener: RequestListener,
  { host, port }: { host: string; port: number },
): Promise<{ server: Server; url: string }> {
  const server = createServer(PATIENCE, (request, response) => {
    try {
      const status = refusalOf(request);
      if (status !== undefined) return refuse(response, status);
      // Bolt takes the bare type only.
      const type = request.headers["content-type"];
      if (type) request.headers["content-type"] = type.split(";")[0]?.trim().toLowerCase();
      listener(request, response);
    } catch {
      // No address, or one that Bolt does not serve.
      refuse(response, 404);
    }
  });
  await new Promise<void>((listening, failed) => {
    server.once("error", failed);
    server.listen(port, host, listening);
  });
  const { port: taken } = server.address() as AddressInfo;
  return { server, url: `http://${host.includes(":") ? `[${host}]` : host}:${taken}` };
}

function refusalOf(request: IncomingMessage): number | undefined {
  const { method, url = "", headers } = request;
  if (method !== "POST" || new URL(url, "http://slack").pathname !== ENDPOINT) return undefined;
  if (Number(headers["content-length"]) > MOST_BYTES) return 413;
  const skew = Math.abs(Date.now() / 1000 - Number(headers["x-slack-request-timestamp"]));
  // A request without a time is left to Bolt, which knows the one kind that has none.
  if (headers["x-slack-request-timestamp"] !== undefined && !(skew <= MOST_SKEW_S)) return 401;
  return undefined;
}

function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status, { Connection: "close" }).end();
}
