/** Types that somebody made: enums, domains with their checks, composite types, ranges. */
import { CREATE_COMPOSITE, CREATE_RANGE, collate } from "../../catalog/index.js";
import { type DefinitionQuery, ownObject, userSchema } from "./object.js";

const FROM_TYPES = `from pg_catalog.pg_type t join pg_catalog.pg_namespace n on n.oid = t.typnamespace
where ${userSchema("n")} and ${ownObject("pg_type", "t.oid")}`;

export const ENUMS: DefinitionQuery = {
  rank: 3,
  text: () => `/* schemaready:copy-enums */
select 'pg_type/' || t.oid as key, 'enum' as kind, n.nspname as schema, null as relation, t.typname as name,
  array[pg_catalog.format('create type %I.%I as enum (%s)', n.nspname, t.typname, (
    select pg_catalog.string_agg(pg_catalog.quote_literal(e.enumlabel), ', ' order by e.enumsortorder)
    from pg_catalog.pg_enum e where e.enumtypid = t.oid))] as statements
${FROM_TYPES} and t.typtype = 'e'`,
};

export const DOMAINS: DefinitionQuery = {
  rank: 3,
  text: () => `/* schemaready:copy-domains */
select 'pg_type/' || t.oid as key, 'domain' as kind, n.nspname as schema, null as relation, t.typname as name,
  array[pg_catalog.format('create domain %I.%I as %s', n.nspname, t.typname, pg_catalog.format_type(t.typbasetype, t.typtypmod))
    || coalesce(${collate("t.typcollation", "t.typbasetype")}, '')
    || coalesce(' default ' || pg_catalog.pg_get_expr(t.typdefaultbin, 0), '')
    || case when t.typnotnull then ' not null' else '' end] as statements
${FROM_TYPES} and t.typtype = 'd'`,
};

/** Before the tables: a domain inside of a composite type cannot be altered any more once a column has that type. */
export const DOMAIN_CHECKS: DefinitionQuery = {
  rank: 6,
  text: () => `/* schemaready:copy-domain-checks */
select 'pg_constraint/' || c.oid as key, 'domain' as kind, n.nspname as schema, t.typname as relation, c.conname as name,
  array[pg_catalog.format('alter domain %I.%I add constraint %I %s', n.nspname, t.typname, c.conname,
    pg_catalog.pg_get_constraintdef(c.oid))] as statements
from pg_catalog.pg_constraint c join pg_catalog.pg_type t on t.oid = c.contypid
join pg_catalog.pg_namespace n on n.oid = t.typnamespace
where ${userSchema("n")} and ${ownObject("pg_type", "t.oid")} and c.contype = 'c'`,
};

export const COMPOSITES: DefinitionQuery = {
  rank: 3,
  text: () => `/* schemaready:copy-composites */
select 'pg_class/' || t.typrelid as key, 'type' as kind, n.nspname as schema, null as relation, t.typname as name,
  array[${CREATE_COMPOSITE}] as statements
from pg_catalog.pg_type t join pg_catalog.pg_namespace n on n.oid = t.typnamespace
join pg_catalog.pg_class c on c.oid = t.typrelid and c.relkind = 'c'
where ${userSchema("n")} and ${ownObject("pg_type", "t.oid")} and t.typtype = 'c'`,
};

export const RANGES: DefinitionQuery = {
  rank: 4,
  text: () => `/* schemaready:copy-ranges */
select 'pg_type/' || t.oid as key, 'type' as kind, n.nspname as schema, null as relation, t.typname as name,
  array[${CREATE_RANGE}] as statements
from pg_catalog.pg_range r join pg_catalog.pg_type t on t.oid = r.rngtypid
join pg_catalog.pg_namespace n on n.oid = t.typnamespace
where ${userSchema("n")} and ${ownObject("pg_type", "t.oid")}`,
};
