import { find } from "./dom.ts";

/** There is no room for panes: each answer's look stands in the conversation. The style sheets ask the same. */
export const NARROW = matchMedia("(max-width: 759px), (max-height: 480px)");
/** There is no room for a conversation that scrolls within the page: the page itself scrolls. */
const LOW = matchMedia("(max-height: 480px)");
/** About a line, in pixels. */
const NEAR = 80;

function scroller(): Element {
  return LOW.matches ? document.documentElement : find("scroll", HTMLElement);
}

export function isAtEnd(): boolean {
  const { scrollHeight, scrollTop, clientHeight } = scroller();
  return scrollHeight - scrollTop - clientHeight < NEAR;
}

/** Who reads what came last still sees it, whatever room the change takes. */
export function stayAtEnd(change: () => void): void {
  const wasAtEnd = isAtEnd();
  change();
  if (wasAtEnd) scroller().scrollTop = scroller().scrollHeight;
}

/** Tells that the page has taken another form, as when a phone is turned. */
export function onTurned(react: () => void): void {
  for (const query of [NARROW, LOW]) query.addEventListener("change", react);
}

export interface InView {
  add(id: number, element: HTMLElement): void;
  /** The preferred one if it can be seen, else the first that can. */
  first(preferred: number | undefined): number | undefined;
  clear(): void;
}

/** Which of the answers can be seen; `came` is told of each that comes in sight. */
export function watchInView(came: (id: number) => void): InView {
  const ids = new Map<Element, number>();
  const seen = new Set<number>();
  // The message box may lie over the page's end.
  const observer = new IntersectionObserver(look, { rootMargin: "0px 0px -110px 0px" });

  function look(entries: readonly IntersectionObserverEntry[]): void {
    for (const { target, isIntersecting } of entries) {
      const id = ids.get(target);
      if (id === undefined) continue;
      if (!isIntersecting) seen.delete(id);
      else {
        seen.add(id);
        came(id);
      }
    }
  }

  return {
    add: (id, element) => {
      ids.set(element, id);
      observer.observe(element);
    },
    first: (preferred) => {
      if (preferred !== undefined && seen.has(preferred)) return preferred;
      return seen.size > 0 ? Math.min(...seen) : preferred;
    },
    clear: () => {
      observer.disconnect();
      ids.clear();
      seen.clear();
    },
  };
}
