import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { cpus, loadavg, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout } from "node:timers/promises";
import { type Figure, inMs, medianOf, print, printTable, spreadOf } from "./measure.ts";
import { openPeer, PEOPLE, type Peer, sendCommands, WORKSPACES } from "./slack-peer.ts";

const ROUNDS = 5;
const COUNT = 2000;
const AT_ONCE = 50;
const AIM = 0.8;
const DEFECT = 0.6;
const MOST_WAIT_MS = 120_000;
const SECRET = "a signing secret of the bench";
const CPUS = cpus();

interface Server {
  url: string;
  stop(): Promise<void>;
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((listening) => probe.listen(0, "127.0.0.1", listening));
  const { port } = probe.address() as AddressInfo;
  await new Promise((closed) => probe.close(closed));
  return port;
}

/** Starts a program of this folder or the product, and waits for its first line. */
async function startServer(
  file: string,
  args: string[],
  port: number,
  environment: NodeJS.ProcessEnv,
): Promise<Server> {
  const child: ChildProcess = spawn(process.execPath, [resolve(import.meta.dirname, file), ...args], {
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exited = new Promise<void>((ended) => child.once("exit", () => ended()));
  await Promise.race([
    new Promise<void>((ready) => child.stdout?.once("data", () => ready())),
    exited.then(() => Promise.reject(new Error(`${file} ended at once`))),
  ]);
  return {
    url: `http://127.0.0.1:${port}/slack/events`,
    async stop() {
      child.kill("SIGTERM");
      await Promise.race([exited, setTimeout(20_000).then(() => child.kill("SIGKILL"))]);
    },
  };
}

/** Every workspace installs the app, as a browser would. */
async function installAll(origin: string): Promise<void> {
  for (let number = 0; number < WORKSPACES; number += 1) {
    const page = await fetch(`${origin}/slack/install`, { redirect: "manual" });
    const cookie = page.headers.get("set-cookie")?.split(";")[0] ?? "";
    const state = cookie.split("=").slice(1).join("=");
    const done = await fetch(`${origin}/slack/oauth_redirect?code=T${1000 + number}&state=${state}`, {
      headers: { cookie },
    });
    if (done.status !== 200) throw new Error(`an installation was answered with ${done.status}`);
  }
}

async function untilAnswered(peer: Peer, count: number): Promise<void> {
  const end = performance.now() + MOST_WAIT_MS;
  while (peer.answered() < count) {
    if (performance.now() > end)
      throw new Error(`only ${peer.answered()} of ${count} commands were answered`);
    await setTimeout(5);
  }
}

print(`Node ${process.version} on ${CPUS.length} × ${CPUS[0]?.model ?? "an unknown processor"}`);
const folder = mkdtempSync(join(tmpdir(), "shepherd-bench-"));
const peer = await openPeer();
const answersTo = new URL("/", peer.apiUrl).origin;
const servers: Server[] = [];
try {
  const barePort = await freePort();
  const bare = await startServer("slack-bare.ts", [String(barePort), SECRET], barePort, {});
  servers.push(bare);
  const port = await freePort();
  const ours = await startServer("../adapters/start.ts", ["--data", join(folder, "bench.db")], port, {
    SLACK_SIGNING_SECRET: SECRET,
    SLACK_CLIENT_ID: "1.2",
    SLACK_CLIENT_SECRET: "a client secret of the bench",
    SLACK_STATE_SECRET: "a state secret of the bench",
    SLACK_API_URL: peer.apiUrl,
    PORT: String(port),
    HOST: "127.0.0.1",
  });
  servers.push(ours);
  await installAll(new URL(ours.url).origin);

  const all = { bare: [] as number[], ours: [] as number[], ratios: [] as number[], answers: [] as number[] };
  const waits = { bare: [] as number[], ours: [] as number[] };
  let asked = 0;
  // The first round is warm-up: everyone is looked up once.
  for (let round = 0; round <= ROUNDS; round += 1) {
    const burst = { count: COUNT, atOnce: AT_ONCE, answersTo };
    const first = await sendCommands(bare.url, SECRET, burst);
    const began = performance.now();
    const second = await sendCommands(ours.url, SECRET, burst);
    asked += COUNT;
    await untilAnswered(peer, asked);
    const answering = (performance.now() - began) / 1000;
    if (round === 0) continue;
    all.bare.push(first.throughput);
    all.ours.push(second.throughput);
    all.ratios.push(second.throughput / first.throughput);
    all.answers.push(COUNT / answering);
    waits.bare.push(...first.waits);
    waits.ours.push(...second.waits);
  }
  const ratio = medianOf(all.ratios);
  const told = ({ median, p99 }: { median: number; p99: number }) => `p50 ${inMs(median)}, p99 ${inMs(p99)}`;
  const figures: Figure[] = [
    {
      what: `a bare Bolt app that acknowledges a constant, ${COUNT} commands, ${AT_ONCE} at a time`,
      measured: `${medianOf(all.bare).toFixed(0)} a second, ${told(spreadOf(waits.bare))}`,
    },
    {
      what: `Connector Shepherd, acknowledging “/connector eta if go-live friday” of ${WORKSPACES * PEOPLE} people`,
      measured: `${medianOf(all.ours).toFixed(0)} a second, ${told(spreadOf(waits.ours))}`,
    },
    {
      what: "acknowledged, ours to bare, median of the rounds",
      measured: `${ratio.toFixed(2)} (${all.ratios.map((one) => one.toFixed(2)).join(", ")})`,
      target: `>= ${AIM}, a defect below ${DEFECT}`,
      met: ratio >= AIM,
    },
    {
      what: "answered in full, until the last answer of a burst had arrived",
      measured: `${medianOf(all.answers).toFixed(0)} a second`,
    },
  ];
  printTable(figures);
  const load = loadavg()[0] ?? 0;
  if (load > CPUS.length + 1)
    print(`Load ${load.toFixed(1)}: others were busy too, so read the times with care.`);
  if (ratio < DEFECT) process.exitCode = 1;
} finally {
  for (const server of servers) await server.stop();
  peer.close();
  rmSync(folder, { recursive: true, force: true });
}
