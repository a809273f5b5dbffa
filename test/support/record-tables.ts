/** Record tables as their tools create them, for tests that read them on a real server. SCHEMA is the quoted schema. */
import type { RecordTool } from "../../src/model/migrations.js";

export interface RecordTableFixture {
  readonly table: string;
  readonly ddl: string;
  /** Values for an INSERT, in the order of `columns`. */
  readonly columns: string;
  /** A row of a migration that ran; %s is its name. */
  readonly row: string;
  /** Three names in order, the first two applied by `row`. */
  readonly names: readonly [string, string, string];
}

const at = "'2025-05-07 03:08:12.5+00'";

export const RECORD_TABLE_FIXTURES: Readonly<Record<Exclude<RecordTool, "prisma" | "alembic">, RecordTableFixture>> = {
  "prisma-next": {
    table: "ledger",
    ddl: `create table SCHEMA.ledger (id bigserial primary key, space text not null, migration_name text, migration_hash text,
      origin_core_hash text, destination_core_hash text, operations jsonb, created_at timestamptz not null default now())`,
    columns: "space, migration_name, migration_hash, created_at",
    row: `('app', '%s', 'sha256:1', ${at})`,
    names: ["20260101_a", "20260102_b", "20260103_c"],
  },
  drizzle: {
    table: "__drizzle_migrations",
    ddl: "create table SCHEMA.__drizzle_migrations (id serial primary key, hash text not null, created_at bigint, name text, applied_at timestamptz)",
    columns: "hash, created_at, name, applied_at",
    row: `(repeat('a', 64), 1746587292500, '%s', ${at})`,
    names: ["0000_a", "0001_b", "0002_c"],
  },
  knex: {
    table: "knex_migrations",
    ddl: "create table SCHEMA.knex_migrations (id serial primary key, name varchar(255), batch integer, migration_time timestamptz); create table SCHEMA.knex_migrations_lock (index serial primary key, is_locked integer); insert into SCHEMA.knex_migrations_lock (is_locked) values (0)",
    columns: "name, batch, migration_time",
    row: `('%s.js', 1, ${at})`,
    names: ["20250101_a", "20250102_b", "20250103_c"],
  },
  typeorm: {
    table: "migrations",
    ddl: `create table SCHEMA.migrations (id serial primary key, "timestamp" bigint not null, name varchar not null)`,
    columns: `"timestamp", name`,
    row: "(1746587292500, '%s')",
    names: ["A1746587292500", "B1746587292501", "C1746587292502"],
  },
  sequelize: {
    table: "SequelizeMeta",
    ddl: `create table SCHEMA."SequelizeMeta" (name varchar(255) not null primary key)`,
    columns: "name",
    row: "('%s')",
    names: ["20250101-a.js", "20250102-b.js", "20250103-c.js"],
  },
  "mikro-orm": {
    table: "mikro_orm_migrations",
    ddl: "create table SCHEMA.mikro_orm_migrations (id serial primary key, name varchar(255), executed_at timestamptz(0) default current_timestamp)",
    columns: "name, executed_at",
    row: `('%s.ts', ${at})`,
    names: ["Migration20250101", "Migration20250102", "Migration20250103"],
  },
  "node-pg-migrate": {
    table: "pgmigrations",
    ddl: "create table SCHEMA.pgmigrations (id serial primary key, name varchar(255) not null, run_on timestamp not null)",
    columns: "name, run_on",
    row: `('%s', ${at})`,
    names: ["1746587292500_a", "1746587292501_b", "1746587292502_c"],
  },
  flyway: {
    table: "flyway_schema_history",
    ddl: `create table SCHEMA.flyway_schema_history (installed_rank int not null primary key, version varchar(50), description varchar(200) not null,
      type varchar(20) not null, script varchar(1000) not null, checksum int, installed_by varchar(100) not null, installed_on timestamp not null default now(),
      execution_time int not null, success boolean not null); create sequence SCHEMA.rank; alter table SCHEMA.flyway_schema_history alter installed_rank set default nextval('SCHEMA.rank')`,
    columns: "version, description, type, script, checksum, installed_by, installed_on, execution_time, success",
    row: `(substr('%s', 2, 1), 'x', 'SQL', '%s', 1, 'app', ${at}, 1, true)`,
    names: ["V1__a.sql", "V2__b.sql", "V3__c.sql"],
  },
  liquibase: {
    table: "databasechangelog",
    ddl: `create table SCHEMA.databasechangelog (id varchar(255) not null, author varchar(255) not null, filename varchar(255) not null, dateexecuted timestamp not null,
      orderexecuted int not null, exectype varchar(10) not null, md5sum varchar(35), description varchar(255), comments varchar(255), tag varchar(255),
      liquibase varchar(20), contexts varchar(255), labels varchar(255), deployment_id varchar(10));
      create table SCHEMA.databasechangeloglock (id int primary key, locked boolean not null, lockgranted timestamp, lockedby varchar(255)); insert into SCHEMA.databasechangeloglock values (1, false)`,
    columns: "id, author, filename, dateexecuted, orderexecuted, exectype, md5sum",
    row: `(split_part('%s', '::', 2), split_part('%s', '::', 3), split_part('%s', '::', 1), ${at}, 1, 'EXECUTED', '9:abc')`,
    names: ["db/log.xml::1::ann", "db/log.xml::2::ann", "db/log.xml::1::bob"],
  },
  rails: {
    table: "schema_migrations",
    ddl: "create table SCHEMA.schema_migrations (version varchar not null primary key)",
    columns: "version",
    row: "('%s')",
    names: ["20250101000000", "20250102000000", "20250103000000"],
  },
  django: {
    table: "django_migrations",
    ddl: "create table SCHEMA.django_migrations (id bigint generated by default as identity primary key, app varchar(255) not null, name varchar(255) not null, applied timestamptz not null)",
    columns: "app, name, applied",
    row: `(split_part('%s', '.', 1), split_part('%s', '.', 2), ${at})`,
    names: ["shop.0001_initial", "auth.0001_initial", "shop.0002_more"],
  },
  "golang-migrate": {
    table: "schema_migrations",
    ddl: "create table SCHEMA.schema_migrations (version bigint not null primary key, dirty boolean not null)",
    columns: "version, dirty",
    row: "(%s, false)",
    names: ["1", "2", "3"],
  },
  goose: {
    table: "goose_db_version",
    ddl: "create table SCHEMA.goose_db_version (id integer primary key generated by default as identity, version_id bigint not null, is_applied boolean not null, tstamp timestamp not null default now()); insert into SCHEMA.goose_db_version (version_id, is_applied) values (0, true)",
    columns: "version_id, is_applied, tstamp",
    row: `(%s, true, ${at})`,
    names: ["1", "2", "3"],
  },
  dbmate: {
    table: "schema_migrations",
    ddl: "create table SCHEMA.schema_migrations (version varchar primary key)",
    columns: "version",
    row: "('%s')",
    names: ["20250101000000", "20250102000000", "20250103000000"],
  },
  atlas: {
    table: "atlas_schema_revisions",
    ddl: `create table SCHEMA.atlas_schema_revisions (version varchar not null primary key, description varchar not null, type bigint not null default 2, applied bigint not null default 0,
      total bigint not null default 0, executed_at timestamptz not null, execution_time bigint not null, error text, error_stmt text, hash varchar not null, partial_hashes jsonb, operator_version varchar not null);
      insert into SCHEMA.atlas_schema_revisions (version, description, executed_at, execution_time, hash, operator_version) values ('.atlas_cloud_identifier', 'uuid', now(), 0, '', 'x')`,
    columns: "version, description, applied, total, executed_at, execution_time, hash, operator_version",
    row: `('%s', 'x', 2, 2, ${at}, 1, 'h', 'Atlas CLI')`,
    names: ["20250101", "20250102", "20250103"],
  },
  sqlx: {
    table: "_sqlx_migrations",
    ddl: "create table SCHEMA._sqlx_migrations (version bigint primary key, description text not null, installed_on timestamptz not null default now(), success boolean not null, checksum bytea not null, execution_time bigint not null)",
    columns: "version, description, installed_on, success, checksum, execution_time",
    row: `(%s, 'x', ${at}, true, decode(repeat('ab', 48), 'hex'), -1)`,
    names: ["1", "2", "3"],
  },
  diesel: {
    table: "__diesel_schema_migrations",
    ddl: "create table SCHEMA.__diesel_schema_migrations (version varchar(50) primary key not null, run_on timestamp not null default current_timestamp)",
    columns: "version, run_on",
    row: `('%s', ${at})`,
    names: ["20250101000000", "20250102000000", "20250103000000"],
  },
  ecto: {
    table: "schema_migrations",
    ddl: "create table SCHEMA.schema_migrations (version bigint not null primary key, inserted_at timestamp(0))",
    columns: "version, inserted_at",
    row: `(%s, ${at})`,
    names: ["20250101000000", "20250102000000", "20250103000000"],
  },
  supabase: {
    table: "schema_migrations",
    ddl: "create table SCHEMA.schema_migrations (version text not null primary key, statements text[], name text)",
    columns: "version, statements, name",
    row: "('%s', '{select 1}', 'x')",
    names: ["20250101000000", "20250102000000", "20250103000000"],
  },
  pgroll: {
    table: "migrations",
    ddl: `create table SCHEMA.migrations (schema name not null, name text not null, migration jsonb not null, created_at timestamptz not null default now(), updated_at timestamptz not null default now(),
      parent text, done boolean not null default false, resulting_schema jsonb not null default '{}', migration_type varchar(32) default 'pgroll', primary key (schema, name))`,
    columns: "schema, name, migration, created_at, updated_at, done",
    row: `('app', '%s', '{}', ${at}, ${at}, true), ('other', '%s', '{}', ${at}, ${at}, false)`,
    names: ["01_a", "02_b", "03_c"],
  },
};

/** The table in a schema, with rows for these names. */
export function recordTableSql(fixture: RecordTableFixture, schema: string, names: readonly string[]): string {
  const quoted = `"${schema.replaceAll('"', '""')}"`;
  const ddl = fixture.ddl.replaceAll("SCHEMA", quoted);
  if (names.length === 0) return ddl;
  const rows = names.map((name) => fixture.row.replaceAll("%s", name)).join(", ");
  return `${ddl}; insert into ${quoted}."${fixture.table}" (${fixture.columns}) values ${rows}`;
}
