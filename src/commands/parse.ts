import { distance } from "fastest-levenshtein";
import { courtesyIn, withoutCourtesy } from "../questions/courtesy.ts";
import { COMMAND_WORDS, type CommandName, commandOf, findCommand } from "./command.ts";
import { saidInstead } from "./said-instead.ts";
import { type Fields, TAILS, type Tail, takeMilestone } from "./tails.ts";

/** One way to divide what was said into a connector's name and the rest. */
export interface Split {
  name: string;
  fields: Fields;
}

export type Parsed =
  | { kind: "said"; command: CommandName; fields: Fields }
  /** A command about a connector: `splits` are the possible readings, the longest name first. */
  | { kind: "named"; command: CommandName; splits: Split[] }
  | { kind: "unknown"; text: string; meant?: string }
  | { kind: "unreadable"; why: "empty" | "too-long" | "control-characters" };

export const MAX_TEXT = 4000;
/** A name's length, in the letters people see; the longest published title has 32. */
export const MAX_NAME = 100;

/** What a message asks for. Pure and total: every text gives one of the kinds. */
export function parse(text: string): Parsed {
  const said = withoutGestures(tidy(text));
  if (said === "") return { kind: "unreadable", why: "empty" };
  const why = readability(said);
  if (why) return { kind: "unreadable", why };

  const lower = said.toLowerCase();
  const word = COMMAND_WORDS.find((one) => lower === one || (lower.startsWith(`${one} `) && takesMore(one)));
  const command = word && findCommand(word);
  if (!word || !command) return silencing(said) ?? unknown(said);
  const rest = said.slice(word.length).trim();
  const { shape, nameless } = commandOf(command);
  // "Hello there, Shepherd" is a greeting; "hi, when does it reach Germany" is more.
  if (command === "hello")
    return rest === "" || withoutCourtesy(said) === ""
      ? { kind: "said", command, fields: {} }
      : unknown(said);
  if (shape === "words" || shape === "alone")
    return { kind: "said", command, fields: rest ? { words: rest } : {} };
  if (shape === "new-name") return { kind: "said", command, fields: { name: unquote(rest) } };
  if (nameless && rest === "") return { kind: "said", command, fields: {} };
  return { kind: "named", command, splits: splitsOf(rest, TAILS[command]) };
}

const SILENCING =
  /^(mute|unmute|unsnooze|snooze|acknowledge|ack)(?: (?:(?:all|the|my|our) )*(?:reminders|notifications)(?: (?:for|of|about))?)?(?: (.+))?$/i;

/** "snooze contoso until monday": what can follow "reminders contoso" can stand before it as well. */
function silencing(said: string): Parsed | undefined {
  const [, verb, rest = ""] = SILENCING.exec(said) ?? [];
  if (verb === undefined) return undefined;
  const tail: Tail = (words) => TAILS.reminders?.([verb, ...words]);
  return { kind: "named", command: "reminders", splits: splitsOf(rest, tail, tail([])) };
}

function takesMore(word: string): boolean {
  const command = findCommand(word);
  return command !== undefined && commandOf(command).shape !== "alone";
}

/** Words of a question, of a person who means no command by them. */
const ASKING =
  /[?？]\W*$|^(?:what|whats|when|where|who|why|how|which|can|could|do|does|did|is|are|was|will|would|should|must|may)\b|\s(?:what|whats|when|where|who|why|how|which|whether)\b/i;
const ASKING_FOR_A_NAME =
  /[\p{L}\p{N}][?？]\W*$|[?？]\s+(?:please|pls)\W*$|[\p{L}\p{N}] (?:please|pls)[?？]\W*$/iu;
/** "a category", "my submission", "for the program": no name begins so. */
const NO_NAME = /^(?:an?|my|our|another|as|for|to|some|more)\s/i;
const NO_NAME_OF_ONE = /^(?:my|our|another)\s/;
const ASKING_AT_END = /\b(?:how|where|when|why)\W*$/i;

/**
 * A text that is asked rather than ordered: by its mark, or by its words. What is quoted is a name, whatever it says; and
 * to "What's next" a connector can be renamed.
 */
export function asks(text: string, command?: CommandName): boolean {
  const unquoted = tidy(text).replace(/["“«][^"”»]*["”»]/gu, "x");
  return (command === "rename" ? ASKING_FOR_A_NAME : ASKING).test(unquoted);
}

/**
 * Whether a command about no connector has words that it can't take: "list of criteria", "help me with the SAS URI", "add a
 * category". `perhaps`: it can, but a question is as likely.
 */
export function isQuestioning(
  text: string,
  { command, fields }: Extract<Parsed, { kind: "said" }>,
): "yes" | "perhaps" | "no" {
  const words = fields.words ?? fields.name ?? "";
  if (command === "ask" || !/\p{L}/u.test(words)) return "no";
  if (command === "help") {
    const isOurs = findCommand(words.toLowerCase()) ?? saidInstead(words, asks(words));
    return isOurs ? "no" : words.includes(" ") ? "yes" : "perhaps";
  }
  if (command === "list") return /^\d+$/.test(words) ? "no" : words.includes(" ") ? "yes" : "perhaps";
  if (command !== "track") return asks(words) ? "yes" : "no";
  if (/["“«]/.test(text)) return "no";
  const isMarked = /[?？]\W*$/.test(words);
  // Connectors are called "Did You Mean This", "My Acclaro" and "What's next": "track" has the last word there.
  if (/^track\b/i.test(tidy(text)))
    return isMarked ? "yes" : ASKING_AT_END.test(words) || NO_NAME_OF_ONE.test(words) ? "perhaps" : "no";
  return isMarked || asks(words) || NO_NAME.test(words) ? "yes" : "perhaps";
}

/** "Hi, Shepherd", "list.", "what is due?" and "/status" begin with the command that was meant. */
function withoutGestures(said: string): string {
  const bare = said.replace(/(?<=\p{L})[?!.]+$/u, "");
  if (COMMAND_WORDS.includes(bare.toLowerCase())) return bare;
  const [begin = "", word = ""] = /^\/?([a-z][a-z-]*)[!?.,;:]*(?= |$)/i.exec(said) ?? [];
  return COMMAND_WORDS.includes(word.toLowerCase()) ? word + said.slice(begin.length) : said;
}

/** Why a text, tidied, can't be taken. */
export function readability(text: string): "too-long" | "control-characters" | undefined {
  if (text.length > MAX_TEXT) return "too-long";
  return hasControlCharacters(tidy(text)) ? "control-characters" : undefined;
}

/** Without characters that no one types: several blanks in a row, a byte order mark, soft hyphens, blanks around. */
export function tidy(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\ufeff\u00ad\u200b]/g, "")
    .replace(/[\s\u00a0]+/g, " ")
    .trim();
}

/** Characters that steer a terminal or turn the reading direction of what follows. */
function hasControlCharacters(text: string): boolean {
  return /[\p{Cc}\u202a-\u202e\u2066-\u2069]/u.test(text);
}

/** `whole`: what is said where nothing but a name is left. */
function splitsOf(rest: string, tail: Tail | undefined, whole: Fields = {}): Split[] {
  const quoted = /^["“«]([^"”»]+)["”»]\s*(.*)$/u.exec(rest);
  const words = rest === "" ? [] : rest.split(" ");
  const splits: Split[] = [];
  if (quoted?.[1] !== undefined) {
    const after = quoted[2] ? quoted[2].split(" ") : [];
    const fields = after.length === 0 ? whole : tail?.(after);
    if (fields) splits.push({ name: quoted[1].trim(), fields });
  }
  for (let count = words.length; count >= 0; count -= 1) {
    const name = words.slice(0, count).join(" ");
    if ([...name].length > MAX_NAME) continue;
    const fields = count === words.length ? whole : tail?.(words.slice(count));
    if (fields) splits.push({ name: unquote(name), fields });
  }
  return splits;
}

export function unquote(name: string): string {
  return /^(["“«]).+(["”»])$/u.test(name) ? name.slice(1, -1).trim() : name;
}

function unknown(text: string): Parsed {
  const bare = withoutCourtesy(text);
  const instead = saidInstead(bare || text, asks(text));
  if (instead?.does === "says") return parse(instead.text);
  if (instead) return { kind: "unknown", text, meant: instead.text };
  if (bare === "" && !courtesyIn(text)) return { kind: "said", command: "hello", fields: {} };
  if (bare !== "" && bare !== text) {
    const within = parse(bare);
    if (within.kind !== "unknown" && within.kind !== "unreadable") return within;
  }
  const [first = "", ...rest] = text.split(" ");
  // "submitted" alone, or "report passed yesterday": what is to be marked.
  if (takeMilestone(text.split(" "))) return { kind: "unknown", text, meant: `mark ${text}` };
  const near = first.length >= 3 ? closest(first.toLowerCase()) : undefined;
  const meant = near && [near, ...rest].join(" ");
  const helps = meant !== undefined && meant !== text && parse(meant).kind !== "unknown";
  return { kind: "unknown", text, ...(helps && { meant }) };
}

function closest(word: string): string | undefined {
  const near = COMMAND_WORDS.filter((one) => distance(one, word) <= (word.length > 4 ? 2 : 1));
  return near.toSorted((a, b) => distance(a, word) - distance(b, word))[0];
}
