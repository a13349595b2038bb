import { addressOf, type Conversation } from "./places.ts";

/** A call of the bot's, as Microsoft's side saw it. */
export interface Call {
  method: string;
  /** As it was sent, percent-encoded. */
  path: string;
  query: Record<string, string>;
  authorization: string | undefined;
  /** To which the token would have gone, if the signer had not sent it here. */
  host: string;
  body: unknown;
  /** Milliseconds since 1970. */
  at: number;
  /** What it was answered, once it was. */
  status: number | undefined;
  answer?: unknown;
  /** The id in the path, decoded, with the thread if it names one. */
  conversation: string | undefined;
  activityId: string | undefined;
}

/** What is answered. */
export interface Answered {
  status: number;
  body?: unknown;
  /** Sent as it is, instead of the body in JSON. */
  text?: string;
  headers?: Record<string, string>;
}

/** How Microsoft misbehaves. A delay alone is followed by the proper answer. */
export interface Trouble {
  status?: number;
  /** By default the one that is documented for the status. */
  code?: string;
  /** Seconds, or whatever stands in the header then. */
  retryAfter?: number | string;
  /** Of the answer, such as where it leads. */
  headers?: Record<string, string>;
  /** The answer as it is, such as the page of a proxy. */
  text?: string;
  /** 1 by default; Infinity is for good. */
  times?: number;
  delayMs?: number;
  /** Never answered until the world is closed. */
  hang?: boolean;
  /** The connection ends before anything is done. */
  dropConnection?: boolean;
  /** Everything is done, and then the connection ends. */
  loseAnswer?: boolean;
  /** Only these calls. */
  fits?: (call: Call) => boolean;
}

/** "keys": the documents with which tokens are checked. */
export type TroubleAt = Conversation | string | "all" | "keys";

export interface Troubles {
  add(at: TroubleAt, trouble: Trouble): void;
  take(call: Call, isForKeys: boolean): Trouble | undefined;
  forget(): void;
}

export function openTroubles(): Troubles {
  let planned: { at: string; trouble: Trouble; left: number }[] = [];
  return {
    add(at, trouble) {
      const id = typeof at === "string" ? at : at.id;
      planned.push({ at: addressOf(id).conversation, trouble, left: trouble.times ?? 1 });
    },
    take(call, isForKeys) {
      const here = isForKeys ? "keys" : addressOf(call.conversation ?? "").conversation;
      const one = planned.find(
        ({ at, trouble }) => (at === here || (at === "all" && !isForKeys)) && (trouble.fits?.(call) ?? true),
      );
      if (!one) return undefined;
      one.left -= 1;
      if (one.left <= 0) planned = planned.filter((other) => other !== one);
      return one.trouble;
    },
    forget() {
      planned = [];
    },
  };
}

const CODES: Record<number, [code: string, message: string]> = {
  400: ["BadArgument", "Bad argument."],
  401: ["BotNotRegistered", "No registration found for this bot."],
  403: ["MessageWritesBlocked", "Message writes are blocked."],
  404: ["ConversationNotFound", "Conversation not found."],
  412: ["PreconditionFailed", "Precondition failed, please try again."],
  413: ["MessageSizeTooBig", "Message size too large."],
  429: ["Throttled", "Too many requests."],
  502: ["ServiceError", "Service error."],
  504: ["GatewayTimeout", "Gateway timeout."],
};

/** An error as Microsoft words it. */
export function refusal(status: number, code?: string, message?: string): Answered {
  const [usual, words] = CODES[status] ?? ["ServiceError", "Internal server error."];
  return { status, body: { error: { code: code ?? usual, message: message ?? words } } };
}

export function refusedBy({ status = 500, code, retryAfter, headers, text }: Trouble): Answered {
  const wait = retryAfter !== undefined && { "retry-after": `${retryAfter}` };
  return { ...refusal(status, code), text, headers: { ...headers, ...wait } };
}

export type Limit = [calls: number, withinMs: number];

/** As documented for one bot in one conversation. */
export const DOCUMENTED: Limit[] = [
  [7, 1000],
  [8, 2000],
  [60, 30_000],
];

/** Refuses what comes too fast; what it refuses does not count. */
export function openThrottle(limits: Limit[]): (conversation: string, at: number) => Answered | undefined {
  const taken = new Map<string, number[]>();
  const longest = Math.max(...limits.map(([, withinMs]) => withinMs));
  return (conversation, at) => {
    const before = (taken.get(conversation) ?? []).filter((moment) => moment > at - longest);
    taken.set(conversation, before);
    const waits = limits.map(([calls, withinMs]) => {
      const blocking = before.at(-calls);
      return blocking === undefined ? 0 : Math.max(0, blocking + withinMs - at);
    });
    const wait = Math.max(...waits);
    if (wait > 0) return refusedBy({ status: 429, retryAfter: Math.ceil(wait / 1000) });
    before.push(at);
    return undefined;
  };
}
