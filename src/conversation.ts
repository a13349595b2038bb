import { randomUUID } from "node:crypto";
import type { Asked } from "./commands/asked.ts";
import { type CommandName, isCommandName } from "./commands/command.ts";
import { eta } from "./commands/decide/asking.ts";
import { decideTrack, nameProblem, tidyName } from "./commands/decide/keeping.ts";
import { decideList, decidePortfolio } from "./commands/decide/portfolio.ts";
import * as workspaceRules from "./commands/decide/workspace.ts";
import { type ConnectorCommand, DECIDE_CONNECTOR, isConnectorCommand } from "./commands/decide.ts";
import { MAX_TEXT, parse, readability, type Split } from "./commands/parse.ts";
import { type Resolved, resolve, resolveExactly } from "./commands/resolve.ts";
import type { Fields } from "./commands/tails.ts";
import type { Decision } from "./decision.ts";
import type { Incoming, Said, WorkspaceId } from "./incoming.ts";
import { type Connector, foldName } from "./lifecycle/connector.ts";
import { withAccount } from "./lifecycle/steps.ts";
import { NameTaken } from "./ports.ts";
import { helloReply } from "./replies/help.ts";
import { nameTakenReply, whichToTrackReply } from "./replies/keeping.ts";
import { withAuthor } from "./replies/parts.ts";
import { oneLine } from "./replies/printable.ts";
import {
  gonePressReply,
  noneFollowedReply,
  notFollowedReply,
  unknownPressReply,
  unknownReply,
  unreadableReply,
  whichReply,
} from "./replies/refusals.ts";
import type { View } from "./replies/times.ts";
import type { Pressed, Reply } from "./reply.ts";
import { replan } from "./scheduling/plan.ts";
import {
  forget as forgetAll,
  keepPlanned,
  type Needs,
  readSettings,
  updateSettings,
  viewOf,
} from "./workspace.ts";

/** One message being answered. */
interface Talk {
  needs: Needs;
  workspace: WorkspaceId;
  view: View;
  asked(fields: Fields): Asked;
}

/** Finds what is asked and about which connector, lets the rules decide, and stores what they want. */
export async function converse(needs: Needs, incoming: Incoming, said: Said): Promise<Reply> {
  const { workspace, from, where, setting } = incoming;
  const view = viewOf(needs, await readSettings(needs.settings, workspace), from);
  const talk: Talk = { needs, workspace, view, asked: (fields) => ({ fields, from, where, setting }) };
  if (said.kind === "text") return hear(talk, said.text);
  const { turn, ...fields } = said.fields;
  const answer = await press(talk, said.action, fields);
  const reply: Reply = turn === undefined ? answer : { ...answer, turned: true };
  return reply.changed && setting === "shared" ? withAuthor(reply, from) : reply;
}

async function hear(talk: Talk, text: string): Promise<Reply> {
  const parsed = parse(text);
  switch (parsed.kind) {
    case "unreadable":
      return unreadableReply(parsed.why, MAX_TEXT);
    case "said":
      return say(talk, parsed.command, parsed.fields);
    case "named":
      return sayAbout(talk, parsed.command as ConnectorCommand, parsed.splits);
    case "unknown": {
      const splits = [{ name: parsed.text, fields: {} }];
      const named = resolveExactly(
        splits,
        await talk.needs.store.find(talk.workspace, [foldName(parsed.text)]),
      );
      return named ? sayAbout(talk, "status", splits) : unknownReply(parsed.text, parsed.meant);
    }
  }
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
    return decidePortfolio(talk.asked(fields), await followed(talk), talk.view).reply;
  if (!isCommandName(action)) return unknownPressReply();
  const { connector, name, ...rest } = fields;
  if (!isConnectorCommand(action)) return say(talk, action, fields);
  if (connector !== undefined) return change(talk, action, connector, rest);
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
    case "hello":
      return helloReply((await needs.store.names(workspace)).length);
    case "settings":
      return carryOut(talk, workspaceRules.decideSettings(asked, view));
    case "list":
      return againBy(
        { action: "list", fields },
        await carryOut(talk, decideList(asked, await followed(talk), view)),
      );
    case "export":
      return carryOut(talk, workspaceRules.decideExportAll(asked, await needs.store.list(workspace), view));
    case "forget":
      return carryOut(talk, workspaceRules.decideForget(asked, await followed(talk), view));
    case "track":
      return track(talk, fields);
    default:
      return sayAbout(talk, command, [{ name: "", fields }]);
  }
}

/** A command about a connector that is named somehow, or not at all. */
async function sayAbout(talk: Talk, command: ConnectorCommand, splits: readonly Split[]): Promise<Reply> {
  const resolved = await find(talk, command, splits);
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
  // Undo can bring back what is not followed any more; the connectors that are followed come first.
  if (command === "undo") {
    const all = await store.list(talk.workspace);
    return resolve(
      command,
      splits,
      all.toSorted((a, b) => Number(!!a.untrackedAt) - Number(!!b.untrackedAt)),
    );
  }
  // Mostly a name is given in full, and then the index finds it among any number.
  const folded = splits.flatMap(({ name }) => (name === "" ? [] : [foldName(name)]));
  const exact = resolveExactly(splits, await store.find(talk.workspace, folded));
  return exact ?? resolve(command, splits, await store.names(talk.workspace));
}

/** Decides on a connector and stores what is decided, all on one state of the record. */
async function change(talk: Talk, command: ConnectorCommand, id: string, fields: Fields): Promise<Reply> {
  const { needs, workspace, view } = talk;
  const decide = DECIDE_CONNECTOR[command];
  const gone: Decision = { reply: gonePressReply() };
  try {
    const decision = await needs.store.change({ workspace, id }, (current) => {
      if (!current || (current.untrackedAt && command !== "undo")) return gone;
      const known = command === "undo" ? current : withAccount(current, view.settings.accountReady);
      return planned(current, decide(talk.asked(fields), known, view), view);
    });
    if (decision === gone) return gone.reply;
    return againBy(againOf(command, id, fields, decision), await carryOut(talk, decision));
  } catch (error) {
    if (error instanceof NameTaken) {
      const names = command === "rename" ? await needs.store.names(workspace) : [];
      return nameTakenReply(
        error.taken,
        names.find((one) => one.id === id),
      );
    }
    throw error;
  }
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

/** What was decided with its reminders planned anew. */
function planned(current: Connector | undefined, decision: Decision, view: View): Decision {
  const { next } = decision;
  if (next === undefined || next === "removed") return decision;
  return { ...decision, next: replan(current, next, view.settings, view.now) };
}

/** Does what a decision wants beside the connector itself. */
async function carryOut(talk: Talk, { reply, next, settings, forget }: Decision): Promise<Reply> {
  const { needs, workspace, view } = talk;
  if (forget) await forgetAll(needs, workspace);
  if (settings) await updateSettings(needs.settings, workspace, settings);
  if (settings || next) await keepPlanned(needs, workspace, view.settings);
  return settings || next || forget ? { ...reply, changed: true } : reply;
}

/** Commands that only ask, and so can be asked again before others. An export names people: it stays with who asked. */
const ASKING: ReadonlySet<ConnectorCommand> = new Set<ConnectorCommand>([
  "status",
  "next",
  "window",
  "eta",
  "forecast",
  "calendar",
  "ready",
  "request",
]);

/** What shows others how a connector stands: the same question, or after a change its status. */
function againOf(
  command: ConnectorCommand,
  id: string,
  fields: Fields,
  { next }: Decision,
): Pressed | undefined {
  if (typeof next === "object" && !next.untrackedAt) return { action: "status", fields: { connector: id } };
  return next === undefined && ASKING.has(command)
    ? { action: command, fields: { ...fields, connector: id } }
    : undefined;
}

function againBy(again: Pressed | undefined, reply: Reply): Reply {
  return again ? { ...reply, again } : reply;
}

async function followed({ needs, workspace, view }: Talk): Promise<Connector[]> {
  const all = await needs.store.list(workspace);
  return all
    .filter(({ untrackedAt }) => untrackedAt === undefined)
    .map((connector) => withAccount(connector, view.settings.accountReady));
}
