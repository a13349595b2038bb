import { isDeepStrictEqual } from "node:util";
import { type ConnectorCommand, DECIDE_CONNECTOR, isAsking } from "./commands/decide.ts";
import type { Fields } from "./commands/tails.ts";
import type { Decision } from "./decision.ts";
import type { Person } from "./incoming.ts";
import type { Connector } from "./lifecycle/connector.ts";
import { withAccount } from "./lifecycle/steps.ts";
import { NameTaken } from "./ports.ts";
import { nameTakenReply } from "./replies/keeping.ts";
import { gonePressReply } from "./replies/refusals.ts";
import type { View } from "./replies/times.ts";
import type { Pressed, Reply } from "./reply.ts";
import { nextDigest } from "./scheduling/digest.ts";
import { replan } from "./scheduling/replan.ts";
import { forget as forgetAll, keepPlanned, movesPlans, type Talk, updateSettings } from "./workspace.ts";

/** Decides on a connector and stores what is decided, all on one state of the record. */
export async function change(
  talk: Talk,
  command: ConnectorCommand,
  id: string,
  fields: Fields,
): Promise<Reply> {
  const { needs, workspace, view } = talk;
  const decide = DECIDE_CONNECTOR[command];
  const gone: Decision = { reply: gonePressReply() };
  try {
    const decision = await needs.store.change({ workspace, id }, (current) => {
      if (!current || (current.untrackedAt && command !== "undo")) return gone;
      const known = command === "undo" ? current : withAccount(current, view.settings.accountReady);
      const asked = talk.asked(fields);
      return planned(current, withOwnersZone(decide(asked, known, view), asked.from), view);
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

/** Owners move; what they change tells where they are. */
function withOwnersZone(decision: Decision, { id, zone }: Person): Decision {
  const { next } = decision;
  const isOwner = typeof next === "object" && next.owner.id === id;
  return isOwner && zone ? { ...decision, next: { ...next, owner: { ...next.owner, zone } } } : decision;
}

/** What was decided with its reminders planned anew. */
export function planned(current: Connector | undefined, decision: Decision, view: View): Decision {
  const { next } = decision;
  if (next === undefined || next === "removed") return decision;
  return { ...decision, next: replan(current, next, view.settings, view.now) };
}

/** Does what a decision wants beside the connector itself. */
export async function carryOut(talk: Talk, { reply, next, settings, forget }: Decision): Promise<Reply> {
  const { needs, workspace, view } = talk;
  if (forget) await forgetAll(needs, workspace);
  if (settings) {
    const wanted = settings(view.settings);
    const { digest } = wanted;
    // First, since what is planned or woken without need does no harm.
    if (!isDeepStrictEqual(digest, view.settings.digest))
      await needs.store.planDigest(workspace, digest && nextDigest(digest, view.now));
    if (movesPlans(view.settings, wanted)) await needs.store.wake(workspace, view.now);
    await updateSettings(needs.settings, workspace, settings);
  }
  // Others may have changed the settings meanwhile, or a tick planned by the old ones.
  if (settings || next) await keepPlanned(needs, workspace, view.settings);
  return settings || next || forget ? { ...reply, changed: true } : reply;
}

/** What shows others how a connector stands: the same question, or after a change its status. */
export function againOf(
  command: ConnectorCommand,
  id: string,
  fields: Fields,
  { next }: Decision,
): Pressed | undefined {
  if (typeof next === "object" && !next.untrackedAt) return { action: "status", fields: { connector: id } };
  return next === undefined && isAsking(command)
    ? { action: command, fields: { ...fields, connector: id } }
    : undefined;
}

export function againBy(again: Pressed | undefined, reply: Reply): Reply {
  return again ? { ...reply, again } : reply;
}
