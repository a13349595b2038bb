import type { WorkspaceId } from "../incoming.ts";
import { type Clock, type Shelf, type Store, StoreError, type Turnstile } from "../ports.ts";
import { remembering } from "../remembering.ts";
import { SqlStore } from "./connectors.ts";
import type { Engine } from "./engine.ts";
import { openShelf } from "./keyv-sql.ts";
import { migrate } from "./migrate.ts";
import { openSqlite } from "./node-sqlite.ts";
import { openPostgres } from "./postgres.ts";
import { openTurnstile } from "./turnstile.ts";

/** All that is kept: the connectors, and shelves for the rest. They share one database; closing the store closes all. */
export interface StoreRoom {
  store: Store;
  turnstile: Turnstile;
  shelf(namespace: string): Shelf;
}

const SHELVES_KEPT = 1000;

let lastOpening: Promise<unknown> = Promise.resolve();

/**
 * Opens the database and brings its schema up to date. `url` is `postgres://…` (postgres.ts), `sqlite:PATH`, a plain path or
 * `:memory:`. `clock` decides when what lies on a shelf expires. `only`: reminders and digests of other workspaces are left to the
 * programs that speak there. Rejects with `StoreError`.
 */
export async function openStore(url: string, clock: Clock, only?: WorkspaceId): Promise<StoreRoom> {
  const engine = await openEngine(url);
  // A shelf compiles its query, and counts its writes until it sweeps: not for every value anew.
  const shelf = remembering((namespace: string) => openShelf(engine, namespace, clock), SHELVES_KEPT);
  return { store: new SqlStore(engine, only), turnstile: openTurnstile(engine), shelf };
}

/** The database of a URL, with its schema up to date. */
export function openEngine(url: string): Promise<Engine> {
  // One after the other: a second connection would block the thread in which the first is migrating the same file.
  const opening = lastOpening.then(() => open(url));
  lastOpening = opening.catch(() => undefined);
  return opening;
}

export function isPostgres(url: string): boolean {
  return /^postgres(?:ql)?:/i.test(url);
}

async function open(url: string): Promise<Engine> {
  const engine = isPostgres(url) ? await openPostgres(url) : openSqlite(checkedPath(url));
  try {
    await migrate(engine);
    return engine;
  } catch (error) {
    await engine.close();
    throw error;
  }
}

/** The path of a SQLite file that is named as a URL or by its path. */
export function pathOf(url: string): string {
  return url.replace(/^(?:sqlite|file):(\/\/)?/, "");
}

function checkedPath(url: string): string {
  const path = pathOf(url);
  // The url itself is not repeated: it may hold a password.
  const scheme = /^([a-z][a-z0-9+.-]+):\/\//i.exec(path)?.[1];
  if (scheme !== undefined) {
    throw new StoreError(
      "unreachable",
      `This version cannot store in ${scheme}: set DATABASE_URL to postgres://… or sqlite:PATH.`,
    );
  }
  if (path === "") {
    throw new StoreError(
      "unreachable",
      "DATABASE_URL names no database: set it to postgres://… or sqlite:PATH.",
    );
  }
  return path;
}
