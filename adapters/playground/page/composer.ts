import { find, make } from "./dom.ts";
import type { Told } from "./wire.ts";

const EVERGREENS = ["next", "help", "list"];
const MOST_OWN = 2;
const MOST_CHIPS = 6;

export interface Composer {
  /** What could be said after this answer. */
  suggest(told: Told | undefined): void;
  /** Gives back what could not be said, unless something else is being typed. */
  giveBack(text: string): void;
  focus(): void;
}

/** The message box with its suggestions. Enter sends, and the arrow up recalls what was typed before. */
export function openComposer(send: (text: string) => void): Composer {
  const form = find("composer", HTMLFormElement);
  const input = find("say", HTMLInputElement);
  const chips = find("chips", HTMLElement);
  const typed: string[] = [];
  let recalled = 0;
  let last: Told | undefined;

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const text = input.value.trim();
    if (text === "") return;
    if (typed.at(-1) !== text) typed.push(text);
    recalled = typed.length;
    input.value = "";
    send(text);
  });

  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (step === undefined) return;
    // Something being typed is not replaced; something recalled is.
    if (input.value !== "" && input.value !== typed[recalled]) return;
    const to = recalled + step;
    if (to < 0 || to > typed.length) return;
    event.preventDefault();
    recalled = to;
    input.value = typed[to] ?? "";
  });

  function suggest(told: Told | undefined): void {
    last = told;
    const own = told?.reply.blocks.flatMap(({ buttons }) => buttons?.map(({ says }) => says) ?? []) ?? [];
    // The answer's buttons can be pressed beside; so what always helps has its place before the last of them.
    const verbs = new Set(own.map((says) => says.split(" ")[0]));
    const evergreens = EVERGREENS.filter((says) => !verbs.has(says));
    const best = [...own.slice(0, MOST_OWN), ...evergreens, ...own.slice(MOST_OWN)];
    const all = told ? [...new Set(best)].slice(0, MOST_CHIPS) : [];
    const hadFocus = chips.contains(document.activeElement);
    chips.replaceChildren(...all.map(chip));
    // What has no room is left out, never half shown.
    while (isOverfull(chips)) chips.lastElementChild?.remove();
    if (hadFocus) input.focus();
  }

  function chip(says: string): HTMLElement {
    const button = make("button", { type: "button", class: "chip", title: says }, says);
    button.addEventListener("click", () => send(says));
    return make("li", {}, button);
  }

  window.addEventListener("resize", () => suggest(last));

  function giveBack(text: string): void {
    if (input.value === "") input.value = text;
  }

  return { suggest, giveBack, focus: () => input.focus() };
}

/** Rows that have no room stand above the box, as it is filled from below. */
function isOverfull(box: HTMLElement): boolean {
  const first = box.firstElementChild;
  return first !== null && first.getBoundingClientRect().top < box.getBoundingClientRect().top;
}
