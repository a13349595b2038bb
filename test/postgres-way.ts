import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { onTestFinished } from "vitest";

/** A way to a PostgreSQL server on which everything can stand still, as before a server that hangs. */
export interface Way {
  /** The same database, by this way. */
  url: string;
  freeze(): void;
  /** How much waits to be passed on. */
  held(): number;
  /** What was held up comes now. */
  thaw(): void;
}

/** Opens a way to the database of a URL, for this test. */
export async function openWay(to: string): Promise<Way> {
  const { hostname, port } = new URL(to);
  const sockets = new Set<Socket>();
  const held: (() => void)[] = [];
  let isFrozen = false;
  function pass(does: () => void): void {
    if (isFrozen) held.push(does);
    else does();
  }
  function join(from: Socket, into: Socket): void {
    sockets.add(from);
    from
      .on("data", (chunk) => pass(() => void into.write(chunk)))
      .on("error", () => undefined)
      .on("close", () => {
        sockets.delete(from);
        pass(() => into.end());
      });
  }
  const server = createServer((client) => {
    const there = connect(Number(port || 5432), hostname);
    join(client, there);
    join(there, client);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  const url = new URL(to);
  url.port = `${(server.address() as AddressInfo).port}`;
  return {
    url: url.href,
    freeze() {
      isFrozen = true;
    },
    held: () => held.length,
    thaw() {
      isFrozen = false;
      for (const does of held.splice(0)) does();
    },
  };
}
