import type { IncomingHttpHeaders } from "node:http";
import type { Fields } from "./json.ts";

/** A call of the app's, as the front saw it. */
export interface Call {
  /** "chat.postMessage"; "response_url", "upload" and "download" for what is no API method. */
  method: string;
  /** Undefined when the token is nobody's. */
  team: string | undefined;
  token: string | undefined;
  /** Fields that hold JSON are read. */
  body: Fields;
  headers: IncomingHttpHeaders;
  /** Milliseconds since 1970. */
  at: number;
  /** What it was answered, once it was. */
  answer?: unknown;
  status?: number;
}

/**
 * How Slack misbehaves: an answer of its own; a delay before the call is passed on; the connection cut
 * before anything is done, or after everything is.
 */
type Trouble =
  | { status?: number; headers?: Record<string, string>; body?: unknown }
  | { delayMs: number }
  | "hang up"
  | "lose the answer";

export interface Troubles {
  /** The next calls of this method ("*": any) go wrong. */
  next(method: string, trouble: Trouble, times?: number, fits?: (call: Call) => boolean): void;
  take(call: Call): Trouble | undefined;
  /** From now on all is well. */
  clear(): void;
}

export function openTroubles(): Troubles {
  let planned: { method: string; trouble: Trouble; times: number; fits: (call: Call) => boolean }[] = [];
  return {
    next(method, trouble, times = 1, fits = () => true) {
      planned.push({ method, trouble, times, fits });
    },
    take(call) {
      const one = planned.find(
        ({ method, fits }) => (method === "*" || method === call.method) && fits(call),
      );
      if (!one) return undefined;
      one.times -= 1;
      if (one.times <= 0) planned = planned.filter((other) => other !== one);
      return one.trouble;
    },
    clear() {
      planned = [];
    },
  };
}
