-- Repair plan of schemaready 0.1.0: 4 steps for 2 of 4 gaps; 2 things not done for you.
-- For app@db.internal:5432/app, schema public, as it was on 2026-11-20 10:00:00 UTC; contract
--   sha256:0123456789abcdef0123456789abcdef.
-- Unproved: tried on a copy; step 2 was refused: x. Left: Column a is missing.
-- Read it, then: psql "$DATABASE_URL" -v ON_ERROR_STOP=1 -f plan.sql (not with --single-transaction).
-- Commands of the migration tool that belong before or between the statements: 1.

-- Migrations that wait
-- - 20251014_add_avatar_creator_complete: recorded-without-running; runs on a copy of the schema (without rows)
--   warning DROP_COLUMN, line 1: public.users.old1 is dropped with its values (loses data)
--   warning DROP_COLUMN, line 2: public.users.old2 is dropped with its values (loses data)
--   warning DROP_COLUMN, line 3: public.users.old3 is dropped with its values (loses data)
--   warning DROP_COLUMN, line 4: public.users.old4 is dropped with its values (loses data)
-- - 20251015_add_tags: pending; cannot run here: refused on a copy, line 7 of 20251015_add_tags/migration.sql: relation
--   "tags" already exists (42P07): CREATE TABLE "tags" (id int)
--   nothing dangerous was found in it
-- - 20251016_more: pending; not known whether it runs here: its script is not at hand (--migrations)
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

-- 1. By hand, where the application's repository is: Lets Prisma go on; it changes the record, not the schema.
--   $ npx prisma migrate resolve --rolled-back "20251014_add_avatar_creator_complete"

-- 2. In one transaction:
BEGIN;
SET LOCAL lock_timeout = '5000ms';
SET LOCAL statement_timeout = '60000ms';

-- Adds the missing column.
-- hazards: ACCESS EXCLUSIVE lock on public.users
-- table: public.users, about 1,234 rows, 96 kB
ALTER TABLE "public"."users" ADD COLUMN IF NOT EXISTS "phone" text;

-- Adds the foreign key; rows that are there are not looked at yet.
-- hazards: SHARE ROW EXCLUSIVE lock on public.users
-- table: public.users, about 1,234 rows, 96 kB
ALTER TABLE "public"."users" ADD CONSTRAINT "users_org_fkey" FOREIGN KEY ("orgId") REFERENCES "public"."orgs" ("id") NOT VALID;

COMMIT;

-- 3. Builds the missing unique index.
-- hazards: outside of a transaction; refused if rows violate it
-- table: public.users, size not known
-- checked: 0 values of email that several rows of public.users have
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS "users_email_key" ON "public"."users" ("email");

RESET lock_timeout;
RESET statement_timeout;

-- Not done for you
--
-- - Validate the foreign key users_org_fkey of public.users.
--   12 rows would violate this.
--   hazards: reads the whole table
--   look first: 12 rows of public.users whose orgId is in no row of public.orgs
--     SELECT count(*)
--     FROM "public"."users" t;
--     ALTER TABLE "public"."users" VALIDATE CONSTRAINT "users_org_fkey";
--
-- - Add the column name to public.users.
--   1,234 rows need a value, and only you know it. The plan does it with --backfill 'public.users.name=EXPRESSION'
--   hazards: needs a value

-- To take it back, the last first (rows that were written in between stay as they are):
--     DROP INDEX CONCURRENTLY IF EXISTS "public"."users_email_key";
--     ALTER TABLE "public"."users" DROP CONSTRAINT IF EXISTS "users_org_fkey";
--     ALTER TABLE "public"."users" DROP COLUMN IF EXISTS "phone";
