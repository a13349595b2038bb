import type { IncomingMessage, ServerResponse } from "node:http";
import type { DateTime } from "luxon";
import { type Clock, factsOf, type Log, type Store } from "../src/index.ts";
import { inTime } from "./in-time.ts";
import type { Metrics } from "./metrics.ts";
import type { Door } from "./serving.ts";
import { openProbe } from "./store-probe.ts";

interface OperationsNeeds {
  store: Pick<Store, "waitingSince" | "firstSight">;
  clock: Clock;
  metrics: Metrics;
  log: Log;
  /** When this process last looked for reminders that are due. */
  lastTickAt(): DateTime | undefined;
  /** Why Slack is not connected yet, in a word; undefined: it is, or is not asked for. */
  slackTrouble(): string | undefined;
}

/** What /readyz tells; it names no workspace. Moments are ISO, in UTC. */
interface Readiness {
  ready: boolean;
  /** "answers", or in a word why it does not, or takes nothing that is written. */
  store: string;
  /** In a word why Slack is not connected yet. */
  slack?: string;
  lastTick: string | null;
  /** When this process last answered a message or a press. */
  lastInbound: string | null;
  /** How long the oldest reminder waits that is due, of all processes; 0: none waits. */
  overdueSeconds: number | null;
}

const PATHS = ["/healthz", "/readyz", "/metrics"];
const STORE_WITHIN_MS = 2000;
const TICK_WITHIN_S = 60;

/** What operators and their programs ask by GET: /healthz, /readyz and /metrics. */
export function openOperations(needs: OperationsNeeds): Door {
  const { store, clock, metrics, log, lastTickAt, slackTrouble } = needs;
  const probe = openProbe(store, clock);
  let looking: Promise<Readiness> | undefined;
  let wasReady = false;
  let isTold = false;

  async function look(): Promise<Readiness> {
    const now = clock.now();
    const [waiting, written] = await Promise.all([
      inTime(store.waitingSince(now), STORE_WITHIN_MS),
      inTime(probe(), STORE_WITHIN_MS),
    ]);
    const [trouble] = [waiting, written].flatMap((one) => ("trouble" in one ? [one.trouble] : []));
    const isStoreThere = trouble === undefined;
    const overdue = "answer" in waiting ? secondsBetween(waiting.answer ?? now, now) : undefined;
    const sinceTick = lastTickAt() && secondsBetween(lastTickAt() ?? now, clock.now());
    metrics.note({ isStoreThere, overdue, sinceTick });
    const isTicking = sinceTick !== undefined && sinceTick <= TICK_WITHIN_S;
    const slack = slackTrouble();
    return {
      ready: isStoreThere && isTicking && slack === undefined,
      store: trouble ?? "answers",
      ...(slack !== undefined && { slack }),
      lastTick: isoOf(lastTickAt()),
      lastInbound: isoOf(metrics.lastAnswerAt()),
      overdueSeconds: overdue ?? null,
    };
  }

  /** The store is asked once for all who ask at the same time. */
  function lookOnce(): Promise<Readiness> {
    looking ??= look().finally(() => {
      looking = undefined;
    });
    return looking;
  }

  /** Probes come every few seconds: only what has changed is told. */
  function tellChange({ ready, ...facts }: Readiness): void {
    if (!ready && wasReady) log.error("this process is not ready any more", facts);
    if (ready && isTold) log.info("this process is ready again", facts);
    isTold = !ready && (wasReady || isTold);
    wasReady = ready;
  }

  async function answer(path: string | undefined): Promise<Answered> {
    if (path === "/healthz") return { status: 200, type: "text/plain; charset=utf-8", text: "ok\n" };
    const readiness = await lookOnce();
    if (path === "/metrics") return { status: 200, type: metrics.contentType, text: await metrics.text() };
    tellChange(readiness);
    const text = `${JSON.stringify(readiness)}\n`;
    return { status: readiness.ready ? 200 : 503, type: "application/json; charset=utf-8", text };
  }

  return {
    owns: (path) => PATHS.includes(path),
    listener: (request, response) => {
      if (!["GET", "HEAD"].includes(request.method ?? "")) return refuse(request, response);
      const [path] = (request.url ?? "").split("?");
      answer(path)
        .then(({ status, type, text }) => {
          response.writeHead(status, { "Content-Type": type, "Cache-Control": "no-store" }).end(text);
        })
        .catch((error: unknown) => {
          log.error("operators could not be answered", factsOf(error));
          response.writeHead(500).end();
        });
    },
  };
}

interface Answered {
  status: number;
  type: string;
  text: string;
}

function refuse({ complete }: IncomingMessage, response: ServerResponse): void {
  // A body that nobody reads can't be followed by another request.
  const headers = { Allow: "GET, HEAD", ...(!complete && { Connection: "close" }) };
  response.writeHead(405, headers).end();
}

function secondsBetween(from: DateTime, to: DateTime): number {
  return Math.max(0, Math.round(to.diff(from).as("seconds")));
}

function isoOf(at: DateTime | undefined): string | null {
  return at?.toUTC().toISO() ?? null;
}
