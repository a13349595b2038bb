import { type ConnectorCommand, DECIDE_CONNECTOR } from "./commands/decide.ts";
import type { Fields } from "./commands/tails.ts";
import type { Incoming } from "./incoming.ts";
import type { Connector, ConnectorKey, Milestone } from "./lifecycle/connector.ts";
import { isBefore, MOVES, type StageId } from "./lifecycle/stages.ts";
import { possibleMilestones, standingOf } from "./lifecycle/standing.ts";
import { withAccount } from "./lifecycle/steps.ts";
import { type ConnectorName, StoreError } from "./ports.ts";
import { courtesyIn, withoutCourtesy } from "./questions/courtesy.ts";
import { LastAsked, matchAfter } from "./questions/follow-up.ts";
import { asRoute, type Match, type MatchContext } from "./questions/match.ts";
import { COMMAND_OF, ROUTE_OF, ROUTES, type Route, type RouteName } from "./questions/route.ts";
import type { TopicId, Yours } from "./questions/topic.ts";
import { isTopicId, TOPICS } from "./questions/topics.ts";
import {
  byeReply,
  choicesReply,
  silenceReply,
  thanksReply,
  topicReply,
  type YourPart,
} from "./replies/answers.ts";
import { markButton } from "./replies/parts.ts";
import { noneFollowedReply, whichReply } from "./replies/refusals.ts";
import type { Reply } from "./reply.ts";
import { placeNamed } from "./scheduling/places.ts";
import type { Needs, Talk } from "./workspace.ts";

/**
 * What becomes of words that are no command: an answer, or a command about a connector with what was said. `isSure`: it is
 * more than an offer to choose from, or an admission.
 */
export type Inquiry =
  | { kind: "reply"; reply: Reply; isSure: boolean }
  | { kind: "command"; command: ConnectorCommand; name: string; fields: Fields; isSure: true };

/** What was asked last is remembered for so long. */
const REMEMBERED_MS = 30 * 60_000;

/** Names the conversation that a message belongs to: its thread, or else one person's talk in one place. */
export function conversationOf({ thread, where, from }: Incoming): string {
  return JSON.stringify(thread === undefined ? [where, from.id] : [thread]);
}

/** Finds what a question asks for, and remembers it. Rejects with `StoreError`. */
export async function inquire(talk: Talk, text: string): Promise<Inquiry> {
  const kind = courtesyIn(text);
  if (kind) return { kind: "reply", reply: kind === "thanks" ? thanksReply() : byeReply(), isSure: true };
  const question = withoutCourtesy(text) || text;
  const { needs, workspace, view } = talk;
  const names = await needs.store.names(workspace);
  const last = await recall(talk, names);
  const context = { connectors: names.map(({ name }) => name), now: view.now };
  const found = await secondOpinion(needs, question, context, matchAfter(question, last, context));
  switch (found.kind) {
    case "answer":
      return { kind: "reply", reply: await answerFound(talk, found, last, names), isSure: true };
    case "route":
      return takeRoute(talk, found, names);
    case "choices":
      return { kind: "reply", reply: choicesReply(question, found.topics), isSure: false };
    case "none":
      return { kind: "reply", reply: silenceReply(question, found), isSure: false };
  }
}

/** The answer of a topic that was chosen by a button. */
export async function answerTopic(talk: Talk, topic: TopicId): Promise<Reply> {
  const names = await talk.needs.store.names(talk.workspace);
  const last = await recall(talk, names);
  return answerFound(talk, { kind: "answer", topic }, last, names);
}

/** With what the answer means for the connector that was named, is the only one, or was spoken of. */
async function answerFound(
  talk: Talk,
  { topic, connector, place }: Extract<Match, { kind: "answer" }>,
  last: LastAsked | undefined,
  names: readonly ConnectorName[],
): Promise<Reply> {
  // The next step is worth a line only where it is this connector that is asked about.
  const spokenOf = TOPICS[topic].yours === "next" ? undefined : last?.connector;
  const name = connector ?? (names.length === 1 ? names[0]?.name : undefined) ?? spokenOf;
  const about = names.find((one) => one.name === name);
  const kept = about ?? names.find((one) => one.name === last?.connector);
  await remember(talk, { topic, ...(kept && { connector: kept.id }), ...(place && { place }) });
  return topicReply(topic, { place, yours: about && (await yourPart(talk, topic, about, place)) });
}

async function yourPart(
  { needs, workspace, view, asked }: Talk,
  topic: TopicId,
  { id, name }: ConnectorName,
  place: string | undefined,
): Promise<YourPart | undefined> {
  const command = TOPICS[topic].yours;
  const kept = command && (await readIfWhole(needs, { workspace, id }));
  if (!kept) return undefined;
  const known = withAccount(kept, view.settings.accountReady);
  const current = standingOf(known, view.calendar, view.now);
  if (command === "next" && !isOfStage(topic, current.stage)) return undefined;
  const isAsked = command === "eta" && place !== undefined;
  if (!isAsked && !isOfUse(command, current.stage)) return undefined;
  const fields: Fields = isAsked ? { place } : {};
  const { headline } = DECIDE_CONNECTOR[command](asked(fields), known, view).reply;
  const happened = MILESTONE_OF[topic];
  const record =
    happened && possibleMilestones(current).includes(happened)
      ? markButton({ id, name }, current.stage, happened, MOVES[happened].name)
      : undefined;
  return { connector: { id, name }, command, fields, headline, ...(record && { record }) };
}

/** Where a topic is about what is to be done at a stage. */
function isOfStage(topic: TopicId, stage: StageId): boolean {
  if (topic.startsWith("post.")) return stage === "review" || stage === "changes-requested";
  if (topic.startsWith("test.")) return stage === "testing";
  return stage === "account" || stage === "draft";
}

/** Before and after these stages a command has nothing of its own to tell. */
function isOfUse(command: Yours, stage: StageId): boolean {
  if (command === "window") return stage === "testing" || isBefore(stage, "testing");
  if (command === "eta") return !isBefore(stage, "testing") && isBefore(stage, "public-preview");
  if (command === "ready" || command === "request") return !isBefore(stage, "public-preview");
  return command !== "status" || stage === "review";
}

/** Who asks about these may be telling that it has happened. */
const MILESTONE_OF: Partial<Record<TopicId, Milestone>> = {
  "avail.publish": "submitted",
  "post.pass": "report-passed",
  "post.fail": "report-failed",
  "test.golive": "go-live",
  "test.after": "go-live",
  "ga.duration": "ga-requested",
};

/** The command that a route stands for; which connector is asked where it was not said and can't be told. */
async function takeRoute(
  talk: Talk,
  { route, connector, connectors, stranger, place, goLive }: Route,
  names: readonly ConnectorName[],
): Promise<Inquiry> {
  const command = COMMAND_OF[route];
  const fields = { ...(place && { place }), ...(goLive && { milestone: "go-live", when: goLive }) };
  const slots = { route, ...(place && { place }), ...(goLive && { goLive }) };
  if (stranger !== undefined && names.length > 0)
    return { kind: "command", command, name: stranger, fields, isSure: true };
  const [only, ...others] = names;
  const name = connector ?? (others.length === 0 ? only?.name : undefined);
  const found = names.find((one) => one.name === name);
  if (found) {
    await remember(talk, { ...slots, connector: found.id });
    return { kind: "command", command, name: found.name, fields, isSure: true };
  }
  // Dates of a rollout can be told of any connector.
  if (command === "eta" && !connectors && (names.length === 0 || goLive)) {
    await remember(talk, slots);
    return { kind: "command", command, name: "", fields, isSure: true };
  }
  if (names.length === 0) return { kind: "reply", reply: noneFollowedReply(command), isSure: true };
  await remember(talk, { ...slots, isOpen: true });
  const possible = connectors ? names.filter((one) => connectors.includes(one.name)) : names;
  const likely = await likeliestFirst(talk, route, possible);
  return { kind: "reply", reply: whichReply(command, fields, likely, ""), isSure: true };
}

/** Where a connector stands when it is likely to be asked about so. */
const STAGES_OF: Readonly<Record<RouteName, readonly StageId[]>> = {
  linkExpiry: ["testing"],
  eta: ["publishing", "deploying", "testing"],
  readiness: ["public-preview", "ga-requested"],
  nextStep: ["changes-requested", "testing", "draft", "account"],
};
/** Of more than these it is not looked up where they stand. */
const MOST_LOOKED_AT = 50;

async function likeliestFirst(
  { needs, workspace, view }: Talk,
  route: RouteName,
  names: readonly ConnectorName[],
): Promise<readonly ConnectorName[]> {
  if (names.length > MOST_LOOKED_AT) return names.toSorted((a, b) => a.name.localeCompare(b.name));
  const ranked = await Promise.all(
    names.map(async (one) => {
      const record = await readIfWhole(needs, { workspace, id: one.id });
      const at = record ? STAGES_OF[route].indexOf(standingOf(record, view.calendar, view.now).stage) : -1;
      return { one, rank: at < 0 ? STAGES_OF[route].length : at };
    }),
  );
  return ranked
    .toSorted((a, b) => a.rank - b.rank || a.one.name.localeCompare(b.one.name))
    .map(({ one }) => one);
}

/** A record that only adds to an answer must not keep it from being given where it is damaged. */
async function readIfWhole({ store }: Needs, key: ConnectorKey): Promise<Connector | undefined> {
  try {
    return await store.read(key);
  } catch (error) {
    if (error instanceof StoreError && error.reason === "damaged") return undefined;
    throw error;
  }
}

/** A model may choose where the rules are unsure; it can't answer. Whatever goes wrong with it, the choices stay. */
async function secondOpinion(
  { chooser }: Needs,
  question: string,
  context: Omit<MatchContext, "after">,
  found: Match,
): Promise<Match> {
  const isUnsure = found.kind === "choices" || (found.kind === "none" && found.about === undefined);
  const chosen = chooser && isUnsure ? await chooser(question).catch(() => undefined) : undefined;
  if (chosen === undefined) return found;
  if (isTopicId(chosen)) return { kind: "answer", topic: chosen };
  const route = ROUTES.find((one) => one === chosen);
  if (route) return asRoute(route, question, context);
  return chosen === "none" ? { kind: "none" } : found;
}

/** What is said of a connector by a command or a press can be followed by "and the UK?", or by "is it ready?". */
export async function noteCommand(
  talk: Talk,
  command: ConnectorCommand,
  connector: string,
  fields: Fields,
): Promise<void> {
  const route = (ROUTE_OF as Partial<Record<ConnectorCommand, RouteName>>)[command];
  const place = fields.place && placeNamed(fields.place)?.name;
  const goLive = fields.milestone === "go-live" && /^\d{4}-\d\d-\d\d$/.test(fields.when ?? "") && fields.when;
  await remember(talk, {
    connector,
    ...(route && { route }),
    ...(place && { place }),
    ...(goLive && { goLive }),
  });
}

/** Keeps what this conversation is about now. A connector is kept by its id: it may be renamed meanwhile. */
async function remember({ needs, workspace, conversation }: Talk, last: LastAsked): Promise<void> {
  await needs.talks?.(workspace).set(conversation, last, REMEMBERED_MS);
}

/** With the connector's name as it is now; nothing of one that is not followed any more. */
async function recall(
  { needs, workspace, conversation }: Talk,
  names: readonly ConnectorName[],
): Promise<LastAsked | undefined> {
  const kept = LastAsked.safeParse(await needs.talks?.(workspace).get(conversation));
  if (!kept.success) return undefined;
  const { connector, ...last } = kept.data;
  const name = names.find(({ id }) => id === connector)?.name;
  return { ...last, ...(name !== undefined && { connector: name }) };
}
