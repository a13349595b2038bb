import type { Decision } from "../../decision.ts";
import type { WorkspaceId } from "../../incoming.ts";
import { type Connector, isoOf } from "../../lifecycle/connector.ts";
import { standingOf } from "../../lifecycle/standing.ts";
import { isAccountReady, withAccount } from "../../lifecycle/steps.ts";
import { renameForm, trackForm } from "../../replies/forms.ts";
import {
  alreadyTrackedReply,
  alreadyUndoneReply,
  backAgainReply,
  laterChangeReply,
  nothingToUndoReply,
  renamedReply,
  sameNameReply,
  trackedReply,
  undoneReply,
  untrackedReply,
  untrackQuestion,
} from "../../replies/keeping.ts";
import { nameProblemReply } from "../../replies/refusals.ts";
import type { View } from "../../replies/times.ts";
import type { Asked, DecideConnector } from "../asked.ts";
import { changed, unchanged } from "../changed.ts";
import { MAX_NAME, tidy, unquote } from "../parse.ts";

/** Whether a text can be a connector's name: not empty, not too long, no heap of marks on a letter. */
export function nameProblem(name: string): "missing" | "too-long" | "marks" | undefined {
  if (name.trim() === "") return "missing";
  if ([...name].length > MAX_NAME) return "too-long";
  return /\p{M}{7}/u.test(name.normalize("NFD")) ? "marks" : undefined;
}

/** A name as it is kept: composed letters, single blanks. */
export function tidyName(name: string): string {
  return tidy(name).normalize("NFC");
}

/** A fresh record, or the one that has that name already. */
export function decideTrack(
  asked: Asked,
  current: Connector | undefined,
  workspace: WorkspaceId,
  id: string,
  view: View,
  twin?: string,
): Decision {
  if (current?.untrackedAt) {
    const back = { ...(unchanged(current)?.connector ?? current) };
    delete back.untrackedAt;
    return { reply: backAgainReply(back, standingOf(back, view.calendar, view.now)), next: back };
  }
  if (current) return { reply: alreadyTrackedReply(current, standingOf(current, view.calendar, view.now)) };
  const name = asked.fields.name ?? "";
  const problem = nameProblem(name);
  if (problem) {
    const formWith = (why: string) => trackForm({ value: name, problem: why });
    return { reply: nameProblemReply(problem, "track Contoso CRM", MAX_NAME, formWith) };
  }
  const next = withAccount(freshConnector(asked, name, workspace, id, view), view.settings.accountReady);
  return { reply: trackedReply(next, standingOf(next, view.calendar, view.now), view, twin), next };
}

function freshConnector(
  asked: Asked,
  name: string,
  workspace: WorkspaceId,
  id: string,
  view: View,
): Connector {
  const { id: ownerId, name: ownerName, zone } = asked.from;
  const owner = { id: ownerId, name: ownerName, ...(zone && { zone }) };
  const at = isoOf(view.now);
  return {
    id,
    workspace,
    name,
    revision: 0,
    trackedAt: at,
    owner,
    where: asked.where,
    setting: asked.setting,
    moves: [],
    steps: {},
    evidence: {},
    silence: { snoozed: {}, acknowledged: {} },
    told: {},
    changes: [],
  };
}

export const decideUntrack: DecideConnector = (asked, connector, view) => {
  const current = standingOf(connector, view.calendar, view.now);
  if (!asked.fields.confirm) return { reply: untrackQuestion(connector, current) };
  const next = changed(connector, { untrackedAt: isoOf(view.now) }, "untrack", asked.from, view.now);
  return { reply: untrackedReply(next), next };
};

export const decideRename: DecideConnector = (asked, connector, view) => {
  const to = tidyName(unquote(asked.fields.to ?? ""));
  const problem = nameProblem(to);
  if (problem) {
    const formWith = (why: string) => renameForm(connector, { value: to, problem: why });
    return {
      reply: nameProblemReply(problem, `rename ${connector.name} to Contoso Sales`, MAX_NAME, formWith),
    };
  }
  if (to === connector.name) return { reply: sameNameReply(connector) };
  const next = changed(connector, { name: to }, `rename to ${to}`, asked.from, view.now);
  return { reply: renamedReply(next, connector.name), next };
};

export const decideUndo: DecideConnector = (asked, connector, view) => {
  const expected = asked.fields.change;
  if (expected && String(connector.changes.at(-1)?.number) !== expected)
    return { reply: alreadyUndoneReply(connector) };
  const undone = unchanged(connector);
  if (!undone) return { reply: nothingToUndoReply(connector) };
  const { connector: next, change } = undone;
  if (!next) return { reply: laterChangeReply(connector, change) };
  const reply = undoneReply(next, change, standingOf(next, view.calendar, view.now), view);
  // The account was called ready by the step that is taken back.
  const unready = change.before.steps && isAccountReady(connector) && !isAccountReady(next);
  return { reply, next, ...(unready && { settings: (settings) => ({ ...settings, accountReady: false }) }) };
};
