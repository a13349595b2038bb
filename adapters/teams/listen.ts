import { createFloodGate, tooManyReply } from "../../src/index.ts";
import { surely } from "../surely.ts";
import { answerMessage, answerPress, type HeardPress, line, refuse } from "./answers.ts";
import { noteFailure } from "./calls.ts";
import { markAdded, markOpen } from "./closed.ts";
import { attempt, type Desk } from "./desk.ts";
import type { Installs } from "./installs.ts";
import { withReaders } from "./people.ts";
import type { Heard, HeardActivity } from "./read.ts";
import type { Answer } from "./server.ts";
import { WORDS } from "./words.ts";

const TAKEN: Answer = { status: 200 };

interface Listening {
  /** Takes what Teams says. Messages are answered after this, in their turn; a press on a card is answered by it. */
  hear(heard: HeardActivity): Promise<Answer>;
}

export function listen(desk: Desk, installs: Installs): Listening {
  const admitted = createFloodGate(desk.clock);

  /** False: too much is waiting already. */
  function later({ tenant }: Heard, what: string, work: () => Promise<void>): boolean {
    return desk.turns.take(async () => void (await attempt(desk, what, work, { workspace: tenant })));
  }

  /** What must be known of a place before anything is said there. */
  async function arrive<Known extends HeardActivity>(heard: Known): Promise<Known> {
    const shelf = desk.shelfOf(heard.tenant);
    await attempt(desk, "where we are could not be noted", async () => {
      await installs.note(heard);
      await markOpen(shelf, heard);
    });
    return withReaders(heard, desk.lastingOf(heard.tenant));
  }

  async function pressed(heard: HeardPress): Promise<Answer> {
    try {
      return { status: 200, body: await answerPress(desk, await arrive(heard)) };
    } catch (error) {
      noteFailure(desk.log, "a press could not be answered", error, { workspace: heard.tenant });
      return { status: 200, body: line(WORDS.failed) };
    }
  }

  /** Answered by what was typed, or by a client that sends a press like that. */
  function typed(heard: Exclude<HeardActivity, { kind: "added" | "removed" }>): Answer {
    const isTaken = later(heard, "a message could not be answered", async () => {
      const known = await arrive(heard);
      if (known.kind === "message") await answerMessage(desk, known);
      else await answerPress(desk, known);
    });
    return isTaken ? TAKEN : { status: 503, why: "too much is waiting already" };
  }

  function tooMuch(heard: HeardActivity, isToBeTold: boolean): Answer {
    if (heard.kind === "press" && !heard.isSubmit) return { status: 200, body: line(tooManyReply().title) };
    if (isToBeTold) later(heard, "nobody could be told that it was too much", () => refuse(desk, heard));
    return TAKEN;
  }

  return {
    async hear(heard) {
      if (heard.kind === "removed") {
        // Told once only: it must be done, however much is asked.
        const what = "what was kept could not be deleted";
        await surely((isRetry) => attempt(desk, what, () => installs.remove(desk, heard, isRetry)));
        return TAKEN;
      }
      const admission = admitted(heard.tenant, heard.person);
      if (admission !== "admit") return tooMuch(heard, admission === "tell");
      if (heard.kind === "press" && !heard.isSubmit) return pressed(heard);
      if (heard.kind !== "added") return typed(heard);
      later(heard, "nobody could be welcomed", async () => {
        const known = await arrive(heard);
        await markAdded(desk, heard);
        await answerMessage(desk, { ...known, kind: "message", text: "hi" });
      });
      return TAKEN;
    },
  };
}
