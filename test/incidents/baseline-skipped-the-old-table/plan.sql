-- Repair plan of schemaready 0.1.0: 3 steps for 3 of 3 gaps.
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

-- Column public.invoices.amount is NOT NULL without a default and unknown to the application: every INSERT fails
--   (23502). The column and its values stay.
-- hazards: ACCESS EXCLUSIVE lock on public.invoices; lets in what was refused before
-- table: public.invoices, size not known, 16 kB
ALTER TABLE "public"."invoices" ALTER COLUMN "amount" DROP NOT NULL;

-- Column public.invoices.orderId is missing. Old rows have no value in it.
-- hazards: ACCESS EXCLUSIVE lock on public.invoices
-- table: public.invoices, size not known, 16 kB
ALTER TABLE "public"."invoices" ADD COLUMN IF NOT EXISTS "orderId" text NOT NULL;

-- Column public.invoices.total is missing. Old rows have no value in it.
-- hazards: ACCESS EXCLUSIVE lock on public.invoices
-- table: public.invoices, size not known, 16 kB
ALTER TABLE "public"."invoices" ADD COLUMN IF NOT EXISTS "total" numeric(12,2) NOT NULL;

COMMIT;

-- To take it back, the last first (rows that were written in between stay as they are):
--     ALTER TABLE "public"."invoices" DROP COLUMN IF EXISTS "total";
--     ALTER TABLE "public"."invoices" DROP COLUMN IF EXISTS "orderId";
--     ALTER TABLE "public"."invoices" ALTER COLUMN "amount" SET NOT NULL;
