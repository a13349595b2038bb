import { make } from "./dom.ts";
import { markRefused } from "./refused.ts";
import { renderSlack } from "./slack.ts";
import { renderTeams } from "./teams.ts";
import { READERS_ZONE, timeText } from "./times.ts";
import type { Platform, Told } from "./wire.ts";

export type Press = (platform: Platform, payload: object, label: string) => void;

const NAME = "Connector Shepherd";

/** An answer as one platform shows it: who says it, when, and the message. */
export function renderLook(platform: Platform, told: Told, press: Press): HTMLElement {
  const whisper =
    told.reply.audience === "asker" ? make("p", { class: "whisper" }, "Only visible to you") : undefined;
  const at = make("time", { datetime: told.at }, timeText(new Date(told.at), READERS_ZONE));
  const who = make("div", { class: "who" }, make("b", {}, NAME), make("span", { class: "badge" }, "APP"), at);
  const avatar = make("img", { class: "avatar", src: "/page/icon.svg", alt: "" });
  const message = make("div", { class: "message" }, who, body(platform, told, press));
  markRefused(platform, message, told);
  for (const image of message.querySelectorAll("img")) keepPlace(image);
  return make("div", { class: `look ${platform}-look` }, whisper, avatar, message);
}

function body(platform: Platform, told: Told, press: Press): HTMLElement {
  const pressHere = (payload: object, label: string) => press(platform, payload, label);
  if (platform === "teams") return renderTeams(told.teams.card, pressHere);
  return renderSlack(told.slack.blocks, { id: String(told.id), readers: [], press: pressHere });
}

/** About the room that a picture will take, so that little moves when it comes. */
function keepPlace(image: HTMLImageElement): void {
  image.classList.add("coming");
  const come = () => image.classList.remove("coming");
  image.addEventListener("load", come);
  image.addEventListener("error", come);
}
