import type { Compilable, CompiledQuery, Kysely, QueryResult } from "kysely";
import type { Tables } from "./schema.ts";

/** Runs a query that was compiled before, with these values in the order in which its SQL names them. */
export type Prepared<Row> = (...values: unknown[]) => Promise<QueryResult<Row>>;

/**
 * Compiles a query once, for those that every message needs: Kysely builds and compiles anew each time, which takes longer than
 * SQLite does. The values in `query` do not matter.
 */
export function prepare<Row>(db: Kysely<Tables>, query: Compilable<Row>): Prepared<Row> {
  const compiled = query.compile();
  return (...values) => db.executeQuery(withValues(compiled, values));
}

/** A compiled query with other values. */
export function withValues<Row>(query: CompiledQuery<Row>, values: unknown[]): CompiledQuery<Row> {
  return { ...query, parameters: values };
}

/** The same for a query that was compiled with names in the places of its values. */
export function withNamed<Row>(
  query: CompiledQuery<Row>,
  values: Record<string, unknown>,
): CompiledQuery<Row> {
  return withValues(
    query,
    query.parameters.map((name) => values[String(name)]),
  );
}
