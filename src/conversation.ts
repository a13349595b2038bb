import { randomUUID } from "node:crypto";
import { type CommandName, isCommandName } from "./commands/command.ts";
import { eta } from "./commands/decide/asking.ts";
import { decideFollowing } from "./commands/decide/following.ts";
import { decideTrack, nameProblem, tidyName } from "./commands/decide/keeping.ts";
import { decideList, decidePortfolio } from "./commands/decide/portfolio.ts";
import * as workspaceRules from "./commands/decide/workspace.ts";
import { type ConnectorCommand, isChanging, isConnectorCommand } from "./commands/decide.ts";
import {
  asks,
  isQuestioning,
  MAX_TEXT,
  type Parsed,
  parse,
  readability,
  type Split,
} from "./commands/parse.ts";
import { isMeant, type Resolved, resolve, resolveExactly, withoutName } from "./commands/resolve.ts";
import { saidInstead } from "./commands/said-instead.ts";
import type { Fields } from "./commands/tails.ts";
import { againBy, againOf, carryOut, change, planned } from "./deciding.ts";
import type { Incoming, Said } from "./incoming.ts";
import { answerTopic, conversationOf, type Inquiry, inquire, noteCommand } from "./inquiry.ts";
import { foldName } from "./lifecycle/connector.ts";
import { answerOfAll, namesToUndo } from "./listing.ts";
import { NameTaken } from "./ports.ts";
import { withoutCourtesy } from "./questions/courtesy.ts";
import { isLikeAName } from "./questions/match.ts";
import { isTopicId, topicTitled } from "./questions/topics.ts";
import { whatToAskReply } from "./replies/answers.ts";
import { digestReply } from "./replies/digest.ts";
import { failedReply } from "./replies/failed.ts";
import { helloReply } from "./replies/help.ts";
import { whichToTrackReply } from "./replies/keeping.ts";
import { withAuthor } from "./replies/parts.ts";
import { oneLine } from "./replies/printable.ts";
import {
  noneFollowedReply,
  notFollowedReply,
  unknownPressReply,
  unknownReply,
  unreadableReply,
  whichReply,
} from "./replies/refusals.ts";
import type { Reply } from "./reply.ts";
import { listAll, type Needs, readSettings, type Talk, viewOf } from "./workspace.ts";

/** Finds what is asked and about which connector, lets the rules decide, and stores what they want. */
export async function converse(needs: Needs, incoming: Incoming, said: Said): Promise<Reply> {
  const { workspace, from, where, setting } = incoming;
  const view = viewOf(needs, await readSettings(needs.settings, workspace), from);
  const conversation = conversationOf(incoming);
  const asked = (fields: Fields) => ({ fields, from, where, setting });
  const talk: Talk = { needs, workspace, view, asked, conversation };
  if (said.kind === "text") return hear(talk, said.text);
  const { turn, ...fields } = said.fields;
  const answer = await press(talk, said.action, fields);
  const reply: Reply = turn === undefined ? answer : { ...answer, turned: true };
  return reply.changed && setting === "shared" ? withAuthor(reply, from) : reply;
}

/** Commands first; what is none, or a command whose words fit nothing, may be a question. */
async function hear(talk: Talk, text: string): Promise<Reply> {
  const parsed = parse(text);
  switch (parsed.kind) {
    case "unreadable":
      return unreadableReply(parsed.why, MAX_TEXT);
    case "said":
      return hearSaid(talk, text, parsed);
    case "named":
      return hearNamed(talk, text, parsed.command as ConnectorCommand, parsed.splits);
    case "unknown":
      return hearUnknown(talk, parsed.text, parsed.meant);
  }
}

/** "list 2" is a command; "list of criteria" begins like one. */
async function hearSaid(talk: Talk, text: string, parsed: Extract<Parsed, { kind: "said" }>): Promise<Reply> {
  const questioning = isQuestioning(text, parsed);
  const inquiry = questioning === "no" ? undefined : await inquire(talk, text);
  const isAnswer = inquiry && (questioning === "yes" || inquiry.isSure);
  return isAnswer ? carryOutInquiry(talk, inquiry) : say(talk, parsed.command, parsed.fields);
}

/** "status Contoso CRM" is a command; "where is the new offer button" begins like one. */
async function hearNamed(
  talk: Talk,
  text: string,
  command: ConnectorCommand,
  splits: readonly Split[],
): Promise<Reply> {
  // "forecast contoso?"
  const plain = parse(text.replace(/[?？!.\s]+$/, ""));
  if (!isChanging(command) && plain.kind === "named" && asks(text)) {
    const asked = await find(talk, command, plain.splits);
    if (asked.kind === "one" && isMeant(command, asked)) {
      await noteCommand(talk, command, asked.connector.id, asked.fields);
      return obey(talk, command, asked);
    }
  }
  const resolved = await find(talk, command, splits);
  const isAsked = asks(withoutName(text, resolved), command);
  const mayObey = !isAsked || !isChanging(command);
  if (mayObey && isMeant(command, resolved)) {
    if (resolved.kind === "one") await noteCommand(talk, command, resolved.connector.id, resolved.fields);
    return obey(talk, command, resolved);
  }
  const bare = withoutCourtesy(text);
  if (mayObey && bare !== "" && bare !== text) return hear(talk, bare);
  const tells = resolved.kind === "none" && (resolved.isTold === true || isLikeAName(resolved.name));
  if (tells && !isAsked) return obey(talk, command, resolved);
  const instead = isAsked ? saidInstead(bare, true) : undefined;
  if (instead) return hear(talk, instead.text);
  const inquiry = await inquire(talk, text);
  return isAsked || inquiry.isSure ? carryOutInquiry(talk, inquiry) : obey(talk, command, resolved);
}

async function hearUnknown(talk: Talk, text: string, meant: string | undefined): Promise<Reply> {
  // "submitted yesterday": something happened, and is to be recorded.
  if (meant?.startsWith("mark ") && !asks(text)) return unknownReply(text, meant);
  const named = await talk.needs.store.find(talk.workspace, [foldName(text)]);
  const inquiry = await inquire(talk, text);
  if (named.length > 0 && inquiry.kind === "reply")
    return sayAbout(talk, "status", [{ name: text, fields: {} }]);
  const isSlip = meant !== undefined && !asks(text);
  return isSlip && (!inquiry.isSure || changes(meant))
    ? unknownReply(text, meant)
    : carryOutInquiry(talk, inquiry);
}

/** Whether a misspelt command, spelt right, would change something: that is offered, and its connector's status is no answer. */
function changes(meant: string): boolean {
  const parsed = parse(meant);
  return parsed.kind === "named" && isChanging(parsed.command as ConnectorCommand);
}

function carryOutInquiry(talk: Talk, inquiry: Inquiry): Reply | Promise<Reply> {
  if (inquiry.kind === "reply") return inquiry.reply;
  return sayAbout(talk, inquiry.command, [{ name: inquiry.name, fields: inquiry.fields }]);
}

async function press(talk: Talk, action: string, sent: Fields): Promise<Reply> {
  // A form's fields are typed by people too, and what is pasted brings marks along that nobody sees.
  const fields = Object.fromEntries(Object.entries(sent).map(([key, value]) => [key, oneLine(value)]));
  const unreadable = Object.values(fields)
    .map(readability)
    .find((why) => why !== undefined);
  if (unreadable) return unreadableReply(unreadable, MAX_TEXT);
  if (action === "say") return hear(talk, fields.text ?? "");
  if (action === "portfolio")
    return answerOfAll(talk, (all) => decidePortfolio(talk.asked(fields), all, talk.view));
  if (!isCommandName(action)) return unknownPressReply();
  const { connector, name, ...rest } = fields;
  if (!isConnectorCommand(action)) return say(talk, action, fields);
  if (connector !== undefined) {
    if (!isChanging(action)) await noteCommand(talk, action, connector, rest);
    return change(talk, action, connector, rest);
  }
  if (name !== undefined) return sayAbout(talk, action, [{ name, fields: rest }]);
  return say(talk, action, rest);
}

/** A command about no one connector. */
async function say(talk: Talk, command: CommandName, fields: Fields): Promise<Reply> {
  const { needs, workspace, view } = talk;
  const asked = talk.asked(fields);
  switch (command) {
    case "help":
      return workspaceRules.help(asked, (await needs.store.names(workspace)).length);
    case "ask":
      return askedFor(talk, fields);
    case "hello":
      return helloReply((await needs.store.names(workspace)).length);
    case "settings":
      return carryOut(talk, workspaceRules.decideSettings(asked, view));
    case "list":
      return againBy(
        { action: "list", fields },
        await answerOfAll(talk, (all) => decideList(asked, all, view)),
      );
    case "following":
      return answerOfAll(talk, (all) => decideFollowing(asked, all, view));
    case "failed":
      return answerOfAll(talk, (all) => ({ reply: failedReply(all, view) }));
    case "digest":
      return againBy(
        { action: "digest", fields: {} },
        await answerOfAll(talk, (all) => ({ reply: digestReply(all, view) })),
      );
    case "export":
      return carryOut(talk, workspaceRules.decideExportAll(await listAll(talk.needs, talk.workspace), view));
    case "forget":
      return carryOut(
        talk,
        workspaceRules.decideForget(asked, (await needs.store.names(workspace)).length, view),
      );
    case "track":
      return track(talk, fields);
    default:
      return sayAbout(talk, command, [{ name: "", fields }]);
  }
}

/** "ask" with a question, or a button with a topic. */
async function askedFor(talk: Talk, { topic, words }: Fields): Promise<Reply> {
  if (topic !== undefined) return isTopicId(topic) ? answerTopic(talk, topic) : unknownPressReply();
  if (!words) return whatToAskReply();
  const titled = topicTitled(words);
  return titled ? answerTopic(talk, titled) : carryOutInquiry(talk, await inquire(talk, words));
}

/** A command about a connector that is named somehow, or not at all. */
async function sayAbout(talk: Talk, command: ConnectorCommand, splits: readonly Split[]): Promise<Reply> {
  return obey(talk, command, await find(talk, command, splits));
}

async function obey(talk: Talk, command: ConnectorCommand, resolved: Resolved): Promise<Reply> {
  switch (resolved.kind) {
    case "one":
      return change(talk, command, resolved.connector.id, resolved.fields);
    case "several":
      return whichReply(command, resolved.fields, resolved.connectors, resolved.name);
    case "any":
      return againBy({ action: "eta", fields: resolved.fields }, eta(resolved.fields, talk.view));
    case "none":
      return resolved.name === ""
        ? noneFollowedReply(command)
        : notFollowedReply(resolved.name, resolved.near, command, resolved.fields);
  }
}

async function find(talk: Talk, command: ConnectorCommand, splits: readonly Split[]): Promise<Resolved> {
  const { store } = talk.needs;
  if (command === "undo") return resolve(command, splits, await namesToUndo(talk));
  // Mostly a name is given in full, and then the index finds it among any number.
  const folded = splits.flatMap(({ name }) => (name === "" ? [] : [foldName(name)]));
  const exact = resolveExactly(splits, await store.find(talk.workspace, folded));
  return exact ?? resolve(command, splits, await store.names(talk.workspace));
}

async function track(talk: Talk, fields: Fields): Promise<Reply> {
  const { needs, workspace, view } = talk;
  if (fields.name === undefined) return whichToTrackReply();
  const name = tidyName(fields.name);
  const asked = talk.asked({ ...fields, name });
  const decideOn = (id: string, twin?: string) =>
    needs.store.change({ workspace, id }, (current) =>
      planned(current, decideTrack(asked, current, workspace, id, view, twin), view),
    );
  if (nameProblem(name)) return decideTrack(asked, undefined, workspace, "", view).reply;

  const alike = await needs.store.find(workspace, [foldName(name)]);
  const kept = [...alike, ...(await needs.store.find(workspace, [foldName(name)], "untracked"))];
  const same = kept.find((one) => one.name === name);
  try {
    const id = same?.id ?? randomUUID();
    const decision = await decideOn(id, same ? undefined : alike[0]?.name);
    return againBy(againOf("status", id, {}, decision), await carryOut(talk, decision));
  } catch (error) {
    // Somebody followed it a moment ago.
    if (error instanceof NameTaken) return sayAbout(talk, "status", [{ name, fields: {} }]);
    throw error;
  }
}
