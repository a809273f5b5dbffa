-- Repair plan of schemaready 0.1.0: 1 step for 0 of 1 gap; 1 thing not done for you.
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

-- Shows the rows that hold up every deploy, with the errors they store: first understand why.
SELECT migration_name, started_at, logs FROM "public"."_prisma_migrations" WHERE finished_at IS NULL AND rolled_back_at IS NULL ORDER BY started_at;

COMMIT;

-- Not done for you
--
-- - Record 20250513000000_create_projects_table as applied
--   Not before somebody has looked: its script was not read (--migrations DIR), so nobody knows what else it does.
--     npx prisma migrate resolve --applied "20250513000000_create_projects_table"
