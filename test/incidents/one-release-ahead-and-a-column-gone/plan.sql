-- Repair plan of schemaready 0.1.0: 1 step for 1 of 1 gap.
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

-- Column public.users.nickname is missing. Old rows have no value in it.
-- hazards: ACCESS EXCLUSIVE lock on public.users
-- table: public.users, size not known, 24 kB
ALTER TABLE "public"."users" ADD COLUMN IF NOT EXISTS "nickname" text;

COMMIT;

-- To take it back, the last first (rows that were written in between stay as they are):
--     ALTER TABLE "public"."users" DROP COLUMN IF EXISTS "nickname";
