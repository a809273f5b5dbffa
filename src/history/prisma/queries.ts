/** SQL that finds and reads Prisma's record table. Only SELECT; every value comes back as text, number or boolean. */
import { type QualifiedName, quoteQualified } from "../../model/names.js";

export const RECORD_TABLE = "_prisma_migrations";

/** The table that Prisma has created since 2.13 (knowledge: prisma-semantics 2.1). */
export const RECORD_COLUMNS = [
  "id",
  "checksum",
  "finished_at",
  "migration_name",
  "logs",
  "rolled_back_at",
  "started_at",
  "applied_steps_count",
] as const;

/** A directory of migrations never comes near this; a table that does is something else. */
export const MAX_RECORDS = 10_000;

/** An error text of Prisma holds the database's message in its first lines and a stack trace after them. */
export const MAX_LOG_CHARACTERS = 4_000;

export interface CandidateRow {
  schema: string;
  name: string;
  columns: string[];
  usage: boolean | null;
  select: boolean | null;
  rowSecurity: boolean;
}

/** Privileges are asked for by oid: by name these functions fail when the role lacks USAGE on the schema. */
export const CANDIDATES = `/* schemaready:record-table-candidates */
select n.nspname::text as "schema", c.relname::text as "name", c.relrowsecurity as "rowSecurity",
  (select coalesce(pg_catalog.array_agg(a.attname::text order by a.attnum), '{}')
     from pg_catalog.pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as "columns",
  pg_catalog.has_schema_privilege(n.oid, 'USAGE') as "usage",
  pg_catalog.has_table_privilege(c.oid, 'SELECT') as "select"
from pg_catalog.pg_class c
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
where c.relname = '${RECORD_TABLE}' and c.relkind in ('r', 'p')
  and n.nspname <> 'information_schema' and n.nspname !~ '^pg_'
order by n.nspname`;

export interface RecordRow {
  id: string | null;
  checksum: string | null;
  finishedAt: string | null;
  migrationName: string | null;
  logs: string | null;
  rolledBackAt: string | null;
  startedAt: string | null;
  appliedStepsCount: number | null;
}

/** One row more than the limit, so that a table which is too long can be told from one that just fits. */
export function recordsQuery(table: QualifiedName): string {
  return `/* schemaready:prisma-records */
select id::text as "id", checksum::text as "checksum", ${isoUtc("finished_at")} as "finishedAt",
  migration_name::text as "migrationName", pg_catalog.left(logs::text, ${MAX_LOG_CHARACTERS}) as "logs",
  ${isoUtc("rolled_back_at")} as "rolledBackAt", ${isoUtc("started_at")} as "startedAt",
  applied_steps_count::int4 as "appliedStepsCount"
from ${quoteQualified(table)}
order by started_at, id::text collate "C"
limit ${MAX_RECORDS + 1}`;
}

function isoUtc(column: string): string {
  return `pg_catalog.to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
}
