import { make } from "./dom.ts";
import { markRefused } from "./refused.ts";
import { renderSlack } from "./slack.ts";
import { renderTeams } from "./teams.ts";
import { READERS_ZONE, timeText } from "./times.ts";
import type { Platform, Told } from "./wire.ts";

export interface Acts {
  press(platform: Platform, payload: object, label: string): void;
  /** A press in Slack that opens a window for the form of this answer. */
  open(payload: object, label: string, told: Told): void;
}

const NAME = "Connector Shepherd";

/** An answer as one platform shows it: who says it, when, and the message. */
export function renderLook(platform: Platform, told: Told, acts: Acts): HTMLElement {
  const whisper =
    told.reply.audience === "asker" ? make("p", { class: "whisper" }, "Only visible to you") : undefined;
  const at = make("time", { datetime: told.at }, timeText(new Date(told.at), READERS_ZONE));
  const who = make("div", { class: "who" }, make("b", {}, NAME), make("span", { class: "badge" }, "APP"), at);
  const avatar = make("img", { class: "avatar", src: "/page/icon.svg", alt: "" });
  const message = make("div", { class: "message" }, who, body(platform, told, acts));
  markRefused(platform, message, told);
  for (const image of message.querySelectorAll("img")) keepPlace(image);
  return make("div", { class: `look ${platform}-look` }, whisper, avatar, message);
}

function body(platform: Platform, told: Told, { press, open }: Acts): HTMLElement {
  const pressHere = (payload: object, label: string) => press(platform, payload, label);
  if (platform === "teams") return renderTeams(told.teams.card, pressHere);
  const openHere = (payload: object, label: string) => open(payload, label, told);
  const message = { id: String(told.id), readers: [], press: pressHere, open: openHere };
  return renderSlack(told.slack.blocks, message);
}

/** About the room that a picture will take, so that little moves when it comes. */
function keepPlace(image: HTMLImageElement): void {
  image.classList.add("coming");
  const come = () => image.classList.remove("coming");
  image.addEventListener("load", come);
  image.addEventListener("error", come);
}
