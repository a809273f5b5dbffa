/** What the statistics and the file system say of tables, partitions and inheriting tables included. */
export interface TableFactsRow {
  readonly schema: string;
  readonly name: string;
  /** Null: never analyzed, in whole or in part. */
  readonly rows: number | null;
  readonly bytes: number;
  /** Of the rows alone, without indexes; null: not measured. */
  readonly heap: number | null;
  /** A part of it is elsewhere, so nothing here says how much it holds. */
  readonly foreign: boolean;
}

/**
 * $1 schemas, $2 names, $3 whether sizes are measured: that waits for whoever holds ACCESS EXCLUSIVE, and the pages that
 * the statistics know do not. Before PostgreSQL 14 a table that was never analyzed has 0 rows on 0 pages.
 */
export const TABLE_FACTS = `with recursive wanted as (
  select n.nspname as schema, c.relname as name, c.oid
  from unnest($1::text[], $2::text[]) as w (schema, name)
  join pg_catalog.pg_namespace n on n.nspname = w.schema
  join pg_catalog.pg_class c on c.relnamespace = n.oid and c.relname = w.name and c.relkind in ('r', 'p', 'm', 'f')
), tree as (
  select w.oid as root, w.oid from wanted w
  union all
  select t.root, i.inhrelid from tree t join pg_catalog.pg_inherits i on i.inhparent = t.oid
)
select w.schema, w.name,
  case when bool_or(c.relkind <> 'p' and (c.reltuples < 0 or (c.reltuples = 0 and c.relpages = 0))) then null
    else coalesce(sum(c.reltuples) filter (where c.relkind <> 'p'), 0)::float8 end as rows,
  coalesce(sum(case when $3 then pg_catalog.pg_total_relation_size(c.oid)
    else c.relpages::bigint * current_setting('block_size')::bigint end), 0)::float8 as bytes,
  sum(case when $3 then pg_catalog.pg_relation_size(c.oid) end)::float8 as heap,
  bool_or(c.relkind = 'f') as foreign
from wanted w
join tree t on t.root = w.oid
join pg_catalog.pg_class c on c.oid = t.oid
group by w.schema, w.name
order by w.schema, w.name`;
