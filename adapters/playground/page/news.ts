import { find, make } from "./dom.ts";

export interface News {
  add(ids: readonly number[]): void;
  seen(id: number): void;
  clear(): void;
}

/** Says above the message box how many came unseen; a press leads to the first of them. */
export function openNews(lead: (id: number) => void): News {
  const pill = find("news", HTMLButtonElement);
  const unseen = new Set<number>();

  function show(): void {
    pill.hidden = unseen.size === 0;
    pill.replaceChildren(`${unseen.size} new `, make("span", { "aria-hidden": "true" }, "↓"));
  }

  function add(ids: readonly number[]): void {
    for (const id of ids) unseen.add(id);
    show();
  }

  function seen(id: number): void {
    if (unseen.delete(id)) show();
  }

  function clear(): void {
    unseen.clear();
    show();
  }

  pill.addEventListener("click", () => {
    const [first] = unseen;
    clear();
    if (first !== undefined) lead(first);
  });
  return { add, seen, clear };
}
