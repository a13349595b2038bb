import type { Response } from "express";
import { factsOf, type Log } from "../../src/index.ts";
import type { Entry } from "./conversations.ts";
import type { Session } from "./session.ts";

/** A reader who takes nothing for so long is let go; the browser comes back and goes on where it was. */
const MOST_UNREAD_BYTES = 16 * 1024 * 1024;
const MOST_STREAMS = 100;

export interface Streams {
  /** Sends what is said in a conversation after `seen`, as server-sent events, until the reader or the server ends it. */
  open(
    response: Response,
    from: { conversation: string; seen: string | undefined },
    shown: (entry: Entry) => object,
  ): void;
  isFull(): boolean;
  end(): void;
}

export function openStreams(session: Session, log: Log, keepAliveMs: number): Streams {
  const open = new Set<Response>();
  const timer = setInterval(() => {
    for (const response of open) response.write(": still here\n\n");
  }, keepAliveMs);
  timer.unref();

  return {
    isFull: () => open.size >= MOST_STREAMS,
    open: (response, { conversation, seen }, shown) => {
      response.writeHead(200, { "Content-Type": "text/event-stream; charset=utf-8", Connection: "close" });
      if (response.req.method === "HEAD") {
        response.end();
        return;
      }
      function tell(event: string, data: () => object, id?: string): void {
        if (response.writableLength > MOST_UNREAD_BYTES) response.destroy();
        if (response.destroyed) return;
        try {
          const idLine = id === undefined ? "" : `id: ${id}\n`;
          response.write(`event: ${event}\n${idLine}data: ${JSON.stringify(data())}\n\n`);
        } catch (error) {
          log.error("an entry could not be shown", factsOf(error));
        }
      }
      open.add(response);
      response.write("retry: 1000\n\n");
      const stop = session.listen(conversation, seen, {
        entry: (entry, eventId) => tell("entry", () => shown(entry), eventId),
        clock: () => tell("clock", session.clock),
        cleared: () => tell("cleared", () => ({})),
      });
      // The first time that is told says: this is all there was.
      tell("clock", session.clock);
      response.on("close", () => {
        stop();
        open.delete(response);
      });
    },
    end: () => {
      clearInterval(timer);
      for (const response of open) response.end();
    },
  };
}
