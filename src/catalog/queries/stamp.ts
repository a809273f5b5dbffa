/**
 * What was written when: a text that changes when a catalog row about the relations `$1` is written anew, added or removed.
 * A row is written by a transaction (xmin), and no later one has its number; so the numbers that occur, each with how often,
 * say it all. One statement, so one snapshot. Costs an index lookup a relation and catalog.
 */
const part = (catalog: string, relation: string, condition = "true") =>
  `select '${relation} ' || c.xmin::text || ' ' || count(*)::text as written
from pg_catalog.${catalog} c where c.${relation} = any($1::oid[]) and ${condition} group by c.xmin`;

export const STAMP = `/* schemaready:stamp */
select coalesce(pg_catalog.hashtextextended(pg_catalog.string_agg(written, ',' order by written), 0), 0)::text as stamp from (
${[
  // Without the system's own columns, a quarter of the rows, which nothing changes.
  part("pg_attribute", "attrelid", "c.attnum > 0"),
  part("pg_attrdef", "adrelid"),
  part("pg_constraint", "conrelid"),
  part("pg_index", "indrelid"),
  part("pg_trigger", "tgrelid"),
].join("\nunion all\n")}) as rows`;

/**
 * What is seen depends on the snapshot alone: if two are equal, nothing was written in between, anywhere on the server. Null:
 * a standby keeps running transactions out of its snapshots, so there nothing is known.
 * https://www.postgresql.org/docs/current/functions-info.html#FUNCTIONS-PG-SNAPSHOT
 */
export const SNAPSHOT = `/* schemaready:snapshot */
select case when pg_catalog.pg_is_in_recovery() then null else pg_catalog.pg_current_snapshot()::text end as snapshot`;
