/** Where else a missing object stands: who migrates may search more schemas than the trial does. */
import { complaintOf } from "../expect/index.js";
import type { ReplayFailure } from "../model/replay-failure.js";
import type { ScratchConnection } from "../scratch/index.js";

const NAMED = `select distinct n.nspname as schema from (
  select relname as name, relnamespace as namespace from pg_catalog.pg_class
  union all select typname, typnamespace from pg_catalog.pg_type
  union all select proname, pronamespace from pg_catalog.pg_proc
  union all select opcname, opcnamespace from pg_catalog.pg_opclass) o
join pg_catalog.pg_namespace n on n.oid = o.namespace
where o.name = $1 and n.nspname <> $2 and n.nspname !~ '^pg_' order by 1`;

/** Schemas of the copy, other than the one searched, that have what the statement did not find; none if it named one. */
export async function elsewhere(
  connection: ScratchConnection,
  searched: string,
  { sqlstate, message }: ReplayFailure,
): Promise<string[]> {
  const complaint = complaintOf(sqlstate, message);
  if (complaint === null || complaint.about !== "missing" || complaint.schema !== null) return [];
  const rows = await connection.query<{ schema: string }>(NAMED, [complaint.relation ?? complaint.name, searched]);
  return rows.map(({ schema }) => schema);
}
