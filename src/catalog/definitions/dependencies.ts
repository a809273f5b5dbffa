/** What depends on what, as pg_depend has it: https://www.postgresql.org/docs/current/catalog-pg-depend.html */
import type { SqlConnection } from "../../db/index.js";

/** Schemas that are neither PostgreSQL's own nor temporary. */
export const userSchema = (alias: string): string =>
  `${alias}.nspname !~ '^pg_' and ${alias}.nspname <> 'information_schema'`;

/** What extensions bring comes with them. */
export const ownObject = (catalog: string, oid: string): string =>
  `not exists (select from pg_catalog.pg_depend x
    where x.classid = 'pg_catalog.${catalog}'::pg_catalog.regclass and x.objid = ${oid} and x.deptype = 'e')`;

/** `object` cannot be made before `needs`: catalog and oid of both, `pg_class/16402`. */
export interface Dependency {
  object: string;
  needs: string;
}

/** Catalogs whose objects somebody makes, or that stand for one. */
const CATALOGS = [
  "pg_namespace",
  "pg_extension",
  "pg_collation",
  "pg_type",
  "pg_class",
  "pg_proc",
  "pg_attrdef",
  "pg_constraint",
  "pg_rewrite",
  "pg_trigger",
  "pg_policy",
  "pg_statistic_ext",
];

/** n: needs; a: goes with it; i: is a part of it. Objects that PostgreSQL brings along have oids below 16384. */
const EDGES = `/* schemaready:dependencies */
with catalogs as (
  select oid, relname from pg_catalog.pg_class
  where relnamespace = 'pg_catalog'::pg_catalog.regnamespace and relname = any('{${CATALOGS.join(",")}}'))
select distinct a.relname || '/' || d.objid as object, b.relname || '/' || d.refobjid as needs
from pg_catalog.pg_depend d join catalogs a on a.oid = d.classid join catalogs b on b.oid = d.refclassid
where d.deptype = any('{n,a,i}') and d.objid >= 16384 and d.refobjid >= 16384`;

interface AliasRow {
  alias: string;
  stands_for: string;
}

/**
 * Catalog rows that are part of something else: the row type of a table, the array of a type, the expression of a
 * generated column, the query of a view, the index of a constraint, the multirange of a range, an extension's members.
 */
const ALIASES = `/* schemaready:parts */
select 'pg_type/' || oid as alias, 'pg_class/' || typrelid as stands_for from pg_catalog.pg_type where typrelid <> 0 and oid >= 16384
union all select 'pg_type/' || typarray, case when typrelid <> 0 then 'pg_class/' || typrelid else 'pg_type/' || oid end
  from pg_catalog.pg_type where typarray <> 0 and oid >= 16384
union all select 'pg_attrdef/' || d.oid, 'pg_class/' || d.adrelid from pg_catalog.pg_attrdef d
  join pg_catalog.pg_attribute a on a.attrelid = d.adrelid and a.attnum = d.adnum where a.attgenerated <> ''
union all select 'pg_rewrite/' || oid, 'pg_class/' || ev_class from pg_catalog.pg_rewrite where rulename = '_RETURN' and oid >= 16384
union all select 'pg_class/' || conindid, 'pg_constraint/' || oid from pg_catalog.pg_constraint
  where conindid <> 0 and contype = any('{p,u,x}')
union all select 'pg_type/' || (pg_catalog.to_jsonb(r) ->> 'rngmultitypid'), 'pg_type/' || rngtypid from pg_catalog.pg_range r
  where pg_catalog.to_jsonb(r) ? 'rngmultitypid' and rngtypid >= 16384`;

export interface Dependencies {
  readonly edges: readonly Dependency[];
  /** The key of the whole for keys of parts: the row type of a table, the index of a constraint. */
  readonly standsFor: ReadonlyMap<string, string>;
}

/** Of everything in the database that somebody made, in two round trips. */
export async function readDependencies(connection: Pick<SqlConnection, "query">): Promise<Dependencies> {
  const edges = await connection.query<Dependency>(EDGES);
  const aliases = await connection.query<AliasRow>(ALIASES);
  return { edges, standsFor: new Map(aliases.map(({ alias, stands_for }) => [alias, stands_for])) };
}
