-- Repair plan of schemaready 0.1.0: 1 step for 1 of 1 gap; 1 thing not done for you.
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
-- table: public.users, size not known, 24 kB
ALTER TABLE "public"."users" ADD COLUMN IF NOT EXISTS "unlimitedPoseActive" boolean DEFAULT false NOT NULL;

COMMIT;

-- Not done for you
--
-- - Run 20260101000000_init again
--   It says applied, so no command of Prisma runs it again. The statements bring what is missing; after them the record
--     is true, and nothing has to be changed in it. migrate deploy does not look at the checksum of 20260101000000_init;
--     migrate dev does, and offers to reset the development database.

-- To take it back, the last first (rows that were written in between stay as they are):
--     ALTER TABLE "public"."users" DROP COLUMN IF EXISTS "unlimitedPoseActive";
