import { randomUUID } from "node:crypto";
import { once } from "node:events";
import type { Server } from "node:http";
import { type WebSocket, WebSocketServer } from "ws";
import { type Fields, isFields, parsed, stringOf, until } from "./json.ts";

export type EnvelopeType = "events_api" | "slash_commands" | "interactive";

export interface Envelope {
  type: EnvelopeType;
  envelope_id: string;
  payload: Fields;
  accepts_response_payload: boolean;
  retry_attempt?: number;
  retry_reason?: string;
}

interface Ack {
  /** 0 when none came in time. */
  status: number;
  payload: unknown;
  ackMs: number;
}

/** Slack's side of Socket Mode. */
export interface Sockets {
  /** Adds one to the addresses that may be opened. */
  address(): string;
  /** Sends over the newest connection and waits for the ack. */
  deliver(envelope: Envelope, patienceMs?: number): Promise<Ack>;
  connected(count?: number): Promise<void>;
  count(): number;
  /** Tells every connection to go and come back, as Slack does every few hours. */
  refresh(reason?: "refresh_requested" | "warning" | "link_disabled"): void;
  /** Cuts every connection without a word. */
  cut(): void;
  close(): Promise<void>;
}

export function openSockets(server: Server, front: () => string, appId: string): Sockets {
  const room = new WebSocketServer({ noServer: true });
  const tickets = new Set<string>();
  const waiting = new Map<string, (payload: unknown) => void>();

  server.on("upgrade", (request, socket, head) => {
    const ticket = new URL(request.url ?? "/", front()).searchParams.get("ticket") ?? "";
    // An address is good for one connection.
    if (!tickets.delete(ticket)) return void socket.destroy();
    room.handleUpgrade(request, socket, head, greet);
  });

  function greet(socket: WebSocket): void {
    socket.on("error", () => undefined);
    socket.on("message", (data) => {
      const said = parsed(String(data));
      if (isFields(said)) waiting.get(stringOf(said.envelope_id))?.(said.payload);
    });
    const hello = { type: "hello", num_connections: room.clients.size, connection_info: { app_id: appId } };
    socket.send(
      JSON.stringify({ ...hello, debug_info: { host: "world", approximate_connection_time: 18060 } }),
    );
  }

  const openOnes = () => [...room.clients].filter((socket) => socket.readyState === socket.OPEN);

  return {
    address() {
      const ticket = randomUUID();
      tickets.add(ticket);
      return `${front().replace("http:", "ws:")}/socket?ticket=${ticket}`;
    },
    async deliver(envelope, patienceMs = 3000) {
      const socket = openOnes().at(-1);
      if (!socket) throw new Error("the app has no open connection");
      const began = performance.now();
      return new Promise((done) => {
        const finish = (status: number) => (payload: unknown) => {
          clearTimeout(patience);
          waiting.delete(envelope.envelope_id);
          done({ status, payload, ackMs: performance.now() - began });
        };
        const patience = setTimeout(() => finish(0)(undefined), patienceMs);
        waiting.set(envelope.envelope_id, finish(200));
        socket.send(JSON.stringify(envelope));
      });
    },
    async connected(count = 1) {
      await until(`${count} connection(s)`, () => openOnes().length >= count);
    },
    count: () => openOnes().length,
    refresh(reason = "refresh_requested") {
      for (const socket of openOnes()) socket.send(JSON.stringify({ type: "disconnect", reason }));
    },
    cut() {
      for (const socket of room.clients) socket.terminate();
    },
    async close() {
      for (const socket of room.clients) socket.close(1001);
      await until("the connections to close", () => room.clients.size === 0, 500).catch(() => undefined);
      for (const socket of room.clients) socket.terminate();
      const closed = once(room, "close");
      room.close();
      await closed;
    },
  };
}
