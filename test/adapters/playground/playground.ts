import { once } from "node:events";
import { type IncomingHttpHeaders, type IncomingMessage, request } from "node:http";
import { text } from "node:stream/consumers";
import { onTestFinished } from "vitest";
import { z } from "zod";
import type { PageFiles } from "../../../adapters/playground/page-files.ts";
import { serve } from "../../../adapters/playground/server.ts";
import { openSession, PLAYGROUND, type Session } from "../../../adapters/playground/session.ts";
import type { Faces } from "../../../adapters/playground/shown.ts";
import { type StandingClock, shiftedClock, standingClock } from "../../../src/clock.ts";
import { writtenFile } from "../../../src/files.ts";
import type { Links, Log, Store } from "../../../src/ports.ts";
import type { Block, Reply } from "../../../src/reply.ts";
import { openStore } from "../../../src/store/sql-store.ts";
import { pacific } from "../../support.ts";
import { through } from "../../through.ts";

interface Shown {
  id: number;
  at: string;
  kind: "answer" | "reminder";
  conversation: string;
  to?: number;
  text: string;
  reply: Reply;
  slack: { text: string; addresses: string[] };
  teams: { text: string; addresses: string[] };
}

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
  /** The body as JSON; empty when it is none. */
  body: { replies: Shown[]; now: string; problem: string; window?: { private_metadata: string } };
}

export interface Event {
  event: string;
  id?: string;
  data: {
    id?: number;
    kind?: string;
    text?: string;
    person?: string;
    now?: string;
    pushed?: boolean;
    at?: string;
  };
}

interface Stream {
  headers: IncomingHttpHeaders;
  /** Everything that came until now. */
  events: Event[];
  /** Comment lines. */
  comments: string[];
  /** Waits until that many events came that fit. */
  until(fits: (event: Event) => boolean, count?: number): Promise<Event[]>;
  /** Waits for a comment line. */
  untilComment(): Promise<void>;
  close(): void;
  ended: Promise<unknown>;
}

interface Seen {
  header?: string;
  query?: string;
}

interface Options {
  /** Pacific wall time of the machine; it stands until a test pushes it. */
  now?: string;
  /** Where the clock is put at the start. */
  startAt?: string;
  data?: string;
  faces?: Faces;
  page?: PageFiles;
  keepAliveMs?: number;
  throughStore?(store: Store): Store;
}

interface Playground {
  url: string;
  session: Session;
  /** The machine's clock, under that of the playground. */
  machine: StandingClock;
  store: Store;
  logged: string[];
  call(
    method: string,
    path: string,
    parts?: { body?: unknown; raw?: string; headers?: Record<string, string> },
  ): Promise<Answer>;
  post(path: string, body?: unknown): Promise<Answer>;
  /** Says something that is answered; the replies. */
  say(text: string, more?: object): Promise<Shown[]>;
  /** `seen`: the mark of the entry heard last, as a browser that comes back sends it, or as a page that opens anew. */
  listen(conversation?: string, seen?: Seen): Promise<Stream>;
  /** What was said until now. */
  entries(conversation?: string): Promise<Event[]>;
  close(): Promise<void>;
}

/** What the stand-in platforms send. */
const Pressed = z.object({
  pressed: z.object({ action: z.string(), fields: z.record(z.string(), z.string()) }),
});

/** Stands in for both platforms: the title, and the addresses of what is fetched. */
export const PLAIN_FACES: Faces = { slack: plainFace("slack"), teams: plainFace("teams") };

function plainFace(platform: string): Faces["slack"] {
  return {
    render: (reply: Reply, links: Links) => ({
      text: `${platform}: ${reply.title}`,
      addresses: reply.blocks.flatMap((block: Block) => {
        if (block.kind === "picture") return links.picture(block.picture) ?? [];
        return block.kind === "file" ? (links.file(block.file) ?? []) : [];
      }),
    }),
    readPress: (payload) => Pressed.safeParse(payload).data?.pressed,
  };
}

/** A playground that listens on a free port of this machine. */
export async function openPlayground(options: Options = {}): Promise<Playground> {
  const machine = standingClock(pacific(options.now ?? "2026-11-03T09:15"));
  const clock = shiftedClock(machine);
  const { store: inner, shelf } = await openStore(options.data ?? ":memory:", clock, PLAYGROUND);
  const store = options.throughStore?.(inner) ?? inner;
  const logged: string[] = [];
  const note = (message: string, facts?: object) =>
    void logged.push(`${message} ${JSON.stringify(facts ?? {})}`);
  const log: Log = { info: note, warn: note, error: note };
  const session = await openSession({
    store,
    settings: shelf("settings"),
    kept: shelf("playground"),
    clock,
    log,
    zone: "America/Los_Angeles",
    ...(options.startAt !== undefined && { startAt: pacific(options.startAt) }),
  });
  const write = { png: () => Buffer.from("89504e470d0a1a0a", "hex"), file: writtenFile };
  const served = await serve(
    {
      session,
      write,
      log,
      faces: options.faces ?? PLAIN_FACES,
      page:
        options.page ?? new Map([["/", { type: "text/html; charset=utf-8", content: "<!doctype html>" }]]),
      ...(options.keepAliveMs !== undefined && { keepAliveMs: options.keepAliveMs }),
    },
    { address: "127.0.0.1", isOpen: false },
    0,
  );
  const { url } = served;

  async function call(
    method: string,
    path: string,
    { body, raw, headers = {} }: { body?: unknown; raw?: string; headers?: Record<string, string> } = {},
  ): Promise<Answer> {
    const sent = raw ?? (body === undefined ? undefined : JSON.stringify(body));
    const asking = request(`${url}${path}`, {
      method,
      agent: false,
      headers: { ...(sent !== undefined && { "content-type": "application/json" }), ...headers },
    });
    // A server that refuses a large body may hang up before all of it is sent.
    asking.on("error", () => undefined);
    asking.end(sent);
    const [response]: [IncomingMessage] = (await once(asking, "response")) as [IncomingMessage];
    const said = await text(response);
    const isJson = response.headers["content-type"]?.startsWith("application/json") === true;
    const none = { replies: [], now: "", problem: "" };
    return {
      status: response.statusCode ?? 0,
      headers: response.headers,
      text: said,
      body: isJson && said !== "" ? { ...none, ...JSON.parse(said) } : none,
    };
  }

  const post = (path: string, body: unknown = {}) => call("POST", `/playground/${path}`, { body });

  async function say(words: string, more: object = {}): Promise<Shown[]> {
    const { status, body } = await post("messages", { text: words, ...more });
    if (status !== 200) throw new Error(`${status}: ${body.problem}`);
    return body.replies;
  }

  let isOpen = true;
  async function close(): Promise<void> {
    if (!isOpen) return;
    isOpen = false;
    await served.close();
    await inner.close();
  }
  onTestFinished(close);

  function listen(conversation = "main", { header, query }: Seen = {}): Promise<Stream> {
    const asked = new URLSearchParams({ conversation, ...(query !== undefined && { after: query }) });
    return openStream(`${url}/playground/events?${asked}`, header);
  }

  async function entries(conversation?: string): Promise<Event[]> {
    const stream = await listen(conversation);
    await stream.until(isClock);
    stream.close();
    return stream.events.filter(isEntry);
  }

  return { url, session, machine, store, logged, call, post, say, close, listen, entries };
}

export const isEntry = ({ event }: Event) => event === "entry";
/** The first says that everything there was has been told. */
export const isClock = ({ event }: Event) => event === "clock";

async function openStream(url: string, lastEventId?: string): Promise<Stream> {
  const asking = request(url, {
    agent: false,
    headers: lastEventId === undefined ? {} : { "last-event-id": lastEventId },
  });
  asking.end();
  const [response] = (await once(asking, "response")) as [IncomingMessage];
  response.setEncoding("utf8");
  const events: Event[] = [];
  const comments: string[] = [];
  let looking: (() => void)[] = [];
  let rest = "";
  response.on("data", (chunk: string) => {
    const parts = (rest + chunk).split("\n\n");
    rest = parts.pop() ?? "";
    for (const part of parts) {
      if (part.startsWith(":")) comments.push(part);
      const lines = new Map(
        part.split("\n").map((line) => [line.split(": ", 1)[0], line.slice(line.indexOf(": ") + 2)]),
      );
      const [event, id, data] = ["event", "id", "data"].map((name) => lines.get(name));
      if (event && data) events.push({ event, ...(id !== undefined && { id }), data: JSON.parse(data) });
    }
    for (const look of looking.splice(0)) look();
  });
  const ended = new Promise((done) => response.on("close", done));
  const changed = () => new Promise<void>((done) => looking.push(done));
  const close = () => {
    looking = [];
    asking.destroy();
  };
  response.on("error", () => undefined);
  asking.on("error", () => undefined);
  onTestFinished(close);
  return {
    headers: response.headers,
    events,
    comments,
    close,
    ended,
    async until(fits, count = 1) {
      while (events.filter(fits).length < count) await changed();
      return events.filter(fits);
    },
    async untilComment() {
      while (comments.length === 0) await changed();
    },
  };
}

/** A store across a network: whatever is asked of it, others get their turn meanwhile. */
export function slowed(store: Store): Store {
  return through(store, () => new Promise(setImmediate));
}
