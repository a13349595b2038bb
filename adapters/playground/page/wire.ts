import type { KnownBlock, ModalView } from "@slack/types";

export type Platform = "slack" | "teams";

/** What the page needs of a Reply as JSON. */
interface ReplyOnWire {
  audience: "everyone" | "asker";
  blocks: { buttons?: { says: string }[]; form?: { inputs: Input[] } }[];
}

interface Input {
  sort: "text" | "moment" | "choice";
  /** Why what was filled in is not taken. */
  problem?: string;
}

export interface Said {
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
  pushed: boolean;
}

export interface Listener {
  /** In one piece: at first everything that was said before, later what comes, and after a pause what came meanwhile. */
  told(entries: readonly Entry[], isLive: boolean): void;
  clock(state: ClockState): void;
  /** What was told is no more. */
  cleared(): void;
  /** Nothing is heard, with a sentence for the reader why; it is tried again until something is. */
  gone(why: string): void;
  back(): void;
}

export interface SlackWindow extends Omit<ModalView, "blocks"> {
  blocks: KnownBlock[];
}

/** What came of something that was asked for. What is said is heard in the conversation. */
export interface Asked {
  /** A sentence for the reader why it was not done. */
  problem?: string;
  /** What a press has opened in Slack. */
  window?: SlackWindow;
}

export const GONE = "The playground is not running; start it again with npm start.";
const EVENTS = "/playground/events?conversation=main";
const RETRY_AFTER = 2000;

/** What is told in one piece with the next time. */
interface Batch {
  isAnew: boolean;
  entries: Entry[];
}

/** Hears what is said in the conversation, from its beginning, while the page is seen. An entry heard twice is told once. */
export function listen(listener: Listener): void {
  let source: EventSource | undefined;
  let newest = 0;
  let mark: string | undefined;
  // Kept when the page is left before all of it has come.
  let batch: Batch | undefined;

  /** A browser has six connections for all pages of one place: a page that nobody sees takes none. */
  function follow(): void {
    source?.close();
    source = document.visibilityState === "visible" ? open() : undefined;
  }

  function open(): EventSource {
    const opened = new EventSource(mark === undefined ? EVENTS : `${EVENTS}&after=${mark}`);
    const retry = () => {
      if (source === opened) follow();
    };
    opened.addEventListener("open", () => {
      batch ??= { isAnew: false, entries: [] };
      listener.back();
    });
    opened.addEventListener("entry", ({ data, lastEventId }: MessageEvent<string>) => {
      const entry: Entry = JSON.parse(data);
      mark = lastEventId;
      if (entry.id <= newest) return;
      newest = entry.id;
      if (batch) batch.entries.push(entry);
      else listener.told([entry], true);
    });
    opened.addEventListener("cleared", () => {
      newest = 0;
      mark = undefined;
      batch = { isAnew: true, entries: [] };
    });
    opened.addEventListener("clock", ({ data }: MessageEvent<string>) => {
      if (batch?.isAnew) listener.cleared();
      if (batch) listener.told(batch.entries, false);
      batch = undefined;
      listener.clock(JSON.parse(data));
    });
    opened.addEventListener("error", async () => {
      // A browser comes back by itself, but not to who has refused it.
      if (opened.readyState === EventSource.CLOSED) setTimeout(retry, RETRY_AFTER);
      const why = await whyUnheard();
      if (why && source === opened && opened.readyState !== EventSource.OPEN) listener.gone(why);
    });
    return opened;
  }

  document.addEventListener("visibilitychange", follow);
  follow();
}

/** An event source does not say why it failed. Undefined: it would not fail now. */
async function whyUnheard(): Promise<string | undefined> {
  try {
    const response = await fetch(EVENTS);
    if (!response.headers.get("content-type")?.startsWith("text/event-stream"))
      return await problemIn(response);
    await response.body?.cancel();
    return undefined;
  } catch {
    return GONE;
  }
}

/** Asks the playground to do something. */
export async function ask(what: string, body: object): Promise<Asked> {
  try {
    const response = await fetch(`/playground/${what}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    return response.ok ? await response.json() : { problem: await problemIn(response) };
  } catch {
    return { problem: GONE };
  }
}

/** Rejects when another program has answered. */
async function problemIn(response: Response): Promise<string> {
  const { problem } = await response.json();
  return typeof problem === "string" ? problem : `The playground answered ${response.status}.`;
}
