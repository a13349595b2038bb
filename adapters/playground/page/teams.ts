import type * as AdaptiveCardsLibrary from "adaptivecards";
import { make, webAddress } from "./dom.ts";
import { HOST_CONFIG } from "./teams-host.ts";

/** Microsoft's own renderer, loaded before this module. */
declare const AdaptiveCards: typeof AdaptiveCardsLibrary;

// Teams' markdown is not imitated: text of ours carries none, and unprocessed text is set as text, never as HTML.
AdaptiveCards.AdaptiveCard.onProcessMarkdown = () => {};

const hostConfig = new AdaptiveCards.HostConfig(HOST_CONFIG);

/** The card as Teams shows it. `press` is told of an Action.Execute as Teams would send it. */
export function renderTeams(card: object, press: (payload: object, label: string) => void): HTMLElement {
  const one = new AdaptiveCards.AdaptiveCard();
  one.hostConfig = hostConfig;
  const context = new AdaptiveCards.SerializationContext();
  one.parse(card, context);
  one.onExecuteAction = (action) => {
    const label = action.title ?? "";
    if (action instanceof AdaptiveCards.OpenUrlAction) {
      const address = webAddress(action.url ?? "");
      if (address) open(address, "_blank", "noopener,noreferrer");
    } else if (action instanceof AdaptiveCards.ExecuteAction) {
      press({ action: { type: "Action.Execute", verb: action.verb, data: action.data } }, label);
    } else if (action instanceof AdaptiveCards.SubmitAction) {
      press({ ...action.data }, label);
    }
  };
  const problems = Array.from(
    { length: context.eventCount },
    (_, index) => context.getEventAt(index).message,
  );
  const rendered = one.render();
  // The stage around it is reached by the keyboard, and scrolls.
  rendered?.setAttribute("tabindex", "-1");
  for (const label of rendered?.querySelectorAll<HTMLElement>(".ac-columnSet > :first-child") ?? []) {
    // A word of a label is not broken.
    label.style.minWidth = "min-content";
  }
  for (const link of rendered?.querySelectorAll("a") ?? []) {
    link.rel = "noopener noreferrer";
    // For whoever opens it past the press above, such as with the middle button.
    if (!webAddress(link.href)) link.removeAttribute("href");
  }
  return make(
    "div",
    { class: "teams-card" },
    rendered,
    ...problems.map((problem) => make("p", { class: "unsupported" }, `unsupported: ${problem}`)),
  );
}
