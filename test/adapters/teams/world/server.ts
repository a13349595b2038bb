import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { setTimeout } from "node:timers/promises";
import { connectorAnswer } from "./connector.ts";
import { parsed } from "./json.ts";
import { addressOf, type Places } from "./places.ts";
import { ISSUER, type Tokens } from "./tokens.ts";
import {
  type Answered,
  type Call,
  type openThrottle,
  openTroubles,
  refusedBy,
  type Troubles,
} from "./troubles.ts";
import { openWaiting, type Waiting } from "./waiting.ts";

const OPEN_ID = "/v1/.well-known/openidconfiguration";
const KEYS = "/v1/.well-known/keys";
/** The service's own path, after any prefix. */
const API = /\/v3\/conversations(?:\/([^/]+)(?:\/(?:activities|members|pagedmembers)(?:\/([^/]+))?)?)?$/;

/** Where the signer says to which host a request would have gone. */
export const ORIGINAL_HOST = "x-original-host";

export interface Server extends Pick<Waiting, "until" | "changed"> {
  url: string;
  openIdUrl: string;
  /** To the Bot Connector, in order. */
  calls: Call[];
  /** To the documents with which tokens are checked. */
  keyCalls: Call[];
  troubles: Troubles;
  throttle: ReturnType<typeof openThrottle> | undefined;
  close(): Promise<void>;
}

export async function openServer(places: Places, tokens: Tokens, botToken: string): Promise<Server> {
  const calls: Call[] = [];
  const keyCalls: Call[] = [];
  const troubles = openTroubles();
  const waiting = openWaiting(() => lastOf(calls));
  const stopping = new AbortController();
  const http = createServer((request, response) => {
    handle(request, response).catch((error: Error) => {
      if (!response.headersSent) response.writeHead(500, { "content-type": "text/plain" });
      response.end(`the world broke: ${error.stack}`);
    });
  });
  http.listen(0, "127.0.0.1");
  await once(http, "listening");
  const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const raw = await buffer(request);
    const call = callOf(request, raw, url);
    const isForKeys = call.path === OPEN_ID || call.path === KEYS;
    (isForKeys ? keyCalls : calls).push(call);
    waiting.changed();
    const trouble = troubles.take(call, isForKeys);
    if (trouble?.hang) return;
    if (trouble?.delayMs) await setTimeout(trouble.delayMs, undefined, stopping).catch(() => undefined);
    if (trouble?.dropConnection) return void request.socket.destroy();
    const answer = trouble?.status === undefined ? answerTo(call, isForKeys, raw.length) : refusedBy(trouble);
    Object.assign(call, { status: answer.status, answer: answer.body });
    if (trouble?.loseAnswer) request.socket.destroy();
    else {
      const { status, headers, body, text = body === undefined ? "" : JSON.stringify(body) } = answer;
      response.writeHead(status, { "content-type": "application/json; charset=utf-8", ...headers });
      response.end(text);
    }
    waiting.changed();
  }

  function answerTo(call: Call, isForKeys: boolean, bytes: number): Answered {
    if (call.path === OPEN_ID) {
      const body = {
        issuer: ISSUER,
        jwks_uri: `${url}${KEYS}`,
        authorization_endpoint: "https://invalid.botframework.com",
      };
      return { status: 200, body: { ...body, id_token_signing_alg_values_supported: ["RS256"] } };
    }
    if (isForKeys) return { status: 200, body: tokens.keys() };
    if (!API.test(call.path)) return { status: 404, body: { message: `There is no ${call.path}.` } };
    if (call.authorization !== `Bearer ${botToken}`) {
      return { status: 401, body: { message: "Authorization has been denied for this request." } };
    }
    const { conversation } = addressOf(call.conversation ?? "");
    const refused = conversation === "" ? undefined : server.throttle?.(conversation, call.at);
    return refused ?? connectorAnswer(places, call, bytes);
  }

  const server: Server = {
    url,
    openIdUrl: `${url}${OPEN_ID}`,
    calls,
    keyCalls,
    troubles,
    throttle: undefined,
    until: waiting.until,
    changed: waiting.changed,
    async close() {
      if (!http.listening) return;
      waiting.close();
      stopping.abort();
      const closed = once(http, "close");
      http.close();
      http.closeAllConnections();
      await closed;
    },
  };
  return server;
}

function callOf({ method = "GET", url = "/", headers }: IncomingMessage, raw: Buffer, own: string): Call {
  const { pathname: path, searchParams } = new URL(url, own);
  const [, id, activityId] = API.exec(path) ?? [];
  const host = headers[ORIGINAL_HOST] ?? headers.host;
  return {
    method,
    path,
    query: Object.fromEntries(searchParams),
    authorization: headers.authorization,
    host: `${host}`,
    body: raw.length > 0 ? parsed(raw.toString()) : undefined,
    at: Date.now(),
    status: undefined,
    conversation: id === undefined ? undefined : decoded(id),
    activityId: activityId === undefined ? undefined : decoded(activityId),
  };
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** What is read when a test has waited in vain. */
function lastOf(calls: Call[]): string {
  if (calls.length === 0) return "The bot has called nothing.";
  const lines = calls.slice(-8).map(({ method, path, status, body }) => {
    const said = (JSON.stringify(body) ?? "").slice(0, 160);
    return `  ${method} ${decoded(path)} ${status ?? "(not answered)"} ${said}`;
  });
  return [`The last of ${calls.length} calls:`, ...lines].join("\n");
}
