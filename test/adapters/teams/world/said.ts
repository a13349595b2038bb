import type { Fields } from "./json.ts";
import type { Places, Profile } from "./places.ts";

/** What someone types, as Teams passes it on. */
export interface Said {
  text: string;
  /** How often the bot is mentioned: once at the beginning, once more at the end. */
  mentions: number;
  /** Others who are mentioned, where their name stands, or at the end. */
  also?: Profile[];
  /** The text of the activity as it is, instead of all that. */
  typed?: string;
}

type Account = Pick<Profile, "id" | "name">;

/** The text of an activity, the same as HTML, and an entity for each mention. */
export function written({ botId: id, botName }: Places, { text, mentions, also = [], typed }: Said): Fields {
  const bot: Account = { id, name: botName };
  const before = mentions > 0 ? [bot] : [];
  const after = Array.from({ length: Math.max(0, mentions - 1) }, () => bot);
  const { pieces, mentioned } = withMentions(text, also);
  const all: (string | Account)[] = [
    ...before.flatMap((one) => [one, "\u00a0"]),
    ...pieces,
    ...after.flatMap((one) => ["\u00a0", one]),
  ];
  const plain = all.map((piece) => (typeof piece === "string" ? escaped(piece) : tagOf(piece))).join("");
  let itemid = 0;
  const html = all.map((piece) => {
    if (typeof piece === "string") return escaped(piece).replaceAll("\n", "<br>");
    const span = `<span itemtype="http://schema.skype.com/Mention" itemscope="" itemid="${itemid}">`;
    itemid += 1;
    return `${span}${escaped(piece.name)}</span>`;
  });
  return {
    text: typed ?? plain,
    textFormat: "plain",
    attachments: [{ contentType: "text/html", content: `<p>${typed ?? html.join("")}</p>` }],
    entities: [...before, ...mentioned, ...after].map(mentionOf),
  };
}

function withMentions(text: string, also: Account[]) {
  let pieces: (string | Account)[] = [text];
  for (const person of also) {
    const isThere = pieces.some((piece) => typeof piece === "string" && piece.includes(person.name));
    const next = isThere ? pieces : [...pieces, ` ${person.name}`];
    pieces = next.flatMap((piece) => (typeof piece === "string" ? split(piece, person) : [piece]));
  }
  const mentioned = pieces.filter((piece) => typeof piece !== "string");
  return { pieces: pieces.filter((piece) => piece !== ""), mentioned };
}

function split(text: string, person: Account): (string | Account)[] {
  return text.split(person.name).flatMap((piece, at) => (at === 0 ? [piece] : [person, piece]));
}

function mentionOf(account: Account): Fields {
  const { id, name } = account;
  return { type: "mention", mentioned: { id, name }, text: tagOf(account) };
}

function tagOf({ name }: Account): string {
  return `<at>${escaped(name)}</at>`;
}

function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll("\u00a0", "&nbsp;");
}
