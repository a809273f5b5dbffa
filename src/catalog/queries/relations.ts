/**
 * What stands at the top of the catalog: schemas, relations, and what the judged role may do with them.
 * `$1` is always the role (null: the connected one). Reading pg_class never waits for a lock.
 */

/** Oids of catalogs that pg_depend and pg_description refer to; constant since PostgreSQL 7. */
const PG_CLASS = "'pg_catalog.pg_class'::pg_catalog.regclass";

const ROLE = "coalesce($1::name, current_user)";

export const ROLE_FACTS = `/* schemaready:role */
select r.rolname as name, r.rolsuper or r.rolbypassrls as bypasses, r.rolcanlogin as can_login,
  pg_catalog.has_database_privilege(r.rolname, current_database(), 'CONNECT') as may_connect
from pg_catalog.pg_roles r where r.rolname = ${ROLE}`;

export interface RoleRow {
  name: string;
  bypasses: boolean;
  can_login: boolean;
  may_connect: boolean;
}

export const SCHEMAS = `/* schemaready:schemas */
select n.nspname as name, pg_catalog.has_schema_privilege(${ROLE}, n.oid, 'USAGE') as usage
from pg_catalog.pg_namespace n where n.nspname = any($2::text[])`;

export interface SchemaRow {
  name: string;
  usage: boolean;
}

const RELATION_COLUMNS = `c.oid, n.nspname as schema, c.relname as name, c.relkind as kind, c.relispartition as is_partition,
  c.xmin::text as version, c.relrowsecurity as row_security, c.relforcerowsecurity as row_security_forced,
  pg_catalog.pg_has_role(${ROLE}, c.relowner, 'USAGE') as is_owner,
  pg_catalog.has_table_privilege(${ROLE}, c.oid, 'SELECT') as can_select,
  pg_catalog.has_table_privilege(${ROLE}, c.oid, 'INSERT') as can_insert,
  pg_catalog.has_table_privilege(${ROLE}, c.oid, 'UPDATE') as can_update,
  pg_catalog.has_table_privilege(${ROLE}, c.oid, 'DELETE') as can_delete`;

const WITH_COLUMNS = "c.relkind = any('{r,p,v,m,f}')";

export const RELATIONS_NAMED = `/* schemaready:relations-named */
select ${RELATION_COLUMNS}
from unnest($2::text[], $3::text[]) as wanted(schema, name)
join pg_catalog.pg_namespace n on n.nspname = wanted.schema
join pg_catalog.pg_class c on c.relnamespace = n.oid and c.relname = wanted.name
where ${WITH_COLUMNS}`;

/** As RELATIONS_NAMED, without the privileges: whether they are still the same. The parameters are `$1`, `$2`. */
export const VERSIONS_NAMED = `/* schemaready:versions-named */
select c.oid, c.xmin::text as version
from unnest($1::text[], $2::text[]) as wanted(schema, name)
join pg_catalog.pg_namespace n on n.nspname = wanted.schema
join pg_catalog.pg_class c on c.relnamespace = n.oid and c.relname = wanted.name
where ${WITH_COLUMNS}`;

/** Every relation of the schemas, without what extensions brought along. */
export const RELATIONS_ALL = `/* schemaready:relations-all */
select ${RELATION_COLUMNS}
from pg_catalog.pg_namespace n
join pg_catalog.pg_class c on c.relnamespace = n.oid
where n.nspname = any($2::text[]) and ${WITH_COLUMNS}
  and not exists (select from pg_catalog.pg_depend d where d.classid = ${PG_CLASS} and d.objid = c.oid and d.deptype = 'e')`;

export interface RelationRow {
  oid: number;
  schema: string;
  name: string;
  kind: string;
  is_partition: boolean;
  version: string;
  row_security: boolean;
  row_security_forced: boolean;
  is_owner: boolean;
  can_select: boolean;
  can_insert: boolean;
  can_update: boolean;
  can_delete: boolean;
}

export const PARTITION_PARENTS = `/* schemaready:partition-parents */
select i.inhrelid as oid, n.nspname as schema, c.relname as name
from pg_catalog.pg_inherits i
join pg_catalog.pg_class c on c.oid = i.inhparent
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
where i.inhrelid = any($1::oid[])`;

export interface ParentRow {
  oid: number;
  schema: string;
  name: string;
}

/** Permissive policies for the role, by command (`polcmd`: * all, r SELECT, a INSERT, w UPDATE, d DELETE). `polroles` holds 0 for PUBLIC. */
export const POLICIES = `/* schemaready:policies */
select p.polrelid as oid, pg_catalog.array_agg(distinct p.polcmd::text) as commands
from pg_catalog.pg_policy p
where p.polrelid = any($2::oid[]) and p.polpermissive
  and exists (select from unnest(p.polroles) as granted(role)
    where granted.role = 0 or pg_catalog.pg_has_role(${ROLE}, granted.role, 'USAGE'))
group by p.polrelid`;

export interface PolicyRow {
  oid: number;
  commands: string[];
}

/** Asked only for relations on which the role lacks a privilege as a whole: grants on single columns may fill in. */
export const COLUMN_PRIVILEGES = `/* schemaready:column-privileges */
select a.attrelid as oid, a.attnum as position,
  pg_catalog.has_column_privilege(${ROLE}, a.attrelid, a.attnum, 'SELECT') as can_select,
  pg_catalog.has_column_privilege(${ROLE}, a.attrelid, a.attnum, 'INSERT') as can_insert,
  pg_catalog.has_column_privilege(${ROLE}, a.attrelid, a.attnum, 'UPDATE') as can_update
from pg_catalog.pg_attribute a
where a.attrelid = any($2::oid[]) and a.attnum > 0 and not a.attisdropped and a.attacl is not null`;

export interface ColumnPrivilegeRow {
  oid: number;
  position: number;
  can_select: boolean;
  can_insert: boolean;
  can_update: boolean;
}

/** Waits behind ACCESS EXCLUSIVE: run inside a savepoint with lock_timeout. */
export const VIEW_DEFINITIONS = `/* schemaready:view-definitions */
select c.oid, pg_catalog.pg_get_viewdef(c.oid) as definition
from pg_catalog.pg_class c where c.oid = any($1::oid[])`;

export interface ViewRow {
  oid: number;
  definition: string | null;
}

/** Relations on which somebody else holds (or waits for) ACCESS EXCLUSIVE: their expressions cannot be printed now. */
export const LOCKED_RELATIONS = `/* schemaready:locked-relations */
select l.relation as oid, min(l.pid)::int as pid
from pg_catalog.pg_locks l
where l.locktype = 'relation' and l.mode = 'AccessExclusiveLock' and l.pid is distinct from pg_catalog.pg_backend_pid()
  and l.database = (select d.oid from pg_catalog.pg_database d where d.datname = current_database())
group by l.relation`;

export interface LockRow {
  oid: number;
  /** Null: a prepared transaction. */
  pid: number | null;
}
