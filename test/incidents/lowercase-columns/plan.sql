-- Repair plan of schemaready 0.1.0: 2 steps for 4 of 5 gaps; 1 thing not done for you.
-- For app_user@db.internal:5432/app, schema public, as it was on 2026-11-20 10:00:00 UTC; contract
--   sha256:cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc.
-- Proved: run on a copy of the schema, without rows, privileges and positions of sequences, in embedded PostgreSQL 18.4,
--   and verified there.
-- Read it, then: psql "$DATABASE_URL" -v ON_ERROR_STOP=1 -f plan.sql (not with --single-transaction).

\set ON_ERROR_STOP on

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
