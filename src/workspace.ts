import { isDeepStrictEqual } from "node:util";
import type { DateTime } from "luxon";
import type { Asked } from "./commands/asked.ts";
import type { Fields } from "./commands/tails.ts";
import type { Person, WorkspaceId } from "./incoming.ts";
import type { Connector } from "./lifecycle/connector.ts";
import { withAccount } from "./lifecycle/steps.ts";
import {
  type Clock,
  DamagedRecords,
  type Log,
  type Messenger,
  type Meter,
  type Shelf,
  type Store,
  StoreError,
} from "./ports.ts";
import { PLAIN_LOCALE, type View } from "./replies/times.ts";
import { businessCalendar } from "./scheduling/calendar.ts";
import { zoneNamed } from "./scheduling/zones.ts";
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
  /** What a workspace's conversations are about just now; without it nothing is remembered between two messages. */
  talks?(workspace: WorkspaceId): Shelf;
  /** Chooses a topic's id, a route or "none" for a question that the rules are unsure of; nothing where it can't. */
  chooser?(question: string): Promise<string | undefined>;
  meter?: Meter;
  /** Lets what else is waiting have its turn; called in the midst of much work. */
  othersTurn?(): Promise<void>;
  /** Deletes what adapters keep of a workspace that is to be forgotten. */
  forgetAlso?(workspace: WorkspaceId): Promise<void>;
}

/** One message being answered. `conversation` names the one it belongs to. */
export interface Talk {
  needs: Needs;
  workspace: WorkspaceId;
  view: View;
  conversation: string;
  asked(fields: Fields): Asked;
}

/** The settings of a workspace. Rejects with `StoreError`, also when they are damaged. */
export async function readSettings(shelf: Shelf, workspace: WorkspaceId): Promise<Settings> {
  const kept = await shelf.get(workspace);
  if (kept === undefined) return DEFAULT_SETTINGS;
  const read = Settings.safeParse(kept);
  if (read.success) return read.data;
  throw new StoreError("damaged", "The settings of a workspace can't be read: restore them from a copy.");
}

/** All connectors of a workspace, and what is known of those whose record can't be read. Rejects with `StoreError`. */
export async function listAll(
  { store, log }: Needs,
  workspace: WorkspaceId,
): Promise<Pick<DamagedRecords, "readable" | "damaged">> {
  try {
    return { readable: await store.list(workspace), damaged: [] };
  } catch (error) {
    if (!(error instanceof DamagedRecords)) throw error;
    for (const { id } of error.damaged) log.error("a connector can't be read", { workspace, connector: id });
    return error;
  }
}

/** The same of those that are followed, with what is known of the publisher's account. Rejects with `StoreError`. */
export async function listFollowed(
  needs: Needs,
  workspace: WorkspaceId,
  { accountReady }: Settings,
): Promise<{ followed: Connector[]; damaged: DamagedRecords["damaged"] }> {
  const { readable, damaged } = await listAll(needs, workspace);
  return {
    followed: readable
      .filter(({ untrackedAt }) => untrackedAt === undefined)
      .map((connector) => withAccount(connector, accountReady)),
    damaged: damaged.filter(({ isUntracked }) => !isUntracked),
  };
}

/** Deletes all that is kept for a workspace. Rejects with `StoreError`. */
export async function forget(needs: Needs, workspace: WorkspaceId): Promise<void> {
  const { store, settings, talks, forgetAlso } = needs;
  await store.forget(workspace);
  await settings.delete(workspace);
  await talks?.(workspace).clear();
  await forgetAlso?.(workspace);
}

const updating = new Map<WorkspaceId, Promise<unknown>>();

/**
 * Changes the settings of a workspace, one change after the other within this process. Two processes at the same instant can
 * lose one of two changes.
 */
export async function updateSettings(
  shelf: Shelf,
  workspace: WorkspaceId,
  change: (current: Settings) => Settings,
): Promise<void> {
  const before = updating.get(workspace);
  const update = (async () => {
    await before?.catch(() => undefined);
    await shelf.set(workspace, change(await readSettings(shelf, workspace)));
  })();
  updating.set(workspace, update);
  try {
    await update;
  } finally {
    if (updating.get(workspace) === update) updating.delete(workspace);
  }
}

/** Has everything planned anew if the settings that a plan was made with are no longer those of the workspace. */
export async function keepPlanned(
  { store, settings, clock }: Needs,
  workspace: WorkspaceId,
  plannedWith: Settings,
): Promise<void> {
  const now = await readSettings(settings, workspace);
  if (movesPlans(plannedWith, now)) await store.wake(workspace, clock.now());
}

/** Whether two settings plan the same reminders otherwise. */
export function movesPlans(before: Settings, after: Settings): boolean {
  const moving = ({ freezes, remind, quiet, days, zone }: Settings) => [freezes, remind, quiet, days, zone];
  return !isDeepStrictEqual(moving(before), moving(after));
}

/** Settings are read anew for what begins later than this. */
const SHARED_MS = 5000;

/**
 * Reads the settings of a workspace once for all that is done there at about the same time, and sees in the end that nothing was
 * planned with settings that had changed. Rejects with `StoreError`.
 */
export function shareSettings(
  needs: Needs,
): <Done>(workspace: WorkspaceId, work: (settings: Settings) => Promise<Done>) => Promise<Done> {
  interface Shared {
    settings: Promise<Settings>;
    until: DateTime;
    users: number;
  }
  const latest = new Map<WorkspaceId, Shared>();
  return async (workspace, work) => {
    const now = needs.clock.now();
    const known = latest.get(workspace);
    const fresh = () => ({
      settings: readSettings(needs.settings, workspace),
      until: now.plus(SHARED_MS),
      users: 0,
    });
    const shared = known && now < known.until ? known : fresh();
    latest.set(workspace, shared);
    shared.users += 1;
    try {
      return await work(await shared.settings);
    } finally {
      shared.users -= 1;
      if (shared.users === 0) {
        if (latest.get(workspace) === shared) latest.delete(workspace);
        await keepPlanned(needs, workspace, await shared.settings);
      }
    }
  };
}

/** How a reader sees the world now: their own zone, else the workspace's, else the program's. */
export function viewOf(
  { clock, zone }: Needs,
  settings: Settings,
  reader: Pick<Person, "zone" | "locale"> = {},
): View {
  const seen = reader.zone ?? settings.zone ?? zone;
  // The zone that remembers stays with `now`, and with every date that is worked out from it.
  const now = clock
    .now()
    .setZone(zoneNamed(seen))
    .setLocale(reader.locale ?? PLAIN_LOCALE);
  return { now, zone: seen, calendar: businessCalendar(settings), settings };
}
