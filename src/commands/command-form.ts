/** How the words after a command are read (commands/tails.ts). */
type Shape =
  /** Everything after the command is one text. */
  | "words"
  /** Nothing: the command's words are the whole message. */
  | "alone"
  /** The name of a connector that need not exist yet. */
  | "new-name"
  /** The name of a followed connector, and nothing else. */
  | "name"
  /** The name of a followed connector, then more. */
  | "name-and-more";

export interface Command {
  words: readonly string[];
  usage: string;
  summary: string;
  examples: readonly string[];
  shape: Shape;
  /** It can be said without naming a connector. */
  nameless?: true;
  group: "Start" | "Follow" | "Certify" | "Dates" | "GA" | "Reminders" | "Workspace";
}
