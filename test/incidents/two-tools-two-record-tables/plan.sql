-- Repair plan of schemaready 0.1.0: 2 steps for 2 of 2 gaps.
-- For app_user@db.internal:5432/app, schema billing, as it was on 2026-11-20 10:00:00 UTC; contract
--   sha256:cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc.
-- Not tried: not every step could be tried: flyway repair: the scripts of the migrations are not at hand (--migrations).
-- Read it, then: psql "$DATABASE_URL" -v ON_ERROR_STOP=1 -f plan.sql (not with --single-transaction).
-- Commands of the migration tool that belong before or between the statements: 2.

-- 1. By hand, where the application's repository is: Removes the row of what failed (V2__refunds.sql); it changes the
--   record, not the schema. Before that, correct the migration, and undo what it left behind where it did not run in one
--   transaction.
--   $ flyway repair

-- 2. By hand, where the application's repository is: Applies what is missing: V2__refunds.sql. V2__refunds.sql fails
--   again for the same reason, unless it was corrected.
--   $ flyway migrate
