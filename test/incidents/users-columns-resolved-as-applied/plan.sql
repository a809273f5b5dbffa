-- Repair plan of schemaready 0.1.0: 5 steps for 5 of 5 gaps; 1 thing not done for you.
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

-- Column public.users.unlimitedPoseActive is missing. Old rows get its default, false.
-- hazards: ACCESS EXCLUSIVE lock on public.users
-- table: public.users, size not known, 56 kB
ALTER TABLE "public"."users" ADD COLUMN IF NOT EXISTS "unlimitedPoseActive" boolean DEFAULT false NOT NULL;

-- Column public.users.unlimitedPoseDailyQuota is missing. Old rows get its default, 100.
-- hazards: ACCESS EXCLUSIVE lock on public.users
-- table: public.users, size not known, 56 kB
ALTER TABLE "public"."users" ADD COLUMN IF NOT EXISTS "unlimitedPoseDailyQuota" integer DEFAULT 100 NOT NULL;

-- Column public.users.unlimitedPoseExpiresAt is missing. Old rows have no value in it.
-- hazards: ACCESS EXCLUSIVE lock on public.users
-- table: public.users, size not known, 56 kB
ALTER TABLE "public"."users" ADD COLUMN IF NOT EXISTS "unlimitedPoseExpiresAt" timestamp(3) without time zone;

-- Column public.users.unlimitedPoseQuotaResetAt is missing. Old rows have no value in it.
-- hazards: ACCESS EXCLUSIVE lock on public.users
-- table: public.users, size not known, 56 kB
ALTER TABLE "public"."users" ADD COLUMN IF NOT EXISTS "unlimitedPoseQuotaResetAt" timestamp(3) without time zone;

-- Column public.users.unlimitedPoseQuotaUsed is missing. Old rows get its default, 0.
-- hazards: ACCESS EXCLUSIVE lock on public.users
-- table: public.users, size not known, 56 kB
ALTER TABLE "public"."users" ADD COLUMN IF NOT EXISTS "unlimitedPoseQuotaUsed" integer DEFAULT 0 NOT NULL;

COMMIT;

-- Not done for you
--
-- - Run 20251014_add_avatar_creator_complete again
--   It says applied, so no command of Prisma runs it again. The statements bring what is missing; after them the record
--     is true, and nothing has to be changed in it.

-- To take it back, the last first (rows that were written in between stay as they are):
--     ALTER TABLE "public"."users" DROP COLUMN IF EXISTS "unlimitedPoseQuotaUsed";
--     ALTER TABLE "public"."users" DROP COLUMN IF EXISTS "unlimitedPoseQuotaResetAt";
--     ALTER TABLE "public"."users" DROP COLUMN IF EXISTS "unlimitedPoseExpiresAt";
--     ALTER TABLE "public"."users" DROP COLUMN IF EXISTS "unlimitedPoseDailyQuota";
--     ALTER TABLE "public"."users" DROP COLUMN IF EXISTS "unlimitedPoseActive";
