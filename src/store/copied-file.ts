import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { StoreError } from "../ports.ts";
import type { Engine } from "./engine.ts";
import { APPLICATION_ID, explainFailure } from "./node-sqlite.ts";

const LOCK_WAIT = 5000;

/**
 * Has `work` read a copy of one of our SQLite files, `open`ed as any store is, which may bring its schema up to date. The file
 * itself is never written, and nobody else writes into it meanwhile. Rejects with `StoreError`.
 */
export async function whileCopied(
  file: string,
  open: (path: string) => Promise<Engine>,
  work: (copied: Engine) => Promise<void>,
): Promise<void> {
  // Opening it would create it.
  if (!existsSync(file)) throw new StoreError("unreachable", `There is no file ${file} to move from.`);
  const folder = mkdtempSync(join(tmpdir(), "shepherd-"));
  const copy = join(folder, "copy.db");
  let locked: DatabaseSync | undefined;
  try {
    locked = lock(file);
    copyInto(file, copy);
    const engine = await open(copy);
    try {
      await work({ ...engine, name: file });
    } finally {
      await engine.close();
    }
  } catch (error) {
    const explained = explainFailure(error, file);
    if (!(explained instanceof StoreError)) throw explained;
    throw new StoreError(explained.reason, explained.message.replaceAll(copy, file), { cause: explained });
  } finally {
    locked?.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function lock(file: string): DatabaseSync {
  const database = new DatabaseSync(file, { timeout: LOCK_WAIT });
  try {
    const found = database.prepare("SELECT application_id AS id FROM pragma_application_id").get();
    if (found?.id !== APPLICATION_ID) {
      throw new StoreError(
        "not-ours",
        `The file ${file} is no store of this program: name another by --from.`,
      );
    }
    database.exec("BEGIN IMMEDIATE; PRAGMA query_only = ON");
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** With what lies in its log beside it. */
function copyInto(file: string, copy: string): void {
  const reader = new DatabaseSync(file, { readOnly: true });
  try {
    reader.prepare("VACUUM INTO ?").run(copy);
  } finally {
    reader.close();
  }
}
