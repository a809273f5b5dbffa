-- Repair plan of schemaready 0.1.0: 8 steps for 8 of 9 gaps; 1 thing not done for you.
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

-- Column public.avatars.eyeColor is missing. Old rows have no value in it.
-- hazards: ACCESS EXCLUSIVE lock on public.avatars
-- table: public.avatars, size not known, 64 kB
ALTER TABLE "public"."avatars" ADD COLUMN IF NOT EXISTS "eyeColor" text;

-- Column public.avatars.hairColor is missing. Old rows have no value in it.
-- hazards: ACCESS EXCLUSIVE lock on public.avatars
-- table: public.avatars, size not known, 64 kB
ALTER TABLE "public"."avatars" ADD COLUMN IF NOT EXISTS "hairColor" text;

-- Column public.avatars.hairStyle is missing. Old rows have no value in it.
-- hazards: ACCESS EXCLUSIVE lock on public.avatars
-- table: public.avatars, size not known, 64 kB
ALTER TABLE "public"."avatars" ADD COLUMN IF NOT EXISTS "hairStyle" text;

-- Column public.avatars.personaAge is missing. Old rows have no value in it.
-- hazards: ACCESS EXCLUSIVE lock on public.avatars
-- table: public.avatars, size not known, 64 kB
ALTER TABLE "public"."avatars" ADD COLUMN IF NOT EXISTS "personaAge" integer;

-- Column public.avatars.personaBackground is missing. Old rows have no value in it.
-- hazards: ACCESS EXCLUSIVE lock on public.avatars
-- table: public.avatars, size not known, 64 kB
ALTER TABLE "public"."avatars" ADD COLUMN IF NOT EXISTS "personaBackground" text;

-- Column public.avatars.personaName is missing. Old rows have no value in it.
-- hazards: ACCESS EXCLUSIVE lock on public.avatars
-- table: public.avatars, size not known, 64 kB
ALTER TABLE "public"."avatars" ADD COLUMN IF NOT EXISTS "personaName" text;

-- Column public.avatars.personaPersonality is missing. Old rows have no value in it.
-- hazards: ACCESS EXCLUSIVE lock on public.avatars
-- table: public.avatars, size not known, 64 kB
ALTER TABLE "public"."avatars" ADD COLUMN IF NOT EXISTS "personaPersonality" text;

-- Column public.avatars.skinTone is missing. Old rows have no value in it.
-- hazards: ACCESS EXCLUSIVE lock on public.avatars
-- table: public.avatars, size not known, 64 kB
ALTER TABLE "public"."avatars" ADD COLUMN IF NOT EXISTS "skinTone" text;

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
--     ALTER TABLE "public"."avatars" DROP COLUMN IF EXISTS "skinTone";
--     ALTER TABLE "public"."avatars" DROP COLUMN IF EXISTS "personaPersonality";
--     ALTER TABLE "public"."avatars" DROP COLUMN IF EXISTS "personaName";
--     ALTER TABLE "public"."avatars" DROP COLUMN IF EXISTS "personaBackground";
--     ALTER TABLE "public"."avatars" DROP COLUMN IF EXISTS "personaAge";
--     ALTER TABLE "public"."avatars" DROP COLUMN IF EXISTS "hairStyle";
--     ALTER TABLE "public"."avatars" DROP COLUMN IF EXISTS "hairColor";
--     ALTER TABLE "public"."avatars" DROP COLUMN IF EXISTS "eyeColor";
