-- DDL the schema engine emits for schema.prisma, applied to empty PG15
create type "ImportJobStatus" as enum ('QUEUED', 'PROCESSING', 'COMPLETED', 'FAILED');
create table "column_mappings" (
  "id" text not null,
  "file_id" text not null,
  "global_schema_id" text not null,
  "schema_column_id" text not null,
  "file_column" text not null,
  "transformation_rule" text,
  "created_at" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  "updated_at" timestamp(3) without time zone not null,
  constraint "column_mappings_pkey" primary key ("id")
);
create table "column_merges" (
  "id" text not null,
  "user_id" text not null,
  "file_id" text not null,
  "merge_name" text not null,
  "column_list" text[],
  "delimiter" text not null default ' '::text,
  "created_at" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  "updated_at" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  constraint "column_merges_pkey" primary key ("id")
);
create table "dead_letter_queue" (
  "id" text not null,
  "file_id" text not null,
  "operation" text not null,
  "payload" text not null,
  "error" text not null,
  "timestamp" timestamp(3) without time zone not null,
  "retry_count" integer not null default 0,
  "last_retry_at" timestamp(3) without time zone,
  constraint "dead_letter_queue_pkey" primary key ("id")
);
create table "file_data" (
  "id" text not null,
  "file_id" text not null,
  "ingested_at" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  "data" jsonb not null,
  constraint "file_data_pkey" primary key ("id")
);
create table "file_errors" (
  "id" text not null,
  "file_id" text not null,
  "error_type" text not null,
  "severity" text not null,
  "message" text not null,
  "details" text,
  "timestamp" timestamp(3) without time zone not null,
  constraint "file_errors_pkey" primary key ("id")
);
create table "files" (
  "id" text not null,
  "user_id" text not null,
  "filename" text not null,
  "uploaded_at" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  "ingested_at" timestamp(3) without time zone,
  "size_bytes" integer not null,
  "format" text,
  "status" text not null default 'pending'::text,
  "metadata" jsonb,
  "filepath" text,
  "activation_progress" integer,
  "activation_started_at" timestamp(3) without time zone,
  "activation_completed_at" timestamp(3) without time zone,
  "activation_error" text,
  "project_id" text,
  constraint "files_pkey" primary key ("id")
);
create table "global_schemas" (
  "id" text not null,
  "project_id" text not null,
  "name" text not null,
  "description" text,
  "created_at" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  "updated_at" timestamp(3) without time zone not null,
  constraint "global_schemas_pkey" primary key ("id")
);
create table "import_jobs" (
  "id" text not null,
  "project_id" text not null,
  "user_id" text not null,
  "filename" text not null,
  "blob_url" text not null,
  "status" "ImportJobStatus" not null default 'QUEUED'::"ImportJobStatus",
  "rows_processed" integer not null default 0,
  "total_rows" integer,
  "error_message" text,
  "created_at" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  "updated_at" timestamp(3) without time zone not null,
  "started_at" timestamp(3) without time zone,
  "completed_at" timestamp(3) without time zone,
  "blob_deleted_at" timestamp(3) without time zone,
  constraint "import_jobs_pkey" primary key ("id")
);
create table "project_files" (
  "project_id" text not null,
  "file_id" text not null,
  constraint "project_files_pkey" primary key ("project_id", "file_id")
);
create table "project_schema_meta" (
  "id" text not null,
  "project_id" text not null,
  "table_name" text not null,
  "column_name" text not null,
  "data_type" text not null,
  "is_nullable" boolean not null default true,
  "created_at" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  "updated_at" timestamp(3) without time zone not null,
  constraint "project_schema_meta_pkey" primary key ("id")
);
create table "projects" (
  "id" text not null,
  "name" text not null,
  "description" text,
  "user_id" text not null,
  "created_at" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  "updated_at" timestamp(3) without time zone not null,
  constraint "projects_pkey" primary key ("id")
);
create table "queries" (
  "id" text not null,
  "user_id" text not null,
  "query_text" text not null,
  "created_at" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  "status" text not null,
  "error" text,
  constraint "queries_pkey" primary key ("id")
);
create table "results" (
  "id" text not null,
  "query_id" text not null,
  "result_data" jsonb,
  "created_at" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  constraint "results_pkey" primary key ("id")
);
create table "schema_columns" (
  "id" text not null,
  "global_schema_id" text not null,
  "name" text not null,
  "description" text,
  "data_type" text not null,
  "is_required" boolean not null default false,
  "created_at" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  "updated_at" timestamp(3) without time zone not null,
  constraint "schema_columns_pkey" primary key ("id")
);
create table "sources" (
  "id" text not null,
  "user_id" text not null,
  "name" text not null,
  "created_at" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  "file_id" text not null,
  constraint "sources_pkey" primary key ("id")
);
create table "users" (
  "id" text not null,
  "name" text,
  "email" text not null,
  "emailVerified" timestamp(3) without time zone,
  "password" text,
  "image" text,
  "created_at" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  "updated_at" timestamp(3) without time zone not null,
  "reset_token" text,
  "reset_token_expires" timestamp(3) without time zone,
  constraint "users_pkey" primary key ("id")
);
create unique index "column_mappings_file_id_schema_column_id_key" on "column_mappings" ("file_id", "schema_column_id");
create index "idx_column_mappings_file" on "column_mappings" ("file_id");
create index "idx_column_mappings_global_schema" on "column_mappings" ("global_schema_id");
create index "idx_column_mappings_schema_column" on "column_mappings" ("schema_column_id");
create unique index "column_merges_user_id_file_id_merge_name_key" on "column_merges" ("user_id", "file_id", "merge_name");
create index "idx_column_merges_file" on "column_merges" ("file_id");
create index "idx_column_merges_user" on "column_merges" ("user_id");
create index "idx_file_data_file" on "file_data" ("file_id");
create index "idx_files_project" on "files" ("project_id");
create index "idx_files_user" on "files" ("user_id");
create index "idx_global_schemas_project" on "global_schemas" ("project_id");
create index "idx_import_jobs_project" on "import_jobs" ("project_id");
create index "idx_import_jobs_status" on "import_jobs" ("status");
create index "idx_import_jobs_user" on "import_jobs" ("user_id");
create index "idx_project_schema_meta_project" on "project_schema_meta" ("project_id");
create unique index "project_schema_meta_project_id_table_name_column_name_key" on "project_schema_meta" ("project_id", "table_name", "column_name");
create index "idx_projects_user" on "projects" ("user_id");
create index "idx_queries_created_at" on "queries" ("created_at");
create index "idx_queries_user" on "queries" ("user_id");
create index "idx_schema_columns_global_schema" on "schema_columns" ("global_schema_id");
create unique index "schema_columns_global_schema_id_name_key" on "schema_columns" ("global_schema_id", "name");
create unique index "users_email_key" on "users" ("email");
alter table "column_mappings" add constraint "column_mappings_file_id_fkey" foreign key ("file_id") references "files" ("id") on delete restrict;
alter table "column_mappings" add constraint "column_mappings_global_schema_id_fkey" foreign key ("global_schema_id") references "global_schemas" ("id") on delete restrict;
alter table "column_mappings" add constraint "column_mappings_schema_column_id_fkey" foreign key ("schema_column_id") references "schema_columns" ("id") on delete restrict;
alter table "column_merges" add constraint "column_merges_file_id_fkey" foreign key ("file_id") references "files" ("id") on delete restrict;
alter table "dead_letter_queue" add constraint "dead_letter_queue_file_id_fkey" foreign key ("file_id") references "files" ("id") on delete restrict;
alter table "file_data" add constraint "file_data_file_id_fkey" foreign key ("file_id") references "files" ("id") on delete restrict;
alter table "file_errors" add constraint "file_errors_file_id_fkey" foreign key ("file_id") references "files" ("id") on delete restrict;
alter table "files" add constraint "files_project_id_fkey" foreign key ("project_id") references "projects" ("id") on delete set null;
alter table "global_schemas" add constraint "global_schemas_project_id_fkey" foreign key ("project_id") references "projects" ("id") on delete restrict;
alter table "import_jobs" add constraint "import_jobs_project_id_fkey" foreign key ("project_id") references "projects" ("id") on delete cascade;
alter table "project_schema_meta" add constraint "project_schema_meta_project_id_fkey" foreign key ("project_id") references "projects" ("id") on delete cascade;
alter table "results" add constraint "results_query_id_fkey" foreign key ("query_id") references "queries" ("id") on delete cascade;
alter table "schema_columns" add constraint "schema_columns_global_schema_id_fkey" foreign key ("global_schema_id") references "global_schemas" ("id") on delete restrict;
alter table "sources" add constraint "sources_file_id_fkey" foreign key ("file_id") references "files" ("id") on delete restrict;
