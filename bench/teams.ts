import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { cpus, loadavg, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout } from "node:timers/promises";
import { createInFlight } from "../adapters/in-flight.ts";
import { openMetrics } from "../adapters/metrics.ts";
import { toPng } from "../adapters/picture-png.ts";
import { serve } from "../adapters/serving.ts";
import { untilStopped } from "../adapters/stopping.ts";
import { openTeams } from "../adapters/teams/index.ts";
import { startTicking } from "../adapters/ticking.ts";
import { createAssistant, createLog, drawTimeline, machineClock, writtenFile } from "../src/index.ts";
import { openStore } from "../src/store/sql-store.ts";
import { type Figure, inMs, medianOf, print, printTable, spreadOf } from "./measure.ts";
import {
  APP_ID,
  type Asker,
  askerAt,
  type Bot,
  type Burst,
  type Deed,
  newcomerAt,
  openPeer,
  PEOPLE,
  type Peer,
  type Sent,
  send,
  serviceUrlOf,
  signerTo,
  TENANTS,
  tellUse,
} from "./teams-peer.ts";

const ROUNDS = 9;
const COUNT = 300;
const AT_ONCE = 16;
const BURST = { count: 500, atOnce: 50 };
const AIM = 0.8;
const DEFECT = 0.6;
const CPUS = cpus();
const NAME = "Contoso CRM";
const STATUS: Deed = { text: "status contoso" };

interface Started extends Bot {
  /** Milliseconds of processor time that it has used so far. */
  used(): Promise<number>;
  stop(): Promise<void>;
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((listening) => probe.listen(0, "127.0.0.1", listening));
  const { port } = probe.address() as AddressInfo;
  await new Promise((closed) => probe.close(closed));
  return port;
}

/** Starts one of the two bots in a process of its own, and waits for its first line. */
async function startBot(which: "bare" | "ours", peer: Peer, ...more: string[]): Promise<Started> {
  const port = await freePort();
  const file = resolve(import.meta.dirname, { bare: "teams-bare.ts", ours: "teams.ts" }[which]);
  const args = [file, String(port), peer.url, peer.openIdUrl, ...more];
  const child: ChildProcess = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit", "ipc"] });
  const exited = new Promise<void>((ended) => child.once("exit", () => ended()));
  await Promise.race([
    new Promise<void>((ready) => child.stdout?.once("data", () => ready())),
    exited.then(() => Promise.reject(new Error(`${file} ended at once`))),
  ]);
  return {
    url: `http://127.0.0.1:${port}/api/messages`,
    serviceUrl: serviceUrlOf(which, peer),
    async used() {
      child.send("used");
      const [{ user, system }] = await once(child, "message");
      return (user + system) / 1000;
    },
    async stop() {
      child.kill("SIGTERM");
      await Promise.race([exited, setTimeout(20_000).then(() => child.kill("SIGKILL"))]);
    },
  };
}

/** Connector Shepherd, put together as `npm start` would, but for the signature of what it sends. */
async function serveOurs([
  port = "0",
  peerUrl = "",
  openIdUrl = "",
  file = ":memory:",
]: string[]): Promise<void> {
  const log = createLog("warn");
  const clock = machineClock;
  const { store, shelf, turnstile } = await openStore(file, clock);
  const teams = openTeams({
    config: {
      way: "SingleTenant",
      appId: APP_ID,
      appPassword: "a client secret of the bench",
      appTenantId: APP_ID,
      openIdUrl,
      tenants: [],
      publicUrl: "https://shepherd.example.com",
    },
    clock,
    log,
    write: { png: (picture) => toPng(drawTimeline(picture)), file: writtenFile },
    shelf,
    turnstile,
    meter: openMetrics(clock).meter,
    inFlight: createInFlight(8),
    signer: signerTo(peerUrl),
  });
  const { messenger, forgetAlso } = teams;
  const settings = shelf("settings");
  const assistant = createAssistant({ store, settings, clock, messenger, forgetAlso, log, zone: "UTC" });
  const begun = teams.start(assistant);
  const served = await serve(begun.doors, { host: "127.0.0.1", port: Number(port) });
  const ticking = startTicking({ reminding: assistant, clock, log });
  tellUse();
  process.stdout.write("ready\n");
  await untilStopped();
  await ticking.stop();
  await served.close();
  await begun.close();
  await store.close();
  process.disconnect?.();
}

/** That an answer is what was asked for. */
function holding(words: string): Burst["seen"] {
  return (_, body) => {
    if (!body.includes(words)) throw new Error(`an answer was ${body.slice(0, 500)}`);
  };
}

/** Every tenant follows a connector, which is in review. Returns each tenant's button that shows its next step. */
async function followAll(peer: Peer, ours: Bot): Promise<(asker: Asker) => Deed> {
  const buttons = new Map<string, Deed>();
  const each = { count: TENANTS, atOnce: AT_ONCE, asker: askerAt, isAnswerAwaited: true };
  await send(peer, ours, {
    ...each,
    deed: () => ({ text: `track ${NAME}` }),
    seen({ tenant }, body) {
      const [{ content }] = JSON.parse(body).attachments;
      const { verb, data } = content.actions.find((one: { verb?: string }) => one.verb === "next");
      buttons.set(tenant, { press: { verb, data } });
    },
  });
  const submitted = "mark contoso submitted yesterday 9am";
  await send(peer, ours, { ...each, deed: () => ({ text: submitted }), seen: holding(NAME) });
  return ({ tenant }) => buttons.get(tenant) ?? STATUS;
}

/** A burst, and the milliseconds of processor time that it took a message. */
type Taken = Sent & { use: number };

async function take(peer: Peer, bot: Started, burst: Burst): Promise<Taken> {
  const before = await bot.used();
  const sent = await send(peer, bot, burst);
  return { ...sent, use: ((await bot.used()) - before) / burst.count };
}

/** What was measured of one thing, round by round. */
interface Rounds {
  bare: Taken[];
  ours: Taken[];
}

function waitsOf(rounds: readonly Taken[], of: "acknowledged" | "arrived"): string {
  const { median, p99 } = spreadOf(rounds.flatMap((one) => one[of]));
  return `p50 ${inMs(median)}, p99 ${inMs(p99)}`;
}

function medianTo(rounds: readonly Taken[], of: "rate" | "answered" | "use", digits = 0): string {
  return medianOf(rounds.map((one) => one[of])).toFixed(digits);
}

function answeredFigures(what: string, rounds: readonly Taken[]): Figure[] {
  const use = medianTo(rounds, "use", 2);
  return [
    {
      what,
      measured: `${medianTo(rounds, "rate")} a second, ${waitsOf(rounds, "arrived")}, ${use} ms of processor`,
    },
    { what: "  until the request itself was acknowledged", measured: waitsOf(rounds, "acknowledged") },
  ];
}

function burstFigures(what: string, rounds: readonly Taken[]): Figure[] {
  return [
    { what, measured: `${medianTo(rounds, "rate")} a second, ${waitsOf(rounds, "acknowledged")}` },
    { what: "  until the last answer had arrived", measured: `${medianTo(rounds, "answered")} a second` },
  ];
}

/** Ours to the bare bot's, round by round. */
function ratioFigure(what: string, { ours, bare }: Rounds): Figure & { ratio: number } {
  const ratios = ours.map(({ rate }, round) => rate / (bare[round]?.rate ?? Number.NaN));
  const ratio = medianOf(ratios);
  const measured = `${ratio.toFixed(2)} (${ratios.map((one) => one.toFixed(2)).join(", ")})`;
  return { what, measured, target: `>= ${AIM}, a defect below ${DEFECT}`, met: ratio >= AIM, ratio };
}

async function measure(): Promise<void> {
  print(`Node ${process.version} on ${CPUS.length} × ${CPUS[0]?.model ?? "an unknown processor"}`);
  const folder = mkdtempSync(join(tmpdir(), "shepherd-bench-"));
  const peer = await openPeer();
  const bots: Started[] = [];
  try {
    const bare = await startBot("bare", peer);
    bots.push(bare);
    const ours = await startBot("ours", peer, join(folder, "bench.db"));
    bots.push(ours);
    const button = await followAll(peer, ours);
    const usual = {
      count: COUNT,
      atOnce: AT_ONCE,
      asker: askerAt,
      deed: () => STATUS,
      isAnswerAwaited: true,
    };
    const burst = { ...usual, ...BURST, isAnswerAwaited: false };
    const first = { ...usual, seen: holding(NAME) };
    // Everyone is met once, and both bots are warm.
    await send(peer, ours, { ...first, count: TENANTS * PEOPLE });
    await send(peer, bare, { ...usual, count: TENANTS * PEOPLE, seen: holding("constant") });

    const rounds = (): Rounds => ({ bare: [], ours: [] });
    const [said, pressed, bursts] = [rounds(), rounds(), rounds()];
    const newcomers: Taken[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      // One right after the other: what else the machine does meets both.
      for (const [into, how] of [
        [said, usual],
        [pressed, { ...usual, deed: button }],
        [bursts, burst],
      ] as const) {
        into.bare.push(await take(peer, bare, { ...how, seen: holding("constant") }));
        into.ours.push(await take(peer, ours, { ...how, seen: holding(NAME) }));
      }
      newcomers.push(await take(peer, ours, { ...first, asker: newcomerAt }));
    }
    const ratios = [
      ratioFigure("answered messages, ours to bare, median of the rounds", said),
      ratioFigure("answered presses, ours to bare", pressed),
      ratioFigure("acknowledged in a burst, ours to bare", bursts),
    ];
    print(`${COUNT} messages a round, ${AT_ONCE} at a time, each until its answer has arrived;`);
    print(`in a burst ${BURST.count}, ${BURST.atOnce} at a time, each until it is acknowledged`);
    printTable([
      ...answeredFigures("a bare botbuilder bot that answers a constant", said.bare),
      ...answeredFigures(`Connector Shepherd, “status contoso” of ${TENANTS * PEOPLE} people`, said.ours),
      ...answeredFigures("Connector Shepherd, of people whom it has not met before", newcomers),
      ...answeredFigures("the bare bot, presses (Action.Execute)", pressed.bare),
      ...answeredFigures("Connector Shepherd, presses on “Next step”", pressed.ours),
      ...burstFigures("the bare bot, acknowledged in a burst", bursts.bare),
      ...burstFigures("Connector Shepherd, acknowledged in a burst", bursts.ours),
      ...ratios.map(({ ratio: _, ...figure }) => figure),
    ]);
    const load = loadavg()[0] ?? 0;
    if (load > CPUS.length + 1)
      print(`Load ${load.toFixed(1)}: others were busy too, so read the times with care.`);
    if (ratios.some(({ ratio }) => ratio < DEFECT)) process.exitCode = 1;
  } finally {
    for (const bot of bots) await bot.stop();
    peer.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

// Started with words, it is the bot that is measured.
const words = process.argv.slice(2);
if (words.length > 0) await serveOurs(words);
else await measure();
