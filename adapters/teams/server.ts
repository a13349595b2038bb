import { randomUUID } from "node:crypto";
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import express from "express";
import type { Log } from "../../src/index.ts";
import { isOurHost } from "../listening.ts";
import { noteFailure } from "./calls.ts";

export const ENDPOINT = "/api/messages";
/** Far more than any activity of Teams'. */
const MOST_BYTES = 256 * 1024;
const HERE = { address: "127.0.0.1", isOpen: false };
/** Of a request that was not taken; nothing of why is told to strangers. */
const SAID: Record<number, string> = {
  400: "This is not what Teams sends.",
  401: "This request is not signed by Microsoft for this bot.",
  403: "This request is not for this bot.",
  405: "Requests are to be sent by POST.",
  413: "This request is too large.",
  415: "Requests are to be JSON.",
  500: "Something went wrong here.",
  501: "This kind of request is not answered here.",
  503: "This can't be done just now.",
};

/** What a request is answered with. `why`: for the log alone, as a fixed text. */
export interface Answer {
  status: number;
  body?: object;
  why?: string;
  /** Once it is known. */
  workspace?: string;
}

const parse = express.json({ limit: MOST_BYTES, type: "application/json" });

interface Hearing {
  receive(body: unknown, authorization: string): Promise<Answer>;
  /** Nobody signs requests: they must at least have been meant for this machine. */
  isAnonymous: boolean;
  log: Log;
}

/**
 * Reads each request, and answers it with what `receive` makes of it. Of what goes wrong a stranger learns a fixed sentence and
 * an id, by which the log knows it.
 */
export function listenerOf(hearing: Hearing): RequestListener {
  return (request, response) => {
    take(hearing, request, response).catch((error: unknown) => {
      const id = randomUUID();
      noteFailure(hearing.log, "a request failed", error, { id });
      refuse(response, 500, id);
    });
  };
}

async function take(hearing: Hearing, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { status, body, ...facts } = await answerOf(hearing, request, response);
  if (status < 400) return end(response, status, body);
  const id = randomUUID();
  // Of these the operator must hear; the others may be a stranger's.
  const level = status === 503 ? "error" : "warn";
  hearing.log[level]("a request was refused", { id, status, ...facts });
  refuse(response, status, id);
}

async function answerOf(
  { receive, isAnonymous }: Hearing,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<Answer> {
  const { method, headers, socket } = request;
  if (method !== "POST") return { status: 405 };
  // A page of another site can send texts anywhere, and have its own name point at this machine.
  if (!/^application\/json\s*(?:;|$)/i.test(headers["content-type"] ?? "")) return { status: 415 };
  if (isAnonymous && !isOurHost(headers.host, socket.localPort ?? 0, HERE)) return { status: 403 };
  const read = await bodyOf(request, response);
  return "status" in read ? read : receive(read.body, headers.authorization ?? "");
}

function bodyOf(
  request: IncomingMessage & { body?: unknown },
  response: ServerResponse,
): Promise<{ body: unknown } | { status: number }> {
  return new Promise((read) => {
    parse(request, response, (error?: unknown) => {
      const status = error instanceof Error && "status" in error ? Number(error.status) : 400;
      read(error === undefined ? { body: request.body } : { status });
    });
  });
}

function refuse(response: ServerResponse, status: number, id: string): void {
  // What was not read to its end can't be followed by another request.
  if (!response.req.complete) response.setHeader("Connection", "close");
  end(response, status, { error: SAID[status] ?? SAID[400], id });
}

function end(response: ServerResponse, status: number, body: object | undefined): void {
  if (body) response.setHeader("Content-Type", "application/json; charset=utf-8");
  response.writeHead(status).end(body && JSON.stringify(body));
}
