-- Repair plan of schemaready 0.1.0: 3 steps for 1 of 1 gap.
-- For app_user@db.internal:5432/app, schema public, as it was on 2026-11-20 10:00:00 UTC; contract
--   sha256:cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc.
-- Not tried: not every step could be tried: npx prisma migrate resolve --rolled-back "20251228225021_sync_schema_drift":
--   the scripts of the migrations are not at hand (--migrations).
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
--   build does not list the migration (ERROR: index "customer_verification_idx" does not exist (SQLSTATE 42704)): if its
--   directory still exists, correct it first, because it is tried again; if it was deleted, write what it was to do into
--   a new one.
--   $ npx prisma migrate resolve --rolled-back "20251228225021_sync_schema_drift"

-- 3. By hand, where the application's repository is: Runs what waits behind it.
--   $ npx prisma migrate deploy
