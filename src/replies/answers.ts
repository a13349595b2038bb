import { SILENCES } from "../questions/silences.ts";
import type { TopicId, Yours } from "../questions/topic.ts";
import { TOPICS } from "../questions/topics.ts";
import type { Button, Reply, Spans } from "../reply.ts";
import { placeNamed, WAVES } from "../scheduling/places.ts";
import { about, buttons, reply, reported, say, settled, sources, text } from "./parts.ts";
import { clip } from "./printable.ts";

/** What a followed connector's own record adds to a topic's answer. */
export interface YourPart {
  connector: { id: string; name: string };
  command: Yours;
  fields: Record<string, string>;
  /** The first line of what the command says. */
  headline: Spans;
  /** Records what the topic is about, where it can have happened. */
  record?: Button;
}

const YOUR_LABEL: Readonly<Record<Yours, string>> = {
  next: "Next step",
  status: "Status",
  window: "Test window",
  eta: "Wave dates",
  forecast: "Forecast",
  ready: "Readiness",
  request: "GA e-mail",
};
const RELATED_SHOWN = 2;
const SHOWN = 60;

/** Topics that the place which was named tells more of. */
const OF_PLACES: ReadonlySet<TopicId> = new Set<TopicId>([
  "deploy.regions",
  "deploy.daily",
  "deploy.duration",
]);

/** A topic's answer, with what it means for the place that was named and for the reader's connector. */
export function topicReply(
  id: TopicId,
  { place, yours }: { place?: string | undefined; yours?: YourPart | undefined } = {},
): Reply {
  const topic = TOPICS[id];
  const more = topic.more ?? [];
  const ofPlace = place && OF_PLACES.has(id) ? placeLine(place) : undefined;
  return reply(
    ofPlace ?? topic.answer,
    ofPlace ? text(topic.answer) : undefined,
    yours && text(...yourLine(yours)),
    more.length > 0 ? { kind: "list", items: more.map((one) => [one]) } : undefined,
    topic.settled ? settled(uncapitalised(topic.settled)) : undefined,
    topic.reported ? reported(uncapitalised(topic.reported)) : undefined,
    sources(...topic.citations),
    buttons(
      yours?.record,
      yours &&
        about(yours.connector, yours.command, YOUR_LABEL[yours.command], yours.fields, yours.fields.place),
      ...topic.related.slice(0, RELATED_SHOWN).map(askButton),
    ),
  );
}

function placeLine(name: string): string | undefined {
  const found = placeNamed(name);
  if (!found) return undefined;
  const wave = WAVES.find(({ number }) => number === found.wave);
  return wave ? `${name} is in wave ${wave.number}: ${wave.name}.` : `The page lists no wave for ${name}.`;
}

/** "For Contoso CRM that means: its test link expires Tue 3 Nov." */
function yourLine({ connector: { name }, headline }: YourPart): Spans {
  const [first = "", ...rest] = headline;
  if (typeof first !== "string") return [`For ${name}: `, ...headline];
  const next = `Next for ${name}: `;
  if (first.startsWith(next)) return [`For ${name}, next is: `, first.slice(next.length), ...rest];
  if (!first.startsWith(name)) return [`For ${name}: `, ...headline];
  const after = first.slice(name.length);
  const words = after.startsWith("'s ")
    ? `its${after.slice(2)}`
    : after.startsWith(":")
      ? after.slice(2)
      : `it${after}`;
  return [`For ${name} that means: `, words, ...rest];
}

/** Unsure: which of these is meant? Pressing one answers it. */
export function choicesReply(question: string, topics: readonly TopicId[]): Reply {
  return reply(
    `I am not sure what you mean by “${clip(question, SHOWN)}”. Is it one of these?`,
    text("Press one, or ask in other words. ", { bold: "help" }, " lists what I can do for a connector."),
    buttons(...topics.map(askButton), say("Help", "help", "help")),
  );
}

/**
 * What the pages don't tell, said plainly.
 *
 * @param found `about`: a theme of silences.ts, where it is clear what was asked for; `nearest`: topics that are near it
 */
export function silenceReply(
  question: string,
  found: { about?: string; nearest?: readonly TopicId[] },
): Reply {
  const silence = found.about === undefined ? undefined : SILENCES[found.about];
  if (silence) {
    const isNear = found.about === "near" || found.about === "nearmiss";
    const nearest = isNear ? (found.nearest ?? []) : silence.nearest;
    return reply(
      silence.line,
      nearest.length > 0 ? text("What they do tell, nearest to that:") : undefined,
      buttons(...nearest.map(askButton), say("Help", "help", "help")),
    );
  }
  return reply(
    `I have no answer to “${clip(question, SHOWN)}”: Microsoft's two pages don't tell, or I did not understand it.`,
    text("Ask in other words, or type ", { bold: "help" }, " for what I can do. Nothing was changed."),
    buttons(say("Help", "help", "help"), askButton("cert.workflow"), askButton("ga.criteria")),
  );
}

/** "ask" alone. */
export function whatToAskReply(): Reply {
  return reply(
    "Ask what you want to know about certification, rollout or GA, in your own words.",
    text("For example: ", { bold: "ask how long does the review take?" }),
    buttons(askButton("cert.workflow"), askButton("deploy.regions"), askButton("ga.criteria")),
  );
}

export function thanksReply(): Reply {
  return partingReply("You're welcome.");
}

export function byeReply(): Reply {
  return partingReply("Until later.");
}

function partingReply(line: string): Reply {
  return reply(
    line,
    text("I remind by myself when something falls due."),
    buttons(say("What is urgent", "list", "list")),
  );
}

/** A press asks for the topic; the same in words is its title. */
function askButton(id: TopicId): Button {
  const { title } = TOPICS[id];
  return say(title, `ask ${title}`, "ask", { topic: id });
}

/** "Our reading: the page …". */
function uncapitalised(words: string): string {
  return /^[A-Z][a-z]/.test(words) && !words.startsWith("Microsoft")
    ? words.charAt(0).toLowerCase() + words.slice(1)
    : words;
}
