drop table avatar_generations, avatar_presets, avatar_usage_history, generated_poses, pose_categories, pose_generations,
  pose_generator_projects, pose_library, pose_selections cascade;
alter table users
  drop column "unlimitedPoseActive", drop column "unlimitedPoseDailyQuota", drop column "unlimitedPoseQuotaUsed",
  drop column "unlimitedPoseQuotaResetAt", drop column "unlimitedPoseExpiresAt";
insert into _prisma_migrations (id, checksum, finished_at, migration_name, logs, started_at, applied_steps_count) values
  ('0f7a3f0e-0000-4000-8000-000000000013', '20251014_add_avatar_creator_complete_manual', '2025-10-16 04:10:00.5+00',
   '20251014_add_avatar_creator_complete', null, '2025-10-16 04:10:00.5+00', 1);
insert into ai_models (id, "appId", "modelId", "modelKey", name, provider, tier, "creditCost", "updatedAt")
  values ('m1', 'avatar-creator', 'flux', 'avatar-creator:flux', 'Flux', 'modelslab', 'free', 10, now());
