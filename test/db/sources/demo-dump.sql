--
-- PostgreSQL database dump
--

\restrict oQGQ778Hj0kP0CurWASM544FH1qBIVVQxuqJ0onBTFrxf46EyZ1WywawPyktZ7A

-- Dumped from database version 15.18 (Debian 15.18-0+deb12u1)
-- Dumped by pg_dump version 15.18 (Debian 15.18-0+deb12u1)

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: ai_models; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.ai_models (
    id text NOT NULL,
    "appId" text NOT NULL,
    "modelId" text NOT NULL,
    "modelKey" text NOT NULL,
    name text NOT NULL,
    description text,
    provider text NOT NULL,
    tier text NOT NULL,
    enabled boolean DEFAULT true NOT NULL,
    beta boolean DEFAULT false NOT NULL,
    "creditCost" integer NOT NULL,
    "creditPerSecond" double precision,
    "creditPerPixel" double precision,
    "quotaCost" integer DEFAULT 1 NOT NULL,
    capabilities text,
    "totalUsage" integer DEFAULT 0 NOT NULL,
    "createdAt" timestamp(3) without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    "updatedAt" timestamp(3) without time zone NOT NULL
);


ALTER TABLE public.ai_models OWNER TO postgres;

--
-- Name: app_usages; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.app_usages (
    id text NOT NULL,
    "userId" text NOT NULL,
    "appId" text NOT NULL,
    action text NOT NULL,
    "creditUsed" integer NOT NULL,
    metadata text,
    "createdAt" timestamp(3) without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL
);


ALTER TABLE public.app_usages OWNER TO postgres;

--
-- Name: apps; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.apps (
    id text NOT NULL,
    "appId" text NOT NULL,
    name text NOT NULL,
    description text,
    icon text NOT NULL,
    enabled boolean DEFAULT true NOT NULL,
    beta boolean DEFAULT false NOT NULL,
    "comingSoon" boolean DEFAULT false NOT NULL,
    "creditCostBase" integer DEFAULT 1 NOT NULL,
    "requiresSubscription" boolean DEFAULT false NOT NULL,
    "minSubscriptionTier" text,
    version text DEFAULT '1.0.0'::text NOT NULL,
    "totalUsage" integer DEFAULT 0 NOT NULL,
    "activeUsers" integer DEFAULT 0 NOT NULL,
    "dashboardOrder" integer DEFAULT 0 NOT NULL,
    "dashboardColor" text DEFAULT 'blue'::text NOT NULL,
    "createdAt" timestamp(3) without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    "updatedAt" timestamp(3) without time zone NOT NULL
);


ALTER TABLE public.apps OWNER TO postgres;

--
-- Name: avatar_generations; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.avatar_generations (
    id text NOT NULL,
    "userId" text NOT NULL,
    "poseTemplateId" text,
    "inputImageUrl" text,
    "outputImageUrl" text,
    quality text DEFAULT 'sd'::text NOT NULL,
    status text DEFAULT 'pending'::text NOT NULL,
    "errorMessage" text,
    "creditUsed" integer DEFAULT 5 NOT NULL,
    "createdAt" timestamp(3) without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    "completedAt" timestamp(3) without time zone,
    "avatarId" text,
    "projectId" text NOT NULL,
    prompt text NOT NULL,
    options text
);


ALTER TABLE public.avatar_generations OWNER TO postgres;

--
-- Name: avatar_presets; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.avatar_presets (
    id text NOT NULL,
    name text NOT NULL,
    "previewImageUrl" text NOT NULL,
    category text NOT NULL,
    "personaTemplate" text NOT NULL,
    "visualAttributes" text NOT NULL,
    "generationPrompt" text NOT NULL,
    "isPublic" boolean DEFAULT true NOT NULL,
    "usageCount" integer DEFAULT 0 NOT NULL,
    "createdAt" timestamp(3) without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    "updatedAt" timestamp(3) without time zone NOT NULL
);


ALTER TABLE public.avatar_presets OWNER TO postgres;

--
-- Name: avatar_projects; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.avatar_projects (
    id text NOT NULL,
    "userId" text NOT NULL,
    name text NOT NULL,
    description text,
    "createdAt" timestamp(3) without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    "updatedAt" timestamp(3) without time zone NOT NULL
);


ALTER TABLE public.avatar_projects OWNER TO postgres;

--
-- Name: avatar_usage_history; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.avatar_usage_history (
    id text NOT NULL,
    "avatarId" text NOT NULL,
    "userId" text NOT NULL,
    "appId" text NOT NULL,
    "appName" text NOT NULL,
    action text NOT NULL,
    "referenceId" text,
    "referenceType" text,
    metadata text,
    "createdAt" timestamp(3) without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL
);


ALTER TABLE public.avatar_usage_history OWNER TO postgres;

--
-- Name: avatars; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.avatars (
    id text NOT NULL,
    "userId" text NOT NULL,
    "projectId" text NOT NULL,
    "brandKitId" text,
    name text NOT NULL,
    "baseImageUrl" text NOT NULL,
    "thumbnailUrl" text,
    gender text,
    "ageRange" text,
    style text,
    ethnicity text,
    "bodyType" text,
    "generationPrompt" text,
    "faceEmbedding" text,
    "sourceType" text NOT NULL,
    "usageCount" integer DEFAULT 0 NOT NULL,
    "lastUsedAt" timestamp(3) without time zone,
    "createdAt" timestamp(3) without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    "updatedAt" timestamp(3) without time zone NOT NULL,
    "personaName" text,
    "personaAge" integer,
    "personaPersonality" text,
    "personaBackground" text,
    "hairStyle" text,
    "hairColor" text,
    "eyeColor" text,
    "skinTone" text,
    "seedUsed" integer
);


ALTER TABLE public.avatars OWNER TO postgres;

--
-- Name: brand_kits; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.brand_kits (
    id text NOT NULL,
    "userId" text NOT NULL,
    name text NOT NULL,
    "createdAt" timestamp(3) without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    "updatedAt" timestamp(3) without time zone NOT NULL
);


ALTER TABLE public.brand_kits OWNER TO postgres;

--
-- Name: credits; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.credits (
    id text NOT NULL,
    "userId" text NOT NULL,
    amount integer NOT NULL,
    balance integer NOT NULL,
    type text NOT NULL,
    description text,
    "referenceId" text,
    "referenceType" text,
    "paymentId" text,
    "createdAt" timestamp(3) without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL
);


ALTER TABLE public.credits OWNER TO postgres;

--
-- Name: devices; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.devices (
    id text NOT NULL,
    "userId" text NOT NULL,
    "deviceId" text NOT NULL,
    "deviceName" text NOT NULL,
    "deviceType" text NOT NULL,
    browser text,
    os text,
    "ipAddress" text,
    "userAgent" text,
    "lastActive" timestamp(3) without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    "createdAt" timestamp(3) without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL
);


ALTER TABLE public.devices OWNER TO postgres;

--
-- Name: generated_poses; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.generated_poses (
    id text NOT NULL,
    "generationId" text NOT NULL,
    "userId" text,
    "avatarId" text,
    "productId" text,
    "poseTemplateId" text,
    "promptUsed" text NOT NULL,
    "negativePrompt" text,
    "controlnetImage" text,
    "outputImageUrl" text NOT NULL,
    "thumbnailUrl" text NOT NULL,
    success boolean DEFAULT true NOT NULL,
    "qualityScore" double precision,
    "generationTime" double precision,
    provider text,
    "providerJobId" text,
    "seedUsed" integer,
    exported boolean DEFAULT false NOT NULL,
    "exportCount" integer DEFAULT 0 NOT NULL,
    "usedInPosters" integer DEFAULT 0 NOT NULL,
    "userRating" integer,
    "createdAt" timestamp(3) without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    "poseLibraryId" text,
    "originalImageUrl" text,
    "exportFormats" jsonb NOT NULL,
    "backgroundChanged" boolean DEFAULT false NOT NULL,
    "backgroundPrompt" text,
    "controlnetWeight" double precision DEFAULT 0.75 NOT NULL,
    "aiConfidenceScore" double precision,
    "isFavorite" boolean DEFAULT false NOT NULL,
    "downloadCount" integer DEFAULT 0 NOT NULL,
    status text DEFAULT 'completed'::text NOT NULL,
    "errorMessage" text,
    "variationKey" text
);


ALTER TABLE public.generated_poses OWNER TO postgres;

--
-- Name: persona_examples; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.persona_examples (
    id text NOT NULL,
    name text NOT NULL,
    category text NOT NULL,
    "personaName" text NOT NULL,
    "personaAge" integer NOT NULL,
    "personaPersonality" text NOT NULL,
    "personaBackground" text NOT NULL,
    "suggestedAttributes" text,
    "displayOrder" integer DEFAULT 0 NOT NULL,
    "isActive" boolean DEFAULT true NOT NULL,
    "createdAt" timestamp(3) without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL
);


ALTER TABLE public.persona_examples OWNER TO postgres;

--
-- Name: pose_categories; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.pose_categories (
    id text NOT NULL,
    name text NOT NULL,
    "displayName" text NOT NULL,
    description text,
    slug text NOT NULL,
    "parentId" text,
    icon text DEFAULT 'folder'::text NOT NULL,
    "displayOrder" integer DEFAULT 0 NOT NULL,
    color text DEFAULT '#3b82f6'::text NOT NULL,
    "poseCount" integer DEFAULT 0 NOT NULL,
    "isActive" boolean DEFAULT true NOT NULL,
    "createdAt" timestamp(3) without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    "updatedAt" timestamp(3) without time zone NOT NULL
);


ALTER TABLE public.pose_categories OWNER TO postgres;

--
-- Name: pose_generation_projects; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.pose_generation_projects (
    id text NOT NULL,
    "userId" text NOT NULL,
    name text NOT NULL,
    description text,
    "createdAt" timestamp(3) without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    "updatedAt" timestamp(3) without time zone NOT NULL
);


ALTER TABLE public.pose_generation_projects OWNER TO postgres;

--
-- Name: pose_generations; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.pose_generations (
    id text NOT NULL,
    "projectId" text NOT NULL,
    "userId" text NOT NULL,
    "avatarId" text,
    "totalExpectedPoses" integer NOT NULL,
    "selectedPoseIds" text,
    "batchSize" integer NOT NULL,
    quality text DEFAULT 'sd'::text NOT NULL,
    "fashionSettings" text,
    "backgroundSettings" text,
    "professionTheme" text,
    provider text DEFAULT 'modelslab'::text NOT NULL,
    "modelId" text DEFAULT 'controlnet-sd15'::text NOT NULL,
    "basePrompt" text,
    "negativePrompt" text,
    status text DEFAULT 'pending'::text NOT NULL,
    progress integer DEFAULT 0 NOT NULL,
    "posesCompleted" integer DEFAULT 0 NOT NULL,
    "posesFailed" integer DEFAULT 0 NOT NULL,
    "creditCharged" integer NOT NULL,
    "outputFolder" text,
    "createdAt" timestamp(3) without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    "updatedAt" timestamp(3) without time zone,
    "completedAt" timestamp(3) without time zone,
    "generationType" text NOT NULL,
    "textPrompt" text,
    "generatedPoseStructure" text,
    "avatarAttributes" text,
    "useBackgroundChanger" boolean DEFAULT false NOT NULL,
    "backgroundPrompt" text,
    "backgroundMode" text,
    "exportFormats" text[],
    "creditRefunded" integer DEFAULT 0 NOT NULL,
    "queueJobId" text,
    "errorMessage" text,
    "startedAt" timestamp(3) without time zone,
    "avgGenerationTime" double precision,
    "totalProcessingTime" double precision,
    "recoveryAttempts" integer DEFAULT 0 NOT NULL,
    "lastRecoveryAt" timestamp(3) without time zone
);


ALTER TABLE public.pose_generations OWNER TO postgres;

--
-- Name: pose_generator_projects; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.pose_generator_projects (
    id text NOT NULL,
    "userId" text NOT NULL,
    "projectName" text NOT NULL,
    description text,
    "avatarImageUrl" text,
    "avatarSource" text DEFAULT 'upload'::text NOT NULL,
    "avatarId" text,
    "totalGenerations" integer DEFAULT 0 NOT NULL,
    "totalPosesGenerated" integer DEFAULT 0 NOT NULL,
    status text DEFAULT 'active'::text NOT NULL,
    "createdAt" timestamp(3) without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    "updatedAt" timestamp(3) without time zone NOT NULL
);


ALTER TABLE public.pose_generator_projects OWNER TO postgres;

--
-- Name: pose_library; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.pose_library (
    id text NOT NULL,
    name text NOT NULL,
    description text,
    "categoryId" text NOT NULL,
    "previewImageUrl" text NOT NULL,
    "referenceImageUrl" text NOT NULL,
    "controlnetImageUrl" text NOT NULL,
    "thumbnailUrl" text,
    difficulty text DEFAULT 'medium'::text NOT NULL,
    "genderSuitability" text DEFAULT 'unisex'::text NOT NULL,
    tags text[],
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
    "updatedAt" timestamp(3) without time zone NOT NULL
);


ALTER TABLE public.pose_library OWNER TO postgres;

--
-- Name: pose_requests; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.pose_requests (
    id text NOT NULL,
    "userId" text NOT NULL,
    "poseName" text NOT NULL,
    description text NOT NULL,
    "referenceImageUrl" text,
    "categoryId" text,
    "useCase" text,
    "votesCount" integer DEFAULT 0 NOT NULL,
    status text DEFAULT 'pending'::text NOT NULL,
    "adminNotes" text,
    "completedPoseId" text,
    "createdAt" timestamp(3) without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    "updatedAt" timestamp(3) without time zone NOT NULL
);


ALTER TABLE public.pose_requests OWNER TO postgres;

--
-- Name: pose_selections; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.pose_selections (
    id text NOT NULL,
    "generationId" text NOT NULL,
    "poseLibraryId" text NOT NULL,
    "createdAt" timestamp(3) without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL
);


ALTER TABLE public.pose_selections OWNER TO postgres;

--
-- Name: pose_templates; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.pose_templates (
    id text NOT NULL,
    category text NOT NULL,
    subcategory text,
    "keypointsJson" text NOT NULL,
    "previewUrl" text NOT NULL,
    difficulty text NOT NULL,
    tags text NOT NULL,
    description text,
    "usageCount" integer DEFAULT 0 NOT NULL,
    "successRate" double precision DEFAULT 0.95 NOT NULL,
    "avgQualityScore" double precision DEFAULT 0.85 NOT NULL,
    gender text,
    "productPlacement" text,
    "fashionCategory" text,
    "sceneType" text,
    "professionTheme" text,
    "isActive" boolean DEFAULT true NOT NULL,
    "createdAt" timestamp(3) without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    "updatedAt" timestamp(3) without time zone NOT NULL
);


ALTER TABLE public.pose_templates OWNER TO postgres;

--
-- Name: products; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.products (
    id text NOT NULL,
    "userId" text NOT NULL,
    name text NOT NULL,
    "imageUrl" text NOT NULL,
    "createdAt" timestamp(3) without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    "updatedAt" timestamp(3) without time zone NOT NULL
);


ALTER TABLE public.products OWNER TO postgres;

--
-- Name: users; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.users (
    id text NOT NULL,
    email text NOT NULL,
    password text NOT NULL,
    name text,
    role text DEFAULT 'user'::text NOT NULL,
    "storageQuota" integer DEFAULT 1073741824 NOT NULL,
    "storageUsed" integer DEFAULT 0 NOT NULL,
    "accountType" text DEFAULT 'payg'::text NOT NULL,
    "subscriptionTier" text DEFAULT 'free'::text NOT NULL,
    "userTags" text,
    "createdAt" timestamp(3) without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    "updatedAt" timestamp(3) without time zone NOT NULL,
    "unlimitedPoseActive" boolean DEFAULT false NOT NULL,
    "unlimitedPoseDailyQuota" integer DEFAULT 100 NOT NULL,
    "unlimitedPoseQuotaUsed" integer DEFAULT 0 NOT NULL,
    "unlimitedPoseQuotaResetAt" timestamp(3) without time zone,
    "unlimitedPoseExpiresAt" timestamp(3) without time zone,
    "emailNotifications" boolean DEFAULT true NOT NULL,
    "pushNotifications" boolean DEFAULT false NOT NULL,
    "marketingEmails" boolean DEFAULT false NOT NULL,
    "projectUpdates" boolean DEFAULT true NOT NULL,
    "creditAlerts" boolean DEFAULT true NOT NULL,
    theme text DEFAULT 'light'::text NOT NULL,
    language text DEFAULT 'id'::text NOT NULL,
    "profileVisibility" text DEFAULT 'public'::text NOT NULL,
    "showEmail" boolean DEFAULT false NOT NULL,
    "analyticsTracking" boolean DEFAULT true NOT NULL,
    "settingsUpdatedAt" timestamp(3) without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL
);


ALTER TABLE public.users OWNER TO postgres;

--
-- Name: ai_models ai_models_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.ai_models
    ADD CONSTRAINT ai_models_pkey PRIMARY KEY (id);


--
-- Name: app_usages app_usages_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.app_usages
    ADD CONSTRAINT app_usages_pkey PRIMARY KEY (id);


--
-- Name: apps apps_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.apps
    ADD CONSTRAINT apps_pkey PRIMARY KEY (id);


--
-- Name: avatar_generations avatar_generations_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.avatar_generations
    ADD CONSTRAINT avatar_generations_pkey PRIMARY KEY (id);


--
-- Name: avatar_presets avatar_presets_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.avatar_presets
    ADD CONSTRAINT avatar_presets_pkey PRIMARY KEY (id);


--
-- Name: avatar_projects avatar_projects_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.avatar_projects
    ADD CONSTRAINT avatar_projects_pkey PRIMARY KEY (id);


--
-- Name: avatar_usage_history avatar_usage_history_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.avatar_usage_history
    ADD CONSTRAINT avatar_usage_history_pkey PRIMARY KEY (id);


--
-- Name: avatars avatars_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.avatars
    ADD CONSTRAINT avatars_pkey PRIMARY KEY (id);


--
-- Name: brand_kits brand_kits_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.brand_kits
    ADD CONSTRAINT brand_kits_pkey PRIMARY KEY (id);


--
-- Name: credits credits_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.credits
    ADD CONSTRAINT credits_pkey PRIMARY KEY (id);


--
-- Name: devices devices_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.devices
    ADD CONSTRAINT devices_pkey PRIMARY KEY (id);


--
-- Name: generated_poses generated_poses_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.generated_poses
    ADD CONSTRAINT generated_poses_pkey PRIMARY KEY (id);


--
-- Name: persona_examples persona_examples_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.persona_examples
    ADD CONSTRAINT persona_examples_pkey PRIMARY KEY (id);


--
-- Name: pose_categories pose_categories_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.pose_categories
    ADD CONSTRAINT pose_categories_pkey PRIMARY KEY (id);


--
-- Name: pose_generation_projects pose_generation_projects_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.pose_generation_projects
    ADD CONSTRAINT pose_generation_projects_pkey PRIMARY KEY (id);


--
-- Name: pose_generations pose_generations_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.pose_generations
    ADD CONSTRAINT pose_generations_pkey PRIMARY KEY (id);


--
-- Name: pose_generator_projects pose_generator_projects_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.pose_generator_projects
    ADD CONSTRAINT pose_generator_projects_pkey PRIMARY KEY (id);


--
-- Name: pose_library pose_library_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.pose_library
    ADD CONSTRAINT pose_library_pkey PRIMARY KEY (id);


--
-- Name: pose_requests pose_requests_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.pose_requests
    ADD CONSTRAINT pose_requests_pkey PRIMARY KEY (id);


--
-- Name: pose_selections pose_selections_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.pose_selections
    ADD CONSTRAINT pose_selections_pkey PRIMARY KEY (id);


--
-- Name: pose_templates pose_templates_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.pose_templates
    ADD CONSTRAINT pose_templates_pkey PRIMARY KEY (id);


--
-- Name: products products_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.products
    ADD CONSTRAINT products_pkey PRIMARY KEY (id);


--
-- Name: users users_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_pkey PRIMARY KEY (id);


--
-- Name: ai_models_appId_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX "ai_models_appId_idx" ON public.ai_models USING btree ("appId");


--
-- Name: ai_models_appId_modelId_key; Type: INDEX; Schema: public; Owner: postgres
--

CREATE UNIQUE INDEX "ai_models_appId_modelId_key" ON public.ai_models USING btree ("appId", "modelId");


--
-- Name: ai_models_enabled_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX ai_models_enabled_idx ON public.ai_models USING btree (enabled);


--
-- Name: ai_models_modelKey_key; Type: INDEX; Schema: public; Owner: postgres
--

CREATE UNIQUE INDEX "ai_models_modelKey_key" ON public.ai_models USING btree ("modelKey");


--
-- Name: ai_models_tier_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX ai_models_tier_idx ON public.ai_models USING btree (tier);


--
-- Name: app_usages_appId_createdAt_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX "app_usages_appId_createdAt_idx" ON public.app_usages USING btree ("appId", "createdAt");


--
-- Name: app_usages_appId_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX "app_usages_appId_idx" ON public.app_usages USING btree ("appId");


--
-- Name: app_usages_createdAt_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX "app_usages_createdAt_idx" ON public.app_usages USING btree ("createdAt");


--
-- Name: app_usages_userId_appId_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX "app_usages_userId_appId_idx" ON public.app_usages USING btree ("userId", "appId");


--
-- Name: app_usages_userId_createdAt_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX "app_usages_userId_createdAt_idx" ON public.app_usages USING btree ("userId", "createdAt" DESC);


--
-- Name: app_usages_userId_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX "app_usages_userId_idx" ON public.app_usages USING btree ("userId");


--
-- Name: apps_appId_key; Type: INDEX; Schema: public; Owner: postgres
--

CREATE UNIQUE INDEX "apps_appId_key" ON public.apps USING btree ("appId");


--
-- Name: apps_dashboardOrder_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX "apps_dashboardOrder_idx" ON public.apps USING btree ("dashboardOrder");


--
-- Name: apps_enabled_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX apps_enabled_idx ON public.apps USING btree (enabled);


--
-- Name: avatar_generations_avatarId_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX "avatar_generations_avatarId_idx" ON public.avatar_generations USING btree ("avatarId");


--
-- Name: avatar_generations_createdAt_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX "avatar_generations_createdAt_idx" ON public.avatar_generations USING btree ("createdAt");


--
-- Name: avatar_generations_projectId_createdAt_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX "avatar_generations_projectId_createdAt_idx" ON public.avatar_generations USING btree ("projectId", "createdAt" DESC);


--
-- Name: avatar_generations_projectId_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX "avatar_generations_projectId_idx" ON public.avatar_generations USING btree ("projectId");


--
-- Name: avatar_generations_status_createdAt_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX "avatar_generations_status_createdAt_idx" ON public.avatar_generations USING btree (status, "createdAt");


--
-- Name: avatar_generations_status_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX avatar_generations_status_idx ON public.avatar_generations USING btree (status);


--
-- Name: avatar_generations_userId_createdAt_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX "avatar_generations_userId_createdAt_idx" ON public.avatar_generations USING btree ("userId", "createdAt" DESC);


--
-- Name: avatar_generations_userId_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX "avatar_generations_userId_idx" ON public.avatar_generations USING btree ("userId");


--
-- Name: avatar_generations_userId_status_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX "avatar_generations_userId_status_idx" ON public.avatar_generations USING btree ("userId", status);


--
-- Name: avatar_presets_category_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX avatar_presets_category_idx ON public.avatar_presets USING btree (category);


--
-- Name: avatar_presets_category_isPublic_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX "avatar_presets_category_isPublic_idx" ON public.avatar_presets USING btree (category, "isPublic");


--
-- Name: avatar_presets_isPublic_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX "avatar_presets_isPublic_idx" ON public.avatar_presets USING btree ("isPublic");


--
-- Name: avatar_presets_usageCount_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX "avatar_presets_usageCount_idx" ON public.avatar_presets USING btree ("usageCount" DESC);


--
-- Name: avatar_projects_userId_createdAt_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX "avatar_projects_userId_createdAt_idx" ON public.avatar_projects USING btree ("userId", "createdAt" DESC);


--
-- Name: avatar_projects_userId_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX "avatar_projects_userId_idx" ON public.avatar_projects USING btree ("userId");


--
-- Name: avatar_projects_userId_updatedAt_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX "avatar_projects_userId_updatedAt_idx" ON public.avatar_projects USING btree ("userId", "updatedAt" DESC);


--
-- Name: avatar_usage_history_appId_createdAt_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX "avatar_usage_history_appId_createdAt_idx" ON public.avatar_usage_history USING btree ("appId", "createdAt");


--
-- Name: avatar_usage_history_appId_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX "avatar_usage_history_appId_idx" ON public.avatar_usage_history USING btree ("appId");


--
-- Name: avatar_usage_history_avatarId_createdAt_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX "avatar_usage_history_avatarId_createdAt_idx" ON public.avatar_usage_history USING btree ("avatarId", "createdAt" DESC);


--
-- Name: avatar_usage_history_avatarId_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX "avatar_usage_history_avatarId_idx" ON public.avatar_usage_history USING btree ("avatarId");


--
-- Name: avatar_usage_history_createdAt_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX "avatar_usage_history_createdAt_idx" ON public.avatar_usage_history USING btree ("createdAt");


--
-- Name: avatar_usage_history_referenceId_referenceType_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX "avatar_usage_history_referenceId_referenceType_idx" ON public.avatar_usage_history USING btree ("referenceId", "referenceType");


--
-- Name: avatar_usage_history_userId_createdAt_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX "avatar_usage_history_userId_createdAt_idx" ON public.avatar_usage_history USING btree ("userId", "createdAt" DESC);


--
-- Name: avatar_usage_history_userId_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX "avatar_usage_history_userId_idx" ON public.avatar_usage_history USING btree ("userId");


--
-- Name: avatars_brandKitId_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX "avatars_brandKitId_idx" ON public.avatars USING btree ("brandKitId");


--
-- Name: avatars_projectId_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX "avatars_projectId_idx" ON public.avatars USING btree ("projectId");


--
-- Name: avatars_sourceType_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX "avatars_sourceType_idx" ON public.avatars USING btree ("sourceType");


--
-- Name: avatars_userId_createdAt_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX "avatars_userId_createdAt_idx" ON public.avatars USING btree ("userId", "createdAt" DESC);


--
-- Name: avatars_userId_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX "avatars_userId_idx" ON public.avatars USING btree ("userId");


--
-- Name: avatars_userId_lastUsedAt_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX "avatars_userId_lastUsedAt_idx" ON public.avatars USING btree ("userId", "lastUsedAt" DESC);


--
-- Name: avatars_userId_usageCount_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX "avatars_userId_usageCount_idx" ON public.avatars USING btree ("userId", "usageCount" DESC);


--
-- Name: credits_createdAt_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX "credits_createdAt_idx" ON public.credits USING btree ("createdAt");


--
-- Name: credits_paymentId_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX "credits_paymentId_idx" ON public.credits USING btree ("paymentId");


--
-- Name: credits_referenceId_referenceType_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX "credits_referenceId_referenceType_idx" ON public.credits USING btree ("referenceId", "referenceType");


--
-- Name: credits_type_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX credits_type_idx ON public.credits USING btree (type);


--
-- Name: credits_userId_createdAt_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX "credits_userId_createdAt_idx" ON public.credits USING btree ("userId", "createdAt" DESC);


--
-- Name: credits_userId_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX "credits_userId_idx" ON public.credits USING btree ("userId");


--
-- Name: devices_lastActive_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX "devices_lastActive_idx" ON public.devices USING btree ("lastActive");


--
-- Name: devices_userId_deviceId_key; Type: INDEX; Schema: public; Owner: postgres
--

CREATE UNIQUE INDEX "devices_userId_deviceId_key" ON public.devices USING btree ("userId", "deviceId");


--
-- Name: devices_userId_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX "devices_userId_idx" ON public.devices USING btree ("userId");


--
-- Name: devices_userId_lastActive_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX "devices_userId_lastActive_idx" ON public.devices USING btree ("userId", "lastActive");


--
-- Name: generated_poses_generationId_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX "generated_poses_generationId_idx" ON public.generated_poses USING btree ("generationId");


--
-- Name: generated_poses_generationId_variationKey_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX "generated_poses_generationId_variationKey_idx" ON public.generated_poses USING btree ("generationId", "variationKey");


--
-- Name: generated_poses_generationId_variationKey_key; Type: INDEX; Schema: public; Owner: postgres
--

CREATE UNIQUE INDEX "generated_poses_generationId_variationKey_key" ON public.generated_poses USING btree ("generationId", "variationKey");


--
-- Name: generated_poses_isFavorite_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX "generated_poses_isFavorite_idx" ON public.generated_poses USING btree ("isFavorite");


--
-- Name: generated_poses_poseLibraryId_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX "generated_poses_poseLibraryId_idx" ON public.generated_poses USING btree ("poseLibraryId");


--
-- Name: generated_poses_poseTemplateId_success_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX "generated_poses_poseTemplateId_success_idx" ON public.generated_poses USING btree ("poseTemplateId", success);


--
-- Name: generated_poses_status_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX generated_poses_status_idx ON public.generated_poses USING btree (status);


--
-- Name: generated_poses_userId_createdAt_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX "generated_poses_userId_createdAt_idx" ON public.generated_poses USING btree ("userId", "createdAt");


--
-- Name: persona_examples_category_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX persona_examples_category_idx ON public.persona_examples USING btree (category);


--
-- Name: persona_examples_category_isActive_displayOrder_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX "persona_examples_category_isActive_displayOrder_idx" ON public.persona_examples USING btree (category, "isActive", "displayOrder");


--
-- Name: persona_examples_isActive_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX "persona_examples_isActive_idx" ON public.persona_examples USING btree ("isActive");


--
-- Name: pose_categories_isActive_displayOrder_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX "pose_categories_isActive_displayOrder_idx" ON public.pose_categories USING btree ("isActive", "displayOrder");


--
-- Name: pose_categories_parentId_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX "pose_categories_parentId_idx" ON public.pose_categories USING btree ("parentId");


--
-- Name: pose_categories_slug_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX pose_categories_slug_idx ON public.pose_categories USING btree (slug);


--
-- Name: pose_categories_slug_key; Type: INDEX; Schema: public; Owner: postgres
--

CREATE UNIQUE INDEX pose_categories_slug_key ON public.pose_categories USING btree (slug);


--
-- Name: pose_generation_projects_userId_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX "pose_generation_projects_userId_idx" ON public.pose_generation_projects USING btree ("userId");


--
-- Name: pose_generations_projectId_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX "pose_generations_projectId_idx" ON public.pose_generations USING btree ("projectId");


--
-- Name: pose_generations_queueJobId_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX "pose_generations_queueJobId_idx" ON public.pose_generations USING btree ("queueJobId");


--
-- Name: pose_generations_status_createdAt_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX "pose_generations_status_createdAt_idx" ON public.pose_generations USING btree (status, "createdAt");


--
-- Name: pose_generations_status_createdAt_queueJobId_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX "pose_generations_status_createdAt_queueJobId_idx" ON public.pose_generations USING btree (status, "createdAt", "queueJobId");


--
-- Name: pose_generations_status_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX pose_generations_status_idx ON public.pose_generations USING btree (status);


--
-- Name: pose_generations_status_startedAt_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX "pose_generations_status_startedAt_idx" ON public.pose_generations USING btree (status, "startedAt");


--
-- Name: pose_generations_status_startedAt_queueJobId_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX "pose_generations_status_startedAt_queueJobId_idx" ON public.pose_generations USING btree (status, "startedAt", "queueJobId");


--
-- Name: pose_generations_userId_createdAt_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX "pose_generations_userId_createdAt_idx" ON public.pose_generations USING btree ("userId", "createdAt" DESC);


--
-- Name: pose_generations_userId_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX "pose_generations_userId_idx" ON public.pose_generations USING btree ("userId");


--
-- Name: pose_generator_projects_avatarId_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX "pose_generator_projects_avatarId_idx" ON public.pose_generator_projects USING btree ("avatarId");


--
-- Name: pose_generator_projects_status_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX pose_generator_projects_status_idx ON public.pose_generator_projects USING btree (status);


--
-- Name: pose_generator_projects_userId_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX "pose_generator_projects_userId_idx" ON public.pose_generator_projects USING btree ("userId");


--
-- Name: pose_generator_projects_userId_updatedAt_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX "pose_generator_projects_userId_updatedAt_idx" ON public.pose_generator_projects USING btree ("userId", "updatedAt" DESC);


--
-- Name: pose_library_categoryId_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX "pose_library_categoryId_idx" ON public.pose_library USING btree ("categoryId");


--
-- Name: pose_library_categoryId_name_key; Type: INDEX; Schema: public; Owner: postgres
--

CREATE UNIQUE INDEX "pose_library_categoryId_name_key" ON public.pose_library USING btree ("categoryId", name);


--
-- Name: pose_library_difficulty_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX pose_library_difficulty_idx ON public.pose_library USING btree (difficulty);


--
-- Name: pose_library_isFeatured_usageCount_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX "pose_library_isFeatured_usageCount_idx" ON public.pose_library USING btree ("isFeatured", "usageCount" DESC);


--
-- Name: pose_library_isPublic_popularityScore_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX "pose_library_isPublic_popularityScore_idx" ON public.pose_library USING btree ("isPublic", "popularityScore");


--
-- Name: pose_requests_status_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX pose_requests_status_idx ON public.pose_requests USING btree (status);


--
-- Name: pose_requests_status_votesCount_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX "pose_requests_status_votesCount_idx" ON public.pose_requests USING btree (status, "votesCount" DESC);


--
-- Name: pose_requests_userId_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX "pose_requests_userId_idx" ON public.pose_requests USING btree ("userId");


--
-- Name: pose_requests_votesCount_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX "pose_requests_votesCount_idx" ON public.pose_requests USING btree ("votesCount" DESC);


--
-- Name: pose_selections_generationId_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX "pose_selections_generationId_idx" ON public.pose_selections USING btree ("generationId");


--
-- Name: pose_selections_generationId_poseLibraryId_key; Type: INDEX; Schema: public; Owner: postgres
--

CREATE UNIQUE INDEX "pose_selections_generationId_poseLibraryId_key" ON public.pose_selections USING btree ("generationId", "poseLibraryId");


--
-- Name: pose_selections_poseLibraryId_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX "pose_selections_poseLibraryId_idx" ON public.pose_selections USING btree ("poseLibraryId");


--
-- Name: pose_templates_category_isActive_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX "pose_templates_category_isActive_idx" ON public.pose_templates USING btree (category, "isActive");


--
-- Name: pose_templates_fashionCategory_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX "pose_templates_fashionCategory_idx" ON public.pose_templates USING btree ("fashionCategory");


--
-- Name: pose_templates_sceneType_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX "pose_templates_sceneType_idx" ON public.pose_templates USING btree ("sceneType");


--
-- Name: pose_templates_successRate_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX "pose_templates_successRate_idx" ON public.pose_templates USING btree ("successRate");


--
-- Name: users_accountType_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX "users_accountType_idx" ON public.users USING btree ("accountType");


--
-- Name: users_createdAt_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX "users_createdAt_idx" ON public.users USING btree ("createdAt");


--
-- Name: users_email_key; Type: INDEX; Schema: public; Owner: postgres
--

CREATE UNIQUE INDEX users_email_key ON public.users USING btree (email);


--
-- Name: users_role_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX users_role_idx ON public.users USING btree (role);


--
-- Name: users_subscriptionTier_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX "users_subscriptionTier_idx" ON public.users USING btree ("subscriptionTier");


--
-- Name: app_usages app_usages_userId_fkey; Type: FK CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.app_usages
    ADD CONSTRAINT "app_usages_userId_fkey" FOREIGN KEY ("userId") REFERENCES public.users(id) ON UPDATE CASCADE ON DELETE CASCADE;


--
-- Name: avatar_usage_history avatar_usage_history_avatarId_fkey; Type: FK CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.avatar_usage_history
    ADD CONSTRAINT "avatar_usage_history_avatarId_fkey" FOREIGN KEY ("avatarId") REFERENCES public.avatars(id) ON UPDATE CASCADE ON DELETE CASCADE;


--
-- Name: avatars avatars_projectId_fkey; Type: FK CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.avatars
    ADD CONSTRAINT "avatars_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES public.avatar_projects(id) ON UPDATE CASCADE ON DELETE CASCADE;


--
-- Name: credits credits_userId_fkey; Type: FK CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.credits
    ADD CONSTRAINT "credits_userId_fkey" FOREIGN KEY ("userId") REFERENCES public.users(id) ON UPDATE CASCADE ON DELETE CASCADE;


--
-- Name: devices devices_userId_fkey; Type: FK CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.devices
    ADD CONSTRAINT "devices_userId_fkey" FOREIGN KEY ("userId") REFERENCES public.users(id) ON UPDATE CASCADE ON DELETE CASCADE;


--
-- Name: generated_poses generated_poses_generationId_fkey; Type: FK CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.generated_poses
    ADD CONSTRAINT "generated_poses_generationId_fkey" FOREIGN KEY ("generationId") REFERENCES public.pose_generations(id) ON UPDATE CASCADE ON DELETE CASCADE;


--
-- Name: generated_poses generated_poses_poseLibraryId_fkey; Type: FK CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.generated_poses
    ADD CONSTRAINT "generated_poses_poseLibraryId_fkey" FOREIGN KEY ("poseLibraryId") REFERENCES public.pose_library(id) ON UPDATE CASCADE ON DELETE SET NULL;


--
-- Name: pose_categories pose_categories_parentId_fkey; Type: FK CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.pose_categories
    ADD CONSTRAINT "pose_categories_parentId_fkey" FOREIGN KEY ("parentId") REFERENCES public.pose_categories(id) ON UPDATE CASCADE ON DELETE CASCADE;


--
-- Name: pose_generations pose_generations_avatarId_fkey; Type: FK CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.pose_generations
    ADD CONSTRAINT "pose_generations_avatarId_fkey" FOREIGN KEY ("avatarId") REFERENCES public.avatars(id) ON UPDATE CASCADE ON DELETE SET NULL;


--
-- Name: pose_generations pose_generations_projectId_fkey; Type: FK CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.pose_generations
    ADD CONSTRAINT "pose_generations_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES public.pose_generator_projects(id) ON UPDATE CASCADE ON DELETE CASCADE;


--
-- Name: pose_generations pose_generations_userId_fkey; Type: FK CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.pose_generations
    ADD CONSTRAINT "pose_generations_userId_fkey" FOREIGN KEY ("userId") REFERENCES public.users(id) ON UPDATE CASCADE ON DELETE CASCADE;


--
-- Name: pose_generator_projects pose_generator_projects_avatarId_fkey; Type: FK CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.pose_generator_projects
    ADD CONSTRAINT "pose_generator_projects_avatarId_fkey" FOREIGN KEY ("avatarId") REFERENCES public.avatars(id) ON UPDATE CASCADE ON DELETE SET NULL;


--
-- Name: pose_generator_projects pose_generator_projects_userId_fkey; Type: FK CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.pose_generator_projects
    ADD CONSTRAINT "pose_generator_projects_userId_fkey" FOREIGN KEY ("userId") REFERENCES public.users(id) ON UPDATE CASCADE ON DELETE CASCADE;


--
-- Name: pose_library pose_library_categoryId_fkey; Type: FK CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.pose_library
    ADD CONSTRAINT "pose_library_categoryId_fkey" FOREIGN KEY ("categoryId") REFERENCES public.pose_categories(id) ON UPDATE CASCADE ON DELETE RESTRICT;


--
-- Name: pose_requests pose_requests_categoryId_fkey; Type: FK CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.pose_requests
    ADD CONSTRAINT "pose_requests_categoryId_fkey" FOREIGN KEY ("categoryId") REFERENCES public.pose_categories(id) ON UPDATE CASCADE ON DELETE SET NULL;


--
-- Name: pose_requests pose_requests_userId_fkey; Type: FK CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.pose_requests
    ADD CONSTRAINT "pose_requests_userId_fkey" FOREIGN KEY ("userId") REFERENCES public.users(id) ON UPDATE CASCADE ON DELETE CASCADE;


--
-- Name: pose_selections pose_selections_generationId_fkey; Type: FK CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.pose_selections
    ADD CONSTRAINT "pose_selections_generationId_fkey" FOREIGN KEY ("generationId") REFERENCES public.pose_generations(id) ON UPDATE CASCADE ON DELETE CASCADE;


--
-- Name: pose_selections pose_selections_poseLibraryId_fkey; Type: FK CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.pose_selections
    ADD CONSTRAINT "pose_selections_poseLibraryId_fkey" FOREIGN KEY ("poseLibraryId") REFERENCES public.pose_library(id) ON UPDATE CASCADE ON DELETE CASCADE;


--
-- PostgreSQL database dump complete
--

\unrestrict oQGQ778Hj0kP0CurWASM544FH1qBIVVQxuqJ0onBTFrxf46EyZ1WywawPyktZ7A

