/** Constraints and indexes. */
import { type DefinitionQuery, ownObject, userSchema } from "./object.js";

const FROM_CONSTRAINTS = `from pg_catalog.pg_constraint c
join pg_catalog.pg_class r on r.oid = c.conrelid
join pg_catalog.pg_namespace n on n.oid = r.relnamespace
where ${userSchema("n")} and ${ownObject("pg_class", "r.oid")} and r.relkind = any('{r,p}')`;

const constraint = (only: string) => `'pg_constraint/' || c.oid as key, 'constraint' as kind, n.nspname as schema,
  r.relname as relation, c.conname as name, array['pg_class/' || r.oid] as needs,
  array[pg_catalog.format('alter table ${only}%I.%I add constraint %I %s', n.nspname, r.relname, c.conname,
    pg_catalog.pg_get_constraintdef(c.oid))] as statements`;

/** Not ONLY: what inherits gets it from here, as it did on the target. NOT NULL stands here when it is not valid. */
export const CHECKS: DefinitionQuery = {
  rank: 13,
  text: () => `/* schemaready:copy-checks */
select ${constraint("")}
${FROM_CONSTRAINTS} and c.conislocal and (c.contype = 'c' or c.contype = 'n' and not c.convalidated)`,
};

/** ONLY: the keys of partitions are made for themselves and attached, so that they have their own names. */
export const KEYS: DefinitionQuery = {
  rank: 14,
  text: () => `/* schemaready:copy-keys */
select ${constraint("only ")}
${FROM_CONSTRAINTS} and c.contype = any('{p,u,x}')`,
};

/** Those of partitions and those that point to partitions come with the one of the whole. */
export const FOREIGN_KEYS: DefinitionQuery = {
  rank: 17,
  text: () => `/* schemaready:copy-foreign-keys */
select ${constraint("")}
${FROM_CONSTRAINTS} and c.contype = 'f' and c.conparentid = 0`,
};

export const INDEXES: DefinitionQuery = {
  rank: 15,
  text: () => `/* schemaready:copy-indexes */
select 'pg_class/' || i.indexrelid as key, 'index' as kind, n.nspname as schema, r.relname as relation, x.relname as name,
  array['pg_class/' || r.oid] as needs, not (i.indisvalid and i.indisready and i.indislive) as invalid,
  array[pg_catalog.pg_get_indexdef(i.indexrelid)] as statements
from pg_catalog.pg_index i
join pg_catalog.pg_class x on x.oid = i.indexrelid
join pg_catalog.pg_class r on r.oid = i.indrelid
join pg_catalog.pg_namespace n on n.oid = r.relnamespace
where ${userSchema("n")} and ${ownObject("pg_class", "r.oid")} and r.relkind = any('{r,p,m}') and not exists (
  select from pg_catalog.pg_constraint c where c.conindid = i.indexrelid and c.contype = any('{p,u,x}'))`,
};

/** Index of a partition -> index of the partitioned table. An index that enforces a constraint has that one's key. */
export const INDEX_PARTITIONS: DefinitionQuery = {
  rank: 16,
  text: () => `/* schemaready:copy-index-partitions */
select 'attach/' || x.oid as key, 'attachment' as kind, n.nspname as schema, null as relation, x.relname as name,
  array['pg_class/' || x.oid, 'pg_class/' || p.oid] as needs,
  array[pg_catalog.format('alter index %I.%I attach partition %I.%I', pn.nspname, p.relname, n.nspname, x.relname)] as statements
from pg_catalog.pg_inherits i
join pg_catalog.pg_class x on x.oid = i.inhrelid and x.relkind = any('{i,I}')
join pg_catalog.pg_namespace n on n.oid = x.relnamespace
join pg_catalog.pg_class p on p.oid = i.inhparent
join pg_catalog.pg_namespace pn on pn.oid = p.relnamespace
where ${userSchema("n")}`,
};
