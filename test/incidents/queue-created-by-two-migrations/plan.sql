-- Repair plan of schemaready 0.1.0: 6 steps for 4 of 4 gaps.
-- For app_user@db.internal:5432/app, schema public, as it was on 2026-11-20 10:00:00 UTC; contract
--   sha256:cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc.
-- Not tried: not every step could be tried: npx prisma migrate resolve --rolled-back "20250512_add_error_handling": the
--   scripts of the migrations are not at hand (--migrations).
-- Read it, then: psql "$DATABASE_URL" -v ON_ERROR_STOP=1 -f plan.sql (not with --single-transaction).
-- Commands of the migration tool that belong before or between the statements: 2.

\set ON_ERROR_STOP on

-- 1. In one transaction:
BEGIN;
SET LOCAL lock_timeout = '5000ms';
SET LOCAL statement_timeout = '60000ms';

-- Shows the rows that hold up every deploy, with the errors they store: first understand why.
SELECT migration_name, started_at, logs FROM "public"."_prisma_migrations" WHERE finished_at IS NULL AND rolled_back_at IS NULL ORDER BY started_at;

COMMIT;

-- 2. By hand, where the application's repository is: Lets Prisma go on; it changes the record, not the schema. This
--   build does not list the migration (ERROR: relation "dead_letter_queue" already exists (SQLSTATE 42P07)): if its
--   directory still exists, correct it first, because it is tried again; if it was deleted, write what it was to do into
--   a new one.
--   $ npx prisma migrate resolve --rolled-back "20250512_add_error_handling"

-- 3. By hand, where the application's repository is: Applies what is missing: 20250513000000_create_projects_table.
--   $ npx prisma migrate deploy

-- 4. In one transaction:
BEGIN;
SET LOCAL lock_timeout = '5000ms';
SET LOCAL statement_timeout = '60000ms';

-- Column public.files.project_id is missing. Old rows have no value in it.
-- hazards: ACCESS EXCLUSIVE lock on public.files
-- table: public.files, size not known, 24 kB
ALTER TABLE "public"."files" ADD COLUMN IF NOT EXISTS "project_id" text;

-- There are few rows or none, so writers wait for a moment only.
-- hazards: SHARE lock on public.files; blocks writes
-- table: public.files, size not known, 24 kB
CREATE INDEX IF NOT EXISTS "files_project_id_idx" ON "public"."files" USING "btree" ("project_id");

-- Ties (project_id) of public.files to public.projects (id). There are no old rows, or they are checked right away.
-- hazards: SHARE ROW EXCLUSIVE lock on public.files; blocks writes; SHARE ROW EXCLUSIVE lock on public.projects; blocks
--   writes
-- table: public.files, size not known, 24 kB
DO $guard$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conrelid = pg_catalog.to_regclass('"public"."files"') AND conname = 'files_project_id_fkey') THEN
    ALTER TABLE "public"."files" ADD CONSTRAINT "files_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "public"."projects" ("id") ON DELETE SET NULL;
  END IF;
END
$guard$;

COMMIT;

-- To take it back, the last first (rows that were written in between stay as they are):
--     ALTER TABLE "public"."files" DROP CONSTRAINT IF EXISTS "files_project_id_fkey";
--     DROP INDEX IF EXISTS "public"."files_project_id_idx";
--     ALTER TABLE "public"."files" DROP COLUMN IF EXISTS "project_id";
