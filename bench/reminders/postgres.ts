import { execFileSync } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";

/** A PostgreSQL server of the bench's own, with the settings it comes with, in a folder that goes with it. */
export interface Server {
  url(database: string): string;
  createDatabase(name: string): Promise<void>;
  /** Ends it at once, without writing down what it holds: as a power cut would. */
  crash(): void;
  start(): void;
  close(): void;
}

const HOMES = "/usr/lib/postgresql";

/** Where PostgreSQL's programs are; undefined: not on this machine. */
export function findPostgres(): string | undefined {
  const homes = existsSync(HOMES) ? readdirSync(HOMES).sort((a, b) => Number(b) - Number(a)) : [];
  const places = [...homes.map((home) => join(HOMES, home, "bin")), ...(process.env.PATH ?? "").split(":")];
  return places.find((place) => existsSync(join(place, "initdb")));
}

export async function openServer(): Promise<Server> {
  const place = findPostgres();
  if (!place) throw new Error("there is no PostgreSQL on this machine (Debian's package: postgresql)");
  const folder = mkdtempSync(join(tmpdir(), "shepherd-postgres-"));
  const isRoot = process.getuid?.() === 0;
  if (isRoot) chownSync(folder, idOf("-u"), idOf("-g"));
  const port = await freePort();
  const kept = join(folder, "kept");
  // It runs as anyone but root.
  function run(program: string, ...words: string[]): void {
    const command = [join(place ?? "", program), ...words];
    const [first = "", ...rest] = isRoot ? ["runuser", "-u", "postgres", "--", ...command] : command;
    execFileSync(first, rest, { stdio: "ignore", cwd: folder });
  }
  const server: Server = {
    url: (database) => `postgres://postgres@127.0.0.1:${port}/${database}`,
    async createDatabase(name) {
      const client = new pg.Client(server.url("postgres"));
      await client.connect();
      await client.query(`CREATE DATABASE "${name}"`);
      await client.end();
    },
    crash: () => run("pg_ctl", "-D", kept, "-m", "immediate", "-w", "stop"),
    start() {
      const options = `-p ${port} -k ${folder} -c listen_addresses=127.0.0.1`;
      run("pg_ctl", "-D", kept, "-o", options, "-l", join(folder, "log"), "-w", "start");
    },
    close() {
      try {
        server.crash();
      } catch {
        // It was not running.
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
  try {
    run("initdb", "-D", kept, "-U", "postgres", "-A", "trust", "-E", "UTF8");
    server.start();
  } catch (error) {
    server.close();
    throw error;
  }
  return server;
}

function idOf(which: "-u" | "-g"): number {
  return Number(execFileSync("id", [which, "postgres"], { encoding: "utf8" }));
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((listening) => probe.listen(0, "127.0.0.1", listening));
  const { port } = probe.address() as AddressInfo;
  await new Promise((closed) => probe.close(closed));
  return port;
}
