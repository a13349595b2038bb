import { generateKeyPairSync, randomUUID, sign } from "node:crypto";
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout } from "node:timers/promises";

export const APP_ID = "1b4e28ba-2fa1-11d2-883f-0016d3cca427";
/** What both bots put on what they send; getting one is Entra ID's work, and not measured. */
const BOT_TOKEN = "a token of the bench";
const MICROSOFT = "https://smba.trafficmanager.net";
const ISSUER = "https://api.botframework.com";
const MOST_WAIT_MS = 60_000;

/** Who asks. So many that the limits of a person, a tenant and a conversation are never met. */
export const TENANTS = 300;
export const PEOPLE = 10;

/** Somebody who asks, each in a chat of their own. */
export interface Asker {
  tenant: string;
  person: string;
  chat: string;
}

/** A person of those who are met again and again, in turn through all tenants. */
export function askerAt(number: number): Asker {
  return asker(number % TENANTS, `p${Math.floor(number / TENANTS) % PEOPLE}`);
}

/** Somebody who was never met before. */
export function newcomerAt(number: number): Asker {
  return asker(number % TENANTS, randomUUID());
}

function asker(tenant: number, name: string): Asker {
  const id = `00000000-0000-4000-8000-${String(tenant).padStart(12, "0")}`;
  return { tenant: id, person: `29:1${id}-${name}`, chat: `a:1${id}-${name}` };
}

/** A request that a bot is about to send. */
interface Outgoing {
  url: string;
  headers: { set(name: string, value: string): unknown };
}

/** Puts a token on what a bot sends; what is for Microsoft comes to `peerUrl` instead. */
export function signerTo(peerUrl: string) {
  return {
    async signRequest<Request extends Outgoing>(outgoing: Request): Promise<Request> {
      outgoing.headers.set("Authorization", `Bearer ${BOT_TOKEN}`);
      outgoing.url = outgoing.url.replace(MICROSOFT, peerUrl);
      return outgoing;
    },
  };
}

/** Tells the processor time of this process to the one that started it, whenever that asks. */
export function tellUse(): void {
  process.on("message", () => process.send?.(process.cpuUsage()));
}

/** A message that has come from a bot, when it came. */
interface Arrived {
  at: number;
  body: string;
}

/** Microsoft's side of it: the keys it signs with, and the service that takes what bots send. */
export interface Peer {
  url: string;
  openIdUrl: string;
  /** Proves that a request is Microsoft's, and names where it is answered; good for an hour. */
  tokenFor(serviceUrl: string): string;
  /** Messages that have come so far. */
  arrived(): number;
  /** The next message in a chat. */
  nextIn(chat: string): Promise<Arrived>;
  close(): void;
}

export async function openPeer(): Promise<Peer> {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const keys = [
    { ...publicKey.export({ format: "jwk" }), use: "sig", kid: "bench", endorsements: ["msteams"] },
  ];
  const waiting = new Map<string, (message: Arrived) => void>();
  let arrived = 0;

  function take(path: string, body: string): object {
    arrived += 1;
    const chat = decodeURIComponent(/\/v3\/conversations\/([^/?]+)\/activities/.exec(path)?.[1] ?? "");
    waiting.get(chat)?.({ at: performance.now(), body });
    waiting.delete(chat);
    return { id: `${arrived}` };
  }

  function answer({ method, url = "", headers }: IncomingMessage, body: string): object | undefined {
    if (method === "GET") return url === "/keys" ? { keys } : { issuer: ISSUER, jwks_uri: `${peerUrl}/keys` };
    return headers.authorization === `Bearer ${BOT_TOKEN}` ? take(url, body) : undefined;
  }

  const server = createServer((incoming: IncomingMessage, response: ServerResponse) => {
    const parts: Buffer[] = [];
    incoming.on("data", (part: Buffer) => parts.push(part));
    incoming.on("end", () => {
      const answered = answer(incoming, Buffer.concat(parts).toString());
      response.writeHead(answered ? 200 : 401, { "Content-Type": "application/json" });
      response.end(JSON.stringify(answered ?? {}));
    });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const peerUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  function tokenFor(serviceurl: string): string {
    const now = Math.floor(Date.now() / 1000);
    const signed = [
      { alg: "RS256", typ: "JWT", kid: "bench" },
      { iss: ISSUER, aud: APP_ID, serviceurl, nbf: now - 60, exp: now + 3600 },
    ].map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"));
    const signature = sign("RSA-SHA256", Buffer.from(signed.join(".")), privateKey);
    return [...signed, signature.toString("base64url")].join(".");
  }

  return {
    url: peerUrl,
    openIdUrl: `${peerUrl}/openid`,
    tokenFor,
    arrived: () => arrived,
    nextIn: (chat) => new Promise((come) => waiting.set(chat, come)),
    close: () => server.close().closeAllConnections(),
  };
}

/** What a person does: says something, or presses a button of a card. */
export type Deed = { text: string } | { press: { verb: string; data: object } };

function activityOf({ tenant, person, chat }: Asker, deed: Deed, serviceUrl: string): string {
  const press = "press" in deed ? { action: { type: "Action.Execute", ...deed.press } } : undefined;
  return JSON.stringify({
    ...(press
      ? {
          type: "invoke",
          name: "adaptiveCard/action",
          value: { ...press, trigger: "manual" },
          replyToId: "1",
        }
      : { type: "message", textFormat: "plain", ...deed }),
    id: randomUUID(),
    timestamp: new Date().toISOString(),
    localTimezone: "Europe/Berlin",
    channelId: "msteams",
    serviceUrl,
    from: { id: person, name: "Somebody", aadObjectId: tenant },
    conversation: { conversationType: "personal", tenantId: tenant, id: chat },
    recipient: { id: `28:${APP_ID}`, name: "Connector Shepherd" },
    entities: [
      { locale: "en-GB", country: "GB", platform: "Web", timezone: "Europe/Berlin", type: "clientInfo" },
    ],
    channelData: { tenant: { id: tenant } },
    locale: "en-GB",
  });
}

export interface Burst {
  count: number;
  atOnce: number;
  asker(number: number): Asker;
  deed(asker: Asker): Deed;
  /** Looks at each answer; throws when it is not what was asked for. */
  seen(asker: Asker, body: string): void;
  /** False: the next is sent when a request is acknowledged; the answers come in their own time. */
  isAnswerAwaited: boolean;
}

export interface Sent {
  /** Requests a second: acknowledged or, where they are awaited, answered. */
  rate: number;
  /** Messages a second, until the last answer had come. */
  answered: number;
  /** Milliseconds until each was acknowledged, and until its answer had come. */
  acknowledged: number[];
  arrived: number[];
}

/** A bot that is asked. */
export interface Bot {
  url: string;
  /** Where it is told to answer: only ours looks whether that is Microsoft's. */
  serviceUrl: string;
}

/** Microsoft's in America, which our signer sends elsewhere; the bare bot's SDK lets a signer change headers only. */
export function serviceUrlOf(bot: "bare" | "ours", { url }: Peer): string {
  return `${bot === "ours" ? MICROSOFT : url}/amer/`;
}

let sent = 0;

/** Sends so many requests, so many at a time. Rejects when one is not acknowledged, or not answered in time. */
export async function send(peer: Peer, { url, serviceUrl }: Bot, burst: Burst): Promise<Sent> {
  const { count, atOnce, isAnswerAwaited } = burst;
  const token = peer.tokenFor(serviceUrl);
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce });
  const found: Sent = { rate: 0, answered: 0, acknowledged: [], arrived: [] };
  const answers: Promise<void>[] = [];
  const last = sent + count;
  const began = performance.now();

  async function answerTo(asker: Asker, start: number): Promise<void> {
    const { at, body } = await peer.nextIn(asker.chat);
    burst.seen(asker, body);
    found.arrived.push(at - start);
  }

  async function sendOne(asker: Asker): Promise<void> {
    const body = activityOf(asker, burst.deed(asker), serviceUrl);
    const start = performance.now();
    const answer = answerTo(asker, start);
    answers.push(answer);
    // Whatever is wrong with it is told in the end.
    answer.catch(() => undefined);
    await post(agent, url, token, body);
    found.acknowledged.push(performance.now() - start);
    if (isAnswerAwaited) await answer;
  }

  async function sendAll(): Promise<void> {
    while (sent < last) {
      sent += 1;
      await sendOne(burst.asker(sent));
    }
  }

  const rate = () => (count / (performance.now() - began)) * 1000;
  const ended = new AbortController();
  const late = setTimeout(MOST_WAIT_MS, undefined, { signal: ended.signal }).then(
    () => Promise.reject(new Error(`only ${found.arrived.length} of ${count} were answered`)),
    () => undefined,
  );
  async function sendAndAwait(): Promise<void> {
    await Promise.all(Array.from({ length: atOnce }, sendAll));
    found.rate = rate();
    await Promise.all(answers);
    found.answered = rate();
  }
  try {
    await Promise.race([late, sendAndAwait()]);
  } finally {
    ended.abort();
    agent.destroy();
  }
  return found;
}

function post(agent: Agent, url: string, token: string, body: string): Promise<void> {
  const headers = {
    "Content-Type": "application/json; charset=utf-8",
    "Content-Length": Buffer.byteLength(body),
    Authorization: `Bearer ${token}`,
  };
  return new Promise((done, failed) => {
    const asking = request(url, { method: "POST", agent, headers }, (response) => {
      response.resume();
      response.on("end", () => {
        if (response.statusCode === 200) done();
        else failed(new Error(`a request was answered with ${response.statusCode}`));
      });
    });
    asking.on("error", failed);
    asking.end(body);
  });
}
