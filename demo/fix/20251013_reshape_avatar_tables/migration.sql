-- Brings the tables of 20251011_avatar_pose_split into the shape that 20251014_add_avatar_creator_complete expects.
--
-- 20251014 cannot do it: its CREATE TABLE IF NOT EXISTS passes over every table that is there, and its plain
-- ADD CONSTRAINT then meets the old constraint of the same name (42710). So this migration stands before it:
--   * it adds, renames and fills columns, so that no row is lost;
--   * it takes NOT NULL from columns that the application no longer writes: they would refuse every INSERT;
--   * it drops the foreign keys that 20251014 is about to add, and those that the application does not know.
-- After it 20251014 runs as it was written. The file that is already in the history of other databases stays as it is.
--
-- Locks: ACCESS EXCLUSIVE on six tables until the end, as long as the UPDATEs take. Everything is one transaction.

-- avatars ------------------------------------------------------------------------------------------------------------
ALTER TABLE "avatars"
    ADD COLUMN "personaName" TEXT,
    ADD COLUMN "personaAge" INTEGER,
    ADD COLUMN "personaPersonality" TEXT,
    ADD COLUMN "personaBackground" TEXT,
    ADD COLUMN "hairStyle" TEXT,
    ADD COLUMN "hairColor" TEXT,
    ADD COLUMN "eyeColor" TEXT,
    ADD COLUMN "skinTone" TEXT,
    ADD COLUMN "seedUsed" INTEGER,
    DROP CONSTRAINT "avatars_projectId_fkey",   -- added again by 20251014
    DROP CONSTRAINT "avatars_userId_fkey",      -- unknown to the application
    DROP CONSTRAINT "avatars_brandKitId_fkey";  -- unknown to the application; the column stays

ALTER TABLE "avatar_usage_history"
    DROP CONSTRAINT "avatar_usage_history_avatarId_fkey"; -- added again by 20251014

-- avatar_generations -------------------------------------------------------------------------------------------------
ALTER TABLE "avatar_generations"
    ADD COLUMN "avatarId" TEXT,
    ADD COLUMN "projectId" TEXT,
    ADD COLUMN "prompt" TEXT,
    ADD COLUMN "options" TEXT,
    ALTER COLUMN "poseTemplateId" DROP NOT NULL,
    ALTER COLUMN "inputImageUrl" DROP NOT NULL;

-- A generation belonged to a user; now it belongs to a project. It goes to the user's first one; who has none gets one.
INSERT INTO "avatar_projects" ("id", "userId", "name", "updatedAt")
SELECT 'c' || left(md5('earlier generations of ' || owner."userId"), 24), owner."userId", 'Earlier generations', CURRENT_TIMESTAMP
FROM (SELECT DISTINCT "userId" FROM "avatar_generations") AS owner
WHERE NOT EXISTS (SELECT FROM "avatar_projects" AS project WHERE project."userId" = owner."userId");

UPDATE "avatar_generations" AS generation
SET "projectId" = (
        SELECT project."id" FROM "avatar_projects" AS project WHERE project."userId" = generation."userId"
        ORDER BY project."createdAt", project."id" LIMIT 1
    ),
    "prompt" = 'Pose template ' || "poseTemplateId",
    "options" = json_build_object('inputImageUrl', "inputImageUrl", 'quality', "quality")::text;

ALTER TABLE "avatar_generations"
    ALTER COLUMN "projectId" SET NOT NULL,
    ALTER COLUMN "prompt" SET NOT NULL;

-- Pose projects: a new table under a new name ------------------------------------------------------------------------
CREATE TABLE "pose_generator_projects" (
    "id" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "projectName" TEXT NOT NULL,
    "description" TEXT,
    "avatarImageUrl" TEXT,
    "avatarSource" TEXT NOT NULL DEFAULT 'upload',
    "avatarId" TEXT,
    "totalGenerations" INTEGER NOT NULL DEFAULT 0,
    "totalPosesGenerated" INTEGER NOT NULL DEFAULT 0,
    "status" TEXT NOT NULL DEFAULT 'active',
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,
    CONSTRAINT "pose_generator_projects_pkey" PRIMARY KEY ("id")
);

INSERT INTO "pose_generator_projects" ("id", "userId", "projectName", "description", "createdAt", "updatedAt")
SELECT "id", "userId", "name", "description", "createdAt", "updatedAt" FROM "pose_generation_projects";

-- A pose generation could do without a project; now it cannot.
INSERT INTO "pose_generator_projects" ("id", "userId", "projectName", "updatedAt")
SELECT 'c' || left(md5('earlier poses of ' || owner."userId"), 24), owner."userId", 'Earlier poses', CURRENT_TIMESTAMP
FROM (SELECT DISTINCT "userId" FROM "pose_generations" WHERE "projectId" IS NULL) AS owner;

-- pose_generations ---------------------------------------------------------------------------------------------------
ALTER TABLE "pose_generations" DROP CONSTRAINT "pose_generations_projectId_fkey"; -- added again by 20251014
ALTER TABLE "pose_generations" RENAME COLUMN "totalPoses" TO "totalExpectedPoses";
ALTER TABLE "pose_generations" RENAME COLUMN "successfulPoses" TO "posesCompleted";
ALTER TABLE "pose_generations" RENAME COLUMN "failedPoses" TO "posesFailed";
ALTER TABLE "pose_generations" RENAME COLUMN "creditUsed" TO "creditCharged";
ALTER TABLE "pose_generations"
    ADD COLUMN "generationType" TEXT,
    ADD COLUMN "textPrompt" TEXT,
    ADD COLUMN "generatedPoseStructure" TEXT,
    ADD COLUMN "avatarAttributes" TEXT,
    ADD COLUMN "useBackgroundChanger" BOOLEAN NOT NULL DEFAULT false,
    ADD COLUMN "backgroundPrompt" TEXT,
    ADD COLUMN "backgroundMode" TEXT,
    ADD COLUMN "exportFormats" TEXT[],
    ADD COLUMN "creditRefunded" INTEGER NOT NULL DEFAULT 0,
    ADD COLUMN "queueJobId" TEXT,
    ADD COLUMN "errorMessage" TEXT,
    ADD COLUMN "startedAt" TIMESTAMP(3),
    ADD COLUMN "avgGenerationTime" DOUBLE PRECISION,
    ADD COLUMN "totalProcessingTime" DOUBLE PRECISION,
    ALTER COLUMN "batchSize" DROP DEFAULT,
    ALTER COLUMN "creditCharged" DROP DEFAULT,
    ALTER COLUMN "avatarId" DROP NOT NULL,
    ALTER COLUMN "selectedPoseIds" DROP NOT NULL,
    ALTER COLUMN "basePrompt" DROP NOT NULL,
    ALTER COLUMN "updatedAt" DROP NOT NULL;

UPDATE "pose_generations" AS generation
SET "generationType" = 'GALLERY_REFERENCE',
    "projectId" = coalesce("projectId", 'c' || left(md5('earlier poses of ' || "userId"), 24)),
    -- 20251014 adds a foreign key with ON DELETE SET NULL; nothing held the avatar in place until now.
    "avatarId" = (SELECT avatar."id" FROM "avatars" AS avatar WHERE avatar."id" = generation."avatarId");

ALTER TABLE "pose_generations"
    ALTER COLUMN "generationType" SET NOT NULL,
    ALTER COLUMN "projectId" SET NOT NULL;

-- generated_poses ----------------------------------------------------------------------------------------------------
ALTER TABLE "generated_poses" RENAME COLUMN "outputUrl" TO "outputImageUrl";
ALTER TABLE "generated_poses" RENAME COLUMN "prompt" TO "promptUsed";
ALTER TABLE "generated_poses" RENAME COLUMN "seed" TO "seedUsed";
ALTER TABLE "generated_poses"
    DROP CONSTRAINT "generated_poses_generationId_fkey",   -- added again by 20251014
    DROP CONSTRAINT "generated_poses_avatarId_fkey",       -- ON DELETE RESTRICT: no avatar with poses could be deleted
    DROP CONSTRAINT "generated_poses_poseTemplateId_fkey", -- unknown to the application
    DROP CONSTRAINT "generated_poses_productId_fkey",      -- unknown to the application
    ADD COLUMN "poseLibraryId" TEXT,
    ADD COLUMN "originalImageUrl" TEXT,
    ADD COLUMN "exportFormats" JSONB,
    ADD COLUMN "backgroundChanged" BOOLEAN NOT NULL DEFAULT false,
    ADD COLUMN "backgroundPrompt" TEXT,
    ADD COLUMN "controlnetWeight" DOUBLE PRECISION NOT NULL DEFAULT 0.75,
    ADD COLUMN "aiConfidenceScore" DOUBLE PRECISION,
    ADD COLUMN "isFavorite" BOOLEAN NOT NULL DEFAULT false,
    ADD COLUMN "downloadCount" INTEGER NOT NULL DEFAULT 0,
    ADD COLUMN "status" TEXT NOT NULL DEFAULT 'completed',
    ADD COLUMN "errorMessage" TEXT,
    ALTER COLUMN "generationTime" DROP NOT NULL,
    ALTER COLUMN "generationTime" DROP DEFAULT,
    ALTER COLUMN "generationTime" TYPE DOUBLE PRECISION,
    ALTER COLUMN "userId" DROP NOT NULL,
    ALTER COLUMN "avatarId" DROP NOT NULL,
    ALTER COLUMN "poseTemplateId" DROP NOT NULL,
    ALTER COLUMN "provider" DROP NOT NULL;

UPDATE "generated_poses"
SET "thumbnailUrl" = coalesce("thumbnailUrl", "outputImageUrl"),
    "exportFormats" = '{}',
    "status" = CASE WHEN "success" THEN 'completed' ELSE 'failed' END;

ALTER TABLE "generated_poses"
    ALTER COLUMN "thumbnailUrl" SET NOT NULL,
    ALTER COLUMN "exportFormats" SET NOT NULL;
