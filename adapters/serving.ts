import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";

/** Platforms send small bodies at once; who is slower is someone else. Node itself looks for them twice a minute only. */
const PATIENCE = { headersTimeout: 5_000, requestTimeout: 10_000, connectionsCheckingInterval: 1_000 };

/** Longer than answers take, and short enough for the whole program to end within ten seconds. */
const CLOSE_WITHIN_MS = 7000;

/** The requests of a platform, or of operators. */
export interface Door {
  /** Whether a path is theirs. */
  owns(path: string): boolean;
  listener: RequestListener;
}

interface Served {
  /** "http://127.0.0.1:3978" */
  url: string;
  /** Takes no more requests, and resolves when those that were taken are answered. */
  close(): Promise<void>;
}

/** All doors behind one port. Rejects with the system's error when that can't be had. */
export async function serve(
  doors: readonly Door[],
  { host, port }: { host: string; port: number },
): Promise<Served> {
  const server = createServer(PATIENCE, (request, response) => {
    const [path = ""] = (request.url ?? "").split("?");
    const door = doors.find((one) => one.owns(path));
    if (door) door.listener(request, response);
    else response.writeHead(404, { Connection: "close" }).end();
  });
  await new Promise<void>((listening, failed) => {
    server.once("error", failed);
    server.listen(port, host, listening);
  });
  const { port: taken } = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${taken}`,
    async close() {
      const closed = new Promise<void>((done) => {
        server.close(() => done());
      });
      // Node stops looking for slow requests when it closes: one that was sent in part would keep it open.
      const late = setTimeout(() => server.closeAllConnections(), CLOSE_WITHIN_MS);
      await closed;
      clearTimeout(late);
    },
  };
}
