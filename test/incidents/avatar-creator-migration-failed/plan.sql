-- Repair plan of schemaready 0.1.0: 179 steps for 119 of 124 gaps; 3 things not done for you.
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

-- Table public.app_usages is missing.
CREATE TABLE IF NOT EXISTS "public"."app_usages" (
  "id" text NOT NULL,
  "userId" text NOT NULL,
  "appId" text NOT NULL,
  "action" text NOT NULL,
  "creditUsed" integer NOT NULL,
  "metadata" text,
  "createdAt" timestamp(3) without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  CONSTRAINT "app_usages_pkey" PRIMARY KEY ("id")
);

-- The features of avatar-creator need that of public.app_usages.
GRANT INSERT, UPDATE ON "public"."app_usages" TO "app_user";

-- There are few rows or none, so writers wait for a moment only.
CREATE INDEX IF NOT EXISTS "app_usages_appId_createdAt_idx" ON "public"."app_usages" USING "btree" ("appId", "createdAt");

-- There are few rows or none, so writers wait for a moment only.
CREATE INDEX IF NOT EXISTS "app_usages_appId_idx" ON "public"."app_usages" USING "btree" ("appId");

-- There are few rows or none, so writers wait for a moment only.
CREATE INDEX IF NOT EXISTS "app_usages_createdAt_idx" ON "public"."app_usages" USING "btree" ("createdAt");

-- There are few rows or none, so writers wait for a moment only.
CREATE INDEX IF NOT EXISTS "app_usages_userId_appId_idx" ON "public"."app_usages" USING "btree" ("userId", "appId");

-- There are few rows or none, so writers wait for a moment only.
CREATE INDEX IF NOT EXISTS "app_usages_userId_createdAt_idx" ON "public"."app_usages" USING "btree" ("userId", "createdAt" DESC);

-- There are few rows or none, so writers wait for a moment only.
CREATE INDEX IF NOT EXISTS "app_usages_userId_idx" ON "public"."app_usages" USING "btree" ("userId");

-- Table public.apps is missing.
CREATE TABLE IF NOT EXISTS "public"."apps" (
  "id" text NOT NULL,
  "appId" text NOT NULL,
  "name" text NOT NULL,
  "description" text,
  "icon" text NOT NULL,
  "enabled" boolean DEFAULT true NOT NULL,
  "beta" boolean DEFAULT false NOT NULL,
  "comingSoon" boolean DEFAULT false NOT NULL,
  "creditCostBase" integer DEFAULT 1 NOT NULL,
  "requiresSubscription" boolean DEFAULT false NOT NULL,
  "minSubscriptionTier" text,
  "version" text DEFAULT '1.0.0'::text NOT NULL,
  "totalUsage" integer DEFAULT 0 NOT NULL,
  "activeUsers" integer DEFAULT 0 NOT NULL,
  "dashboardOrder" integer DEFAULT 0 NOT NULL,
  "dashboardColor" text DEFAULT 'blue'::text NOT NULL,
  "createdAt" timestamp(3) without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  "updatedAt" timestamp(3) without time zone NOT NULL,
  CONSTRAINT "apps_pkey" PRIMARY KEY ("id")
);

-- The features of avatar-creator need that of public.apps.
GRANT INSERT, UPDATE ON "public"."apps" TO "app_user";

-- There are few rows or none, so writers wait for a moment only.
CREATE UNIQUE INDEX IF NOT EXISTS "apps_appId_idx" ON "public"."apps" USING "btree" ("appId");

-- There are few rows or none, so writers wait for a moment only.
CREATE INDEX IF NOT EXISTS "apps_dashboardOrder_idx" ON "public"."apps" USING "btree" ("dashboardOrder");

-- There are few rows or none, so writers wait for a moment only.
CREATE INDEX IF NOT EXISTS "apps_enabled_idx" ON "public"."apps" USING "btree" ("enabled");

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

-- Table public.devices is missing.
CREATE TABLE IF NOT EXISTS "public"."devices" (
  "id" text NOT NULL,
  "userId" text NOT NULL,
  "deviceId" text NOT NULL,
  "deviceName" text NOT NULL,
  "deviceType" text NOT NULL,
  "browser" text,
  "os" text,
  "ipAddress" text,
  "userAgent" text,
  "lastActive" timestamp(3) without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  "createdAt" timestamp(3) without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  CONSTRAINT "devices_pkey" PRIMARY KEY ("id")
);

-- The features of avatar-creator need that of public.devices.
GRANT SELECT, INSERT, UPDATE ON "public"."devices" TO "app_user";

-- There are few rows or none, so writers wait for a moment only.
CREATE INDEX IF NOT EXISTS "devices_lastActive_idx" ON "public"."devices" USING "btree" ("lastActive");

-- There are few rows or none, so writers wait for a moment only.
CREATE UNIQUE INDEX IF NOT EXISTS "devices_userId_deviceId_idx" ON "public"."devices" USING "btree" ("userId", "deviceId");

-- There are few rows or none, so writers wait for a moment only.
CREATE INDEX IF NOT EXISTS "devices_userId_idx" ON "public"."devices" USING "btree" ("userId");

-- There are few rows or none, so writers wait for a moment only.
CREATE INDEX IF NOT EXISTS "devices_userId_lastActive_idx" ON "public"."devices" USING "btree" ("userId", "lastActive");

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

-- Column public.avatar_generations.inputImageUrl is NOT NULL without a default and unknown to the application: every
--   INSERT fails (23502). The column and its values stay.
-- hazards: ACCESS EXCLUSIVE lock on public.avatar_generations; lets in what was refused before
-- table: public.avatar_generations, size not known, 40 kB
ALTER TABLE "public"."avatar_generations" ALTER COLUMN "inputImageUrl" DROP NOT NULL;

-- Column public.avatar_generations.poseTemplateId is NOT NULL without a default and unknown to the application: every
--   INSERT fails (23502). The column and its values stay.
-- hazards: ACCESS EXCLUSIVE lock on public.avatar_generations; lets in what was refused before
-- table: public.avatar_generations, size not known, 40 kB
ALTER TABLE "public"."avatar_generations" ALTER COLUMN "poseTemplateId" DROP NOT NULL;

COMMIT;

-- 3. In one transaction:
BEGIN;
SET LOCAL lock_timeout = '5000ms';
SET LOCAL statement_timeout = '60000ms';

-- Constraint avatars_userId_fkey on public.avatars is unknown to the application: foreign key (userId) to public.users
--   (id): writes can be refused (23503).
-- hazards: ACCESS EXCLUSIVE lock on public.avatars; ACCESS EXCLUSIVE lock on public.users; lets in what was refused
--   before
-- table: public.avatars, size not known, 40 kB
ALTER TABLE "public"."avatars" DROP CONSTRAINT IF EXISTS "avatars_userId_fkey";

COMMIT;

-- 4. In one transaction:
BEGIN;
SET LOCAL lock_timeout = '5000ms';
SET LOCAL statement_timeout = '60000ms';

-- Column public.generated_poses.avatarId is NOT NULL without a default and unknown to the application: every INSERT
--   fails (23502). The column and its values stay.
-- hazards: ACCESS EXCLUSIVE lock on public.generated_poses; lets in what was refused before
-- table: public.generated_poses, size not known, 40 kB
ALTER TABLE "public"."generated_poses" ALTER COLUMN "avatarId" DROP NOT NULL;

-- Constraint generated_poses_avatarId_fkey on public.generated_poses is unknown to the application: foreign key
--   (avatarId) to public.avatars (id): deleting from public.avatars is refused (23503).
-- hazards: ACCESS EXCLUSIVE lock on public.generated_poses; ACCESS EXCLUSIVE lock on public.avatars; lets in what was
--   refused before
-- table: public.generated_poses, size not known, 40 kB
ALTER TABLE "public"."generated_poses" DROP CONSTRAINT IF EXISTS "generated_poses_avatarId_fkey";

-- Column public.generated_poses.outputUrl is NOT NULL without a default and unknown to the application: every INSERT
--   fails (23502). The column and its values stay.
-- hazards: ACCESS EXCLUSIVE lock on public.generated_poses; lets in what was refused before
-- table: public.generated_poses, size not known, 40 kB
ALTER TABLE "public"."generated_poses" ALTER COLUMN "outputUrl" DROP NOT NULL;

-- Column public.generated_poses.poseTemplateId is NOT NULL without a default and unknown to the application: every
--   INSERT fails (23502). The column and its values stay.
-- hazards: ACCESS EXCLUSIVE lock on public.generated_poses; lets in what was refused before
-- table: public.generated_poses, size not known, 40 kB
ALTER TABLE "public"."generated_poses" ALTER COLUMN "poseTemplateId" DROP NOT NULL;

-- Column public.generated_poses.prompt is NOT NULL without a default and unknown to the application: every INSERT fails
--   (23502). The column and its values stay.
-- hazards: ACCESS EXCLUSIVE lock on public.generated_poses; lets in what was refused before
-- table: public.generated_poses, size not known, 40 kB
ALTER TABLE "public"."generated_poses" ALTER COLUMN "prompt" DROP NOT NULL;

-- Column public.generated_poses.provider is NOT NULL without a default and unknown to the application: every INSERT
--   fails (23502). The column and its values stay.
-- hazards: ACCESS EXCLUSIVE lock on public.generated_poses; lets in what was refused before
-- table: public.generated_poses, size not known, 40 kB
ALTER TABLE "public"."generated_poses" ALTER COLUMN "provider" DROP NOT NULL;

-- Column public.generated_poses.userId is NOT NULL without a default and unknown to the application: every INSERT fails
--   (23502). The column and its values stay.
-- hazards: ACCESS EXCLUSIVE lock on public.generated_poses; lets in what was refused before
-- table: public.generated_poses, size not known, 40 kB
ALTER TABLE "public"."generated_poses" ALTER COLUMN "userId" DROP NOT NULL;

-- Constraint generated_poses_poseTemplateId_fkey on public.generated_poses is unknown to the application: foreign key
--   (poseTemplateId) to public.pose_templates (id): writes can be refused (23503).
-- hazards: ACCESS EXCLUSIVE lock on public.generated_poses; ACCESS EXCLUSIVE lock on public.pose_templates; lets in what
--   was refused before
-- table: public.generated_poses, size not known, 40 kB
ALTER TABLE "public"."generated_poses" DROP CONSTRAINT IF EXISTS "generated_poses_poseTemplateId_fkey";

-- Column public.generated_poses.generationTime is NOT NULL, expected to allow NULL: writing NULL fails.
-- hazards: ACCESS EXCLUSIVE lock on public.generated_poses
-- table: public.generated_poses, size not known, 40 kB
ALTER TABLE "public"."generated_poses" ALTER COLUMN "generationTime" DROP NOT NULL;

COMMIT;

-- 5. In one transaction:
BEGIN;
SET LOCAL lock_timeout = '5000ms';
SET LOCAL statement_timeout = '60000ms';

-- Column public.pose_generations.avatarId is NOT NULL, expected to allow NULL: writing NULL fails.
-- hazards: ACCESS EXCLUSIVE lock on public.pose_generations
-- table: public.pose_generations, size not known, 40 kB
ALTER TABLE "public"."pose_generations" ALTER COLUMN "avatarId" DROP NOT NULL;

-- Column public.pose_generations.basePrompt is NOT NULL without a default and unknown to the application: every INSERT
--   fails (23502). The column and its values stay.
-- hazards: ACCESS EXCLUSIVE lock on public.pose_generations; lets in what was refused before
-- table: public.pose_generations, size not known, 40 kB
ALTER TABLE "public"."pose_generations" ALTER COLUMN "basePrompt" DROP NOT NULL;

-- Column public.pose_generations.selectedPoseIds is NOT NULL without a default and unknown to the application: every
--   INSERT fails (23502). The column and its values stay.
-- hazards: ACCESS EXCLUSIVE lock on public.pose_generations; lets in what was refused before
-- table: public.pose_generations, size not known, 40 kB
ALTER TABLE "public"."pose_generations" ALTER COLUMN "selectedPoseIds" DROP NOT NULL;

-- Column public.pose_generations.totalPoses is NOT NULL without a default and unknown to the application: every INSERT
--   fails (23502). The column and its values stay.
-- hazards: ACCESS EXCLUSIVE lock on public.pose_generations; lets in what was refused before
-- table: public.pose_generations, size not known, 40 kB
ALTER TABLE "public"."pose_generations" ALTER COLUMN "totalPoses" DROP NOT NULL;

-- Column public.pose_generations.updatedAt is NOT NULL without a default and unknown to the application: every INSERT
--   fails (23502). The column and its values stay.
-- hazards: ACCESS EXCLUSIVE lock on public.pose_generations; lets in what was refused before
-- table: public.pose_generations, size not known, 40 kB
ALTER TABLE "public"."pose_generations" ALTER COLUMN "updatedAt" DROP NOT NULL;

COMMIT;

-- 6. In one transaction:
BEGIN;
SET LOCAL lock_timeout = '5000ms';
SET LOCAL statement_timeout = '60000ms';

-- Column public.avatar_generations.avatarId is missing. Old rows have no value in it.
-- hazards: ACCESS EXCLUSIVE lock on public.avatar_generations
-- table: public.avatar_generations, size not known, 40 kB
ALTER TABLE "public"."avatar_generations" ADD COLUMN IF NOT EXISTS "avatarId" text;

-- Column public.avatar_generations.options is missing. Old rows have no value in it.
-- hazards: ACCESS EXCLUSIVE lock on public.avatar_generations
-- table: public.avatar_generations, size not known, 40 kB
ALTER TABLE "public"."avatar_generations" ADD COLUMN IF NOT EXISTS "options" text;

-- Column public.avatar_generations.projectId is missing. Old rows have no value in it.
-- hazards: ACCESS EXCLUSIVE lock on public.avatar_generations
-- table: public.avatar_generations, size not known, 40 kB
ALTER TABLE "public"."avatar_generations" ADD COLUMN IF NOT EXISTS "projectId" text NOT NULL;

-- Column public.avatar_generations.prompt is missing. Old rows have no value in it.
-- hazards: ACCESS EXCLUSIVE lock on public.avatar_generations
-- table: public.avatar_generations, size not known, 40 kB
ALTER TABLE "public"."avatar_generations" ADD COLUMN IF NOT EXISTS "prompt" text NOT NULL;

COMMIT;

-- 7. In one transaction:
BEGIN;
SET LOCAL lock_timeout = '5000ms';
SET LOCAL statement_timeout = '60000ms';

-- Column public.avatars.eyeColor is missing. Old rows have no value in it.
-- hazards: ACCESS EXCLUSIVE lock on public.avatars
-- table: public.avatars, size not known, 40 kB
ALTER TABLE "public"."avatars" ADD COLUMN IF NOT EXISTS "eyeColor" text;

-- Column public.avatars.hairColor is missing. Old rows have no value in it.
-- hazards: ACCESS EXCLUSIVE lock on public.avatars
-- table: public.avatars, size not known, 40 kB
ALTER TABLE "public"."avatars" ADD COLUMN IF NOT EXISTS "hairColor" text;

-- Column public.avatars.hairStyle is missing. Old rows have no value in it.
-- hazards: ACCESS EXCLUSIVE lock on public.avatars
-- table: public.avatars, size not known, 40 kB
ALTER TABLE "public"."avatars" ADD COLUMN IF NOT EXISTS "hairStyle" text;

-- Column public.avatars.personaAge is missing. Old rows have no value in it.
-- hazards: ACCESS EXCLUSIVE lock on public.avatars
-- table: public.avatars, size not known, 40 kB
ALTER TABLE "public"."avatars" ADD COLUMN IF NOT EXISTS "personaAge" integer;

-- Column public.avatars.personaBackground is missing. Old rows have no value in it.
-- hazards: ACCESS EXCLUSIVE lock on public.avatars
-- table: public.avatars, size not known, 40 kB
ALTER TABLE "public"."avatars" ADD COLUMN IF NOT EXISTS "personaBackground" text;

-- Column public.avatars.personaName is missing. Old rows have no value in it.
-- hazards: ACCESS EXCLUSIVE lock on public.avatars
-- table: public.avatars, size not known, 40 kB
ALTER TABLE "public"."avatars" ADD COLUMN IF NOT EXISTS "personaName" text;

-- Column public.avatars.personaPersonality is missing. Old rows have no value in it.
-- hazards: ACCESS EXCLUSIVE lock on public.avatars
-- table: public.avatars, size not known, 40 kB
ALTER TABLE "public"."avatars" ADD COLUMN IF NOT EXISTS "personaPersonality" text;

-- Column public.avatars.seedUsed is missing. Old rows have no value in it.
-- hazards: ACCESS EXCLUSIVE lock on public.avatars
-- table: public.avatars, size not known, 40 kB
ALTER TABLE "public"."avatars" ADD COLUMN IF NOT EXISTS "seedUsed" integer;

-- Column public.avatars.skinTone is missing. Old rows have no value in it.
-- hazards: ACCESS EXCLUSIVE lock on public.avatars
-- table: public.avatars, size not known, 40 kB
ALTER TABLE "public"."avatars" ADD COLUMN IF NOT EXISTS "skinTone" text;

COMMIT;

-- 8. In one transaction:
BEGIN;
SET LOCAL lock_timeout = '5000ms';
SET LOCAL statement_timeout = '60000ms';

-- Column public.generated_poses.aiConfidenceScore is missing. Old rows have no value in it.
-- hazards: ACCESS EXCLUSIVE lock on public.generated_poses
-- table: public.generated_poses, size not known, 40 kB
ALTER TABLE "public"."generated_poses" ADD COLUMN IF NOT EXISTS "aiConfidenceScore" double precision;

-- Column public.generated_poses.backgroundChanged is missing. Old rows get its default, false.
-- hazards: ACCESS EXCLUSIVE lock on public.generated_poses
-- table: public.generated_poses, size not known, 40 kB
ALTER TABLE "public"."generated_poses" ADD COLUMN IF NOT EXISTS "backgroundChanged" boolean DEFAULT false NOT NULL;

-- Column public.generated_poses.backgroundPrompt is missing. Old rows have no value in it.
-- hazards: ACCESS EXCLUSIVE lock on public.generated_poses
-- table: public.generated_poses, size not known, 40 kB
ALTER TABLE "public"."generated_poses" ADD COLUMN IF NOT EXISTS "backgroundPrompt" text;

-- Column public.generated_poses.controlnetWeight is missing. Old rows get its default, 0.75.
-- hazards: ACCESS EXCLUSIVE lock on public.generated_poses
-- table: public.generated_poses, size not known, 40 kB
ALTER TABLE "public"."generated_poses" ADD COLUMN IF NOT EXISTS "controlnetWeight" double precision DEFAULT 0.75 NOT NULL;

-- Column public.generated_poses.downloadCount is missing. Old rows get its default, 0.
-- hazards: ACCESS EXCLUSIVE lock on public.generated_poses
-- table: public.generated_poses, size not known, 40 kB
ALTER TABLE "public"."generated_poses" ADD COLUMN IF NOT EXISTS "downloadCount" integer DEFAULT 0 NOT NULL;

-- Column public.generated_poses.errorMessage is missing. Old rows have no value in it.
-- hazards: ACCESS EXCLUSIVE lock on public.generated_poses
-- table: public.generated_poses, size not known, 40 kB
ALTER TABLE "public"."generated_poses" ADD COLUMN IF NOT EXISTS "errorMessage" text;

-- Column public.generated_poses.exportFormats is missing. Old rows have no value in it.
-- hazards: ACCESS EXCLUSIVE lock on public.generated_poses
-- table: public.generated_poses, size not known, 40 kB
ALTER TABLE "public"."generated_poses" ADD COLUMN IF NOT EXISTS "exportFormats" jsonb NOT NULL;

-- Column public.generated_poses.generationTime has type integer, expected double precision: larger values are refused
--   (22003), and digits may be lost. Every value stays what it is.
-- hazards: ACCESS EXCLUSIVE lock on public.generated_poses
-- table: public.generated_poses, size not known, 40 kB
-- checked: 0 views, policies and triggers that rest on public.generated_poses.generationTime
ALTER TABLE "public"."generated_poses" ALTER COLUMN "generationTime" TYPE double precision;

-- Column public.generated_poses.isFavorite is missing. Old rows get its default, false.
-- hazards: ACCESS EXCLUSIVE lock on public.generated_poses
-- table: public.generated_poses, size not known, 40 kB
ALTER TABLE "public"."generated_poses" ADD COLUMN IF NOT EXISTS "isFavorite" boolean DEFAULT false NOT NULL;

-- Column public.generated_poses.originalImageUrl is missing. Old rows have no value in it.
-- hazards: ACCESS EXCLUSIVE lock on public.generated_poses
-- table: public.generated_poses, size not known, 40 kB
ALTER TABLE "public"."generated_poses" ADD COLUMN IF NOT EXISTS "originalImageUrl" text;

-- Column public.generated_poses.outputImageUrl is missing. Old rows have no value in it.
-- hazards: ACCESS EXCLUSIVE lock on public.generated_poses
-- table: public.generated_poses, size not known, 40 kB
ALTER TABLE "public"."generated_poses" ADD COLUMN IF NOT EXISTS "outputImageUrl" text NOT NULL;

-- Column public.generated_poses.poseLibraryId is missing. Old rows have no value in it.
-- hazards: ACCESS EXCLUSIVE lock on public.generated_poses
-- table: public.generated_poses, size not known, 40 kB
ALTER TABLE "public"."generated_poses" ADD COLUMN IF NOT EXISTS "poseLibraryId" text;

-- Column public.generated_poses.promptUsed is missing. Old rows have no value in it.
-- hazards: ACCESS EXCLUSIVE lock on public.generated_poses
-- table: public.generated_poses, size not known, 40 kB
ALTER TABLE "public"."generated_poses" ADD COLUMN IF NOT EXISTS "promptUsed" text NOT NULL;

-- Column public.generated_poses.seedUsed is missing. Old rows have no value in it.
-- hazards: ACCESS EXCLUSIVE lock on public.generated_poses
-- table: public.generated_poses, size not known, 40 kB
ALTER TABLE "public"."generated_poses" ADD COLUMN IF NOT EXISTS "seedUsed" integer;

-- Column public.generated_poses.status is missing. Old rows get its default, 'completed'::text.
-- hazards: ACCESS EXCLUSIVE lock on public.generated_poses
-- table: public.generated_poses, size not known, 40 kB
ALTER TABLE "public"."generated_poses" ADD COLUMN IF NOT EXISTS "status" text DEFAULT 'completed'::text NOT NULL;

-- Column public.generated_poses.variationKey is missing. Old rows have no value in it.
-- hazards: ACCESS EXCLUSIVE lock on public.generated_poses
-- table: public.generated_poses, size not known, 40 kB
ALTER TABLE "public"."generated_poses" ADD COLUMN IF NOT EXISTS "variationKey" text;

COMMIT;

-- 9. In one transaction:
BEGIN;
SET LOCAL lock_timeout = '5000ms';
SET LOCAL statement_timeout = '60000ms';

-- Column public.pose_generations.avatarAttributes is missing. Old rows have no value in it.
-- hazards: ACCESS EXCLUSIVE lock on public.pose_generations
-- table: public.pose_generations, size not known, 40 kB
ALTER TABLE "public"."pose_generations" ADD COLUMN IF NOT EXISTS "avatarAttributes" text;

-- Column public.pose_generations.avgGenerationTime is missing. Old rows have no value in it.
-- hazards: ACCESS EXCLUSIVE lock on public.pose_generations
-- table: public.pose_generations, size not known, 40 kB
ALTER TABLE "public"."pose_generations" ADD COLUMN IF NOT EXISTS "avgGenerationTime" double precision;

-- Column public.pose_generations.backgroundMode is missing. Old rows have no value in it.
-- hazards: ACCESS EXCLUSIVE lock on public.pose_generations
-- table: public.pose_generations, size not known, 40 kB
ALTER TABLE "public"."pose_generations" ADD COLUMN IF NOT EXISTS "backgroundMode" text;

-- Column public.pose_generations.backgroundPrompt is missing. Old rows have no value in it.
-- hazards: ACCESS EXCLUSIVE lock on public.pose_generations
-- table: public.pose_generations, size not known, 40 kB
ALTER TABLE "public"."pose_generations" ADD COLUMN IF NOT EXISTS "backgroundPrompt" text;

-- Column public.pose_generations.creditCharged is missing. Old rows have no value in it.
-- hazards: ACCESS EXCLUSIVE lock on public.pose_generations
-- table: public.pose_generations, size not known, 40 kB
ALTER TABLE "public"."pose_generations" ADD COLUMN IF NOT EXISTS "creditCharged" integer NOT NULL;

-- Column public.pose_generations.creditRefunded is missing. Old rows get its default, 0.
-- hazards: ACCESS EXCLUSIVE lock on public.pose_generations
-- table: public.pose_generations, size not known, 40 kB
ALTER TABLE "public"."pose_generations" ADD COLUMN IF NOT EXISTS "creditRefunded" integer DEFAULT 0 NOT NULL;

-- Column public.pose_generations.errorMessage is missing. Old rows have no value in it.
-- hazards: ACCESS EXCLUSIVE lock on public.pose_generations
-- table: public.pose_generations, size not known, 40 kB
ALTER TABLE "public"."pose_generations" ADD COLUMN IF NOT EXISTS "errorMessage" text;

-- Column public.pose_generations.exportFormats is missing. Old rows have no value in it.
-- hazards: ACCESS EXCLUSIVE lock on public.pose_generations
-- table: public.pose_generations, size not known, 40 kB
ALTER TABLE "public"."pose_generations" ADD COLUMN IF NOT EXISTS "exportFormats" text[];

-- Column public.pose_generations.generatedPoseStructure is missing. Old rows have no value in it.
-- hazards: ACCESS EXCLUSIVE lock on public.pose_generations
-- table: public.pose_generations, size not known, 40 kB
ALTER TABLE "public"."pose_generations" ADD COLUMN IF NOT EXISTS "generatedPoseStructure" text;

-- Column public.pose_generations.generationType is missing. Old rows have no value in it.
-- hazards: ACCESS EXCLUSIVE lock on public.pose_generations
-- table: public.pose_generations, size not known, 40 kB
ALTER TABLE "public"."pose_generations" ADD COLUMN IF NOT EXISTS "generationType" text NOT NULL;

-- Column public.pose_generations.lastRecoveryAt is missing. Old rows have no value in it.
-- hazards: ACCESS EXCLUSIVE lock on public.pose_generations
-- table: public.pose_generations, size not known, 40 kB
ALTER TABLE "public"."pose_generations" ADD COLUMN IF NOT EXISTS "lastRecoveryAt" timestamp(3) without time zone;

-- Column public.pose_generations.posesCompleted is missing. Old rows get its default, 0.
-- hazards: ACCESS EXCLUSIVE lock on public.pose_generations
-- table: public.pose_generations, size not known, 40 kB
ALTER TABLE "public"."pose_generations" ADD COLUMN IF NOT EXISTS "posesCompleted" integer DEFAULT 0 NOT NULL;

-- Column public.pose_generations.posesFailed is missing. Old rows get its default, 0.
-- hazards: ACCESS EXCLUSIVE lock on public.pose_generations
-- table: public.pose_generations, size not known, 40 kB
ALTER TABLE "public"."pose_generations" ADD COLUMN IF NOT EXISTS "posesFailed" integer DEFAULT 0 NOT NULL;

-- Column public.pose_generations.queueJobId is missing. Old rows have no value in it.
-- hazards: ACCESS EXCLUSIVE lock on public.pose_generations
-- table: public.pose_generations, size not known, 40 kB
ALTER TABLE "public"."pose_generations" ADD COLUMN IF NOT EXISTS "queueJobId" text;

-- Column public.pose_generations.recoveryAttempts is missing. Old rows get its default, 0.
-- hazards: ACCESS EXCLUSIVE lock on public.pose_generations
-- table: public.pose_generations, size not known, 40 kB
ALTER TABLE "public"."pose_generations" ADD COLUMN IF NOT EXISTS "recoveryAttempts" integer DEFAULT 0 NOT NULL;

-- Column public.pose_generations.startedAt is missing. Old rows have no value in it.
-- hazards: ACCESS EXCLUSIVE lock on public.pose_generations
-- table: public.pose_generations, size not known, 40 kB
ALTER TABLE "public"."pose_generations" ADD COLUMN IF NOT EXISTS "startedAt" timestamp(3) without time zone;

-- Column public.pose_generations.textPrompt is missing. Old rows have no value in it.
-- hazards: ACCESS EXCLUSIVE lock on public.pose_generations
-- table: public.pose_generations, size not known, 40 kB
ALTER TABLE "public"."pose_generations" ADD COLUMN IF NOT EXISTS "textPrompt" text;

-- Column public.pose_generations.totalExpectedPoses is missing. Old rows have no value in it.
-- hazards: ACCESS EXCLUSIVE lock on public.pose_generations
-- table: public.pose_generations, size not known, 40 kB
ALTER TABLE "public"."pose_generations" ADD COLUMN IF NOT EXISTS "totalExpectedPoses" integer NOT NULL;

-- Column public.pose_generations.totalProcessingTime is missing. Old rows have no value in it.
-- hazards: ACCESS EXCLUSIVE lock on public.pose_generations
-- table: public.pose_generations, size not known, 40 kB
ALTER TABLE "public"."pose_generations" ADD COLUMN IF NOT EXISTS "totalProcessingTime" double precision;

-- Column public.pose_generations.useBackgroundChanger is missing. Old rows get its default, false.
-- hazards: ACCESS EXCLUSIVE lock on public.pose_generations
-- table: public.pose_generations, size not known, 40 kB
ALTER TABLE "public"."pose_generations" ADD COLUMN IF NOT EXISTS "useBackgroundChanger" boolean DEFAULT false NOT NULL;

COMMIT;

-- 10. In one transaction:
BEGIN;
SET LOCAL lock_timeout = '5000ms';
SET LOCAL statement_timeout = '60000ms';

-- Column public.users.analyticsTracking is missing. Old rows get its default, true.
-- hazards: ACCESS EXCLUSIVE lock on public.users
-- table: public.users, size not known, 24 kB
ALTER TABLE "public"."users" ADD COLUMN IF NOT EXISTS "analyticsTracking" boolean DEFAULT true NOT NULL;

-- Column public.users.creditAlerts is missing. Old rows get its default, true.
-- hazards: ACCESS EXCLUSIVE lock on public.users
-- table: public.users, size not known, 24 kB
ALTER TABLE "public"."users" ADD COLUMN IF NOT EXISTS "creditAlerts" boolean DEFAULT true NOT NULL;

-- Column public.users.emailNotifications is missing. Old rows get its default, true.
-- hazards: ACCESS EXCLUSIVE lock on public.users
-- table: public.users, size not known, 24 kB
ALTER TABLE "public"."users" ADD COLUMN IF NOT EXISTS "emailNotifications" boolean DEFAULT true NOT NULL;

-- Column public.users.language is missing. Old rows get its default, 'id'::text.
-- hazards: ACCESS EXCLUSIVE lock on public.users
-- table: public.users, size not known, 24 kB
ALTER TABLE "public"."users" ADD COLUMN IF NOT EXISTS "language" text DEFAULT 'id'::text NOT NULL;

-- Column public.users.marketingEmails is missing. Old rows get its default, false.
-- hazards: ACCESS EXCLUSIVE lock on public.users
-- table: public.users, size not known, 24 kB
ALTER TABLE "public"."users" ADD COLUMN IF NOT EXISTS "marketingEmails" boolean DEFAULT false NOT NULL;

-- Column public.users.profileVisibility is missing. Old rows get its default, 'public'::text.
-- hazards: ACCESS EXCLUSIVE lock on public.users
-- table: public.users, size not known, 24 kB
ALTER TABLE "public"."users" ADD COLUMN IF NOT EXISTS "profileVisibility" text DEFAULT 'public'::text NOT NULL;

-- Column public.users.projectUpdates is missing. Old rows get its default, true.
-- hazards: ACCESS EXCLUSIVE lock on public.users
-- table: public.users, size not known, 24 kB
ALTER TABLE "public"."users" ADD COLUMN IF NOT EXISTS "projectUpdates" boolean DEFAULT true NOT NULL;

-- Column public.users.pushNotifications is missing. Old rows get its default, false.
-- hazards: ACCESS EXCLUSIVE lock on public.users
-- table: public.users, size not known, 24 kB
ALTER TABLE "public"."users" ADD COLUMN IF NOT EXISTS "pushNotifications" boolean DEFAULT false NOT NULL;

-- Column public.users.settingsUpdatedAt is missing. Old rows get its default, CURRENT_TIMESTAMP.
-- hazards: ACCESS EXCLUSIVE lock on public.users
-- table: public.users, size not known, 24 kB
ALTER TABLE "public"."users" ADD COLUMN IF NOT EXISTS "settingsUpdatedAt" timestamp(3) without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL;

-- Column public.users.showEmail is missing. Old rows get its default, false.
-- hazards: ACCESS EXCLUSIVE lock on public.users
-- table: public.users, size not known, 24 kB
ALTER TABLE "public"."users" ADD COLUMN IF NOT EXISTS "showEmail" boolean DEFAULT false NOT NULL;

-- Column public.users.theme is missing. Old rows get its default, 'light'::text.
-- hazards: ACCESS EXCLUSIVE lock on public.users
-- table: public.users, size not known, 24 kB
ALTER TABLE "public"."users" ADD COLUMN IF NOT EXISTS "theme" text DEFAULT 'light'::text NOT NULL;

-- Column public.users.unlimitedPoseActive is missing. Old rows get its default, false.
-- hazards: ACCESS EXCLUSIVE lock on public.users
-- table: public.users, size not known, 24 kB
ALTER TABLE "public"."users" ADD COLUMN IF NOT EXISTS "unlimitedPoseActive" boolean DEFAULT false NOT NULL;

-- Column public.users.unlimitedPoseDailyQuota is missing. Old rows get its default, 100.
-- hazards: ACCESS EXCLUSIVE lock on public.users
-- table: public.users, size not known, 24 kB
ALTER TABLE "public"."users" ADD COLUMN IF NOT EXISTS "unlimitedPoseDailyQuota" integer DEFAULT 100 NOT NULL;

-- Column public.users.unlimitedPoseExpiresAt is missing. Old rows have no value in it.
-- hazards: ACCESS EXCLUSIVE lock on public.users
-- table: public.users, size not known, 24 kB
ALTER TABLE "public"."users" ADD COLUMN IF NOT EXISTS "unlimitedPoseExpiresAt" timestamp(3) without time zone;

-- Column public.users.unlimitedPoseQuotaResetAt is missing. Old rows have no value in it.
-- hazards: ACCESS EXCLUSIVE lock on public.users
-- table: public.users, size not known, 24 kB
ALTER TABLE "public"."users" ADD COLUMN IF NOT EXISTS "unlimitedPoseQuotaResetAt" timestamp(3) without time zone;

-- Column public.users.unlimitedPoseQuotaUsed is missing. Old rows get its default, 0.
-- hazards: ACCESS EXCLUSIVE lock on public.users
-- table: public.users, size not known, 24 kB
ALTER TABLE "public"."users" ADD COLUMN IF NOT EXISTS "unlimitedPoseQuotaUsed" integer DEFAULT 0 NOT NULL;

COMMIT;

-- 11. In one transaction:
BEGIN;
SET LOCAL lock_timeout = '5000ms';
SET LOCAL statement_timeout = '60000ms';

-- Column public.generated_poses.thumbnailUrl allows NULL, expected NOT NULL: the application can read a NULL that it
--   does not expect. public.generated_poses is empty, so there is nothing to look at.
-- hazards: ACCESS EXCLUSIVE lock on public.generated_poses
-- table: public.generated_poses, size not known, 40 kB
ALTER TABLE "public"."generated_poses" ALTER COLUMN "thumbnailUrl" SET NOT NULL;

COMMIT;

-- 12. In one transaction:
BEGIN;
SET LOCAL lock_timeout = '5000ms';
SET LOCAL statement_timeout = '60000ms';

-- Column public.pose_generations.projectId allows NULL, expected NOT NULL: the application can read a NULL that it does
--   not expect. public.pose_generations is empty, so there is nothing to look at.
-- hazards: ACCESS EXCLUSIVE lock on public.pose_generations
-- table: public.pose_generations, size not known, 40 kB
ALTER TABLE "public"."pose_generations" ALTER COLUMN "projectId" SET NOT NULL;

COMMIT;

-- 13. In one transaction:
BEGIN;
SET LOCAL lock_timeout = '5000ms';
SET LOCAL statement_timeout = '60000ms';

-- There are few rows or none, so writers wait for a moment only.
-- hazards: SHARE lock on public.avatar_generations; blocks writes
-- table: public.avatar_generations, size not known, 40 kB
CREATE INDEX IF NOT EXISTS "avatar_generations_avatarId_idx" ON "public"."avatar_generations" USING "btree" ("avatarId");

-- There are few rows or none, so writers wait for a moment only.
-- hazards: SHARE lock on public.avatar_generations; blocks writes
-- table: public.avatar_generations, size not known, 40 kB
CREATE INDEX IF NOT EXISTS "avatar_generations_projectId_createdAt_idx" ON "public"."avatar_generations" USING "btree" ("projectId", "createdAt" DESC);

-- There are few rows or none, so writers wait for a moment only.
-- hazards: SHARE lock on public.avatar_generations; blocks writes
-- table: public.avatar_generations, size not known, 40 kB
CREATE INDEX IF NOT EXISTS "avatar_generations_projectId_idx" ON "public"."avatar_generations" USING "btree" ("projectId");

-- There are few rows or none, so writers wait for a moment only.
-- hazards: SHARE lock on public.avatar_generations; blocks writes
-- table: public.avatar_generations, size not known, 40 kB
CREATE INDEX IF NOT EXISTS "avatar_generations_status_createdAt_idx" ON "public"."avatar_generations" USING "btree" ("status", "createdAt");

-- There are few rows or none, so writers wait for a moment only.
-- hazards: SHARE lock on public.avatar_generations; blocks writes
-- table: public.avatar_generations, size not known, 40 kB
CREATE INDEX IF NOT EXISTS "avatar_generations_userId_createdAt_idx" ON "public"."avatar_generations" USING "btree" ("userId", "createdAt" DESC);

-- There are few rows or none, so writers wait for a moment only.
-- hazards: SHARE lock on public.avatar_generations; blocks writes
-- table: public.avatar_generations, size not known, 40 kB
CREATE INDEX IF NOT EXISTS "avatar_generations_userId_status_idx" ON "public"."avatar_generations" USING "btree" ("userId", "status");

COMMIT;

-- 14. In one transaction:
BEGIN;
SET LOCAL lock_timeout = '5000ms';
SET LOCAL statement_timeout = '60000ms';

-- There are few rows or none, so writers wait for a moment only.
-- hazards: SHARE lock on public.avatar_projects; blocks writes
-- table: public.avatar_projects, size not known, 24 kB
CREATE INDEX IF NOT EXISTS "avatar_projects_userId_createdAt_idx" ON "public"."avatar_projects" USING "btree" ("userId", "createdAt" DESC);

-- There are few rows or none, so writers wait for a moment only.
-- hazards: SHARE lock on public.avatar_projects; blocks writes
-- table: public.avatar_projects, size not known, 24 kB
CREATE INDEX IF NOT EXISTS "avatar_projects_userId_updatedAt_idx" ON "public"."avatar_projects" USING "btree" ("userId", "updatedAt" DESC);

COMMIT;

-- 15. In one transaction:
BEGIN;
SET LOCAL lock_timeout = '5000ms';
SET LOCAL statement_timeout = '60000ms';

-- There are few rows or none, so writers wait for a moment only.
-- hazards: SHARE lock on public.avatar_usage_history; blocks writes
-- table: public.avatar_usage_history, size not known, 48 kB
CREATE INDEX IF NOT EXISTS "avatar_usage_history_appId_createdAt_idx" ON "public"."avatar_usage_history" USING "btree" ("appId", "createdAt");

-- There are few rows or none, so writers wait for a moment only.
-- hazards: SHARE lock on public.avatar_usage_history; blocks writes
-- table: public.avatar_usage_history, size not known, 48 kB
CREATE INDEX IF NOT EXISTS "avatar_usage_history_avatarId_createdAt_idx" ON "public"."avatar_usage_history" USING "btree" ("avatarId", "createdAt" DESC);

-- There are few rows or none, so writers wait for a moment only.
-- hazards: SHARE lock on public.avatar_usage_history; blocks writes
-- table: public.avatar_usage_history, size not known, 48 kB
CREATE INDEX IF NOT EXISTS "avatar_usage_history_referenceId_referenceType_idx" ON "public"."avatar_usage_history" USING "btree" ("referenceId", "referenceType");

-- There are few rows or none, so writers wait for a moment only.
-- hazards: SHARE lock on public.avatar_usage_history; blocks writes
-- table: public.avatar_usage_history, size not known, 48 kB
CREATE INDEX IF NOT EXISTS "avatar_usage_history_userId_createdAt_idx" ON "public"."avatar_usage_history" USING "btree" ("userId", "createdAt" DESC);

COMMIT;

-- 16. In one transaction:
BEGIN;
SET LOCAL lock_timeout = '5000ms';
SET LOCAL statement_timeout = '60000ms';

-- There are few rows or none, so writers wait for a moment only.
-- hazards: SHARE lock on public.avatars; blocks writes
-- table: public.avatars, size not known, 40 kB
CREATE INDEX IF NOT EXISTS "avatars_sourceType_idx" ON "public"."avatars" USING "btree" ("sourceType");

-- There are few rows or none, so writers wait for a moment only.
-- hazards: SHARE lock on public.avatars; blocks writes
-- table: public.avatars, size not known, 40 kB
CREATE INDEX IF NOT EXISTS "avatars_userId_createdAt_idx" ON "public"."avatars" USING "btree" ("userId", "createdAt" DESC);

-- There are few rows or none, so writers wait for a moment only.
-- hazards: SHARE lock on public.avatars; blocks writes
-- table: public.avatars, size not known, 40 kB
CREATE INDEX IF NOT EXISTS "avatars_userId_lastUsedAt_idx" ON "public"."avatars" USING "btree" ("userId", "lastUsedAt" DESC);

-- There are few rows or none, so writers wait for a moment only.
-- hazards: SHARE lock on public.avatars; blocks writes
-- table: public.avatars, size not known, 40 kB
CREATE INDEX IF NOT EXISTS "avatars_userId_usageCount_idx" ON "public"."avatars" USING "btree" ("userId", "usageCount" DESC);

COMMIT;

-- 17. In one transaction:
BEGIN;
SET LOCAL lock_timeout = '5000ms';
SET LOCAL statement_timeout = '60000ms';

-- There are few rows or none, so writers wait for a moment only.
-- hazards: SHARE lock on public.credits; blocks writes
-- table: public.credits, size not known, 24 kB
CREATE INDEX IF NOT EXISTS "credits_createdAt_idx" ON "public"."credits" USING "btree" ("createdAt");

-- There are few rows or none, so writers wait for a moment only.
-- hazards: SHARE lock on public.credits; blocks writes
-- table: public.credits, size not known, 24 kB
CREATE INDEX IF NOT EXISTS "credits_paymentId_idx" ON "public"."credits" USING "btree" ("paymentId");

-- There are few rows or none, so writers wait for a moment only.
-- hazards: SHARE lock on public.credits; blocks writes
-- table: public.credits, size not known, 24 kB
CREATE INDEX IF NOT EXISTS "credits_referenceId_referenceType_idx" ON "public"."credits" USING "btree" ("referenceId", "referenceType");

-- There are few rows or none, so writers wait for a moment only.
-- hazards: SHARE lock on public.credits; blocks writes
-- table: public.credits, size not known, 24 kB
CREATE INDEX IF NOT EXISTS "credits_type_idx" ON "public"."credits" USING "btree" ("type");

-- There are few rows or none, so writers wait for a moment only.
-- hazards: SHARE lock on public.credits; blocks writes
-- table: public.credits, size not known, 24 kB
CREATE INDEX IF NOT EXISTS "credits_userId_createdAt_idx" ON "public"."credits" USING "btree" ("userId", "createdAt" DESC);

COMMIT;

-- 18. In one transaction:
BEGIN;
SET LOCAL lock_timeout = '5000ms';
SET LOCAL statement_timeout = '60000ms';

-- There are few rows or none, so writers wait for a moment only.
-- hazards: SHARE lock on public.generated_poses; blocks writes
-- table: public.generated_poses, size not known, 40 kB
CREATE INDEX IF NOT EXISTS "generated_poses_isFavorite_idx" ON "public"."generated_poses" USING "btree" ("isFavorite");

-- There are few rows or none, so writers wait for a moment only.
-- hazards: SHARE lock on public.generated_poses; blocks writes
-- table: public.generated_poses, size not known, 40 kB
CREATE INDEX IF NOT EXISTS "generated_poses_poseLibraryId_idx" ON "public"."generated_poses" USING "btree" ("poseLibraryId");

-- There are few rows or none, so writers wait for a moment only.
-- hazards: SHARE lock on public.generated_poses; blocks writes
-- table: public.generated_poses, size not known, 40 kB
CREATE INDEX IF NOT EXISTS "generated_poses_status_idx" ON "public"."generated_poses" USING "btree" ("status");

-- There are few rows or none, so writers wait for a moment only.
-- hazards: SHARE lock on public.generated_poses; blocks writes
-- table: public.generated_poses, size not known, 40 kB
CREATE INDEX IF NOT EXISTS "generated_poses_generationId_variationKey_idx" ON "public"."generated_poses" USING "btree" ("generationId", "variationKey");

-- There are few rows or none, so writers wait for a moment only.
-- hazards: SHARE lock on public.generated_poses; blocks writes
-- table: public.generated_poses, size not known, 40 kB
CREATE UNIQUE INDEX IF NOT EXISTS "generated_poses_generationId_variationKey_idx1" ON "public"."generated_poses" USING "btree" ("generationId", "variationKey");

COMMIT;

-- 19. In one transaction:
BEGIN;
SET LOCAL lock_timeout = '5000ms';
SET LOCAL statement_timeout = '60000ms';

-- There are few rows or none, so writers wait for a moment only.
-- hazards: SHARE lock on public.pose_generations; blocks writes
-- table: public.pose_generations, size not known, 40 kB
CREATE INDEX IF NOT EXISTS "pose_generations_queueJobId_idx" ON "public"."pose_generations" USING "btree" ("queueJobId");

-- There are few rows or none, so writers wait for a moment only.
-- hazards: SHARE lock on public.pose_generations; blocks writes
-- table: public.pose_generations, size not known, 40 kB
CREATE INDEX IF NOT EXISTS "pose_generations_status_createdAt_queueJobId_idx" ON "public"."pose_generations" USING "btree" ("status", "createdAt", "queueJobId");

-- There are few rows or none, so writers wait for a moment only.
-- hazards: SHARE lock on public.pose_generations; blocks writes
-- table: public.pose_generations, size not known, 40 kB
CREATE INDEX IF NOT EXISTS "pose_generations_status_startedAt_queueJobId_idx" ON "public"."pose_generations" USING "btree" ("status", "startedAt", "queueJobId");

-- There are few rows or none, so writers wait for a moment only.
-- hazards: SHARE lock on public.pose_generations; blocks writes
-- table: public.pose_generations, size not known, 40 kB
CREATE INDEX IF NOT EXISTS "pose_generations_status_startedAt_idx" ON "public"."pose_generations" USING "btree" ("status", "startedAt");

-- There are few rows or none, so writers wait for a moment only.
-- hazards: SHARE lock on public.pose_generations; blocks writes
-- table: public.pose_generations, size not known, 40 kB
CREATE INDEX IF NOT EXISTS "pose_generations_status_createdAt_idx" ON "public"."pose_generations" USING "btree" ("status", "createdAt");

-- There are few rows or none, so writers wait for a moment only.
-- hazards: SHARE lock on public.pose_generations; blocks writes
-- table: public.pose_generations, size not known, 40 kB
CREATE INDEX IF NOT EXISTS "pose_generations_userId_createdAt_idx" ON "public"."pose_generations" USING "btree" ("userId", "createdAt" DESC);

COMMIT;

-- 20. In one transaction:
BEGIN;
SET LOCAL lock_timeout = '5000ms';
SET LOCAL statement_timeout = '60000ms';

-- There are few rows or none, so writers wait for a moment only.
-- hazards: SHARE lock on public.users; blocks writes
-- table: public.users, size not known, 24 kB
CREATE INDEX IF NOT EXISTS "users_accountType_idx" ON "public"."users" USING "btree" ("accountType");

-- There are few rows or none, so writers wait for a moment only.
-- hazards: SHARE lock on public.users; blocks writes
-- table: public.users, size not known, 24 kB
CREATE INDEX IF NOT EXISTS "users_createdAt_idx" ON "public"."users" USING "btree" ("createdAt");

-- There are few rows or none, so writers wait for a moment only.
-- hazards: SHARE lock on public.users; blocks writes
-- table: public.users, size not known, 24 kB
CREATE INDEX IF NOT EXISTS "users_role_idx" ON "public"."users" USING "btree" ("role");

-- There are few rows or none, so writers wait for a moment only.
-- hazards: SHARE lock on public.users; blocks writes
-- table: public.users, size not known, 24 kB
CREATE INDEX IF NOT EXISTS "users_subscriptionTier_idx" ON "public"."users" USING "btree" ("subscriptionTier");

COMMIT;

-- 21. In one transaction:
BEGIN;
SET LOCAL lock_timeout = '5000ms';
SET LOCAL statement_timeout = '60000ms';

-- Ties (userId) of public.app_usages to public.users (id). There are no old rows, or they are checked right away.
-- hazards: SHARE ROW EXCLUSIVE lock on public.users; blocks writes
DO $guard$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conrelid = pg_catalog.to_regclass('"public"."app_usages"') AND conname = 'app_usages_userId_fkey') THEN
    ALTER TABLE "public"."app_usages" ADD CONSTRAINT "app_usages_userId_fkey" FOREIGN KEY ("userId") REFERENCES "public"."users" ("id") ON DELETE CASCADE;
  END IF;
END
$guard$;

-- Ties (userId) of public.devices to public.users (id). There are no old rows, or they are checked right away.
-- hazards: SHARE ROW EXCLUSIVE lock on public.users; blocks writes
DO $guard$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conrelid = pg_catalog.to_regclass('"public"."devices"') AND conname = 'devices_userId_fkey') THEN
    ALTER TABLE "public"."devices" ADD CONSTRAINT "devices_userId_fkey" FOREIGN KEY ("userId") REFERENCES "public"."users" ("id") ON DELETE CASCADE;
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
-- hazards: SHARE ROW EXCLUSIVE lock on public.pose_generations; blocks writes
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

-- 22. In one transaction:
BEGIN;
SET LOCAL lock_timeout = '5000ms';
SET LOCAL statement_timeout = '60000ms';

-- Ties (poseLibraryId) of public.generated_poses to public.pose_library (id). There are no old rows, or they are checked
--   right away.
-- hazards: SHARE ROW EXCLUSIVE lock on public.generated_poses; blocks writes
-- table: public.generated_poses, size not known, 40 kB
DO $guard$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conrelid = pg_catalog.to_regclass('"public"."generated_poses"') AND conname = 'generated_poses_poseLibraryId_fkey') THEN
    ALTER TABLE "public"."generated_poses" ADD CONSTRAINT "generated_poses_poseLibraryId_fkey" FOREIGN KEY ("poseLibraryId") REFERENCES "public"."pose_library" ("id") ON DELETE SET NULL;
  END IF;
END
$guard$;

COMMIT;

-- 23. In one transaction:
BEGIN;
SET LOCAL lock_timeout = '5000ms';
SET LOCAL statement_timeout = '60000ms';

-- public.pose_generations has no foreign key (projectId) to public.pose_generator_projects (id); it references
--   public.pose_generation_projects (id) instead. Makes way for the expected one.
-- hazards: ACCESS EXCLUSIVE lock on public.pose_generations; ACCESS EXCLUSIVE lock on public.pose_generation_projects
-- table: public.pose_generations, size not known, 40 kB
ALTER TABLE "public"."pose_generations" DROP CONSTRAINT IF EXISTS "pose_generations_projectId_fkey";

-- Ties (projectId) of public.pose_generations to public.pose_generator_projects (id). There are no old rows, or they are
--   checked right away.
-- hazards: SHARE ROW EXCLUSIVE lock on public.pose_generations; blocks writes
-- table: public.pose_generations, size not known, 40 kB
DO $guard$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conrelid = pg_catalog.to_regclass('"public"."pose_generations"') AND conname = 'pose_generations_projectId_fkey') THEN
    ALTER TABLE "public"."pose_generations" ADD CONSTRAINT "pose_generations_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "public"."pose_generator_projects" ("id") ON DELETE CASCADE;
  END IF;
END
$guard$;

-- public.pose_generations has no foreign key (avatarId) to public.avatars (id). Ties (avatarId) of
--   public.pose_generations to public.avatars (id). There are no old rows, or they are checked right away.
-- hazards: SHARE ROW EXCLUSIVE lock on public.pose_generations; blocks writes; SHARE ROW EXCLUSIVE lock on
--   public.avatars; blocks writes
-- table: public.pose_generations, size not known, 40 kB
DO $guard$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conrelid = pg_catalog.to_regclass('"public"."pose_generations"') AND conname = 'pose_generations_avatarId_fkey') THEN
    ALTER TABLE "public"."pose_generations" ADD CONSTRAINT "pose_generations_avatarId_fkey" FOREIGN KEY ("avatarId") REFERENCES "public"."avatars" ("id") ON DELETE SET NULL;
  END IF;
END
$guard$;

-- public.pose_generations has no foreign key (userId) to public.users (id). Ties (userId) of public.pose_generations to
--   public.users (id). There are no old rows, or they are checked right away.
-- hazards: SHARE ROW EXCLUSIVE lock on public.pose_generations; blocks writes; SHARE ROW EXCLUSIVE lock on public.users;
--   blocks writes
-- table: public.pose_generations, size not known, 40 kB
DO $guard$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conrelid = pg_catalog.to_regclass('"public"."pose_generations"') AND conname = 'pose_generations_userId_fkey') THEN
    ALTER TABLE "public"."pose_generations" ADD CONSTRAINT "pose_generations_userId_fkey" FOREIGN KEY ("userId") REFERENCES "public"."users" ("id") ON DELETE CASCADE;
  END IF;
END
$guard$;

COMMIT;

-- Not done for you
--
-- - Record 20251014_add_avatar_creator_complete as applied
--   Not before somebody has looked: not everything that it makes is there: Table public.persona_examples is missing;
--     Table public.pose_requests is missing; Foreign key generated_poses_poseLibraryId_fkey on public.generated_poses:
--     ON UPDATE is NO ACTION, expected CASCADE; and 9 more.
--     npx prisma migrate resolve --applied "20251014_add_avatar_creator_complete"
--
-- - Deploy 20251015_add_recovery_indexes, 20251015_add_variation_key_to_generated_pose, 20251016_p2_performance_indexes,
--   20251018_add_user_settings
--   Nothing behind it can come in before that has been settled. What the application needs of it is brought by the
--     statements, so that a deploy would find it there: then record it as well, once somebody has seen that nothing of
--     it is missing.
--     npx prisma migrate deploy
--
-- - Fill public.avatar_presets: at least 1 row
--   The plan makes tables, not their contents. Run the application's own seed; a migration of the plan may bring them,
--     too.

-- To take it back, the last first (rows that were written in between stay as they are):
--     ALTER TABLE "public"."pose_generations" DROP CONSTRAINT IF EXISTS "pose_generations_userId_fkey";
--     ALTER TABLE "public"."pose_generations" DROP CONSTRAINT IF EXISTS "pose_generations_avatarId_fkey";
--     ALTER TABLE "public"."pose_generations" DROP CONSTRAINT IF EXISTS "pose_generations_projectId_fkey";
--     ALTER TABLE "public"."pose_generations" ADD CONSTRAINT "pose_generations_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "public"."pose_generation_projects" ("id") ON DELETE CASCADE NOT VALID;
--     ALTER TABLE "public"."generated_poses" DROP CONSTRAINT IF EXISTS "generated_poses_poseLibraryId_fkey";
--     ALTER TABLE "public"."pose_selections" DROP CONSTRAINT IF EXISTS "pose_selections_poseLibraryId_fkey";
--     ALTER TABLE "public"."pose_selections" DROP CONSTRAINT IF EXISTS "pose_selections_generationId_fkey";
--     ALTER TABLE "public"."pose_library" DROP CONSTRAINT IF EXISTS "pose_library_categoryId_fkey";
--     ALTER TABLE "public"."pose_generator_projects" DROP CONSTRAINT IF EXISTS "pose_generator_projects_userId_fkey";
--     ALTER TABLE "public"."pose_generator_projects" DROP CONSTRAINT IF EXISTS "pose_generator_projects_avatarId_fkey";
--     ALTER TABLE "public"."pose_categories" DROP CONSTRAINT IF EXISTS "pose_categories_parentId_fkey";
--     ALTER TABLE "public"."devices" DROP CONSTRAINT IF EXISTS "devices_userId_fkey";
--     ALTER TABLE "public"."app_usages" DROP CONSTRAINT IF EXISTS "app_usages_userId_fkey";
--     DROP INDEX IF EXISTS "public"."users_subscriptionTier_idx";
--     DROP INDEX IF EXISTS "public"."users_role_idx";
--     DROP INDEX IF EXISTS "public"."users_createdAt_idx";
--     DROP INDEX IF EXISTS "public"."users_accountType_idx";
--     DROP INDEX IF EXISTS "public"."pose_generations_userId_createdAt_idx";
--     DROP INDEX IF EXISTS "public"."pose_generations_status_createdAt_idx";
--     DROP INDEX IF EXISTS "public"."pose_generations_status_startedAt_idx";
--     DROP INDEX IF EXISTS "public"."pose_generations_status_startedAt_queueJobId_idx";
--     DROP INDEX IF EXISTS "public"."pose_generations_status_createdAt_queueJobId_idx";
--     DROP INDEX IF EXISTS "public"."pose_generations_queueJobId_idx";
--     DROP INDEX IF EXISTS "public"."generated_poses_generationId_variationKey_idx1";
--     DROP INDEX IF EXISTS "public"."generated_poses_generationId_variationKey_idx";
--     DROP INDEX IF EXISTS "public"."generated_poses_status_idx";
--     DROP INDEX IF EXISTS "public"."generated_poses_poseLibraryId_idx";
--     DROP INDEX IF EXISTS "public"."generated_poses_isFavorite_idx";
--     DROP INDEX IF EXISTS "public"."credits_userId_createdAt_idx";
--     DROP INDEX IF EXISTS "public"."credits_type_idx";
--     DROP INDEX IF EXISTS "public"."credits_referenceId_referenceType_idx";
--     DROP INDEX IF EXISTS "public"."credits_paymentId_idx";
--     DROP INDEX IF EXISTS "public"."credits_createdAt_idx";
--     DROP INDEX IF EXISTS "public"."avatars_userId_usageCount_idx";
--     DROP INDEX IF EXISTS "public"."avatars_userId_lastUsedAt_idx";
--     DROP INDEX IF EXISTS "public"."avatars_userId_createdAt_idx";
--     DROP INDEX IF EXISTS "public"."avatars_sourceType_idx";
--     DROP INDEX IF EXISTS "public"."avatar_usage_history_userId_createdAt_idx";
--     DROP INDEX IF EXISTS "public"."avatar_usage_history_referenceId_referenceType_idx";
--     DROP INDEX IF EXISTS "public"."avatar_usage_history_avatarId_createdAt_idx";
--     DROP INDEX IF EXISTS "public"."avatar_usage_history_appId_createdAt_idx";
--     DROP INDEX IF EXISTS "public"."avatar_projects_userId_updatedAt_idx";
--     DROP INDEX IF EXISTS "public"."avatar_projects_userId_createdAt_idx";
--     DROP INDEX IF EXISTS "public"."avatar_generations_userId_status_idx";
--     DROP INDEX IF EXISTS "public"."avatar_generations_userId_createdAt_idx";
--     DROP INDEX IF EXISTS "public"."avatar_generations_status_createdAt_idx";
--     DROP INDEX IF EXISTS "public"."avatar_generations_projectId_idx";
--     DROP INDEX IF EXISTS "public"."avatar_generations_projectId_createdAt_idx";
--     DROP INDEX IF EXISTS "public"."avatar_generations_avatarId_idx";
--     ALTER TABLE "public"."pose_generations" ALTER COLUMN "projectId" DROP NOT NULL;
--     ALTER TABLE "public"."generated_poses" ALTER COLUMN "thumbnailUrl" DROP NOT NULL;
--     ALTER TABLE "public"."users" DROP COLUMN IF EXISTS "unlimitedPoseQuotaUsed";
--     ALTER TABLE "public"."users" DROP COLUMN IF EXISTS "unlimitedPoseQuotaResetAt";
--     ALTER TABLE "public"."users" DROP COLUMN IF EXISTS "unlimitedPoseExpiresAt";
--     ALTER TABLE "public"."users" DROP COLUMN IF EXISTS "unlimitedPoseDailyQuota";
--     ALTER TABLE "public"."users" DROP COLUMN IF EXISTS "unlimitedPoseActive";
--     ALTER TABLE "public"."users" DROP COLUMN IF EXISTS "theme";
--     ALTER TABLE "public"."users" DROP COLUMN IF EXISTS "showEmail";
--     ALTER TABLE "public"."users" DROP COLUMN IF EXISTS "settingsUpdatedAt";
--     ALTER TABLE "public"."users" DROP COLUMN IF EXISTS "pushNotifications";
--     ALTER TABLE "public"."users" DROP COLUMN IF EXISTS "projectUpdates";
--     ALTER TABLE "public"."users" DROP COLUMN IF EXISTS "profileVisibility";
--     ALTER TABLE "public"."users" DROP COLUMN IF EXISTS "marketingEmails";
--     ALTER TABLE "public"."users" DROP COLUMN IF EXISTS "language";
--     ALTER TABLE "public"."users" DROP COLUMN IF EXISTS "emailNotifications";
--     ALTER TABLE "public"."users" DROP COLUMN IF EXISTS "creditAlerts";
--     ALTER TABLE "public"."users" DROP COLUMN IF EXISTS "analyticsTracking";
--     ALTER TABLE "public"."pose_generations" DROP COLUMN IF EXISTS "useBackgroundChanger";
--     ALTER TABLE "public"."pose_generations" DROP COLUMN IF EXISTS "totalProcessingTime";
--     ALTER TABLE "public"."pose_generations" DROP COLUMN IF EXISTS "totalExpectedPoses";
--     ALTER TABLE "public"."pose_generations" DROP COLUMN IF EXISTS "textPrompt";
--     ALTER TABLE "public"."pose_generations" DROP COLUMN IF EXISTS "startedAt";
--     ALTER TABLE "public"."pose_generations" DROP COLUMN IF EXISTS "recoveryAttempts";
--     ALTER TABLE "public"."pose_generations" DROP COLUMN IF EXISTS "queueJobId";
--     ALTER TABLE "public"."pose_generations" DROP COLUMN IF EXISTS "posesFailed";
--     ALTER TABLE "public"."pose_generations" DROP COLUMN IF EXISTS "posesCompleted";
--     ALTER TABLE "public"."pose_generations" DROP COLUMN IF EXISTS "lastRecoveryAt";
--     ALTER TABLE "public"."pose_generations" DROP COLUMN IF EXISTS "generationType";
--     ALTER TABLE "public"."pose_generations" DROP COLUMN IF EXISTS "generatedPoseStructure";
--     ALTER TABLE "public"."pose_generations" DROP COLUMN IF EXISTS "exportFormats";
--     ALTER TABLE "public"."pose_generations" DROP COLUMN IF EXISTS "errorMessage";
--     ALTER TABLE "public"."pose_generations" DROP COLUMN IF EXISTS "creditRefunded";
--     ALTER TABLE "public"."pose_generations" DROP COLUMN IF EXISTS "creditCharged";
--     ALTER TABLE "public"."pose_generations" DROP COLUMN IF EXISTS "backgroundPrompt";
--     ALTER TABLE "public"."pose_generations" DROP COLUMN IF EXISTS "backgroundMode";
--     ALTER TABLE "public"."pose_generations" DROP COLUMN IF EXISTS "avgGenerationTime";
--     ALTER TABLE "public"."pose_generations" DROP COLUMN IF EXISTS "avatarAttributes";
--     ALTER TABLE "public"."generated_poses" DROP COLUMN IF EXISTS "variationKey";
--     ALTER TABLE "public"."generated_poses" DROP COLUMN IF EXISTS "status";
--     ALTER TABLE "public"."generated_poses" DROP COLUMN IF EXISTS "seedUsed";
--     ALTER TABLE "public"."generated_poses" DROP COLUMN IF EXISTS "promptUsed";
--     ALTER TABLE "public"."generated_poses" DROP COLUMN IF EXISTS "poseLibraryId";
--     ALTER TABLE "public"."generated_poses" DROP COLUMN IF EXISTS "outputImageUrl";
--     ALTER TABLE "public"."generated_poses" DROP COLUMN IF EXISTS "originalImageUrl";
--     ALTER TABLE "public"."generated_poses" DROP COLUMN IF EXISTS "isFavorite";
--     ALTER TABLE "public"."generated_poses" ALTER COLUMN "generationTime" TYPE integer;
--     ALTER TABLE "public"."generated_poses" DROP COLUMN IF EXISTS "exportFormats";
--     ALTER TABLE "public"."generated_poses" DROP COLUMN IF EXISTS "errorMessage";
--     ALTER TABLE "public"."generated_poses" DROP COLUMN IF EXISTS "downloadCount";
--     ALTER TABLE "public"."generated_poses" DROP COLUMN IF EXISTS "controlnetWeight";
--     ALTER TABLE "public"."generated_poses" DROP COLUMN IF EXISTS "backgroundPrompt";
--     ALTER TABLE "public"."generated_poses" DROP COLUMN IF EXISTS "backgroundChanged";
--     ALTER TABLE "public"."generated_poses" DROP COLUMN IF EXISTS "aiConfidenceScore";
--     ALTER TABLE "public"."avatars" DROP COLUMN IF EXISTS "skinTone";
--     ALTER TABLE "public"."avatars" DROP COLUMN IF EXISTS "seedUsed";
--     ALTER TABLE "public"."avatars" DROP COLUMN IF EXISTS "personaPersonality";
--     ALTER TABLE "public"."avatars" DROP COLUMN IF EXISTS "personaName";
--     ALTER TABLE "public"."avatars" DROP COLUMN IF EXISTS "personaBackground";
--     ALTER TABLE "public"."avatars" DROP COLUMN IF EXISTS "personaAge";
--     ALTER TABLE "public"."avatars" DROP COLUMN IF EXISTS "hairStyle";
--     ALTER TABLE "public"."avatars" DROP COLUMN IF EXISTS "hairColor";
--     ALTER TABLE "public"."avatars" DROP COLUMN IF EXISTS "eyeColor";
--     ALTER TABLE "public"."avatar_generations" DROP COLUMN IF EXISTS "prompt";
--     ALTER TABLE "public"."avatar_generations" DROP COLUMN IF EXISTS "projectId";
--     ALTER TABLE "public"."avatar_generations" DROP COLUMN IF EXISTS "options";
--     ALTER TABLE "public"."avatar_generations" DROP COLUMN IF EXISTS "avatarId";
--     ALTER TABLE "public"."pose_generations" ALTER COLUMN "updatedAt" SET NOT NULL;
--     ALTER TABLE "public"."pose_generations" ALTER COLUMN "totalPoses" SET NOT NULL;
--     ALTER TABLE "public"."pose_generations" ALTER COLUMN "selectedPoseIds" SET NOT NULL;
--     ALTER TABLE "public"."pose_generations" ALTER COLUMN "basePrompt" SET NOT NULL;
--     ALTER TABLE "public"."pose_generations" ALTER COLUMN "avatarId" SET NOT NULL;
--     ALTER TABLE "public"."generated_poses" ALTER COLUMN "generationTime" SET NOT NULL;
--     ALTER TABLE "public"."generated_poses" ADD CONSTRAINT "generated_poses_poseTemplateId_fkey" FOREIGN KEY ("poseTemplateId") REFERENCES "public"."pose_templates" ("id") ON DELETE RESTRICT NOT VALID;
--     ALTER TABLE "public"."generated_poses" ALTER COLUMN "userId" SET NOT NULL;
--     ALTER TABLE "public"."generated_poses" ALTER COLUMN "provider" SET NOT NULL;
--     ALTER TABLE "public"."generated_poses" ALTER COLUMN "prompt" SET NOT NULL;
--     ALTER TABLE "public"."generated_poses" ALTER COLUMN "poseTemplateId" SET NOT NULL;
--     ALTER TABLE "public"."generated_poses" ALTER COLUMN "outputUrl" SET NOT NULL;
--     ALTER TABLE "public"."generated_poses" ADD CONSTRAINT "generated_poses_avatarId_fkey" FOREIGN KEY ("avatarId") REFERENCES "public"."avatars" ("id") ON DELETE RESTRICT NOT VALID;
--     ALTER TABLE "public"."generated_poses" ALTER COLUMN "avatarId" SET NOT NULL;
--     ALTER TABLE "public"."avatars" ADD CONSTRAINT "avatars_userId_fkey" FOREIGN KEY ("userId") REFERENCES "public"."users" ("id") ON DELETE CASCADE NOT VALID;
--     ALTER TABLE "public"."avatar_generations" ALTER COLUMN "poseTemplateId" SET NOT NULL;
--     ALTER TABLE "public"."avatar_generations" ALTER COLUMN "inputImageUrl" SET NOT NULL;
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
--     DROP INDEX IF EXISTS "public"."pose_categories_slug_idx1";
--     DROP INDEX IF EXISTS "public"."pose_categories_slug_idx";
--     DROP INDEX IF EXISTS "public"."pose_categories_parentId_idx";
--     DROP INDEX IF EXISTS "public"."pose_categories_isActive_displayOrder_idx";
--     DROP TABLE IF EXISTS "public"."pose_categories";
--     DROP INDEX IF EXISTS "public"."devices_userId_lastActive_idx";
--     DROP INDEX IF EXISTS "public"."devices_userId_idx";
--     DROP INDEX IF EXISTS "public"."devices_userId_deviceId_idx";
--     DROP INDEX IF EXISTS "public"."devices_lastActive_idx";
--     DROP TABLE IF EXISTS "public"."devices";
--     DROP INDEX IF EXISTS "public"."avatar_presets_usageCount_idx";
--     DROP INDEX IF EXISTS "public"."avatar_presets_isPublic_idx";
--     DROP INDEX IF EXISTS "public"."avatar_presets_category_isPublic_idx";
--     DROP INDEX IF EXISTS "public"."avatar_presets_category_idx";
--     DROP TABLE IF EXISTS "public"."avatar_presets";
--     DROP INDEX IF EXISTS "public"."apps_enabled_idx";
--     DROP INDEX IF EXISTS "public"."apps_dashboardOrder_idx";
--     DROP INDEX IF EXISTS "public"."apps_appId_idx";
--     DROP TABLE IF EXISTS "public"."apps";
--     DROP INDEX IF EXISTS "public"."app_usages_userId_idx";
--     DROP INDEX IF EXISTS "public"."app_usages_userId_createdAt_idx";
--     DROP INDEX IF EXISTS "public"."app_usages_userId_appId_idx";
--     DROP INDEX IF EXISTS "public"."app_usages_createdAt_idx";
--     DROP INDEX IF EXISTS "public"."app_usages_appId_idx";
--     DROP INDEX IF EXISTS "public"."app_usages_appId_createdAt_idx";
--     DROP TABLE IF EXISTS "public"."app_usages";
