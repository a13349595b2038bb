import { randomUUID } from "node:crypto";
import type { Asked } from "./commands/asked.ts";
import { type CommandName, isCommandName } from "./commands/command.ts";
import { eta } from "./commands/decide/asking.ts";
import { decideTrack, nameProblem } from "./commands/decide/keeping.ts";
import * as workspaceRules from "./commands/decide/workspace.ts";
import { type ConnectorCommand, DECIDE_CONNECTOR, isConnectorCommand } from "./commands/decide.ts";
import { MAX_TEXT, parse, type Split } from "./commands/parse.ts";
import { type Resolved, resolveExactly, resolveLoosely } from "./commands/resolve.ts";
import { type Fields, isTellingTail } from "./commands/tails.ts";
import type { Decision } from "./decision.ts";
import type { Incoming, Said, WorkspaceId } from "./incoming.ts";
import { type Connector, foldName } from "./lifecycle/connector.ts";
import { NameTaken } from "./ports.ts";
import { helloReply } from "./replies/help.ts";
import { nameTakenReply } from "./replies/keeping.ts";
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
import type { Reply } from "./reply.ts";
import { replan } from "./scheduling/plan.ts";
import { type Needs, readSettings, viewOf } from "./workspace.ts";

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
  const view = viewOf(needs, await readSettings(needs.settings, workspace), from.zone);
  const talk: Talk = { needs, workspace, view, asked: (fields) => ({ fields, from, where, setting }) };
  return said.kind === "text" ? hear(talk, said.text) : press(talk, said.action, said.fields);
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
      const [named] = await talk.needs.store.find(talk.workspace, [foldName(parsed.text)]);
      return named ? change(talk, "status", named.id, {}) : unknownReply(parsed.text, parsed.meant);
    }
  }
}

async function press(talk: Talk, action: string, fields: Fields): Promise<Reply> {
  if (action === "say") return hear(talk, fields.text ?? "");
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
      return carryOut(talk, workspaceRules.decideList(asked, await followed(talk), view));
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
  const { store } = talk.needs;
  const folded = splits.flatMap(({ name }) => (name === "" ? [] : [foldName(name)]));
  const kept = command === "undo" ? (["followed", "untracked"] as const) : (["followed"] as const);
  for (const among of kept) {
    const exact = resolveExactly(splits, await store.find(talk.workspace, folded, among));
    if (exact) return carryOn(talk, command, exact);
  }
  const names = await store.names(talk.workspace);
  const loose = resolveLoosely(command, splits, names);
  if (loose.kind !== "none") return carryOn(talk, command, loose);
  if (command === "undo") {
    const untracked = (await store.list(talk.workspace)).filter(({ untrackedAt }) => untrackedAt);
    const looser = resolveLoosely(command, splits, untracked);
    if (looser.kind !== "none") return carryOn(talk, command, looser);
  }

  const nameless = splits.find(
    ({ name, fields }) => name === "" && (isBare(fields) || isTellingTail(command, fields)),
  );
  if (!nameless)
    return names.length === 0 && loose.name === ""
      ? noneFollowedReply(command)
      : carryOn(talk, command, loose);
  if (command === "eta" && (nameless.fields.milestone !== undefined || names.length !== 1)) {
    return eta(nameless.fields, talk.view);
  }
  const [only, ...others] = names;
  if (!only) return noneFollowedReply(command);
  if (others.length === 0) return change(talk, command, only.id, nameless.fields);
  return whichReply(command, nameless.fields, names, "");
}

function carryOn(talk: Talk, command: ConnectorCommand, resolved: Resolved): Promise<Reply> | Reply {
  switch (resolved.kind) {
    case "one":
      return change(talk, command, resolved.connector.id, resolved.fields);
    case "several":
      return whichReply(command, resolved.fields, resolved.connectors, resolved.name);
    case "none":
      return notFollowedReply(resolved.name, resolved.near, command, resolved.fields);
  }
}

/** Decides on a connector and stores what is decided, all on one state of the record. */
async function change(talk: Talk, command: ConnectorCommand, id: string, fields: Fields): Promise<Reply> {
  const { needs, workspace, view } = talk;
  const decide = DECIDE_CONNECTOR[command];
  try {
    const decision = await needs.store.change({ workspace, id }, (current) => {
      if (!current || (current.untrackedAt && command !== "undo")) return { reply: gonePressReply() };
      return planned(current, decide(talk.asked(fields), current, view), view);
    });
    return await carryOut(talk, decision);
  } catch (error) {
    if (error instanceof NameTaken) return nameTakenReply(error.taken);
    throw error;
  }
}

async function track(talk: Talk, fields: Fields): Promise<Reply> {
  const { needs, workspace, view } = talk;
  const name = (fields.name ?? "").normalize("NFC");
  const asked = talk.asked({ ...fields, name });
  const decideOn = (id: string, twin?: string) =>
    needs.store.change({ workspace, id }, (current) =>
      planned(current, decideTrack(asked, current, workspace, id, view, twin), view),
    );
  if (nameProblem(name)) return decideTrack(asked, undefined, workspace, "", view).reply;

  const alike = await needs.store.find(workspace, [foldName(name)], "followed");
  const kept = [...alike, ...(await needs.store.find(workspace, [foldName(name)], "untracked"))];
  const same = kept.find((one) => one.name === name);
  try {
    const decision = await decideOn(same?.id ?? randomUUID(), same ? undefined : alike[0]?.name);
    return await carryOut(talk, decision);
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
  return { ...decision, next: replan(current, next, decision.settings ?? view.settings, view.now) };
}

/** Does what a decision wants beside the connector itself. */
async function carryOut(talk: Talk, { reply, settings, forget }: Decision): Promise<Reply> {
  const { needs, workspace, view } = talk;
  if (forget) {
    await needs.store.forget(workspace);
    await needs.settings.delete(workspace);
  }
  if (settings) {
    await needs.settings.set(workspace, settings);
    // Freezes and offsets move reminders: the tick plans them anew.
    const movesReminders =
      settings.freezes !== view.settings.freezes || settings.remind !== view.settings.remind;
    if (movesReminders) await needs.store.wake(workspace, view.now);
  }
  return reply;
}

async function followed({ needs, workspace }: Talk): Promise<Connector[]> {
  return (await needs.store.list(workspace)).filter(({ untrackedAt }) => untrackedAt === undefined);
}

function isBare(fields: Fields): boolean {
  return Object.values(fields).every((value) => value === "");
}
