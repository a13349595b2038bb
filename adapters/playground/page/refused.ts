import type { Platform, Told } from "./wire.ts";

/**
 * Marks the fields of a look whose content was not taken. Platforms have names of their own for fields, but all in the order of
 * the form's inputs; Teams asks for a moment's day and its time apart.
 */
export function markRefused(platform: Platform, look: HTMLElement, { reply, id }: Told): void {
  const inputs = reply.blocks.flatMap(({ form }) => form?.inputs ?? []);
  const expected = inputs.flatMap((input) =>
    platform === "teams" && input.sort === "moment" ? [input, input] : [input],
  );
  const fields = [...look.querySelectorAll("input, textarea, select")];
  const opening = look.querySelector("[aria-haspopup='dialog']");
  if (expected.some(({ problem }) => problem !== undefined)) opening?.setAttribute("data-refused", "");
  // A form that is asked for in a window, or can't be asked for there, has no fields.
  if (fields.length !== expected.length) return;
  for (const [at, field] of fields.entries()) {
    const problem = expected[at]?.problem;
    if (problem === undefined) continue;
    field.setAttribute("aria-invalid", "true");
    if (field.hasAttribute("aria-describedby")) continue;
    const why = [...look.querySelectorAll(".ac-richTextBlock")].find((text) =>
      text.textContent?.includes(problem),
    );
    if (!why) continue;
    why.id ||= `${platform}-${id}-why-${at}`;
    field.setAttribute("aria-describedby", why.id);
  }
}

/** Where somebody goes on whose form came back: the first such field, or what opens them. */
export function firstRefused(look: HTMLElement): HTMLElement | undefined {
  return look.querySelector<HTMLElement>("[aria-invalid='true'], [data-refused]") ?? undefined;
}
