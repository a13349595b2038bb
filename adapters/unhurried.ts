import type { SendingWay } from "../src/index.ts";
import type { InFlight } from "./in-flight.ts";
import type { Lane, Lanes, Pace, Room } from "./pace.ts";

/** What nobody waits for gives up a turn that is further ahead. */
const MOST_WAIT_MS = 10_000;

/** How something is done that nobody waits for. */
interface Unhurried extends SendingWay {
  pace: Pace;
  inFlight: InFlight;
  lanes: Lanes;
  /** The workspace; while it is held nothing is even tried. */
  whole: Lane;
}

/**
 * Does the work in its turn, as soon as there is room for it in flight; waiting for the turn takes no room. Otherwise tells in
 * how many milliseconds it may be tried again: 0 when everything is being stopped, or another process does it.
 */
export async function doUnhurried<Done>(
  { pace, inFlight, lanes, whole, stopping, isOver, noted }: Unhurried,
  work: () => Promise<Done>,
): Promise<{ done: Done } | { wait: number }> {
  let leave: (() => void) | undefined;
  const room: Room = {
    async enter() {
      leave = await inFlight.enter(whole.key, stopping);
      return leave !== undefined;
    },
    leave: () => leave?.(),
  };
  const before = await pace.rest(whole);
  if (before > 0) return { wait: before };
  const turn = await pace.turn(lanes, MOST_WAIT_MS, stopping, room);
  if (!turn.hasCome) return { wait: turn.wait };
  let kept: Promise<void> | undefined;
  try {
    const meanwhile = await pace.rest(whole);
    if (meanwhile > 0 || isOver?.()) return { wait: meanwhile };
    const done = await work();
    kept = noted;
    return { done };
  } finally {
    if (kept) void kept.then(room.leave);
    else room.leave();
  }
}
