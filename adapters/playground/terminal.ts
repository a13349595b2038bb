import { createInterface, type Interface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { styleText } from "node:util";
import type { DateTime } from "luxon";
import {
  type Address,
  type Assistant,
  type Button,
  type Clock,
  type Delivery,
  type Messenger,
  plainText,
  type Reply,
  type ReplyFile,
  readDuration,
  readWhen,
  type Said,
  type StandingClock,
  type WorkspaceId,
  writtenFile,
} from "../../src/index.ts";
import { saveFile } from "./save-file.ts";
import { waitUntil } from "./waiting.ts";

export interface TerminalOptions {
  input: Readable;
  output: Writable;
  /** A person types: greet, and show where to. */
  isInteractive: boolean;
  /** How wide the window is. */
  columns(): number;
  /** One JSON reply a line instead of text. */
  json: boolean;
  clock: Clock;
  /** The same clock when it stands still, and so can be pushed by /wait. */
  standing?: StandingClock;
  /** Where files are saved: the current folder unless it is given. */
  folder?: string;
  /** The person's IANA zone. */
  zone: string;
}

/** The only workspace in which the terminal speaks. */
export const TERMINAL = "terminal" as WorkspaceId;
const HERE = "terminal:here" as Address;
const HELP = "/wait 3d or /wait until 2026-11-09 pushes the clock (with --now), /quit ends.";

/** A conversation in a terminal: lines in, replies out, reminders between them. */
export interface Terminal {
  messenger: Messenger;
  /** Reads until the input ends or someone types /quit. */
  converse(assistant: Assistant): Promise<void>;
}

export function openTerminal(options: TerminalOptions): Terminal {
  const { output, json, clock } = options;
  let offered: readonly Button[] = [];
  let count = 0;
  let lines: Interface | undefined;

  function timeNow(): string | null {
    return clock.now().setZone(options.zone).toISO({ suppressMilliseconds: true });
  }

  function show(reply: Reply, kind: "answer" | "reminder"): void {
    offered = reply.blocks.flatMap((block) => (block.kind === "buttons" ? block.buttons : []));
    const text = plainText(reply);
    const at = timeNow();
    if (json) {
      const [file] = filesOf(reply).map(writtenFile);
      output.write(`${JSON.stringify({ kind, at, ...reply, text, ...(file && { file }) })}\n`);
    } else output.write(`${kind === "reminder" ? `--- reminder, ${at} ---\n` : ""}${forPeople(text)}\n\n`);
  }

  /** What the terminal itself has to say. */
  function tell(text: string): void {
    if (json)
      output.write(`${JSON.stringify({ kind: "answer", at: timeNow(), title: text, blocks: [], text })}\n`);
    else output.write(`${forPeople(text)}\n\n`);
  }

  /** In a window: the answer stands out, and no word is broken at the edge. */
  function forPeople(text: string): string {
    if (!options.isInteractive) return text;
    const [title = "", ...rest] = text.split("\n").map((line) => wrap(line, options.columns()));
    return [styleText("bold", title), ...rest].join("\n");
  }

  async function send(_to: Address, reply: Reply): Promise<Delivery> {
    if (options.isInteractive) output.write("\n");
    show(reply, "reminder");
    lines?.prompt(true);
    return { kind: "sent" };
  }

  async function hear(line: string, assistant: Assistant): Promise<void> {
    const number = /^\[?(\d{1,2})[\].)]?$/.exec(line)?.[1];
    const pressed = number === undefined ? undefined : offered[Number(number) - 1];
    if (number !== undefined && !pressed) {
      return tell(
        offered.length > 0
          ? `There is no button ${line}; the last answer has ${offered.length}.`
          : `There is no button ${line} to press. Type help.`,
      );
    }
    const said: Said = pressed
      ? { kind: "press", action: pressed.action, fields: pressed.fields }
      : { kind: "text", text: line };
    count += 1;
    const reply = await assistant.answer({
      id: `${process.pid}-${performance.timeOrigin}-${count}`,
      workspace: TERMINAL,
      from: { id: "you", name: "you" },
      where: HERE,
      setting: "direct",
      said,
    });
    if (!reply) return;
    show(reply, "answer");
    if (!json) for (const file of filesOf(reply)) await save(file);
  }

  /** A terminal has no link to click: a file is put where the person is. */
  async function save(file: ReplyFile): Promise<void> {
    const saved = await saveFile(file, options.folder ?? ".");
    tell("path" in saved ? `Saved as ${saved.path}.` : saved.problem);
  }

  /** Pushes the clock, stopping at each reminder on the way. */
  async function wait(words: string, assistant: Assistant): Promise<void> {
    const { standing } = options;
    if (!standing) return tell(`The clock runs by itself; start with --now 2026-11-03T09:15 to push it.`);
    const target = readTarget(words, standing.now(), options.zone);
    if (!target)
      return tell(`“${words}” is no time to wait. Type /wait 3d, /wait 4h or /wait until 2026-11-09 09:00.`);
    if (target < standing.now()) return tell("The clock only goes forward; nothing was changed.");
    await waitUntil(target, standing.now(), standing.push, assistant);
    tell(
      `It is ${standing.now().setZone(options.zone).setLocale("en-US").toFormat("ccc d LLL yyyy, HH:mm ZZZZ")}.`,
    );
  }

  async function converse(assistant: Assistant): Promise<void> {
    const prompt = options.isInteractive && !json ? "> " : "";
    const reading = createInterface({
      input: options.input,
      ...(options.isInteractive && { output }),
      prompt,
    });
    if (options.isInteractive) {
      await hear("hi", assistant);
      tell(`Type a command, or the number of a button. ${HELP}`);
    }
    lines = reading;
    // What was piped may end long before it is answered.
    reading.once("close", () => {
      lines = undefined;
    });
    reading.prompt();
    for await (const typed of reading) {
      const line = typed.trim();
      if (/^\/(?:quit|exit|q)$/i.test(line)) break;
      const [, words] = /^\/wait\b\s*(.*)$/i.exec(line) ?? [];
      if (words !== undefined) await wait(words, assistant);
      else if (line.startsWith("/")) tell(`“${line.slice(0, 40)}” is not known here: ${HELP}`);
      else if (line !== "" || options.json) await hear(line, assistant);
      lines?.prompt();
    }
    reading.close();
  }

  return { messenger: { send }, converse };
}

function filesOf({ blocks }: Reply): ReplyFile[] {
  return blocks.flatMap((block) => (block.kind === "file" ? [block.file] : []));
}

function readTarget(words: string, now: DateTime, zone: string): DateTime | undefined {
  const length = readDuration(words.replace(/^for\s+/i, ""));
  if (length !== undefined) return now.plus(length);
  const read = readWhen(words.replace(/^until\s+/i, ""), now.setZone(zone), zone, "future");
  return "refused" in read ? undefined : read.at;
}

/** Breaks a line between words; what follows stands under the value of a fact, or under the text of an item. */
function wrap(line: string, columns: number): string {
  const indent = /^(?: {2}\S.{0,24}? {2,}| *(?:- )?)/.exec(line)?.[0].length ?? 0;
  const rows: string[] = [];
  let row = line;
  while (row.length > columns) {
    const at = row.lastIndexOf(" ", columns);
    if (at <= indent) break;
    rows.push(row.slice(0, at));
    row = " ".repeat(indent) + row.slice(at + 1);
  }
  return [...rows, row].join("\n");
}
