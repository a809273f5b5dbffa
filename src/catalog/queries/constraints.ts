/** Constraints, indexes and triggers. `$1` is an array of relation oids unless said otherwise. */

/**
 * contype n (NOT NULL as a constraint) exists since PostgreSQL 18: one for each such column, of which only those that are
 * not validated say what the column does not; t (constraint triggers) are triggers to us. Lists of numbers come as text.
 */
export function constraintsQuery(serverVersion: number): string {
  const enforced = serverVersion >= 180_000 ? "c.conenforced" : "true";
  return `/* schemaready:constraints */
select c.oid as id, c.conrelid as oid, c.conname as name, c.contype as type, c.convalidated as validated, ${enforced} as enforced,
  c.condeferrable as deferrable, c.condeferred as deferred, c.conindid as index, c.confrelid as referenced, c.conparentid as parent,
  c.confupdtype as on_update, c.confdeltype as on_delete, c.confmatchtype as match,
  c.conkey::text as columns, c.confkey::text as referenced_columns, c.conexclop::text as operators
from pg_catalog.pg_constraint c
where c.conrelid = any($1::oid[]) and (c.contype = any('{p,u,f,c,x}') or (c.contype = 'n' and not c.convalidated))`;
}

export interface ConstraintRow {
  id: number;
  oid: number;
  name: string;
  type: string;
  validated: boolean;
  enforced: boolean;
  deferrable: boolean;
  deferred: boolean;
  index: number;
  referenced: number;
  parent: number;
  on_update: string;
  on_delete: string;
  match: string;
  columns: string | null;
  referenced_columns: string | null;
  operators: string | null;
}

/** Waits behind ACCESS EXCLUSIVE. */
export const CHECK_EXPRESSIONS = `/* schemaready:check-expressions */
select oid as id, pg_catalog.pg_get_expr(conbin, conrelid) as expression
from pg_catalog.pg_constraint where conrelid = any($1::oid[]) and contype = 'c'`;

export interface CheckRow {
  id: number;
  expression: string | null;
}

/** Names of the tables and columns that foreign keys point to. `$1`, `$2`: parallel arrays of relation oids and positions. */
export const REFERENCED_COLUMNS = `/* schemaready:referenced-columns */
select a.attrelid as oid, a.attnum as position, a.attname as column, n.nspname as schema, c.relname as name
from unnest($1::oid[], $2::int2[]) as wanted(oid, position)
join pg_catalog.pg_attribute a on a.attrelid = wanted.oid and a.attnum = wanted.position
join pg_catalog.pg_class c on c.oid = a.attrelid
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
where not a.attisdropped`;

export interface ReferencedRow {
  oid: number;
  position: number;
  column: string;
  schema: string;
  name: string;
}

/** NULLS NOT DISTINCT exists since PostgreSQL 15. Vectors come as text: `1 3`. */
export function indexesQuery(serverVersion: number): string {
  const nullsNotDistinct = serverVersion >= 150_000 ? "i.indnullsnotdistinct" : "false";
  return `/* schemaready:indexes */
select i.indexrelid as id, i.indrelid as oid, ic.relname as name, ic.relam as method, i.indkey as columns,
  i.indclass as classes, i.indoption as options, i.indcollation as collations, i.indnkeyatts as key_count,
  i.indisunique as unique, ${nullsNotDistinct} as nulls_not_distinct, i.indimmediate as immediate,
  i.indisvalid and i.indislive as valid, i.indisready as ready,
  i.indexprs is not null as has_expressions, i.indpred is not null as has_predicate
from pg_catalog.pg_index i
join pg_catalog.pg_class ic on ic.oid = i.indexrelid
where i.indrelid = any($1::oid[])`;
}

export interface IndexRow {
  id: number;
  oid: number;
  name: string;
  method: number;
  columns: string;
  classes: string;
  options: string;
  collations: string;
  key_count: number;
  unique: boolean;
  nulls_not_distinct: boolean;
  immediate: boolean;
  valid: boolean;
  ready: boolean;
  has_expressions: boolean;
  has_predicate: boolean;
}

/**
 * Predicate and key expressions of the indexes `$1`, one row a key expression (position 1-based) or predicate (0).
 * Waits behind ACCESS EXCLUSIVE.
 */
export const INDEX_EXPRESSIONS = `/* schemaready:index-expressions */
select i.indexrelid as id, 0 as position, pg_catalog.pg_get_expr(i.indpred, i.indrelid) as expression
from pg_catalog.pg_index i where i.indexrelid = any($1::oid[]) and i.indpred is not null
union all
select i.indexrelid, k.position::int, pg_catalog.pg_get_indexdef(i.indexrelid, k.position::int, false)
from pg_catalog.pg_index i
cross join lateral unnest(i.indkey::int2[]) with ordinality as k(attnum, position)
where i.indexrelid = any($1::oid[]) and i.indexprs is not null and k.attnum = 0`;

export interface IndexExpressionRow {
  id: number;
  position: number;
  expression: string | null;
}

/** `$1`: index oids that are not valid: is a concurrent build at work on them? */
export const INDEX_BUILDS = `/* schemaready:index-builds */
select p.index_relid as id from pg_catalog.pg_stat_progress_create_index p where p.index_relid = any($1::oid[])`;

export const ACCESS_METHODS =
  "/* schemaready:access-methods */ select oid, amname as name from pg_catalog.pg_am where amtype = 'i'";

/** `$1`: operator class oids. `is_default`: default for its own input type. */
export const OPERATOR_CLASSES = `/* schemaready:operator-classes */
select o.oid, n.nspname as schema, o.opcname as name, o.opcdefault as is_default
from pg_catalog.pg_opclass o join pg_catalog.pg_namespace n on n.oid = o.opcnamespace
where o.oid = any($1::oid[])`;

export interface OperatorClassRow {
  oid: number;
  schema: string;
  name: string;
  is_default: boolean;
}

export const OPERATORS = `/* schemaready:operators */
select o.oid, n.nspname as schema, o.oprname as name
from pg_catalog.pg_operator o join pg_catalog.pg_namespace n on n.oid = o.oprnamespace
where o.oid = any($1::oid[])`;

/**
 * Triggers that somebody made, on the relation or on the partitioned table above it (a clone has `tgparentid`). Raw
 * columns: never waits. `tgtype` bits: 2 BEFORE, 4 INSERT (src/include/catalog/pg_trigger.h).
 */
export const TRIGGERS = `/* schemaready:triggers */
select t.tgrelid as oid, t.tgname as name, t.tgenabled as enabled, t.tgtype & 6 = 6 as before_insert
from pg_catalog.pg_trigger t
where t.tgrelid = any($1::oid[]) and (not t.tgisinternal or (t.tgparentid <> 0 and t.tgconstraint = 0))`;

export interface TriggerRow {
  oid: number;
  name: string;
  enabled: string;
  before_insert: boolean;
}

/** Waits behind ACCESS EXCLUSIVE. */
export const TRIGGER_DEFINITIONS = `/* schemaready:trigger-definitions */
select t.tgrelid as oid, t.tgname as name, pg_catalog.pg_get_triggerdef(t.oid) as definition
from pg_catalog.pg_trigger t
where t.tgrelid = any($1::oid[]) and not t.tgisinternal and t.tgparentid = 0`;

export interface TriggerDefinitionRow {
  oid: number;
  name: string;
  definition: string | null;
}
