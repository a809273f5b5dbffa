/**
 * Objects that stand beside relations. Each query takes `$1` schemas and, in parallel arrays, `$2`/`$3` schema and name
 * of the wanted objects; with scope `all` everything in the schemas is read, without what extensions own.
 */

/** What a query reads: everything in the schemas, or the objects named. Named objects are found through their indexes. */
export type Scope = "all" | "named";

function wanted(scope: Scope, catalog: string, alias: string, prefix: string): { from: string; where: string } {
  if (scope === "named") {
    return {
      from: `unnest($2::text[], $3::text[]) as w(schema, name)
join pg_catalog.pg_namespace n on n.nspname = w.schema
join pg_catalog.${catalog} ${alias} on ${alias}.${prefix}namespace = n.oid and ${alias}.${prefix}name = w.name`,
      where: "$1::text[] is not null",
    };
  }
  return {
    from: `pg_catalog.pg_namespace n join pg_catalog.${catalog} ${alias} on ${alias}.${prefix}namespace = n.oid`,
    where: `n.nspname = any($1::text[]) and coalesce($2::text[], $3::text[]) is not null and not exists (
  select from pg_catalog.pg_depend x where x.classid = 'pg_catalog.${catalog}'::pg_catalog.regclass and x.objid = ${alias}.oid and x.deptype = 'e')`,
  };
}

export function enumsQuery(scope: Scope): string {
  const { from, where } = wanted(scope, "pg_type", "t", "typ");
  return `/* schemaready:enums */
select n.nspname as schema, t.typname as name,
  (select pg_catalog.array_agg(e.enumlabel::text order by e.enumsortorder) from pg_catalog.pg_enum e where e.enumtypid = t.oid) as labels
from ${from}
where t.typtype = 'e' and ${where}`;
}

export interface EnumRow {
  schema: string;
  name: string;
  labels: string[] | null;
}

/** pg_get_expr with relation 0: a domain's checks refer to VALUE, not to a relation, and take no lock. */
export function domainsQuery(scope: Scope): string {
  const { from, where } = wanted(scope, "pg_type", "t", "typ");
  return `/* schemaready:domains */
select t.oid, n.nspname as schema, t.typname as name, t.typbasetype as base, t.typtypmod as modifier, t.typnotnull as not_null,
  pg_catalog.pg_get_expr(t.typdefaultbin, 0) as default
from ${from}
where t.typtype = 'd' and ${where}`;
}

export interface DomainRow {
  oid: number;
  schema: string;
  name: string;
  base: number;
  modifier: number;
  not_null: boolean;
  default: string | null;
}

export const DOMAIN_CHECKS = `/* schemaready:domain-checks */
select c.contypid as oid, c.conname as name, c.convalidated as validated, pg_catalog.pg_get_expr(c.conbin, 0) as expression
from pg_catalog.pg_constraint c where c.contypid = any($1::oid[]) and c.contype = 'c'`;

export interface DomainCheckRow {
  oid: number;
  name: string;
  validated: boolean;
  expression: string | null;
}

/** `$4`: the judged role. */
export function sequencesQuery(scope: Scope): string {
  const { from, where } = wanted(scope, "pg_class", "c", "rel");
  return `/* schemaready:sequences */
select n.nspname as schema, c.relname as name, pg_catalog.format_type(s.seqtypid, null) as data_type, s.seqstart::text as start,
  s.seqincrement::text as increment, s.seqmin::text as min, s.seqmax::text as max, s.seqcycle as cycle,
  pg_catalog.has_sequence_privilege(coalesce($4::name, current_user), c.oid, 'USAGE, UPDATE') as usage,
  owner.schema as owner_schema, owner.name as owner_name, owner.column as owner_column
from ${from}
join pg_catalog.pg_sequence s on s.seqrelid = c.oid
left join lateral (
  select rn.nspname as schema, r.relname as name, a.attname as column
  from pg_catalog.pg_depend d
  join pg_catalog.pg_class r on r.oid = d.refobjid
  join pg_catalog.pg_namespace rn on rn.oid = r.relnamespace
  join pg_catalog.pg_attribute a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid
  where d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass and d.objid = c.oid
    and d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass and d.deptype in ('a', 'i') limit 1) owner on true
where ${where}`;
}

export interface SequenceRow {
  schema: string;
  name: string;
  data_type: string;
  start: string;
  increment: string;
  min: string;
  max: string;
  cycle: boolean;
  usage: boolean;
  owner_schema: string | null;
  owner_name: string | null;
  owner_column: string | null;
}

/**
 * Names without arguments: every overload of a wanted name is read. The hash is made of raw columns: to print a definition,
 * PostgreSQL locks the tables that a BEGIN ATOMIC body names.
 */
export function functionsQuery(scope: Scope): string {
  const { from, where } = wanted(scope, "pg_proc", "p", "pro");
  return `/* schemaready:functions */
select n.nspname as schema, p.proname as name, pg_catalog.oidvectortypes(p.proargtypes) as arguments, p.prokind as kind,
  pg_catalog.format_type(p.prorettype, null) as returns,
  pg_catalog.md5(concat_ws('|', p.prosrc, p.probin, p.provolatile, p.prosecdef, p.proisstrict)) as definition_hash
from ${from}
where ${where}`;
}

export interface FunctionRow {
  schema: string;
  name: string;
  arguments: string;
  kind: string;
  returns: string;
  definition_hash: string;
}

export const EXTENSIONS = `/* schemaready:extensions */
select e.extname as name, e.extversion as version, n.nspname as schema
from pg_catalog.pg_extension e join pg_catalog.pg_namespace n on n.oid = e.extnamespace`;

export interface ExtensionRow {
  name: string;
  version: string;
  schema: string;
}
