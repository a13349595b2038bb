import type { Activity } from "./activities.ts";
import { parsed } from "./json.ts";
import type { Server } from "./server.ts";
import type { Tokens } from "./tokens.ts";

/** What the bot's endpoint answered. */
export interface Answer {
  status: number;
  /** Read, where it is JSON; "" where there is none. */
  body: unknown;
  headers: Headers;
  /** How long it took. */
  ms: number;
}

interface PostOptions {
  /** The whole header. By default a valid token; null sends none. */
  authorization?: string | null;
  /** The body, byte for byte, instead of the activity. */
  raw?: string;
  headers?: Record<string, string>;
  path?: string;
}

export interface Driver {
  /** Where the bot is. */
  connectTo(baseUrl: string): void;
  post(activity: Activity | undefined, options?: PostOptions): Promise<Answer>;
  /** The last request once more, byte for byte, as Teams does when it was not answered in time. */
  redeliver(): Promise<Answer>;
}

export function openDriver({ token }: Tokens, { changed }: Server, stopping: AbortSignal): Driver {
  let base = "";
  let last: { path: string; body: string; headers: Record<string, string> } | undefined;

  async function send({ path, body, headers }: NonNullable<typeof last>): Promise<Answer> {
    if (base === "") throw new Error("say first where the bot is: world.connectTo(url)");
    const begun = performance.now();
    const response = await fetch(`${base}${path}`, { method: "POST", headers, body, signal: stopping });
    const text = await response.text();
    changed();
    const ms = performance.now() - begun;
    return { status: response.status, body: parsed(text), headers: response.headers, ms };
  }

  return {
    connectTo(baseUrl) {
      base = baseUrl.replace(/\/$/, "");
    },
    post(activity, { authorization, raw, headers = {}, path = "/api/messages" } = {}) {
      const serviceurl = activity?.serviceUrl;
      const valid = () => `Bearer ${token(serviceurl === undefined ? {} : { serviceurl })}`;
      const shown = authorization === undefined ? valid() : authorization;
      last = {
        path,
        body: raw ?? JSON.stringify(activity),
        headers: {
          "content-type": "application/json; charset=utf-8",
          "user-agent": "Microsoft-SkypeBotApi (Microsoft-BotFramework/3.0)",
          ...(shown !== null && { authorization: shown }),
          ...headers,
        },
      };
      return send(last);
    },
    redeliver() {
      if (!last) throw new Error("nothing was sent yet");
      return send(last);
    },
  };
}
