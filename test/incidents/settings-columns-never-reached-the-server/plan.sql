-- Repair plan of schemaready 0.1.0: 1 step for 12 of 13 gaps; 1 thing not done for you.
-- For app_user@db.internal:5432/app, schema public, as it was on 2026-11-20 10:00:00 UTC; contract
--   sha256:cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc.
-- Proved: run on a copy of the schema, without rows, privileges and positions of sequences, in embedded PostgreSQL 18.4,
--   and verified there.
-- Read it, then: psql "$DATABASE_URL" -v ON_ERROR_STOP=1 -f plan.sql (not with --single-transaction).
-- Commands of the migration tool that belong before or between the statements: 1.

-- 1. By hand, where the application's repository is: Applies what is missing: 20251018_add_user_settings. On a copy of
--   the schema it ran without an error.
--   $ npx prisma migrate deploy

-- Not done for you
--
-- - Reference rows of public.avatar_presets
--   Table public.avatar_presets is there, but its reference rows are not as expected: at least 1, found none. The
--     contract says how many rows there have to be, not what stands in them: run the application's own seed.
--   hazards: changes rows
