import { type CompiledQuery, sql } from "kysely";
import type { DateTime } from "luxon";
import type { Turnstile } from "../ports.ts";
import type { Engine } from "./engine.ts";
import { withNamed } from "./prepared.ts";

const SWEEP_EVERY = 500;

/**
 * Turns by the generic cell rate algorithm: of each key one moment is kept, which every turn moves on by `every`. A turn comes
 * `burst` times `every` before the moment it moved it to, or at once. One statement, so that no turn is given to two processes.
 */
export function openTurnstile(engine: Engine): Turnstile {
  const { db } = engine;
  const takeTurn = compileTake(engine);
  let turns = 0;

  async function sweep(at: number): Promise<void> {
    if (turns++ % SWEEP_EVERY === 0) await db.deleteFrom("turn").where("next_at", "<=", at).execute();
  }

  return {
    async take(key, tempo, now, within) {
      const { burst } = tempo;
      const every = Math.ceil(tempo.every);
      const at = now.toMillis();
      await sweep(at);
      const latest = at + Math.floor(within) + (burst - 1) * every;
      // After a power cut a turn may be given twice: a platform then says that it is asked too often.
      const [taken] = await engine.writeLightly(
        withNamed(takeTurn, { key, now: at, every, nextIfFree: at + every, latest }),
      );
      if (taken) return { taken: true, wait: Math.max(0, taken.next_at - burst * every - at) };
      const kept = await db.selectFrom("turn").select("next_at").where("key", "=", key).executeTakeFirst();
      return { taken: false, wait: Math.max(0, (kept?.next_at ?? at) - (burst - 1) * every - at) };
    },
    async hold(key, { every, burst }, until: DateTime) {
      const next = until.toMillis() + (burst - 1) * Math.ceil(every);
      await db
        .insertInto("turn")
        .values({ key, next_at: next })
        .onConflict((conflict) =>
          conflict.column("key").doUpdateSet({ next_at: next }).where("turn.next_at", "<", next),
        )
        .execute();
    },
  };
}

/** Takes a turn that comes by `latest`, and tells the moment that it has moved its key to. To be given the values that it names. */
function compileTake({ db }: Engine): CompiledQuery<{ next_at: number }> {
  return sql<{ next_at: number }>`
    insert into turn (key, next_at) values (${"key"}, ${"nextIfFree"})
    on conflict (key) do update
      set next_at = case when turn.next_at > ${"now"} then turn.next_at + ${"every"} else ${"nextIfFree"} end
      where turn.next_at <= ${"latest"}
    returning next_at`.compile(db);
}
