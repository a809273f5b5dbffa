/** Tables with their columns; sequences; what is attached to what. */
import { columnCollation, type DefinitionQuery, ownObject, qualified, userSchema } from "./object.js";

const sequenceOptions = `pg_catalog.format('start with %s increment by %s minvalue %s maxvalue %s cache %s%s',
  s.seqstart, s.seqincrement, s.seqmin, s.seqmax, s.seqcache, case when s.seqcycle then ' cycle' else '' end)`;

export const SEQUENCES: DefinitionQuery = {
  rank: 5,
  text: () => `/* schemaready:copy-sequences */
select 'pg_class/' || c.oid as key, 'sequence' as kind, n.nspname as schema, null as relation, c.relname as name,
  array[pg_catalog.format('create sequence %I.%I as %s ', n.nspname, c.relname, pg_catalog.format_type(s.seqtypid, null))
    || ${sequenceOptions}] as statements
from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
join pg_catalog.pg_sequence s on s.seqrelid = c.oid
where ${userSchema("n")} and ${ownObject("pg_class", "c.oid")} and not exists (
  select from pg_catalog.pg_depend d where d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass and d.objid = c.oid
    and d.refclassid = d.classid and d.deptype = 'i')`,
};

/** OWNED BY comes last: the table may need the sequence. */
export const SEQUENCE_OWNERS: DefinitionQuery = {
  rank: 20,
  text: () => `/* schemaready:copy-sequence-owners */
select 'owner/' || c.oid as key, 'ownership' as kind, n.nspname as schema, null as relation, c.relname as name,
  array['pg_class/' || c.oid, 'pg_class/' || r.oid] as needs,
  array[pg_catalog.format('alter sequence %I.%I owned by %I.%I.%I', n.nspname, c.relname, rn.nspname, r.relname, a.attname)] as statements
from pg_catalog.pg_depend d
join pg_catalog.pg_class c on c.oid = d.objid and c.relkind = 'S'
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
join pg_catalog.pg_class r on r.oid = d.refobjid
join pg_catalog.pg_namespace rn on rn.oid = r.relnamespace
join pg_catalog.pg_attribute a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid
where d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass and d.refclassid = d.classid and d.deptype = 'a'
  and ${userSchema("n")} and ${ownObject("pg_class", "c.oid")}`,
};

const identity = `(select pg_catalog.format(' generated %s as identity (sequence name %I.%I ',
    case a.attidentity when 'a' then 'always' else 'by default' end, qn.nspname, q.relname) || ${sequenceOptions} || ')'
  from pg_catalog.pg_depend d
  join pg_catalog.pg_class q on q.oid = d.objid
  join pg_catalog.pg_namespace qn on qn.oid = q.relnamespace
  join pg_catalog.pg_sequence s on s.seqrelid = q.oid
  where d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass and d.refclassid = d.classid
    and d.refobjid = a.attrelid and d.refobjsubid = a.attnum and d.deptype = 'i')`;

/** A partition has the identity of its parent (PostgreSQL 17), which comes with the attachment. */
const value = `case when a.attgenerated <> '' then (
    select pg_catalog.format(' generated always as (%s) %s', pg_catalog.pg_get_expr(g.adbin, g.adrelid),
      case a.attgenerated when 'v' then 'virtual' else 'stored' end)
    from pg_catalog.pg_attrdef g where g.adrelid = a.attrelid and g.adnum = a.attnum)
  when a.attidentity <> '' and not c.relispartition then ${identity} end`;

/** NOT NULL has a name and states of its own since PostgreSQL 18; one that is not valid is added later. */
function notNull(serverVersion: number): string {
  if (serverVersion < 180_000) return "case when a.attnotnull then ' not null' end";
  return `case when a.attnotnull then coalesce((
    select case when not k.convalidated then '' else
      pg_catalog.format(' constraint %I not null%s', k.conname, case when k.connoinherit then ' no inherit' else '' end) end
    from pg_catalog.pg_constraint k where k.conrelid = a.attrelid and k.contype = 'n' and k.conkey = array[a.attnum]), ' not null') end`;
}

/** What inherits has only its own columns in its definition; a partition has all of them until it is attached. */
export const TABLES: DefinitionQuery = {
  rank: 8,
  text: (serverVersion) => `/* schemaready:copy-tables */
select 'pg_class/' || c.oid as key, 'table' as kind, n.nspname as schema, null as relation, c.relname as name,
  pg_catalog.array_remove(array[
    pg_catalog.format('create %stable %I.%I (', case when c.relpersistence = 'u' then 'unlogged ' else '' end, n.nspname, c.relname)
      || coalesce((select pg_catalog.string_agg(
          pg_catalog.format('%I %s', a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod))
          || coalesce(${columnCollation}, '') || coalesce(${value}, '') || coalesce(${notNull(serverVersion)}, ''), ', ' order by a.attnum)
        from pg_catalog.pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and (a.attislocal or c.relispartition)), '') || ')'
      || case when c.relispartition then '' else coalesce((
        select ' inherits (' || pg_catalog.string_agg(${qualified("pn.nspname", "p.relname")}, ', ' order by i.inhseqno) || ')'
        from pg_catalog.pg_inherits i join pg_catalog.pg_class p on p.oid = i.inhparent
        join pg_catalog.pg_namespace pn on pn.oid = p.relnamespace where i.inhrelid = c.oid), '') end
      || coalesce(' partition by ' || pg_catalog.pg_get_partkeydef(c.oid), ''),
    case when c.relrowsecurity then pg_catalog.format('alter table only %I.%I enable row level security', n.nspname, c.relname) end,
    case when c.relforcerowsecurity then pg_catalog.format('alter table only %I.%I force row level security', n.nspname, c.relname) end
  ], null) as statements
from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
where c.relkind = any('{r,p}') and ${userSchema("n")} and ${ownObject("pg_class", "c.oid")}`,
};

export const PARTITIONS: DefinitionQuery = {
  rank: 9,
  text: () => `/* schemaready:copy-partitions */
select 'attach/' || c.oid as key, 'attachment' as kind, n.nspname as schema, null as relation, c.relname as name,
  array['pg_class/' || c.oid, 'pg_class/' || p.oid] as needs,
  array[pg_catalog.format('alter table only %I.%I attach partition %I.%I %s', pn.nspname, p.relname, n.nspname, c.relname,
    pg_catalog.pg_get_expr(c.relpartbound, c.oid))] as statements
from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
join pg_catalog.pg_inherits i on i.inhrelid = c.oid
join pg_catalog.pg_class p on p.oid = i.inhparent
join pg_catalog.pg_namespace pn on pn.oid = p.relnamespace
where c.relispartition and c.relkind = any('{r,p}') and ${userSchema("n")} and ${ownObject("pg_class", "c.oid")}`,
};

/** Generated columns have their expression in the table; every other default comes when functions are there. */
export const DEFAULTS: DefinitionQuery = {
  rank: 12,
  text: () => `/* schemaready:copy-defaults */
select 'pg_attrdef/' || d.oid as key, 'column' as kind, n.nspname as schema, c.relname as relation, a.attname as name,
  array['pg_class/' || c.oid] as needs,
  array[pg_catalog.format('alter table only %I.%I alter column %I set default %s', n.nspname, c.relname, a.attname,
    pg_catalog.pg_get_expr(d.adbin, d.adrelid))] as statements
from pg_catalog.pg_attrdef d join pg_catalog.pg_class c on c.oid = d.adrelid
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
join pg_catalog.pg_attribute a on a.attrelid = d.adrelid and a.attnum = d.adnum
where a.attgenerated = '' and c.relkind = any('{r,p,v}') and ${userSchema("n")} and ${ownObject("pg_class", "c.oid")}`,
};
