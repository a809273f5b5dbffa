-- Repair plan of schemaready 0.1.0: 1 step for 1 of 2 gaps; 1 thing not done for you.
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

-- Constraint generated_poses_avatarId_fkey on public.generated_poses is unknown to the application: foreign key
--   (avatarId) to public.avatars (id): deleting from public.avatars is refused (23503).
-- hazards: ACCESS EXCLUSIVE lock on public.generated_poses; ACCESS EXCLUSIVE lock on public.avatars; lets in what was
--   refused before
-- table: public.generated_poses, size not known, 64 kB
ALTER TABLE "public"."generated_poses" DROP CONSTRAINT IF EXISTS "generated_poses_avatarId_fkey";

COMMIT;

-- Not done for you
--
-- - Make a migration baseline
--   No migration makes public.ai_models, public.app_usages, public.apps and 3 more, so the folder cannot build an empty
--     database, and recording it would hide that. Replace it by one migration that makes everything, after the
--     statements of this plan, and record that one.
--     mkdir -p prisma/migrations/0_init
--     npx prisma migrate diff --from-empty --to-schema prisma/schema.prisma --script > prisma/migrations/0_init/migration.sql
--     npx prisma migrate resolve --applied "0_init"

-- To take it back, the last first (rows that were written in between stay as they are):
--     ALTER TABLE "public"."generated_poses" ADD CONSTRAINT "generated_poses_avatarId_fkey" FOREIGN KEY ("avatarId") REFERENCES "public"."avatars" ("id") ON DELETE RESTRICT NOT VALID;
