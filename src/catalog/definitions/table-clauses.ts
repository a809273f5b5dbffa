/** Clauses of tables, and what is switched on for them. `$1`: names of schemas; columns as DefinitionRow. */
import { ownObject } from "./dependencies.js";

export const SEQUENCE_OPTIONS = `pg_catalog.format('START WITH %s INCREMENT BY %s MINVALUE %s MAXVALUE %s CACHE %s%s',
  s.seqstart, s.seqincrement, s.seqmin, s.seqmax, s.seqcache, case when s.seqcycle then ' CYCLE' else '' end)`;

const tables = (join = "") => `from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
${join}
where n.nspname = any($1::text[]) and c.relkind = any('{r,p}') and ${ownObject("pg_class", "c.oid")}`;

const clause = (kind: string, sql: string) =>
  `select 'pg_class/' || c.oid, '${kind}', n.nspname, null, c.relname, array[${sql}]`;

/** A partition has the identity of the whole; options that every new identity has need not be said. */
const IDENTITIES = `select 'pg_class/' || c.oid, 'identity', n.nspname, c.relname, a.attname, array[${SEQUENCE_OPTIONS}]
${tables(`join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attidentity <> '' and not a.attisdropped
join pg_catalog.pg_depend d on d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass and d.refclassid = d.classid
  and d.refobjid = c.oid and d.refobjsubid = a.attnum and d.deptype = 'i'
join pg_catalog.pg_sequence s on s.seqrelid = d.objid`)} and not c.relispartition
  and (s.seqstart, s.seqincrement, s.seqmin, s.seqcache, s.seqcycle) is distinct from (1, 1, 1, 1, false)`;

/**
 * Constraints of which the model lacks something: operators by schema, NO INHERIT, PERIOD, SET NULL of some columns. The
 * columns for the last two are new in PostgreSQL 18 and 15.
 */
const CONSTRAINTS = `select 'pg_constraint/' || k.oid, 'constraint', n.nspname, c.relname, k.conname,
  array[pg_catalog.pg_get_constraintdef(k.oid)]
${tables("join pg_catalog.pg_constraint k on k.conrelid = c.oid cross join lateral (select pg_catalog.to_jsonb(k) as row) j")}
  and (k.contype = 'x' or k.contype = 'c' and k.connoinherit or k.contype = 'f' and k.conparentid = 0
    and ((j.row ->> 'conperiod')::boolean or j.row ->> 'confdelsetcols' is not null))`;

const ROW_SECURITY = `select 'pg_class/' || c.oid, 'row-security', n.nspname, null, c.relname,
  array[case when c.relrowsecurity then pg_catalog.format('ALTER TABLE %I.%I ENABLE ROW LEVEL SECURITY', n.nspname, c.relname) end,
    case when c.relforcerowsecurity then pg_catalog.format('ALTER TABLE %I.%I FORCE ROW LEVEL SECURITY', n.nspname, c.relname) end]
${tables()} and (c.relrowsecurity or c.relforcerowsecurity)`;

const PARENTS = `(select pg_catalog.string_agg(pg_catalog.format('%I.%I', pn.nspname, p.relname), ', ' order by i.inhseqno)
  from pg_catalog.pg_inherits i join pg_catalog.pg_class p on p.oid = i.inhparent
  join pg_catalog.pg_namespace pn on pn.oid = p.relnamespace where i.inhrelid = c.oid)`;

export const TABLE_CLAUSES: readonly string[] = [
  `${clause("unlogged", "'UNLOGGED'")}\n${tables()} and c.relpersistence = 'u'`,
  `${clause("inherits", PARENTS)}
${tables()} and not c.relispartition and exists (select from pg_catalog.pg_inherits i where i.inhrelid = c.oid)`,
  `${clause("partition-key", "pg_catalog.pg_get_partkeydef(c.oid)")}\n${tables()} and c.relkind = 'p'`,
  `${clause("partition", "pn.nspname::text, p.relname::text, pg_catalog.pg_get_expr(c.relpartbound, c.oid)")}
${tables(`join pg_catalog.pg_inherits i on i.inhrelid = c.oid join pg_catalog.pg_class p on p.oid = i.inhparent
join pg_catalog.pg_namespace pn on pn.oid = p.relnamespace`)} and c.relispartition`,
  IDENTITIES,
  CONSTRAINTS,
  ROW_SECURITY,
];
