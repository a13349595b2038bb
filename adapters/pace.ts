import { createHash } from "node:crypto";
import { type Clock, StoreError, type Tempo, type Turnstile } from "../src/index.ts";
import { createGate, type Gate, pause } from "./in-flight.ts";

/** What is asked no faster than its tempo, such as one channel. `key` names its workspace too. */
export interface Lane {
  key: string;
  tempo: Tempo;
}

/** Whether a turn has come; otherwise in how many milliseconds one would, 0 when everything is being stopped. */
type Turn = { hasCome: true } | { hasCome: false; wait: number };

/** What a turn alone is not enough for. */
export interface Room {
  /** False: everything is being stopped. */
  enter(): Promise<boolean>;
  leave(): void;
}

/** One or several: a turn is taken on one after the other. */
export type Lanes = readonly [Lane, ...Lane[]];

/** Gives turns on lanes, across all processes on one store; while the store fails, counts within this process. */
export interface Pace {
  /**
   * Waits for a turn. Those who ask for the same first lane here get theirs in that order. A turn further ahead than `within`
   * milliseconds is not waited for. `room`: must be had too, however long that takes; a turn is taken only once it is, and who
   * is told that the turn has come has it.
   */
  turn(lanes: Lanes, within: number, stopping?: AbortSignal, room?: Room): Promise<Turn>;
  /** Nothing is to be asked there for so many milliseconds: neither by what waits already, nor by other processes. */
  hold(lane: Lane, milliseconds: number): Promise<void>;
  /** For how many milliseconds a lane is held. What another process held is known here a little later. */
  rest(lane: Lane): Promise<number>;
}

/** Other processes' holds are looked for as often as this. */
const LOOK_EVERY_MS = 5000;
/** A turn so near is waited for in the room that was got for it. */
const NEAR_MS = 100;
/** A store that has failed is not asked for so long: each message would wait until it fails. */
const STORE_RESTS_MS = 5000;
const MOST_KNOWN = 10_000;

/** What this process knows of a lane. */
interface Known {
  /** Turns are given away up to here, as src/store/turnstile.ts keeps it (Unix milliseconds). */
  next: number;
  /** How often it was held. */
  holds: number;
  /** Only the first of those who wait here asks the store: what it tells the others could be over when they are the first. */
  gate: Gate;
  /** So many wait at the gate. */
  queued: number;
  /** So many have asked for a turn and have none yet. */
  asking: number;
  /** The last look for other processes' holds, and when it was (of `performance.now()`). */
  look: { at: number; done: Promise<unknown> };
}

export function createPace({ turnstile, clock }: { turnstile: Turnstile; clock: Clock }): Pace {
  const lanes = new Map<string, Known>();
  let askStoreAt = -Infinity;
  const timeNow = () => clock.now().toMillis();

  function knownOf({ key }: Lane): Known {
    const known = lanes.get(key) ?? {
      next: 0,
      holds: 0,
      gate: createGate(1),
      queued: 0,
      asking: 0,
      look: { at: -Infinity, done: Promise.resolve() },
    };
    lanes.delete(key);
    lanes.set(key, known);
    const [oldest] = lanes.size > MOST_KNOWN ? lanes : [];
    if (oldest?.[1].asking === 0) lanes.delete(oldest[0]);
    return known;
  }

  /** Undefined: the store fails. */
  async function fromStore<Told>(ask: () => Promise<Told>): Promise<Told | undefined> {
    if (performance.now() < askStoreAt) return undefined;
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      askStoreAt = performance.now() + STORE_RESTS_MS;
      return undefined;
    }
  }

  /** How far a turn is ahead by what is known here, after so many others. */
  function waitOf(lane: Lane, others = 0): number {
    const { every, burst } = lane.tempo;
    const now = timeNow();
    return Math.max(0, Math.max(knownOf(lane).next, now) + (others - burst + 1) * every - now);
  }

  function noteFree(lane: Lane, from: number): void {
    const { every, burst } = lane.tempo;
    const known = knownOf(lane);
    known.next = Math.max(known.next, from + (burst - 1) * every);
  }

  /** When the turn that was taken comes (Unix milliseconds), or how far the next is ahead. */
  async function take(lane: Lane, within: number): Promise<{ at: number } | { wait: number }> {
    const own = waitOf(lane);
    if (own > within) return { wait: own };
    const now = clock.now();
    const told = await fromStore(() => turnstile.take(digestOf(lane), lane.tempo, now, within));
    const wait = Math.max(own, told?.wait ?? 0);
    const at = now.toMillis() + wait;
    if (wait > 0) noteFree(lane, at);
    if (told && !told.taken) return { wait };
    const known = knownOf(lane);
    known.next = Math.max(known.next, now.toMillis()) + lane.tempo.every;
    return { at };
  }

  async function turnOn(lane: Lane, until: number, stopping: AbortSignal | undefined): Promise<Turn> {
    const taken = await take(lane, Math.max(0, until - performance.now()));
    if ("wait" in taken) return { hasCome: false, wait: taken.wait };
    return (await pause(taken.at - timeNow(), stopping)) ? { hasCome: true } : STOPPED;
  }

  /** Turns on all lanes, one after the other. */
  async function takeAll(all: Lanes, within: number, stopping: AbortSignal | undefined): Promise<Turn> {
    const until = performance.now() + within;
    const known = knownOf(all[0]);
    for (let holds = -1; holds !== known.holds; ) {
      // A turn from before a hold is none any more.
      holds = known.holds;
      for (const lane of all) {
        const turn = await turnOn(lane, until, stopping);
        if (!turn.hasCome) return turn;
      }
    }
    return { hasCome: true };
  }

  /** Room is not taken up while the turn is known to be ahead, and a turn is not taken that there might be no room for. */
  async function takeWithRoom(
    all: Lanes,
    within: number,
    stopping: AbortSignal | undefined,
    room: Room,
  ): Promise<Turn> {
    for (;;) {
      const wait = Math.max(...all.map((lane) => waitOf(lane)));
      if (wait > within) return { hasCome: false, wait };
      if (!(await pause(wait, stopping)) || !(await room.enter())) return STOPPED;
      let turn: Turn | undefined;
      try {
        turn = await takeAll(all, NEAR_MS, stopping);
        // Others have had it: how far the next is ahead is known now.
        if (turn.hasCome || turn.wait === 0) return turn;
      } finally {
        if (!turn?.hasCome) room.leave();
      }
    }
  }

  async function takeInOrder(
    all: Lanes,
    within: number,
    stopping: AbortSignal | undefined,
    room: Room | undefined,
  ): Promise<Turn> {
    const [first] = all;
    const known = knownOf(first);
    const began = performance.now();
    known.queued += 1;
    const isNext = await known.gate.enter(stopping, room ? undefined : within);
    known.queued -= 1;
    if (!isNext) return stopping?.aborted ? STOPPED : { hasCome: false, wait: waitOf(first, known.queued) };
    try {
      if (room) return await takeWithRoom(all, within, stopping, room);
      return await takeAll(all, within - (performance.now() - began), stopping);
    } finally {
      known.gate.leave();
    }
  }

  return {
    async turn(all, within, stopping, room) {
      const [first] = all;
      const wait = waitOf(first, knownOf(first).queued);
      if (wait > within) return { hasCome: false, wait };
      const used = all.map(knownOf);
      for (const known of used) known.asking += 1;
      try {
        return await takeInOrder(all, within, stopping, room);
      } finally {
        for (const known of used) known.asking -= 1;
      }
    },
    async hold(lane, milliseconds) {
      const until = clock.now().plus(milliseconds);
      noteFree(lane, until.toMillis());
      knownOf(lane).holds += 1;
      await fromStore(() => turnstile.hold(digestOf(lane), lane.tempo, until));
    },
    async rest(lane) {
      const known = knownOf(lane);
      const at = performance.now();
      if (waitOf(lane) === 0 && at >= known.look.at + LOOK_EVERY_MS) known.look = { at, done: take(lane, 0) };
      // Whoever asks meanwhile waits too, so that nobody overtakes who asked first.
      await known.look.done;
      return waitOf(lane);
    },
  };
}

/** The store is told no names: its turns stay for a while after a workspace is gone, of which nothing may be kept. */
function digestOf({ key }: Lane): string {
  return createHash("sha256").update(key).digest("base64url");
}

const STOPPED: Turn = { hasCome: false, wait: 0 };
