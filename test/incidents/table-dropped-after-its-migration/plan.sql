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

-- Table public.invoices is missing.
CREATE TABLE IF NOT EXISTS "public"."invoices" (
  "id" text NOT NULL,
  "orderId" text NOT NULL,
  "total" numeric(12,2) NOT NULL,
  CONSTRAINT "invoices_pkey" PRIMARY KEY ("id")
);

COMMIT;

-- Not done for you
--
-- - Run 20260103000000_invoices again
--   It says applied, so no command of Prisma runs it again. The statements bring what is missing; after them the record
--     is true, and nothing has to be changed in it.

-- To take it back, the last first (rows that were written in between stay as they are):
--     DROP TABLE IF EXISTS "public"."invoices";
