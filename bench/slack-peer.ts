import { Agent, createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { installationOf, postSigned } from "./slack-signed.ts";

/** Who asks: so many workspaces with so many people each. */
export const WORKSPACES = 100;
export const PEOPLE = 10;

/** Slack's side of it: answers the calls of the app, and takes its answers. */
export interface Peer {
  apiUrl: string;
  /** Answers that have come so far. */
  answered(): number;
  close(): void;
}

export async function openPeer(): Promise<Peer> {
  let answered = 0;
  const server: Server = createServer((incoming, response) => {
    const { url = "", headers } = incoming;
    let body = "";
    incoming.on("data", (chunk) => {
      body += chunk;
    });
    incoming.on("end", () => {
      if (url.startsWith("/answers")) {
        answered += 1;
        response.end("ok");
        return;
      }
      const team =
        /^Bearer xoxb-(T\d+)$/.exec(headers.authorization ?? "")?.[1] ??
        new URLSearchParams(body).get("code") ??
        "";
      response.setHeader("Content-Type", "application/json");
      response.end(
        JSON.stringify({
          ok: true,
          ...methodAnswer(url.replace("/api/", ""), team, new URLSearchParams(body)),
        }),
      );
    });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  return {
    apiUrl: `http://127.0.0.1:${port}/api/`,
    answered: () => answered,
    close: () => server.close().closeAllConnections(),
  };
}

function methodAnswer(method: string, team: string, asked: URLSearchParams): object {
  switch (method) {
    case "oauth.v2.access":
      return installationOf(team);
    case "auth.test":
      return { user_id: "UBOT", bot_id: "BBOT", team_id: team };
    case "users.info":
      return {
        user: { id: asked.get("user"), name: "someone", team_id: team, tz: "Europe/Berlin", locale: "en-US" },
      };
    default:
      return {};
  }
}

export interface Burst {
  /** Acknowledged requests a second. */
  throughput: number;
  /** Milliseconds each waited for it, sorted by nothing. */
  waits: number[];
  seconds: number;
}

let sent = 0;

/** Sends so many signed commands, so many at a time. Rejects when one is not acknowledged. */
export async function sendCommands(
  url: string,
  secret: string,
  { count, atOnce, answersTo }: { count: number; atOnce: number; answersTo: string },
): Promise<Burst> {
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce });
  const waits: number[] = [];
  const last = sent + count;
  const began = performance.now();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (sent < last) {
        sent += 1;
        waits.push(await sendOne(agent, url, secret, sent, answersTo));
      }
    }),
  );
  const seconds = (performance.now() - began) / 1000;
  agent.destroy();
  return { throughput: count / seconds, waits, seconds };
}

function sendOne(
  agent: Agent,
  url: string,
  secret: string,
  number: number,
  answersTo: string,
): Promise<number> {
  const team = `T${1000 + (number % WORKSPACES)}`;
  const user = `U${1000 + (Math.floor(number / WORKSPACES) % PEOPLE)}`;
  const body = new URLSearchParams({
    command: "/connector",
    text: "eta if go-live friday",
    team_id: team,
    user_id: user,
    user_name: "someone",
    channel_id: "C1",
    channel_name: "connectors",
    api_app_id: "A1",
    response_url: `${answersTo}/answers/${number}`,
    trigger_id: `${process.pid}.${number}`,
  });
  return postSigned(agent, url, secret, body);
}
