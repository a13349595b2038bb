import type { Activities, Activity, Where } from "./activities.ts";
import { actionsIn, inputsOf } from "./cards.ts";
import type { Answer } from "./driver.ts";
import { type Filled, inputCalled, valuesOf } from "./forms.ts";
import { type Fields, fieldsOf, isFields, stringOf } from "./json.ts";
import type { Message } from "./places.ts";

export interface PressOptions {
  /** What is put into the card's inputs first, by label or id. */
  inputs?: Filled;
  /** "submit": by a client that does not know Action.Execute and takes its fallback. */
  as?: "execute" | "submit";
  /** Which, where several buttons say the same; from 0. */
  nth?: number;
  /** The card as it was seen before, still open on someone's screen. */
  card?: Fields;
}

/** What Teams sends when a button of this card is pressed. */
export function pressActivity(
  activities: Activities,
  where: Where,
  message: Message,
  title: string,
  { inputs, as, nth, card = message.card }: PressOptions,
): { activity: Activity; isInvoke: boolean } {
  if (!card) throw new Error(`the message ${message.id} has no card: ${message.text}`);
  const button = buttonCalled(card, title, nth);
  const action = as === "submit" && button.type === "Action.Execute" ? fieldsOf(button.fallback) : button;
  if (as === "submit" && action.type !== "Action.Submit") {
    throw new Error(`Teams would not show "${title}" there: it has no Action.Submit to fall back on`);
  }
  const kind = stringOf(action.type);
  if (!["Action.Execute", "Action.Submit"].includes(kind))
    throw new Error(`"${title}" sends nothing: ${kind}`);
  for (const name of Object.keys(inputs ?? {})) inputCalled(inputsOf(card), name);
  const values = action.associatedInputs === "none" ? {} : valuesOf(card, inputs);
  const data = { ...structuredClone(fieldsOf(action.data)), ...values };
  const parts = { ...where, replyTo: message.id, data };
  if (kind === "Action.Submit") return { activity: activities.submit(parts), isInvoke: false };
  const id = action.id === undefined ? undefined : stringOf(action.id);
  return { activity: activities.invoke({ ...parts, id, verb: stringOf(action.verb) }), isInvoke: true };
}

function buttonCalled(card: Fields, title: string, nth?: number): Fields {
  const all = actionsIn(card);
  const hits = all.filter((one) => one.title === title);
  const titles = all.map((one) => `"${one.title}"`).join(" · ") || "none";
  if (hits.length > 1 && nth === undefined) {
    throw new Error(`${hits.length} buttons say "${title}"; which one (nth)? There are: ${titles}`);
  }
  const hit = hits[nth ?? 0];
  if (!hit) throw new Error(`no button "${title}"; there are: ${titles}`);
  if (hit.isEnabled === false) throw new Error(`"${title}" is greyed out`);
  return hit;
}

interface Presser {
  id: string;
  toasts: string[];
  problems: string[];
}

/** What the answer to a press changes for the one who pressed. */
export function takeAnswer(
  { id, toasts, problems }: Presser,
  message: Message,
  { status, body }: Answer,
): void {
  const { statusCode, type, value } = fieldsOf(body);
  if (status === 200 && statusCode === 200) {
    if (type === "application/vnd.microsoft.card.adaptive" && isFields(value)) {
      message.ownCards.set(id, value);
      return;
    }
    if (type === "application/vnd.microsoft.activity.message" && typeof value === "string") {
      toasts.push(value);
      return;
    }
  }
  const said = stringOf(fieldsOf(value).message);
  problems.push(said || `Unable to reach app. Please try again. (${status} ${JSON.stringify(body) ?? ""})`);
}
