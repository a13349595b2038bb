import { pino } from "pino";
import type { Config } from "./config.ts";
import { type Log, StoreError } from "./ports.ts";

/** Logs as JSON lines on standard error: a fixed message and facts. */
export function createLog(level: Config["logLevel"]): Log {
  const logger = pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination(2));
  return {
    info: (message, facts) => logger.info(facts ?? {}, message),
    warn: (message, facts) => logger.warn(facts ?? {}, message),
    error: (message, facts) => logger.error(facts ?? {}, message),
  };
}

/** What a log is told of an error: its kind, and a store's own sentence. The words of others may hold what people wrote. */
export function factsOf(error: unknown): { error: string; why?: string } {
  const name = error instanceof Error ? error.name : typeof error;
  return error instanceof StoreError ? { error: name, why: error.message } : { error: name };
}
