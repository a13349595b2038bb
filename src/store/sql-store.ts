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
  /** How the operator knows it: a path, or HOST:PORT/DATABASE. Never a secret. */
  name: string;
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
  const store = new SqlStore(engine, only);
  return { name: engine.name, store, turnstile: openTurnstile(engine), shelf };
}

/** The database of a URL, with its schema up to date. */
export function openEngine(url: string): Promise<Engine> {
  // One after the other: a second connection would block the thread in which the first is migrating the same file.
  const opening = lastOpening.then(() => open(url));
  lastOpening = opening.catch(() => undefined);
  return opening;
}

/** PostgreSQL is meant, though the URL may be none (postgres.ts refuses it). */
export function isPostgres(url: string): boolean {
  return /^postgres(?:ql)?(?::|\/\/)/i.test(url);
}

async function open(url: string): Promise<Engine> {
  const engine = isPostgres(url) ? await openPostgres(url) : openSqlite(pathOf(url));
  try {
    await migrate(engine);
    return engine;
  } catch (error) {
    await engine.close();
    throw error;
  }
}

/** The path of a SQLite file that is named as a URL or by its path. Throws `StoreError`. */
export function pathOf(url: string): string {
  const path = url.replace(/^(?:sqlite|file):(\/\/)?/i, "");
  const isPlain = path === url;
  // The url itself is not repeated, nor made a file's name: it may hold a password.
  if (isPostgres(path) || path.includes("://") || (isPlain && path.includes("@"))) {
    throw new StoreError(
      "unreachable",
      "The store is named in no way that is known here: set DATABASE_URL to postgres://USER:PASSWORD@HOST:PORT/DATABASE, or to sqlite:PATH for a file.",
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
