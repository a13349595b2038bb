import type { Reply } from "../reply.ts";
import { trackForm } from "./forms.ts";
import { buttons, facts, listText, reply, say, text } from "./parts.ts";

/** A command as help shows it. */
export interface CommandHelp {
  name: string;
  usage: string;
  summary: string;
  examples: readonly string[];
  words: readonly string[];
  group: string;
}

export const WHAT =
  "I follow Power Platform connectors from draft to general availability: where each is, what is next, by when, and what happens if that is missed.";

/** What most people need, in the order in which they need it. */
const EXAMPLES: readonly [says: string, gives: string][] = [
  ["track Contoso CRM", "follow your connector"],
  ["next Contoso CRM", "the step to take now"],
  ["mark Contoso CRM go-live yesterday 3pm", "record what happened"],
  ["eta Contoso CRM Germany", "when a region gets it"],
  ["ready Contoso CRM", "what is missing for GA"],
];

/** First a few things to say, then every command by its word alone: how each is said is for `help <command>`. */
export function helpReply(commands: readonly CommandHelp[], count: number): Reply {
  const groups = Map.groupBy(commands, ({ group }) => group);
  return reply(
    "Say a command and your connector's name, such as “status Contoso CRM”.",
    { kind: "list", items: EXAMPLES.map(([says, gives]) => [{ bold: says }, ` · ${gives}`]) },
    {
      kind: "facts",
      facts: [...groups].map(([label, members]) => ({
        label,
        value: [members.map(({ name, words }) => words[0] ?? name).join(" · ")],
      })),
    },
    text(
      "How each is said: ",
      { bold: "help mark" },
      ". The beginning of a name is enough, and so is one with a letter wrong.",
    ),
    buttons(
      count > 0
        ? say("My connectors", "list", "list")
        : say("How to track one", "help track", "help", { words: "track" }),
      say("If Go live were now", "eta if go-live now", "eta", { milestone: "go-live", when: "now" }),
    ),
  );
}

export function commandHelpReply({ usage, summary, examples, words }: CommandHelp): Reply {
  const [, ...synonyms] = words;
  return reply(
    `${usage}: ${summary}.`,
    { kind: "list", heading: "Examples", items: examples.map((example) => [{ bold: example }]) },
    synonyms.length > 0 ? facts(["Also", listText(synonyms, "or")]) : undefined,
    buttons(say("All commands", "help", "help")),
  );
}

/** A greeting that leads to the first useful answer. */
export function helloReply(count: number): Reply {
  if (count > 0) {
    return reply(
      `Hello. ${count === 1 ? "One connector is" : `${count} connectors are`} tracked here.`,
      text("Ask ", { bold: "list" }, " for what is urgent, or ", { bold: "status" }, " and a name."),
      buttons(say("What is urgent", "list", "list"), say("Help", "help", "help")),
    );
  }
  return reply(
    "Hello. Which connector shall I follow? Type: track and its name.",
    text(WHAT),
    trackForm(),
    {
      kind: "list",
      heading: "Try",
      items: [
        [
          { bold: "track Contoso CRM" },
          " · begin; then “next Contoso CRM” leads through certification step by step",
        ],
        [{ bold: "eta if go-live friday" }, " · when would the regions get it?"],
        [{ bold: "help" }, " · everything I can do"],
      ],
    },
    buttons(
      say("If Go live were now", "eta if go-live now", "eta", { milestone: "go-live", when: "now" }),
      say("Help", "help", "help"),
    ),
  );
}
