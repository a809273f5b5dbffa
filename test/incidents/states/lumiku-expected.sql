-- DDL the Prisma schema engine (6.19 wasm) emits for schema.prisma at the commit, applied to empty PG15
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
create table "app_usages" (
  "id" text not null,
  "userId" text not null,
  "appId" text not null,
  "action" text not null,
  "creditUsed" integer not null,
  "metadata" text,
  "createdAt" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  constraint "app_usages_pkey" primary key ("id")
);
create table "apps" (
  "id" text not null,
  "appId" text not null,
  "name" text not null,
  "description" text,
  "icon" text not null,
  "enabled" boolean not null default true,
  "beta" boolean not null default false,
  "comingSoon" boolean not null default false,
  "creditCostBase" integer not null default 1,
  "requiresSubscription" boolean not null default false,
  "minSubscriptionTier" text,
  "version" text not null default '1.0.0'::text,
  "totalUsage" integer not null default 0,
  "activeUsers" integer not null default 0,
  "dashboardOrder" integer not null default 0,
  "dashboardColor" text not null default 'blue'::text,
  "createdAt" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  "updatedAt" timestamp(3) without time zone not null,
  constraint "apps_pkey" primary key ("id")
);
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
create table "background_removal_batches" (
  "id" text not null,
  "userId" text not null,
  "batchId" text not null,
  "status" text not null default 'pending'::text,
  "totalImages" integer not null,
  "processedImages" integer not null default 0,
  "failedImages" integer not null default 0,
  "tier" text not null,
  "totalCredits" integer not null,
  "discountPercentage" double precision not null default 0,
  "originalPrice" integer not null,
  "finalPrice" integer not null,
  "zipUrl" text,
  "zipSize" integer,
  "zipGenerated" boolean not null default false,
  "progressPercentage" double precision not null default 0,
  "estimatedTimeMs" integer,
  "processingTimeMs" integer,
  "notificationSent" boolean not null default false,
  "emailSentAt" timestamp(3) without time zone,
  "errorMessage" text,
  "createdAt" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  "startedAt" timestamp(3) without time zone,
  "completedAt" timestamp(3) without time zone,
  constraint "background_removal_batches_pkey" primary key ("id")
);
create table "background_removal_jobs" (
  "id" text not null,
  "userId" text not null,
  "batchId" text,
  "itemIndex" integer,
  "status" text not null default 'pending'::text,
  "originalUrl" text not null,
  "processedUrl" text,
  "thumbnailUrl" text,
  "originalSize" integer,
  "processedSize" integer,
  "tier" text not null,
  "aiProvider" text,
  "modelName" text,
  "creditsUsed" integer not null,
  "pricingType" text not null default 'credit'::text,
  "processingTime" integer,
  "errorMessage" text,
  "retryCount" integer not null default 0,
  "metadata" text,
  "createdAt" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  "startedAt" timestamp(3) without time zone,
  "completedAt" timestamp(3) without time zone,
  constraint "background_removal_jobs_pkey" primary key ("id")
);
create table "background_remover_subscription_usage" (
  "id" text not null,
  "subscriptionId" text not null,
  "userId" text not null,
  "date" text not null,
  "tier" text not null,
  "removalsCount" integer not null default 0,
  "totalCreditsEquivalent" integer not null default 0,
  "createdAt" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  "updatedAt" timestamp(3) without time zone not null,
  constraint "background_remover_subscription_usage_pkey" primary key ("id")
);
create table "background_remover_subscriptions" (
  "id" text not null,
  "userId" text not null,
  "plan" text not null,
  "status" text not null default 'active'::text,
  "monthlyPrice" integer not null,
  "dailyQuota" integer not null,
  "professionalDailyQuota" integer not null,
  "allowedTiers" text[],
  "subscribedAt" timestamp(3) without time zone not null,
  "currentPeriodEnd" timestamp(3) without time zone not null,
  "nextBillingDate" timestamp(3) without time zone,
  "cancelledAt" timestamp(3) without time zone,
  "cancelReason" text,
  "autoRenew" boolean not null default true,
  "lastPaymentId" text,
  "paymentMethod" text,
  "createdAt" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  "updatedAt" timestamp(3) without time zone not null,
  constraint "background_remover_subscriptions_pkey" primary key ("id")
);
create table "carousel_generations" (
  "id" text not null,
  "projectId" text not null,
  "userId" text not null,
  "status" text not null default 'pending'::text,
  "numSlides" integer not null,
  "numSetsGenerated" integer not null,
  "creditUsed" integer not null,
  "textVariationAlgo" text default 'sequential'::text,
  "textVariationSettings" text,
  "outputPath" text,
  "outputPaths" text,
  "errorMessage" text,
  "createdAt" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  "completedAt" timestamp(3) without time zone,
  constraint "carousel_generations_pkey" primary key ("id")
);
create table "carousel_position_settings" (
  "id" text not null,
  "projectId" text not null,
  "slidePosition" integer not null,
  "fontFamily" text not null default 'Inter'::text,
  "fontSize" integer not null default 32,
  "fontSizePercent" double precision not null default 4.5,
  "fontColor" text not null default '#FFFFFF'::text,
  "fontWeight" integer not null default 700,
  "backgroundColor" text not null default 'rgba(0, 0, 0, 0.5)'::text,
  "textPosition" text not null default 'center'::text,
  "textAlignment" text not null default 'center'::text,
  "positionX" integer not null default 50,
  "positionY" integer not null default 50,
  "textShadow" text,
  "textOutline" text,
  "paddingData" text,
  "createdAt" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  "updatedAt" timestamp(3) without time zone not null,
  constraint "carousel_position_settings_pkey" primary key ("id")
);
create table "carousel_projects" (
  "id" text not null,
  "userId" text not null,
  "name" text not null,
  "description" text,
  "defaultNumSlides" integer not null default 4,
  "createdAt" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  "updatedAt" timestamp(3) without time zone not null,
  constraint "carousel_projects_pkey" primary key ("id")
);
create table "carousel_slides" (
  "id" text not null,
  "projectId" text not null,
  "slidePosition" integer not null default 1,
  "fileName" text not null,
  "filePath" text not null,
  "fileType" text not null,
  "fileSize" integer not null,
  "width" integer,
  "height" integer,
  "thumbnail" text,
  "order" integer not null,
  "createdAt" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  constraint "carousel_slides_pkey" primary key ("id")
);
create table "carousel_texts" (
  "id" text not null,
  "projectId" text not null,
  "slidePosition" integer not null default 1,
  "content" text not null,
  "order" integer not null,
  "createdAt" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  constraint "carousel_texts_pkey" primary key ("id")
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
create table "devices" (
  "id" text not null,
  "userId" text not null,
  "deviceId" text not null,
  "deviceName" text not null,
  "deviceType" text not null,
  "browser" text,
  "os" text,
  "ipAddress" text,
  "userAgent" text,
  "lastActive" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  "createdAt" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  constraint "devices_pkey" primary key ("id")
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
  "variationKey" text,
  "createdAt" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  constraint "generated_poses_pkey" primary key ("id")
);
create table "looping_flow_audio_layers" (
  "id" text not null,
  "generationId" text not null,
  "layerIndex" integer not null,
  "fileName" text not null,
  "filePath" text not null,
  "fileSize" integer not null,
  "duration" double precision not null,
  "volume" double precision not null default 100,
  "muted" boolean not null default false,
  "fadeIn" double precision not null default 0,
  "fadeOut" double precision not null default 0,
  "createdAt" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  constraint "looping_flow_audio_layers_pkey" primary key ("id")
);
create table "looping_flow_generations" (
  "id" text not null,
  "projectId" text not null,
  "userId" text not null,
  "videoId" text not null,
  "targetDuration" integer not null,
  "creditUsed" integer not null,
  "status" text not null default 'pending'::text,
  "outputPath" text,
  "errorMessage" text,
  "createdAt" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  "completedAt" timestamp(3) without time zone,
  "loopStyle" text not null default 'crossfade'::text,
  "crossfadeDuration" double precision not null default 1.0,
  "audioCrossfade" boolean not null default true,
  "videoCrossfade" boolean not null default true,
  "audioLayers" text,
  "masterVolume" double precision not null default 100,
  "audioFadeIn" double precision not null default 2.0,
  "audioFadeOut" double precision not null default 2.0,
  "muteOriginal" boolean not null default false,
  constraint "looping_flow_generations_pkey" primary key ("id")
);
create table "looping_flow_projects" (
  "id" text not null,
  "userId" text not null,
  "name" text not null,
  "description" text,
  "createdAt" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  "updatedAt" timestamp(3) without time zone not null,
  constraint "looping_flow_projects_pkey" primary key ("id")
);
create table "looping_flow_videos" (
  "id" text not null,
  "projectId" text not null,
  "fileName" text not null,
  "filePath" text not null,
  "fileSize" integer not null,
  "duration" double precision not null,
  "mimeType" text not null,
  "createdAt" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  constraint "looping_flow_videos_pkey" primary key ("id")
);
create table "model_usages" (
  "id" text not null,
  "userId" text not null,
  "appId" text not null,
  "modelKey" text not null,
  "usageType" text not null,
  "creditUsed" integer,
  "quotaUsed" integer,
  "action" text not null,
  "metadata" text,
  "createdAt" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  constraint "model_usages_pkey" primary key ("id")
);
create table "payments" (
  "id" text not null,
  "userId" text not null,
  "merchantOrderId" text not null,
  "reference" text not null,
  "amount" double precision not null,
  "creditAmount" integer not null,
  "status" text not null,
  "paymentMethod" text,
  "paymentUrl" text,
  "duitkuData" text,
  "createdAt" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  "updatedAt" timestamp(3) without time zone not null,
  constraint "payments_pkey" primary key ("id")
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
  "recoveryAttempts" integer not null default 0,
  "lastRecoveryAt" timestamp(3) without time zone,
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
create table "quota_usages" (
  "id" text not null,
  "userId" text not null,
  "quotaType" text not null,
  "period" text not null,
  "usageCount" integer not null default 0,
  "quotaLimit" integer not null,
  "modelBreakdown" text,
  "resetAt" timestamp(3) without time zone not null,
  "createdAt" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  "updatedAt" timestamp(3) without time zone not null,
  constraint "quota_usages_pkey" primary key ("id")
);
create table "sessions" (
  "id" text not null,
  "userId" text not null,
  "token" text not null,
  "expiresAt" timestamp(3) without time zone not null,
  "createdAt" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  constraint "sessions_pkey" primary key ("id")
);
create table "subscription_plans" (
  "id" text not null,
  "planId" text not null,
  "tier" text not null,
  "name" text not null,
  "description" text,
  "price" double precision not null,
  "billingCycle" text not null,
  "dailyQuota" integer not null,
  "monthlyQuota" integer,
  "maxModelTier" text not null,
  "features" text,
  "isActive" boolean not null default true,
  "displayOrder" integer not null default 0,
  "createdAt" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  "updatedAt" timestamp(3) without time zone not null,
  constraint "subscription_plans_pkey" primary key ("id")
);
create table "subscriptions" (
  "id" text not null,
  "userId" text not null,
  "planId" text not null,
  "status" text not null,
  "startDate" timestamp(3) without time zone not null,
  "endDate" timestamp(3) without time zone not null,
  "billingCycle" text not null,
  "autoRenew" boolean not null default true,
  "nextBillingDate" timestamp(3) without time zone,
  "lastPaymentId" text,
  "cancelledAt" timestamp(3) without time zone,
  "cancelReason" text,
  "createdAt" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  "updatedAt" timestamp(3) without time zone not null,
  constraint "subscriptions_pkey" primary key ("id")
);
create table "tool_configs" (
  "id" text not null,
  "toolId" text not null,
  "name" text not null,
  "enabled" boolean not null default true,
  "config" text not null,
  "createdAt" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  "updatedAt" timestamp(3) without time zone not null,
  constraint "tool_configs_pkey" primary key ("id")
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
  "unlimitedPoseActive" boolean not null default false,
  "unlimitedPoseDailyQuota" integer not null default 100,
  "unlimitedPoseQuotaUsed" integer not null default 0,
  "unlimitedPoseQuotaResetAt" timestamp(3) without time zone,
  "unlimitedPoseExpiresAt" timestamp(3) without time zone,
  "emailNotifications" boolean not null default true,
  "pushNotifications" boolean not null default false,
  "marketingEmails" boolean not null default false,
  "projectUpdates" boolean not null default true,
  "creditAlerts" boolean not null default true,
  "theme" text not null default 'light'::text,
  "language" text not null default 'id'::text,
  "profileVisibility" text not null default 'public'::text,
  "showEmail" boolean not null default false,
  "analyticsTracking" boolean not null default true,
  "settingsUpdatedAt" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  "createdAt" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  "updatedAt" timestamp(3) without time zone not null,
  constraint "users_pkey" primary key ("id")
);
create table "video_mixer_generations" (
  "id" text not null,
  "projectId" text not null,
  "userId" text not null,
  "totalVideos" integer not null,
  "settings" text not null,
  "creditUsed" integer not null,
  "status" text not null default 'pending'::text,
  "outputPaths" text,
  "estimatedDuration" double precision,
  "enableOrderMixing" boolean not null default true,
  "enableDifferentStart" boolean not null default false,
  "fixedStartVideoId" text,
  "enableGroupMixing" boolean not null default false,
  "groupMixingMode" text not null default 'sequential'::text,
  "enableSpeedVariations" boolean not null default false,
  "speedMin" double precision not null default 0.5,
  "speedMax" double precision not null default 2.0,
  "metadataSource" text not null default 'capcut'::text,
  "videoBitrate" text not null default 'medium'::text,
  "videoResolution" text not null default '720p'::text,
  "frameRate" integer not null default 30,
  "aspectRatio" text not null default '16:9'::text,
  "durationType" text not null default 'original'::text,
  "fixedDuration" integer,
  "smartDistribution" boolean not null default false,
  "distributionMode" text not null default 'proportional'::text,
  "audioOption" text not null default 'keep'::text,
  "createdAt" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  "updatedAt" timestamp(3) without time zone not null,
  "completedAt" timestamp(3) without time zone,
  constraint "video_mixer_generations_pkey" primary key ("id")
);
create table "video_mixer_groups" (
  "id" text not null,
  "projectId" text not null,
  "name" text not null,
  "order" integer not null default 0,
  "createdAt" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  "updatedAt" timestamp(3) without time zone not null,
  constraint "video_mixer_groups_pkey" primary key ("id")
);
create table "video_mixer_projects" (
  "id" text not null,
  "userId" text not null,
  "name" text not null,
  "description" text,
  "createdAt" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  "updatedAt" timestamp(3) without time zone not null,
  constraint "video_mixer_projects_pkey" primary key ("id")
);
create table "video_mixer_videos" (
  "id" text not null,
  "projectId" text not null,
  "groupId" text,
  "fileName" text not null,
  "filePath" text not null,
  "fileSize" integer not null,
  "duration" double precision not null,
  "mimeType" text not null,
  "order" integer not null default 0,
  "createdAt" timestamp(3) without time zone not null default CURRENT_TIMESTAMP,
  "updatedAt" timestamp(3) without time zone not null,
  constraint "video_mixer_videos_pkey" primary key ("id")
);
create index "ai_models_appId_idx" on "ai_models" ("appId");
create unique index "ai_models_appId_modelId_key" on "ai_models" ("appId", "modelId");
create index "ai_models_enabled_idx" on "ai_models" ("enabled");
create unique index "ai_models_modelKey_key" on "ai_models" ("modelKey");
create index "ai_models_tier_idx" on "ai_models" ("tier");
create index "app_usages_appId_createdAt_idx" on "app_usages" ("appId", "createdAt");
create index "app_usages_appId_idx" on "app_usages" ("appId");
create index "app_usages_createdAt_idx" on "app_usages" ("createdAt");
create index "app_usages_userId_appId_idx" on "app_usages" ("userId", "appId");
create index "app_usages_userId_createdAt_idx" on "app_usages" ("userId", "createdAt" DESC);
create index "app_usages_userId_idx" on "app_usages" ("userId");
create unique index "apps_appId_key" on "apps" ("appId");
create index "apps_dashboardOrder_idx" on "apps" ("dashboardOrder");
create index "apps_enabled_idx" on "apps" ("enabled");
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
create unique index "background_removal_batches_batchId_key" on "background_removal_batches" ("batchId");
create index "background_removal_batches_status_createdAt_idx" on "background_removal_batches" ("status", "createdAt");
create index "background_removal_batches_status_idx" on "background_removal_batches" ("status");
create index "background_removal_batches_userId_createdAt_idx" on "background_removal_batches" ("userId", "createdAt" DESC);
create index "background_removal_batches_userId_idx" on "background_removal_batches" ("userId");
create index "background_removal_jobs_batchId_idx" on "background_removal_jobs" ("batchId");
create index "background_removal_jobs_batchId_itemIndex_idx" on "background_removal_jobs" ("batchId", "itemIndex");
create index "background_removal_jobs_status_createdAt_idx" on "background_removal_jobs" ("status", "createdAt");
create index "background_removal_jobs_status_idx" on "background_removal_jobs" ("status");
create index "background_removal_jobs_userId_createdAt_idx" on "background_removal_jobs" ("userId", "createdAt" DESC);
create index "background_removal_jobs_userId_idx" on "background_removal_jobs" ("userId");
create index "background_remover_subscription_usage_date_idx" on "background_remover_subscription_usage" ("date");
create index "background_remover_subscription_usage_subscriptionId_date_idx" on "background_remover_subscription_usage" ("subscriptionId", "date");
create unique index "background_remover_subscription_usage_subscriptionId_date_t_key" on "background_remover_subscription_usage" ("subscriptionId", "date", "tier");
create index "background_remover_subscription_usage_subscriptionId_idx" on "background_remover_subscription_usage" ("subscriptionId");
create index "background_remover_subscription_usage_userId_date_idx" on "background_remover_subscription_usage" ("userId", "date");
create index "background_remover_subscription_usage_userId_idx" on "background_remover_subscription_usage" ("userId");
create index "background_remover_subscriptions_currentPeriodEnd_idx" on "background_remover_subscriptions" ("currentPeriodEnd");
create index "background_remover_subscriptions_status_currentPeriodEnd_idx" on "background_remover_subscriptions" ("status", "currentPeriodEnd");
create index "background_remover_subscriptions_status_idx" on "background_remover_subscriptions" ("status");
create index "background_remover_subscriptions_userId_idx" on "background_remover_subscriptions" ("userId");
create unique index "background_remover_subscriptions_userId_key" on "background_remover_subscriptions" ("userId");
create index "carousel_generations_projectId_createdAt_idx" on "carousel_generations" ("projectId", "createdAt" DESC);
create index "carousel_generations_projectId_idx" on "carousel_generations" ("projectId");
create index "carousel_generations_status_createdAt_idx" on "carousel_generations" ("status", "createdAt");
create index "carousel_generations_status_idx" on "carousel_generations" ("status");
create index "carousel_generations_userId_createdAt_idx" on "carousel_generations" ("userId", "createdAt" DESC);
create index "carousel_generations_userId_idx" on "carousel_generations" ("userId");
create index "carousel_generations_userId_status_idx" on "carousel_generations" ("userId", "status");
create index "carousel_position_settings_projectId_idx" on "carousel_position_settings" ("projectId");
create unique index "carousel_position_settings_projectId_slidePosition_key" on "carousel_position_settings" ("projectId", "slidePosition");
create index "carousel_projects_userId_createdAt_idx" on "carousel_projects" ("userId", "createdAt" DESC);
create index "carousel_projects_userId_idx" on "carousel_projects" ("userId");
create index "carousel_projects_userId_updatedAt_idx" on "carousel_projects" ("userId", "updatedAt" DESC);
create index "carousel_slides_projectId_idx" on "carousel_slides" ("projectId");
create index "carousel_slides_projectId_slidePosition_idx" on "carousel_slides" ("projectId", "slidePosition");
create index "carousel_texts_projectId_idx" on "carousel_texts" ("projectId");
create index "carousel_texts_projectId_slidePosition_idx" on "carousel_texts" ("projectId", "slidePosition");
create index "credits_createdAt_idx" on "credits" ("createdAt");
create index "credits_paymentId_idx" on "credits" ("paymentId");
create index "credits_referenceId_referenceType_idx" on "credits" ("referenceId", "referenceType");
create index "credits_type_idx" on "credits" ("type");
create index "credits_userId_createdAt_idx" on "credits" ("userId", "createdAt" DESC);
create index "credits_userId_idx" on "credits" ("userId");
create index "devices_lastActive_idx" on "devices" ("lastActive");
create unique index "devices_userId_deviceId_key" on "devices" ("userId", "deviceId");
create index "devices_userId_idx" on "devices" ("userId");
create index "devices_userId_lastActive_idx" on "devices" ("userId", "lastActive");
create index "generated_poses_generationId_idx" on "generated_poses" ("generationId");
create index "generated_poses_generationId_variationKey_idx" on "generated_poses" ("generationId", "variationKey");
create unique index "generated_poses_generationId_variationKey_key" on "generated_poses" ("generationId", "variationKey");
create index "generated_poses_isFavorite_idx" on "generated_poses" ("isFavorite");
create index "generated_poses_poseLibraryId_idx" on "generated_poses" ("poseLibraryId");
create index "generated_poses_status_idx" on "generated_poses" ("status");
create index "looping_flow_audio_layers_generationId_idx" on "looping_flow_audio_layers" ("generationId");
create index "looping_flow_generations_projectId_createdAt_idx" on "looping_flow_generations" ("projectId", "createdAt" DESC);
create index "looping_flow_generations_projectId_idx" on "looping_flow_generations" ("projectId");
create index "looping_flow_generations_status_createdAt_idx" on "looping_flow_generations" ("status", "createdAt");
create index "looping_flow_generations_status_idx" on "looping_flow_generations" ("status");
create index "looping_flow_generations_userId_createdAt_idx" on "looping_flow_generations" ("userId", "createdAt" DESC);
create index "looping_flow_generations_userId_idx" on "looping_flow_generations" ("userId");
create index "looping_flow_generations_userId_status_idx" on "looping_flow_generations" ("userId", "status");
create index "looping_flow_generations_videoId_idx" on "looping_flow_generations" ("videoId");
create index "looping_flow_projects_userId_createdAt_idx" on "looping_flow_projects" ("userId", "createdAt" DESC);
create index "looping_flow_projects_userId_idx" on "looping_flow_projects" ("userId");
create index "looping_flow_projects_userId_updatedAt_idx" on "looping_flow_projects" ("userId", "updatedAt" DESC);
create index "looping_flow_videos_projectId_idx" on "looping_flow_videos" ("projectId");
create index "model_usages_appId_createdAt_idx" on "model_usages" ("appId", "createdAt");
create index "model_usages_appId_idx" on "model_usages" ("appId");
create index "model_usages_createdAt_idx" on "model_usages" ("createdAt");
create index "model_usages_modelKey_createdAt_idx" on "model_usages" ("modelKey", "createdAt");
create index "model_usages_modelKey_idx" on "model_usages" ("modelKey");
create index "model_usages_usageType_idx" on "model_usages" ("usageType");
create index "model_usages_userId_appId_idx" on "model_usages" ("userId", "appId");
create index "model_usages_userId_createdAt_idx" on "model_usages" ("userId", "createdAt" DESC);
create index "model_usages_userId_idx" on "model_usages" ("userId");
create index "model_usages_userId_modelKey_idx" on "model_usages" ("userId", "modelKey");
create index "payments_createdAt_idx" on "payments" ("createdAt");
create unique index "payments_merchantOrderId_key" on "payments" ("merchantOrderId");
create unique index "payments_reference_key" on "payments" ("reference");
create index "payments_status_idx" on "payments" ("status");
create index "payments_userId_createdAt_idx" on "payments" ("userId", "createdAt" DESC);
create index "payments_userId_idx" on "payments" ("userId");
create index "payments_userId_status_idx" on "payments" ("userId", "status");
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
create index "pose_generations_status_startedAt_idx" on "pose_generations" ("status", "startedAt");
create index "pose_generations_status_startedAt_queueJobId_idx" on "pose_generations" ("status", "startedAt", "queueJobId");
create index "pose_generations_userId_createdAt_idx" on "pose_generations" ("userId", "createdAt" DESC);
create index "pose_generations_userId_idx" on "pose_generations" ("userId");
create index "pose_generator_projects_avatarId_idx" on "pose_generator_projects" ("avatarId");
create index "pose_generator_projects_status_idx" on "pose_generator_projects" ("status");
create index "pose_generator_projects_userId_idx" on "pose_generator_projects" ("userId");
create index "pose_generator_projects_userId_updatedAt_idx" on "pose_generator_projects" ("userId", "updatedAt" DESC);
create index "pose_library_categoryId_idx" on "pose_library" ("categoryId");
create unique index "pose_library_categoryId_name_key" on "pose_library" ("categoryId", "name");
create index "pose_library_difficulty_idx" on "pose_library" ("difficulty");
create index "pose_library_isFeatured_usageCount_idx" on "pose_library" ("isFeatured", "usageCount" DESC);
create index "pose_library_isPublic_popularityScore_idx" on "pose_library" ("isPublic", "popularityScore");
create index "pose_requests_status_idx" on "pose_requests" ("status");
create index "pose_requests_status_votesCount_idx" on "pose_requests" ("status", "votesCount" DESC);
create index "pose_requests_userId_idx" on "pose_requests" ("userId");
create index "pose_requests_votesCount_idx" on "pose_requests" ("votesCount" DESC);
create index "pose_selections_generationId_idx" on "pose_selections" ("generationId");
create unique index "pose_selections_generationId_poseLibraryId_key" on "pose_selections" ("generationId", "poseLibraryId");
create index "pose_selections_poseLibraryId_idx" on "pose_selections" ("poseLibraryId");
create index "quota_usages_resetAt_idx" on "quota_usages" ("resetAt");
create index "quota_usages_userId_period_idx" on "quota_usages" ("userId", "period");
create unique index "quota_usages_userId_period_quotaType_key" on "quota_usages" ("userId", "period", "quotaType");
create index "sessions_expiresAt_idx" on "sessions" ("expiresAt");
create unique index "sessions_token_key" on "sessions" ("token");
create index "sessions_userId_expiresAt_idx" on "sessions" ("userId", "expiresAt");
create index "sessions_userId_idx" on "sessions" ("userId");
create index "subscription_plans_isActive_idx" on "subscription_plans" ("isActive");
create unique index "subscription_plans_planId_key" on "subscription_plans" ("planId");
create index "subscription_plans_tier_idx" on "subscription_plans" ("tier");
create index "subscriptions_autoRenew_endDate_idx" on "subscriptions" ("autoRenew", "endDate");
create index "subscriptions_endDate_idx" on "subscriptions" ("endDate");
create index "subscriptions_nextBillingDate_idx" on "subscriptions" ("nextBillingDate");
create index "subscriptions_planId_idx" on "subscriptions" ("planId");
create index "subscriptions_status_endDate_idx" on "subscriptions" ("status", "endDate");
create index "subscriptions_status_idx" on "subscriptions" ("status");
create unique index "subscriptions_userId_key" on "subscriptions" ("userId");
create index "tool_configs_enabled_idx" on "tool_configs" ("enabled");
create unique index "tool_configs_toolId_key" on "tool_configs" ("toolId");
create index "users_accountType_idx" on "users" ("accountType");
create index "users_createdAt_idx" on "users" ("createdAt");
create unique index "users_email_key" on "users" ("email");
create index "users_role_idx" on "users" ("role");
create index "users_subscriptionTier_idx" on "users" ("subscriptionTier");
create index "video_mixer_generations_projectId_createdAt_idx" on "video_mixer_generations" ("projectId", "createdAt" DESC);
create index "video_mixer_generations_projectId_idx" on "video_mixer_generations" ("projectId");
create index "video_mixer_generations_status_createdAt_idx" on "video_mixer_generations" ("status", "createdAt");
create index "video_mixer_generations_status_idx" on "video_mixer_generations" ("status");
create index "video_mixer_generations_userId_createdAt_idx" on "video_mixer_generations" ("userId", "createdAt" DESC);
create index "video_mixer_generations_userId_idx" on "video_mixer_generations" ("userId");
create index "video_mixer_generations_userId_status_idx" on "video_mixer_generations" ("userId", "status");
create index "video_mixer_groups_projectId_idx" on "video_mixer_groups" ("projectId");
create index "video_mixer_groups_projectId_order_idx" on "video_mixer_groups" ("projectId", "order");
create index "video_mixer_projects_userId_createdAt_idx" on "video_mixer_projects" ("userId", "createdAt" DESC);
create index "video_mixer_projects_userId_idx" on "video_mixer_projects" ("userId");
create index "video_mixer_projects_userId_updatedAt_idx" on "video_mixer_projects" ("userId", "updatedAt" DESC);
create index "video_mixer_videos_groupId_idx" on "video_mixer_videos" ("groupId");
create index "video_mixer_videos_groupId_order_idx" on "video_mixer_videos" ("groupId", "order");
create index "video_mixer_videos_projectId_idx" on "video_mixer_videos" ("projectId");
create index "video_mixer_videos_projectId_order_idx" on "video_mixer_videos" ("projectId", "order");
alter table "app_usages" add constraint "app_usages_userId_fkey" foreign key ("userId") references "users" ("id") on delete cascade;
alter table "avatar_usage_history" add constraint "avatar_usage_history_avatarId_fkey" foreign key ("avatarId") references "avatars" ("id") on delete cascade;
alter table "avatars" add constraint "avatars_projectId_fkey" foreign key ("projectId") references "avatar_projects" ("id") on delete cascade;
alter table "background_removal_jobs" add constraint "background_removal_jobs_batchId_fkey" foreign key ("batchId") references "background_removal_batches" ("id") on delete cascade;
alter table "background_remover_subscription_usage" add constraint "background_remover_subscription_usage_subscriptionId_fkey" foreign key ("subscriptionId") references "background_remover_subscriptions" ("id") on delete cascade;
alter table "carousel_generations" add constraint "carousel_generations_projectId_fkey" foreign key ("projectId") references "carousel_projects" ("id") on delete cascade;
alter table "carousel_position_settings" add constraint "carousel_position_settings_projectId_fkey" foreign key ("projectId") references "carousel_projects" ("id") on delete cascade;
alter table "carousel_slides" add constraint "carousel_slides_projectId_fkey" foreign key ("projectId") references "carousel_projects" ("id") on delete cascade;
alter table "carousel_texts" add constraint "carousel_texts_projectId_fkey" foreign key ("projectId") references "carousel_projects" ("id") on delete cascade;
alter table "credits" add constraint "credits_userId_fkey" foreign key ("userId") references "users" ("id") on delete cascade;
alter table "devices" add constraint "devices_userId_fkey" foreign key ("userId") references "users" ("id") on delete cascade;
alter table "generated_poses" add constraint "generated_poses_generationId_fkey" foreign key ("generationId") references "pose_generations" ("id") on delete cascade;
alter table "generated_poses" add constraint "generated_poses_poseLibraryId_fkey" foreign key ("poseLibraryId") references "pose_library" ("id") on delete set null;
alter table "looping_flow_audio_layers" add constraint "looping_flow_audio_layers_generationId_fkey" foreign key ("generationId") references "looping_flow_generations" ("id") on delete cascade;
alter table "looping_flow_generations" add constraint "looping_flow_generations_projectId_fkey" foreign key ("projectId") references "looping_flow_projects" ("id") on delete cascade;
alter table "looping_flow_videos" add constraint "looping_flow_videos_projectId_fkey" foreign key ("projectId") references "looping_flow_projects" ("id") on delete cascade;
alter table "model_usages" add constraint "model_usages_modelKey_fkey" foreign key ("modelKey") references "ai_models" ("modelKey") on delete cascade;
alter table "model_usages" add constraint "model_usages_userId_fkey" foreign key ("userId") references "users" ("id") on delete cascade;
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
alter table "quota_usages" add constraint "quota_usages_userId_fkey" foreign key ("userId") references "users" ("id") on delete cascade;
alter table "sessions" add constraint "sessions_userId_fkey" foreign key ("userId") references "users" ("id") on delete cascade;
alter table "subscriptions" add constraint "subscriptions_planId_fkey" foreign key ("planId") references "subscription_plans" ("id") on delete restrict;
alter table "subscriptions" add constraint "subscriptions_userId_fkey" foreign key ("userId") references "users" ("id") on delete cascade;
alter table "video_mixer_generations" add constraint "video_mixer_generations_projectId_fkey" foreign key ("projectId") references "video_mixer_projects" ("id") on delete cascade;
alter table "video_mixer_groups" add constraint "video_mixer_groups_projectId_fkey" foreign key ("projectId") references "video_mixer_projects" ("id") on delete cascade;
alter table "video_mixer_videos" add constraint "video_mixer_videos_groupId_fkey" foreign key ("groupId") references "video_mixer_groups" ("id") on delete set null;
alter table "video_mixer_videos" add constraint "video_mixer_videos_projectId_fkey" foreign key ("projectId") references "video_mixer_projects" ("id") on delete cascade;
