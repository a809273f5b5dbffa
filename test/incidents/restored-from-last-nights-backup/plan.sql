-- Repair plan of schemaready 0.1.0: 1 step for 2 of 2 gaps.
-- For app_user@db.internal:5432/app, schema public, as it was on 2026-11-20 10:00:00 UTC; contract
--   sha256:cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc.
-- Proved: run on a copy of the schema, without rows, privileges and positions of sequences, in embedded PostgreSQL 18.4,
--   and verified there.
-- Read it, then: psql "$DATABASE_URL" -v ON_ERROR_STOP=1 -f plan.sql (not with --single-transaction).
-- Commands of the migration tool that belong before or between the statements: 1.

-- Migrations that wait
-- - 20260103000000_invoices: pending; runs on a copy of the schema (without rows)
--   nothing dangerous was found in it

-- 1. By hand, where the application's repository is: Applies what is missing: 20260103000000_invoices. On a copy of the
--   schema it ran without an error.
--   $ npx prisma migrate deploy
