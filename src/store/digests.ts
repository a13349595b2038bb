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

/** Puts the digests that are due off by `lease`, and returns whose they are. `only`: this workspace's. One statement, as claimRows in due.ts. */
export async function claimDigests(
  { db, locksRows }: Engine,
  at: number,
  limit: number,
  lease: number,
  only: WorkspaceId | undefined,
): Promise<WorkspaceId[]> {
  const rows = await db
    .with("due", (rows) =>
      rows
        .selectFrom("digest")
        .select("workspace")
        .where("due_at", "<=", at)
        .$if(only !== undefined, (query) => query.where("workspace", "=", `${only}`))
        .orderBy("due_at")
        .limit(limit)
        .$if(locksRows, (query) => query.forUpdate().skipLocked()),
    )
    .updateTable("digest")
    .from("due")
    .set({ due_at: at + lease })
    .whereRef("digest.workspace", "=", "due.workspace")
    .returning("digest.workspace")
    .execute();
  return rows.map(({ workspace }) => workspace as WorkspaceId);
}
