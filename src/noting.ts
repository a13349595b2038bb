import { type Log, StoreError } from "./ports.ts";

/** Notes what became of messages that were sent, so that none is sent again because the store failed for a while. */
export interface Noting {
  /** Whether the message was sent and is still to be noted. */
  isOpen(id: string): boolean;
  /**
   * Notes a message that was sent, and calls `over` once it is. Rejects when that fails: then it is kept for `noteRest`, and
   * `note` is told that it comes late.
   */
  note(id: string, note: Note, over: () => void): Promise<void>;
  /** Notes what could not be noted before. Rejects with `StoreError` while the store still fails. */
  noteRest(): Promise<void>;
}

type Note = (isLate: boolean) => Promise<unknown>;

export function createNoting(log: Log): Noting {
  const open = new Map<string, { note: Note; over: () => void }>();

  return {
    isOpen: (id) => open.has(id),
    async note(id, note, over) {
      try {
        await note(false);
      } catch (error) {
        open.set(id, { note, over });
        throw error;
      }
      over();
    },
    async noteRest() {
      for (const [id, { note, over }] of open) {
        try {
          await note(true);
        } catch (error) {
          if (error instanceof StoreError && error.reason !== "damaged") throw error;
          // What can't be noted at all must not keep the others from their reminders.
          log.error("a message that was sent could not be noted", { reminder: id });
        }
        open.delete(id);
        over();
      }
    },
  };
}
