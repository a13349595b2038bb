import type { KnownBlock } from "@slack/types";

/** What the page needs of a Reply as JSON. */
interface ReplyOnWire {
  audience: "everyone" | "asker";
  blocks: { kind: string; buttons?: { says: string }[] }[];
}

interface Said {
  id: number;
  /** ISO, by the playground's clock. */
  at: string;
  kind: "said";
  person: string;
  text: string;
}

export interface Told {
  id: number;
  at: string;
  kind: "answer" | "reminder";
  text: string;
  reply: ReplyOnWire;
  slack: { text: string; blocks: KnownBlock[] };
  teams: { text: string; card: object };
}

export type Entry = Said | Told;

export interface ClockState {
  now: string;
  zone: string;
  pushed: boolean;
}

export interface Listener {
  entry(entry: Entry): void;
  clock(state: ClockState): void;
  cleared(): void;
  /** The server can't be reached; it is tried again until it can. */
  gone(): void;
  back(): void;
}

export const GONE = "The playground is not running; start it again with npm start.";
const RETRY_AFTER = 2000;

/** Hears what is said in the conversation, from its beginning. An entry heard twice is told once. */
export function listen(listener: Listener): void {
  let newest = 0;

  function clear(): void {
    newest = 0;
    listener.cleared();
  }

  function open(): void {
    const source = new EventSource("/playground/events?conversation=main");
    source.addEventListener("open", () => listener.back());
    source.addEventListener("entry", ({ data }: MessageEvent<string>) => {
      const entry: Entry = JSON.parse(data);
      if (entry.id <= newest) return;
      newest = entry.id;
      listener.entry(entry);
    });
    source.addEventListener("clock", ({ data }: MessageEvent<string>) => listener.clock(JSON.parse(data)));
    source.addEventListener("cleared", clear);
    source.addEventListener("error", () => {
      listener.gone();
      if (source.readyState !== EventSource.CLOSED) return;
      // A browser gives up for good when something else answers at the port; a new source hears everything again.
      setTimeout(() => {
        clear();
        open();
      }, RETRY_AFTER);
    });
  }
  open();
}

/** Asks the playground to do something; undefined when it did, else a sentence for the reader. */
export async function ask(what: string, body: object): Promise<string | undefined> {
  try {
    const response = await fetch(`/playground/${what}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    if (response.ok) return undefined;
    const { problem } = await response.json();
    return typeof problem === "string" ? problem : `The playground answered ${response.status}.`;
  } catch {
    return GONE;
  }
}
