import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout } from "node:timers/promises";
import { installationOf } from "../slack-signed.ts";

/** What is wrong with the platform: connections are refused, nothing is answered, HTTP 500, or 429 with Retry-After. */
export type Trouble =
  | { kind: "none" }
  | { kind: "refuses" }
  | { kind: "hangs" }
  | { kind: "fails" }
  | { kind: "limits"; seconds: number };

/** A message that the platform took. `by`: which process sent it. `at`: milliseconds since 1970. */
export interface Accepted {
  name: string;
  channel: string;
  workspace: string;
  by: string;
  at: number;
}

export interface PlatformWishes {
  /** How long each call takes, in milliseconds. */
  answerTime?: number;
  /** One message a second a channel: what comes sooner is answered with 429. */
  isPaced?: boolean;
}

/** Slack's side of it, on this machine: answers the app's calls and counts the messages with a connector's name. */
export interface Platform {
  /** Where one process finds Slack's API; by its name what it sends is told from the others'. */
  apiUrl(process: string): string;
  /** Where answers to a command go. */
  answersTo(number: number): string;
  accepted: Accepted[];
  /** The names in them. */
  heard: Set<string>;
  /** When the first answer to each command arrived, by its number. */
  answered: Map<number, number>;
  /** Messages that were refused because their channel had one less than a second before. */
  tooSoon(): number;
  /** How many messages came less than a second after the one before in their channel, and the shortest time between two. */
  closeness(): { count: number; shortest: number };
  /** Every call so far, by method. */
  calls: Map<string, number>;
  suffer(trouble: Trouble): Promise<void>;
  close(): void;
}

/** Slack workspaces that have installed us, as far as a proof uses them. */
export const WORKSPACES = Array.from({ length: 100 }, (_, index) => `T${1000 + index}`);
export const TEAM = "T1000";

/** Things that are numbered are spread over so many workspaces. */
export function workspaceOf(number: number, of = WORKSPACES.length): string {
  return WORKSPACES[number % of] ?? TEAM;
}

const SECOND_MS = 1000;
/** Slack bears short bursts; and two messages sent a second apart may arrive a little closer. */
const BORNE_MS = 250;

export async function openPlatform({
  answerTime = 0,
  isPaced = false,
}: PlatformWishes = {}): Promise<Platform> {
  let trouble: Trouble = { kind: "none" };
  let tooSoon = 0;
  let closer = { count: 0, shortest: Number.POSITIVE_INFINITY };
  const accepted: Accepted[] = [];
  const heard = new Set<string>();
  const answered = new Map<number, number>();
  const calls = new Map<string, number>();
  /** When each channel is free again in the long run, and when its last message came. */
  const free = new Map<string, number>();
  const last = new Map<string, number>();

  const server = createServer((incoming, response) => {
    // A process that is killed in the middle of a call resets its connection.
    incoming.on("error", () => {});
    response.on("error", () => {});
    const team = /^Bearer xoxb-(T\d+)$/.exec(incoming.headers.authorization ?? "")?.[1] ?? TEAM;
    void readBody(incoming).then((body) => take(incoming.url ?? "", team, body, response));
  });
  server.keepAliveTimeout = 60_000;
  await listen(0);
  const { port } = server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;

  function listen(at: number): Promise<void> {
    return new Promise((listening, failed) => {
      server.once("error", failed);
      server.listen(at, "127.0.0.1", () => listening());
    });
  }

  async function take(url: string, team: string, body: string, response: ServerResponse): Promise<void> {
    const number = /^\/answers\/(\d+)/.exec(url)?.[1];
    if (number !== undefined) {
      if (!answered.has(Number(number))) answered.set(Number(number), performance.now());
      response.end("ok");
      return;
    }
    const [, by = "", method = ""] = /^\/([^/]+)\/api\/([\w.]+)/.exec(url) ?? [];
    calls.set(method, (calls.get(method) ?? 0) + 1);
    if (trouble.kind === "hangs") return;
    if (trouble.kind === "fails") {
      response.writeHead(500).end("trouble");
      return;
    }
    if (trouble.kind === "limits") {
      limit(response, trouble.seconds);
      return;
    }
    const asked = new URLSearchParams(body);
    const channel = asked.get("channel") ?? "";
    const isMessage = method === "chat.postMessage";
    if (isMessage && isPaced && isTooSoon(channel)) {
      tooSoon += 1;
      limit(response, 1);
      return;
    }
    if (answerTime > 0) await setTimeout(answerTime);
    // Taken is taken, also where nobody is left to hear of it.
    const name = nameIn(asked.get("text") ?? "");
    if (isMessage && name !== undefined) {
      accepted.push({ name, channel, workspace: team, by, at: Date.now() });
      heard.add(name);
    }
    response.setHeader("Content-Type", "application/json");
    response.end(JSON.stringify({ ok: true, ...answerTo(method, team, asked) }));
  }

  function isTooSoon(channel: string): boolean {
    const now = Date.now();
    const freeAt = free.get(channel) ?? 0;
    if (now < freeAt - BORNE_MS) return true;
    const since = now - (last.get(channel) ?? 0);
    if (since < SECOND_MS) closer = { count: closer.count + 1, shortest: Math.min(closer.shortest, since) };
    free.set(channel, Math.max(now, freeAt) + SECOND_MS);
    last.set(channel, now);
    return false;
  }

  return {
    apiUrl: (process) => `${origin}/${process}/api/`,
    answersTo: (number) => `${origin}/answers/${number}`,
    accepted,
    heard,
    answered,
    tooSoon: () => tooSoon,
    closeness: () => closer,
    calls,
    async suffer(next) {
      if (next.kind === "refuses" && trouble.kind !== "refuses") {
        server.close();
        server.closeAllConnections();
      }
      if (next.kind !== "refuses" && trouble.kind === "refuses") await listen(port);
      // What hung is never answered.
      if (trouble.kind === "hangs") server.closeAllConnections();
      trouble = next;
    },
    close: () => void server.close().closeAllConnections(),
  };
}

/** Connectors of the bench are named so that they can be found again in any text. */
function nameIn(text: string): string | undefined {
  return /\bBench \d{7}\b/.exec(text)?.[0];
}

function limit(response: ServerResponse, seconds: number): void {
  response.writeHead(429, { "Retry-After": `${seconds}`, "Content-Type": "application/json" });
  response.end(JSON.stringify({ ok: false, error: "ratelimited" }));
}

async function readBody(incoming: IncomingMessage): Promise<string> {
  let body = "";
  incoming.setEncoding("utf8");
  try {
    for await (const piece of incoming) body += piece;
  } catch {
    // Whoever sent it is gone.
  }
  return body;
}

function answerTo(method: string, team: string, asked: URLSearchParams): object {
  const user = asked.get("user") ?? asked.get("users") ?? "U1";
  switch (method) {
    case "oauth.v2.access":
      return installationOf(asked.get("code") ?? "");
    case "auth.test":
      return { user_id: "UBOT", bot_id: "BBOT", team_id: team };
    case "chat.postMessage":
      return { channel: asked.get("channel"), ts: "1.1" };
    case "conversations.info":
      return { channel: { id: asked.get("channel"), is_ext_shared: false } };
    case "conversations.open":
      return { channel: { id: `D${user}` } };
    case "users.info":
      return { user: { id: user, name: "someone", team_id: team, tz: "Europe/Berlin", locale: "en-US" } };
    default:
      return {};
  }
}
