import type { State } from "./inputs.ts";
import type { View } from "./json.ts";

/** A modal as a person sees it, with what they have typed into it. */
export interface Modal {
  view: View;
  typed: State;
}

/** The modals each person has open, one above the other. */
export interface Modals {
  top(user: string): Modal | undefined;
  /** Whether anyone still has it before them. */
  isShown(view: string): boolean;
  opened(user: string, view: View): void;
  pushed(user: string, view: View): void;
  updated(view: View): void;
  /** The topmost goes; the one below is seen again. */
  popped(user: string): void;
  cleared(user: string): void;
}

export function openModals(): Modals {
  const stacks = new Map<string, Modal[]>();
  const stackOf = (user: string) => stacks.get(user) ?? [];
  return {
    top: (user) => stackOf(user).at(-1),
    isShown: (view) => [...stacks.values()].flat().some((one) => one.view.id === view),
    opened: (user, view) => void stacks.set(user, [{ view, typed: {} }]),
    pushed: (user, view) => void stacks.set(user, [...stackOf(user), { view, typed: {} }]),
    updated(view) {
      for (const modal of [...stacks.values()].flat()) if (modal.view.id === view.id) modal.view = view;
    },
    popped: (user) => void stacks.set(user, stackOf(user).slice(0, -1)),
    cleared: (user) => void stacks.delete(user),
  };
}
