import { find } from "./dom.ts";
import { momentText, pacificText, READERS_ZONE } from "./times.ts";
import type { ClockState } from "./wire.ts";

export interface PageClock {
  set(state: ClockState): void;
  now(): Date;
}

/** The playground's time in the reader's zone, running on between what the server says. */
export function openClock(): PageClock {
  const time = find("now", HTMLTimeElement);
  const beside = find("beside", HTMLElement);
  let base = Date.now();
  let setAt = performance.now();
  let isPushed = false;
  let isTold = false;

  function now(): Date {
    return new Date(base + performance.now() - setAt);
  }

  function show(): void {
    if (!isTold) return;
    const text = momentText(now(), READERS_ZONE);
    if (time.textContent !== text) {
      time.textContent = text;
      time.dateTime = now().toISOString();
    }
    const notes = [pacificText(now(), READERS_ZONE), isPushed ? "playground time" : undefined];
    const words = notes.filter((note) => note !== undefined).join(" · ");
    if (beside.textContent !== words) beside.textContent = words;
  }

  function set(state: ClockState): void {
    base = Date.parse(state.now);
    setAt = performance.now();
    isPushed = state.pushed;
    isTold = true;
    show();
  }

  setInterval(show, 1000);
  return { set, now };
}
