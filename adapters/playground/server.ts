import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { addressOf, type Place } from "../listening.ts";
import { type AppNeeds, createApp } from "./app.ts";
import { openStreams } from "./stream.ts";

export interface ServerNeeds extends Omit<AppNeeds, "streams" | "place"> {
  /** How often an open stream is told that it is still open. */
  keepAliveMs?: number;
}

/** A page that listens. */
export interface Served {
  /** Where a browser on this machine finds it: "http://127.0.0.1:3978". */
  url: string;
  /** Ends the streams, and the rest when what was asked is answered. */
  close(): Promise<void>;
}

const KEEP_ALIVE_MS = 20_000;
/** Whoever has not read an answer by then does not get it. */
const CLOSE_WITHIN_MS = 3000;

/** Serves the playground; port 0 takes any that is free. Rejects with the system's error when it can't listen there. */
export async function serve(needs: ServerNeeds, place: Place, port: number): Promise<Served> {
  const streams = openStreams(needs.session, needs.log, needs.keepAliveMs ?? KEEP_ALIVE_MS);
  const server = createServer(createApp({ ...needs, place, streams }));
  try {
    await listen(server, place.address, port);
  } catch (error) {
    streams.end();
    throw error;
  }
  const { port: taken } = server.address() as AddressInfo;
  return {
    url: addressOf(place, taken),
    close: async () => {
      const closed = new Promise((done) => server.close(done));
      streams.end();
      const impatience = setTimeout(() => server.closeAllConnections(), CLOSE_WITHIN_MS);
      await closed;
      clearTimeout(impatience);
    },
  };
}

function listen(server: Server, address: string, port: number): Promise<void> {
  return new Promise((done, fail) => {
    server.once("error", fail);
    server.listen(port, address, () => {
      server.off("error", fail);
      done();
    });
  });
}
