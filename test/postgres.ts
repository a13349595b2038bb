import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";

const ON_THIS_MACHINE = "postgres://postgres@127.0.0.1:5432/test";
const PROGRAMS = "/usr/lib/postgresql";
/** A start after a kill waits until the last of the killed has let go of its memory. */
const START_TRIES = 40;

/** A database of its own. */
export interface TestDatabase {
  url: string;
  drop(): Promise<void>;
}

/** A PostgreSQL of its own, which may be killed. It listens on 127.0.0.1 alone and waits for no disk. */
export interface TestServer {
  /** Of its database "postgres"; any user may enter. */
  url: string;
  /** As `kill -9`: nobody is told, and nothing is tidied up. */
  kill(): Promise<void>;
  /** `fast` ends what is open and tidies up; `smart` waits for it. */
  stop(mode?: "fast" | "smart"): Promise<void>;
  start(): Promise<void>;
  /** Stops it and removes its files. */
  remove(): Promise<void>;
}

/** Where tests may make databases: TEST_DATABASE_URL, or this machine's PostgreSQL. Undefined: nowhere. */
export const POSTGRES: string | undefined = await findPostgres();

async function findPostgres(): Promise<string | undefined> {
  const given = process.env.TEST_DATABASE_URL;
  try {
    await ask(given || ON_THIS_MACHINE, "select 1");
    return given || ON_THIS_MACHINE;
  } catch (error) {
    // Asked for, it must be there; and where the whole suite counts, it is asked for.
    if (given || process.env.CI) {
      throw new Error(`There is no PostgreSQL at ${given ? "TEST_DATABASE_URL" : ON_THIS_MACHINE}.`, {
        cause: error,
      });
    }
    return undefined;
  }
}

/** Runs one statement and returns its rows. */
export async function ask(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  // It may be killed while it is connected, which is for who asks to notice.
  client.on("error", () => undefined);
  try {
    await client.connect();
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

/** A fresh, empty database. `options` go behind CREATE DATABASE. */
export async function createDatabase(server = POSTGRES, options = ""): Promise<TestDatabase> {
  if (server === undefined) throw new Error("there is no PostgreSQL");
  const name = `shepherd_test_${randomBytes(8).toString("hex")}`;
  await ask(server, `create database ${name} ${options}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    drop: async () => {
      await ask(server, `drop database if exists ${name} with (force)`);
    },
  };
}

/** PostgreSQL's own programs, without which no server can be started; undefined: they are not installed. */
export function findPrograms(): string | undefined {
  if (!existsSync(PROGRAMS)) return undefined;
  const versions = readdirSync(PROGRAMS).sort((a, b) => Number(b) - Number(a));
  return versions
    .map((version) => join(PROGRAMS, version, "bin"))
    .find((bin) => existsSync(join(bin, "initdb")));
}

/**
 * Makes a server and starts it. `settings` as on the server's command line: `-c max_connections=5`. `prepare` may lay files into
 * the server's folder, as certificates.
 */
export async function startServer(
  settings = "",
  prepare?: (folder: string) => Promise<void>,
): Promise<TestServer> {
  const programs = findPrograms();
  if (programs === undefined) throw new Error("the programs of PostgreSQL are not installed");
  const bin = programs;
  const folder = mkdtempSync(join(tmpdir(), "shepherd-pg-"));
  const who = findOwner();
  if (who) chownSync(folder, who.uid, who.gid);
  const files = join(folder, "data");
  const port = await findPort();
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;

  async function run(program: string, ...words: string[]): Promise<void> {
    const running = spawn(join(bin, program), words, { stdio: "ignore", cwd: folder, ...who });
    const [code] = await once(running, "close");
    if (code !== 0) throw new Error(`${program} ended with ${code}: see ${join(folder, "log")}`);
  }
  async function start(): Promise<void> {
    const flags = `-p ${port} -k ${folder} -c listen_addresses=127.0.0.1 -c fsync=off ${settings}`;
    for (let tries = 1; ; tries++) {
      try {
        await run("pg_ctl", "start", "-w", "-D", files, "-l", join(folder, "log"), "-o", flags);
        return;
      } catch (error) {
        if (tries === START_TRIES) throw error;
      }
      await pause(250);
    }
  }
  const process_ = () => Number(readFileSync(join(files, "postmaster.pid"), "utf8").split("\n")[0]);
  async function kill(): Promise<void> {
    const id = process_();
    process.kill(id, "SIGKILL");
    while (isRunning(id)) await pause(10);
  }
  async function stop(mode = "fast"): Promise<void> {
    await run("pg_ctl", "stop", "-w", "-m", mode, "-D", files);
  }
  async function remove(): Promise<void> {
    if (existsSync(join(files, "postmaster.pid")) && isRunning(process_())) await stop();
    rmSync(folder, { recursive: true, force: true });
  }

  try {
    await run(
      "initdb",
      "-D",
      files,
      "-U",
      "postgres",
      "-A",
      "trust",
      "-E",
      "UTF8",
      "--locale=C",
      "--no-sync",
    );
    await prepare?.(files);
    // Who makes a file owns it, and the server takes no key that is not its own.
    if (who) for (const name of readdirSync(files)) chownSync(join(files, name), who.uid, who.gid);
    await start();
  } catch (error) {
    await remove();
    throw error;
  }
  return { url, kill, stop, start, remove };
}

/** PostgreSQL refuses to run as root. */
function findOwner(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const line = readFileSync("/etc/passwd", "utf8").match(/^postgres:[^:]*:(\d+):(\d+):/m);
  if (!line) throw new Error("there is no user postgres");
  return { uid: Number(line[1]), gid: Number(line[2]) };
}

async function findPort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

function isRunning(id: number): boolean {
  // What has ended and whom nobody has buried is still there for kill(0).
  const status = `/proc/${id}/status`;
  if (existsSync("/proc/self/status"))
    return existsSync(status) && !/^State:\s+Z/m.test(readFileSync(status, "utf8"));
  try {
    return process.kill(id, 0);
  } catch {
    return false;
  }
}
