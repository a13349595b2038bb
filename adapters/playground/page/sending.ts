import { find, make } from "./dom.ts";

export interface Sending {
  /** Shows at once what is said. Returns how to take it away, if it is there still. */
  add(text: string): () => void;
  /** The first of them now stands in the conversation. */
  heard(): void;
  isEmpty(): boolean;
}

/** What was said here and is not heard back yet. It is read out once, when it is. */
export function openSending(): Sending {
  const place = find("sending", HTMLElement);

  function add(text: string): () => void {
    const words = make("p", {}, make("span", { class: "quiet" }, "You: "), text);
    const bubble = make("div", { class: "said sending" }, words, make("span", { class: "when" }, "Sending"));
    place.append(bubble);
    bubble.scrollIntoView({ block: "nearest" });
    return () => bubble.remove();
  }

  return {
    add,
    heard: () => place.firstElementChild?.remove(),
    isEmpty: () => place.childElementCount === 0,
  };
}
