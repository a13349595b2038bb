import type { StoreError } from "../ports.ts";
import type { Block, Button, Reply } from "../reply.ts";
import type { When } from "../scheduling/when.ts";
import type { SecretKind } from "../secrets.ts";
import { about, buttons, listText, plural, privately, reply, say, text, warning } from "./parts.ts";
import { clip } from "./printable.ts";

interface Named {
  id: string;
  name: string;
}

const SHOWN = 5;

export function unreadableReply(why: "empty" | "too-long" | "control-characters", max: number): Reply {
  const sentence = {
    empty: "There was nothing to read in that message.",
    "too-long": `That message has more than ${max} characters; a command is shorter. Nothing was changed.`,
    "control-characters": "That message contains control characters. Nothing was changed.",
  }[why];
  return reply(
    sentence,
    text("Type ", { bold: "help" }, " to see what I can do."),
    buttons(say("Help", "help", "help")),
  );
}

/** Words that are no command. `meant` is the nearest one, with the rest as it was. */
export function unknownReply(said: string, meant?: string): Reply {
  return reply(
    `I don't know the command “${shorten(said)}”${meant ? `; did you mean “${shorten(meant)}”?` : "."} Nothing was changed.`,
    text("Type ", { bold: meant ?? "help" }, "."),
    buttons(
      meant ? say(shorten(meant, 40), meant, "say", { text: meant }) : undefined,
      say("Help", "help", "help"),
    ),
  );
}

/** A name nobody follows here. `suggest` is what would work instead. */
export function notFollowedReply(
  name: string,
  near: readonly Named[],
  command: string,
  fields: Record<string, string>,
): Reply {
  return reply(
    `No connector called “${shorten(name)}” is tracked here. Nothing was changed.`,
    near.length > 0
      ? text(`Tracked here: ${listText(near.map((one) => one.name))}.`)
      : text("Track it first: ", { bold: `track ${shorten(name)}` }, "."),
    buttons(
      ...near.slice(0, 3).map((one) => about(one, command, one.name, fields)),
      say(`Track ${shorten(name, 30)}`, `track ${name}`, "track", { name }),
      say("List", "list", "list"),
    ),
  );
}

/** Which one? Pressing a name says the same command about it. */
export function whichReply(
  command: string,
  fields: Record<string, string>,
  found: readonly Named[],
  name: string,
): Reply {
  const shown = found.slice(0, SHOWN);
  return reply(
    name
      ? `“${shorten(name)}” could be ${plural(found.length, "connector")}: ${listText(
          shown.map((one) => one.name),
          "or",
        )}${found.length > SHOWN ? ` … and ${found.length - SHOWN} more` : ""}. Nothing was changed.`
      : `Which connector? ${plural(found.length, "is", "are")} tracked here.`,
    text("Press one, or type more of its name: ", { bold: `${command} ${shown[0]?.name ?? ""}` }, "."),
    buttons(...shown.map((one): Button => about(one, command, one.name, fields))),
  );
}

/** A command about a connector when there is none at all. */
export function noneFollowedReply(command: string): Reply {
  return reply(
    `No connector is tracked here yet, so “${command}” has nothing to work on.`,
    text("Begin with ", { bold: "track Contoso CRM" }, " (your connector's name)."),
    buttons(say("How to track one", "help track", "help", { words: "track" })),
  );
}

/** @param formWith makes the form to try again with, from what is wrong with the name */
export function nameProblemReply(
  problem: "missing" | "too-long" | "marks",
  command: string,
  max: number,
  formWith: (problem: string) => Block,
): Reply {
  const sentence = {
    missing: "A name is missing.",
    "too-long": `That name is longer than ${max} characters.`,
    marks: "That name has more marks on a letter than any script needs.",
  }[problem];
  return reply(`${sentence} Nothing was changed.`, text("Type ", { bold: command }, "."), formWith(sentence));
}

export type Refusal = Extract<When, { refused: string }>["refused"];

/** What is wrong with a date. `understood` is the part that was, or was not. */
export function whenProblemText(given: string, refused: Refusal, understood?: string): string {
  const shown = shorten(given, 60);
  const sentences: Record<Refusal, string> = {
    empty: "A time is missing.",
    "not-a-date": `“${shown}” is no time I understand${understood && understood !== given ? ` (“${shorten(understood, 30)}” is unclear)` : ""}.`,
    impossible: `“${shown}” is a date that does not exist.`,
    ambiguous: `“${shown}” can be read as two different dates; write the month as a word or the date as 2026-11-03.`,
    "too-far": `“${shown}” is too far away to be meant: earlier than 2000, or more than five years ahead.`,
  };
  return sentences[refused];
}

/** A date that can't be read. `formWith` makes the form to try again with, from what is wrong. */
export function whenProblemReply(
  given: string,
  refused: Refusal,
  understood: string | undefined,
  example: string,
  formWith?: (problem: string) => Block | undefined,
): Reply {
  const problem = whenProblemText(given, refused, understood);
  return reply(
    `${problem} Nothing was changed.`,
    text("Type for example ", { bold: example }, "."),
    formWith?.(problem),
  );
}

/** A secret was pasted. What it was in is not acted on, unless the caller says so. */
export function secretReply(kinds: readonly SecretKind[]): Reply {
  return privately(
    `That message held what looks like ${listText(kinds.map((kind) => SECRET[kind]))}; it was neither kept nor acted on. Rotate it.`,
    text(
      "Anyone who could read the message may have it. Secrets belong in Partner Center only; send the message again without it.",
    ),
  );
}

/** The signature of a SAS URI that was asked for was left out of everything kept. */
export function withSignatureWarning(answer: Reply, setting: "direct" | "shared"): Reply {
  const seen =
    setting === "shared" ? " Others could read it here: make a new one, and give it in a direct chat." : "";
  const note = warning(`the signature of a SAS URI is a secret; it was not kept.${seen}`);
  return { ...answer, audience: "asker", blocks: [note, ...answer.blocks] };
}

const SECRET: Record<SecretKind, string> = {
  sas: "a SAS signature",
  "slack-token": "a Slack token",
  "client-secret": "a client secret",
  "account-key": "a storage account key",
  jwt: "an access token",
  "private-key": "a private key",
  "github-token": "a GitHub token",
  password: "a password or an access token",
};

/** The store failed: told apart from "nothing found". */
export function storeDownReply(reason: StoreError["reason"]): Reply {
  return reply(`${STORE_DOWN[reason]} Nothing was changed; the operator finds more in the log.`);
}

const STORE_DOWN: Record<StoreError["reason"], string> = {
  unreachable: "What is kept can't be reached right now; try again in a minute.",
  busy: "Too many are writing right now; try again in a moment.",
  unwritable: "Nothing can be kept right now: the disk may be full or read-only.",
  damaged: "A part of what is kept can't be read: it is damaged, and has to be restored from a copy.",
  "newer-schema": "What is kept was written by a newer version of me.",
  "not-ours": "The database belongs to another program.",
};

/** A fault of ours. `id` is what the log knows it by. */
export function faultReply(id: string): Reply {
  return reply(
    `Something went wrong on my side and nothing was changed. The operator can find it as ${id}.`,
    buttons(say("Help", "help", "help")),
  );
}

export function unknownPressReply(): Reply {
  return reply(
    "That button belongs to an older version; nothing was changed.",
    buttons(say("Help", "help", "help"), say("List", "list", "list")),
  );
}

export function gonePressReply(): Reply {
  return reply(
    "The connector of that button is not tracked here any more; nothing was changed.",
    buttons(say("List", "list", "list")),
  );
}

function shorten(text: string, max = 80): string {
  return clip(text.toWellFormed(), max);
}

/** To someone of another organisation who sees the same channel. */
export function guestReply(): Reply {
  return privately(
    "I answer the members of the workspace I am installed in; nothing was read or changed.",
    text("Ask a member of it, or install me in your own workspace."),
  );
}

/** To someone who still finds the command of an app that may do nothing any more. */
export function notInstalledReply(): Reply {
  return privately(
    "I am not installed in this workspace any more, so nothing was done.",
    text("Ask who looks after your apps to install me again; what is followed is kept until I am removed."),
  );
}

/** To someone in a channel that others than the workspace's members can read. */
export function sharedOutsideReply(): Reply {
  return privately(
    "This channel is shared with another organisation, so the answer was not put into it.",
    text("Answers here are for you alone; share them in a channel of your own."),
  );
}

/** To someone in a private channel that we are not in. */
export function unseenChannelReply(): Reply {
  return privately(
    "I am not in this channel, so I can't tell who reads it, and the answer was not put into it.",
    text("Type ", { bold: "/invite @Shepherd" }, " in it, then share the answer again."),
  );
}

/** Where an answer is that is for one person alone: in the chat with them, or still to be asked for there. */
export function elsewhereReply(where: "chat" | "nowhere"): Reply {
  return reply(
    where === "chat"
      ? "The answer is for you alone, so it is in our chat."
      : "The answer is for you alone, and I can't put it before you here: open a chat with me, and ask there.",
  );
}

/** An answer whose file nobody can fetch from us: the words of it are left. */
export function withoutFiles(answer: Reply): Reply {
  const sentence =
    "The file can't be fetched here, because my own address is not known: who runs me has to set PUBLIC_URL.";
  const blocks = answer.blocks.filter(({ kind }) => kind !== "file");
  const { headline, title } = reply(sentence);
  return { ...answer, headline, title, blocks: [text(...answer.headline), ...blocks] };
}

export function tooManyReply(): Reply {
  return privately("That was too much at once, and nothing more was done: try again in a few seconds.");
}

export function uploadFailedReply(): Reply {
  return reply("The file could not be sent just now; ask for it again in a minute. Nothing was changed.");
}
