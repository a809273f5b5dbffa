/** SQL that finds record tables: by name, or by columns where a tool lets people choose the name. SELECT only. */
import type { RecordTableShape } from "../model/record-tables.js";

export interface CandidateRow {
  schema: string;
  name: string;
  oid: string;
  columns: string[];
  usage: boolean | null;
  select: boolean | null;
  rowSecurity: boolean;
}

/** Privileges are asked for by oid: by name these functions fail when the role lacks USAGE on the schema. */
const CANDIDATE = `select n.nspname::text as "schema", c.relname::text as "name", c.oid::text as "oid", c.relrowsecurity as "rowSecurity",
  (select coalesce(pg_catalog.array_agg(a.attname::text order by a.attnum), '{}')
     from pg_catalog.pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as "columns",
  pg_catalog.has_schema_privilege(n.oid, 'USAGE') as "usage",
  pg_catalog.has_table_privilege(c.oid, 'SELECT') as "select"
from pg_catalog.pg_class c
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
where c.relkind in ('r', 'p') and n.nspname <> 'information_schema' and n.nspname !~ '^pg_'`;

/** $1: names. */
export const CANDIDATES_BY_NAME = `/* schemaready:record-table-candidates */
${CANDIDATE} and c.relname = any($1::text[])
order by n.nspname, c.relname`;

/** $1: the columns that must be there, $2: those that may be there besides. Another column rules a table out. */
export const CANDIDATES_BY_COLUMNS = `/* schemaready:record-table-by-columns */
${CANDIDATE} and c.relnatts >= pg_catalog.cardinality($1::text[])
  and (select pg_catalog.count(*) filter (where a.attname = any($1::text[])) = pg_catalog.cardinality($1::text[])
         and pg_catalog.bool_and(a.attname = any($1::text[]) or a.attname = any($2::text[]))
       from pg_catalog.pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped)
order by n.nspname, c.relname
limit 100`;

/**
 * Tools whose table people may call as they like, and whose columns no other program uses together. The others either
 * have a fixed name or columns that prove nothing (`id`, `name`).
 */
const RECOGNIZABLE: readonly RecordTableShape["tool"][] = [
  "drizzle",
  "knex",
  "node-pg-migrate",
  "mikro-orm",
  "flyway",
  "liquibase",
  "golang-migrate",
  "goose",
  "sqlx",
  "alembic",
];

export function isRecognizable({ tool }: RecordTableShape): boolean {
  return RECOGNIZABLE.includes(tool);
}
