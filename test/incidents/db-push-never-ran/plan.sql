-- Repair plan of schemaready 0.1.0: 16 steps for 3 of 5 gaps; 2 things not done for you.
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

-- Table public.avatar_projects is missing.
CREATE TABLE IF NOT EXISTS "public"."avatar_projects" (
  "id" text NOT NULL,
  "userId" text NOT NULL,
  "name" text NOT NULL,
  "description" text,
  "createdAt" timestamp(3) without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  "updatedAt" timestamp(3) without time zone NOT NULL,
  CONSTRAINT "avatar_projects_pkey" PRIMARY KEY ("id")
);

-- The features of avatar-creator need that of public.avatar_projects.
GRANT SELECT, INSERT, UPDATE, DELETE ON "public"."avatar_projects" TO "app_user";

-- There are few rows or none, so writers wait for a moment only.
CREATE INDEX IF NOT EXISTS "avatar_projects_userId_createdAt_idx" ON "public"."avatar_projects" USING "btree" ("userId", "createdAt" DESC);

-- There are few rows or none, so writers wait for a moment only.
CREATE INDEX IF NOT EXISTS "avatar_projects_userId_idx" ON "public"."avatar_projects" USING "btree" ("userId");

-- There are few rows or none, so writers wait for a moment only.
CREATE INDEX IF NOT EXISTS "avatar_projects_userId_updatedAt_idx" ON "public"."avatar_projects" USING "btree" ("userId", "updatedAt" DESC);

-- Table public.avatar_usage_history is missing.
CREATE TABLE IF NOT EXISTS "public"."avatar_usage_history" (
  "id" text NOT NULL,
  "avatarId" text NOT NULL,
  "userId" text NOT NULL,
  "appId" text NOT NULL,
  "appName" text NOT NULL,
  "action" text NOT NULL,
  "referenceId" text,
  "referenceType" text,
  "metadata" text,
  "createdAt" timestamp(3) without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  CONSTRAINT "avatar_usage_history_pkey" PRIMARY KEY ("id")
);

-- The features of avatar-creator need that of public.avatar_usage_history.
GRANT SELECT, DELETE ON "public"."avatar_usage_history" TO "app_user";

-- There are few rows or none, so writers wait for a moment only.
CREATE INDEX IF NOT EXISTS "avatar_usage_history_appId_createdAt_idx" ON "public"."avatar_usage_history" USING "btree" ("appId", "createdAt");

-- There are few rows or none, so writers wait for a moment only.
CREATE INDEX IF NOT EXISTS "avatar_usage_history_appId_idx" ON "public"."avatar_usage_history" USING "btree" ("appId");

-- There are few rows or none, so writers wait for a moment only.
CREATE INDEX IF NOT EXISTS "avatar_usage_history_avatarId_createdAt_idx" ON "public"."avatar_usage_history" USING "btree" ("avatarId", "createdAt" DESC);

-- There are few rows or none, so writers wait for a moment only.
CREATE INDEX IF NOT EXISTS "avatar_usage_history_avatarId_idx" ON "public"."avatar_usage_history" USING "btree" ("avatarId");

-- There are few rows or none, so writers wait for a moment only.
CREATE INDEX IF NOT EXISTS "avatar_usage_history_referenceId_referenceType_idx" ON "public"."avatar_usage_history" USING "btree" ("referenceId", "referenceType");

-- There are few rows or none, so writers wait for a moment only.
CREATE INDEX IF NOT EXISTS "avatar_usage_history_userId_createdAt_idx" ON "public"."avatar_usage_history" USING "btree" ("userId", "createdAt" DESC);

-- There are few rows or none, so writers wait for a moment only.
CREATE INDEX IF NOT EXISTS "avatar_usage_history_userId_idx" ON "public"."avatar_usage_history" USING "btree" ("userId");

-- Ties (avatarId) of public.avatar_usage_history to public.avatars (id). There are no old rows, or they are checked
--   right away.
-- hazards: SHARE ROW EXCLUSIVE lock on public.avatars; blocks writes
DO $guard$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conrelid = pg_catalog.to_regclass('"public"."avatar_usage_history"') AND conname = 'avatar_usage_history_avatarId_fkey') THEN
    ALTER TABLE "public"."avatar_usage_history" ADD CONSTRAINT "avatar_usage_history_avatarId_fkey" FOREIGN KEY ("avatarId") REFERENCES "public"."avatars" ("id") ON DELETE CASCADE;
  END IF;
END
$guard$;

COMMIT;

-- 2. In one transaction:
BEGIN;
SET LOCAL lock_timeout = '5000ms';
SET LOCAL statement_timeout = '60000ms';

-- public.avatars has no foreign key (projectId) to public.avatar_projects (id). Ties (projectId) of public.avatars to
--   public.avatar_projects (id). There are no old rows, or they are checked right away.
-- hazards: SHARE ROW EXCLUSIVE lock on public.avatars; blocks writes
-- table: public.avatars, size not known, 64 kB
DO $guard$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conrelid = pg_catalog.to_regclass('"public"."avatars"') AND conname = 'avatars_projectId_fkey') THEN
    ALTER TABLE "public"."avatars" ADD CONSTRAINT "avatars_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "public"."avatar_projects" ("id") ON DELETE CASCADE;
  END IF;
END
$guard$;

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
--
-- - Reference rows of public.avatar_presets
--   Table public.avatar_presets is there, but its reference rows are not as expected: at least 1, found none. The
--     contract says how many rows there have to be, not what stands in them: run the application's own seed.
--   hazards: changes rows

-- To take it back, the last first (rows that were written in between stay as they are):
--     ALTER TABLE "public"."avatars" DROP CONSTRAINT IF EXISTS "avatars_projectId_fkey";
--     ALTER TABLE "public"."avatar_usage_history" DROP CONSTRAINT IF EXISTS "avatar_usage_history_avatarId_fkey";
--     DROP INDEX IF EXISTS "public"."avatar_usage_history_userId_idx";
--     DROP INDEX IF EXISTS "public"."avatar_usage_history_userId_createdAt_idx";
--     DROP INDEX IF EXISTS "public"."avatar_usage_history_referenceId_referenceType_idx";
--     DROP INDEX IF EXISTS "public"."avatar_usage_history_avatarId_idx";
--     DROP INDEX IF EXISTS "public"."avatar_usage_history_avatarId_createdAt_idx";
--     DROP INDEX IF EXISTS "public"."avatar_usage_history_appId_idx";
--     DROP INDEX IF EXISTS "public"."avatar_usage_history_appId_createdAt_idx";
--     DROP TABLE IF EXISTS "public"."avatar_usage_history";
--     DROP INDEX IF EXISTS "public"."avatar_projects_userId_updatedAt_idx";
--     DROP INDEX IF EXISTS "public"."avatar_projects_userId_idx";
--     DROP INDEX IF EXISTS "public"."avatar_projects_userId_createdAt_idx";
--     DROP TABLE IF EXISTS "public"."avatar_projects";
