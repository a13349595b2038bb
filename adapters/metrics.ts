import type { DateTime } from "luxon";
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import { type Clock, COMMAND_NAMES, type Meter } from "../src/index.ts";

/** What is known when somebody looks. Seconds; undefined: not known. */
interface Noted {
  isStoreThere: boolean;
  /** How long the oldest reminder that is due waits; 0: none waits. */
  overdue: number | undefined;
  sinceTick: number | undefined;
}

/** What an operator watches, for Prometheus. It names no workspace, no connector and no person. */
export interface Metrics {
  meter: Meter;
  /** Goes into the next text. */
  note(noted: Noted): void;
  text(): Promise<string>;
  contentType: string;
  /** When the last message or press was answered by this process. */
  lastAnswerAt(): DateTime | undefined;
}

/** Each label has few values, since Prometheus keeps a series for each of them. */
const ANSWERED = new Set<string>([...COMMAND_NAMES, "question", "press", "unreadable"]);
const PLATFORMS = ["slack", "teams"];
const OUTCOMES = ["due", "sent", "late", "later", "failed"];
const FAILURES = ["unreachable", "busy", "unwritable", "damaged", "fault"];
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Counts from zero; `clock` tells when something was answered. */
export function openMetrics(clock: Clock): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const answers = new Histogram({
    name: "shepherd_answer_seconds",
    help: "Time from a message or press to its answer, by command.",
    labelNames: ["command"],
    buckets: BUCKETS,
    registers,
  });
  const failures = new Counter({
    name: "shepherd_answers_failed_total",
    help: "Answers that said that it did not work: why the store failed, or a fault of ours.",
    labelNames: ["reason"],
    registers,
  });
  const reminders = new Counter({
    name: "shepherd_reminders_total",
    help: "Messages with reminders: begun (due), then sent, later or failed for good; late ones are among those sent.",
    labelNames: ["outcome"],
    registers,
  });
  const leases = new Counter({
    name: "shepherd_leases_lost_total",
    help: "Connectors that another process took over while their reminders were being sent.",
    registers,
  });
  const limited = new Counter({
    name: "shepherd_platform_rate_limited_total",
    help: "How often a platform asked to be asked less often (429).",
    labelNames: ["platform"],
    registers,
  });
  const overdue = new Gauge({
    name: "shepherd_reminder_overdue_seconds",
    help: "How long the oldest reminder that is due waits, of all processes on the store. NaN: the store does not tell.",
    registers,
  });
  const store = new Gauge({
    name: "shepherd_store_up",
    help: "1: the store answered within two seconds, and takes what is written.",
    registers,
  });
  const tick = new Gauge({
    name: "shepherd_since_tick_seconds",
    help: "How long ago this process last looked for reminders that are due. NaN: not yet.",
    registers,
  });
  collectDefaultMetrics({ register: registry });
  // A series that begins with its first event would hide that event from increase().
  for (const outcome of OUTCOMES) reminders.inc({ outcome }, 0);
  for (const platform of PLATFORMS) limited.inc({ platform }, 0);
  for (const reason of FAILURES) failures.inc({ reason }, 0);
  let lastAnswerAt: DateTime | undefined;

  return {
    meter: {
      answered(command, milliseconds) {
        lastAnswerAt = clock.now();
        answers.observe({ command: ANSWERED.has(command) ? command : "other" }, milliseconds / 1000);
      },
      failed: (why) => failures.inc({ reason: FAILURES.includes(why) ? why : "other" }),
      reminded: (outcome) => reminders.inc({ outcome }),
      leasesLost: (count) => leases.inc(count),
      rateLimited: (platform) => limited.inc({ platform: PLATFORMS.includes(platform) ? platform : "other" }),
    },
    note(noted) {
      store.set(noted.isStoreThere ? 1 : 0);
      overdue.set(noted.overdue ?? Number.NaN);
      tick.set(noted.sinceTick ?? Number.NaN);
    },
    text: () => registry.metrics(),
    contentType: registry.contentType,
    lastAnswerAt: () => lastAnswerAt,
  };
}
