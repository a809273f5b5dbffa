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

/** Names of all schemas that somebody made. */
export const SCHEMA_NAMES = `/* schemaready:copy-schema-names */
select n.nspname as name from pg_catalog.pg_namespace n where ${userSchema("n")} order by 1`;
