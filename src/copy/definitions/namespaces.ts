/** Schemas, extensions, collations. */
import { type DefinitionQuery, ownObject, userSchema } from "./object.js";

export const SCHEMAS: DefinitionQuery = {
  rank: 0,
  text: () => `/* schemaready:copy-schemas */
select 'pg_namespace/' || n.oid as key, 'schema' as kind, n.nspname as schema, null as relation, n.nspname as name,
  array[pg_catalog.format('create schema if not exists %I', n.nspname)] as statements
from pg_catalog.pg_namespace n where ${userSchema("n")} and ${ownObject("pg_namespace", "n.oid")}`,
};

/** plpgsql is in every database. The version is left to the server: it has the one that it has. */
export const EXTENSIONS: DefinitionQuery = {
  rank: 1,
  text: () => `/* schemaready:copy-extensions */
select 'pg_extension/' || e.oid as key, 'extension' as kind, n.nspname as schema, null as relation, e.extname as name,
  array[pg_catalog.format('create extension if not exists %I schema %I', e.extname, n.nspname)] as statements
from pg_catalog.pg_extension e join pg_catalog.pg_namespace n on n.oid = e.extnamespace
where e.extname <> 'plpgsql'`,
};

/** The column with the locale has had three names; as JSON it can be asked for by all of them. */
export const COLLATIONS: DefinitionQuery = {
  rank: 2,
  text: () => `/* schemaready:copy-collations */
select 'pg_collation/' || c.oid as key, 'collation' as kind, n.nspname as schema, null as relation, c.collname as name,
  array[pg_catalog.format('create collation %I.%I (provider = %s, %s, deterministic = %s)', n.nspname, c.collname,
    case c.collprovider when 'i' then 'icu' when 'b' then 'builtin' else 'libc' end,
    case when c.collprovider = 'c'
      then pg_catalog.format('lc_collate = %L, lc_ctype = %L', j.row ->> 'collcollate', j.row ->> 'collctype')
      else pg_catalog.format('locale = %L', coalesce(j.row ->> 'colllocale', j.row ->> 'colliculocale', j.row ->> 'collcollate')) end,
    c.collisdeterministic)] as statements
from pg_catalog.pg_collation c
join pg_catalog.pg_namespace n on n.oid = c.collnamespace
cross join lateral (select pg_catalog.to_jsonb(c) as row) j
where ${userSchema("n")} and ${ownObject("pg_collation", "c.oid")}`,
};
