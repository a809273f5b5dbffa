/**
 * The tables in which migration tools keep their records: no application needs them to be as they are. Found by exact
 * name and columns, never by name alone: applications own tables called `migrations`, and `_prisma_migrations_Registry`.
 */
import type { Relation } from "../../model/schema.js";

interface RecordTable {
  readonly name: string;
  /** Every one of these, and no other but the optional ones. */
  readonly columns: string;
  readonly optional?: string;
}

const TABLES: readonly RecordTable[] = [
  {
    name: "_prisma_migrations",
    columns: "id checksum finished_at migration_name logs rolled_back_at started_at applied_steps_count",
  },
  { name: "__drizzle_migrations", columns: "id hash created_at", optional: "name applied_at" },
  { name: "knex_migrations", columns: "id name batch migration_time" },
  { name: "knex_migrations_lock", columns: "index is_locked" },
  { name: "migrations", columns: "id timestamp name" },
  { name: "typeorm_metadata", columns: "type database schema table name value" },
  { name: "SequelizeMeta", columns: "name", optional: "createdAt updatedAt" },
  { name: "mikro_orm_migrations", columns: "id name executed_at" },
  { name: "pgmigrations", columns: "id name run_on" },
  {
    name: "flyway_schema_history",
    columns: "installed_rank version description type script checksum installed_by installed_on execution_time success",
  },
  {
    name: "databasechangelog",
    columns: "id author filename dateexecuted orderexecuted exectype md5sum description comments tag liquibase",
    optional: "contexts labels deployment_id",
  },
  { name: "databasechangeloglock", columns: "id locked lockgranted lockedby" },
  // Rails and dbmate have the version alone; golang-migrate, Ecto and Supabase add to it.
  {
    name: "schema_migrations",
    columns: "version",
    optional: "dirty inserted_at statements name created_by idempotency_key rollback",
  },
  { name: "ar_internal_metadata", columns: "key value created_at updated_at" },
  { name: "django_migrations", columns: "id app name applied" },
  { name: "alembic_version", columns: "version_num" },
  { name: "goose_db_version", columns: "id version_id is_applied tstamp" },
  {
    name: "atlas_schema_revisions",
    columns:
      "version description type applied total executed_at execution_time error error_stmt hash partial_hashes operator_version",
  },
  { name: "_sqlx_migrations", columns: "version description installed_on success checksum execution_time" },
  { name: "__diesel_schema_migrations", columns: "version run_on" },
];

export function isRecordTable({ name, kind, columns }: Relation): boolean {
  if (kind !== "table" && kind !== "partitioned-table") return false;
  const present = columns.map((column) => column.name);
  return TABLES.some((table) => {
    if (table.name !== name) return false;
    const required = table.columns.split(" ");
    const allowed = [...required, ...(table.optional ?? "").split(" ")];
    return required.every((each) => present.includes(each)) && present.every((each) => allowed.includes(each));
  });
}
