import { randomUUID } from "node:crypto";
import type { Reply } from "../../src/index.ts";

/** One thing said in a conversation. `id` counts up in each; `at` is ISO with an offset, by the playground's clock. */
interface Place {
  id: number;
  at: string;
  conversation: string;
}

interface SaidEntry extends Place {
  kind: "said";
  person: string;
  text: string;
}

export interface ReplyEntry extends Place {
  kind: "answer" | "reminder";
  /** The entry that is answered. */
  to?: number;
  reply: Reply;
}

export type Entry = SaidEntry | ReplyEntry;

/** Somebody who looks on. None of these may throw. */
export interface Listener {
  /** `eventId` names the entry over all lives of this program, for `listen` to begin after it. */
  entry(entry: Entry, eventId: string): void;
  clock(): void;
  cleared(): void;
}

interface Log {
  lastId: number;
  entries: Entry[];
}

const MOST_CONVERSATIONS = 100;
const MOST_ENTRIES = 500;

export interface Conversations {
  /** Whether something can be said there: it exists, or there is room for one more. */
  hasRoomFor(conversation: string): boolean;
  /** Returns the entry's id. */
  addSaid(said: Omit<SaidEntry, "id" | "kind">): number;
  addReply(reply: Omit<ReplyEntry, "id">): ReplyEntry;
  /** Newest first. */
  recent(conversation: string): Entry[];
  /** Tells what came after `seen` (all, when that event id is of another life), then what comes. Returns how to stop. */
  listen(conversation: string, seen: string | undefined, listener: Listener): () => void;
  tellClock(): void;
  /** Forgets everything; event ids given out until now are of another life. */
  clear(): void;
}

/** The conversations of one run, in memory: the oldest entries of each are dropped. */
export function openConversations(): Conversations {
  let life = randomUUID().slice(0, 8);
  const kept = new Map<string, Log>();
  const listening = new Map<Listener, string>();

  function eventIdOf({ id }: Entry): string {
    return `${life}-${id}`;
  }

  function logOf(conversation: string): Log {
    const log = kept.get(conversation) ?? { lastId: 0, entries: [] };
    kept.set(conversation, log);
    return log;
  }

  function add(entry: Entry): void {
    const log = logOf(entry.conversation);
    log.lastId = entry.id;
    log.entries.push(entry);
    if (log.entries.length > MOST_ENTRIES) log.entries.shift();
    for (const [listener, conversation] of listening) {
      if (conversation === entry.conversation) listener.entry(entry, eventIdOf(entry));
    }
  }

  function nextId(conversation: string): number {
    return logOf(conversation).lastId + 1;
  }

  function addSaid(said: Omit<SaidEntry, "id" | "kind">): number {
    const entry = { id: nextId(said.conversation), kind: "said" as const, ...said };
    add(entry);
    return entry.id;
  }

  function addReply(reply: Omit<ReplyEntry, "id">): ReplyEntry {
    const entry = { id: nextId(reply.conversation), ...reply };
    add(entry);
    return entry;
  }

  function listen(conversation: string, seen: string | undefined, listener: Listener): () => void {
    const [, of, id] = /^(\w{1,20})-(\d{1,9})$/.exec(seen ?? "") ?? [];
    const isKnown = of === life;
    if (seen !== undefined && !isKnown) listener.cleared();
    const after = isKnown ? Number(id) : 0;
    for (const entry of kept.get(conversation)?.entries ?? []) {
      if (entry.id > after) listener.entry(entry, eventIdOf(entry));
    }
    listening.set(listener, conversation);
    return () => listening.delete(listener);
  }

  return {
    hasRoomFor: (conversation) => kept.has(conversation) || kept.size < MOST_CONVERSATIONS,
    addSaid,
    addReply,
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
