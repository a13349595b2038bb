import express, { type Express, type NextFunction, type Request, type Response } from "express";
import type { z } from "zod";
import { type Log, type ReplyFile, StoreError, type Timeline, type WrittenFile } from "../../src/index.ts";
import { isOurHost, type Place } from "../listening.ts";
import type { Entry } from "./conversations.ts";
import { openDownloads } from "./downloads.ts";
import type { PageFiles } from "./page-files.ts";
import { Problem } from "./problem.ts";
import * as read from "./read.ts";
import type { Session } from "./session.ts";
import { type Faces, shownEntry } from "./shown.ts";
import type { Streams } from "./stream.ts";

export interface AppNeeds {
  session: Session;
  faces: Faces;
  write: { png(picture: Timeline): Buffer; file(file: ReplyFile): WrittenFile };
  page: PageFiles;
  log: Log;
  place: Place;
  streams: Streams;
}

const HEADERS = {
  "Content-Security-Policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'",
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
  "Cache-Control": "no-store",
};

const MOST_BYTES = 64 * 1024;
const TOO_LARGE = "The body is larger than 64 KB.";

const readJson: express.RequestHandler[] = [
  needJson,
  express.json({ limit: MOST_BYTES, inflate: false, strict: false, type: () => true }),
];

/** The page and the API beneath it: docs/playground.md. */
export function createApp({ session, faces, write, page, log, place, streams }: AppNeeds): Express {
  const app = express().disable("x-powered-by").disable("etag").set("query parser", "simple");
  const downloads = openDownloads();

  /** How an entry looks to whoever asks: its addresses are under the name they have used for us. */
  function shownTo(request: Request): (entry: Entry) => object {
    const links = downloads.linksUnder(`http://${request.headers.host}`);
    return (entry) => shownEntry(entry, faces, links);
  }

  function guard(request: Request, response: Response, next: NextFunction): void {
    response.set(HEADERS);
    const { host, origin } = request.headers;
    if (!isOurHost(host, request.socket.localPort ?? 0, place)) {
      throw new Problem(
        403,
        "The playground does not answer to this name: open it by the address it printed.",
      );
    }
    if (origin !== undefined && origin.toLowerCase() !== `http://${host}`.toLowerCase()) {
      throw new Problem(403, "The playground answers its own page only, not pages of others.");
    }
    next();
  }

  function get(path: string, handler: (request: Request, response: Response) => void): void {
    app.get(path, handler);
    app.all(path, refuseMethod("GET"));
  }

  function post<Schema extends z.ZodType>(
    path: string,
    schema: Schema,
    handler: (body: z.infer<Schema>, shown: (entry: Entry) => object) => Promise<object>,
  ): void {
    app.post(path, ...readJson, async (request, response) => {
      const body = orProblem(400, read.readBody(schema, request.body)).body;
      response.json(await handler(body, shownTo(request)));
    });
    app.all(path, refuseMethod("POST"));
  }

  app.use(guard);
  for (const [path, { type, content }] of page) {
    get(path, (_, response) => response.set("Content-Type", type).send(content));
  }

  get("/playground/events", (request, response) => {
    const { conversation, after } = orProblem(400, read.readBody(read.EventsQuery, request.query)).body;
    if (streams.isFull()) throw new Problem(503, "Too many are listening: close a page of the playground.");
    // A browser sets the header only where it comes back by itself.
    const seen = request.get("Last-Event-ID") ?? after;
    streams.open(response, { conversation, seen }, shownTo(request));
  });
  get("/playground/pictures/:name", (request, response) => {
    const picture = downloads.picture(/^(\w+)\.png$/.exec(`${request.params.name}`)?.[1] ?? "");
    if (!picture) throw new Problem(404, "This picture is not kept any more: ask for it again.");
    response.set("Content-Type", "image/png").send(write.png(picture));
  });
  get("/playground/files/:id/:name", (request, response) => {
    const file = downloads.file(`${request.params.id}`);
    if (!file || request.params.name !== file.name) {
      throw new Problem(404, "This file is not kept any more: ask for it again.");
    }
    const { name, type, text } = write.file(file);
    response.attachment(name).set("Content-Type", type).send(text);
  });

  post("/playground/messages", read.MessageBody, async ({ text, press, now, ...by }, shown) => {
    const said = press ? { kind: "press" as const, ...press } : { kind: "text" as const, text: text ?? "" };
    const at = now && orProblem(400, read.readInRange(now)).at;
    return { replies: (await session.hear({ ...by, said, now: at })).map(shown) };
  });
  for (const platform of ["slack", "teams"] as const) {
    post(
      `/playground/presses/${platform}`,
      read.PlatformPressBody,
      async ({ payload, label, ...by }, shown) => {
        const window = faces[platform].openWindow?.(payload);
        if (window) return { window };
        const press = faces[platform].readPress(payload);
        if (!press)
          throw new Problem(422, `The payload is no press of a button or form of ours on ${platform}.`);
        return {
          replies: (await session.hear({ ...by, said: { kind: "press", ...press }, shown: label })).map(
            shown,
          ),
        };
      },
    );
  }
  post("/playground/clock", read.ClockBody, async (body, shown) => {
    const replies = await session.moveClock((now) => orProblem(400, read.readClock(body, now)).at);
    return { now: session.clock().now, replies: replies.map(shown) };
  });
  post("/playground/example", read.ExampleBody, async (by, shown) => ({
    replies: (await session.loadExample(by)).map(shown),
  }));
  post("/playground/reset", read.EmptyBody, async () => {
    await session.startOver();
    return { now: session.clock().now };
  });

  app.use(() => {
    throw new Problem(404, "There is nothing at this address; docs/playground.md lists what there is.");
  });
  app.use((error: unknown, _request: Request, response: Response, _next: NextFunction) => {
    const { status, message } = problemOf(error);
    if (status >= 500 && !(error instanceof Problem))
      log.error("a request failed", { status, ...factsOf(error) });
    if (response.headersSent) response.destroy();
    else response.status(status).json({ problem: message });
  });
  return app;
}

/** A page of another site can send a form without asking us, but never JSON. */
function needJson(request: Request, _response: Response, next: NextFunction): void {
  if (!/^application\/json\s*(?:;|$)/i.test(request.get("Content-Type") ?? "")) {
    throw new Problem(415, "Send JSON, with Content-Type: application/json.");
  }
  // The parser would wait for all of it before it refuses.
  if (Number(request.get("Content-Length")) > MOST_BYTES) throw new Problem(413, TOO_LARGE);
  next();
}

function refuseMethod(allowed: "GET" | "POST"): express.RequestHandler {
  return (_request, response) => {
    response.set("Allow", allowed === "GET" ? "GET, HEAD" : allowed);
    throw new Problem(405, `This address is for ${allowed}.`);
  };
}

function orProblem<Read extends object>(status: number, read: Read | { problem: string }): Read {
  if ("problem" in read) throw new Problem(status, read.problem);
  return read;
}

/** What Express and its parser found, in our words. */
function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof StoreError) return new Problem(503, error.message);
  const { status, type } = error as { status?: unknown; type?: unknown };
  if (type === "entity.too.large") return new Problem(413, TOO_LARGE);
  if (type === "entity.parse.failed") return new Problem(400, "The body is not JSON.");
  if (status === 415) return new Problem(415, "Send JSON in UTF-8, not compressed.");
  if (typeof status === "number" && status >= 400 && status < 500) {
    return new Problem(400, "The request can't be read.");
  }
  return new Problem(500, "Something is wrong in the playground itself; its log says where.");
}

/** Where it happened. The message of an unknown error is left out: it may hold what a person wrote. */
function factsOf(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { error: typeof error };
  const at = error.stack?.match(/^ +at .*:\d+:\d+\)?$/gm);
  return { error: error.name, at: at?.slice(0, 3).map((line) => line.trim()) };
}
