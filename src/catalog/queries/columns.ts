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
 * A default without column references is deparsed without its relation: that takes no lock and costs a third.
 * A generated column's expression stands in the same catalog and does need the relation: it is left out here.
 */
export const DEFAULTS = `/* schemaready:defaults */
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

/**
 * Sequences of columns: owned ones (serial: deptype a, identity: i) and those that a default's nextval() refers to.
 * `$2`: the judged role; nextval() needs USAGE or UPDATE.
 */
export const COLUMN_SEQUENCES = `/* schemaready:column-sequences */
select d.refobjid as oid, d.refobjsubid::int as position, n.nspname as schema, s.relname as name, case d.deptype when 'i' then 2 else 0 end as rank,
  pg_catalog.has_sequence_privilege(coalesce($2::name, current_user), s.oid, 'USAGE, UPDATE') as usage
from pg_catalog.pg_depend d
join pg_catalog.pg_class s on s.oid = d.objid and s.relkind = 'S'
join pg_catalog.pg_namespace n on n.oid = s.relnamespace
where d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass and d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
  and d.refobjid = any($1::oid[]) and d.refobjsubid > 0 and d.deptype in ('a', 'i')
union all
select a.adrelid, a.adnum::int, n.nspname, s.relname, 1,
  pg_catalog.has_sequence_privilege(coalesce($2::name, current_user), s.oid, 'USAGE, UPDATE')
from pg_catalog.pg_attrdef a
join pg_catalog.pg_depend d on d.classid = 'pg_catalog.pg_attrdef'::pg_catalog.regclass and d.objid = a.oid
  and d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
join pg_catalog.pg_class s on s.oid = d.refobjid and s.relkind = 'S'
join pg_catalog.pg_namespace n on n.oid = s.relnamespace
where a.adrelid = any($1::oid[])`;

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
