import { find, make } from "./dom.ts";
import { type Acts, renderLook } from "./looks.ts";
import { firstRefused } from "./refused.ts";
import { NARROW } from "./scrolling.ts";
import type { Platform, Told } from "./wire.ts";

interface Placed {
  told: Told;
  /** Where its look stands when there is no room for panes. */
  place: HTMLElement;
}

interface Shown extends Placed {
  looks: Partial<Record<Platform, HTMLElement>>;
}

interface Options extends Acts {
  chosen(id: number): void;
  /** What was added stands on the page. */
  drawn(): void;
}

export interface Panes {
  /**
   * Shows the last of them, or that there is none yet. What somebody chose to read stays, unless this was `asked` for; what
   * somebody is filling in stays anyway. Returns whether the last was chosen.
   */
  add(added: readonly Placed[], asked: boolean): boolean;
  current(): number | undefined;
  choose(id: number): void;
  /** The next answer is to be read on where was pressed. */
  readOnIn(platform: Platform): void;
  clear(): void;
}

const PLATFORMS: Platform[] = ["slack", "teams"];
const NAMES: Record<Platform, string> = { slack: "Slack", teams: "Teams" };

/** Shows the chosen answer in both panes or, on a narrow page, each answer in the conversation. */
export function openPanes({ chosen, drawn, ...acts }: Options): Panes {
  const stages = { slack: find("slack-stage", HTMLElement), teams: find("teams-stage", HTMLElement) };
  const all = new Map<number, Shown>();
  let current: Shown | undefined;
  let focusIn: Platform | undefined;
  let isDrawing = false;

  function platform(): Platform {
    return document.querySelector<HTMLInputElement>("input[name=look]:checked")?.value === "teams"
      ? "teams"
      : "slack";
  }

  function lookOf(one: Shown, on: Platform): HTMLElement {
    one.looks[on] ??= renderLook(on, one.told, acts);
    return one.looks[on];
  }

  /** Several entries may come at once; only what is seen in the end is drawn. */
  function draw(): void {
    if (isDrawing) return;
    isDrawing = true;
    setTimeout(() => {
      isDrawing = false;
      if (NARROW.matches) for (const one of all.values()) put(lookOf(one, platform()), one.place);
      else for (const on of PLATFORMS) put(current ? lookOf(current, on) : placeholder(on), stages[on]);
      drawn();
      if (focusIn && current) {
        const target = NARROW.matches ? current.place : stages[focusIn];
        const refused = firstRefused(target);
        if (refused) refused.focus();
        else target.focus({ preventScroll: NARROW.matches });
        // In Slack what was not taken is asked for again in the same window.
        if (refused?.ariaHasPopup === "dialog") refused.click();
        focusIn = undefined;
      }
    });
  }

  function add(added: readonly Placed[], asked: boolean): boolean {
    const isReadingOther = !NARROW.matches && current !== [...all.values()].at(-1);
    for (const one of added) all.set(one.told.id, { ...one, looks: {} });
    const last = added.at(-1);
    if (!last || isFillingIn() || (isReadingOther && !asked)) {
      draw();
      return false;
    }
    choose(last.told.id);
    return true;
  }

  function choose(id: number): void {
    current = all.get(id);
    chosen(id);
    draw();
  }

  function isFillingIn(): boolean {
    const focused = document.activeElement;
    if (focused?.closest(".slack-window")) return true;
    return focused?.closest(".stage, .inline") != null && focused.matches("input, textarea, select");
  }

  function clear(): void {
    all.clear();
    current = undefined;
    draw();
  }

  for (const on of PLATFORMS) {
    // What scrolls can be reached by the keyboard, and says what it is.
    stages[on].tabIndex = 0;
    stages[on].role = "group";
    stages[on].ariaLabel = `The answer in ${NAMES[on]}`;
  }
  NARROW.addEventListener("change", draw);
  for (const radio of document.querySelectorAll("input[name=look]")) radio.addEventListener("change", draw);
  return { add, choose, clear, current: () => current?.told.id, readOnIn: (on) => (focusIn = on) };
}

function put(look: HTMLElement, place: HTMLElement): void {
  if (place.firstElementChild === look) return;
  place.replaceChildren(look);
  place.scrollTop = 0;
}

function placeholder(on: Platform): HTMLElement {
  const bars = Array.from({ length: 5 }, () => make("span", {}));
  return make(
    "div",
    { class: "placeholder" },
    make("div", { class: "outline", "aria-hidden": "true" }, ...bars),
    make("p", {}, `Each answer stands here as ${NAMES[on]} shows it.`),
  );
}
