import { DateTime } from "luxon";
import type { Clock } from "./ports.ts";

/** The machine's clock. */
export const machineClock: Clock = { now: () => DateTime.utc() };

/** The machine's IANA zone. */
export function machineZone(): string {
  return new Intl.DateTimeFormat("en-US").resolvedOptions().timeZone;
}

/** A clock that stands still until it is pushed. */
export interface StandingClock extends Clock {
  push(to: DateTime): void;
}

export function standingClock(at: DateTime): StandingClock {
  let now = at.toUTC();
  return {
    now: () => now,
    push: (to) => {
      if (to > now) now = to.toUTC();
    },
  };
}

/** A clock that runs on from where it is put. */
export interface ShiftedClock extends Clock {
  /** Milliseconds by which it is ahead of the clock beneath it; negative when it is behind. */
  shift: number;
  set(to: DateTime): void;
}

export function shiftedClock(base: Clock): ShiftedClock {
  const clock: ShiftedClock = {
    shift: 0,
    now: () => base.now().plus(clock.shift),
    set: (to) => {
      clock.shift = to.toMillis() - base.now().toMillis();
    },
  };
  return clock;
}
