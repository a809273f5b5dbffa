-- Repair plan of schemaready 0.1.0: 85 steps for 18 of 18 gaps; 2 things not done for you.
-- For app_user@db.internal:5432/app, schema public, as it was on 2026-11-20 10:00:00 UTC; contract
--   sha256:cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc.
-- Proved: run on a copy of the schema, without rows, privileges and positions of sequences, in embedded PostgreSQL 18.4,
--   and verified there.
-- Read it, then: psql "$DATABASE_URL" -v ON_ERROR_STOP=1 -f plan.sql (not with --single-transaction).
-- Commands of the migration tool that belong before or between the statements: 4.

\set ON_ERROR_STOP on

-- 1. In one transaction:
BEGIN;
SET LOCAL lock_timeout = '5000ms';
SET LOCAL statement_timeout = '60000ms';

-- Table public.avatar_generations is missing.
CREATE TABLE IF NOT EXISTS "public"."avatar_generations" (
  "id" text NOT NULL,
  "userId" text NOT NULL,
  "avatarId" text,
  "projectId" text NOT NULL,
  "status" text DEFAULT 'pending'::text NOT NULL,
  "prompt" text NOT NULL,
  "options" text,
  "errorMessage" text,
  "createdAt" timestamp(3) without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  "completedAt" timestamp(3) without time zone,
  CONSTRAINT "avatar_generations_pkey" PRIMARY KEY ("id")
);

-- The features of avatar-creator need that of public.avatar_generations.
GRANT SELECT, INSERT, UPDATE, DELETE ON "public"."avatar_generations" TO "app_user";

-- There are few rows or none, so writers wait for a moment only.
CREATE INDEX IF NOT EXISTS "avatar_generations_avatarId_idx" ON "public"."avatar_generations" USING "btree" ("avatarId");

-- There are few rows or none, so writers wait for a moment only.
CREATE INDEX IF NOT EXISTS "avatar_generations_projectId_createdAt_idx" ON "public"."avatar_generations" USING "btree" ("projectId", "createdAt" DESC);

-- There are few rows or none, so writers wait for a moment only.
CREATE INDEX IF NOT EXISTS "avatar_generations_projectId_idx" ON "public"."avatar_generations" USING "btree" ("projectId");

-- There are few rows or none, so writers wait for a moment only.
CREATE INDEX IF NOT EXISTS "avatar_generations_status_createdAt_idx" ON "public"."avatar_generations" USING "btree" ("status", "createdAt");

-- There are few rows or none, so writers wait for a moment only.
CREATE INDEX IF NOT EXISTS "avatar_generations_status_idx" ON "public"."avatar_generations" USING "btree" ("status");

-- There are few rows or none, so writers wait for a moment only.
CREATE INDEX IF NOT EXISTS "avatar_generations_userId_createdAt_idx" ON "public"."avatar_generations" USING "btree" ("userId", "createdAt" DESC);

-- There are few rows or none, so writers wait for a moment only.
CREATE INDEX IF NOT EXISTS "avatar_generations_userId_idx" ON "public"."avatar_generations" USING "btree" ("userId");

-- There are few rows or none, so writers wait for a moment only.
CREATE INDEX IF NOT EXISTS "avatar_generations_userId_status_idx" ON "public"."avatar_generations" USING "btree" ("userId", "status");

-- Table public.avatar_presets is missing.
CREATE TABLE IF NOT EXISTS "public"."avatar_presets" (
  "id" text NOT NULL,
  "name" text NOT NULL,
  "previewImageUrl" text NOT NULL,
  "category" text NOT NULL,
  "personaTemplate" text NOT NULL,
  "visualAttributes" text NOT NULL,
  "generationPrompt" text NOT NULL,
  "isPublic" boolean DEFAULT true NOT NULL,
  "usageCount" integer DEFAULT 0 NOT NULL,
  "createdAt" timestamp(3) without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  "updatedAt" timestamp(3) without time zone NOT NULL,
  CONSTRAINT "avatar_presets_pkey" PRIMARY KEY ("id")
);

-- The features of avatar-creator need that of public.avatar_presets.
GRANT SELECT, UPDATE ON "public"."avatar_presets" TO "app_user";

-- There are few rows or none, so writers wait for a moment only.
CREATE INDEX IF NOT EXISTS "avatar_presets_category_idx" ON "public"."avatar_presets" USING "btree" ("category");

-- There are few rows or none, so writers wait for a moment only.
CREATE INDEX IF NOT EXISTS "avatar_presets_category_isPublic_idx" ON "public"."avatar_presets" USING "btree" ("category", "isPublic");

-- There are few rows or none, so writers wait for a moment only.
CREATE INDEX IF NOT EXISTS "avatar_presets_isPublic_idx" ON "public"."avatar_presets" USING "btree" ("isPublic");

-- There are few rows or none, so writers wait for a moment only.
CREATE INDEX IF NOT EXISTS "avatar_presets_usageCount_idx" ON "public"."avatar_presets" USING "btree" ("usageCount" DESC);

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

-- Table public.generated_poses is missing.
CREATE TABLE IF NOT EXISTS "public"."generated_poses" (
  "id" text NOT NULL,
  "generationId" text NOT NULL,
  "poseLibraryId" text,
  "outputImageUrl" text NOT NULL,
  "thumbnailUrl" text NOT NULL,
  "originalImageUrl" text,
  "exportFormats" jsonb NOT NULL,
  "backgroundChanged" boolean DEFAULT false NOT NULL,
  "backgroundPrompt" text,
  "promptUsed" text NOT NULL,
  "seedUsed" integer,
  "controlnetWeight" double precision DEFAULT 0.75 NOT NULL,
  "generationTime" double precision,
  "aiConfidenceScore" double precision,
  "isFavorite" boolean DEFAULT false NOT NULL,
  "downloadCount" integer DEFAULT 0 NOT NULL,
  "status" text DEFAULT 'completed'::text NOT NULL,
  "errorMessage" text,
  "variationKey" text,
  "createdAt" timestamp(3) without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  CONSTRAINT "generated_poses_pkey" PRIMARY KEY ("id")
);

-- The features of avatar-creator need that of public.generated_poses.
GRANT SELECT, DELETE ON "public"."generated_poses" TO "app_user";

-- There are few rows or none, so writers wait for a moment only.
CREATE INDEX IF NOT EXISTS "generated_poses_generationId_idx" ON "public"."generated_poses" USING "btree" ("generationId");

-- There are few rows or none, so writers wait for a moment only.
CREATE INDEX IF NOT EXISTS "generated_poses_generationId_variationKey_idx" ON "public"."generated_poses" USING "btree" ("generationId", "variationKey");

-- There are few rows or none, so writers wait for a moment only.
CREATE UNIQUE INDEX IF NOT EXISTS "generated_poses_generationId_variationKey_idx1" ON "public"."generated_poses" USING "btree" ("generationId", "variationKey");

-- There are few rows or none, so writers wait for a moment only.
CREATE INDEX IF NOT EXISTS "generated_poses_isFavorite_idx" ON "public"."generated_poses" USING "btree" ("isFavorite");

-- There are few rows or none, so writers wait for a moment only.
CREATE INDEX IF NOT EXISTS "generated_poses_poseLibraryId_idx" ON "public"."generated_poses" USING "btree" ("poseLibraryId");

-- There are few rows or none, so writers wait for a moment only.
CREATE INDEX IF NOT EXISTS "generated_poses_status_idx" ON "public"."generated_poses" USING "btree" ("status");

-- Table public.pose_categories is missing.
CREATE TABLE IF NOT EXISTS "public"."pose_categories" (
  "id" text NOT NULL,
  "name" text NOT NULL,
  "displayName" text NOT NULL,
  "description" text,
  "slug" text NOT NULL,
  "parentId" text,
  "icon" text DEFAULT 'folder'::text NOT NULL,
  "displayOrder" integer DEFAULT 0 NOT NULL,
  "color" text DEFAULT '#3b82f6'::text NOT NULL,
  "poseCount" integer DEFAULT 0 NOT NULL,
  "isActive" boolean DEFAULT true NOT NULL,
  "createdAt" timestamp(3) without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  "updatedAt" timestamp(3) without time zone NOT NULL,
  CONSTRAINT "pose_categories_pkey" PRIMARY KEY ("id")
);

-- There are few rows or none, so writers wait for a moment only.
CREATE INDEX IF NOT EXISTS "pose_categories_isActive_displayOrder_idx" ON "public"."pose_categories" USING "btree" ("isActive", "displayOrder");

-- There are few rows or none, so writers wait for a moment only.
CREATE INDEX IF NOT EXISTS "pose_categories_parentId_idx" ON "public"."pose_categories" USING "btree" ("parentId");

-- There are few rows or none, so writers wait for a moment only.
CREATE INDEX IF NOT EXISTS "pose_categories_slug_idx" ON "public"."pose_categories" USING "btree" ("slug");

-- There are few rows or none, so writers wait for a moment only.
CREATE UNIQUE INDEX IF NOT EXISTS "pose_categories_slug_idx1" ON "public"."pose_categories" USING "btree" ("slug");

-- Table public.pose_generations is missing.
CREATE TABLE IF NOT EXISTS "public"."pose_generations" (
  "id" text NOT NULL,
  "projectId" text NOT NULL,
  "userId" text NOT NULL,
  "generationType" text NOT NULL,
  "textPrompt" text,
  "generatedPoseStructure" text,
  "avatarId" text,
  "avatarAttributes" text,
  "batchSize" integer NOT NULL,
  "totalExpectedPoses" integer NOT NULL,
  "useBackgroundChanger" boolean DEFAULT false NOT NULL,
  "backgroundPrompt" text,
  "backgroundMode" text,
  "exportFormats" text[],
  "status" text DEFAULT 'pending'::text NOT NULL,
  "progress" integer DEFAULT 0 NOT NULL,
  "posesCompleted" integer DEFAULT 0 NOT NULL,
  "posesFailed" integer DEFAULT 0 NOT NULL,
  "creditCharged" integer NOT NULL,
  "creditRefunded" integer DEFAULT 0 NOT NULL,
  "queueJobId" text,
  "errorMessage" text,
  "createdAt" timestamp(3) without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  "startedAt" timestamp(3) without time zone,
  "completedAt" timestamp(3) without time zone,
  "avgGenerationTime" double precision,
  "totalProcessingTime" double precision,
  "recoveryAttempts" integer DEFAULT 0 NOT NULL,
  "lastRecoveryAt" timestamp(3) without time zone,
  CONSTRAINT "pose_generations_pkey" PRIMARY KEY ("id")
);

-- The features of avatar-creator need that of public.pose_generations.
GRANT SELECT, DELETE ON "public"."pose_generations" TO "app_user";

-- There are few rows or none, so writers wait for a moment only.
CREATE INDEX IF NOT EXISTS "pose_generations_projectId_idx" ON "public"."pose_generations" USING "btree" ("projectId");

-- There are few rows or none, so writers wait for a moment only.
CREATE INDEX IF NOT EXISTS "pose_generations_queueJobId_idx" ON "public"."pose_generations" USING "btree" ("queueJobId");

-- There are few rows or none, so writers wait for a moment only.
CREATE INDEX IF NOT EXISTS "pose_generations_status_createdAt_idx" ON "public"."pose_generations" USING "btree" ("status", "createdAt");

-- There are few rows or none, so writers wait for a moment only.
CREATE INDEX IF NOT EXISTS "pose_generations_status_createdAt_queueJobId_idx" ON "public"."pose_generations" USING "btree" ("status", "createdAt", "queueJobId");

-- There are few rows or none, so writers wait for a moment only.
CREATE INDEX IF NOT EXISTS "pose_generations_status_startedAt_idx" ON "public"."pose_generations" USING "btree" ("status", "startedAt");

-- There are few rows or none, so writers wait for a moment only.
CREATE INDEX IF NOT EXISTS "pose_generations_status_startedAt_queueJobId_idx" ON "public"."pose_generations" USING "btree" ("status", "startedAt", "queueJobId");

-- There are few rows or none, so writers wait for a moment only.
CREATE INDEX IF NOT EXISTS "pose_generations_userId_createdAt_idx" ON "public"."pose_generations" USING "btree" ("userId", "createdAt" DESC);

-- There are few rows or none, so writers wait for a moment only.
CREATE INDEX IF NOT EXISTS "pose_generations_userId_idx" ON "public"."pose_generations" USING "btree" ("userId");

-- Table public.pose_generator_projects is missing.
CREATE TABLE IF NOT EXISTS "public"."pose_generator_projects" (
  "id" text NOT NULL,
  "userId" text NOT NULL,
  "projectName" text NOT NULL,
  "description" text,
  "avatarImageUrl" text,
  "avatarSource" text DEFAULT 'upload'::text NOT NULL,
  "avatarId" text,
  "totalGenerations" integer DEFAULT 0 NOT NULL,
  "totalPosesGenerated" integer DEFAULT 0 NOT NULL,
  "status" text DEFAULT 'active'::text NOT NULL,
  "createdAt" timestamp(3) without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  "updatedAt" timestamp(3) without time zone NOT NULL,
  CONSTRAINT "pose_generator_projects_pkey" PRIMARY KEY ("id")
);

-- The features of avatar-creator need that of public.pose_generator_projects.
GRANT SELECT, DELETE ON "public"."pose_generator_projects" TO "app_user";

-- There are few rows or none, so writers wait for a moment only.
CREATE INDEX IF NOT EXISTS "pose_generator_projects_avatarId_idx" ON "public"."pose_generator_projects" USING "btree" ("avatarId");

-- There are few rows or none, so writers wait for a moment only.
CREATE INDEX IF NOT EXISTS "pose_generator_projects_status_idx" ON "public"."pose_generator_projects" USING "btree" ("status");

-- There are few rows or none, so writers wait for a moment only.
CREATE INDEX IF NOT EXISTS "pose_generator_projects_userId_idx" ON "public"."pose_generator_projects" USING "btree" ("userId");

-- There are few rows or none, so writers wait for a moment only.
CREATE INDEX IF NOT EXISTS "pose_generator_projects_userId_updatedAt_idx" ON "public"."pose_generator_projects" USING "btree" ("userId", "updatedAt" DESC);

-- Table public.pose_library is missing.
CREATE TABLE IF NOT EXISTS "public"."pose_library" (
  "id" text NOT NULL,
  "name" text NOT NULL,
  "description" text,
  "categoryId" text NOT NULL,
  "previewImageUrl" text NOT NULL,
  "referenceImageUrl" text NOT NULL,
  "controlnetImageUrl" text NOT NULL,
  "thumbnailUrl" text,
  "difficulty" text DEFAULT 'medium'::text NOT NULL,
  "genderSuitability" text DEFAULT 'unisex'::text NOT NULL,
  "tags" text[],
  "sourceType" text DEFAULT 'curated'::text NOT NULL,
  "sourceCredit" text,
  "licenseType" text DEFAULT 'platform'::text NOT NULL,
  "usageCount" integer DEFAULT 0 NOT NULL,
  "favoriteCount" integer DEFAULT 0 NOT NULL,
  "ratingAvg" double precision DEFAULT 0.0 NOT NULL,
  "popularityScore" integer DEFAULT 0 NOT NULL,
  "isPublic" boolean DEFAULT true NOT NULL,
  "isFeatured" boolean DEFAULT false NOT NULL,
  "isPremium" boolean DEFAULT false NOT NULL,
  "createdAt" timestamp(3) without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  "updatedAt" timestamp(3) without time zone NOT NULL,
  CONSTRAINT "pose_library_pkey" PRIMARY KEY ("id")
);

-- There are few rows or none, so writers wait for a moment only.
CREATE INDEX IF NOT EXISTS "pose_library_categoryId_idx" ON "public"."pose_library" USING "btree" ("categoryId");

-- There are few rows or none, so writers wait for a moment only.
CREATE UNIQUE INDEX IF NOT EXISTS "pose_library_categoryId_name_idx" ON "public"."pose_library" USING "btree" ("categoryId", "name");

-- There are few rows or none, so writers wait for a moment only.
CREATE INDEX IF NOT EXISTS "pose_library_difficulty_idx" ON "public"."pose_library" USING "btree" ("difficulty");

-- There are few rows or none, so writers wait for a moment only.
CREATE INDEX IF NOT EXISTS "pose_library_isFeatured_usageCount_idx" ON "public"."pose_library" USING "btree" ("isFeatured", "usageCount" DESC);

-- There are few rows or none, so writers wait for a moment only.
CREATE INDEX IF NOT EXISTS "pose_library_isPublic_popularityScore_idx" ON "public"."pose_library" USING "btree" ("isPublic", "popularityScore");

-- Table public.pose_selections is missing.
CREATE TABLE IF NOT EXISTS "public"."pose_selections" (
  "id" text NOT NULL,
  "generationId" text NOT NULL,
  "poseLibraryId" text NOT NULL,
  "createdAt" timestamp(3) without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  CONSTRAINT "pose_selections_pkey" PRIMARY KEY ("id")
);

-- There are few rows or none, so writers wait for a moment only.
CREATE INDEX IF NOT EXISTS "pose_selections_generationId_idx" ON "public"."pose_selections" USING "btree" ("generationId");

-- There are few rows or none, so writers wait for a moment only.
CREATE UNIQUE INDEX IF NOT EXISTS "pose_selections_generationId_poseLibraryId_idx" ON "public"."pose_selections" USING "btree" ("generationId", "poseLibraryId");

-- There are few rows or none, so writers wait for a moment only.
CREATE INDEX IF NOT EXISTS "pose_selections_poseLibraryId_idx" ON "public"."pose_selections" USING "btree" ("poseLibraryId");

COMMIT;

-- 2. In one transaction:
BEGIN;
SET LOCAL lock_timeout = '5000ms';
SET LOCAL statement_timeout = '60000ms';

-- Column public.users.unlimitedPoseActive is missing. Old rows get its default, false.
-- hazards: ACCESS EXCLUSIVE lock on public.users
-- table: public.users, size not known, 56 kB
ALTER TABLE "public"."users" ADD COLUMN IF NOT EXISTS "unlimitedPoseActive" boolean DEFAULT false NOT NULL;

-- Column public.users.unlimitedPoseDailyQuota is missing. Old rows get its default, 100.
-- hazards: ACCESS EXCLUSIVE lock on public.users
-- table: public.users, size not known, 56 kB
ALTER TABLE "public"."users" ADD COLUMN IF NOT EXISTS "unlimitedPoseDailyQuota" integer DEFAULT 100 NOT NULL;

-- Column public.users.unlimitedPoseExpiresAt is missing. Old rows have no value in it.
-- hazards: ACCESS EXCLUSIVE lock on public.users
-- table: public.users, size not known, 56 kB
ALTER TABLE "public"."users" ADD COLUMN IF NOT EXISTS "unlimitedPoseExpiresAt" timestamp(3) without time zone;

-- Column public.users.unlimitedPoseQuotaResetAt is missing. Old rows have no value in it.
-- hazards: ACCESS EXCLUSIVE lock on public.users
-- table: public.users, size not known, 56 kB
ALTER TABLE "public"."users" ADD COLUMN IF NOT EXISTS "unlimitedPoseQuotaResetAt" timestamp(3) without time zone;

-- Column public.users.unlimitedPoseQuotaUsed is missing. Old rows get its default, 0.
-- hazards: ACCESS EXCLUSIVE lock on public.users
-- table: public.users, size not known, 56 kB
ALTER TABLE "public"."users" ADD COLUMN IF NOT EXISTS "unlimitedPoseQuotaUsed" integer DEFAULT 0 NOT NULL;

COMMIT;

-- 3. In one transaction:
BEGIN;
SET LOCAL lock_timeout = '5000ms';
SET LOCAL statement_timeout = '60000ms';

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

-- Ties (generationId) of public.generated_poses to public.pose_generations (id). There are no old rows, or they are
--   checked right away.
DO $guard$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conrelid = pg_catalog.to_regclass('"public"."generated_poses"') AND conname = 'generated_poses_generationId_fkey') THEN
    ALTER TABLE "public"."generated_poses" ADD CONSTRAINT "generated_poses_generationId_fkey" FOREIGN KEY ("generationId") REFERENCES "public"."pose_generations" ("id") ON DELETE CASCADE;
  END IF;
END
$guard$;

-- Ties (poseLibraryId) of public.generated_poses to public.pose_library (id). There are no old rows, or they are checked
--   right away.
DO $guard$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conrelid = pg_catalog.to_regclass('"public"."generated_poses"') AND conname = 'generated_poses_poseLibraryId_fkey') THEN
    ALTER TABLE "public"."generated_poses" ADD CONSTRAINT "generated_poses_poseLibraryId_fkey" FOREIGN KEY ("poseLibraryId") REFERENCES "public"."pose_library" ("id") ON DELETE SET NULL;
  END IF;
END
$guard$;

-- Ties (parentId) of public.pose_categories to public.pose_categories (id). There are no old rows, or they are checked
--   right away.
DO $guard$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conrelid = pg_catalog.to_regclass('"public"."pose_categories"') AND conname = 'pose_categories_parentId_fkey') THEN
    ALTER TABLE "public"."pose_categories" ADD CONSTRAINT "pose_categories_parentId_fkey" FOREIGN KEY ("parentId") REFERENCES "public"."pose_categories" ("id") ON DELETE CASCADE;
  END IF;
END
$guard$;

-- Ties (avatarId) of public.pose_generations to public.avatars (id). There are no old rows, or they are checked right
--   away.
-- hazards: SHARE ROW EXCLUSIVE lock on public.avatars; blocks writes
DO $guard$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conrelid = pg_catalog.to_regclass('"public"."pose_generations"') AND conname = 'pose_generations_avatarId_fkey') THEN
    ALTER TABLE "public"."pose_generations" ADD CONSTRAINT "pose_generations_avatarId_fkey" FOREIGN KEY ("avatarId") REFERENCES "public"."avatars" ("id") ON DELETE SET NULL;
  END IF;
END
$guard$;

-- Ties (projectId) of public.pose_generations to public.pose_generator_projects (id). There are no old rows, or they are
--   checked right away.
DO $guard$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conrelid = pg_catalog.to_regclass('"public"."pose_generations"') AND conname = 'pose_generations_projectId_fkey') THEN
    ALTER TABLE "public"."pose_generations" ADD CONSTRAINT "pose_generations_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "public"."pose_generator_projects" ("id") ON DELETE CASCADE;
  END IF;
END
$guard$;

-- Ties (userId) of public.pose_generations to public.users (id). There are no old rows, or they are checked right away.
-- hazards: SHARE ROW EXCLUSIVE lock on public.users; blocks writes
DO $guard$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conrelid = pg_catalog.to_regclass('"public"."pose_generations"') AND conname = 'pose_generations_userId_fkey') THEN
    ALTER TABLE "public"."pose_generations" ADD CONSTRAINT "pose_generations_userId_fkey" FOREIGN KEY ("userId") REFERENCES "public"."users" ("id") ON DELETE CASCADE;
  END IF;
END
$guard$;

-- Ties (avatarId) of public.pose_generator_projects to public.avatars (id). There are no old rows, or they are checked
--   right away.
-- hazards: SHARE ROW EXCLUSIVE lock on public.avatars; blocks writes
DO $guard$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conrelid = pg_catalog.to_regclass('"public"."pose_generator_projects"') AND conname = 'pose_generator_projects_avatarId_fkey') THEN
    ALTER TABLE "public"."pose_generator_projects" ADD CONSTRAINT "pose_generator_projects_avatarId_fkey" FOREIGN KEY ("avatarId") REFERENCES "public"."avatars" ("id") ON DELETE SET NULL;
  END IF;
END
$guard$;

-- Ties (userId) of public.pose_generator_projects to public.users (id). There are no old rows, or they are checked right
--   away.
-- hazards: SHARE ROW EXCLUSIVE lock on public.users; blocks writes
DO $guard$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conrelid = pg_catalog.to_regclass('"public"."pose_generator_projects"') AND conname = 'pose_generator_projects_userId_fkey') THEN
    ALTER TABLE "public"."pose_generator_projects" ADD CONSTRAINT "pose_generator_projects_userId_fkey" FOREIGN KEY ("userId") REFERENCES "public"."users" ("id") ON DELETE CASCADE;
  END IF;
END
$guard$;

-- Ties (categoryId) of public.pose_library to public.pose_categories (id). There are no old rows, or they are checked
--   right away.
DO $guard$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conrelid = pg_catalog.to_regclass('"public"."pose_library"') AND conname = 'pose_library_categoryId_fkey') THEN
    ALTER TABLE "public"."pose_library" ADD CONSTRAINT "pose_library_categoryId_fkey" FOREIGN KEY ("categoryId") REFERENCES "public"."pose_categories" ("id") ON DELETE RESTRICT;
  END IF;
END
$guard$;

-- Ties (generationId) of public.pose_selections to public.pose_generations (id). There are no old rows, or they are
--   checked right away.
DO $guard$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conrelid = pg_catalog.to_regclass('"public"."pose_selections"') AND conname = 'pose_selections_generationId_fkey') THEN
    ALTER TABLE "public"."pose_selections" ADD CONSTRAINT "pose_selections_generationId_fkey" FOREIGN KEY ("generationId") REFERENCES "public"."pose_generations" ("id") ON DELETE CASCADE;
  END IF;
END
$guard$;

-- Ties (poseLibraryId) of public.pose_selections to public.pose_library (id). There are no old rows, or they are checked
--   right away.
DO $guard$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conrelid = pg_catalog.to_regclass('"public"."pose_selections"') AND conname = 'pose_selections_poseLibraryId_fkey') THEN
    ALTER TABLE "public"."pose_selections" ADD CONSTRAINT "pose_selections_poseLibraryId_fkey" FOREIGN KEY ("poseLibraryId") REFERENCES "public"."pose_library" ("id") ON DELETE CASCADE;
  END IF;
END
$guard$;

COMMIT;

-- 4. By hand, where the application's repository is: It can never run here (tried on a copy: relation "pose_generations"
--   does not exist, 42P01). Records it without running, after the statements before it did its work; it changes the
--   record, not the schema.
--   $ npx prisma migrate resolve --applied "20251015_add_recovery_indexes"

-- 5. By hand, where the application's repository is: It can never run here (tried on a copy: relation "pose_generations"
--   does not exist, 42P01). Records it without running, after the statements before it did its work; it changes the
--   record, not the schema.
--   $ npx prisma migrate resolve --applied "20251015_add_variation_key_to_generated_pose"

-- 6. By hand, where the application's repository is: It can never run here (tried on a copy: relation "pose_generations"
--   does not exist, 42P01). Records it without running, after the statements before it did its work; it changes the
--   record, not the schema.
--   $ npx prisma migrate resolve --applied "20251016_p2_performance_indexes"

-- 7. By hand, where the application's repository is: It can never run here (tried on a copy: relation "pose_generations"
--   does not exist, 42P01). Records it without running, after the statements before it did its work; it changes the
--   record, not the schema.
--   $ npx prisma migrate resolve --applied "20251018_add_user_settings"

-- Not done for you
--
-- - Run 20251014_add_avatar_creator_complete again
--   It says applied, so no command of Prisma runs it again. The statements bring what is missing; after them the record
--     is true, and nothing has to be changed in it. migrate deploy does not look at the checksum of
--     20251014_add_avatar_creator_complete; migrate dev does, and offers to reset the development database.
--
-- - Fill public.avatar_presets: at least 1 row
--   The plan makes tables, not their contents. Run the application's own seed; a migration of the plan may bring them,
--     too.

-- To take it back, the last first (rows that were written in between stay as they are):
--     ALTER TABLE "public"."pose_selections" DROP CONSTRAINT IF EXISTS "pose_selections_poseLibraryId_fkey";
--     ALTER TABLE "public"."pose_selections" DROP CONSTRAINT IF EXISTS "pose_selections_generationId_fkey";
--     ALTER TABLE "public"."pose_library" DROP CONSTRAINT IF EXISTS "pose_library_categoryId_fkey";
--     ALTER TABLE "public"."pose_generator_projects" DROP CONSTRAINT IF EXISTS "pose_generator_projects_userId_fkey";
--     ALTER TABLE "public"."pose_generator_projects" DROP CONSTRAINT IF EXISTS "pose_generator_projects_avatarId_fkey";
--     ALTER TABLE "public"."pose_generations" DROP CONSTRAINT IF EXISTS "pose_generations_userId_fkey";
--     ALTER TABLE "public"."pose_generations" DROP CONSTRAINT IF EXISTS "pose_generations_projectId_fkey";
--     ALTER TABLE "public"."pose_generations" DROP CONSTRAINT IF EXISTS "pose_generations_avatarId_fkey";
--     ALTER TABLE "public"."pose_categories" DROP CONSTRAINT IF EXISTS "pose_categories_parentId_fkey";
--     ALTER TABLE "public"."generated_poses" DROP CONSTRAINT IF EXISTS "generated_poses_poseLibraryId_fkey";
--     ALTER TABLE "public"."generated_poses" DROP CONSTRAINT IF EXISTS "generated_poses_generationId_fkey";
--     ALTER TABLE "public"."avatar_usage_history" DROP CONSTRAINT IF EXISTS "avatar_usage_history_avatarId_fkey";
--     ALTER TABLE "public"."users" DROP COLUMN IF EXISTS "unlimitedPoseQuotaUsed";
--     ALTER TABLE "public"."users" DROP COLUMN IF EXISTS "unlimitedPoseQuotaResetAt";
--     ALTER TABLE "public"."users" DROP COLUMN IF EXISTS "unlimitedPoseExpiresAt";
--     ALTER TABLE "public"."users" DROP COLUMN IF EXISTS "unlimitedPoseDailyQuota";
--     ALTER TABLE "public"."users" DROP COLUMN IF EXISTS "unlimitedPoseActive";
--     DROP INDEX IF EXISTS "public"."pose_selections_poseLibraryId_idx";
--     DROP INDEX IF EXISTS "public"."pose_selections_generationId_poseLibraryId_idx";
--     DROP INDEX IF EXISTS "public"."pose_selections_generationId_idx";
--     DROP TABLE IF EXISTS "public"."pose_selections";
--     DROP INDEX IF EXISTS "public"."pose_library_isPublic_popularityScore_idx";
--     DROP INDEX IF EXISTS "public"."pose_library_isFeatured_usageCount_idx";
--     DROP INDEX IF EXISTS "public"."pose_library_difficulty_idx";
--     DROP INDEX IF EXISTS "public"."pose_library_categoryId_name_idx";
--     DROP INDEX IF EXISTS "public"."pose_library_categoryId_idx";
--     DROP TABLE IF EXISTS "public"."pose_library";
--     DROP INDEX IF EXISTS "public"."pose_generator_projects_userId_updatedAt_idx";
--     DROP INDEX IF EXISTS "public"."pose_generator_projects_userId_idx";
--     DROP INDEX IF EXISTS "public"."pose_generator_projects_status_idx";
--     DROP INDEX IF EXISTS "public"."pose_generator_projects_avatarId_idx";
--     DROP TABLE IF EXISTS "public"."pose_generator_projects";
--     DROP INDEX IF EXISTS "public"."pose_generations_userId_idx";
--     DROP INDEX IF EXISTS "public"."pose_generations_userId_createdAt_idx";
--     DROP INDEX IF EXISTS "public"."pose_generations_status_startedAt_queueJobId_idx";
--     DROP INDEX IF EXISTS "public"."pose_generations_status_startedAt_idx";
--     DROP INDEX IF EXISTS "public"."pose_generations_status_createdAt_queueJobId_idx";
--     DROP INDEX IF EXISTS "public"."pose_generations_status_createdAt_idx";
--     DROP INDEX IF EXISTS "public"."pose_generations_queueJobId_idx";
--     DROP INDEX IF EXISTS "public"."pose_generations_projectId_idx";
--     DROP TABLE IF EXISTS "public"."pose_generations";
--     DROP INDEX IF EXISTS "public"."pose_categories_slug_idx1";
--     DROP INDEX IF EXISTS "public"."pose_categories_slug_idx";
--     DROP INDEX IF EXISTS "public"."pose_categories_parentId_idx";
--     DROP INDEX IF EXISTS "public"."pose_categories_isActive_displayOrder_idx";
--     DROP TABLE IF EXISTS "public"."pose_categories";
--     DROP INDEX IF EXISTS "public"."generated_poses_status_idx";
--     DROP INDEX IF EXISTS "public"."generated_poses_poseLibraryId_idx";
--     DROP INDEX IF EXISTS "public"."generated_poses_isFavorite_idx";
--     DROP INDEX IF EXISTS "public"."generated_poses_generationId_variationKey_idx1";
--     DROP INDEX IF EXISTS "public"."generated_poses_generationId_variationKey_idx";
--     DROP INDEX IF EXISTS "public"."generated_poses_generationId_idx";
--     DROP TABLE IF EXISTS "public"."generated_poses";
--     DROP INDEX IF EXISTS "public"."avatar_usage_history_userId_idx";
--     DROP INDEX IF EXISTS "public"."avatar_usage_history_userId_createdAt_idx";
--     DROP INDEX IF EXISTS "public"."avatar_usage_history_referenceId_referenceType_idx";
--     DROP INDEX IF EXISTS "public"."avatar_usage_history_avatarId_idx";
--     DROP INDEX IF EXISTS "public"."avatar_usage_history_avatarId_createdAt_idx";
--     DROP INDEX IF EXISTS "public"."avatar_usage_history_appId_idx";
--     DROP INDEX IF EXISTS "public"."avatar_usage_history_appId_createdAt_idx";
--     DROP TABLE IF EXISTS "public"."avatar_usage_history";
--     DROP INDEX IF EXISTS "public"."avatar_presets_usageCount_idx";
--     DROP INDEX IF EXISTS "public"."avatar_presets_isPublic_idx";
--     DROP INDEX IF EXISTS "public"."avatar_presets_category_isPublic_idx";
--     DROP INDEX IF EXISTS "public"."avatar_presets_category_idx";
--     DROP TABLE IF EXISTS "public"."avatar_presets";
--     DROP INDEX IF EXISTS "public"."avatar_generations_userId_status_idx";
--     DROP INDEX IF EXISTS "public"."avatar_generations_userId_idx";
--     DROP INDEX IF EXISTS "public"."avatar_generations_userId_createdAt_idx";
--     DROP INDEX IF EXISTS "public"."avatar_generations_status_idx";
--     DROP INDEX IF EXISTS "public"."avatar_generations_status_createdAt_idx";
--     DROP INDEX IF EXISTS "public"."avatar_generations_projectId_idx";
--     DROP INDEX IF EXISTS "public"."avatar_generations_projectId_createdAt_idx";
--     DROP INDEX IF EXISTS "public"."avatar_generations_avatarId_idx";
--     DROP TABLE IF EXISTS "public"."avatar_generations";
