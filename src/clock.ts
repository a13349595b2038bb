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
