import type { DecideConnector } from "./asked.ts";
import type { CommandName } from "./command.ts";
import { decideEta, decideForecast, decideStatus, decideWindow } from "./decide/asking.ts";
import { decideCalendar } from "./decide/calendar.ts";
import { decideDone, decideMark, decideNext } from "./decide/certifying.ts";
import { decideEvidence, decideReady, decideRequest } from "./decide/criteria.ts";
import { decideFollow, decideUnfollow } from "./decide/following.ts";
import { decideRename, decideUndo, decideUntrack } from "./decide/keeping.ts";
import { decideReminders } from "./decide/reminding.ts";
import { decideExport } from "./decide/workspace.ts";

/** Commands about one connector, and who decides them. */
export const DECIDE_CONNECTOR = {
  status: decideStatus,
  rename: decideRename,
  undo: decideUndo,
  untrack: decideUntrack,
  next: decideNext,
  done: decideDone,
  mark: decideMark,
  window: decideWindow,
  eta: decideEta,
  forecast: decideForecast,
  calendar: decideCalendar,
  evidence: decideEvidence,
  ready: decideReady,
  request: decideRequest,
  reminders: decideReminders,
  follow: decideFollow,
  unfollow: decideUnfollow,
  export: decideExport,
} as const satisfies Partial<Record<CommandName, DecideConnector>>;

export type ConnectorCommand = keyof typeof DECIDE_CONNECTOR;

export function isConnectorCommand(name: string): name is ConnectorCommand {
  return Object.hasOwn(DECIDE_CONNECTOR, name);
}

/** `exports`: it names people, and so stays with who asked. */
const DOES = {
  status: "asks",
  rename: "changes",
  undo: "changes",
  untrack: "changes",
  next: "asks",
  done: "changes",
  mark: "changes",
  window: "asks",
  eta: "asks",
  forecast: "asks",
  calendar: "asks",
  evidence: "changes",
  ready: "asks",
  request: "asks",
  reminders: "changes",
  follow: "changes",
  unfollow: "changes",
  export: "exports",
} as const satisfies Record<ConnectorCommand, "asks" | "changes" | "exports">;

/** It only asks, and so can be asked again before others. */
export function isAsking(command: ConnectorCommand): boolean {
  return DOES[command] === "asks";
}

/** It changes a connector: a question never carries it out, not even one that is worded like it. */
export function isChanging(command: ConnectorCommand): boolean {
  return DOES[command] === "changes";
}
