/**
 * Which versions of which rows the catalogs hold. PostgreSQL never changes a row in place where that changes its
 * meaning: every change writes a version of its own (`xmin`: the transaction, `ctid`: the place), so equal versions are
 * equal rows. PL/pgSQL keeps its compiled functions by the same two. One statement, so one snapshot; raw columns only,
 * so it waits for no lock.
 */

/** Every catalog whose rows decide what verification reads: by itself, or when PostgreSQL prints or judges something. */
interface HashedCatalog {
  readonly catalog: string;
  /** Column with the relation that the row is about; rows of temporary relations come and go and are left out. */
  readonly relation?: string;
  readonly where?: string;
  /** What changes without a new version. */
  readonly besides?: string;
}

const TEMPORARY = "(select oid from temporary)";
const TEMPORARY_SCHEMA = "^pg_(toast_)?temp_";
const CLASS = "'pg_catalog.pg_class'::pg_catalog.regclass";

/** Of dependencies only those that queries follow: members of extensions, and sequences of columns. */
const DEPENDENCIES = `(deptype = 'e' or (deptype in ('a', 'i') and refobjsubid > 0 and classid = ${CLASS} and refclassid = ${CLASS}))`;

const CATALOGS: readonly HashedCatalog[] = [
  { catalog: "pg_class", relation: "oid" },
  { catalog: "pg_attribute", relation: "attrelid" },
  { catalog: "pg_attrdef", relation: "adrelid" },
  { catalog: "pg_constraint", relation: "conrelid" },
  // Until PostgreSQL 13 these flags are set in place.
  { catalog: "pg_index", relation: "indrelid", besides: "indisvalid, indisready, indislive" },
  { catalog: "pg_trigger", relation: "tgrelid" },
  { catalog: "pg_rewrite", relation: "ev_class" },
  { catalog: "pg_policy", relation: "polrelid" },
  { catalog: "pg_inherits", relation: "inhrelid" },
  { catalog: "pg_sequence", relation: "seqrelid" },
  { catalog: "pg_depend", relation: "objid", where: DEPENDENCIES },
  { catalog: "pg_namespace", where: `nspname !~ '${TEMPORARY_SCHEMA}'` },
  {
    catalog: "pg_type",
    where: `typnamespace not in (select oid from pg_catalog.pg_namespace where nspname ~ '${TEMPORARY_SCHEMA}')`,
  },
  { catalog: "pg_database", where: "datname = pg_catalog.current_database()" },
  ...[
    ...["pg_enum", "pg_range", "pg_proc", "pg_aggregate", "pg_operator", "pg_opclass", "pg_opfamily", "pg_amop"],
    ...["pg_amproc", "pg_am", "pg_cast", "pg_collation", "pg_ts_config", "pg_ts_dict", "pg_extension"],
    ...["pg_auth_members", "pg_db_role_setting"],
  ].map((catalog) => ({ catalog })),
];

/** What verification neither reads nor makes PostgreSQL read. */
export const OTHER_CATALOGS: readonly string[] = [
  // Read as pg_roles, which everybody may.
  "pg_authid",
  // Statistics, comments, labels, files.
  ...["pg_statistic", "pg_statistic_ext", "pg_statistic_ext_data", "pg_description", "pg_shdescription"],
  ...["pg_seclabel", "pg_shseclabel", "pg_tablespace", "pg_largeobject", "pg_largeobject_metadata"],
  // Privileges of objects to come, of extensions as they came, and of settings.
  ...["pg_default_acl", "pg_init_privs", "pg_parameter_acl"],
  // Bookkeeping of what may be dropped.
  "pg_shdepend",
  // Replication, foreign servers, event triggers.
  ...["pg_publication", "pg_publication_namespace", "pg_publication_rel", "pg_replication_origin", "pg_subscription"],
  ...["pg_subscription_rel", "pg_foreign_data_wrapper", "pg_foreign_server", "pg_foreign_table", "pg_user_mapping"],
  "pg_event_trigger",
  // Of languages, encodings and text search only names are printed; how tables are partitioned is not looked at.
  ...["pg_language", "pg_transform", "pg_conversion", "pg_partitioned_table"],
  ...["pg_ts_config_map", "pg_ts_parser", "pg_ts_template"],
];

/** For a test that looks whether a server has catalogs that nobody has thought about. */
export const HASHED_CATALOGS: readonly string[] = CATALOGS.map(({ catalog }) => catalog);

const BUILDS =
  "(select index_relid from pg_catalog.pg_stat_progress_create_index where datname = current_database()) b";

/** Roles by value: pg_roles does not show their versions. Builds: see INDEX_BUILDS. */
const OTHERS = [
  ["roles", "pg_catalog.pg_roles", "oid, rolname, rolsuper, rolinherit, rolcanlogin, rolbypassrls"],
  ["builds", BUILDS, "index_relid"],
] as const;

/** Another server, or this one started anew, has other transactions under the same numbers. */
const SERVER = "select 'server' as source, pg_catalog.pg_postmaster_start_time()::text as rows, null as hash";

export const ANY_TEMPORARY = `/* schemaready:any-temporary */
select exists (select from pg_catalog.pg_class where relpersistence = 't') as found`;

/**
 * One row for each source, with the number of rows and the sum of their hashes.
 * @param hasTemporary whether there are temporary relations to be left out: looking at each row for that takes twice as long
 */
export function versionsQuery(serverVersion: number, hasTemporary: boolean): string {
  const hash = hashOn(serverVersion);
  const part = (name: string, from: string, columns: string, conditions: readonly string[]) =>
    `select '${name}' as source, pg_catalog.count(*)::text as rows, pg_catalog.sum(${hash(`row(${columns})`)})::text as hash
from ${from}${conditions.length === 0 ? "" : ` where ${conditions.join(" and ")}`}`;
  const catalogs = CATALOGS.map((each) =>
    part(each.catalog, `pg_catalog.${each.catalog}`, columnsOf(each), conditionsOf(each, hasTemporary)),
  );
  const others = OTHERS.map(([name, from, columns]) => part(name, from, columns, []));
  return `/* schemaready:versions */
with temporary as materialized (select oid from pg_catalog.pg_class where relpersistence = 't')
${[SERVER, ...catalogs, ...others].join("\nunion all\n")}`;
}

function conditionsOf({ relation, where }: HashedCatalog, hasTemporary: boolean): string[] {
  const lasting = hasTemporary && relation !== undefined ? [`${relation} not in ${TEMPORARY}`] : [];
  return where === undefined ? lasting : [where, ...lasting];
}

export interface VersionsRow {
  source: string;
  rows: string;
  hash: string | null;
}

function columnsOf({ besides }: HashedCatalog): string {
  return besides === undefined ? "xmin, ctid" : `xmin, ctid, ${besides}`;
}

/** PostgreSQL 13 cannot hash a record; printing it first takes twice as long. */
function hashOn(serverVersion: number): (record: string) => string {
  return serverVersion >= 140_000
    ? (record) => `pg_catalog.hash_record_extended(${record}, 0)`
    : (record) => `pg_catalog.hashtextextended(${record}::text, 0)`;
}

/** What versionsQuery would have to read, dead rows included. */
export const CATALOG_BYTES = `/* schemaready:catalog-bytes */
select pg_catalog.sum(pg_catalog.pg_relation_size(('pg_catalog.' || c.name)::pg_catalog.regclass))::float8 as bytes
from unnest($1::text[]) as c(name)`;
