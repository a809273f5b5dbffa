-- Avatars and poses as of 2025-10-12: one avatar has one base image, poses are made from templates.

CREATE TABLE "avatar_projects" (
    "id" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,
    CONSTRAINT "avatar_projects_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "avatar_projects_userId_idx" ON "avatar_projects" ("userId");

CREATE TABLE "avatars" (
    "id" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "projectId" TEXT NOT NULL,
    "brandKitId" TEXT,
    "name" TEXT NOT NULL,
    "baseImageUrl" TEXT NOT NULL,
    "thumbnailUrl" TEXT,
    "gender" TEXT,
    "ageRange" TEXT,
    "style" TEXT,
    "ethnicity" TEXT,
    "bodyType" TEXT,
    "generationPrompt" TEXT,
    "faceEmbedding" TEXT,
    "sourceType" TEXT NOT NULL,
    "usageCount" INTEGER NOT NULL DEFAULT 0,
    "lastUsedAt" TIMESTAMP(3),
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,
    CONSTRAINT "avatars_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "avatars_brandKitId_idx" ON "avatars" ("brandKitId");
CREATE INDEX "avatars_projectId_idx" ON "avatars" ("projectId");
CREATE INDEX "avatars_userId_idx" ON "avatars" ("userId");
ALTER TABLE "avatars" ADD CONSTRAINT "avatars_brandKitId_fkey" FOREIGN KEY ("brandKitId")
    REFERENCES "brand_kits" ("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "avatars" ADD CONSTRAINT "avatars_projectId_fkey" FOREIGN KEY ("projectId")
    REFERENCES "avatar_projects" ("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "avatars" ADD CONSTRAINT "avatars_userId_fkey" FOREIGN KEY ("userId")
    REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "avatar_generations" (
    "id" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "poseTemplateId" TEXT NOT NULL,
    "inputImageUrl" TEXT NOT NULL,
    "outputImageUrl" TEXT,
    "quality" TEXT NOT NULL DEFAULT 'sd',
    "status" TEXT NOT NULL DEFAULT 'pending',
    "errorMessage" TEXT,
    "creditUsed" INTEGER NOT NULL DEFAULT 5,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "completedAt" TIMESTAMP(3),
    CONSTRAINT "avatar_generations_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "avatar_generations_createdAt_idx" ON "avatar_generations" ("createdAt");
CREATE INDEX "avatar_generations_status_idx" ON "avatar_generations" ("status");
CREATE INDEX "avatar_generations_userId_idx" ON "avatar_generations" ("userId");

CREATE TABLE "avatar_usage_history" (
    "id" TEXT NOT NULL,
    "avatarId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "appId" TEXT NOT NULL,
    "appName" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "referenceId" TEXT,
    "referenceType" TEXT,
    "metadata" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "avatar_usage_history_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "avatar_usage_history_appId_idx" ON "avatar_usage_history" ("appId");
CREATE INDEX "avatar_usage_history_avatarId_idx" ON "avatar_usage_history" ("avatarId");
CREATE INDEX "avatar_usage_history_createdAt_idx" ON "avatar_usage_history" ("createdAt");
CREATE INDEX "avatar_usage_history_userId_idx" ON "avatar_usage_history" ("userId");
ALTER TABLE "avatar_usage_history" ADD CONSTRAINT "avatar_usage_history_avatarId_fkey" FOREIGN KEY ("avatarId")
    REFERENCES "avatars" ("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "pose_templates" (
    "id" TEXT NOT NULL,
    "category" TEXT NOT NULL,
    "subcategory" TEXT,
    "keypointsJson" TEXT NOT NULL,
    "previewUrl" TEXT NOT NULL,
    "difficulty" TEXT NOT NULL,
    "tags" TEXT NOT NULL,
    "description" TEXT,
    "usageCount" INTEGER NOT NULL DEFAULT 0,
    "successRate" DOUBLE PRECISION NOT NULL DEFAULT 0.95,
    "avgQualityScore" DOUBLE PRECISION NOT NULL DEFAULT 0.85,
    "gender" TEXT,
    "productPlacement" TEXT,
    "fashionCategory" TEXT,
    "sceneType" TEXT,
    "professionTheme" TEXT,
    "isActive" BOOLEAN NOT NULL DEFAULT true,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,
    CONSTRAINT "pose_templates_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "pose_templates_category_isActive_idx" ON "pose_templates" ("category", "isActive");
CREATE INDEX "pose_templates_fashionCategory_idx" ON "pose_templates" ("fashionCategory");
CREATE INDEX "pose_templates_sceneType_idx" ON "pose_templates" ("sceneType");
CREATE INDEX "pose_templates_successRate_idx" ON "pose_templates" ("successRate");

CREATE TABLE "pose_generation_projects" (
    "id" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,
    CONSTRAINT "pose_generation_projects_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "pose_generation_projects_userId_idx" ON "pose_generation_projects" ("userId");

CREATE TABLE "pose_generations" (
    "id" TEXT NOT NULL,
    "projectId" TEXT,
    "userId" TEXT NOT NULL,
    "avatarId" TEXT NOT NULL,
    "totalPoses" INTEGER NOT NULL,
    "selectedPoseIds" TEXT NOT NULL,
    "batchSize" INTEGER NOT NULL DEFAULT 10,
    "quality" TEXT NOT NULL DEFAULT 'sd',
    "fashionSettings" TEXT,
    "backgroundSettings" TEXT,
    "professionTheme" TEXT,
    "provider" TEXT NOT NULL DEFAULT 'modelslab',
    "modelId" TEXT NOT NULL DEFAULT 'controlnet-sd15',
    "basePrompt" TEXT NOT NULL,
    "negativePrompt" TEXT,
    "status" TEXT NOT NULL DEFAULT 'pending',
    "progress" INTEGER NOT NULL DEFAULT 0,
    "successfulPoses" INTEGER NOT NULL DEFAULT 0,
    "failedPoses" INTEGER NOT NULL DEFAULT 0,
    "creditUsed" INTEGER NOT NULL DEFAULT 0,
    "outputFolder" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,
    "completedAt" TIMESTAMP(3),
    CONSTRAINT "pose_generations_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "pose_generations_projectId_idx" ON "pose_generations" ("projectId");
CREATE INDEX "pose_generations_status_idx" ON "pose_generations" ("status");
CREATE INDEX "pose_generations_userId_idx" ON "pose_generations" ("userId");
ALTER TABLE "pose_generations" ADD CONSTRAINT "pose_generations_projectId_fkey" FOREIGN KEY ("projectId")
    REFERENCES "pose_generation_projects" ("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "generated_poses" (
    "id" TEXT NOT NULL,
    "generationId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "avatarId" TEXT NOT NULL,
    "productId" TEXT,
    "poseTemplateId" TEXT NOT NULL,
    "prompt" TEXT NOT NULL,
    "negativePrompt" TEXT,
    "controlnetImage" TEXT,
    "outputUrl" TEXT NOT NULL,
    "thumbnailUrl" TEXT,
    "success" BOOLEAN NOT NULL DEFAULT true,
    "qualityScore" DOUBLE PRECISION,
    "generationTime" INTEGER NOT NULL DEFAULT 0,
    "provider" TEXT NOT NULL,
    "providerJobId" TEXT,
    "seed" INTEGER,
    "exported" BOOLEAN NOT NULL DEFAULT false,
    "exportCount" INTEGER NOT NULL DEFAULT 0,
    "usedInPosters" INTEGER NOT NULL DEFAULT 0,
    "userRating" INTEGER,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "generated_poses_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "generated_poses_generationId_idx" ON "generated_poses" ("generationId");
CREATE INDEX "generated_poses_poseTemplateId_success_idx" ON "generated_poses" ("poseTemplateId", "success");
CREATE INDEX "generated_poses_userId_createdAt_idx" ON "generated_poses" ("userId", "createdAt");
ALTER TABLE "generated_poses" ADD CONSTRAINT "generated_poses_avatarId_fkey" FOREIGN KEY ("avatarId")
    REFERENCES "avatars" ("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "generated_poses" ADD CONSTRAINT "generated_poses_generationId_fkey" FOREIGN KEY ("generationId")
    REFERENCES "pose_generations" ("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "generated_poses" ADD CONSTRAINT "generated_poses_poseTemplateId_fkey" FOREIGN KEY ("poseTemplateId")
    REFERENCES "pose_templates" ("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "generated_poses" ADD CONSTRAINT "generated_poses_productId_fkey" FOREIGN KEY ("productId")
    REFERENCES "products" ("id") ON DELETE SET NULL ON UPDATE CASCADE;
