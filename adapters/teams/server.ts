import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import express from "express";
import type { Log } from "../../src/index.ts";
import { noteFailure } from "./calls.ts";

export const ENDPOINT = "/api/messages";
/** Far more than any activity of Teams'. */
const MOST_BYTES = 256 * 1024;
/** Of a request that was not taken; nothing of why is told to strangers. */
const SAID: Record<number, string> = {
  400: "This is not what Teams sends.",
  401: "This request is not signed by Microsoft for this bot.",
  403: "This request is not for this bot.",
  404: "There is nothing here.",
  405: "Requests are to be sent by POST.",
  413: "This request is too large.",
  415: "Requests are to be JSON.",
  500: "Something went wrong here.",
  503: "Requests can't be checked just now.",
};

/** What a request is answered with. */
export interface Answer {
  status: number;
  body?: object;
}

const parse = express.json({ limit: MOST_BYTES, type: "application/json" });

/**
 * Reads each request, and answers it with what `receive` makes of it. Of what goes wrong a stranger learns a fixed sentence and
 * an id, by which the log knows it.
 */
export function listenerOf(receive: (body: unknown, authorization: string) => Promise<Answer>, log: Log) {
  return (request: IncomingMessage, response: ServerResponse): void => {
    take(receive, request, response).catch((error: unknown) => {
      const id = randomUUID();
      noteFailure(log, "a request failed", error, { id });
      refuse(response, 500, id);
    });
  };
}

async function take(
  receive: (body: unknown, authorization: string) => Promise<Answer>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method !== "POST") return refuse(response, 405);
  if (!/^application\/json\s*(?:;|$)/i.test(request.headers["content-type"] ?? ""))
    return refuse(response, 415);
  const read = await bodyOf(request, response);
  if ("status" in read) return refuse(response, read.status);
  const { status, body } = await receive(read.body, request.headers.authorization ?? "");
  if (status >= 400) return refuse(response, status);
  end(response, status, body);
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

function refuse(response: ServerResponse, status: number, id: string = randomUUID()): void {
  // What was not read to its end can't be followed by another request.
  if (!response.req.complete) response.setHeader("Connection", "close");
  end(response, status, { error: SAID[status] ?? SAID[400], id });
}

function end(response: ServerResponse, status: number, body: object | undefined): void {
  if (body) response.setHeader("Content-Type", "application/json; charset=utf-8");
  response.writeHead(status).end(body && JSON.stringify(body));
}
