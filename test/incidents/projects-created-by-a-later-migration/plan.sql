-- Repair plan of schemaready 0.1.0: 2 steps for 3 of 3 gaps.
-- For app_user@db.internal:5432/app, schema public, as it was on 2026-11-20 10:00:00 UTC; contract
--   sha256:cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc.
-- Not tried: not every step could be tried: npx prisma migrate deploy: the scripts of the migrations are not at hand
--   (--migrations).
-- Read it, then: psql "$DATABASE_URL" -v ON_ERROR_STOP=1 -f plan.sql (not with --single-transaction).
-- Commands of the migration tool that belong before or between the statements: 1.

\set ON_ERROR_STOP on

-- 1. By hand, where the application's repository is: Applies what is missing: 20250513000000_create_projects_table.
--   20250513000000_create_projects_table fails again for the same reason, unless it was corrected.
--   $ npx prisma migrate deploy

-- 2. In one transaction:
BEGIN;
SET LOCAL lock_timeout = '5000ms';
SET LOCAL statement_timeout = '60000ms';

-- public.files has no foreign key (project_id) to public.projects (id). Ties (project_id) of public.files to
--   public.projects (id). There are no old rows, or they are checked right away.
-- hazards: SHARE ROW EXCLUSIVE lock on public.files; blocks writes; SHARE ROW EXCLUSIVE lock on public.projects; blocks
--   writes
-- table: public.files, size not known, 32 kB
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
