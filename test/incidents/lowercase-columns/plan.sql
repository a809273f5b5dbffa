-- Repair plan of schemaready 0.1.0: 2 steps for 4 of 5 gaps; 1 thing not done for you.
-- For app_user@db.internal:5432/app, schema public, as it was on 2026-11-20 10:00:00 UTC; contract
--   sha256:cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc.
-- Proved: run on a copy of the schema, without rows, privileges and positions of sequences, in embedded PostgreSQL 18.4,
--   and verified there.
-- Read it, then: psql "$DATABASE_URL" -v ON_ERROR_STOP=1 -f plan.sql (not with --single-transaction).

-- Migrations that wait
-- - 20251108_add_onboarding_applications: pending; not known whether it runs here: its script is not at hand
--   (--migrations)
--   nor what it does
-- - 20251109190000_add_missing_customer_plan_fields: pending; not known whether it runs here: its script is not at hand
--   (--migrations)
--   nor what it does
-- - 20251123082858_add_unit_limit_to_plans: pending; not known whether it runs here: its script is not at hand
--   (--migrations)
--   nor what it does
-- - 20251123134500_add_developer_project_tables: pending; not known whether it runs here: its script is not at hand
--   (--migrations)
--   nor what it does
-- - 20251123210301_add_missing_project_tables: pending; not known whether it runs here: its script is not at hand
--   (--migrations)
--   nor what it does
-- - 20251206_add_report_schedules_table: pending; not known whether it runs here: its script is not at hand
--   (--migrations)
--   nor what it does

\set ON_ERROR_STOP on
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;

-- The plan has transactions of its own: within another one, it would be committed in parts after all.
DO $guard$
BEGIN
  IF pg_catalog.now() <> pg_catalog.statement_timestamp() THEN
    RAISE EXCEPTION 'the plan has transactions of its own, and nothing of it was run'
      USING HINT = 'Run it without --single-transaction, and with AUTOCOMMIT on.';
  END IF;
END
$guard$;

-- 1. In one transaction:
BEGIN;
SET LOCAL lock_timeout = '5000ms';
SET LOCAL statement_timeout = '60000ms';

-- What the application looks for is there under names in other upper and lower case, and to PostgreSQL that is another
--   name: column customerid of public.developer_projects, not customerId and column developerid of
--   public.developer_projects, not developerId. The values stay where they are.
-- hazards: ACCESS EXCLUSIVE lock on public.developer_projects; breaks code that still uses the old shape
-- table: public.developer_projects, size not known, 48 kB
DO $guard$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_attribute WHERE attrelid = pg_catalog.to_regclass('"public"."developer_projects"') AND attname = 'customerId') THEN
    ALTER TABLE "public"."developer_projects" RENAME COLUMN "customerid" TO "customerId";
  END IF;
END
$guard$;

-- What the application looks for is there under names in other upper and lower case, and to PostgreSQL that is another
--   name: column customerid of public.developer_projects, not customerId and column developerid of
--   public.developer_projects, not developerId. The values stay where they are.
-- hazards: ACCESS EXCLUSIVE lock on public.developer_projects; breaks code that still uses the old shape
-- table: public.developer_projects, size not known, 48 kB
DO $guard$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_attribute WHERE attrelid = pg_catalog.to_regclass('"public"."developer_projects"') AND attname = 'developerId') THEN
    ALTER TABLE "public"."developer_projects" RENAME COLUMN "developerid" TO "developerId";
  END IF;
END
$guard$;

COMMIT;

-- Not done for you
--
-- - Make a migration baseline
--   No migration makes public.customers, public.plans, public.purchase_orders and 3 more, so the folder cannot build an
--     empty database, and recording it would hide that. Replace it by one migration that makes everything, after the
--     statements of this plan, and record that one.
--     mkdir -p prisma/migrations/0_init
--     npx prisma migrate diff --from-empty --to-schema prisma/schema.prisma --script > prisma/migrations/0_init/migration.sql
--     npx prisma migrate resolve --applied "0_init"

-- To take it back, the last first (rows that were written in between stay as they are):
--     ALTER TABLE "public"."developer_projects" RENAME COLUMN "developerId" TO "developerid";
--     ALTER TABLE "public"."developer_projects" RENAME COLUMN "customerId" TO "customerid";
