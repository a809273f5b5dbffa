/**
 * One query for each kind of thing that the model says too little about. `$1`: names of schemas. Every row has the
 * columns of DefinitionRow; statements have no semicolon, and every name is qualified, because search_path is empty.
 * What PostgreSQL prints waits behind ACCESS EXCLUSIVE.
 */
import type { DefinitionKind } from "../../model/definitions.js";
import { ownObject } from "./dependencies.js";
import { SEQUENCE_OPTIONS, TABLE_CLAUSES } from "./table-clauses.js";
import { CREATE_COMPOSITE, CREATE_RANGE } from "./type-definitions.js";

export interface DefinitionRow {
  /** Catalog and oid, as in pg_depend. */
  key: string;
  kind: DefinitionKind;
  schema: string | null;
  relation: string | null;
  name: string;
  sql: (string | null)[];
}

const SCHEMAS = "n.nspname = any($1::text[])";

/** plpgsql is in every database. The version is left to the server: it has the one that it has. */
const EXTENSIONS = `select 'pg_extension/' || e.oid as key, 'extension' as kind, null as schema, null as relation, e.extname as name,
  array[pg_catalog.format('CREATE EXTENSION IF NOT EXISTS %I SCHEMA %I', e.extname, n.nspname)] as sql
from pg_catalog.pg_extension e join pg_catalog.pg_namespace n on n.oid = e.extnamespace
where e.extname <> 'plpgsql'`;

/** The column with the locale has had three names; as JSON it can be asked for by all of them. */
const COLLATIONS = `select 'pg_collation/' || c.oid, 'collation', n.nspname, null, c.collname,
  array[pg_catalog.format('CREATE COLLATION IF NOT EXISTS %I.%I (provider = %s, %s, deterministic = %s)', n.nspname, c.collname,
    case c.collprovider when 'i' then 'icu' when 'b' then 'builtin' else 'libc' end,
    case when c.collprovider = 'c'
      then pg_catalog.format('lc_collate = %L, lc_ctype = %L', j.row ->> 'collcollate', j.row ->> 'collctype')
      else pg_catalog.format('locale = %L', coalesce(j.row ->> 'colllocale', j.row ->> 'colliculocale', j.row ->> 'collcollate')) end,
    c.collisdeterministic)]
from pg_catalog.pg_collation c join pg_catalog.pg_namespace n on n.oid = c.collnamespace
cross join lateral (select pg_catalog.to_jsonb(c) as row) j
where ${SCHEMAS} and ${ownObject("pg_collation", "c.oid")}`;

const COMPOSITES = `select 'pg_class/' || t.typrelid, 'type', n.nspname, null, t.typname,
  array[${CREATE_COMPOSITE}]
from pg_catalog.pg_type t join pg_catalog.pg_namespace n on n.oid = t.typnamespace
join pg_catalog.pg_class c on c.oid = t.typrelid and c.relkind = 'c'
where ${SCHEMAS} and t.typtype = 'c' and ${ownObject("pg_type", "t.oid")}`;

const RANGES = `select 'pg_type/' || t.oid, 'type', n.nspname, null, t.typname,
  array[${CREATE_RANGE}]
from pg_catalog.pg_range r join pg_catalog.pg_type t on t.oid = r.rngtypid
join pg_catalog.pg_namespace n on n.oid = t.typnamespace
where ${SCHEMAS} and ${ownObject("pg_type", "t.oid")}`;

/** Not aggregates, which PostgreSQL does not print; nor the constructors of ranges, which come with their type (i). */
const FUNCTIONS = `select 'pg_proc/' || p.oid, 'function', n.nspname, null,
  p.proname || '(' || pg_catalog.oidvectortypes(p.proargtypes) || ')', array[pg_catalog.pg_get_functiondef(p.oid)]
from pg_catalog.pg_proc p join pg_catalog.pg_namespace n on n.oid = p.pronamespace
where ${SCHEMAS} and p.prokind <> 'a' and not exists (select from pg_catalog.pg_depend x
  where x.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass and x.objid = p.oid and x.deptype = any('{e,i}'))`;

const SEQUENCES = `select 'pg_class/' || c.oid, 'sequence', n.nspname, null, c.relname,
  array['AS ' || pg_catalog.format_type(s.seqtypid, null) || ' ' || ${SEQUENCE_OPTIONS}]
from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
join pg_catalog.pg_sequence s on s.seqrelid = c.oid
where ${SCHEMAS} and ${ownObject("pg_class", "c.oid")} and not exists (
  select from pg_catalog.pg_depend d where d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass and d.objid = c.oid
    and d.refclassid = d.classid and d.deptype = 'i')`;

/** Those that a view was made with (security_barrier, check_option). */
const viewOptions = `coalesce((select ' WITH (' || pg_catalog.string_agg(
    pg_catalog.format('%I = %L', pg_catalog.split_part(o, '=', 1), pg_catalog.substr(o, pg_catalog.strpos(o, '=') + 1)), ', ') || ')'
  from pg_catalog.unnest(c.reloptions) o), '')`;
const query = "pg_catalog.rtrim(pg_catalog.pg_get_viewdef(c.oid), ';')";

const VIEWS = `select 'pg_class/' || c.oid, 'view', n.nspname, null, c.relname,
  array[pg_catalog.format('CREATE OR REPLACE VIEW %I.%I', n.nspname, c.relname) || ${viewOptions} || E' AS\\n' || ${query}]
  || array(select pg_catalog.format('ALTER VIEW %I.%I ALTER COLUMN %I SET DEFAULT %s', n.nspname, c.relname, a.attname,
      pg_catalog.pg_get_expr(d.adbin, d.adrelid))
    from pg_catalog.pg_attrdef d join pg_catalog.pg_attribute a on a.attrelid = d.adrelid and a.attnum = d.adnum
    where d.adrelid = c.oid order by a.attnum)
from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
where ${SCHEMAS} and c.relkind = 'v' and ${ownObject("pg_class", "c.oid")}`;

/** Until it is refreshed, it refuses to be read: so the second statement fills it, if it was filled. */
const MATERIALIZED_VIEWS = `select 'pg_class/' || c.oid, 'view', n.nspname, null, c.relname,
  array[pg_catalog.format(E'CREATE MATERIALIZED VIEW IF NOT EXISTS %I.%I AS\\n', n.nspname, c.relname) || ${query} || E'\\nWITH NO DATA']
  || case when c.relispopulated then array[pg_catalog.format('REFRESH MATERIALIZED VIEW %I.%I', n.nspname, c.relname)]
    else '{}' end
from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
where ${SCHEMAS} and c.relkind = 'm' and ${ownObject("pg_class", "c.oid")}`;

const FROM_RELATIONS = (join: string) => `${join}
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
where ${SCHEMAS} and ${ownObject("pg_class", "c.oid")}`;

/** For the roles that they name; 0 is everybody. */
const POLICIES = `select 'pg_policy/' || p.oid, 'policy', n.nspname, c.relname, p.polname,
  array[pg_catalog.format('CREATE POLICY %I ON %I.%I AS %s FOR %s TO %s', p.polname, n.nspname, c.relname,
      case when p.polpermissive then 'PERMISSIVE' else 'RESTRICTIVE' end,
      case p.polcmd when 'r' then 'SELECT' when 'a' then 'INSERT' when 'w' then 'UPDATE' when 'd' then 'DELETE' else 'ALL' end,
      (select pg_catalog.string_agg(coalesce(pg_catalog.quote_ident(o.rolname), 'PUBLIC'), ', ' order by o.rolname)
        from pg_catalog.unnest(p.polroles) as wanted(oid) left join pg_catalog.pg_roles o on o.oid = wanted.oid))
    || coalesce(' USING (' || pg_catalog.pg_get_expr(p.polqual, p.polrelid) || ')', '')
    || coalesce(' WITH CHECK (' || pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid) || ')', '')]
${FROM_RELATIONS("from pg_catalog.pg_policy p join pg_catalog.pg_class c on c.oid = p.polrelid")}`;

const RULES = `select 'pg_rewrite/' || w.oid, 'rule', n.nspname, c.relname, w.rulename,
  array[pg_catalog.rtrim(pg_catalog.pg_get_ruledef(w.oid), ';')]
${FROM_RELATIONS("from pg_catalog.pg_rewrite w join pg_catalog.pg_class c on c.oid = w.ev_class")} and w.rulename <> '_RETURN'`;

/** Those of partitions come with the one of the whole. */
const TRIGGERS = `select 'pg_trigger/' || t.oid, 'trigger', n.nspname, c.relname, t.tgname,
  array[pg_catalog.pg_get_triggerdef(t.oid), case when t.tgenabled <> 'O' then
    pg_catalog.format('ALTER TABLE %I.%I %s TRIGGER %I', n.nspname, c.relname,
      case t.tgenabled when 'D' then 'DISABLE' when 'R' then 'ENABLE REPLICA' else 'ENABLE ALWAYS' end, t.tgname) end]
${FROM_RELATIONS("from pg_catalog.pg_trigger t join pg_catalog.pg_class c on c.oid = t.tgrelid")}
  and not t.tgisinternal and t.tgparentid = 0`;

const STATISTICS = `select 'pg_statistic_ext/' || s.oid, 'statistics', n.nspname, c.relname, s.stxname,
  array[pg_catalog.pg_get_statisticsobjdef(s.oid)]
from pg_catalog.pg_statistic_ext s join pg_catalog.pg_class c on c.oid = s.stxrelid
join pg_catalog.pg_namespace n on n.oid = s.stxnamespace
where ${SCHEMAS} and ${ownObject("pg_class", "c.oid")}`;

/** Everything in one round trip. */
export const OBJECT_DEFINITIONS = `/* schemaready:definitions */
${[
  EXTENSIONS,
  COLLATIONS,
  COMPOSITES,
  RANGES,
  FUNCTIONS,
  SEQUENCES,
  ...TABLE_CLAUSES,
  VIEWS,
  MATERIALIZED_VIEWS,
  POLICIES,
  RULES,
  TRIGGERS,
  STATISTICS,
].join("\nunion all\n")}`;
