-- Repair plan of schemaready 0.1.0: 4 steps for 2 of 4 gaps; 2 things not done for you.
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

-- Column public.users.accountType is missing. Old rows get its default, 'payg'::text.
-- hazards: ACCESS EXCLUSIVE lock on public.users
-- table: public.users, size not known, 40 kB
ALTER TABLE "public"."users" ADD COLUMN IF NOT EXISTS "accountType" text DEFAULT 'payg'::text NOT NULL;

-- Column public.users.subscriptionTier is missing. Old rows get its default, 'free'::text.
-- hazards: ACCESS EXCLUSIVE lock on public.users
-- table: public.users, size not known, 40 kB
ALTER TABLE "public"."users" ADD COLUMN IF NOT EXISTS "subscriptionTier" text DEFAULT 'free'::text NOT NULL;

-- There are few rows or none, so writers wait for a moment only.
-- hazards: SHARE lock on public.users; blocks writes
-- table: public.users, size not known, 40 kB
CREATE INDEX IF NOT EXISTS "users_accountType_idx" ON "public"."users" USING "btree" ("accountType");

-- There are few rows or none, so writers wait for a moment only.
-- hazards: SHARE lock on public.users; blocks writes
-- table: public.users, size not known, 40 kB
CREATE INDEX IF NOT EXISTS "users_subscriptionTier_idx" ON "public"."users" USING "btree" ("subscriptionTier");

COMMIT;

-- Not done for you
--
-- - Make a migration baseline
--   No migration makes public.ai_models, public.app_usages, public.apps and 3 more, so the folder cannot build an empty
--     database, and recording it would hide that. Replace it by one migration that makes everything, after the
--     statements of this plan, and record that one.
--     mkdir -p prisma/migrations/0_init
--     npx prisma migrate diff --from-empty --to-schema prisma/schema.prisma --script > prisma/migrations/0_init/migration.sql
--     npx prisma migrate resolve --applied "0_init"
--
-- - Reference rows of public.avatar_presets
--   Table public.avatar_presets is there, but its reference rows are not as expected: at least 1, found none. The
--     contract says how many rows there have to be, not what stands in them: run the application's own seed.
--   hazards: changes rows

-- To take it back, the last first (rows that were written in between stay as they are):
--     DROP INDEX IF EXISTS "public"."users_subscriptionTier_idx";
--     DROP INDEX IF EXISTS "public"."users_accountType_idx";
--     ALTER TABLE "public"."users" DROP COLUMN IF EXISTS "subscriptionTier";
--     ALTER TABLE "public"."users" DROP COLUMN IF EXISTS "accountType";
