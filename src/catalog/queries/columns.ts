/** Columns, their defaults, sequences, types and collations. `$1` is an array of relation oids unless said otherwise. */

export const COLUMNS = `/* schemaready:columns */
select attrelid as oid, attnum as position, attname as name, atttypid as type, atttypmod as modifier, attnotnull as not_null,
  attidentity as identity, attgenerated as generated, attcollation as collation
from pg_catalog.pg_attribute
where attrelid = any($1::oid[]) and attnum > 0 and not attisdropped`;

export interface ColumnRow {
  oid: number;
  position: number;
  name: string;
  type: number;
  modifier: number;
  not_null: boolean;
  identity: string;
  generated: string;
  collation: number;
}

/** A scalar subquery on purpose: a join here makes the planner read whole catalogs. */
const GENERATED =
  "(select a.attgenerated from pg_catalog.pg_attribute a where a.attrelid = adrelid and a.attnum = adnum)";

/**
 * Of relations without generated columns. A default has no column references, so it is deparsed without its relation: that
 * takes no lock and costs a third. The expression of a column that became a generated one meanwhile is an error (22023;
 * XX000 before PostgreSQL 16): run inside a savepoint.
 */
export const DEFAULTS = `/* schemaready:defaults */
select adrelid as oid, adnum as position, pg_catalog.pg_get_expr(adbin, 0) as expression
from pg_catalog.pg_attrdef where adrelid = any($1::oid[])`;

/**
 * Of relations with generated columns, whose expressions stand in the same catalog and do need the relation: they are left
 * out here. Looking that up for each default doubles the cost of them.
 */
export const DEFAULTS_BESIDE_GENERATED = `/* schemaready:defaults-beside-generated */
select adrelid as oid, adnum as position, pg_catalog.pg_get_expr(adbin, 0) as expression
from pg_catalog.pg_attrdef where adrelid = any($1::oid[]) and ${GENERATED} = ''`;

export interface DefaultRow {
  oid: number;
  position: number;
  expression: string | null;
}

/** Waits behind ACCESS EXCLUSIVE. */
export const GENERATION_EXPRESSIONS = `/* schemaready:generation-expressions */
select adrelid as oid, adnum as position, pg_catalog.pg_get_expr(adbin, adrelid) as expression
from pg_catalog.pg_attrdef where adrelid = any($1::oid[]) and ${GENERATED} <> ''`;

const SEQUENCE = `n.nspname as schema, s.relname as name,
  pg_catalog.has_sequence_privilege(coalesce($2::name, current_user), s.oid, 'USAGE, UPDATE') as usage`;

/**
 * Sequences that columns own (serial: deptype a, identity: i). `$2`: the judged role; nextval() needs USAGE or UPDATE.
 * Indexes depend on columns just so: what is no sequence is sorted out before pg_class is asked (`is true` keeps that a
 * lookup in a hash, OFFSET 0 the names a lookup each; as joins they read the whole of pg_class).
 */
export const OWNED_SEQUENCES = `/* schemaready:owned-sequences */
select d.oid, d.position, case d.deptype when 'i' then 2 else 0 end as rank, ${SEQUENCE}
from (
  select d.refobjid as oid, d.refobjsubid::int as position, d.deptype, d.objid
  from pg_catalog.pg_depend d
  where d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass and d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
    and d.refobjid = any($1::oid[]) and d.refobjsubid > 0 and d.deptype in ('a', 'i')
    and (d.objid in (select q.seqrelid from pg_catalog.pg_sequence q)) is true
  offset 0
) d
cross join lateral (select * from pg_catalog.pg_class c where c.oid = d.objid offset 0) s
cross join lateral (select * from pg_catalog.pg_namespace c where c.oid = s.relnamespace offset 0) n`;

/** Sequences that the defaults of columns refer to. `$1`, `$3`: parallel arrays of relation oids and positions. */
export const DEFAULT_SEQUENCES = `/* schemaready:default-sequences */
select a.adrelid as oid, a.adnum::int as position, 1 as rank, ${SEQUENCE}
from unnest($1::oid[], $3::int2[]) as wanted(oid, position)
join pg_catalog.pg_attrdef a on a.adrelid = wanted.oid and a.adnum = wanted.position
join pg_catalog.pg_depend d on d.classid = 'pg_catalog.pg_attrdef'::pg_catalog.regclass and d.objid = a.oid
  and d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
join pg_catalog.pg_class s on s.oid = d.refobjid and s.relkind = 'S'
join pg_catalog.pg_namespace n on n.oid = s.relnamespace`;

export interface ColumnSequenceRow {
  oid: number;
  position: number;
  schema: string;
  name: string;
  /** 0: merely owned; 1: the default refers to it; 2: an identity column's own. The highest is the one in use. */
  rank: number;
  usage: boolean;
}

/** `$1`, `$2`: parallel arrays of type oids and modifiers. Element types of arrays are resolved in the same row. */
export const TYPES = `/* schemaready:types */
select wanted.type, wanted.modifier, pg_catalog.format_type(wanted.type, wanted.modifier) as text,
  t.typelem <> 0 and t.typlen = -1 and t.typcategory = 'A' as is_array,
  e.oid as element, n.nspname as schema, e.typname as name, e.typtype as kind, e.typcategory as category, t.typcollation as collation,
  (select x.extname from pg_catalog.pg_depend d join pg_catalog.pg_extension x on x.oid = d.refobjid
    where d.classid = 'pg_catalog.pg_type'::pg_catalog.regclass and d.objid = e.oid and d.deptype = 'e'
      and d.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass limit 1) as extension
from unnest($1::oid[], $2::int4[]) as wanted(type, modifier)
join pg_catalog.pg_type t on t.oid = wanted.type
join pg_catalog.pg_type e on e.oid = case when t.typelem <> 0 and t.typlen = -1 and t.typcategory = 'A' then t.typelem else t.oid end
join pg_catalog.pg_namespace n on n.oid = e.typnamespace`;

export interface TypeRow {
  type: number;
  modifier: number;
  text: string;
  is_array: boolean;
  element: number;
  schema: string;
  name: string;
  kind: string;
  category: string;
  collation: number;
  extension: string | null;
}

export const COLLATIONS = `/* schemaready:collations */
select c.oid, n.nspname as schema, c.collname as name
from pg_catalog.pg_collation c join pg_catalog.pg_namespace n on n.oid = c.collnamespace
where c.oid = any($1::oid[])`;

export interface NameRow {
  oid: number;
  schema: string;
  name: string;
}
