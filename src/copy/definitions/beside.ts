/** What is not copied, and what depends on what. */
import { ownObject, userSchema } from "./object.js";

export interface UncopiedRow {
  /** For people: `aggregate`, `operator`, ... */
  kind: string;
  schema: string | null;
  name: string;
}

const inSchemas = (kind: string, catalog: string, prefix: string, condition = "true") =>
  `select ${kind} as kind, n.nspname as schema, o.${prefix}name::text as name
from pg_catalog.${catalog} o join pg_catalog.pg_namespace n on n.oid = o.${prefix}namespace
where ${condition} and ${userSchema("n")} and ${ownObject(catalog, "o.oid")}`;

const inDatabase = (kind: string, catalog: string, name: string) =>
  `select '${kind}', null, o.${name}::text from pg_catalog.${catalog} o where o.oid >= 16384 and ${ownObject(catalog, "o.oid")}`;

/** Kinds of objects that the copy does not make. What needs one of them cannot be made either. */
export const UNCOPIED = `/* schemaready:copy-uncopied */
${[
  inSchemas("'aggregate'", "pg_proc", "pro", "o.prokind = 'a'"),
  inSchemas("'foreign table'", "pg_class", "rel", "o.relkind = 'f'"),
  inSchemas("'base type'", "pg_type", "typ", "o.typtype = 'b' and o.typelem = 0"),
  inSchemas("'operator'", "pg_operator", "opr"),
  inSchemas("'operator class'", "pg_opclass", "opc"),
  inSchemas("'operator family'", "pg_opfamily", "opf"),
  inSchemas("'text search configuration'", "pg_ts_config", "cfg"),
  inSchemas("'text search dictionary'", "pg_ts_dict", "dict"),
  inDatabase("language", "pg_language", "lanname"),
  inDatabase("foreign server", "pg_foreign_server", "srvname"),
  inDatabase("event trigger", "pg_event_trigger", "evtname"),
  inDatabase("publication", "pg_publication", "pubname"),
  "select 'cast', null, pg_catalog.format_type(o.castsource, null) || ' to ' || pg_catalog.format_type(o.casttarget, null)" +
    ` from pg_catalog.pg_cast o where o.oid >= 16384 and not exists (select from pg_catalog.pg_depend x` +
    // e: an extension's; i: that of a range to its multirange.
    ` where x.classid = 'pg_catalog.pg_cast'::pg_catalog.regclass and x.objid = o.oid and x.deptype = any('{e,i}'))`,
].join("\nunion all ")}
order by 1, 2, 3`;

export interface EdgeRow {
  object: string;
  needs: string;
}

/** Catalogs whose objects are copied, or stand for one that is. */
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
export const EDGES = `/* schemaready:copy-edges */
with catalogs as (
  select oid, relname from pg_catalog.pg_class
  where relnamespace = 'pg_catalog'::pg_catalog.regnamespace and relname = any('{${CATALOGS.join(",")}}'))
select distinct a.relname || '/' || d.objid as object, b.relname || '/' || d.refobjid as needs
from pg_catalog.pg_depend d join catalogs a on a.oid = d.classid join catalogs b on b.oid = d.refclassid
where d.deptype = any('{n,a,i}') and d.objid >= 16384 and d.refobjid >= 16384`;

export interface AliasRow {
  alias: string;
  stands_for: string;
}

/**
 * Catalog rows that are part of something else: the row type of a table, the array of a type, the expression of a
 * generated column, the query of a view, the index of a constraint, the multirange of a range, an extension's members.
 */
export const ALIASES = `/* schemaready:copy-aliases */
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

/** Names of all schemas that somebody made. */
export const SCHEMA_NAMES = `/* schemaready:copy-schema-names */
select n.nspname as name from pg_catalog.pg_namespace n where ${userSchema("n")} order by 1`;
