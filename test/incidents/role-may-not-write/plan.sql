-- Repair plan of schemaready 0.1.0: 3 steps for 3 of 4 gaps; 1 thing not done for you.
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

-- Role app_user may not SELECT on public.dead_letter_queue (42501). To be run by the owner or an administrator.
-- hazards: needs an administrator
GRANT SELECT ON "public"."dead_letter_queue" TO "app_user";

-- Role app_user may not INSERT on public.files (42501). To be run by the owner or an administrator.
-- hazards: needs an administrator
GRANT INSERT ON "public"."files" TO "app_user";

-- Role app_user may not UPDATE on public.files (42501). To be run by the owner or an administrator.
-- hazards: needs an administrator
GRANT UPDATE ON "public"."files" TO "app_user";

COMMIT;

-- Not done for you
--
-- - Make a migration baseline
--   No migration makes public.dead_letter_queue, public.project_files, public.results and 1 more, so the folder cannot
--     build an empty database, and recording it would hide that. Replace it by one migration that makes everything,
--     after the statements of this plan, and record that one.
--     mkdir -p prisma/migrations/0_init
--     npx prisma migrate diff --from-empty --to-schema prisma/schema.prisma --script > prisma/migrations/0_init/migration.sql
--     npx prisma migrate resolve --applied "0_init"

-- To take it back, the last first (rows that were written in between stay as they are):
--     REVOKE UPDATE ON "public"."files" FROM "app_user";
--     REVOKE INSERT ON "public"."files" FROM "app_user";
--     REVOKE SELECT ON "public"."dead_letter_queue" FROM "app_user";
