-- schema.prisma of branch main without avatar/persona tables, then 20251014_add_avatar_creator_complete; what that migration alone gives
create table "avatar_generations" (
  "id" text not null,
  "userId" text not null,
  "avatarId" text,
  "projectId" text not null,
  "status" text not null default 'pending'::text,
  "prompt" text not null,
  "options" text,
  "errorMessage" text,
  "createdAt" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  "completedAt" timestamp(3) without time zone,
  constraint "avatar_generations_pkey" primary key ("id")
);
create table "avatar_presets" (
  "id" text not null,
  "name" text not null,
  "previewImageUrl" text not null,
  "category" text not null,
  "personaTemplate" text not null,
  "visualAttributes" text not null,
  "generationPrompt" text not null,
  "isPublic" boolean not null default true,
  "usageCount" integer not null default 0,
  "createdAt" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  "updatedAt" timestamp(3) without time zone not null,
  constraint "avatar_presets_pkey" primary key ("id")
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
  "name" text not null,
  "baseImageUrl" text not null,
  "thumbnailUrl" text,
  "personaName" text,
  "personaAge" integer,
  "personaPersonality" text,
  "personaBackground" text,
  "gender" text,
  "ageRange" text,
  "ethnicity" text,
  "bodyType" text,
  "hairStyle" text,
  "hairColor" text,
  "eyeColor" text,
  "skinTone" text,
  "style" text,
  "sourceType" text not null,
  "generationPrompt" text,
  "seedUsed" integer,
  "usageCount" integer not null default 0,
  "lastUsedAt" timestamp(3) without time zone,
  "createdAt" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  "updatedAt" timestamp(3) without time zone not null,
  constraint "avatars_pkey" primary key ("id")
);
create table "generated_poses" (
  "id" text not null,
  "generationId" text not null,
  "poseLibraryId" text,
  "outputImageUrl" text not null,
  "thumbnailUrl" text not null,
  "originalImageUrl" text,
  "exportFormats" jsonb not null,
  "backgroundChanged" boolean not null default false,
  "backgroundPrompt" text,
  "promptUsed" text not null,
  "seedUsed" integer,
  "controlnetWeight" double precision not null default 0.75,
  "generationTime" double precision,
  "aiConfidenceScore" double precision,
  "isFavorite" boolean not null default false,
  "downloadCount" integer not null default 0,
  "status" text not null default 'completed'::text,
  "errorMessage" text,
  "createdAt" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  constraint "generated_poses_pkey" primary key ("id")
);
create table "persona_examples" (
  "id" text not null,
  "name" text not null,
  "category" text not null,
  "personaName" text not null,
  "personaAge" integer not null,
  "personaPersonality" text not null,
  "personaBackground" text not null,
  "suggestedAttributes" text,
  "displayOrder" integer not null default 0,
  "isActive" boolean not null default true,
  "createdAt" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  constraint "persona_examples_pkey" primary key ("id")
);
create table "pose_categories" (
  "id" text not null,
  "name" text not null,
  "displayName" text not null,
  "description" text,
  "slug" text not null,
  "parentId" text,
  "icon" text not null default 'folder'::text,
  "displayOrder" integer not null default 0,
  "color" text not null default '#3b82f6'::text,
  "poseCount" integer not null default 0,
  "isActive" boolean not null default true,
  "createdAt" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  "updatedAt" timestamp(3) without time zone not null,
  constraint "pose_categories_pkey" primary key ("id")
);
create table "pose_generations" (
  "id" text not null,
  "projectId" text not null,
  "userId" text not null,
  "generationType" text not null,
  "textPrompt" text,
  "generatedPoseStructure" text,
  "avatarId" text,
  "avatarAttributes" text,
  "batchSize" integer not null,
  "totalExpectedPoses" integer not null,
  "useBackgroundChanger" boolean not null default false,
  "backgroundPrompt" text,
  "backgroundMode" text,
  "exportFormats" text[],
  "status" text not null default 'pending'::text,
  "progress" integer not null default 0,
  "posesCompleted" integer not null default 0,
  "posesFailed" integer not null default 0,
  "creditCharged" integer not null,
  "creditRefunded" integer not null default 0,
  "queueJobId" text,
  "errorMessage" text,
  "createdAt" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  "startedAt" timestamp(3) without time zone,
  "completedAt" timestamp(3) without time zone,
  "avgGenerationTime" double precision,
  "totalProcessingTime" double precision,
  constraint "pose_generations_pkey" primary key ("id")
);
create table "pose_generator_projects" (
  "id" text not null,
  "userId" text not null,
  "projectName" text not null,
  "description" text,
  "avatarImageUrl" text,
  "avatarSource" text not null default 'upload'::text,
  "avatarId" text,
  "totalGenerations" integer not null default 0,
  "totalPosesGenerated" integer not null default 0,
  "status" text not null default 'active'::text,
  "createdAt" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  "updatedAt" timestamp(3) without time zone not null,
  constraint "pose_generator_projects_pkey" primary key ("id")
);
create table "pose_library" (
  "id" text not null,
  "name" text not null,
  "description" text,
  "categoryId" text not null,
  "previewImageUrl" text not null,
  "referenceImageUrl" text not null,
  "controlnetImageUrl" text not null,
  "thumbnailUrl" text,
  "difficulty" text not null default 'medium'::text,
  "genderSuitability" text not null default 'unisex'::text,
  "tags" text[],
  "sourceType" text not null default 'curated'::text,
  "sourceCredit" text,
  "licenseType" text not null default 'platform'::text,
  "usageCount" integer not null default 0,
  "favoriteCount" integer not null default 0,
  "ratingAvg" double precision not null default 0.0,
  "popularityScore" integer not null default 0,
  "isPublic" boolean not null default true,
  "isFeatured" boolean not null default false,
  "isPremium" boolean not null default false,
  "createdAt" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  "updatedAt" timestamp(3) without time zone not null,
  constraint "pose_library_pkey" primary key ("id")
);
create table "pose_requests" (
  "id" text not null,
  "userId" text not null,
  "poseName" text not null,
  "description" text not null,
  "referenceImageUrl" text,
  "categoryId" text,
  "useCase" text,
  "votesCount" integer not null default 0,
  "status" text not null default 'pending'::text,
  "adminNotes" text,
  "completedPoseId" text,
  "createdAt" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  "updatedAt" timestamp(3) without time zone not null,
  constraint "pose_requests_pkey" primary key ("id")
);
create table "pose_selections" (
  "id" text not null,
  "generationId" text not null,
  "poseLibraryId" text not null,
  "createdAt" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  constraint "pose_selections_pkey" primary key ("id")
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
  "unlimitedPoseActive" boolean default false,
  "unlimitedPoseDailyQuota" integer default 100,
  "unlimitedPoseQuotaUsed" integer default 0,
  "unlimitedPoseQuotaResetAt" timestamp without time zone,
  "unlimitedPoseExpiresAt" timestamp without time zone,
  constraint "users_pkey" primary key ("id")
);
create index "avatar_generations_avatarId_idx" on "avatar_generations" ("avatarId");
create index "avatar_generations_projectId_createdAt_idx" on "avatar_generations" ("projectId", "createdAt" DESC);
create index "avatar_generations_projectId_idx" on "avatar_generations" ("projectId");
create index "avatar_generations_status_createdAt_idx" on "avatar_generations" ("status", "createdAt");
create index "avatar_generations_status_idx" on "avatar_generations" ("status");
create index "avatar_generations_userId_createdAt_idx" on "avatar_generations" ("userId", "createdAt" DESC);
create index "avatar_generations_userId_idx" on "avatar_generations" ("userId");
create index "avatar_generations_userId_status_idx" on "avatar_generations" ("userId", "status");
create index "avatar_presets_category_idx" on "avatar_presets" ("category");
create index "avatar_presets_category_isPublic_idx" on "avatar_presets" ("category", "isPublic");
create index "avatar_presets_isPublic_idx" on "avatar_presets" ("isPublic");
create index "avatar_presets_usageCount_idx" on "avatar_presets" ("usageCount" DESC);
create index "avatar_projects_userId_createdAt_idx" on "avatar_projects" ("userId", "createdAt" DESC);
create index "avatar_projects_userId_idx" on "avatar_projects" ("userId");
create index "avatar_projects_userId_updatedAt_idx" on "avatar_projects" ("userId", "updatedAt" DESC);
create index "avatar_usage_history_appId_createdAt_idx" on "avatar_usage_history" ("appId", "createdAt");
create index "avatar_usage_history_appId_idx" on "avatar_usage_history" ("appId");
create index "avatar_usage_history_avatarId_createdAt_idx" on "avatar_usage_history" ("avatarId", "createdAt" DESC);
create index "avatar_usage_history_avatarId_idx" on "avatar_usage_history" ("avatarId");
create index "avatar_usage_history_referenceId_referenceType_idx" on "avatar_usage_history" ("referenceId", "referenceType");
create index "avatar_usage_history_userId_createdAt_idx" on "avatar_usage_history" ("userId", "createdAt" DESC);
create index "avatar_usage_history_userId_idx" on "avatar_usage_history" ("userId");
create index "avatars_projectId_idx" on "avatars" ("projectId");
create index "avatars_sourceType_idx" on "avatars" ("sourceType");
create index "avatars_userId_createdAt_idx" on "avatars" ("userId", "createdAt" DESC);
create index "avatars_userId_idx" on "avatars" ("userId");
create index "avatars_userId_lastUsedAt_idx" on "avatars" ("userId", "lastUsedAt" DESC);
create index "avatars_userId_usageCount_idx" on "avatars" ("userId", "usageCount" DESC);
create index "generated_poses_generationId_idx" on "generated_poses" ("generationId");
create index "generated_poses_isFavorite_idx" on "generated_poses" ("isFavorite");
create index "generated_poses_poseLibraryId_idx" on "generated_poses" ("poseLibraryId");
create index "generated_poses_status_idx" on "generated_poses" ("status");
create index "persona_examples_category_idx" on "persona_examples" ("category");
create index "persona_examples_category_isActive_displayOrder_idx" on "persona_examples" ("category", "isActive", "displayOrder");
create index "persona_examples_isActive_idx" on "persona_examples" ("isActive");
create index "pose_categories_isActive_displayOrder_idx" on "pose_categories" ("isActive", "displayOrder");
create index "pose_categories_parentId_idx" on "pose_categories" ("parentId");
create index "pose_categories_slug_idx" on "pose_categories" ("slug");
create unique index "pose_categories_slug_key" on "pose_categories" ("slug");
create index "pose_generations_projectId_idx" on "pose_generations" ("projectId");
create index "pose_generations_queueJobId_idx" on "pose_generations" ("queueJobId");
create index "pose_generations_status_createdAt_idx" on "pose_generations" ("status", "createdAt");
create index "pose_generations_status_createdAt_queueJobId_idx" on "pose_generations" ("status", "createdAt", "queueJobId");
create index "pose_generations_userId_createdAt_idx" on "pose_generations" ("userId", "createdAt" DESC);
create index "pose_generations_userId_idx" on "pose_generations" ("userId");
create index "pose_generator_projects_avatarId_idx" on "pose_generator_projects" ("avatarId");
create index "pose_generator_projects_status_idx" on "pose_generator_projects" ("status");
create index "pose_generator_projects_userId_idx" on "pose_generator_projects" ("userId");
create index "pose_generator_projects_userId_updatedAt_idx" on "pose_generator_projects" ("userId", "updatedAt" DESC);
create index "pose_library_categoryId_idx" on "pose_library" ("categoryId");
create index "pose_library_difficulty_idx" on "pose_library" ("difficulty");
create index "pose_library_isFeatured_usageCount_idx" on "pose_library" ("isFeatured", "usageCount" DESC);
create index "pose_library_isPublic_popularityScore_idx" on "pose_library" ("isPublic", "popularityScore");
create index "pose_library_tags_idx" on "pose_library" using gin ("tags");
create index "pose_requests_status_idx" on "pose_requests" ("status");
create index "pose_requests_status_votesCount_idx" on "pose_requests" ("status", "votesCount" DESC);
create index "pose_requests_userId_idx" on "pose_requests" ("userId");
create index "pose_requests_votesCount_idx" on "pose_requests" ("votesCount" DESC);
create index "pose_selections_generationId_idx" on "pose_selections" ("generationId");
create unique index "pose_selections_generationId_poseLibraryId_key" on "pose_selections" ("generationId", "poseLibraryId");
create index "pose_selections_poseLibraryId_idx" on "pose_selections" ("poseLibraryId");
create unique index "users_email_key" on "users" ("email");
alter table "avatar_usage_history" add constraint "avatar_usage_history_avatarId_fkey" foreign key ("avatarId") references "avatars" ("id") on delete cascade;
alter table "avatars" add constraint "avatars_projectId_fkey" foreign key ("projectId") references "avatar_projects" ("id") on delete cascade;
alter table "generated_poses" add constraint "generated_poses_generationId_fkey" foreign key ("generationId") references "pose_generations" ("id") on delete cascade;
alter table "generated_poses" add constraint "generated_poses_poseLibraryId_fkey" foreign key ("poseLibraryId") references "pose_library" ("id") on delete set null;
alter table "pose_categories" add constraint "pose_categories_parentId_fkey" foreign key ("parentId") references "pose_categories" ("id") on delete cascade;
alter table "pose_generations" add constraint "pose_generations_avatarId_fkey" foreign key ("avatarId") references "avatars" ("id") on delete set null;
alter table "pose_generations" add constraint "pose_generations_projectId_fkey" foreign key ("projectId") references "pose_generator_projects" ("id") on delete cascade;
alter table "pose_generations" add constraint "pose_generations_userId_fkey" foreign key ("userId") references "users" ("id") on delete cascade;
alter table "pose_generator_projects" add constraint "pose_generator_projects_avatarId_fkey" foreign key ("avatarId") references "avatars" ("id") on delete set null;
alter table "pose_generator_projects" add constraint "pose_generator_projects_userId_fkey" foreign key ("userId") references "users" ("id") on delete cascade;
alter table "pose_library" add constraint "pose_library_categoryId_fkey" foreign key ("categoryId") references "pose_categories" ("id") on delete restrict;
alter table "pose_requests" add constraint "pose_requests_categoryId_fkey" foreign key ("categoryId") references "pose_categories" ("id") on delete set null;
alter table "pose_requests" add constraint "pose_requests_userId_fkey" foreign key ("userId") references "users" ("id") on delete cascade;
alter table "pose_selections" add constraint "pose_selections_generationId_fkey" foreign key ("generationId") references "pose_generations" ("id") on delete cascade;
alter table "pose_selections" add constraint "pose_selections_poseLibraryId_fkey" foreign key ("poseLibraryId") references "pose_library" ("id") on delete cascade;
