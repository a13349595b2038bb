import { isBlank, oneLine, plainText, type Reply } from "../../src/index.ts";
import { LIMITS } from "./limits.ts";
import { TAIL } from "./rich-text.ts";

/**
 * Everything a reply says as one text, for notifications and wherever blocks can't be shown: the headline first, the buttons
 * as what to type instead. Escaped, so that Slack finds no mention and no link in it.
 */
export function topText(reply: Reply): string {
  const buttons = reply.blocks.flatMap((block) => (block.kind === "buttons" ? block.buttons : []));
  const typed = buttons.map(({ says }) => oneLine(says)).filter((says) => !isBlank(says));
  const words = plainText({ ...reply, blocks: reply.blocks.filter(({ kind }) => kind !== "buttons") });
  const whole = typed.length === 0 ? words : `${words}\n\nYou can type: ${typed.join(" · ")}`;
  return isBlank(whole) ? "…" : within(whole.split("\n"), LIMITS.topText);
}

/** As many whole lines, escaped, as fit into so many bytes; the others are counted. */
function within(lines: string[], most: number): string {
  const whole = lines.map(escaped).join("\n");
  if (Buffer.byteLength(whole) <= most) return whole;
  const kept = takeWhileRoom(lines, "\n", most - TAIL);
  if (kept.length > 0) return [...kept, `… and ${lines.length - kept.length} more lines`].join("\n");
  const letters = [...lines.join("\n")];
  const start = takeWhileRoom(letters, "", most - TAIL);
  return `${start.join("")}… and ${letters.length - start.length} more characters`;
}

function takeWhileRoom(parts: string[], between: string, most: number): string[] {
  const kept: string[] = [];
  let room = most;
  for (const part of parts.map(escaped)) {
    room -= Buffer.byteLength(part + between);
    if (room < 0) break;
    kept.push(part);
  }
  return kept;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
