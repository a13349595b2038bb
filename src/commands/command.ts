import type { Command } from "./command-form.ts";
import { REMINDER_COMMANDS } from "./reminder-commands.ts";

export type { Command } from "./command-form.ts";

/**
 * Every command, once: the parser, the help and the platforms' manifests are made from this table.
 * `words`: the command's own word first, then its synonyms.
 */
export const COMMANDS = {
  help: {
    words: ["help", "?", "commands", "usage", "man", "what can you do", "what can i ask", "help me"],
    usage: "help [command]",
    summary: "what I can do, or one command in detail",
    examples: ["help", "help mark"],
    shape: "words",
    group: "Start",
  },
  hello: {
    words: ["hi", "hello", "hey", "start", "good morning", "good afternoon", "moin"],
    usage: "hi",
    summary: "a greeting and the first useful thing to do",
    examples: ["hi"],
    shape: "words",
    group: "Start",
  },
  ask: {
    words: ["ask", "question"],
    usage: "ask <question>",
    summary: "a question in your own words; without “ask” it is understood too",
    examples: ["ask how long does the review take?", "when do german customers get Contoso CRM?"],
    shape: "words",
    group: "Start",
  },
  track: {
    words: ["track", "add", "register"],
    usage: "track <name>",
    summary: "start tracking a connector",
    examples: ["track Contoso CRM"],
    shape: "new-name",
    group: "Follow",
  },
  list: {
    words: [
      "list",
      "ls",
      "portfolio",
      "connectors",
      "what is due",
      "what's due",
      "whats due",
      "what is urgent",
      "what's urgent",
      "urgent",
      "what is due today",
      "list all",
    ],
    usage: "list [page]",
    summary: "all connectors, the most urgent first",
    examples: ["list", "list 2"],
    shape: "words",
    group: "Follow",
  },
  status: {
    words: ["status", "where", "how far", "show", "where is"],
    usage: "status <name> [history]",
    summary: "where it is, what is next, by when, and what if that is missed",
    examples: ["status Contoso CRM", "status Contoso CRM history"],
    shape: "name-and-more",
    group: "Follow",
  },
  rename: {
    words: ["rename"],
    usage: "rename <name> to <new name>",
    summary: "give a connector another name",
    examples: ["rename Contoso CRM to Contoso Sales"],
    shape: "name-and-more",
    group: "Follow",
  },
  undo: {
    words: ["undo", "take back", "oops"],
    usage: "undo <name>",
    summary: "take back the last change",
    examples: ["undo Contoso CRM"],
    shape: "name",
    group: "Follow",
  },
  untrack: {
    words: ["untrack", "unregister", "remove", "delete", "stop following"],
    usage: "untrack <name>",
    summary: "stop tracking a connector (asks first, can be undone)",
    examples: ["untrack Contoso CRM"],
    shape: "name-and-more",
    group: "Follow",
  },
  next: {
    words: ["next", "guide", "step", "what's next", "whats next", "what is next", "todo"],
    usage: "next <name>",
    summary: "the step to take now, where in Partner Center, and how to check it",
    examples: ["next Contoso CRM"],
    shape: "name",
    group: "Certify",
  },
  done: {
    words: ["done", "tick", "check"],
    usage: "done <name> [step] [what you entered]",
    summary: "tick the step off; what you give is checked",
    examples: ["done Contoso CRM", "done Contoso CRM categories Productivity, Sales and CRM"],
    shape: "name-and-more",
    group: "Certify",
  },
  mark: {
    words: ["mark", "record", "milestone"],
    usage: "mark <name> <milestone> [when]",
    summary:
      "record what happened: submitted, report-passed, report-failed, go-live, start, all-regions, pull-request, ga-requested, ga, update",
    examples: [
      "mark Contoso CRM submitted",
      "mark Contoso CRM go-live yesterday 3pm",
      "mark Contoso CRM start 2026-12-11",
    ],
    shape: "name-and-more",
    group: "Certify",
  },
  window: {
    words: ["window", "link", "test window"],
    usage: "window <name>",
    summary: "the preview-test link: when it expires, and how much business time is left",
    examples: ["window Contoso CRM"],
    shape: "name",
    group: "Dates",
  },
  eta: {
    words: ["eta", "rollout", "waves"],
    usage: "eta [name] [place] [if <milestone> <when>]",
    summary: "which region gets it when; also as a what-if",
    examples: [
      "eta Contoso CRM",
      "eta Contoso CRM Germany",
      "eta if go-live friday",
      "eta Contoso CRM UK if go-live tomorrow",
    ],
    shape: "name-and-more",
    nameless: true,
    group: "Dates",
  },
  forecast: {
    words: ["forecast", "plan", "outlook"],
    usage: "forecast <name>",
    summary: "earliest and latest date of every milestone still ahead",
    examples: ["forecast Contoso CRM"],
    shape: "name",
    group: "Dates",
  },
  calendar: {
    words: ["calendar", "ics", "ical", "calendar file"],
    usage: "calendar <name>",
    summary: "its dates as a file for your calendar program",
    examples: ["calendar Contoso CRM"],
    shape: "name",
    group: "Dates",
  },
  evidence: {
    words: ["evidence", "figures", "metrics"],
    usage: "evidence <name> key=value …",
    summary:
      "note figures for GA: availability, slo, success or responses, users, connections, backend, support, live-since, customer-requires",
    examples: [
      "evidence Contoso CRM availability=99.97 slo=99.6 backend=yes support=yes",
      "evidence Contoso CRM responses=2xx:900,4xx:40,429:10 users=510,530,505",
    ],
    shape: "name-and-more",
    group: "GA",
  },
  ready: {
    words: ["ready", "readiness", "criteria"],
    usage: "ready <name>",
    summary: "each GA criterion: met, unmet or unknown, and how far off",
    examples: ["ready Contoso CRM"],
    shape: "name",
    group: "GA",
  },
  request: {
    words: ["request", "mail", "email"],
    usage: "request <name> [clouds …]",
    summary: "the e-mail that asks Microsoft for GA, ready to send",
    examples: ["request Contoso CRM", "request Contoso CRM GCC DoD=https://api.contoso.us"],
    shape: "name-and-more",
    group: "GA",
  },
  ...REMINDER_COMMANDS,
} as const satisfies Record<string, Command>;

export type CommandName = keyof typeof COMMANDS;

export const COMMAND_NAMES = Object.keys(COMMANDS) as CommandName[];

export function commandOf(name: CommandName): Command {
  return COMMANDS[name];
}

export function isCommandName(text: string): text is CommandName {
  return Object.hasOwn(COMMANDS, text);
}

const BY_WORD: ReadonlyMap<string, CommandName> = new Map(
  COMMAND_NAMES.flatMap((name) => [...COMMANDS[name].words, name].map((word) => [word, name] as const)),
);

/** The command that a word, or one of its synonyms, names. */
export function findCommand(word: string): CommandName | undefined {
  return BY_WORD.get(word.toLowerCase());
}

/** Every word a command can begin with, the longest first ("how far" before "how"). */
export const COMMAND_WORDS = [...BY_WORD.keys()].toSorted((a, b) => b.length - a.length);
