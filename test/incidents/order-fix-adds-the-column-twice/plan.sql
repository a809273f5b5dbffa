-- Repair plan of schemaready 0.1.0: 3 steps for 1 of 1 gap.
-- For app_user@db.internal:5432/app, schema public, as it was on 2026-11-20 10:00:00 UTC; contract
--   sha256:cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc.
-- Not tried: not every step could be tried: npx prisma migrate resolve --rolled-back
--   "20250513000000_create_projects_table": the scripts of the migrations are not at hand (--migrations).
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

-- 2. By hand, where the application's repository is: Lets Prisma try the migration again; it changes the record, not the
--   schema. Before that, correct the migration or the schema: ERROR: column "project_id" of relation "files" already
--   exists (SQLSTATE 42701).
--   $ npx prisma migrate resolve --rolled-back "20250513000000_create_projects_table"

-- 3. By hand, where the application's repository is: Applies what is missing: 20250513000000_create_projects_table.
--   20250513000000_create_projects_table fails again for the same reason, unless it was corrected.
--   $ npx prisma migrate deploy
