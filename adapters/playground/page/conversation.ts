import { find, make } from "./dom.ts";
import { dayText, READERS_ZONE, timeText } from "./times.ts";
import type { Entry, Told } from "./wire.ts";

export interface Conversation {
  /** Puts it at the end; where its look stands on a narrow page. */
  add(entry: Entry): HTMLElement;
  /** Scrolls to what came last. */
  reveal(): void;
  isEmpty(): boolean;
  /** Marks an answer as the one that is shown. */
  mark(id: number): void;
  clear(): void;
}

/** The conversation in short: what was said, and the first line of each answer, which can be chosen. */
export function openConversation(choose: (id: number) => void): Conversation {
  const log = find("log", HTMLElement);
  const picks = new Map<number, HTMLButtonElement>();
  let lastDay = "";

  function addDay(at: Date): void {
    const day = dayText(at, READERS_ZONE);
    if (day === lastDay) return;
    lastDay = day;
    log.append(make("h3", { class: "day" }, day));
  }

  function add(entry: Entry): HTMLElement {
    const at = new Date(entry.at);
    addDay(at);
    const time = make("time", { datetime: entry.at }, timeText(at, READERS_ZONE));
    const look = make("div", {
      class: "inline",
      role: "group",
      tabindex: "-1",
      "aria-live": "off",
      "aria-label": "The answer",
    });
    if (entry.kind === "said") {
      log.append(
        make(
          "div",
          { class: "said" },
          make("p", {}, make("span", { class: "quiet" }, "You: "), entry.text),
          time,
        ),
      );
    } else {
      log.append(told(entry, time, look));
    }
    return look;
  }

  function told(entry: Told, time: HTMLElement, look: HTMLElement): HTMLElement {
    const [firstLine = ""] = entry.text.split("\n");
    const tag = entry.kind === "reminder" ? make("p", { class: "tag" }, "Reminder") : undefined;
    const words = make("span", { class: "first-line" }, firstLine);
    const pick = make("button", { type: "button", class: "pick", tabindex: "-1" }, words, time);
    pick.addEventListener("click", () => choose(entry.id));
    pick.addEventListener("keydown", (event) => walk(event, pick));
    picks.set(entry.id, pick);
    // On a narrow page nothing is chosen, yet the first line is what is read out when an answer comes.
    const spoken = make("p", { class: "quiet spoken" }, firstLine);
    return make("div", { class: "told" }, tag, pick, spoken, look);
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
    picks.get(id)?.scrollIntoView({ block: "nearest" });
  }

  /** On a narrow page from its first line on, with what it answers. */
  function reveal(): void {
    const newest = log.lastElementChild;
    const asked = newest?.previousElementSibling;
    const start = newest?.matches(".told") && asked?.matches(".said") ? asked : newest;
    start?.scrollIntoView({ block: "start" });
  }

  function clear(): void {
    picks.clear();
    lastDay = "";
    log.replaceChildren();
  }

  return { add, mark, reveal, clear, isEmpty: () => log.childElementCount === 0 };
}
