import { find, make } from "./dom.ts";
import { NARROW } from "./scrolling.ts";
import { dayText, READERS_ZONE, timeText } from "./times.ts";
import type { Entry, Said, Told } from "./wire.ts";

export interface Conversation {
  addSaid(entry: Said): void;
  /** `look`: where its look stands on a narrow page. */
  addTold(entry: Told): { told: HTMLElement; look: HTMLElement };
  /** Scrolls to that answer, or to what came last. */
  reveal(id?: number): void;
  /** Puts the focus on that answer. */
  focus(id: number): void;
  isEmpty(): boolean;
  /** Marks an answer as the one that is shown. */
  mark(id: number): void;
  clear(): void;
}

/** The conversation in short: what was said, and the first line of each answer, which can be chosen. */
export function openConversation(choose: (id: number) => void): Conversation {
  const log = find("log", HTMLElement);
  const picks = new Map<number, HTMLButtonElement>();
  const looks = new Map<number, HTMLElement>();
  let lastDay = "";

  /** Puts the entry's day at the end, where that is another, and returns its time. */
  function addTime(entry: Entry): HTMLElement {
    const at = new Date(entry.at);
    const day = dayText(at, READERS_ZONE);
    if (day !== lastDay) log.append(make("h3", { class: "day" }, day));
    lastDay = day;
    return make("time", { datetime: entry.at }, timeText(at, READERS_ZONE));
  }

  function addSaid(entry: Said): void {
    const time = addTime(entry);
    const words = make("p", {}, make("span", { class: "quiet" }, "You: "), entry.text);
    log.append(make("div", { class: "said" }, words, time));
  }

  function addTold(entry: Told): { told: HTMLElement; look: HTMLElement } {
    const time = addTime(entry);
    const [firstLine = ""] = entry.text.split("\n");
    const tag = entry.kind === "reminder" ? make("p", { class: "tag" }, "Reminder") : undefined;
    const words = make("span", { class: "first-line" }, firstLine);
    const pick = make("button", { type: "button", class: "pick", tabindex: "-1" }, words, time);
    pick.addEventListener("click", () => choose(entry.id));
    pick.addEventListener("keydown", (event) => walk(event, pick));
    picks.set(entry.id, pick);
    // On a narrow page nothing is chosen, yet the first line is what is read out when an answer comes.
    const spoken = make("p", { class: "quiet spoken" }, firstLine);
    const look = make("div", {
      class: "inline",
      role: "group",
      tabindex: "-1",
      "aria-live": "off",
      "aria-label": "The answer",
    });
    looks.set(entry.id, look);
    const told = make("div", { class: "told" }, tag, pick, spoken, look);
    log.append(told);
    return { told, look };
  }

  /** Up and down the answers; the list is one stop of the Tab key. */
  function walk(event: KeyboardEvent, from: HTMLButtonElement): void {
    const all = [...picks.values()];
    const at = all.indexOf(from);
    const to = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: all.length - 1 }[event.key];
    const next = to === undefined ? undefined : all[to];
    if (!next) return;
    event.preventDefault();
    next.focus();
    next.click();
  }

  function mark(id: number): void {
    for (const [one, pick] of picks) {
      pick.tabIndex = one === id ? 0 : -1;
      if (one === id) pick.setAttribute("aria-current", "true");
      else pick.removeAttribute("aria-current");
    }
  }

  /** On a narrow page from its first line on, with what it answers. */
  function reveal(id?: number): void {
    const shown = id === undefined ? log.lastElementChild : looks.get(id)?.parentElement;
    const asked = shown?.previousElementSibling;
    const start = shown?.matches(".told") && asked?.matches(".said") ? asked : shown;
    start?.scrollIntoView({ block: "start" });
  }

  function focus(id: number): void {
    const target = NARROW.matches ? looks.get(id) : picks.get(id);
    target?.focus({ preventScroll: true });
  }

  function clear(): void {
    picks.clear();
    looks.clear();
    lastDay = "";
    log.replaceChildren();
  }

  return { addSaid, addTold, mark, reveal, focus, clear, isEmpty: () => log.childElementCount === 0 };
}
