-- Repair plan of schemaready 0.1.0: 4 steps for 2 of 2 gaps.
-- For app_user@db.internal:5432/app, schema public, as it was on 2026-11-20 10:00:00 UTC; contract
--   sha256:cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc.
-- Not tried: not every step could be tried: npx prisma migrate resolve --rolled-back
--   "20251022105116_rename_zipcode_to_postalcode": the scripts of the migrations are not at hand (--migrations).
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
--   build does not list the migration (ERROR: column "zipcode" does not exist): if its directory still exists, correct
--   it first, because it is tried again; if it was deleted, write what it was to do into a new one.
--   $ npx prisma migrate resolve --rolled-back "20251022105116_rename_zipcode_to_postalcode"

-- 3. By hand, where the application's repository is: Runs what waits behind it.
--   $ npx prisma migrate deploy

-- 4. In one transaction:
BEGIN;
SET LOCAL lock_timeout = '5000ms';
SET LOCAL statement_timeout = '60000ms';

-- There is no public.customers.postalCode, and zipCode stands in its place: it seems to be the same thing under another
--   name. The values stay where they are.
-- hazards: ACCESS EXCLUSIVE lock on public.customers; breaks code that still uses the old shape
-- table: public.customers, size not known, 48 kB
DO $guard$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_attribute WHERE attrelid = pg_catalog.to_regclass('"public"."customers"') AND attname = 'postalCode') THEN
    ALTER TABLE "public"."customers" RENAME COLUMN "zipCode" TO "postalCode";
  END IF;
END
$guard$;

COMMIT;

-- To take it back, the last first (rows that were written in between stay as they are):
--     ALTER TABLE "public"."customers" RENAME COLUMN "postalCode" TO "zipCode";
