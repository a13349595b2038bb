import type { DecideConnector } from "./asked.ts";
import type { CommandName } from "./command.ts";
import { decideEta, decideForecast, decideStatus, decideWindow } from "./decide/asking.ts";
import { decideCalendar } from "./decide/calendar.ts";
import { decideDone, decideMark, decideNext } from "./decide/certifying.ts";
import { decideEvidence, decideReady, decideRequest } from "./decide/criteria.ts";
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
  export: decideExport,
} as const satisfies Partial<Record<CommandName, DecideConnector>>;

export type ConnectorCommand = keyof typeof DECIDE_CONNECTOR;

export function isConnectorCommand(name: string): name is ConnectorCommand {
  return Object.hasOwn(DECIDE_CONNECTOR, name);
}

/** Commands that change a connector. A question never carries them out, not even one that is worded like them. */
export const CHANGING: ReadonlySet<ConnectorCommand> = new Set<ConnectorCommand>([
  "rename",
  "undo",
  "untrack",
  "done",
  "mark",
  "evidence",
  "reminders",
]);
