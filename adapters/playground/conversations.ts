import { randomUUID } from "node:crypto";
import type { Reply } from "../../src/index.ts";

/** One thing said in a conversation. `id` counts up in each; `at` is ISO with an offset, by the playground's clock. */
export type Entry =
  | { id: number; at: string; conversation: string; kind: "said"; person: string; text: string }
  | {
      id: number;
      at: string;
      conversation: string;
      kind: "answer" | "reminder";
      /** The entry that is answered. */
      to?: number;
      reply: Reply;
    };

export type ReplyEntry = Exclude<Entry, { kind: "said" }>;

/** What an entry is made of before it has its place. */
type Draft<Kept> = Kept extends Entry ? Omit<Kept, "id"> : never;

/** Somebody who looks on. None of these may throw. */
export interface Listener {
  /** `mark` names the entry over all lives of this program, for `listen` to begin after it. */
  entry(entry: Entry, mark: string): void;
  clock(): void;
  cleared(): void;
}

const MOST_CONVERSATIONS = 100;
const MOST_ENTRIES = 500;

export interface Conversations {
  /** Whether something can be said there: it exists, or there is room for one more. */
  hasRoomFor(conversation: string): boolean;
  add<Kept extends Entry>(draft: Draft<Kept>): Kept;
  /** Newest first. */
  recent(conversation: string): Entry[];
  /** Tells what came after `seen` (all, when that mark is of another life), then what comes. Returns how to stop. */
  listen(conversation: string, seen: string | undefined, listener: Listener): () => void;
  tellClock(): void;
  /** Forgets everything; marks given out until now are of another life. */
  clear(): void;
}

/** The conversations of one run, in memory: the oldest entries of each are dropped. */
export function openConversations(): Conversations {
  let life = randomUUID().slice(0, 8);
  const kept = new Map<string, { lastId: number; entries: Entry[] }>();
  const listening = new Map<Listener, string>();

  function markOf({ id }: Entry): string {
    return `${life}-${id}`;
  }

  function add<Kept extends Entry>(draft: Draft<Kept>): Kept {
    const log = kept.get(draft.conversation) ?? { lastId: 0, entries: [] };
    kept.set(draft.conversation, log);
    log.lastId += 1;
    const entry = { id: log.lastId, ...draft } as unknown as Kept;
    log.entries.push(entry);
    if (log.entries.length > MOST_ENTRIES) log.entries.shift();
    for (const [listener, conversation] of listening) {
      if (conversation === draft.conversation) listener.entry(entry, markOf(entry));
    }
    return entry;
  }

  function listen(conversation: string, seen: string | undefined, listener: Listener): () => void {
    const [, of, id] = /^(\w{1,20})-(\d{1,9})$/.exec(seen ?? "") ?? [];
    const isKnown = of === life;
    if (seen !== undefined && !isKnown) listener.cleared();
    const after = isKnown ? Number(id) : 0;
    for (const entry of kept.get(conversation)?.entries ?? []) {
      if (entry.id > after) listener.entry(entry, markOf(entry));
    }
    listening.set(listener, conversation);
    return () => listening.delete(listener);
  }

  return {
    hasRoomFor: (conversation) => kept.has(conversation) || kept.size < MOST_CONVERSATIONS,
    add,
    recent: (conversation) => kept.get(conversation)?.entries.toReversed() ?? [],
    listen,
    tellClock: () => {
      for (const listener of listening.keys()) listener.clock();
    },
    clear: () => {
      life = randomUUID().slice(0, 8);
      kept.clear();
      for (const listener of listening.keys()) listener.cleared();
    },
  };
}
