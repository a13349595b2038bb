import { make } from "./dom.ts";
import { firstRefused, markRefused } from "./refused.ts";
import { renderSlack } from "./slack.ts";
import { type SlackMessage, valuesIn } from "./slack-inputs.ts";
import type { SlackWindow, Told } from "./wire.ts";

/** Shows a window of Slack's over everything else until it is sent or closed; then the focus goes back. `told` has its form. */
export function openSlackWindow(
  view: SlackWindow,
  told: Told,
  send: (payload: object, label: string) => void,
): void {
  // Pressed again before it came.
  if (document.querySelector(".slack-window")) return;
  const message: SlackMessage = { id: "window", isWindow: true, readers: [], press: send, open: send };
  const avatar = make("img", { class: "avatar", src: "/page/icon.svg", alt: "" });
  const name = make("h2", { id: "slack-window-name" }, view.title.text);
  const blocks = make("div", { class: "content" }, renderSlack(view.blocks, message));
  const cancel = make("button", { type: "button", class: "slack-button" }, view.close?.text ?? "Cancel");
  const label = view.submit?.text ?? "Submit";
  const submit = make("button", { type: "submit", class: "slack-button primary" }, label);
  const form = make(
    "form",
    {},
    make("div", { class: "head" }, avatar, name),
    blocks,
    make("div", { class: "foot" }, cancel, view.submit && submit),
  );
  const dialog = make(
    "dialog",
    { class: "slack-look slack-window", "aria-labelledby": "slack-window-name" },
    form,
  );
  markRefused("slack", dialog, told);
  cancel.addEventListener("click", () => dialog.close());
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const sent = { ...view, state: { values: valuesIn(message) } };
    dialog.close();
    send({ type: "view_submission", view: sent }, label);
  });
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  // Not what scrolls around the fields.
  (firstRefused(dialog) ?? dialog.querySelector<HTMLElement>("input, textarea, select"))?.focus();
}
