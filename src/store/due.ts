import type { Engine } from "./engine.ts";
import type { ConnectorRow } from "./schema.ts";

/**
 * Leases the earliest `limit` rows that are due at `at` and not leased, until `at + lease`, and returns them, earliest
 * first. One statement, so that two processes never get the same row. All in milliseconds.
 */
export async function claimRows(
  { db, locksRows }: Engine,
  at: number,
  limit: number,
  lease: number,
): Promise<ConnectorRow[]> {
  const rows = await db
    .updateTable("connector")
    .set({ lease_until: at + lease })
    .where(({ eb, refTuple, selectFrom }) =>
      eb(
        refTuple("workspace", "id"),
        "in",
        selectFrom("connector as due")
          .select(["due.workspace", "due.id"])
          .where("due.due_at", "<=", at)
          .where((or) => or("due.lease_until", "is", null).or("due.lease_until", "<=", at))
          .orderBy("due.due_at")
          .limit(limit)
          .$if(locksRows, (query) => query.forUpdate().skipLocked())
          .$asTuple("workspace", "id"),
      ),
    )
    .returningAll()
    .execute();
  // RETURNING promises no order.
  return rows.sort((a, b) => (a.due_at ?? 0) - (b.due_at ?? 0));
}

/** Ends the lease of rows just claimed, unless somebody else has changed or claimed them since. */
export async function giveBack({ db }: Engine, rows: ConnectorRow[]): Promise<void> {
  for (const row of rows) {
    await db
      .updateTable("connector")
      .set({ lease_until: null })
      .where("workspace", "=", row.workspace)
      .where("id", "=", row.id)
      .where("lease_until", "=", row.lease_until)
      .execute();
  }
}

/** The earliest moment any row is due, leased or not. */
export async function firstDue({ db }: Engine): Promise<number | undefined> {
  const first = await db
    .selectFrom("connector")
    .select("due_at")
    .where("due_at", "is not", null)
    .orderBy("due_at")
    .limit(1)
    .executeTakeFirst();
  return first?.due_at ?? undefined;
}
