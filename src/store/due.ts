import type { WorkspaceId } from "../incoming.ts";
import type { ConnectorKey } from "../lifecycle/connector.ts";
import type { Engine } from "./engine.ts";
import type { ConnectorRow } from "./schema.ts";

/**
 * Leases the earliest `limit` rows that are due at `at` and not leased, until `at + lease`, and returns them, earliest
 * first. One statement, so that two processes never get the same row. All in milliseconds. `only`: in this workspace.
 */
export async function claimRows(
  { db, locksRows }: Engine,
  at: number,
  limit: number,
  lease: number,
  only: WorkspaceId | undefined,
): Promise<ConnectorRow[]> {
  const rows = await db
    // Not in the WHERE: there PostgreSQL may look for it several times, and find others each time.
    .with("due", (rows) =>
      rows
        .selectFrom("connector")
        .select(["workspace", "id"])
        .where("due_at", "<=", at)
        .where((or) => or("lease_until", "is", null).or("lease_until", "<=", at))
        .$if(only !== undefined, (query) => query.where("workspace", "=", `${only}`))
        .orderBy("due_at")
        .orderBy("id")
        .limit(limit)
        .$if(locksRows, (query) => query.forUpdate().skipLocked()),
    )
    .updateTable("connector")
    .from("due")
    .set({ lease_until: at + lease })
    .whereRef("connector.workspace", "=", "due.workspace")
    .whereRef("connector.id", "=", "due.id")
    .returningAll()
    .execute();
  // RETURNING promises no order.
  return rows.sort((a, b) => (a.due_at ?? 0) - (b.due_at ?? 0));
}

/** Makes leases that end at `until` end at `next`: null, at once. Returns whose lease it was. In milliseconds. */
export async function moveLeases(
  { db }: Engine,
  keys: readonly ConnectorKey[],
  until: number,
  next: number | null,
): Promise<ConnectorKey[]> {
  if (keys.length === 0) return [];
  const rows = await db
    .updateTable("connector")
    .set({ lease_until: next })
    .where(({ eb, refTuple, tuple }) =>
      eb(
        refTuple("workspace", "id"),
        "in",
        keys.map(({ workspace, id }) => tuple(workspace as string, id)),
      ),
    )
    .where("lease_until", "=", until)
    .returning(["workspace", "id"])
    .execute();
  return rows.map(({ workspace, id }) => ({ workspace: workspace as WorkspaceId, id }));
}

/** The earliest moment at which a connector or a digest is due, leased or not. `only`: in this workspace. */
export async function firstDue({ db }: Engine, only: WorkspaceId | undefined): Promise<number | undefined> {
  const { connector, digest } = await db
    .selectNoFrom(({ selectFrom }) => [
      selectFrom("connector")
        .select("due_at")
        .where("due_at", "is not", null)
        .$if(only !== undefined, (query) => query.where("workspace", "=", `${only}`))
        .orderBy("due_at")
        .limit(1)
        .as("connector"),
      selectFrom("digest")
        .select("due_at")
        .$if(only !== undefined, (query) => query.where("workspace", "=", `${only}`))
        .orderBy("due_at")
        .limit(1)
        .as("digest"),
    ])
    .executeTakeFirstOrThrow();
  return earliest(connector, digest);
}

function earliest(...moments: (number | null)[]): number | undefined {
  const found = moments.filter((one) => one !== null);
  return found.length === 0 ? undefined : Math.min(...found);
}

/** The earliest moment something was to be told that is not told at `at`. */
export async function waitingSince({ db }: Engine, at: number): Promise<number | undefined> {
  const { due, waiting } = await db
    .selectNoFrom(({ selectFrom }) => [
      selectFrom("connector").select("due_at").where("due_at", "<=", at).orderBy("due_at").limit(1).as("due"),
      selectFrom("connector")
        .select("waiting_since")
        .where("waiting_since", "is not", null)
        .orderBy("waiting_since")
        .limit(1)
        .as("waiting"),
    ])
    .executeTakeFirstOrThrow();
  return earliest(due, waiting);
}
