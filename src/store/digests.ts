import type { WorkspaceId } from "../incoming.ts";
import type { Engine } from "./engine.ts";

/** When the next digest of a workspace is due, in milliseconds; undefined: never. */
export async function planDigest(
  { db }: Engine,
  workspace: WorkspaceId,
  dueAt: number | undefined,
): Promise<void> {
  if (dueAt === undefined) {
    await db.deleteFrom("digest").where("workspace", "=", workspace).execute();
    return;
  }
  await db
    .insertInto("digest")
    .values({ workspace, due_at: dueAt })
    .onConflict((conflict) => conflict.column("workspace").doUpdateSet({ due_at: dueAt }))
    .execute();
}

/** Puts the digests that are due off by `lease`, and returns whose they are. One statement, as claimRows in due.ts. */
export async function claimDigests(
  { db, locksRows }: Engine,
  at: number,
  limit: number,
  lease: number,
): Promise<WorkspaceId[]> {
  const rows = await db
    .updateTable("digest")
    .set({ due_at: at + lease })
    .where(({ eb, selectFrom }) =>
      eb(
        "workspace",
        "in",
        selectFrom("digest as due")
          .select("due.workspace")
          .where("due.due_at", "<=", at)
          .orderBy("due.due_at")
          .limit(limit)
          .$if(locksRows, (query) => query.forUpdate().skipLocked()),
      ),
    )
    .returning("workspace")
    .execute();
  return rows.map(({ workspace }) => workspace as WorkspaceId);
}
