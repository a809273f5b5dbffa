-- schema.prisma (2025-10-12) as db push would leave it; reproduces every symptom the documents report; a reconstruction, not a dump
create table "brand_kits" ("id" text primary key);
create table "products" ("id" text primary key);
create table "ai_models" (
  "id" text not null,
  "appId" text not null,
  "modelId" text not null,
  "modelKey" text not null,
  "name" text not null,
  "description" text,
  "provider" text not null,
  "tier" text not null,
  "enabled" boolean not null default true,
  "beta" boolean not null default false,
  "creditCost" integer not null,
  "creditPerSecond" double precision,
  "creditPerPixel" double precision,
  "quotaCost" integer not null default 1,
  "capabilities" text,
  "totalUsage" integer not null default 0,
  "createdAt" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  "updatedAt" timestamp(3) without time zone not null,
  constraint "ai_models_pkey" primary key ("id")
);
create table "avatar_generations" (
  "id" text not null,
  "userId" text not null,
  "poseTemplateId" text not null,
  "inputImageUrl" text not null,
  "outputImageUrl" text,
  "quality" text not null default 'sd'::text,
  "status" text not null default 'pending'::text,
  "errorMessage" text,
  "creditUsed" integer not null default 5,
  "createdAt" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  "completedAt" timestamp(3) without time zone,
  constraint "avatar_generations_pkey" primary key ("id")
);
create table "avatar_projects" (
  "id" text not null,
  "userId" text not null,
  "name" text not null,
  "description" text,
  "createdAt" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  "updatedAt" timestamp(3) without time zone not null,
  constraint "avatar_projects_pkey" primary key ("id")
);
create table "avatar_usage_history" (
  "id" text not null,
  "avatarId" text not null,
  "userId" text not null,
  "appId" text not null,
  "appName" text not null,
  "action" text not null,
  "referenceId" text,
  "referenceType" text,
  "metadata" text,
  "createdAt" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  constraint "avatar_usage_history_pkey" primary key ("id")
);
create table "avatars" (
  "id" text not null,
  "userId" text not null,
  "projectId" text not null,
  "brandKitId" text,
  "name" text not null,
  "baseImageUrl" text not null,
  "thumbnailUrl" text,
  "gender" text,
  "ageRange" text,
  "style" text,
  "ethnicity" text,
  "bodyType" text,
  "generationPrompt" text,
  "faceEmbedding" text,
  "sourceType" text not null,
  "usageCount" integer not null default 0,
  "lastUsedAt" timestamp(3) without time zone,
  "createdAt" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  "updatedAt" timestamp(3) without time zone not null,
  constraint "avatars_pkey" primary key ("id")
);
create table "credits" (
  "id" text not null,
  "userId" text not null,
  "amount" integer not null,
  "balance" integer not null,
  "type" text not null,
  "description" text,
  "referenceId" text,
  "referenceType" text,
  "paymentId" text,
  "createdAt" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  constraint "credits_pkey" primary key ("id")
);
create table "generated_poses" (
  "id" text not null,
  "generationId" text not null,
  "userId" text not null,
  "avatarId" text not null,
  "productId" text,
  "poseTemplateId" text not null,
  "prompt" text not null,
  "negativePrompt" text,
  "controlnetImage" text,
  "outputUrl" text not null,
  "thumbnailUrl" text,
  "success" boolean not null default true,
  "qualityScore" double precision,
  "generationTime" integer not null default 0,
  "provider" text not null,
  "providerJobId" text,
  "seed" integer,
  "exported" boolean not null default false,
  "exportCount" integer not null default 0,
  "usedInPosters" integer not null default 0,
  "userRating" integer,
  "createdAt" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  constraint "generated_poses_pkey" primary key ("id")
);
create table "pose_generation_projects" (
  "id" text not null,
  "userId" text not null,
  "name" text not null,
  "description" text,
  "createdAt" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  "updatedAt" timestamp(3) without time zone not null,
  constraint "pose_generation_projects_pkey" primary key ("id")
);
create table "pose_generations" (
  "id" text not null,
  "projectId" text,
  "userId" text not null,
  "avatarId" text not null,
  "totalPoses" integer not null,
  "selectedPoseIds" text not null,
  "batchSize" integer not null default 10,
  "quality" text not null default 'sd'::text,
  "fashionSettings" text,
  "backgroundSettings" text,
  "professionTheme" text,
  "provider" text not null default 'modelslab'::text,
  "modelId" text not null default 'controlnet-sd15'::text,
  "basePrompt" text not null,
  "negativePrompt" text,
  "status" text not null default 'pending'::text,
  "progress" integer not null default 0,
  "successfulPoses" integer not null default 0,
  "failedPoses" integer not null default 0,
  "creditUsed" integer not null default 0,
  "outputFolder" text,
  "createdAt" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  "updatedAt" timestamp(3) without time zone not null,
  "completedAt" timestamp(3) without time zone,
  constraint "pose_generations_pkey" primary key ("id")
);
create table "pose_templates" (
  "id" text not null,
  "category" text not null,
  "subcategory" text,
  "keypointsJson" text not null,
  "previewUrl" text not null,
  "difficulty" text not null,
  "tags" text not null,
  "description" text,
  "usageCount" integer not null default 0,
  "successRate" double precision not null default 0.95,
  "avgQualityScore" double precision not null default 0.85,
  "gender" text,
  "productPlacement" text,
  "fashionCategory" text,
  "sceneType" text,
  "professionTheme" text,
  "isActive" boolean not null default true,
  "createdAt" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  "updatedAt" timestamp(3) without time zone not null,
  constraint "pose_templates_pkey" primary key ("id")
);
create table "users" (
  "id" text not null,
  "email" text not null,
  "password" text not null,
  "name" text,
  "role" text not null default 'user'::text,
  "storageQuota" integer not null default 1073741824,
  "storageUsed" integer not null default 0,
  "accountType" text not null default 'payg'::text,
  "subscriptionTier" text not null default 'free'::text,
  "userTags" text,
  "createdAt" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  "updatedAt" timestamp(3) without time zone not null,
  constraint "users_pkey" primary key ("id")
);
create index "ai_models_appId_idx" on "ai_models" ("appId");
create unique index "ai_models_appId_modelId_key" on "ai_models" ("appId", "modelId");
create index "ai_models_enabled_idx" on "ai_models" ("enabled");
create unique index "ai_models_modelKey_key" on "ai_models" ("modelKey");
create index "ai_models_tier_idx" on "ai_models" ("tier");
create index "avatar_generations_createdAt_idx" on "avatar_generations" ("createdAt");
create index "avatar_generations_status_idx" on "avatar_generations" ("status");
create index "avatar_generations_userId_idx" on "avatar_generations" ("userId");
create index "avatar_projects_userId_idx" on "avatar_projects" ("userId");
create index "avatar_usage_history_appId_idx" on "avatar_usage_history" ("appId");
create index "avatar_usage_history_avatarId_idx" on "avatar_usage_history" ("avatarId");
create index "avatar_usage_history_createdAt_idx" on "avatar_usage_history" ("createdAt");
create index "avatar_usage_history_userId_idx" on "avatar_usage_history" ("userId");
create index "avatars_brandKitId_idx" on "avatars" ("brandKitId");
create index "avatars_projectId_idx" on "avatars" ("projectId");
create index "avatars_userId_idx" on "avatars" ("userId");
create index "credits_userId_idx" on "credits" ("userId");
create index "generated_poses_generationId_idx" on "generated_poses" ("generationId");
create index "generated_poses_poseTemplateId_success_idx" on "generated_poses" ("poseTemplateId", "success");
create index "generated_poses_userId_createdAt_idx" on "generated_poses" ("userId", "createdAt");
create index "pose_generation_projects_userId_idx" on "pose_generation_projects" ("userId");
create index "pose_generations_projectId_idx" on "pose_generations" ("projectId");
create index "pose_generations_status_idx" on "pose_generations" ("status");
create index "pose_generations_userId_idx" on "pose_generations" ("userId");
create index "pose_templates_category_isActive_idx" on "pose_templates" ("category", "isActive");
create index "pose_templates_fashionCategory_idx" on "pose_templates" ("fashionCategory");
create index "pose_templates_sceneType_idx" on "pose_templates" ("sceneType");
create index "pose_templates_successRate_idx" on "pose_templates" ("successRate");
create unique index "users_email_key" on "users" ("email");
alter table "avatar_usage_history" add constraint "avatar_usage_history_avatarId_fkey" foreign key ("avatarId") references "avatars" ("id") on delete cascade;
alter table "avatars" add constraint "avatars_brandKitId_fkey" foreign key ("brandKitId") references "brand_kits" ("id") on delete set null;
alter table "avatars" add constraint "avatars_projectId_fkey" foreign key ("projectId") references "avatar_projects" ("id") on delete cascade;
alter table "avatars" add constraint "avatars_userId_fkey" foreign key ("userId") references "users" ("id") on delete cascade;
alter table "credits" add constraint "credits_userId_fkey" foreign key ("userId") references "users" ("id") on delete cascade;
alter table "generated_poses" add constraint "generated_poses_avatarId_fkey" foreign key ("avatarId") references "avatars" ("id") on delete restrict;
alter table "generated_poses" add constraint "generated_poses_generationId_fkey" foreign key ("generationId") references "pose_generations" ("id") on delete cascade;
alter table "generated_poses" add constraint "generated_poses_poseTemplateId_fkey" foreign key ("poseTemplateId") references "pose_templates" ("id") on delete restrict;
alter table "generated_poses" add constraint "generated_poses_productId_fkey" foreign key ("productId") references "products" ("id") on delete set null;
alter table "pose_generations" add constraint "pose_generations_projectId_fkey" foreign key ("projectId") references "pose_generation_projects" ("id") on delete cascade;
