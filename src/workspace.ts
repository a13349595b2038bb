import type { WorkspaceId } from "./incoming.ts";
import { type Clock, type Log, type Messenger, type Shelf, type Store, StoreError } from "./ports.ts";
import type { View } from "./replies/times.ts";
import { businessCalendar } from "./scheduling/calendar.ts";
import { DEFAULT_SETTINGS, Settings } from "./settings.ts";

/** What the assistant asks of the world. */
export interface Needs {
  store: Store;
  /** The workspaces' settings, by workspace. */
  settings: Shelf;
  clock: Clock;
  messenger: Messenger;
  log: Log;
  /** IANA zone for people and workspaces that tell none. */
  zone: string;
}

/** The settings of a workspace. Rejects with `StoreError`, also when they are damaged. */
export async function readSettings(shelf: Shelf, workspace: WorkspaceId): Promise<Settings> {
  const kept = await shelf.get(workspace);
  if (kept === undefined) return DEFAULT_SETTINGS;
  const read = Settings.safeParse(kept);
  if (read.success) return read.data;
  throw new StoreError("damaged", "The settings of a workspace can't be read: restore them from a copy.");
}

/** How a reader sees the world now: their own zone, else the workspace's, else the program's. */
export function viewOf({ clock, zone }: Needs, settings: Settings, readersZone?: string): View {
  const seen = readersZone ?? settings.zone ?? zone;
  return { now: clock.now().setZone(seen), zone: seen, calendar: businessCalendar(settings), settings };
}
