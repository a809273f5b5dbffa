/**
 * The tables in which migration tools keep their records, by exact name and columns, never by name alone: applications own
 * tables called `migrations`, and `_prisma_migrations_Registry`.
 */
import type { RecordTool } from "./migrations.js";

export interface RecordTableShape {
  /** Null: it belongs to a tool and holds no records of migrations (a lock, settings). */
  readonly tool: RecordTool | null;
  readonly name: string;
  /** Every one of these. */
  readonly columns: readonly string[];
  /** Columns that some versions of the tool add. */
  readonly optional: readonly string[];
  /** Several programs use this name, so a column that is neither makes it another's table. */
  readonly isSharedName: boolean;
}

const shape = (
  tool: RecordTool | null,
  name: string,
  columns: string,
  options: { readonly optional?: string; readonly shared?: boolean } = {},
): RecordTableShape => ({
  tool,
  name,
  columns: columns.split(" "),
  optional: options.optional?.split(" ") ?? [],
  isSharedName: options.shared ?? false,
});

const SHARED = { shared: true };

export const RECORD_TABLES: readonly RecordTableShape[] = [
  shape(
    "prisma",
    "_prisma_migrations",
    "id checksum finished_at migration_name logs rolled_back_at started_at applied_steps_count",
  ),
  shape(
    "prisma-next",
    "ledger",
    "id space migration_name migration_hash origin_core_hash destination_core_hash operations created_at",
    SHARED,
  ),
  shape("drizzle", "__drizzle_migrations", "id hash created_at", { optional: "name applied_at" }),
  shape("knex", "knex_migrations", "id name batch migration_time"),
  shape("typeorm", "migrations", "id timestamp name", SHARED),
  shape("sequelize", "SequelizeMeta", "name", { optional: "createdAt updatedAt" }),
  shape("mikro-orm", "mikro_orm_migrations", "id name executed_at"),
  shape("node-pg-migrate", "pgmigrations", "id name run_on"),
  shape(
    "flyway",
    "flyway_schema_history",
    "installed_rank version description type script checksum installed_by installed_on execution_time success",
  ),
  shape(
    "liquibase",
    "databasechangelog",
    "id author filename dateexecuted orderexecuted exectype md5sum description comments tag liquibase",
    { optional: "contexts labels deployment_id" },
  ),
  shape("rails", "schema_migrations", "version", SHARED),
  shape("dbmate", "schema_migrations", "version", SHARED),
  shape("golang-migrate", "schema_migrations", "version dirty", SHARED),
  shape("ecto", "schema_migrations", "version inserted_at", SHARED),
  shape("supabase", "schema_migrations", "version statements", {
    optional: "name created_by idempotency_key rollback",
    shared: true,
  }),
  shape("django", "django_migrations", "id app name applied"),
  shape("alembic", "alembic_version", "version_num"),
  shape("goose", "goose_db_version", "id version_id is_applied tstamp"),
  shape(
    "atlas",
    "atlas_schema_revisions",
    "version description type applied total executed_at execution_time error error_stmt hash partial_hashes operator_version",
  ),
  shape("sqlx", "_sqlx_migrations", "version description installed_on success checksum execution_time"),
  shape("diesel", "__diesel_schema_migrations", "version run_on"),
  shape("pgroll", "migrations", "schema name migration created_at updated_at parent done resulting_schema", {
    optional: "migration_type",
    shared: true,
  }),
  shape(null, "knex_migrations_lock", "index is_locked"),
  shape(null, "typeorm_metadata", "type database schema table name value"),
  shape(null, "databasechangeloglock", "id locked lockgranted lockedby"),
  shape(null, "ar_internal_metadata", "key value created_at updated_at"),
  shape(
    null,
    "marker",
    "space core_hash profile_hash contract_json canonical_version updated_at app_tag meta invariants",
    SHARED,
  ),
  shape(null, "pgroll_version", "version initialized_at"),
];

/** The shape of a tool's record table. */
export function recordTableOf(tool: RecordTool): RecordTableShape {
  const found = RECORD_TABLES.find((each) => each.tool === tool);
  if (found === undefined) throw new Error(`no record table of ${tool} is known`);
  return found;
}

/** Columns that the shape asks for and the table lacks, and columns of the table that make it another program's. */
export function shapeDifferences(
  { columns, optional, isSharedName }: RecordTableShape,
  present: readonly string[],
): { readonly missing: readonly string[]; readonly foreign: readonly string[] } {
  return {
    missing: columns.filter((each) => !present.includes(each)),
    foreign: isSharedName ? present.filter((each) => !columns.includes(each) && !optional.includes(each)) : [],
  };
}

/** Whether a table is one that a migration tool made for itself: exactly the columns that some tool gives it. */
export function isToolTable(name: string, present: readonly string[]): boolean {
  return RECORD_TABLES.some(
    (shape) =>
      shape.name === name &&
      shape.columns.every((each) => present.includes(each)) &&
      present.every((each) => shape.columns.includes(each) || shape.optional.includes(each)),
  );
}
