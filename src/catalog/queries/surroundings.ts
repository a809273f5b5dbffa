/**
 * What is asked only when something is wrong. Each query is one round trip with bounded rows, reads catalogs and
 * statistics only, and waits for no lock: nothing here prints a definition.
 */

/** Most rows that any of these queries gives; names that match more often explain nothing. */
const MOST_ROWS = 200;
const MOST_CANDIDATES = 1000;
const MOST_DATABASES = 12;
const MOST_SCHEMAS = 20;
/** What pg_stat_activity keeps of a query by default. */
const QUERY_CHARACTERS = 1024;

/** Schemas of the system: not where an application keeps its tables. */
const OF_USERS = "n.nspname <> 'information_schema' and n.nspname !~ '^pg_'";
const WITH_COLUMNS = "c.relkind = any('{r,p,v,m,f}')";

const COLUMNS_OF = (oid: string) => `(select pg_catalog.json_agg(pg_catalog.json_build_object('name', a.attname,
      'type', pg_catalog.format_type(a.atttypid, a.atttypmod)) order by a.attnum)
    from pg_catalog.pg_attribute a where a.attrelid = ${oid} and a.attnum > 0 and not a.attisdropped)`;

/** `$1`, `$2`: schema and name of each missing relation; upper and lower case are one. */
export const NEARBY_BY_NAME = `/* schemaready:nearby-by-name */
select m.*, ${COLUMNS_OF("m.oid")} as columns
from (
  select w.schema as "wantedSchema", w.name as "wantedName", c.oid, n.nspname::text as schema, c.relname::text as name,
    case when c.relname = w.name then 'name' else 'case' end as match
  from unnest($1::text[], $2::text[]) as w(schema, name)
  join pg_catalog.pg_class c on pg_catalog.lower(c.relname::text) = pg_catalog.lower(w.name)
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  where ${WITH_COLUMNS} and ${OF_USERS} and not c.relispartition and (n.nspname::text, c.relname::text) <> (w.schema, w.name)
  order by 1, 2, 6 desc, 4, 5
  limit ${MOST_ROWS}) m`;

/**
 * `$1`, `$2`: schema and name of each missing relation, `$3`: its columns as a JSON list, `$4`: the one of them by which
 * it is best told; `$5`, `$6`: relations that the contract knows. pg_attribute is read once for the telling columns; only
 * what has one of them is looked at as a whole.
 */
export const NEARBY_BY_COLUMNS = `/* schemaready:nearby-by-columns */
with wanted as (
  select w.schema, w.name, w.telling, array(select pg_catalog.json_array_elements_text(w.columns::json)) as columns
  from unnest($1::text[], $2::text[], $3::text[], $4::text[]) as w(schema, name, columns, telling)
), candidates as (
  select w.schema as "wantedSchema", w.name as "wantedName", w.columns as expected, c.oid, n.nspname::text as schema, c.relname::text as name
  from pg_catalog.pg_attribute t
  join wanted w on w.telling = t.attname::text
  join pg_catalog.pg_class c on c.oid = t.attrelid
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace and n.nspname = w.schema
  where t.attname = any($4::name[]) and t.attnum > 0 and not t.attisdropped
    and ${WITH_COLUMNS} and not c.relispartition
    and (n.nspname::text, c.relname::text) not in (select k.schema, k.name from unnest($5::text[], $6::text[]) as k(schema, name))
    and c.relnatts >= pg_catalog.cardinality(w.columns) and pg_catalog.lower(c.relname::text) <> pg_catalog.lower(w.name)
  limit ${MOST_CANDIDATES}
)
select m."wantedSchema", m."wantedName", m.schema, m.name, 'columns' as match, ${COLUMNS_OF("m.oid")} as columns
from candidates m
where pg_catalog.cardinality(m.expected) = (select count(*) from pg_catalog.pg_attribute a
  where a.attrelid = m.oid and a.attnum > 0 and not a.attisdropped and a.attname = any(m.expected::name[]))
order by 1, 2, 3, 4
limit ${MOST_ROWS}`;

export interface NearbyRow {
  wantedSchema: string;
  wantedName: string;
  schema: string;
  name: string;
  match: "name" | "case" | "columns";
  columns: { name: string; type: string }[] | null;
}

/** `$1`, `$2`: schema and name of each missing type, sequence or function; upper and lower case are one. */
export const NEARBY_OBJECTS = `/* schemaready:nearby-objects */
select o.kind, n.nspname::text as schema, o.name
from (
  select 'type' as kind, t.typnamespace as namespace, t.typname::text as name from pg_catalog.pg_type t where t.typtype in ('e', 'd')
  union all
  select 'sequence', c.relnamespace, c.relname::text from pg_catalog.pg_class c where c.relkind = 'S'
  union all
  select distinct 'function', p.pronamespace, p.proname::text from pg_catalog.pg_proc p
) o
join pg_catalog.pg_namespace n on n.oid = o.namespace
where ${OF_USERS} and pg_catalog.lower(o.name) = any(select pg_catalog.lower(w.name) from unnest($2::text[]) as w(name))
  and not exists (select from unnest($1::text[], $2::text[]) as w(schema, name) where w.schema = n.nspname and w.name = o.name)
order by o.name, n.nspname, o.kind
limit ${MOST_ROWS}`;

export interface NearbyObjectRow {
  kind: "type" | "sequence" | "function";
  schema: string;
  name: string;
}

/** `$1`, `$2`: schema and name. Privileges are asked for by oid: by name these functions fail without USAGE on the schema. */
export const TOUCHED_RELATIONS = `/* schemaready:touched-relations */
select c.oid, n.nspname::text as schema, c.relname::text as name,
  pg_catalog.has_schema_privilege(n.oid, 'USAGE') as usage,
  pg_catalog.has_table_privilege(c.oid, 'SELECT') or pg_catalog.has_any_column_privilege(c.oid, 'SELECT') as select,
  pg_catalog.row_security_active(c.oid) as "rowSecurity",
  pg_catalog.pg_get_userbyid(c.relowner)::text as owner,
  (select count(*)::int from pg_catalog.pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and a.attisdropped) as "droppedColumns",
  array(select ic.relname::text from pg_catalog.pg_index i join pg_catalog.pg_class ic on ic.oid = i.indexrelid
    where i.indrelid = c.oid and not (i.indisvalid and i.indisready) order by 1) as "invalidIndexes"
from unnest($1::text[], $2::text[]) as w(schema, name)
join pg_catalog.pg_namespace n on n.nspname = w.schema
join pg_catalog.pg_class c on c.relnamespace = n.oid and c.relname = w.name
where ${WITH_COLUMNS}
order by n.nspname, c.relname`;

export interface TouchedRow {
  oid: number;
  schema: string;
  name: string;
  usage: boolean;
  select: boolean;
  rowSecurity: boolean;
  owner: string;
  droppedColumns: number;
  invalidIndexes: string[];
}

/**
 * `$1`: oids of relations. Weaker locks are in nobody's way; a concurrent build holds SHARE UPDATE EXCLUSIVE from its
 * beginning to its end. Every role sees all of pg_locks. A prepared transaction has no process.
 */
export const RELATION_LOCKS = `/* schemaready:relation-locks */
select l.relation as oid, l.pid, l.mode, l.granted,
  case when l.granted or l.pid is null then '{}'::int[] else pg_catalog.pg_blocking_pids(l.pid) end as "blockedBy"
from pg_catalog.pg_locks l
where l.locktype = 'relation' and l.relation = any($1::oid[])
  and l.database = (select d.oid from pg_catalog.pg_database d where d.datname = current_database())
  and l.mode = any('{ShareUpdateExclusiveLock,ShareLock,ShareRowExclusiveLock,ExclusiveLock,AccessExclusiveLock}')
  and l.pid is distinct from pg_catalog.pg_backend_pid()
order by l.relation, l.granted desc, l.pid, l.mode
limit ${MOST_ROWS}`;

export interface RelationLockRow {
  oid: number;
  pid: number | null;
  mode: string;
  granted: boolean;
  blockedBy: number[];
}

/** `$1`: process ids. Of another role's session a role without pg_read_all_stats sees no state, no times and no query. */
export const SESSIONS = `/* schemaready:sessions */
select a.pid, a.usename::text as "user", nullif(a.application_name, '') as application, a.state,
  extract(epoch from pg_catalog.clock_timestamp() - a.xact_start)::int as "transactionSeconds",
  case when a.state is null then null else pg_catalog.left(a.query, ${QUERY_CHARACTERS}) end as query
from pg_catalog.pg_stat_activity a where a.pid = any($1::int[])
order by a.pid
limit ${MOST_ROWS}`;

export interface SessionRow {
  pid: number;
  user: string | null;
  application: string | null;
  state: string | null;
  transactionSeconds: number | null;
  query: string | null;
}

/** Every build in this database. What another role builds shows its process only (see SESSIONS). */
export const BUILDS = `/* schemaready:builds */
select p.pid, n.nspname::text as schema, c.relname::text as name, i.relname::text as index, p.phase,
  case when p.blocks_total > 0 then (100 * p.blocks_done / p.blocks_total)::int
       when p.tuples_total > 0 then (100 * p.tuples_done / p.tuples_total)::int
       when p.lockers_total > 0 then (100 * p.lockers_done / p.lockers_total)::int end as percent,
  extract(epoch from pg_catalog.clock_timestamp() - a.query_start)::int as seconds
from pg_catalog.pg_stat_progress_create_index p
left join pg_catalog.pg_class c on c.oid = p.relid
left join pg_catalog.pg_namespace n on n.oid = c.relnamespace
left join pg_catalog.pg_class i on i.oid = p.index_relid
left join pg_catalog.pg_stat_activity a on a.pid = p.pid
where p.datname = current_database()
order by p.pid
limit ${MOST_ROWS}`;

export interface BuildRow {
  pid: number;
  schema: string | null;
  name: string | null;
  index: string | null;
  phase: string | null;
  percent: number | null;
  seconds: number | null;
}

export const DATABASE = `/* schemaready:database */
select
  (select coalesce(pg_catalog.json_agg(s), '[]') from (
    select n.nspname as name, count(*)::int as relations
    from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    where ${WITH_COLUMNS} and ${OF_USERS} and not exists (select from pg_catalog.pg_depend d
      where d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass and d.objid = c.oid and d.deptype = 'e')
    group by n.nspname order by count(*) desc, n.nspname limit ${MOST_SCHEMAS}) s) as schemas,
  array(select d.datname::text from pg_catalog.pg_database d
    where d.datallowconn and not d.datistemplate and d.datname <> current_database()
      and pg_catalog.has_database_privilege(d.oid, 'CONNECT')
    order by d.datname limit ${MOST_DATABASES}) as databases`;

export interface DatabaseRow {
  schemas: { name: string; relations: number }[];
  databases: string[];
}
