import { randomUUID } from "node:crypto";
import type { DateTime } from "luxon";
import { z } from "zod";
import {
  type Address,
  createAssistant,
  type Delivery,
  type Needs,
  type Person,
  type Reply,
  type Said,
  type Shelf,
  type ShiftedClock,
  type WorkspaceId,
} from "../../src/index.ts";
import { type Listener, openConversations, type ReplyEntry } from "./conversations.ts";
import { exampleConnectors } from "./example.ts";
import { Problem } from "./problem.ts";
import { shownText, wordsOf } from "./shown.ts";
import { waitUntil } from "./waiting.ts";

export interface SessionNeeds extends Omit<Needs, "messenger" | "clock"> {
  clock: ShiftedClock;
  /** Keeps the clock's shift beside the connectors. */
  kept: Shelf;
  /** Where the clock begins, and where starting over puts it back to; absent: where it was left, and the machine's. */
  startAt?: DateTime;
}

/** What somebody says somewhere. `shown` is what onlookers see of it. */
interface Heard {
  conversation: string;
  person: string;
  /** IANA; absent: the machine's. */
  zone?: string;
  said: Said;
  shown?: string;
  /** The clock is put there first. */
  now?: DateTime;
}

interface ClockState {
  /** ISO to the second, in the machine's zone. */
  now: string;
  zone: string;
  /** It is not the machine's time. */
  pushed: boolean;
}

/** All methods that await reject with `StoreError` when the store fails and with `Problem` when nothing is done. */
export interface Session {
  /** The answer, after the reminders that came due in this conversation on the way. */
  hear(heard: Heard): Promise<ReplyEntry[]>;
  /** Puts the clock where `target` says it should be: forwards past the reminders on the way, of all conversations. */
  moveClock(target: (now: DateTime) => DateTime): Promise<ReplyEntry[]>;
  /** Brings three connectors in and shows them. */
  loadExample(at: Pick<Heard, "conversation" | "person" | "zone">): Promise<ReplyEntry[]>;
  startOver(): Promise<void>;
  /** Sends what is due. */
  remind(): Promise<void>;
  /** See `Conversations.listen`. */
  listen(conversation: string, seen: string | undefined, listener: Listener): () => void;
  clock(): ClockState;
}

/** The only workspace in which the playground speaks. */
export const PLAYGROUND = "playground" as WorkspaceId;
const SCHEME = "playground:";
const KEPT_CLOCK = "clock";
const KeptClock = z.object({ shift: z.number() });
/** Less than a person would call another time. */
const SAME_MS = 1000;
const MOST_WAITING = 1000;

/** Conversations with one assistant over one store. What is asked is done one after the other. */
export async function openSession(needs: SessionNeeds): Promise<Session> {
  const { clock, kept, zone, log } = needs;
  const conversations = openConversations();
  /** While something is done its moment stands: what is due in 24 hours is said to be due in 24 hours. */
  let standing: DateTime | undefined;
  const now = () => standing ?? clock.now();
  const assistant = createAssistant({ ...needs, clock: { now }, messenger: { send } });
  /** Reminders sent since the work at hand began. */
  let reminded: ReplyEntry[] = [];
  let lastTurn: Promise<unknown> = Promise.resolve();
  let waiting = 0;

  const before = KeptClock.safeParse(await kept.get(KEPT_CLOCK));
  clock.shift = before.success ? before.data.shift : 0;
  if (needs.startAt) clock.set(needs.startAt);
  await kept.set(KEPT_CLOCK, { shift: clock.shift });

  function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    if (waiting >= MOST_WAITING) {
      return Promise.reject(new Problem(503, "Too much is asked at once: try again in a moment."));
    }
    waiting += 1;
    const turn = lastTurn.then(() => {
      reminded = [];
      standing = clock.now();
      return work();
    });
    lastTurn = turn
      .catch(() => undefined)
      .finally(() => {
        standing = undefined;
        waiting -= 1;
      });
    return turn;
  }

  function timeNow(): string {
    return now().setZone(zone).startOf("second").toISO({ suppressMilliseconds: true }) ?? "";
  }

  /** Never rejects. */
  async function send(to: Address, reply: Reply): Promise<Delivery> {
    const conversation = to.slice(SCHEME.length);
    reminded.push(conversations.addReply({ kind: "reminder", at: timeNow(), conversation, reply }));
    return { kind: "sent" };
  }

  function stand(at: DateTime): void {
    clock.set(at);
    standing = at;
  }

  async function putClock(target: DateTime): Promise<void> {
    try {
      // Kept before the walk: whatever happens on it, time does not run backwards over what was told.
      await kept.set(KEPT_CLOCK, { shift: clock.shift + target.toMillis() - clock.now().toMillis() });
      if (target > now()) await waitUntil(target, now(), stand, assistant);
      else stand(target);
    } finally {
      conversations.tellClock();
    }
  }

  function personOf({ person, zone }: Pick<Heard, "person" | "zone">): Person {
    return { id: person, name: person, ...(zone && { zone }) };
  }

  async function ask({
    conversation,
    said,
    ...by
  }: Omit<Heard, "now" | "shown">): Promise<Reply | undefined> {
    return assistant.answer({
      id: randomUUID(),
      workspace: PLAYGROUND,
      from: personOf(by),
      where: `${SCHEME}${conversation}` as Address,
      setting: conversation.startsWith("#") ? "shared" : "direct",
      said,
    });
  }

  async function answer({ shown, now: _, ...heard }: Heard): Promise<ReplyEntry[]> {
    const { conversation, person } = heard;
    const words = shown ?? wordsOf(heard.said, conversations.recent(conversation));
    const to = conversations.addSaid({ at: timeNow(), conversation, person, text: shownText(words) });
    const reply = await ask(heard);
    if (!reply) return [];
    return [conversations.addReply({ kind: "answer", at: timeNow(), conversation, to, reply })];
  }

  function needRoom(conversation: string): void {
    if (conversations.hasRoomFor(conversation)) return;
    throw new Problem(422, "There are too many conversations: use one of them, or start over.");
  }

  return {
    hear: (heard) =>
      inTurn(async () => {
        needRoom(heard.conversation);
        if (heard.now) await putClock(heard.now);
        const before = reminded.filter(({ conversation }) => conversation === heard.conversation);
        return [...before, ...(await answer(heard))];
      }),
    moveClock: (target) =>
      inTurn(async () => {
        await putClock(target(now()));
        return reminded;
      }),
    loadExample: (at) =>
      inTurn(async () => {
        needRoom(at.conversation);
        const followed = await needs.store.names(PLAYGROUND);
        for (const { name, lines } of exampleConnectors(now())) {
          if (followed.some((one) => one.name === name)) continue;
          for (const text of lines) await ask({ ...at, said: { kind: "text", text } });
        }
        return answer({ ...at, said: { kind: "text", text: "list" }, shown: "Load an example" });
      }),
    startOver: () =>
      inTurn(async () => {
        await needs.store.forget(PLAYGROUND);
        await needs.settings.delete(PLAYGROUND);
        await needs.talks?.(PLAYGROUND).clear();
        if (needs.startAt) clock.set(needs.startAt);
        else clock.shift = 0;
        await kept.set(KEPT_CLOCK, { shift: clock.shift });
        standing = clock.now();
        conversations.clear();
        conversations.tellClock();
        log.info("the playground was started over");
      }),
    remind: () =>
      inTurn(async () => {
        await assistant.remind();
      }),
    listen: conversations.listen,
    clock: () => ({ now: timeNow(), zone, pushed: Math.abs(clock.shift) >= SAME_MS }),
  };
}
