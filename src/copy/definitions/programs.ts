/** What does something: functions, views, rules, triggers, policies; and statistics, which only planners read. */
import { type DefinitionQuery, ownObject, userSchema } from "./object.js";

/** Not aggregates, see beside.ts; nor the constructors of ranges, which come with their type (i). */
export const FUNCTIONS: DefinitionQuery = {
  rank: 7,
  text: () => `/* schemaready:copy-functions */
select 'pg_proc/' || p.oid as key, 'function' as kind, n.nspname as schema, null as relation,
  p.proname || '(' || pg_catalog.replace(pg_catalog.oidvectortypes(p.proargtypes), '"', '') || ')' as name,
  array[pg_catalog.pg_get_functiondef(p.oid)] as statements
from pg_catalog.pg_proc p join pg_catalog.pg_namespace n on n.oid = p.pronamespace
where p.prokind <> 'a' and ${userSchema("n")} and not exists (select from pg_catalog.pg_depend x
  where x.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass and x.objid = p.oid and x.deptype = any('{e,i}'))`,
};

/** Of a view's options the ones that it was made with (security_barrier, check_option); of others, storage: not copied. */
const options = `coalesce((select ' with (' || pg_catalog.string_agg(
    pg_catalog.format('%I = %L', pg_catalog.split_part(o, '=', 1), pg_catalog.substr(o, pg_catalog.strpos(o, '=') + 1)), ', ') || ')'
  from pg_catalog.unnest(c.reloptions) o), '')`;

export const VIEWS: DefinitionQuery = {
  rank: 10,
  text: () => `/* schemaready:copy-views */
select 'pg_class/' || c.oid as key, 'view' as kind, n.nspname as schema, null as relation, c.relname as name,
  array[pg_catalog.format('create %s %I.%I', case c.relkind when 'm' then 'materialized view' else 'view' end, n.nspname, c.relname)
    || case c.relkind when 'v' then ${options} else '' end
    || ' as ' || pg_catalog.rtrim(pg_catalog.pg_get_viewdef(c.oid), ';')
    || case c.relkind when 'm' then ' with no data' else '' end] as statements
from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
where c.relkind = any('{v,m}') and ${userSchema("n")} and ${ownObject("pg_class", "c.oid")}`,
};

/** A materialized view that holds nothing yet refuses to be read. */
export const CONTENTS: DefinitionQuery = {
  rank: 22,
  text: () => `/* schemaready:copy-contents */
select 'contents/' || c.oid as key, 'contents' as kind, n.nspname as schema, null as relation, c.relname as name,
  array['pg_class/' || c.oid] as needs,
  array[pg_catalog.format('refresh materialized view %I.%I', n.nspname, c.relname)] as statements
from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
where c.relkind = 'm' and c.relispopulated and ${userSchema("n")} and ${ownObject("pg_class", "c.oid")}`,
};

export const RULES: DefinitionQuery = {
  rank: 18,
  text: () => `/* schemaready:copy-rules */
select 'pg_rewrite/' || w.oid as key, 'rule' as kind, n.nspname as schema, c.relname as relation, w.rulename as name,
  array['pg_class/' || c.oid] as needs, array[pg_catalog.pg_get_ruledef(w.oid)] as statements
from pg_catalog.pg_rewrite w join pg_catalog.pg_class c on c.oid = w.ev_class
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
where w.rulename <> '_RETURN' and ${userSchema("n")} and ${ownObject("pg_class", "c.oid")}`,
};

/** Those of partitions come with the one of the whole. */
export const TRIGGERS: DefinitionQuery = {
  rank: 19,
  text: () => `/* schemaready:copy-triggers */
select 'pg_trigger/' || t.oid as key, 'trigger' as kind, n.nspname as schema, c.relname as relation, t.tgname as name,
  array['pg_class/' || c.oid] as needs,
  pg_catalog.array_remove(array[pg_catalog.pg_get_triggerdef(t.oid), case when t.tgenabled <> 'O' then
    pg_catalog.format('alter table %I.%I %s trigger %I', n.nspname, c.relname,
      case t.tgenabled when 'D' then 'disable' when 'R' then 'enable replica' else 'enable always' end, t.tgname) end], null) as statements
from pg_catalog.pg_trigger t join pg_catalog.pg_class c on c.oid = t.tgrelid
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
where not t.tgisinternal and t.tgparentid = 0 and c.relkind = any('{r,p,v}') and ${userSchema("n")} and ${ownObject("pg_class", "c.oid")}`,
};

/** For PUBLIC: roles belong to the server, and the copy is used by one only. */
export const POLICIES: DefinitionQuery = {
  rank: 19,
  text: () => `/* schemaready:copy-policies */
select 'pg_policy/' || p.oid as key, 'policy' as kind, n.nspname as schema, c.relname as relation, p.polname as name,
  array['pg_class/' || c.oid] as needs,
  array[pg_catalog.format('create policy %I on %I.%I as %s for %s', p.polname, n.nspname, c.relname,
      case when p.polpermissive then 'permissive' else 'restrictive' end,
      case p.polcmd when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update' when 'd' then 'delete' else 'all' end)
    || coalesce(' using (' || pg_catalog.pg_get_expr(p.polqual, p.polrelid) || ')', '')
    || coalesce(' with check (' || pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid) || ')', '')] as statements
from pg_catalog.pg_policy p join pg_catalog.pg_class c on c.oid = p.polrelid
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
where ${userSchema("n")} and ${ownObject("pg_class", "c.oid")}`,
};

export const STATISTICS: DefinitionQuery = {
  rank: 21,
  text: () => `/* schemaready:copy-statistics */
select 'pg_statistic_ext/' || s.oid as key, 'statistics' as kind, n.nspname as schema, c.relname as relation, s.stxname as name,
  array['pg_class/' || c.oid] as needs, array[pg_catalog.pg_get_statisticsobjdef(s.oid)] as statements
from pg_catalog.pg_statistic_ext s join pg_catalog.pg_class c on c.oid = s.stxrelid
join pg_catalog.pg_namespace n on n.oid = s.stxnamespace
where ${userSchema("n")} and ${ownObject("pg_class", "c.oid")}`,
};
